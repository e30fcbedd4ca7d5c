"""
Checks that the values of contacts share; each names the field that failed.
"""

from __future__ import annotations

import datetime as dt
import enum
import re
from collections.abc import Sequence
from typing import TypeVar

from overdue_visit.errors import InvalidValue
from overdue_visit.instants import in_utc, plain_date

_Word = TypeVar("_Word", bound=enum.StrEnum)
_CODE = re.compile(r"[a-z][a-z0-9_]*\Z")
_FIRST_YEAR, _LAST_YEAR = 1970, 2200


def word(catalogue: type[_Word], field: str, value: object) -> _Word:
    """
    Read one word of a catalogue.

    Raises:
        InvalidValue: If it is anything else.
    """
    if isinstance(value, str) and value in catalogue._value2member_map_:
        return catalogue(value)
    raise InvalidValue(field, value, "one of " + ", ".join(catalogue))


def word_or_none(catalogue: type[_Word], field: str, value: object) -> _Word | None:
    """
    Read one word of a catalogue, or None.

    Raises:
        InvalidValue: If it is anything else.
    """
    return None if value is None else word(catalogue, field, value)


def words(catalogue: type[_Word], field: str, value: object) -> tuple[_Word, ...]:
    """
    Read different words of a catalogue.

    Raises:
        InvalidValue: If it is no list, or holds something else or the same word twice.
    """
    read = tuple(word(catalogue, field, each) for each in _listed(field, value))
    if len(set(read)) != len(read):
        raise InvalidValue(field, value, "each word once")
    return read


def texts(field: str, value: object) -> tuple[str, ...]:
    """
    Read different texts, none of them empty.

    Raises:
        InvalidValue: If it is no list, or holds something else or the same text twice.
    """
    held = tuple(str(each) if isinstance(each, str) else each for each in _listed(field, value))
    for each in held:
        text(field, each)
    if len(set(held)) != len(held):
        raise InvalidValue(field, value, "each one once")
    return tuple(map(str, held))


def codes(field: str, value: object) -> tuple[str, ...]:
    """
    Read different codes.

    Raises:
        InvalidValue: If it is no list, or holds something else or the same code twice.
    """
    held = texts(field, value)
    for each in held:
        code(field, each)
    return held


def _listed(field: str, value: object) -> tuple[object, ...]:
    if not isinstance(value, tuple | list):
        raise InvalidValue(field, value, "a list")
    return tuple(value)


def text(field: str, value: object) -> None:
    """
    Require a text that is not empty.

    Raises:
        InvalidValue: If it is anything else.
    """
    if not isinstance(value, str) or not value.strip():
        raise InvalidValue(field, value, "a text that is not empty")


def text_or_none(field: str, value: object) -> None:
    """
    Require a text that is not empty, or None.

    Raises:
        InvalidValue: If it is anything else.
    """
    if value is not None:
        text(field, value)


def code(field: str, value: object) -> None:
    """
    Require a code of small letters, digits and underscores.

    Raises:
        InvalidValue: If it is anything else.
    """
    if not isinstance(value, str) or not _CODE.match(value):
        raise InvalidValue(field, value, "a code of small letters, digits and _, such as 'demand_payment'")


def yes_or_no(field: str, value: object) -> None:
    """
    Require true or false.

    Raises:
        InvalidValue: If it is anything else.
    """
    if not isinstance(value, bool):
        raise InvalidValue(field, value, "true or false")


def known_or_not(field: str, value: object) -> None:
    """
    Require true, false, or None for not known.

    Raises:
        InvalidValue: If it is anything else.
    """
    if value is not None:
        yes_or_no(field, value)


def whole(field: str, value: object, low: int, high: int) -> None:
    """
    Require a whole number from *low* to *high*; ``True`` is not a number.

    Raises:
        InvalidValue: If it is anything else.
    """
    if type(value) is not int or not low <= value <= high:
        raise InvalidValue(field, value, f"a whole number from {low} to {high}")


def wall_time(field: str, value: object) -> None:
    """
    Require a time of day without an offset.

    Raises:
        InvalidValue: If it is anything else.
    """
    if not isinstance(value, dt.time) or value.tzinfo is not None:
        raise InvalidValue(field, value, "a time of day without an offset, such as time(8, 0)")


def instant(field: str, value: dt.datetime) -> dt.datetime:
    """
    Move an aware instant to UTC.

    Raises:
        InvalidValue: If it is naive, no instant, or of a year that zones do not know.
    """
    if type(value) is dt.datetime and value.tzinfo is dt.UTC and not value.fold:
        moved = value
    else:
        moved = in_utc(value, field=field)
    if not _FIRST_YEAR <= moved.year <= _LAST_YEAR:
        raise InvalidValue(field, value, f"an instant of the years {_FIRST_YEAR} to {_LAST_YEAR}")
    return moved


def instant_or_none(field: str, value: dt.datetime | None) -> dt.datetime | None:
    """
    Move an aware instant to UTC, and leave None alone.

    Raises:
        InvalidValue: If it is naive, no instant, or of a year that zones do not know.
    """
    return None if value is None else instant(field, value)


def day_or_none(field: str, value: object) -> None:
    """
    Require a date without a time, or None.

    Raises:
        InvalidValue: If it is anything else.
    """
    if value is not None:
        day(field, value)


def day(field: str, value: object) -> None:
    """
    Require a date without a time, of a year that zones know.

    Raises:
        InvalidValue: If it is anything else.
    """
    if not _FIRST_YEAR <= plain_date(value, field=field).year <= _LAST_YEAR:
        raise InvalidValue(field, value, f"a date of the years {_FIRST_YEAR} to {_LAST_YEAR}")


def values(field: str, given: object, kind: type) -> None:
    """
    Require a tuple of values of one kind.

    Raises:
        InvalidValue: If it is anything else.
    """
    if not isinstance(given, tuple):
        raise InvalidValue(field, given, f"a tuple of {kind.__name__} values")
    for each in given:
        if not isinstance(each, kind):
            raise InvalidValue(field, given, f"a tuple of {kind.__name__} values")


def value(field: str, given: object, kind: type) -> None:
    """
    Require a value of one kind.

    Raises:
        InvalidValue: If it is anything else.
    """
    if not isinstance(given, kind):
        raise InvalidValue(field, given, _a(kind))


def value_or_none(field: str, given: object, kind: type) -> None:
    """
    Require a value of one kind, or None.

    Raises:
        InvalidValue: If it is anything else.
    """
    if given is not None and not isinstance(given, kind):
        raise InvalidValue(field, given, f"{_a(kind)} or None")


def sequence(field: str, given: object, kind: type) -> None:
    """
    Require a list, tuple or other sequence; what is in it is left aside.

    Raises:
        InvalidValue: If it is anything else.
    """
    if not isinstance(given, tuple | list) and (isinstance(given, str | bytes) or not isinstance(given, Sequence)):
        raise InvalidValue(field, given, f"a sequence of {kind.__name__} values")


def _a(kind: type) -> str:
    return f"{'an' if kind.__name__[0] in 'AEIOU' else 'a'} {kind.__name__}"
