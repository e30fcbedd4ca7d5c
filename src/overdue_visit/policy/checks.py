"""
Checks that the practices share; each names the dotted key that failed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from overdue_visit.errors import InvalidValue
from overdue_visit.reason import code


def whole(key: str, value: object, low: int, high: int) -> None:
    """
    Require a whole number from *low* to *high*.

    Raises:
        InvalidValue: If it is anything else; ``True`` is not a number.
    """
    if type(value) is not int or not low <= value <= high:
        raise InvalidValue(key, value, f"a whole number from {low} to {high}")


def choice(key: str, value: object, accepted: Collection[str]) -> None:
    """
    Require one of the accepted words.

    Raises:
        InvalidValue: If it is anything else.
    """
    if not isinstance(value, str) or value not in accepted:
        raise InvalidValue(key, value, "one of " + ", ".join(repr(str(each)) for each in accepted))


def choices(key: str, values: object, accepted: Collection[str] | None = None, *, least: int = 0) -> None:
    """
    Require a tuple of different codes, each an accepted one if there is a list.

    Raises:
        InvalidValue: If one is not accepted or occurs twice, or there are fewer than *least*.
    """
    texts(key, values, least=least)
    for value in values if isinstance(values, tuple) else ():
        if accepted is None:
            code(value, field=key)
        else:
            choice(key, value, accepted)


def texts(key: str, values: object, *, least: int = 0) -> None:
    """
    Require a tuple of different texts, none of them empty.

    Raises:
        InvalidValue: If one is empty, no text, or occurs twice, or there are fewer than *least*.
    """
    if not isinstance(values, tuple):
        raise InvalidValue(key, values, "a list of texts")
    for value in values:
        text(key, value)
    if len(set(values)) != len(values):
        raise InvalidValue(key, values, "each one once")
    if len(values) < least:
        raise InvalidValue(key, values, f"at least {least}")


def yes_or_no(key: str, value: object) -> None:
    """
    Require true or false.

    Raises:
        InvalidValue: If it is anything else.
    """
    if not isinstance(value, bool):
        raise InvalidValue(key, value, "true or false")


def hours(group: str, earliest: object, latest: object) -> None:
    """
    Require two wall-clock times without a zone, the earlier first.

    Raises:
        InvalidValue: If one is not such a time, or *earliest* is not before *latest*.
    """
    first, last = _clock(f"{group}.earliest", earliest), _clock(f"{group}.latest", latest)
    if last <= first:
        raise InvalidValue(f"{group}.latest", str(last), f"a time after {group}.earliest, {first}")


def _clock(key: str, value: object) -> dt.time:
    if not isinstance(value, dt.time) or value.tzinfo is not None:
        raise InvalidValue(key, value, "a wall-clock time without a zone, such as '08:00'")
    return value


def text(key: str, value: object) -> None:
    """
    Require a text that is not empty.

    Raises:
        InvalidValue: If it is anything else.
    """
    if not isinstance(value, str) or not value.strip():
        raise InvalidValue(key, value, "a text that is not empty")
