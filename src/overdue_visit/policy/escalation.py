"""
The practice of escalation: to whom a case may go, and what makes its review due.
"""

from __future__ import annotations

from typing import ClassVar

import attrs

from overdue_visit.policy import checks


@attrs.frozen(kw_only=True)
class EscalationPolicy:
    """
    When others need to be involved, and who they may be.

    Raises:
        InvalidValue: If a number is out of range, or there is nobody to hand a case to.
    """

    group: ClassVar[str] = "escalation"

    kinds: tuple[str, ...]
    """To whom a case may be handed."""
    unreachable_attempts: int
    """Visits in a row without reaching anybody after which escalation falls due."""
    review_day: int
    """Days past due at which a review of escalation falls due."""

    def __attrs_post_init__(self) -> None:
        checks.choices("escalation.kinds", self.kinds, least=1)
        checks.whole("escalation.unreachable_attempts", self.unreachable_attempts, 1, 50)
        checks.whole("escalation.review_day", self.review_day, 1, 3660)
