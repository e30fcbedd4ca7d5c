"""
The best plan of each kind for a situation: the shortest that fits, or why none does.
"""

from __future__ import annotations

import datetime as dt
import functools
import heapq
from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

from overdue_visit.business_calendar import corresponding_day
from overdue_visit.money import Money, Rounding
from overdue_visit.repayment.below_interest import BelowInterest
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
from overdue_visit.repayment.whole_months import months_and_days

_MONTHS_OF_A_YEAR = 12

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
    """Return the dates that may take a part, no more of them than parts of at least the smallest."""
    if not dates:
        raise Unfit("spread", "no_dates", (("until", now.parts_end.isoformat()),))
    smallest = now.limits.smallest_instalment
    if smallest is None or smallest.currency != debt.currency:
        return tuple(dates)
    running = {flow.on: flow.amount.minor for flow in debt.running}
    least, most = min(smallest, debt.in_arrears).minor, debt.in_arrears.minor
    rooms = [now.at_most[day].minor - running.get(day, 0) if day in now.at_most else most for day in dates]
    wide = [place for place, room in enumerate(rooms) if room >= least]
    chosen = _widest(wide or [0], rooms, count=max(1, most // smallest.minor), enough=most)
    return tuple(dates[place] for place in chosen)


def _widest(places: Sequence[int], rooms: Sequence[int], *, count: int, enough: int) -> list[int]:
    """Return at most *count* of the places, the widest of the first that together have room enough."""
    held: list[tuple[int, int]] = []
    total = 0
    for place in places:
        heapq.heappush(held, (rooms[place], -place))
        total += rooms[place]
        if len(held) > count:
            total -= heapq.heappop(held)[0]
        if total >= enough:
            break
    return sorted(-place for _, place in held)


def _waive(now: Situation) -> Relief:
    forgiven = tuple(Part(each, now.debt.due(each)) for each in now.limits.waivable if now.debt.due(each))
    if not forgiven:
        raise Unfit("waive", "nothing_waivable")
    if Money.total((part.amount for part in forgiven), now.debt.currency) == now.debt.owed:
        raise Unfit("waive", "nothing_left")
    return now.demand_fit(waive(now.debt, Waive(forgiven=forgiven, then=functools.partial(_rest, now))))


def _rest(now: Situation, debt: Debt) -> Relief:
    return _spread_of(now, debt) if debt.in_arrears else pay_now(debt)


def _capitalise(now: Situation) -> Relief:
    _demand_principal(now, "capitalise")
    running = now.debt.dates_ahead
    dates = running or _ahead(now, now.part_dates, "capitalise")

    def plan(count: int, at_most: AtMost | None = None) -> Relief:
        return capitalise(now.debt, Capitalise(dates=dates[:count], at_most=at_most), ways=False)

    return _shortest(now, "capitalise", plan, fewest=len(running) or 1, most=len(dates))


def _extend(now: Situation) -> Relief:
    _demand_principal(now, "extend")
    running = now.debt.dates_ahead
    longer = [day for day in now.dates if now.debt.last_due < day <= _latest(now)][: now.limits.most_instalments]
    if not longer:
        raise Unfit("extend", "no_dates", (("until", _latest(now).isoformat()),))

    def plan(count: int, at_most: AtMost | None = None) -> Relief:
        dates = (*running, *longer[:count])
        return extend(now.debt, Extend(dates=dates, under=now.limits.extension, at_most=at_most), ways=False)

    found = _shortest(now, "extend", plan, fewest=1, most=len(longer))
    if found.cost.months_more <= 0:
        raise Unfit("extend", "not_longer")
    return found


def _latest(now: Situation) -> dt.date:
    under = now.limits.extension
    if under is None:
        return now.parts_end
    reach = under.limit.latest(drawn=under.drawn, maturity=under.maturity, product_months=under.product_months)
    return min(reach, now.parts_end)


def _re_age(now: Situation) -> Relief:
    _demand_principal(now, "re_age")
    fewest = max(len(now.debt.dates_ahead), 1)
    end = max(now.parts_end, now.debt.last_due)
    dates = _ahead(now, [day for day in now.dates if day <= end], "re_age")
    dates = dates[: max(fewest, now.limits.most_instalments)]

    def plan(count: int, at_most: AtMost | None = None) -> Relief:
        return re_age(now.debt, ReAge(dates=dates[:count], at_most=at_most), ways=False)

    return _shortest(now, "re_age", plan, fewest=min(fewest, len(dates)), most=len(dates))


def _ahead(now: Situation, dates: Sequence[dt.date], kind: str) -> tuple[dt.date, ...]:
    """Return the dates after today: a schedule that is made anew today begins with the first of them."""
    found = tuple(day for day in dates if day > now.debt.on)
    if not found:
        raise Unfit(kind, "no_dates", (("until", now.parts_end.isoformat()),))
    return found


class _Plan(Protocol):
    def __call__(self, count: int, at_most: AtMost | None = None) -> Relief: ...


def _shortest(now: Situation, kind: str, plan: _Plan, *, fewest: int, most: int) -> Relief:
    found = _level(now, kind, plan, most)
    if found is None:
        # Equal instalments do not fit a household whose months differ: fill each date as far as it goes.
        return now.demand_fit(plan(most, now.at_most))
    fails, fits = fewest - 1, most
    while now.shortest and fits - fails > 1:
        tried = (fails + fits) // 2
        shorter = _level(now, kind, plan, tried)
        if shorter is None:
            fails = tried
        else:
            fits, found = tried, shorter
    return found


def _level(now: Situation, kind: str, plan: Callable[[int], Relief], count: int) -> Relief | None:
    """Return a plan of equal instalments, or nothing if it does not fit or would let the debt grow."""
    try:
        found = now.level_plan(kind, count, plan)
    except BelowInterest:
        return None
    return found if now.fits(found) else None


def _holiday(now: Situation) -> Relief:
    _demand_running(now, "holiday", now.limits.holiday_months)
    later = tuple(day for day in now.dates if day > now.debt.last_due)
    if not later:
        raise Unfit("holiday", "no_dates", (("until", now.parts_end.isoformat()),))
    dates = now.debt.dates_ahead + later
    most = min(_skipped(dates, now.limits.holiday_months), len(later))
    if not most:
        raise Unfit("holiday", "rest_too_long", (("months", str(now.limits.holiday_months)),))

    def plan(count: int) -> Relief:
        return holiday(now.debt, Holiday(periods=count, dates=dates[: len(dates) - len(later) + count]))

    return _fewest(now, "holiday", plan, most=most)


def _skipped(dates: Sequence[dt.date], months: int) -> int:
    """Count how many of the first dates may be left out, so that paying goes on no more than so many months later."""
    return sum(months_and_days(dates[0], day) <= (months, 0) for day in dates[1:])


def _freeze(now: Situation) -> Relief:
    months = now.limits.freeze_months
    _demand_running(now, "freeze", months)
    return _fewest(now, "freeze", lambda count: freeze(now.debt, Freeze(months=count)), most=months)


def _demand_running(now: Situation, kind: str, granted: int) -> None:
    if not granted:
        raise Unfit(kind, "not_granted")
    if not now.debt.dates_ahead:
        raise Unfit(kind, "nothing_running")
    _demand_principal(now, kind)


def _fewest(now: Situation, kind: str, plan: Callable[[int], Relief], *, most: int) -> Relief:
    for count in range(1, most + 1):
        found = _level(now, kind, plan, count)
        if found is not None:
            return found
    return now.demand_fit(now.level_plan(kind, most, plan))


def _step_up(now: Situation) -> Relief:
    _demand_principal(now, "step_up")
    dates = now.debt.dates_ahead or _ahead(now, now.part_dates, "step_up")
    a_year = sum(day < corresponding_day(dates[0], _MONTHS_OF_A_YEAR) for day in dates)
    if len(dates) <= a_year:
        raise Unfit("step_up", "within_a_year")

    def plan(count: int) -> Relief:
        return step_up(now.debt, StepUp(dates=dates[:count], ratio=now.limits.step, every=a_year))

    return now.demand_fit(now.level_plan("step_up", len(dates), plan))


def _settle(now: Situation) -> Relief:
    least = now.limits.least_settlement
    if least is None:
        raise Unfit("settle", "not_granted")
    amount = least.of(now.debt.owed, rounding=Rounding.CEILING)
    return now.demand_fit(settle(now.debt, Settle(amount=amount, dates=(now.pay_day,))))


def _demand_arrears(now: Situation, kind: str) -> None:
    if not now.debt.in_arrears:
        raise Unfit(kind, "no_arrears")


def _demand_principal(now: Situation, kind: str) -> None:
    if not now.debt.principal:
        raise Unfit(kind, "no_principal")


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
