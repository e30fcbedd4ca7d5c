"""
Why a household fell behind: an open catalogue of codes; the policy maps each to next steps.
"""

from __future__ import annotations

import re

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
