"""
Derive the steps of a case, and the day to look at it again.
"""

from __future__ import annotations

import datetime as dt

from overdue_visit.case.case import Case
from overdue_visit.next_steps import notices, plans, upkeep, visits
from overdue_visit.next_steps.step import Step
from overdue_visit.policy import Policy

_PRACTICES = (notices, visits, plans, upkeep)


def next_steps(case: Case, policy: Policy, on: dt.date) -> tuple[Step, ...]:
    """
    Return what is due for a case on a day, the earliest due first; pure.
    """
    if not case.open:
        return ()
    due = [step for practice in _PRACTICES for step in practice.steps(case, policy, on)]
    return tuple(sorted(due, key=lambda step: (step.since, step.rule)))


def first_look(case: Case, policy: Policy, on: dt.date) -> dt.date | None:
    """
    Return the first day from *on* on which there is something to look at: *on* itself while a step is due.
    """
    if case.open and any(True for practice in _PRACTICES for _ in practice.steps(case, policy, on)):
        return on
    return next_look(case, policy, on)


def next_look(case: Case, policy: Policy, on: dt.date) -> dt.date | None:
    """
    Return the first day after *on* on which the steps may change although the case does not.

    A lower bound: until then nothing new falls due, and nothing that the ledger has already said is judged otherwise
    for the passing of time alone. None if nothing will ever change by itself.
    """
    if not case.open:
        return None
    ahead = [
        day for practice in _PRACTICES for day in practice.days_of_change(case, policy) if day is not None and day > on
    ]
    return min([*ahead, *_toward_closing(case, policy, on)], default=None)


def _toward_closing(case: Case, policy: Policy, on: dt.date) -> list[dt.date]:
    standing, next_due = case.standing, case.observation.position.next_due
    waits = (
        (standing.recovered_on, policy.standing.reversal_wait_days),
        (standing.restored_on, policy.standing.healthy_days),
    )
    days = [start + dt.timedelta(days=wait) for start, wait in waits if start is not None]
    if standing.recovered_on is not None and next_due is not None:
        days.append(next_due)  # an instalment that was paid ahead counts as kept on its day
    # A case closes only when its notices are settled; what is paid on a day may count only from the next.
    if case.notices.pending or (case.behind and policy.ageing.payments == "before"):
        days.append(on + dt.timedelta(days=1))
    return [day for day in days if day > on]
