"""
Due dates: by months from an anchor day, by days and weeks, or as given; moved off days of rest where asked.

Monthly dates are anchored and never drift: the date of month k is the anchor day of that month, or the month's last
day, and never "the date before plus a month" (31 January, 28 February, 31 March).
"""

from __future__ import annotations

import datetime as dt
import enum
import functools
from calendar import monthrange
from collections.abc import Iterable, Sequence
from operator import lt

from overdue_visit.business_calendar import BusinessCalendar, Roll
from overdue_visit.errors import InvalidValue
from overdue_visit.instants import plain_date
from overdue_visit.repayment.demands import as_tuple, demand, demand_flag

_TABLE_YEARS = (1970, 2170)
_TABLE_START = 12 * _TABLE_YEARS[0]
_TABLE_END = 12 * _TABLE_YEARS[1]
_LAST_MONTH = 12 * 9999 + 11
MOST_DATES = 10_000
"""More dates than any loan has: daily payments over 27 years."""


class MissingDay(enum.StrEnum):
    """Where a due date falls in a month that lacks its day, such as the 31st of April."""

    LAST_DAY = "last_day"
    """On the month's last day."""
    NEXT_FIRST = "next_first"
    """On the first day of the next month."""


def in_month(month: int, anchor: int, missing: MissingDay = MissingDay.LAST_DAY) -> dt.date:
    """
    Return the *anchor* day of a month.

    Args:
        month: Months since year 0: ``12 * year + month - 1``.

        missing: Where the date falls if the month has no such day.
    """
    year, index = divmod(month, 12)
    length = monthrange(year, index + 1)[1]
    if anchor <= length:
        return dt.date(year, index + 1, anchor)
    if missing is MissingDay.NEXT_FIRST:
        return in_month(month + 1, 1)
    return dt.date(year, index + 1, length)


@functools.cache
def _table(anchor: int, missing: MissingDay) -> tuple[dt.date, ...]:
    # A date costs more than a row of integers, and loans share their dates: each anchor day's are made once.
    return tuple(in_month(month, anchor, missing) for month in range(_TABLE_START, _TABLE_END))


def _month(day: dt.date) -> int:
    return 12 * day.year + day.month - 1


def _anchored(month: int, count: int, every: int, anchor: int, missing: MissingDay) -> tuple[dt.date, ...]:
    end = month + count * every
    if end - every >= _LAST_MONTH:
        raise InvalidValue("count", count, "dates before the end of the year 9999")
    if month >= _TABLE_START and end <= _TABLE_END:
        return _table(anchor, missing)[month - _TABLE_START : end - _TABLE_START : every]
    return tuple(in_month(each, anchor, missing) for each in range(month, end, every))


def monthly(
    first: dt.date,
    count: int,
    *,
    every: int = 1,
    anchor: int | None = None,
    missing: MissingDay = MissingDay.LAST_DAY,
    month_end: bool = False,
) -> tuple[dt.date, ...]:
    """
    Return *count* due dates from *first*, every month or every few.

    Args:
        every: Months from date to date: 3 for quarters, 12 for years.

        anchor: The day of the month that the dates keep, 1 to 31; the first date's day unless given.

        missing: Where a date falls in a month without its day.

        month_end: Keep to the last day of every month if *first* is the last day of its month.

    Raises:
        InvalidValue: If a number is out of its range, *first* is not a plain date, or *first* does not fall on the
            anchor.
    """
    plain_date(first, field="first")
    _demand_count(count, "count")
    _demand_count(every, "every", most=1200)
    day = _anchor(first, anchor, missing, month_end=month_end)
    start = _month(first)
    if in_month(start, day, missing) != first:
        start -= 1
        if in_month(start, day, missing) != first:
            raise InvalidValue("first", first, f"a date on the anchor day {day}, or where that falls in a short month")
    return _anchored(start, count, every, day, missing)


def months_after(
    start: dt.date,
    count: int,
    *,
    every: int = 1,
    anchor: int | None = None,
    missing: MissingDay = MissingDay.LAST_DAY,
    month_end: bool = False,
) -> tuple[dt.date, ...]:
    """
    Return *count* due dates one month (or *every* months) after *start*, and on, anchored on its day.

    Args:
        every: Months from date to date.

        anchor: The day of the month that the dates keep, 1 to 31; the start's day unless given.

        missing: Where a date falls in a month without its day.

        month_end: Keep to the last day of every month if *start* is the last day of its month.

    Raises:
        InvalidValue: If a number is out of its range, or *start* is not a plain date.
    """
    plain_date(start, field="start")
    _demand_count(count, "count")
    _demand_count(every, "every", most=1200)
    return _anchored(_month(start) + every, count, every, _anchor(start, anchor, missing, month_end=month_end), missing)


