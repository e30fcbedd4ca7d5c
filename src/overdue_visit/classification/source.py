"""
Where a number of a scale comes from, and how sure that is.
"""

from __future__ import annotations

import datetime as dt
import enum

import attrs

from overdue_visit.errors import InvalidValue
from overdue_visit.instants import plain_date


class Confidence(enum.StrEnum):
    """How sure a number is; every one of them binds."""

    VERIFIED_TEXT = "verified_text"
    """The text of the rule itself was read."""
    SECONDARY = "secondary"
    """Somebody else reports or quotes the rule."""
    FROM_MEMORY = "from_memory"
    """Nobody looked it up: check it before you rely on it."""
    OWN_CHOICE = "own_choice"
    """The institution chose it."""


@attrs.frozen(kw_only=True)
class Source:
    """
    Why a number is what it is.

    Args:
        citation: Rule and article, or the reason of an own choice, in words.

        checked: The day somebody last looked.

    Raises:
        InvalidValue: If the citation is empty, or *checked* is no date.
    """

    citation: str
    confidence: Confidence
    checked: dt.date

    def __attrs_post_init__(self) -> None:
        if not isinstance(self.citation, str) or not self.citation.strip():
            raise InvalidValue("citation", self.citation, "the rule and article that a number comes from")
        if not isinstance(self.confidence, Confidence):
            raise InvalidValue("confidence", self.confidence, "one of " + ", ".join(each.value for each in Confidence))
        plain_date(self.checked, field="checked")
