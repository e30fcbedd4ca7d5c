"""
Propose a plan: the arrears in equal parts, each within what the household has left.

One kind so far, ``equal_split``: every month, or as many months as the policy's shortest period takes, on the day of
the month on which the oldest instalment was due, beside the running instalments.
"""

from __future__ import annotations

import calendar
import datetime as dt
from typing import ClassVar

import attrs

from overdue_visit.case.case import Case
from overdue_visit.errors import NotAllowed
from overdue_visit.money import Money
from overdue_visit.plan import Missing, Offer, Offers, PlanInstalment, Rejected
from overdue_visit.policy import PlanPolicy, Policy

EQUAL_SPLIT = "equal_split"

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
        return Offers(
            fitting=(), rejected=(Rejected(kind=EQUAL_SPLIT, code="no_budget"),), missing=Missing(code="budget")
        )
    first = first_due(case, policy.plans, on)
    every = _months_apart(policy.plans)
    by_time = _most_instalments(policy.plans, first, on, every)
    most = min(by_time, _most_by_size(policy.plans, arrears))
    if not left:
        return _unfit("no_capacity", arrears, left, most)
    count = -(-arrears.minor // left.minor)
    if count > most:
        return _unfit("too_long" if count > by_time else "instalment_too_small", arrears, left, most)
    return Offers(
        fitting=(Offer(kind=EQUAL_SPLIT, instalments=_split(arrears, count, first, every, usual_day(case, on))),)
    )


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
    day = _on_day(on.year, on.month, usual)
    months = 0
    while day < soonest:
        months += 1
        day = _month_later(on, months, usual)
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


def _on_day(year: int, month: int, day: int) -> dt.date:
    return dt.date(year, month, min(day, calendar.monthrange(year, month)[1]))


def _month_later(start: dt.date, months: int, day: int) -> dt.date:
    index = start.year * 12 + start.month - 1 + months
    return _on_day(index // 12, index % 12 + 1, day)


def _months_apart(policy: PlanPolicy) -> int:
    return -(-policy.shortest_period_days // _SHORTEST_MONTH)


def _most_instalments(policy: PlanPolicy, first: dt.date, on: dt.date, every: int) -> int:
    last = _month_later(on, policy.longest_months, on.day)
    count = 1
    while count < policy.most_instalments and _month_later(first, count * every, first.day) <= last:
        count += 1
    return count


def _most_by_size(policy: PlanPolicy, arrears: Money) -> int:
    smallest = policy.smallest_instalment
    if smallest is None or smallest.currency != arrears.currency:
        return arrears.minor
    return max(1, arrears.minor // smallest.minor)


def _split(arrears: Money, count: int, first: dt.date, every: int, usual: int) -> tuple[PlanInstalment, ...]:
    each, extra = divmod(arrears.minor, count)
    # The last day of a short month stands for the usual day; later months come back to it.
    clamped = first == _on_day(first.year, first.month, usual)
    return tuple(
        PlanInstalment(
            _month_later(first, place * every, usual if clamped else first.day),
            Money.from_minor(each + (place >= count - extra), arrears.currency),
        )
        for place in range(count)
    )


def _unfit(code: str, arrears: Money, left: Money, most: int) -> Offers:
    figures = (("arrears", str(arrears)), ("capacity", str(left)), ("months", str(most)))
    rejected = Rejected(kind=EQUAL_SPLIT, code=code, figures=figures)
    return Offers(fitting=(), rejected=(rejected,), missing=_missing(arrears, left, most))


def _missing(arrears: Money, left: Money, most: int) -> Missing:
    needed = -(-arrears.minor // max(most, 1))
    more = Money.from_minor(max(needed - left.minor, 0), arrears.currency)
    months = None if not left else max(-(-arrears.minor // left.minor) - most, 0)
    return Missing(code="capacity_or_time", amount=more, months=months)
