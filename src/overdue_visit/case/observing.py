"""
Observe a loan: compare a new judgement with what the case holds, and yield the facts that differ.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from overdue_visit.case.appointments import AppointmentCancelled
from overdue_visit.case.case import Case
from overdue_visit.case.header import Fact
from overdue_visit.case.judgement import Judgement
from overdue_visit.case.observation import BookMismatchFound, CaseOpened, LedgerObserved, RelapseCause, Relapsed
from overdue_visit.case.plans import Plan, PlanBroken, PlanCompleted, PlanInstalmentJudged
from overdue_visit.case.standing import Recovered, StandingRestored
from overdue_visit.case.upkeep import CaseClosed, CloseReason, ConsequenceQuestioned
from overdue_visit.lifecycle import CaseState
from overdue_visit.loan import Loan, LoanStatus
from overdue_visit.plan import InstalmentOutcome, PlanState
from overdue_visit.policy import Policy
from overdue_visit.visit import Purpose

_ENDED = {
    LoanStatus.SETTLED: CloseReason.SETTLED,
    LoanStatus.WRITTEN_OFF: CloseReason.WRITTEN_OFF,
    LoanStatus.SOLD: CloseReason.SOLD,
}


def opening(loan: Loan, judgement: Judgement, policy: Policy, *, episode: int) -> CaseOpened | None:
    """
    Return the fact that opens a case, or None where nothing is past due.
    """
    if not judgement.behind or judgement.position.status in _ENDED:
        return None
    return CaseOpened(
        loan=loan.id,
        party=loan.borrower,
        episode=episode,
        days_past_due=judgement.days_past_due,
        convention=policy.ageing.name,
        position=judgement.position,
    )


def differences(case: Case, judgement: Judgement, policy: Policy) -> Iterator[Fact]:
    """
    Yield what changed for an open case since it was last observed; the same ledger twice yields nothing.

    Backdated, reversed, late and doubled nights are this one path: what the ledger says now is compared with what the
    case holds, and consequences already taken are questioned, never undone silently.
    """
    if judgement.position != case.observation.position:
        yield LedgerObserved(days_past_due=judgement.days_past_due, position=judgement.position)
    if judgement.mismatch != case.observation.mismatch:
        yield BookMismatchFound(mismatch=judgement.mismatch)
    ended = _ENDED.get(judgement.position.status)
    if ended is not None:
        if not case.notices.pending:
            yield CaseClosed(reason=ended)
        return
    yield from _of_instalments(case, judgement)
    ends = tuple(_of_plan_end(case, judgement))
    # A plan may break by its own dates while the ledger, rescheduled, has nothing past due.
    clear = judgement.cured or (not judgement.behind and any(isinstance(fact, PlanBroken) for fact in ends))
    recovered_on = case.standing.recovered_on
    if case.behind and clear:
        recovered_on = judgement.on
        yield Recovered(cleared_due=case.observation.position.oldest_due)
        coming = case.appointments.open
        if coming is not None and coming.purpose is Purpose.VERIFY:
            yield AppointmentCancelled(appointment=coming.number, reason="recovered")
        if case.state is CaseState.ESCALATED:
            yield ConsequenceQuestioned(code="escalated")
    elif not case.behind and judgement.behind:
        yield _relapse(case, judgement, policy)
    yield from ends
    if recovered_on is not None and (clear or not case.behind) and not judgement.behind:
        yield from _of_probation(case, judgement, policy, recovered_on)


def _of_instalments(case: Case, judgement: Judgement) -> Iterator[Fact]:
    plan = _judged(case)
    if plan is None:
        return
    for number, (instalment, old, new) in enumerate(
        zip(plan.instalments, plan.outcomes, judgement.outcomes, strict=True), 1
    ):
        if new is not old:
            yield PlanInstalmentJudged(plan=plan.number, number=number, due=instalment.due, outcome=new)


def _of_plan_end(case: Case, judgement: Judgement) -> Iterator[Fact]:
    plan = _judged(case)
    if plan is None:
        return
    limit = plan.terms.broken_after_missed
    missed = judgement.outcomes.count(InstalmentOutcome.MISSED)
    if plan.state is PlanState.BROKEN:
        if missed < limit <= plan.outcomes.count(InstalmentOutcome.MISSED):
            yield ConsequenceQuestioned(code="plan_broken", about=plan.number)
    elif judgement.cured or not {InstalmentOutcome.PENDING, InstalmentOutcome.MISSED} & set(judgement.outcomes):
        yield PlanCompleted(plan=plan.number)
    elif missed >= limit or (missed and InstalmentOutcome.PENDING not in judgement.outcomes):
        yield PlanBroken(plan=plan.number, missed=missed)


def _judged(case: Case) -> Plan | None:
    plan = case.plans.latest
    return plan if plan is not None and plan.state in (PlanState.RUNNING, PlanState.BROKEN) else None


def _of_probation(case: Case, judgement: Judgement, policy: Policy, recovered_on: dt.date) -> Iterator[Fact]:
    position = judgement.position
    restored = None if case.behind else case.standing.restored_on
    if restored is None and judgement.kept_in_a_row >= policy.standing.probation_instalments:
        yield StandingRestored(instalments_kept=judgement.kept_in_a_row)
        restored = judgement.on
    if case.notices.pending or case.talks.requests or case.upkeep.irregularities or case.upkeep.in_doubt:
        return  # somebody still owes the household an answer, or the case a look
    paid_off = position.status is LoanStatus.PAID_OFF or (not position.outstanding and position.next_due is None)
    if paid_off:
        if judgement.on >= recovered_on + dt.timedelta(days=policy.standing.reversal_wait_days):
            yield CaseClosed(reason=CloseReason.PAID_OFF)
        return
    # Where nothing more falls due there is nothing to keep in a row: time alone shows that the loan is healthy.
    since = recovered_on if restored is None and position.next_due is None else restored
    if since is not None and judgement.on >= since + dt.timedelta(days=policy.standing.healthy_days):
        yield CaseClosed(reason=CloseReason.HEALTHY)


def _relapse(case: Case, judgement: Judgement, policy: Policy) -> Relapsed:
    # The days of a loan that is behind count from a due date; only the type of the position allows none.
    since = judgement.position.oldest_due or judgement.on
    cleared = case.standing.recovered_on
    # What was late by then had been paid; anything else went late afterwards.
    taken_back = cleared is not None and since <= policy.ageing.last_late_due(cleared)
    return Relapsed(cause=RelapseCause.REVERSAL if taken_back else RelapseCause.MISSED, since=since)
