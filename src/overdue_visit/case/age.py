"""
How old a case's arrears are on a day, from what was last observed.
"""

from __future__ import annotations

import datetime as dt

from overdue_visit.arrears import days_past_due, delinquent_days
from overdue_visit.case.case import Case
from overdue_visit.policy import Policy


def days(case: Case, policy: Policy, on: dt.date) -> int:
    """
    Return the days past due on a day, under the policy's ageing convention; never paused.
    """
    return days_past_due(case.observation.position.oldest_due, on=on, convention=policy.ageing)


def treatment_days(case: Case, policy: Policy, on: dt.date) -> int:
    """
    Return the days that notices and visits go by: days past due less the policy's grace.
    """
    return delinquent_days(days(case, policy, on), grace_days=policy.grace_days)


def day_reached(case: Case, policy: Policy, treatment_day: int) -> dt.date | None:
    """
    Return the first day on which `treatment_days` is at least *treatment_day* (from 1); None while nothing is late.
    """
    oldest = case.observation.position.oldest_due
    if oldest is None:
        return None
    convention = policy.ageing
    wanted = max(treatment_day + policy.grace_days, convention.grace_days + 1)
    if convention.days == "calendar":
        return oldest + dt.timedelta(wanted - convention.due_day_counts)
    return convention.calendar.add(oldest - dt.timedelta(convention.due_day_counts), wanted)
