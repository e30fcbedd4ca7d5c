"""
Why a household fell behind: an open catalogue of codes; the policy maps each to next steps.
"""

from __future__ import annotations

import enum
import re
from typing import TypeVar

from overdue_visit.errors import InvalidValue

_CODE = re.compile(r"[a-z][a-z0-9_]{0,39}(?::[A-Za-z0-9_.-]{1,40})?")


def code(value: object, *, field: str) -> str:
    """
    Return a code: lower-case letters, digits and underscores, with an optional ``:suffix``.

    Reasons, places, channels and results are codes so that no name or address slips into the record.

    Raises:
        InvalidValue: If *value* is anything else.
    """
    if not isinstance(value, str) or not _CODE.fullmatch(value):
        raise InvalidValue(field, value, "a code such as 'home' or 'branch:north'; free text belongs in words")
    return value


E = TypeVar("E", bound=enum.StrEnum)


def one_of(words: type[E], value: E | str, *, field: str) -> E:
    """
    Return a word of a closed list, given as itself or as text.

    Raises:
        InvalidValue: If the list has no such word.
    """
    try:
        return words(value)
    except ValueError:
        accepted = ", ".join(repr(word.value) for word in words)
        raise InvalidValue(field, value, f"one of {accepted}") from None
