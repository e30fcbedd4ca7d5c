"""
Turn a talk into an assessment, by stated rules.

Ability follows from the household's budget alone: capacity (income less necessary spending) of one month that covers
the arrears beside the running instalments means *now*; any capacity means *over time*; none means *none*; without a
budget it is *unknown*.
Willingness is what the officer found. The recommendation is what the policy maps the reason to; the verified reason
counts before the stated one. A borrower who is able now and willing needs no plan: "pay now" comes first.
"""

from __future__ import annotations

from overdue_visit.case.talks import Assessed
from overdue_visit.interview import Ability, Interview, Willingness
from overdue_visit.money import Money
from overdue_visit.policy import Policy


def assess(interview: Interview, arrears: Money, policy: Policy, *, coming: Money | None = None) -> Assessed:
    """
    Derive ability, willingness and recommended next steps from a talk.

    Args:
        coming: The largest month of running instalments ahead; there are none when left out.
    """
    reason = interview.verified_reason or interview.reason
    capacity = interview.budget.capacity if interview.budget else None
    ability = _ability(capacity, arrears if coming is None else arrears + coming)
    willingness = _willingness(interview.willing)
    steps = policy.reason(reason).next_steps
    if ability is Ability.NOW and willingness is Willingness.WILLING:
        steps = ("pay_now", *(step for step in steps if step not in ("pay_now", "propose_plan", "affordability")))
    return Assessed(
        ability=ability,
        willingness=willingness,
        reason=reason,
        verified=interview.verified_reason is not None,
        capacity=capacity,
        recommended=steps,
    )


def _ability(capacity: Money | None, needed: Money) -> Ability:
    if capacity is None:
        return Ability.UNKNOWN
    if not capacity:
        return Ability.NONE
    return Ability.NOW if capacity >= needed else Ability.OVER_TIME


def _willingness(willing: bool | None) -> Willingness:
    if willing is None:
        return Willingness.UNKNOWN
    return Willingness.WILLING if willing else Willingness.UNWILLING
