"""
Days on which nothing accrues: interest freezes, each from its first through its last day.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import attrs

from overdue_visit.errors import InvalidValue
from overdue_visit.instants import plain_date


@attrs.frozen
class FrozenDays:
    """
    A freeze of late interest: nothing accrues on *first*, on *last*, or between.

    Raises:
        InvalidValue: If a day is no plain date, or *last* is before *first*.
    """

    first: dt.date
    last: dt.date

    def __attrs_post_init__(self) -> None:
        plain_date(self.first, field="first")
        plain_date(self.last, field="last")
        if self.last < self.first:
            raise InvalidValue("last", self.last, f"{self.first}, the first day, or later")


def frozen_between(after: dt.date, through: dt.date, freezes: Sequence[FrozenDays]) -> int:
    """
    Count the frozen days after *after*, through *through*; a day in several freezes counts once.
    """
    counted_to, frozen = after.toordinal(), 0
    for freeze in sorted(freezes, key=lambda each: each.first):
        start = max(counted_to, freeze.first.toordinal() - 1)
        end = min(through.toordinal(), freeze.last.toordinal())
        if end > start:
            frozen += end - start
            counted_to = end
    return frozen