def every_days(first: dt.date, count: int, *, days: int) -> tuple[dt.date, ...]:
    """
    Return *count* due dates from *first*, every *days* days: 7 for weeks, 14 for fortnights.

    Raises:
        InvalidValue: If *count* or *days* is not a positive ``int``, or *first* is not a plain date.
    """
    plain_date(first, field="first")
    _demand_count(count, "count")
    _demand_count(days, "days", most=36_600)
    start = first.toordinal()
    if start + (count - 1) * days > dt.date.max.toordinal():
        raise InvalidValue("count", count, "dates before the end of the year 9999")
    return tuple(map(dt.date.fromordinal, range(start, start + count * days, days)))


def days_after(start: dt.date, days: Iterable[int]) -> tuple[dt.date, ...]:
    """
    Return the dates that many days after *start*: ``days_after(drawn, (4, 35, 66))``.

    Raises:
        InvalidValue: If the numbers are not rising ``int`` of at least 1.
    """
    offsets = as_tuple(days, "days", accepted="whole numbers of days")
    if any(type(each) is not int for each in offsets):
        raise InvalidValue("days", offsets, "whole numbers of days")
    return custom((plain_date(start, field="start") + dt.timedelta(days=each) for each in offsets), after=start)


def custom(dates: Iterable[dt.date], *, after: dt.date | None = None) -> tuple[dt.date, ...]:
    """
    Take due dates as they are given, and check them.

    Raises:
        InvalidValue: If there are none, one is not a plain date, they do not rise, or the first is not later than
            *after*.
    """
    given = as_tuple(dates, "dates", accepted="due dates, rising")
    if after is not None:
        plain_date(after, field="after")
    demand_rising(given, "dates", after=after)
    return given


def demand_rising(dates: Sequence[dt.date], field: str, *, after: dt.date | None = None) -> None:
    """
    Demand at least one date, each later than the one before it and than *after*.

    Raises:
        InvalidValue: If that is not so, or one is not a plain date.
    """
    if not dates:
        raise InvalidValue(field, dates, "at least one date")
    if set(map(type, dates)) == {dt.date} and all(map(lt, dates, dates[1:])) and (after is None or after < dates[0]):
        return
    before = after
    for day in dates:
        plain_date(day, field=field)
        if before is not None and day <= before:
            raise InvalidValue(field, day, f"a date after {before}; dates rise")
        before = day


def rolled(
    dates: Iterable[dt.date], calendar: BusinessCalendar, roll: Roll = Roll.MODIFIED_FOLLOWING
) -> tuple[dt.date, ...]:
    """
    Move dates off days of rest; the dates they are made from stay the anchor.

    Raises:
        InvalidValue: If two dates would fall on the same day, or the calendar has no business day near.
    """
    demand(calendar, BusinessCalendar, "calendar")
    demand(roll, Roll, "roll", accepted="a Roll, such as Roll.FOLLOWING")
    given = custom(dates)
    return custom(calendar.roll(day, roll) for day in given)


def are_monthly(dates: tuple[dt.date, ...]) -> bool:
    """
    Tell whether each date is one month after the one before it, all on one anchor day.
    """
    # Of two months in a row one has 31 days, so the anchor shows in the first two dates.
    anchor = max(dates[0].day, dates[1].day) if len(dates) > 1 else dates[0].day
    return dates == _anchored(_month(dates[0]), len(dates), 1, anchor, MissingDay.LAST_DAY)


def _anchor(first: dt.date, anchor: object, missing: object, *, month_end: bool) -> int:
    if not isinstance(missing, MissingDay):
        raise InvalidValue("missing", missing, "a MissingDay, such as MissingDay.LAST_DAY")
    demand_flag(month_end, "month_end")
    if month_end and first.day == monthrange(first.year, first.month)[1]:
        return 31
    if anchor is None:
        return first.day
    if type(anchor) is not int or not 1 <= anchor <= 31:
        raise InvalidValue("anchor", anchor, "a day of the month, 1 to 31")
    return anchor


def _demand_count(count: object, field: str, most: int = MOST_DATES) -> None:
    if type(count) is not int or not 1 <= count <= most:
        raise InvalidValue(field, count, f"a whole number from 1 to {most}")
