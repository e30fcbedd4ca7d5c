"""
The practice of visits: from which day, with how much notice, at what hours, how often.
"""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

import attrs

from overdue_visit.policy import checks

TALK_CHANNELS = ("visit", "branch", "phone", "video", "message")
"""Ways to hold a talk."""


@attrs.frozen(kw_only=True)
class VisitPolicy:
    """
    When and how the household is visited.

    Raises:
        InvalidValue: If a number is out of range, the hours are turned round, or a channel is unknown.
    """

    group: ClassVar[str] = "visits"

    first_visit_day: int
    """Days past due from which visits start, that day included."""
    notice_days: int
    """Days between being notified and an appointment."""
    earliest: dt.time
    latest: dt.time
    """Hours for visits, in the lender's zone."""
    accepted_channels: tuple[str, ...]
    """Ways of talking that verify a situation as a visit does."""
    retry_after_days: int
    """Days after a visit that reached nobody."""
    attempts_before_review: int
    """Visits without reaching anybody until somebody reviews the case."""
    return_every_days: int
    """Days from one return visit to the next."""
    officers: int
    """How many go together."""
    unannounced_needs_reason: bool
    """Whether a visit without notice is refused unless a reason is given."""

    def __attrs_post_init__(self) -> None:
        checks.whole("visits.first_visit_day", self.first_visit_day, 1, 365)
        checks.whole("visits.notice_days", self.notice_days, 0, 60)
        checks.hours("visits", self.earliest, self.latest)
        checks.choices("visits.accepted_channels", self.accepted_channels, TALK_CHANNELS, least=1)
        checks.whole("visits.retry_after_days", self.retry_after_days, 1, 90)
        checks.whole("visits.attempts_before_review", self.attempts_before_review, 1, 20)
        checks.whole("visits.return_every_days", self.return_every_days, 1, 366)
        checks.whole("visits.officers", self.officers, 1, 4)
        checks.yes_or_no("visits.unannounced_needs_reason", self.unannounced_needs_reason)
