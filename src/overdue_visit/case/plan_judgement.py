"""
Judge a plan by the ledger: what came in since it was agreed, against what was to come in.
"""

from __future__ import annotations

import bisect
import datetime as dt
import itertools
from collections.abc import Iterable, Iterator

from overdue_visit.arrears import AgeingConvention
from overdue_visit.arrears.position import paid_through
from overdue_visit.case.plans import Plan
from overdue_visit.loan import Instalment, Loan, ScheduleVersion
from overdue_visit.money import Rounding
from overdue_visit.plan import InstalmentOutcome


def judge_plan(plan: Plan, loan: Loan, convention: AgeingConvention, on: dt.date) -> tuple[InstalmentOutcome, ...]:
    """
    Judge each instalment of *plan* on a day.

    An instalment is met on the first day on which everything paid since the agreement covers the running instalments
    and the plan's instalments due up to it. Money that came in before it was due counts; a reversed payment never
    counted, and one that came before the plan and bounced since reopens arrears of its own, not the plan's.

    Once the ledger has booked the plan as a new schedule, an instalment is met when all that is due on that schedule
    up to its day is paid; it does not fall due before that schedule asks for anything.

    Returns:
        One outcome per instalment, in order: kept by its due day; within tolerance in days or amount; late; missed;
        pending while its day and tolerance have not passed.
    """
    days, totals = _received(loan, convention, on)
    outcomes = []
    for instalment, (due, owed) in zip(plan.instalments, _owed(plan, loan, convention, on), strict=True):
        tolerated = plan.terms.tolerance.of(instalment.amount, rounding=Rounding.DOWN).minor
        met = _first_day(days, totals, owed)
        nearly = _first_day(days, totals, owed - tolerated)
        outcomes.append(_outcome(plan, due, met, nearly, on))
    return tuple(outcomes)


def running_beside(plan: Plan, loan: Loan, convention: AgeingConvention) -> tuple[Instalment, ...]:
    """
    Return the instalments that run beside a plan: those of its schedule that were not yet late when it was made.
    """
    planned = convention.last_late_due(plan.seen_on)
    schedule = next((v.instalments for v in loan.versions if v.number == plan.schedule_version), ())
    return tuple(each for each in schedule if each.due > planned)


def _owed(plan: Plan, loan: Loan, convention: AgeingConvention, on: dt.date) -> Iterator[tuple[dt.date, int]]:
    """
    Yield for each plan instalment the day it falls due and what must have come in by then, all payments together.
    """
    in_force = max((v for v in loan.versions if v.since <= on), key=lambda v: v.number, default=None)
    if in_force is not None and in_force.number > plan.schedule_version:
        for instalment in plan.instalments:
            due = _due_when_booked(instalment.due, in_force)
            yield due, _up_to(due, in_force.instalments)
        return
    owed = plan.paid_before.minor - _bounced(plan, loan, convention, on)
    running = running_beside(plan, loan, convention)
    for instalment in plan.instalments:
        owed += instalment.amount.minor
        yield instalment.due, owed + _up_to(instalment.due, running)


def _due_when_booked(due: dt.date, booked: ScheduleVersion) -> dt.date:
    """
    Return when a plan instalment falls due on the schedule that booked it: not before that schedule asks for anything.
    """
    asked = [each.due for each in booked.instalments if each.due >= booked.since]
    return max(due, asked[0]) if asked else due


def _up_to(day: dt.date, instalments: Iterable[Instalment]) -> int:
    return sum(each.amount.minor for each in instalments if each.due <= day)


def _bounced(plan: Plan, loan: Loan, convention: AgeingConvention, on: dt.date) -> int:
    """
    Add up the payments that were counted when the plan was made and have been taken back since.
    """
    then = {payment.ref for _, payment in paid_through(loan.known_at(plan.seen_on), plan.seen_on, convention)}
    now = {payment.ref for _, payment in paid_through(loan, on, convention)}
    return sum(payment.amount.minor for payment in loan.payments if payment.ref in then - now)


def _received(loan: Loan, convention: AgeingConvention, on: dt.date) -> tuple[list[dt.date], list[int]]:
    counted = sorted((day, payment.amount.minor) for day, payment in paid_through(loan, on, convention))
    return [day for day, _ in counted], list(itertools.accumulate(minor for _, minor in counted))


def _first_day(days: list[dt.date], totals: list[int], owed: int) -> dt.date | None:
    if owed <= 0:
        return dt.date.min
    place = bisect.bisect_left(totals, owed)
    return days[place] if place < len(days) else None


def _outcome(plan: Plan, due: dt.date, met: dt.date | None, nearly: dt.date | None, on: dt.date) -> InstalmentOutcome:
    last_day = due + dt.timedelta(days=plan.terms.tolerance_days)
    if met is not None and met <= due:
        return InstalmentOutcome.KEPT
    if nearly is not None and nearly <= last_day and (met is not None or on > last_day):
        return InstalmentOutcome.WITHIN_TOLERANCE
    if met is not None:
        return InstalmentOutcome.LATE
    return InstalmentOutcome.MISSED if on > last_day else InstalmentOutcome.PENDING
