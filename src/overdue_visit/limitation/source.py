"""
Where a number of the law comes from, and how sure that is.
"""

from __future__ import annotations

import datetime as dt
import enum

import attrs

from overdue_visit.errors import InvalidValue
from overdue_visit.instants import plain_date


class Confidence(enum.StrEnum):
    """How sure a source is."""

    VERIFIED = "verified"
    """The text of the rule itself was read."""
    SECONDARY = "secondary"
    """Somebody else reports the rule."""
    MEMORY = "memory"
    """Remembered; no text was seen. It binds all the same until somebody looks it up."""


@attrs.frozen(kw_only=True)
class Source:
    """
    What a rule rests on.

    Args:
        citation: The rule and its article, in words.

        confidence: How sure it is.

        checked: The day somebody last looked.

    Raises:
        InvalidValue: If the citation is empty, the confidence unknown, or *checked* not a date.
    """

    citation: str
    confidence: Confidence
    checked: dt.date

    def __attrs_post_init__(self) -> None:
        if not isinstance(self.citation, str) or not self.citation.strip():
            raise InvalidValue("citation", self.citation, "the rule and its article")
        if not isinstance(self.confidence, Confidence):
            raise InvalidValue("confidence", self.confidence, "one of " + ", ".join(repr(c.value) for c in Confidence))
        plain_date(self.checked, field="checked")
