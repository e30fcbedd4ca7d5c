"""
Time that has passed: from a day that is known, or told in months or days where only that is known.
"""

from __future__ import annotations

import datetime as dt
import functools

import attrs

from overdue_visit.business_calendar import corresponding_day
from overdue_visit.errors import InvalidValue


@attrs.frozen(kw_only=True)
class Elapsed:
    """
    How long ago something happened, where the day itself is not at hand.

    Args:
        months: Whole calendar months that have passed.

        days: Calendar days that have passed.

    Raises:
        InvalidValue: If neither is given, or one is not a whole number of at least 0.
    """

    months: int | None = None
    days: int | None = None

    def __attrs_post_init__(self) -> None:
        if self.months is None and self.days is None:
            raise InvalidValue("elapsed", None, "months, days or both")
        for field, value in (("months", self.months), ("days", self.days)):
            if value is not None and (type(value) is not int or value < 0):
                raise InvalidValue(field, value, "a whole number of at least 0")


Since = dt.date | Elapsed
"""A day on which something happened, or how long ago that was."""


@functools.cache
def longest(months: int) -> int:
    """
    Return the days of the longest run of so many calendar months: 3 months may be 92 days.
    """
    starts = [dt.date(year, month, 1) for year in range(2000, 2004) for month in range(1, 13)]
    return max((corresponding_day(start, months) - start).days for start in starts)


def months_on(day: dt.date, months: int) -> dt.date | None:
    """
    Return the corresponding day so many months on; ``None`` if no calendar has it.
    """
    try:
        return corresponding_day(day, months)
    except OverflowError:
        return None


def days_on(day: dt.date, days: int) -> dt.date | None:
    """
    Return the day so many days on, or back; ``None`` if no calendar has it.
    """
    try:
        return day + dt.timedelta(days=days)
    except OverflowError:
        return None


def months_passed(since: Since, months: int, *, on: dt.date) -> bool:
    """
    Tell whether so many calendar months have passed; told in days, only once no run of months is longer.
    """
    if isinstance(since, dt.date):
        ends = months_on(since, months)
        return ends is not None and on >= ends
    by_months = since.months is None or since.months >= months
    by_days = since.days is None or since.days >= longest(months) or since.months is not None
    return by_months and by_days


def days_passed(since: Since, *, on: dt.date) -> int:
    """
    Count the days since; told in months, the fewest that so many months can be.
    """
    if isinstance(since, dt.date):
        return (on - since).days
    if since.days is not None:
        return since.days
    return 28 * (since.months or 0)
