"""
A household that does not get through to its season is told so before it is asked for anything.
"""

from __future__ import annotations

import datetime as dt

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from overdue_visit.money import Money
from overdue_visit.rate import Rate
from overdue_visit.repayment import proposal_words
from overdue_visit.repayment.capacity import capacities
from overdue_visit.repayment.contingency import NO_CONTINGENCY
from overdue_visit.repayment.debt import Debt, Part
from overdue_visit.repayment.household import Household, Spending
from overdue_visit.repayment.income import Income, YearDay
from overdue_visit.repayment.lean_time import Gap, gap_before_season, monthly_deficit
from overdue_visit.repayment.periods import monthly
from overdue_visit.repayment.plan_limits import PlanLimits
from overdue_visit.repayment.proposals import propose

TALK = dt.date(2026, 5, 10)
DAY = dt.timedelta(days=1)
DATES = monthly(dt.date(2026, 6, 10), 12)
DEBT = Debt(
    on=TALK,
    principal_not_due=Money("0.00", "KES"),
    arrears=[Part("principal", Money("3000.00", "KES"))],
    rate=Rate("12%"),
)
LIMITS = PlanLimits(kinds=("spread",), longest_months=12)


def kes(amount: str) -> Money:
    """
    Return shillings.
    """
    return Money(amount, "KES")


def farm(food: str, *, maize: str = "12000.00", savings: Money | None = None) -> Household:
    """
    Return a family that lives on one harvest in September.
    """
    return Household(
        incomes=[Income.yearly("maize", (YearDay(month=9, day=20), kes(maize)))],
        essential=[Spending("food and school", kes(food))],
        savings=savings,
    )


def test_hunger_is_told_also_where_a_plan_fits():
    """
    Two dates after the harvest fit a family that has nothing until then: that it goes hungry is said beside the plan.
    """
    hungry, fed = farm("900.00", maize="24000.00"), farm("900.00", savings=kes("5000.00"))

    found = propose(DEBT, hungry, dates=[dt.date(2026, 10, 10), dt.date(2026, 11, 10)], limits=LIMITS)

    assert found.fitting
    assert found.missing is None
    assert found.gap == gap_before_season(hungry, since=TALK) == Gap(on=dt.date(2026, 9, 19), amount=kes("3879.67"))
    assert proposal_words.uncovered(found).startswith("Before the season's money comes, necessary spending takes KES 3")
    assert "必要支出" in proposal_words.uncovered(found, language="zh")
    assert propose(DEBT, fed, limits=LIMITS).gap is None
    assert not proposal_words.uncovered(propose(DEBT, fed, limits=LIMITS))
    assert propose(DEBT, farm("1100.00"), limits=LIMITS).deficit == kes("100.00")


def test_a_family_that_is_hungry_before_the_harvest_is_told_so_first():
    """
    12,000 a year cover 900 a month, but not from May to September, when nothing has come: 3,879.67 are missing first.
    """
    missing = propose(DEBT, farm("900.00"), limits=LIMITS).missing

    assert (missing.deficit, missing.gap, missing.gap_on) == (None, kes("3879.67"), dt.date(2026, 9, 19))
    assert missing.amount == kes("250.00")
    assert proposal_words.missing(missing) == (
        "Before the season's money comes, necessary spending takes KES 3879.67 more than there is, through 2026-09-19; "
        "that must be covered first. No plan fits. One would with KES 250.00 more on every date."
    )
    assert proposal_words.missing(missing, language="zh") == (
        "季节性收入到来之前，截至2026-09-19必要支出比手头的钱多 KES 3879.67，须先补足。"
        "没有合适的方案；若有每次多 KES 250.00，则可行。"
    )


def test_a_seasonal_household_in_deficit_is_told_both():
    """
    A harvest of 5,000 does not feed a family that needs 600 a month: the deficit a month, and what is left to the gap.
    """
    missing = propose(DEBT, farm("600.00", maize="5000.00"), limits=LIMITS).missing

    assert (missing.deficit, missing.gap) == (kes("183.34"), kes("1796.12"))
    said = proposal_words.missing(missing)
    assert said.startswith("Necessary spending exceeds the income by KES 183.34 a month; that must be covered first. ")
    assert "takes KES 1796.12 more than there is, through 2026-09-19" in said
    assert proposal_words.missing(missing, language="zh").startswith(
        "必要支出每月超过收入 KES 183.34，须先补足。季节性"
    )


