"""
Where the numbers of a rule come from, and how sure that is.
"""

from __future__ import annotations

import datetime as dt
import enum

import attrs

from overdue_visit.contact import checks
from overdue_visit.errors import InvalidValue


class Confidence(enum.StrEnum):
    """How sure a source is. All of them bind; only an acceptance relaxes what is secondary or remembered."""

    VERIFIED = "verified"
    """The text of the rule itself was read."""
    SECONDARY = "secondary"
    """Somebody else reports the rule."""
    MEMORY = "memory"
    """Remembered; no text was seen."""
    OWN = "own"
    """The institution's own number; no law says it."""


@attrs.frozen(kw_only=True)
class Source:
    """
    The source of a rule's numbers.

    Args:
        checked: The day somebody last looked.

        link: Where it can be read.

        note: How an unsettled text is read here, and why.

    Raises:
        InvalidValue: If the citation is missing, the confidence unknown, or the link not http(s).
    """

    citation: str
    confidence: Confidence
    checked: dt.date
    link: str | None = None
    note: str | None = None

    def __attrs_post_init__(self) -> None:
        checks.text("citation", self.citation)
        object.__setattr__(self, "confidence", checks.word(Confidence, "confidence", self.confidence))
        checks.day("checked", self.checked)
        checks.text_or_none("note", self.note)
        checks.text_or_none("link", self.link)
        if self.link is not None and not self.link.startswith(("https://", "http://")):
            raise InvalidValue("link", self.link, "an address that starts with https:// or http://")
