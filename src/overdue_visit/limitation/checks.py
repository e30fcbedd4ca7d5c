"""
Checks that several rules share.
"""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterable
from typing import TypeVar

from overdue_visit.errors import InvalidValue
from overdue_visit.instants import plain_date

_Kind = TypeVar("_Kind")


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
    if isinstance(values, str | dt.date) or not isinstance(values, Iterable):
        raise InvalidValue(field, values, "dates, such as [date(2026, 3, 8)]")
    return tuple(sorted(plain_date(value, field=field) for value in values))


def one_or_more(field: str, value: object) -> tuple[dt.date, ...]:
    """
    Return one date, or several that ascend, as a tuple.

    Raises:
        InvalidValue: If there is none, one is no date, or one is not later than the one before it.
    """
    if isinstance(value, dt.date):
        return (plain_date(value, field=field),)
    if isinstance(value, str) or not isinstance(value, Iterable):
        raise InvalidValue(field, value, "a date, or dates in ascending order")
    found = tuple(plain_date(each, field=field) for each in value)
    if not found or any(later <= earlier for earlier, later in itertools.pairwise(found)):
        raise InvalidValue(field, found, "at least one date, each later than the one before it")
    return found


def each_a(field: str, kind: type[_Kind], values: Iterable[_Kind]) -> tuple[_Kind, ...]:
    """
    Return several values of one kind.

    Raises:
        InvalidValue: If one is of another kind.
    """
    found = tuple(values)
    for value in found:
        if not isinstance(value, kind):
            raise InvalidValue(field, value, f"values of {kind.__name__}")
    return found


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
