"""
Judge a loan on a day: pure conclusions from the ledger, whatever order its lines arrived in.
"""

from __future__ import annotations

import datetime as dt

import attrs

from overdue_visit.arrears import Arrears, InstalmentState, measure
from overdue_visit.case.case import Case
from overdue_visit.case.observation import Mismatch, Position
from overdue_visit.case.plan_judgement import judge_plan, running_beside
from overdue_visit.case.plans import Plan
from overdue_visit.lifecycle import CaseState
from overdue_visit.loan import Loan, LoanStatus
from overdue_visit.money import Money
from overdue_visit.plan import InstalmentOutcome, PlanState
from overdue_visit.policy import Policy


@attrs.frozen(kw_only=True)
class Judgement:
    """What the ledger's view of a loan means for its case on a day."""

    on: dt.date
    days_past_due: int
    """Under the policy's ageing convention; never paused."""
    position: Position
    mismatch: Mismatch | None
    outcomes: tuple[InstalmentOutcome, ...]
    """Of the latest plan's instalments, in order, a broken one's as of the day it broke; empty without one."""
    cured: bool
    """
    Nothing is past due, or the ledger calls the loan paid off. While a plan runs it must be met, or be cleared in one
    go: a running instalment that came early does not end a plan, and neither does a plan merely booked as a new
    schedule.
    """
    kept_in_a_row: int
    """Instalments since recovery that were paid in time, counted back from the latest."""

    @property
    def behind(self) -> bool:
        """Whether something is past due; never on a loan that the ledger calls paid off."""
        return self.days_past_due > 0 and self.position.status is not LoanStatus.PAID_OFF


def judge(loan: Loan, case: Case | None, policy: Policy, on: dt.date) -> Judgement:
    """
    Judge *loan* on a business date.

    Pure: the same ledger gives the same judgement, in whatever order its payments arrived.

    Args:
        case: The loan's open case, if it has one: its plan and probation are judged too.
    """
    measured = measure(loan, on=on, convention=policy.ageing)
    outcomes: tuple[InstalmentOutcome, ...] = ()
    waits = False
    found = position(loan, measured, policy, on)
    if case is not None and case.plans.latest is not None:
        outcomes = judge_plan(case.plans.latest, loan, policy.ageing, _judged_on(case.plans.latest, on))
        running = case.plans.running
        waits = running is not None and (
            measured.schedule_version != running.schedule_version or _may_be_early(loan, running, measured, policy)
        )
    met = all(o not in (InstalmentOutcome.PENDING, InstalmentOutcome.MISSED) for o in outcomes)
    return Judgement(
        on=on,
        days_past_due=measured.days_past_due,
        position=found,
        mismatch=_mismatch(loan, measured, found, policy),
        outcomes=outcomes,
        cured=found.status is LoanStatus.PAID_OFF or (measured.days_past_due == 0 and (not waits or met)),
        kept_in_a_row=_kept_in_a_row(case, measured.instalments, policy, on),
    )


def _judged_on(plan: Plan, on: dt.date) -> dt.date:
    """
    Return the day to judge a plan on: a broken one is judged as of the day it broke.
    """
    if plan.state is PlanState.BROKEN and plan.ended_on is not None:
        return min(on, plan.ended_on)
    return on


def _may_be_early(loan: Loan, plan: Plan, measured: Arrears, policy: Policy) -> bool:
    """
    Tell whether a ledger without arrears may only mean that the next running instalment came early.

    Money goes to the oldest due first: whoever pays April's instalment in March has cleared the arrears for the ledger,
    and will owe them again in April. So while another running instalment is to come, and what came in beyond plan and
    schedule is no more than that instalment, the arrears count as cleared only if nothing was past due either after
    the latest running instalment that has fallen due.
    """
    running = running_beside(plan, loan, policy.ageing)
    last_late = policy.ageing.last_late_due(measured.on)
    coming = [each for each in running if last_late < each.due <= plan.instalments[-1].due]
    if not coming:
        return False
    dues = [*((each.due, each.amount) for each in running), *((each.due, each.amount) for each in plan.instalments)]
    asked = sum(amount.minor for due, amount in dues if due <= measured.on)
    beyond = measured.paid_total.minor - plan.paid_before.minor - asked
    next_due = next((each.due for each in coming if each.due > measured.on), measured.on)
    if beyond > sum(amount.minor for due, amount in dues if measured.on < due <= next_due):
        return False
    fallen = [each.due for each in running if each.due <= last_late]
    if not fallen:
        return True
    return measure(loan, on=policy.ageing.first_late_day(fallen[-1]), convention=policy.ageing).is_past_due


def position(loan: Loan, measured: Arrears, policy: Policy, on: dt.date) -> Position:
    """
    Return the ledger's position without what a date derives.
    """
    coming = [each for each in loan.instalments(on) if each.due > on]
    bucket = policy.buckets.of(measured.days_past_due)
    status = loan.status if loan.status_on is None or loan.status_on <= on else LoanStatus.ACTIVE
    return Position(
        oldest_due=measured.oldest_due,
        arrears=measured.total,
        by_component=measured.by_component,
        outstanding=measured.outstanding,
        paid=measured.paid_total,
        schedule_version=measured.schedule_version,
        status=status,
        bucket=bucket.name if bucket else None,
        next_due=coming[0].due if coming else None,
        coming=_largest_month([(each.due, each.amount) for each in coming], loan.currency),
    )


def _largest_month(dues: list[tuple[dt.date, Money]], currency: str) -> Money:
    months: dict[tuple[int, int], int] = {}
    for due, amount in dues:
        months[due.year, due.month] = months.get((due.year, due.month), 0) + amount.minor
    return Money.from_minor(max(months.values(), default=0), currency)


def _mismatch(loan: Loan, measured: Arrears, found: Position, policy: Policy) -> Mismatch | None:
    if found.status is LoanStatus.PAID_OFF and measured.days_past_due:
        return Mismatch(stated=0, computed=measured.days_past_due)
    if loan.stated is None or loan.stated.on > measured.on:
        return None
    computed = measure(loan, on=loan.stated.on, convention=policy.ageing).days_past_due
    if computed == loan.stated.days_past_due:
        return None
    return Mismatch(stated=loan.stated.days_past_due, computed=computed)


def _kept_in_a_row(case: Case | None, instalments: tuple[InstalmentState, ...], policy: Policy, on: dt.date) -> int:
    if case is None or case.state is not CaseState.RECOVERED or case.standing.recovered_on is None:
        return 0
    tolerance = dt.timedelta(days=policy.plans.tolerance_days)
    kept = 0
    for each in reversed([each for each in instalments if case.standing.recovered_on < each.due <= on]):
        if each.settled_on is None and each.due + tolerance >= on:
            continue
        if each.settled_on is None or each.settled_on > each.due + tolerance:
            break
        kept += 1
    return kept
