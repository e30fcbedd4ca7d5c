"""
Reasons for arrears and what each leads to: an open catalogue, every reason mapped to next steps.
"""

from __future__ import annotations

import attrs

from overdue_visit.policy import checks
from overdue_visit.reason import code

UNKNOWN = "unknown"
"""The reason whose steps apply where no other rule does."""

NEXT_STEPS = (
    "pay_now",
    "remind",
    "budget_talk",
    "education",
    "another_due_day",
    "affordability",
    "propose_plan",
    "talk",
    "answer_request",
    "follow_referral",
    "escalate",
    "escalation_review",
)
"""Steps that a reason may lead to: rules of `overdue_visit.wording`."""


@attrs.frozen(kw_only=True)
class ReasonRule:
    """
    What a reason for arrears leads to, in order.

    Raises:
        InvalidValue: If the reason is not a code, there is no step, or a step is unknown.
    """

    reason: str
    next_steps: tuple[str, ...]

    def __attrs_post_init__(self) -> None:
        code(self.reason, field="reasons")
        checks.choices(f"reasons.{self.reason}", self.next_steps, NEXT_STEPS, least=1)
