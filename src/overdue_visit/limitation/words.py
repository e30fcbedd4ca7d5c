"""
Words of closed lists.
"""

from __future__ import annotations

import enum
from typing import TypeVar

from overdue_visit.errors import InvalidValue

_Word = TypeVar("_Word", bound=enum.StrEnum)


def one_of(field: str, words: type[_Word], value: str) -> _Word:
    """
    Read a word of a closed list.

    Raises:
        InvalidValue: If it is not one of them.
    """
    if not isinstance(value, str) or value not in set(words):
        raise InvalidValue(field, value, "one of " + ", ".join(repr(each.value) for each in words))
    return words(value)
