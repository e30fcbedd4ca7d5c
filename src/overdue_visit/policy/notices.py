"""
The practice of notices: which go out by themselves, when, how, and when a household counts as notified.
"""

from __future__ import annotations

import enum
from collections.abc import Mapping
from typing import ClassVar

import attrs

from overdue_visit.errors import InvalidValue
from overdue_visit.notice import NoticeKind
from overdue_visit.policy import checks


class NotifiedBy(enum.StrEnum):
    """The fact from which a household counts as notified."""

    SENT = "sent"
    DELIVERED = "delivered"
    SERVED = "served"


def _copied(pairs: Mapping[str, str]) -> dict[str, str]:
    return dict(sorted(pairs.items()))


@attrs.frozen(kw_only=True)
class NoticePolicy:
    """
    When notices fall due and how they travel.

    Raises:
        InvalidValue: If a number is out of range, a channel or kind is unknown, or the reminder would come after the
            notice of a visit.
    """

    group: ClassVar[str] = "notices"

    reminder_day: int
    """Days past due at which the reminder falls due."""
    visit_notice_day: int
    """Days past due at which the notice of a visit falls due."""
    instalment_reminder_days: int
    """Days before a plan instalment."""
    default_channel: str
    channels: tuple[str, ...]
    notified_by: Mapping[str, str] = attrs.field(hash=False, converter=_copied)
    """For each channel the fact (see `NotifiedBy`) that counts as notice."""
    lease_minutes: int
    """How long a sender may take before the outcome counts as unknown."""
    automatic: tuple[str, ...]
    """Kinds of notice that need nobody to press a button."""
    languages: tuple[str, ...]
    """Languages that notices are written in; the first is used where none is known."""

    def __attrs_post_init__(self) -> None:
        checks.whole("notices.reminder_day", self.reminder_day, 1, 365)
        checks.whole("notices.visit_notice_day", self.visit_notice_day, 1, 365)
        checks.whole("notices.instalment_reminder_days", self.instalment_reminder_days, 0, 60)
        checks.whole("notices.lease_minutes", self.lease_minutes, 1, 24 * 60)
        checks.choices("notices.channels", self.channels, least=1)
        checks.choice("notices.default_channel", self.default_channel, self.channels)
        checks.choices("notices.automatic", self.automatic, tuple(NoticeKind))
        checks.texts("notices.languages", self.languages, least=1)
        self._check_notified_by()
        if self.reminder_day >= self.visit_notice_day:
            accepted = f"a day before notices.visit_notice_day, {self.visit_notice_day}"
            raise InvalidValue("notices.reminder_day", self.reminder_day, accepted)

    def _check_notified_by(self) -> None:
        for channel, fact in self.notified_by.items():
            if channel not in self.channels:
                raise InvalidValue(f"notices.notified_by.{channel}", fact, "only channels of notices.channels")
            checks.choice(f"notices.notified_by.{channel}", fact, tuple(NotifiedBy))
        for channel in self.channels:
            if channel not in self.notified_by:
                raise InvalidValue(f"notices.notified_by.{channel}", None, "'sent', 'delivered' or 'served'")
