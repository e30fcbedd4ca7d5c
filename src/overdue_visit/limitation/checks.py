"""
Checks that several rules share.
"""

from __future__ import annotations

import datetime as dt
import itertools

from overdue_visit.business_calendar import BusinessCalendar
from overdue_visit.declared import several
from overdue_visit.errors import InvalidValue
from overdue_visit.instants import plain_date


def day(field: str, value: object) -> dt.date:
    """
    Return a date without a time.

    Raises:
        InvalidValue: If it is none.
    """
    return plain_date(value, field=field)


def day_or_none(field: str, value: object) -> dt.date | None:
    """
    Return a date without a time, or None.

    Raises:
        InvalidValue: If it is neither.
    """
    return None if value is None else plain_date(value, field=field)


def days(field: str, values: object) -> tuple[dt.date, ...]:
    """
    Return several dates, in ascending order.

    Raises:
        InvalidValue: If they are not a collection of dates.
    """
    return tuple(sorted(several(field, values, dt.date)))


def one_or_more(field: str, value: object) -> tuple[dt.date, ...]:
    """
    Return one date, or several that ascend, as a tuple.

    Raises:
        InvalidValue: If there is none, one is no date, or one is not later than the one before it.
    """
    if isinstance(value, dt.date):
        return (plain_date(value, field=field),)
    found = several(field, value, dt.date)
    if not found or any(later <= earlier for earlier, later in itertools.pairwise(found)):
        raise InvalidValue(field, found, "at least one date, each later than the one before it")
    return found


def calendar(value: object) -> BusinessCalendar:
    """
    Return a calendar of working days.

    Raises:
        InvalidValue: If it is none.
    """
    if not isinstance(value, BusinessCalendar):
        raise InvalidValue("calendar", value, "a BusinessCalendar")
    return value


def not_before(field: str, later: dt.date, earlier: dt.date, name: str) -> None:
    """
    Refuse two dates in the wrong order.

    Raises:
        InvalidValue: If *later* is before *earlier*.
    """
    if later < earlier:
        raise InvalidValue(field, later, f"a date not before {name}, {earlier}")


def count(field: str, value: object) -> int:
    """
    Return a whole number of at least 1.

    Raises:
        InvalidValue: If it is none; a bool is none.
    """
    if type(value) is not int or value < 1:
        raise InvalidValue(field, value, "a whole number of at least 1")
    return value


def flag(field: str, value: object) -> bool:
    """
    Return a truth value.

    Raises:
        InvalidValue: If it is anything but True or False.
    """
    if not isinstance(value, bool):
        raise InvalidValue(field, value, "True or False")
    return value
