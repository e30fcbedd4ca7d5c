"""
Refusals of values of another type than the one that is wanted: one for each noun, named by its field.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TypeVar

from overdue_visit.errors import InvalidValue
from overdue_visit.money import Rounding

Noun = TypeVar("Noun")


def demand(value: object, noun: type, field: str, *, accepted: str = "", none: bool = False) -> None:
    """
    Refuse what is not of a noun's class.

    Args:
        accepted: What is expected, in words; the noun's name unless given.

        none: Whether None is accepted too.

    Raises:
        InvalidValue: If *value* is something else.
    """
    if isinstance(value, noun) or (none and value is None):
        return
    raise InvalidValue(field, value, (accepted or noun.__name__) + (", or None" if none else ""))


def tuple_of(values: Iterable[Noun], noun: type[Noun], field: str, *, accepted: str = "") -> tuple[Noun, ...]:
    """
    Take values of one noun as a tuple.

    Raises:
        InvalidValue: If they are not several values in a row, or one is of another class; the one is named.
    """
    found = as_tuple(values, field, accepted=accepted or f"values of {noun.__name__}")
    for each in found:
        if not isinstance(each, noun):
            raise InvalidValue(field, each, accepted or f"values of {noun.__name__}")
    return found


def as_tuple(values: Iterable[Noun], field: str, *, accepted: str) -> tuple[Noun, ...]:
    """
    Take values as a tuple; a word is not several values, and neither is a mapping.

    Raises:
        InvalidValue: If they are not several values in a row.
    """
    if isinstance(values, tuple):
        return values
    if isinstance(values, str | bytes | Mapping) or not isinstance(values, Iterable):
        raise InvalidValue(field, values, accepted)
    return tuple(values)


def demand_kept(values: object, noun: type, field: str, *, accepted: str = "") -> None:
    """
    Refuse what are not several values of one noun that whoever holds them can read again.

    Raises:
        InvalidValue: If they are something else, such as a generator, which looking at them would use up.
    """
    accepted = accepted or f"values of {noun.__name__}"
    if isinstance(values, Iterator) or not isinstance(values, Iterable):
        raise InvalidValue(field, values, f"{accepted}, in a list or tuple")
    tuple_of(values, noun, field, accepted=accepted)


def demand_function(value: object, field: str, accepted: str) -> None:
    """
    Refuse what cannot be called.

    Raises:
        InvalidValue: If *value* is no function.
    """
    if not callable(value):
        raise InvalidValue(field, value, accepted)


def demand_flag(value: object, field: str) -> None:
    """
    Refuse what is neither True nor False.

    Raises:
        InvalidValue: If *value* is something else.
    """
    if type(value) is not bool:
        raise InvalidValue(field, value, "True or False")


def demand_word(value: object, field: str, accepted: str) -> None:
    """
    Refuse what is no text, or an empty one.

    Raises:
        InvalidValue: If *value* is something else.
    """
    if not isinstance(value, str) or not value.strip():
        raise InvalidValue(field, value, accepted)


def demand_rounding(value: object, field: str = "rounding") -> None:
    """
    Refuse what is no way of rounding.

    Raises:
        InvalidValue: If *value* is something else.
    """
    if not isinstance(value, Rounding):
        raise InvalidValue(field, value, "a Rounding, such as Rounding.HALF_UP")
