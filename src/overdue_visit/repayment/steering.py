"""
How the reason for the arrears steers the choice of a plan (P2.1): what was forgotten is paid, not stretched.
"""

from __future__ import annotations

from collections.abc import Mapping

from overdue_visit.repayment.demands import demand, demand_word

STEERING: Mapping[str, tuple[str, ...]] = {
    "forgot": ("pay_now",),
    "payment_failed": ("pay_now",),
    "poor_management": ("pay_now", "spread"),
    "over_indebted": ("spread", "waive", "extend", "freeze", "settle"),
    "income_lost": ("holiday", "step_up", "extend", "freeze"),
    "income_down": ("spread", "extend", "capitalise"),
    "income_late": ("pay_now", "spread"),
    "costs_up": ("spread", "step_up", "extend"),
    "illness": ("holiday", "freeze", "step_up", "spread"),
    "death_in_family": ("holiday", "freeze", "spread"),
    "harvest_failed": ("capitalise", "extend", "spread"),
    "disaster": ("holiday", "freeze", "waive", "extend"),
}
"""
Kinds of plan that answer a reason, by its code.

A trouble that passes (a lost job, an illness, a failed harvest) asks for time; one that stays (less income, too many
debts) for a smaller burden; a date missed by oversight for nothing but the payment. A reason that is not listed steers
nothing.
"""


def suited(kind: str, reason: str | None, steering: Mapping[str, tuple[str, ...]] = STEERING) -> bool:
    """
    Tell whether a kind of plan answers a reason.
    """
    demand_word(kind, "kind", "a kind of plan, such as 'spread'")
    demand(reason, str, "reason", accepted="the code of a reason, such as 'forgot'", none=True)
    demand(steering, Mapping, "steering", accepted="kinds of plan by reason")
    return reason is not None and kind in steering.get(reason, ())
