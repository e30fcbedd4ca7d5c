"""
The practice of contacts: the small gate that every contact of the lender's own passes.
"""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

import attrs

from overdue_visit.policy import checks


@attrs.frozen(kw_only=True)
class ContactPolicy:
    """
    Hours and number of contacts with one party, over all its cases.

    Raises:
        InvalidValue: If the hours are turned round, or the number is out of range.
    """

    group: ClassVar[str] = "contact"

    earliest: dt.time
    latest: dt.time
    """Hours for contacts, in the lender's zone."""
    attempts_a_day: int
    """Contacts and attempts with one party on one day, all counted channels together."""
    counted_channels: tuple[str, ...]
    """Channels that the number counts."""

    def __attrs_post_init__(self) -> None:
        checks.hours("contact", self.earliest, self.latest)
        checks.whole("contact.attempts_a_day", self.attempts_a_day, 1, 50)
        checks.choices("contact.counted_channels", self.counted_channels)
