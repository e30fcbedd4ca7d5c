"""
What a household can pay on each date ahead.
"""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from overdue_visit.errors import InvalidValue
from overdue_visit.money import Money
from overdue_visit.rate import Per, Rate
from overdue_visit.repayment.capacity import Reckoning, capacities
from overdue_visit.repayment.caps import DebtServiceRatio
from overdue_visit.repayment.household import Household, Spending
from overdue_visit.repayment.income import Income, YearDay

TALK = dt.date(2026, 3, 10)
DAY = dt.timedelta(days=1)


def kes(amount: str) -> Money:
    """
    Return shillings.
    """
    return Money(amount, "KES")


def months(count: int) -> list[dt.date]:
    """
    Return the first days of the months after the talk.
    """
    return [dt.date(2026 + (3 + n) // 12, (3 + n) % 12 + 1, 1) for n in range(count)]


FARM = Household(
    incomes=[
        Income.yearly("maize", (YearDay(month=9, day=20), kes("12000.00"))),
        Income.monthly("milk", kes("260.00")),
    ],
    essential=[Spending("food and school", kes("700.00"))],
)


def test_wages_leave_the_same_every_month():
    """
    The averaged month's capacity can be paid on every monthly date, also on a first date sooner than a month ahead.
    """
    household = Household(incomes=[Income.monthly("wages", kes("90.00"))], essential=[Spending("food", kes("50.00"))])

    found = capacities(household, months(3), since=TALK)
    assert found.reckoning is Reckoning.AVERAGED
    assert found.amounts == (kes("40.00"),) * 3
    assert found.total == kes("120.00")


def test_a_week_is_a_fiftysecond_part_of_the_year():
    """
    A capacity of 52.00 a month is 12.00 on a weekly and 24.00 on a fortnightly date.
    """
    household = Household(incomes=[Income.monthly("wages", kes("52.00"))])

    weekly = capacities(household, [TALK + DAY * 7 * n for n in (1, 2, 3)], since=TALK)
    fortnightly = capacities(household, [TALK + DAY * 14 * n for n in (1, 2)], since=TALK)
    assert weekly.amounts == (kes("12.00"),) * 3
    assert fortnightly.amounts == (kes("24.00"),) * 2


def test_thirteen_payments_of_four_weeks_take_twelve_months_of_money():
    """
    Every fourth week of a year takes 12/13 of a month's capacity; from February to March four weeks are a month.
    """
    household = Household(incomes=[Income.monthly("wages", kes("130.00"))])
    dates = [TALK + 28 * DAY * n for n in range(1, 14)]

    found = capacities(household, dates, since=TALK)
    assert found.amounts == (kes("120.00"),) * 13
    assert found.total == household.capacity * 12
    winter = capacities(household, [dt.date(2026, month, 1) for month in (1, 2, 3)], since=dt.date(2025, 12, 1))
    assert winter.amounts == (kes("130.00"),) * 3


def test_a_harvest_pays_after_it_is_in_and_feeds_the_family_first():
    """
    Nothing is asked before the harvest; of 12,000.00 a year 440.00 a month stay for the months until the next.
    """
    found = capacities(FARM, months(24), since=TALK)

    assert found.reckoning is Reckoning.AS_IT_COMES
    paying = {day: amount for day, amount in zip(found.dates, found.amounts, strict=True) if amount}
    assert set(paying) == {dt.date(2026, 10, 1), dt.date(2027, 10, 1)}
    assert paying[dt.date(2027, 10, 1)] == kes("6720.00")


def test_savings_can_go_into_the_first_payment():
    """
    Money at hand adds to what the first date can take.
    """
    household = Household(incomes=[Income.monthly("wages", kes("90.00"))], savings=kes("30.00"))

    assert capacities(household, months(2), since=TALK).amounts == (kes("120.00"), kes("90.00"))


def test_a_ceiling_bounds_every_date():
    """
    Half of 90.00 is the most on each monthly date.
    """
    household = Household(incomes=[Income.monthly("wages", kes("90.00"))])
    ratio = DebtServiceRatio(most=Rate("50%", Per.ONCE))

    assert capacities(household, months(2), since=TALK, caps=[ratio]).amounts == (kes("45.00"),) * 2


money = st.integers(0, 10**7).map(lambda minor: Money.from_minor(minor, "KES"))
year_days = st.builds(YearDay, month=st.integers(1, 12), day=st.integers(1, 28))
households = st.builds(
    lambda crop, day, second, other, wages, food, savings: Household(
        incomes=[
            Income.yearly("maize", (day, crop), *(() if other == day else ((other, second),))),
            Income.monthly("wages", wages),
        ],
        essential=[Spending("food", food)],
        savings=savings,
    ),
    money,
    year_days,
    money,
    year_days,
    money,
    money,
    st.none() | money,
)
date_lists = st.lists(st.integers(1, 800), min_size=1, max_size=10, unique=True).map(
    lambda gaps: [TALK + DAY * gap for gap in sorted(gaps)]
)


@given(households, date_lists)
@settings(max_examples=25)
def test_paying_all_that_can_be_paid_never_leaves_the_family_short(household, dates):
    """
    Day by day: whoever pays the whole capacity on every date holds no less than nothing afterwards, or than without.
    """
    found = capacities(household, dates, since=TALK, reckoning=Reckoning.AS_IT_COMES)

    paid = dict(zip(found.dates, (each.minor for each in found.amounts), strict=True))
    held = household.savings.minor if household.savings else 0
    everyday, gone, day, part = household.everyday.minor, 0, TALK, 0
    while day < dates[-1] + DAY * 366:
        day += DAY
        whole = (day.year - TALK.year) * 12 + day.month - TALK.month
        part = whole * everyday + lived(everyday, day) - lived(everyday, TALK)
        held += sum(each.arriving(day - DAY, day).minor for each in household.incomes)
        gone += paid.get(day, 0)
        assert gone == 0 or held + part - gone >= 0


def lived(a_month: int, day: dt.date) -> int:
    """
    Return the part of a month's amount that falls in its first days, rounded down.
    """
    length = ((day.replace(day=28) + DAY * 4).replace(day=1) - DAY).day
    return a_month * day.day // length


@given(households, date_lists, money)
@settings(max_examples=25)
def test_more_income_never_means_less_capacity(household, dates, more):
    """
    An income added raises what may be paid until each date, or leaves it.
    """
    richer = Household(
        incomes=[*household.incomes, Income.monthly("help from a son", more)],
        essential=household.essential,
        savings=household.savings,
    )

    poor = capacities(household, dates, since=TALK, reckoning=Reckoning.AS_IT_COMES)
    rich = capacities(richer, dates, since=TALK, reckoning=Reckoning.AS_IT_COMES)
    assert rich.total >= poor.total
    assert all(each.minor >= 0 for each in poor.amounts)


@pytest.mark.parametrize(
    ("dates", "since", "field"),
    [
        ([], TALK, "dates"),
        ([TALK], TALK, "dates"),
        ([TALK + DAY, TALK + DAY], TALK, "dates"),
        ([TALK + DAY * 2, TALK + DAY], TALK, "dates"),
        ([dt.datetime(2026, 4, 1)], TALK, "dates"),
        ([TALK + DAY], dt.datetime(2026, 3, 10), "since"),
    ],
)
def test_dates_must_rise_after_the_talk(dates, since, field):
    """
    A date that repeats, falls or lies before the talk is named.
    """
    with pytest.raises(InvalidValue) as refusal:
        capacities(FARM, dates, since=since)

    assert refusal.value.field == field


def test_a_day_outside_the_horizon_has_no_capacity():
    """
    Asking for a date that was not reckoned names the dates that were.
    """
    found = capacities(FARM, months(2), since=TALK)

    with pytest.raises(InvalidValue, match="2026-03-10 to 2026-05-01"):
        found.on(dt.date(2026, 6, 1))
    assert found.on(dt.date(2026, 4, 1)) == kes("0.00")
