"""
The practice of contacts: the lender's own hours and numbers, and the laws that bind besides.
"""

from __future__ import annotations

import datetime as dt
import functools
from typing import ClassVar

import attrs

from overdue_visit.contact import named, names, stricter
from overdue_visit.contact.rules import Rules
from overdue_visit.policy import checks

_MARGIN_DAYS = 2


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
    rule_sets: tuple[str, ...]
    """Shipped rule sets of `overdue_visit.contact` that bind besides; a contact must pass all of them."""

    def __attrs_post_init__(self) -> None:
        checks.hours("contact", self.earliest, self.latest)
        checks.whole("contact.attempts_a_day", self.attempts_a_day, 1, 50)
        checks.choices("contact.counted_channels", self.counted_channels)
        checks.choices("contact.rule_sets", self.rule_sets, names())

    @property
    def law(self) -> Rules | None:
        """The rule sets laid over each other; None where only the lender's own numbers bind."""
        return _laid_over(self.rule_sets) if self.rule_sets else None

    @property
    def reach_days(self) -> int:
        """Days back that contacts must be read, the party's and the lender's zones considered."""
        return _MARGIN_DAYS + (0 if self.law is None else self.law.longest_window)


@functools.cache
def _laid_over(rule_sets: tuple[str, ...]) -> Rules:
    return stricter(*map(named, rule_sets))
