"""
Cash flows: money on a date, or a fraction of years after a start.

A positive amount is paid by the borrower; a negative one is paid out by the lender.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction

import attrs

from overdue_visit.errors import InvalidValue
from overdue_visit.instants import plain_date
from overdue_visit.money import CurrencyMismatch, Money

Years = Callable[[dt.date, dt.date], Fraction]
"""How two dates become years, such as the ``fraction`` of a day count."""


def years_of_365_days(start: dt.date, end: dt.date) -> Fraction:
    """
    Count the days from *start* to *end* in years of 365 days (act/365 fixed).
    """
    return Fraction((end - start).days, 365)


@attrs.frozen
class Flow:
    """Money that moves on a date: ``Flow(date(2026, 9, 1), Money("120.00", "CNY"))`` is paid by the borrower."""

    on: dt.date
    amount: Money

    def __attrs_post_init__(self) -> None:
        plain_date(self.on)
        _demand_money(self.amount)


@attrs.frozen
class TimedFlow:
    """
    Money that moves *years* after the start, where a rule counts in months or weeks instead of dates.

    Raises:
        InvalidValue: If *years* is not an ``int`` or ``Fraction``, or the amount is not `Money`.
    """

    years: Fraction | int
    amount: Money

    def __attrs_post_init__(self) -> None:
        if isinstance(self.years, bool) or not isinstance(self.years, Fraction | int):
            raise InvalidValue("years", self.years, "a Fraction of years after the start, such as Fraction(1, 12)")
        _demand_money(self.amount)


def _demand_money(amount: object) -> None:
    if not isinstance(amount, Money):
        raise InvalidValue("amount", amount, "Money")


def currency_of(flows: Sequence[Flow] | Sequence[TimedFlow]) -> str:
    """
    Return the one currency of all flows.

    Raises:
        InvalidValue: If there is no flow.
        CurrencyMismatch: If the flows have several currencies.
    """
    if not flows:
        raise InvalidValue("flows", flows, "at least one flow")
    currency = flows[0].amount.currency
    for flow in flows:
        if flow.amount.currency != currency:
            raise CurrencyMismatch("flows", flow.amount.currency, f"{currency}, as the first flow has")
    return currency


def timed(flows: Iterable[Flow], *, since: dt.date, years: Years = years_of_365_days) -> tuple[TimedFlow, ...]:
    """
    Place dated flows on a scale of years after *since*, in their order.

    Args:
        years: How dates become years; actual days over 365 unless given.
    """
    return tuple(TimedFlow(years(since, flow.on), flow.amount) for flow in flows)
