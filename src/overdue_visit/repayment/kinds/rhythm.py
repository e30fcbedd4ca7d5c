"""
The rhythm of due dates: recognised from the dates, and continued.
"""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Sequence

import attrs

from overdue_visit.business_calendar import corresponding_day
from overdue_visit.errors import InvalidValue
from overdue_visit.repayment import periods


@attrs.frozen(kw_only=True)
class Rhythm:
    """
    How due dates follow each other: by months on an anchor day, or by days.

    Use `rhythm_of` to recognise one.
    """

    months: int = 0
    anchor: int = 0
    days: int = 0

    def after(self, last: dt.date, count: int) -> tuple[dt.date, ...]:
        """
        Return so many dates after *last*, which is one of the rhythm's own.
        """
        if self.months:
            return periods.months_after(last, count, every=self.months, anchor=self.anchor)
        return periods.every_days(last + dt.timedelta(days=self.days), count, days=self.days)

    def starting(self, first: dt.date, count: int) -> tuple[dt.date, ...]:
        """
        Return so many dates from *first*, whose day becomes the anchor.
        """
        if self.months:
            return periods.monthly(first, count, every=self.months)
        return periods.every_days(first, count, days=self.days)


def rhythm_of(dates: Sequence[dt.date], *, field: str = "dates") -> Rhythm:
    """
    Recognise the rhythm of two or more rising dates.

    Dates on one day of the month, shorter months ending earlier, go by months; dates a fixed number of days apart go
    by days.

    Raises:
        InvalidValue: If fewer than two dates are given, or they have no rhythm.
    """
    if len(dates) < 2:
        raise InvalidValue(field, dates, "two dates at least, from which a rhythm can be seen; else name the new dates")
    anchor = max(day.day for day in dates)
    months = _months_apart(dates, anchor)
    if months:
        return Rhythm(months=months, anchor=anchor)
    gaps = {later - earlier for earlier, later in itertools.pairwise(dates)}
    if len(gaps) > 1:
        raise InvalidValue(field, dates, "dates a month or a fixed number of days apart; else name the new dates")
    return Rhythm(days=gaps.pop().days)


def continued(dates: Sequence[dt.date], more: int, *, field: str = "dates") -> tuple[dt.date, ...]:
    """
    Return so many dates after the last one, in the rhythm of the dates given.

    Raises:
        InvalidValue: If *more* is not a positive ``int``, or fewer than two dates or no rhythm are given.
    """
    if type(more) is not int or more < 1:
        raise InvalidValue("more", more, "a whole number of dates, at least 1")
    return rhythm_of(dates, field=field).after(dates[-1], more)


def _months_apart(dates: Sequence[dt.date], anchor: int) -> int:
    """
    Return the months between neighbouring dates of one anchor day; 0 where there is no such rhythm.
    """
    first = next(day for day in dates if day.day == anchor)
    if any(corresponding_day(first, _months_between(first, day)) != day for day in dates):
        return 0
    gaps = {_months_between(earlier, later) for earlier, later in itertools.pairwise(dates)}
    return gaps.pop() if len(gaps) == 1 else 0


def _months_between(start: dt.date, end: dt.date) -> int:
    return (end.year - start.year) * 12 + end.month - start.month
