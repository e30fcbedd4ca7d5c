"""
The shape of a plan's payments: small ones for a while, then a large one, and so on.

A sentence that names only the largest payment is true of a level plan. Of a plan that waits for a harvest it is not: a
borrower has to know how much, how often, and when the large payment comes.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from itertools import groupby

import attrs

from overdue_visit.money import Money
from overdue_visit.repayment.flows import Flow

_TIMES = 2
"""A payment is large where a smaller one fits into it more than so many times."""


@attrs.frozen(kw_only=True)
class Stretch:
    """
    Neighbouring payments that are alike: all large, or all small.

    Args:
        most: The largest of them.

        since: The day of the first of them.

        until: The day of the last of them.
    """

    count: int
    most: Money
    since: dt.date
    until: dt.date
    large: bool


def stretches(payments: Sequence[Flow]) -> tuple[Stretch, ...]:
    """
    Cut dated payments into stretches; one stretch where they are about even.

    A payment is large if it is more than half of the largest. Payments are even if all but the last, which takes what
    is left, are large.
    """
    if not payments:
        return ()
    largest = max(flow.amount.minor for flow in payments)

    def is_large(flow: Flow) -> bool:
        return flow.amount.minor * _TIMES > largest

    if all(map(is_large, payments[:-1] or payments)):
        return (_stretch(payments, large=True),)
    runs = ((large, tuple(run)) for large, run in groupby(payments, key=is_large))
    return tuple(_stretch(run, large=large) for large, run in runs)


def _stretch(payments: Sequence[Flow], *, large: bool) -> Stretch:
    most = max(flow.amount for flow in payments)
    return Stretch(count=len(payments), most=most, since=payments[0].on, until=payments[-1].on, large=large)
