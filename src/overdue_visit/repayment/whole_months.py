"""
Whole months between two dates, counted back from the later one.
"""

from __future__ import annotations

import datetime as dt

from overdue_visit.business_calendar import corresponding_day
from overdue_visit.errors import InvalidValue
from overdue_visit.instants import plain_date


def months_and_days(start: dt.date, end: dt.date) -> tuple[int, int]:
    """
    Count the whole months before *end* that fit after *start*, and the days from *start* to the first of them.

    From the last day of a month to the last day of another are whole months, and so is the time to a last day that
    stands for a day which its month does not have (Regulation Z, Appendix J (b)(3)(iv)).

    Raises:
        InvalidValue: If *end* is before *start*.
    """
    if plain_date(end, field="end") < plain_date(start, field="start"):
        raise InvalidValue("end", end, f"a date not before {start}")
    months = (end.year - start.year) * 12 + end.month - start.month
    if corresponding_day(start, months) == end or (_is_last(start) and _is_last(end)):
        return months, 0
    if corresponding_day(end, -months) < start:
        months -= 1
    return months, (corresponding_day(end, -months) - start).days


def _is_last(day: dt.date) -> bool:
    return (day + dt.timedelta(days=1)).month != day.month
