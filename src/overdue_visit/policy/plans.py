"""
The practice of plans: how long, how many instalments, what still counts as kept, when a plan is broken.
"""

from __future__ import annotations

from typing import ClassVar

import attrs

from overdue_visit.errors import InvalidValue
from overdue_visit.money import Money
from overdue_visit.policy import checks
from overdue_visit.rate import Per, Rate


@attrs.frozen(kw_only=True)
class PlanPolicy:
    """
    What a plan for arrears may look like, and how it is judged.

    Raises:
        InvalidValue: If a number is out of range, or a late instalment would still count as in time when the next one
            falls due.
    """

    group: ClassVar[str] = "plans"

    longest_months: int
    most_instalments: int
    shortest_period_days: int
    """Fewest days from one instalment to the next."""
    first_within_days: int
    """Days from agreeing a plan to its first instalment, at most."""
    tolerance_days: int
    """Days after its due date that an instalment still counts as kept."""
    tolerance_percent: Rate
    """Part of an instalment that may be missing, and it still counts as kept."""
    broken_after_missed: int
    """Missed instalments that break a plan."""
    most_broken: int
    """Broken plans after which the case is escalated."""
    most_revisions: int
    """How often a running plan may be revised."""
    offer_valid_days: int
    smallest_instalment: Money | None
    """No instalment below this, except the last; None for no limit."""
    consent_kinds: tuple[str, ...]
    """Ways of consent that a plan may be agreed with."""

    def __attrs_post_init__(self) -> None:
        checks.whole("plans.longest_months", self.longest_months, 1, 120)
        checks.whole("plans.most_instalments", self.most_instalments, 1, 600)
        checks.whole("plans.shortest_period_days", self.shortest_period_days, 1, 366)
        checks.whole("plans.first_within_days", self.first_within_days, 0, 366)
        checks.whole("plans.tolerance_days", self.tolerance_days, 0, 365)
        checks.whole("plans.broken_after_missed", self.broken_after_missed, 1, 24)
        checks.whole("plans.most_broken", self.most_broken, 1, 20)
        checks.whole("plans.most_revisions", self.most_revisions, 0, 20)
        checks.whole("plans.offer_valid_days", self.offer_valid_days, 1, 366)
        checks.choices("plans.consent_kinds", self.consent_kinds, least=1)
        _check_share("plans.tolerance_percent", self.tolerance_percent)
        _check_smallest("plans.smallest_instalment", self.smallest_instalment)
        if self.tolerance_days >= self.shortest_period_days:
            accepted = f"fewer days than plans.shortest_period_days, {self.shortest_period_days}"
            raise InvalidValue("plans.tolerance_days", self.tolerance_days, accepted)


def _check_share(key: str, value: object) -> None:
    if not isinstance(value, Rate) or value.per is not Per.ONCE or not 0 <= value.fraction < 1:
        raise InvalidValue(key, value, "a part of an instalment from '0%' to below '100%', without a period")


def _check_smallest(key: str, value: object) -> None:
    if value is not None and not (isinstance(value, Money) and value.minor > 0):
        raise InvalidValue(key, value, "Money above zero such as 'KES 10.00', or 'none'")
