"""
The best plan of each kind for a situation: the shortest that fits, or why none does.
"""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

from overdue_visit.money import Rounding
from overdue_visit.repayment.debt import Debt, Part
from overdue_visit.repayment.kinds.capitalise import Capitalise, capitalise
from overdue_visit.repayment.kinds.extend import Extend, extend
from overdue_visit.repayment.kinds.freeze import Freeze, freeze
from overdue_visit.repayment.kinds.holiday import Holiday, holiday
from overdue_visit.repayment.kinds.pay_now import PayNow, pay_now
from overdue_visit.repayment.kinds.re_age import ReAge, re_age
from overdue_visit.repayment.kinds.settle import Settle, settle
from overdue_visit.repayment.kinds.spread import Spread, spread
from overdue_visit.repayment.kinds.step_up import StepUp, step_up
from overdue_visit.repayment.kinds.waive import Waive, waive
from overdue_visit.repayment.relief import AtMost, Relief
from overdue_visit.repayment.situation import Situation, Unfit

Candidate = Callable[[Situation], Relief]
"""Finds the shortest plan of its kind that fits; raises a `NotAllowed` that says why there is none."""


def _pay_now(now: Situation) -> Relief:
    _demand_arrears(now, "pay_now")
    return now.demand_fit(pay_now(now.debt, PayNow(on=now.pay_day)))


def _spread(now: Situation) -> Relief:
    return _spread_of(now, now.debt)


def _spread_of(now: Situation, debt: Debt) -> Relief:
    _demand_arrears(now, "spread")
    dates = _large_enough(now, debt, now.part_dates)
    fullest = spread(debt, Spread(dates=dates, at_most=now.at_most))
    # As few dates as filling each to the brim takes, but in equal parts where those fit too: easier to remember.
    needed = dates[: dates.index(fullest.arrears_parts[-1].on) + 1]
    level = spread(debt, Spread(dates=needed, rounding=Rounding.DOWN))
    return level if now.fits(level) else now.demand_fit(fullest)


def _large_enough(now: Situation, debt: Debt, dates: Sequence[dt.date]) -> tuple[dt.date, ...]:
    smallest = now.limits.smallest_instalment
    if not dates:
        raise Unfit("spread", "no_dates", (("until", now.parts_end.isoformat()),))
    if smallest is None or smallest.currency != debt.currency:
        return tuple(dates)
    return tuple(dates[: max(1, debt.in_arrears.minor // smallest.minor)])


def _waive(now: Situation) -> Relief:
    forgiven = tuple(Part(each, now.debt.due(each)) for each in now.limits.waivable if now.debt.due(each))
    if not forgiven:
        raise Unfit("waive", "nothing_waivable")
    return now.demand_fit(waive(now.debt, Waive(forgiven=forgiven, then=functools.partial(_rest, now))))


def _rest(now: Situation, debt: Debt) -> Relief:
    return _spread_of(now, debt) if debt.in_arrears else pay_now(debt)


def _capitalise(now: Situation) -> Relief:
    dates = tuple(flow.on for flow in now.debt.running) or now.part_dates
    level = capitalise(now.debt, Capitalise(dates=dates))
    if now.fits(level):
        return level
    return now.demand_fit(capitalise(now.debt, Capitalise(dates=dates, at_most=now.at_most)))


def _extend(now: Situation) -> Relief:
    running = [flow.on for flow in now.debt.running]
    longer = [day for day in now.dates if day > now.debt.last_due and day <= _latest(now)]
    if not longer:
        raise Unfit("extend", "no_dates", (("until", _latest(now).isoformat()),))

    def plan(more: int, at_most: AtMost | None = None) -> Relief:
        dates = (*running, *longer[:more])
        return extend(now.debt, Extend(dates=dates, under=now.limits.extension, at_most=at_most))

    found = _shortest(now, plan, len(longer))
    if found.cost.months_more <= 0:
        raise Unfit("extend", "not_longer")
    return found


def _latest(now: Situation) -> dt.date:
    under = now.limits.extension
    if under is None:
        return now.parts_end
    reach = under.limit.latest(drawn=under.drawn, maturity=under.maturity, product_months=under.product_months)
    return min(reach, max(now.dates))


def _re_age(now: Situation) -> Relief:
    dates = now.dates
    fewest = max(len(now.debt.running), 1)
    if len(dates) < fewest:
        raise Unfit("re_age", "no_dates", (("until", now.parts_end.isoformat()),))

    def plan(more: int, at_most: AtMost | None = None) -> Relief:
        return re_age(now.debt, ReAge(dates=dates[: fewest + more], at_most=at_most))

    return _shortest(now, plan, len(dates) - fewest)


class _Plan(Protocol):
    def __call__(self, more: int, at_most: AtMost | None = None) -> Relief: ...


def _shortest(now: Situation, plan: _Plan, most: int) -> Relief:
    longest = plan(most)
    if not now.fits(longest):
        # Equal instalments do not fit a household whose months differ: fill each date as far as it goes.
        return now.demand_fit(plan(most, now.at_most))
    fails, fits, found = 0, most, longest
    while fits - fails > 1:
        tried = (fails + fits) // 2
        shorter = plan(tried)
        if now.fits(shorter):
            fits, found = tried, shorter
        else:
            fails = tried
    return found


def _holiday(now: Situation) -> Relief:
    running = tuple(flow.on for flow in now.debt.running)
    later = tuple(day for day in now.dates if day > now.debt.last_due)
    if not later:
        raise Unfit("holiday", "no_dates", (("until", now.parts_end.isoformat()),))

    def plan(count: int) -> Relief:
        return holiday(now.debt, Holiday(periods=count, dates=running + later[:count]))

    return _fewest(now, "holiday", min(now.limits.holiday_months, len(later)), plan)


def _freeze(now: Situation) -> Relief:
    return _fewest(now, "freeze", now.limits.freeze_months, lambda count: freeze(now.debt, Freeze(months=count)))


def _fewest(now: Situation, kind: str, most: int, plan: Callable[[int], Relief]) -> Relief:
    if not most:
        raise Unfit(kind, "not_granted")
    if not now.debt.running:
        raise Unfit(kind, "nothing_running")
    for count in range(1, most + 1):
        found = plan(count)
        if now.fits(found):
            return found
    return now.demand_fit(found)


def _step_up(now: Situation) -> Relief:
    dates = tuple(flow.on for flow in now.debt.running) or now.part_dates
    return now.demand_fit(step_up(now.debt, StepUp(dates=dates, ratio=now.limits.step)))


def _settle(now: Situation) -> Relief:
    least = now.limits.least_settlement
    if least is None:
        raise Unfit("settle", "not_granted")
    amount = least.of(now.debt.owed, rounding=Rounding.CEILING)
    return now.demand_fit(settle(now.debt, Settle(amount=amount, dates=(now.pay_day,))))


def _demand_arrears(now: Situation, kind: str) -> None:
    if not now.debt.in_arrears:
        raise Unfit(kind, "no_arrears")


CANDIDATES: Mapping[str, Candidate] = {
    "pay_now": _pay_now,
    "spread": _spread,
    "waive": _waive,
    "step_up": _step_up,
    "capitalise": _capitalise,
    "extend": _extend,
    "re_age": _re_age,
    "holiday": _holiday,
    "freeze": _freeze,
    "settle": _settle,
}
"""The search of each kind, by its name."""
