"""
Propose a plan for the arrears beside the running instalments, within what the household has left.

The search is `overdue_visit.repayment.propose`; here the case says what it knows: the arrears, what is left a month,
the reason, and the dates: every month, or as many months as the policy's shortest period takes, on the day of the month
on which the oldest instalment was due. Kinds that make the running schedule anew need the lender's ledger; a host that
wants them calls `repayment.propose` with its own figures.
"""

from __future__ import annotations

import datetime as dt
import functools
from typing import ClassVar

import attrs

from overdue_visit import repayment
from overdue_visit.business_calendar import corresponding_day
from overdue_visit.case.case import Case
from overdue_visit.errors import NotAllowed
from overdue_visit.money import Money
from overdue_visit.plan import Missing, Offer, Offers, PlanInstalment, Rejected
from overdue_visit.policy import PlanPolicy, Policy
from overdue_visit.rate import Rate

SPREAD, PAY_NOW = "spread", "pay_now"

PAY_WITHIN_DAYS = 7
"""A week to pay what was forgotten: long enough to reach the branch, too short to be forgotten again."""

_SHORTEST_MONTH = 28
_LONGEST_MONTH = 31


@attrs.frozen
class NothingToPlan(NotAllowed):
    """There are no arrears to plan for."""

    code: ClassVar[str] = "nothing_to_plan"

    case_id: str

    def __str__(self) -> str:
        return f"{self.case_id}: no arrears to make a plan for"


def room(case: Case) -> Money | None:
    """
    Return what the household can put toward arrears in any month ahead, beside its running instalments.

    Returns:
        The capacity found in the latest talk that brought a budget, less the largest month of running instalments;
        never below zero. None while no budget is known.
    """
    known = [each.capacity for each in case.talks.assessments if each.capacity is not None]
    if not known:
        return None
    return max(known[-1] - case.observation.position.coming, Money.zero(known[-1].currency))


def propose(case: Case, policy: Policy, on: dt.date) -> Offers:
    """
    Propose plans that fit the household on every date, or say what is missing for one.

    Raises:
        NothingToPlan: If nothing is past due.
    """
    arrears = case.observation.position.arrears
    if not case.behind or not arrears:
        raise NothingToPlan(case.id)
    left = room(case)
    if left is None:
        return Offers(fitting=(), rejected=(Rejected(kind=SPREAD, code="no_budget"),), missing=Missing(code="budget"))
    reason = case.talks.assessment.reason if case.talks.assessment is not None else None
    found = repayment.propose(
        _debt(arrears, on),
        lambda _: left,
        reason=reason,
        limits=_limits(policy.plans, reason),
        dates=functools.partial(_dates, case, policy.plans, on),
    )
    return Offers(
        fitting=tuple(_offer(each) for each in found.fitting),
        rejected=tuple(Rejected(kind=each.kind, code=each.code, figures=each.figures) for each in found.rejected),
        missing=None if found.missing is None else _missing(found.missing),
    )


def _debt(arrears: Money, on: dt.date) -> repayment.Debt:
    # The case stores no schedule: what runs on is already taken out of what the household has left.
    return repayment.Debt(
        on=on,
        principal_not_due=Money.zero(arrears.currency),
        arrears=(repayment.Part(repayment.Component.PRINCIPAL, arrears),),
        rate=Rate("0%"),
    )


def _limits(plans: PlanPolicy, reason: str | None) -> repayment.PlanLimits:
    # Only a date that was missed by oversight is asked for at once.
    kinds = (PAY_NOW, SPREAD) if repayment.suited(PAY_NOW, reason) else (SPREAD,)
    return repayment.PlanLimits(
        kinds=kinds,
        longest_months=plans.longest_months,
        most_instalments=plans.most_instalments,
        smallest_instalment=plans.smallest_instalment,
        pay_within_days=min(PAY_WITHIN_DAYS, plans.first_within_days),
    )


def _offer(proposal: repayment.Proposal) -> Offer:
    parts = proposal.relief.arrears_parts
    return Offer(kind=proposal.kind, instalments=tuple(PlanInstalment(each.on, each.amount) for each in parts))


def _missing(shortfall: repayment.Shortfall) -> Missing:
    return Missing(code="capacity_or_time", amount=shortfall.amount, months=shortfall.months)


def _dates(case: Case, plans: PlanPolicy, on: dt.date, months: int) -> tuple[dt.date, ...]:
    first, every = first_due(case, plans, on), _months_apart(plans)
    # The last day of a short month stands for the usual day; later months come back to it.
    usual = usual_day(case, on)
    day = usual if first == corresponding_day(first, 0, anchor=usual) else first.day
    last = corresponding_day(on, months)
    dates = [first]
    while (later := corresponding_day(first, len(dates) * every, anchor=day)) <= last:
        dates.append(later)
    return tuple(dates)


def first_due(case: Case, policy: PlanPolicy, on: dt.date) -> dt.date:
    """
    Return the first due day of a plan agreed on a day: the household's usual day, not sooner than half a period.

    The usual day is the day of the month on which the oldest instalment was due. A day less than half the policy's
    shortest period ahead is skipped; where the next would come later than the policy allows, its last allowed day is
    the first.
    """
    usual = usual_day(case, on)
    soonest = on + dt.timedelta(days=max(1, policy.shortest_period_days // 2))
    latest = min(on + dt.timedelta(days=policy.first_within_days), last_day(policy, on))
    day = corresponding_day(on, 0, anchor=usual)
    months = 0
    while day < soonest:
        months += 1
        day = corresponding_day(on, months, anchor=usual)
    return min(day, latest)


def usual_day(case: Case, on: dt.date) -> int:
    """
    Return the day of the month on which the household is used to paying.
    """
    return (case.observation.position.oldest_due or on).day


def last_day(policy: PlanPolicy, on: dt.date) -> dt.date:
    """
    Return the last day on which an instalment of a plan agreed on a day may fall due.
    """
    return on + dt.timedelta(days=policy.longest_months * _LONGEST_MONTH)


def _months_apart(policy: PlanPolicy) -> int:
    return -(-policy.shortest_period_days // _SHORTEST_MONTH)
