"""
Where a number comes from, and how sure that is.
"""

from __future__ import annotations

import datetime as dt
import enum

import attrs

from overdue_visit.errors import InvalidValue
from overdue_visit.instants import plain_date
from overdue_visit.policy import checks


class Confidence(enum.StrEnum):
    """How sure a source is."""

    VERIFIED = "verified"
    """The text of the rule itself was read."""
    SECONDARY = "secondary"
    """Somebody else reports the rule."""
    OWN_CHOICE = "own choice"
    """The institution chose it, for the reason given."""


@attrs.frozen
class Source:
    """
    Why a number is what it is: a citation, or the reason of the institution's own choice.

    Args:
        text: The citation or reason in words.

        confidence: How sure it is; a reason without a citation is an own choice.

        checked: The day somebody last looked.

        link: Where it can be read.

    Raises:
        InvalidValue: If the text is empty, the confidence unknown, *checked* not a date, or the link not http(s).
    """

    text: str
    confidence: Confidence = Confidence.OWN_CHOICE
    checked: dt.date | None = None
    link: str | None = None

    def __attrs_post_init__(self) -> None:
        checks.text("source", self.text)
        checks.choice("confidence", self.confidence, tuple(Confidence))
        if self.checked is not None:
            plain_date(self.checked, field="checked")
        if self.link is not None and not _is_link(self.link):
            raise InvalidValue("link", self.link, "an address that starts with https:// or http://")


def _is_link(value: object) -> bool:
    return isinstance(value, str) and value.startswith(("https://", "http://")) and not any(map(str.isspace, value))
