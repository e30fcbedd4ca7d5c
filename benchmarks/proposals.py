"""
Plans for a household, against the schedule that one of them is made of.

The household has three incomes, monthly, weekly and of a harvest; all ten kinds of plan are allowed, waiver, freeze and
settlement too. Beside each figure stands a level schedule of 24 rows from the same run: a search looks at many of them.
"""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable, Iterator

from benchmarks.schedules import loans
from benchmarks.timing import Figure
from overdue_visit.money import Money
from overdue_visit.rate import Per, Rate
from overdue_visit.repayment.debt import Component, Debt, Part
from overdue_visit.repayment.flows import Flow
from overdue_visit.repayment.household import Household, Spending
from overdue_visit.repayment.income import Income, YearDay
from overdue_visit.repayment.level import level
from overdue_visit.repayment.periods import every_days, monthly
from overdue_visit.repayment.plan_limits import PlanLimits
from overdue_visit.repayment.proposals import Proposals, propose

TALK = dt.date(2026, 3, 10)
ROUNDS = 9
GOAL = "under 20 ms"


def _kes(amount: str) -> Money:
    return Money(amount, "KES")


def debt(arrears: str, *, weekly: bool = False) -> Debt:
    """
    Return a loan with so much principal past due, interest and penalties besides, and a year of instalments to come.
    """
    months = [Flow(day, _kes("450.00")) for day in monthly(dt.date(2026, 4, 1), 12)]
    weeks = [Flow(day, _kes("103.00")) for day in _weekly(12)]
    return Debt(
        on=TALK,
        principal_not_due=_kes("5000.00"),
        arrears=[
            Part(Component.PRINCIPAL, _kes(arrears)),
            Part(Component.INTEREST, _kes("90.00")),
            Part(Component.PENALTY, _kes("12.00")),
        ],
        running=weeks if weekly else months,
        rate=Rate("12%"),
    )


def family(wages: str) -> Household:
    """
    Return a household that lives on wages, a market stall and a harvest.
    """
    return Household(
        incomes=[
            Income.monthly("wages", _kes(wages)),
            Income.weekly("market stall", _kes("95.00")),
            Income.yearly("maize", (YearDay(month=9, day=20), _kes("2400.00"))),
        ],
        essential=[Spending("food", _kes("520.00")), Spending("school", _kes("110.00"))],
        priority_debts=[Spending("rent", _kes("150.00"))],
        dependants=4,
        savings=_kes("60.00"),
    )


def limits(months: int = 24) -> PlanLimits:
    """
    Return limits that allow all kinds.
    """
    return PlanLimits(
        longest_months=months,
        most_instalments=400,
        holiday_months=6,
        freeze_months=6,
        waivable=(Component.PENALTY, Component.INTEREST),
        least_settlement=Rate("60%", Per.ONCE),
        shown=10,
    )


def _weekly(months: int) -> tuple[dt.date, ...]:
    return every_days(TALK + dt.timedelta(days=3), months * 52 // 12, days=7)


def asked(wages: str, arrears: str, months: int = 24, *, weekly: bool = False) -> Callable[[], Proposals]:
    """
    Return the question, ready to be asked.
    """
    owing, people, allowed = debt(arrears, weekly=weekly), family(wages), limits(months)
    dates = _weekly if weekly else None
    return lambda: propose(owing, people, reason="income_lost", limits=allowed, dates=dates)


def _least(work: Callable[[], object], times: int) -> float:
    took = []
    for _ in range(ROUNDS):
        start = time.process_time()
        for _ in range(times):
            work()
        took.append((time.process_time() - start) / times)
    return min(took)


def _figure(what: str, work: Callable[[], Proposals], goal: str = "-") -> Figure:
    found = work()
    schedule = loans(24, 1)[0]
    mine, one = _least(work, 1), _least(lambda: level(schedule.terms), 200)
    said = f"{what}: {len(found.fitting)} fit"
    return Figure(what=said, ours=f"{mine * 1e3:.1f} ms", limit=f"{one * 1e6:.0f} us", ratio=mine / one, goal=goal)


def figures() -> Iterator[Figure]:
    """
    Measure a household that can pay, one that hardly can, longer horizons in weeks, and what is missing.
    """
    yield _figure("three incomes, all kinds", asked("1000.00", "900.00"), GOAL)
    yield _figure("the same, hardly anything left", asked("700.00", "900.00"), GOAL)
    for years in (1, 2, 5):
        yield _figure(f"weekly dates over {years} years", asked("1000.00", "900.00", 12 * years, weekly=True))
    yield _figure("nothing fits, what is missing", asked("100.00", "900.00"))