@pytest.mark.parametrize(
    "household",
    [
        farm("900.00", savings=kes("3879.67")),
        Household(incomes=[Income.monthly("wages", kes("600.00"))], essential=[Spending("food", kes("700.00"))]),
    ],
)
def test_who_gets_through_has_no_gap(household):
    """
    Savings that last to the harvest leave no gap; steady money has none, only a deficit.
    """
    assert gap_before_season(household, since=TALK) is None


def test_one_unit_less_than_enough_is_a_gap():
    """
    A cent is missing on the eve of the harvest where the savings are a cent short.
    """
    found = gap_before_season(farm("900.00", savings=kes("3879.66")), since=TALK)

    assert found == Gap(on=dt.date(2026, 9, 19), amount=kes("0.01"))


money = st.integers(0, 2_000_000).map(lambda minor: Money.from_minor(minor, "KES"))
seasons = st.lists(
    st.tuples(st.builds(YearDay, month=st.integers(1, 12), day=st.integers(1, 28)), money),
    min_size=1,
    max_size=3,
    unique_by=lambda each: each[0],
)
families = st.builds(
    lambda times, wages, food, saved: Household(
        incomes=[Income.yearly("crops", *times), Income.monthly("wages", wages)],
        essential=[Spending("food", food)],
        savings=saved,
    ),
    seasons,
    money.map(lambda each: Money.from_minor(each.minor // 20, "KES")),
    money.map(lambda each: Money.from_minor(each.minor // 10, "KES")),
    st.none() | money,
)


def covered(household: Household, gap: Money) -> Household:
    """
    Return the household with its monthly deficit and its gap covered.
    """
    deficit = monthly_deficit(household)
    incomes = household.incomes if deficit is None else (*household.incomes, Income.monthly("help", deficit))
    return attrs.evolve(household, incomes=incomes, savings=(household.savings or gap * 0) + gap)


@given(families)
@settings(max_examples=60, deadline=None)
def test_deficit_and_gap_covered_leave_no_day_without_money(household):
    """
    Walked day by day for a year: covered, nothing is ever below zero, and with a unit less the leanest day is.
    """
    gap = gap_before_season(household, since=TALK)
    amount = kes("0.00") if gap is None else gap.amount

    held = list(_days(covered(household, amount)))
    assert min(minor for _, minor in held) >= 0
    if gap is not None:
        assert (gap.on, 0) in held


def _days(household: Household) -> list[tuple[dt.date, int]]:
    everyday = attrs.evolve(household, contingency=NO_CONTINGENCY).everyday.minor
    held, found, day = household.savings.minor, [], TALK
    while day < TALK + 366 * DAY:
        day += DAY
        held += sum(each.arriving(day - DAY, day).minor for each in household.incomes)
        whole = (day.year - TALK.year) * 12 + day.month - TALK.month
        found.append((day, held + whole * everyday + _lived(everyday, day) - _lived(everyday, TALK)))
    return found


def _lived(a_month: int, day: dt.date) -> int:
    length = ((day.replace(day=28) + DAY * 4).replace(day=1) - DAY).day
    return a_month * day.day // length


@given(families)
@settings(max_examples=25, deadline=None)
def test_what_must_be_covered_first_and_the_amount_make_a_plan_fit(household):
    """
    Deficit and gap covered, the household can pay on no date less than before, and with the amount a plan fits.
    """
    missing = propose(DEBT, household, limits=LIMITS).missing
    if missing is None:
        return
    helped = capacities(covered(household, missing.gap or kes("0.00")), DATES, since=TALK)
    alone = capacities(household, DATES, since=TALK)

    until = [sum(each.amounts[: place + 1], kes("0.00")) for each in (helped, alone) for place in range(len(DATES))]
    assert all(more >= less for more, less in zip(until[: len(DATES)], until[len(DATES) :], strict=True))
    rooms = {day: room + (missing.amount or kes("0.00")) for day, room in zip(DATES, helped.amounts, strict=True)}
    assert missing.amount is None or propose(DEBT, rooms, limits=LIMITS).fitting
