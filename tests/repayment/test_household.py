"""
What a household earns, needs, and can put toward its loan.
"""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from overdue_visit.errors import InvalidValue
from overdue_visit.money import CurrencyMismatch, Money
from overdue_visit.rate import Per, Rate
from overdue_visit.repayment.caps import DebtServiceRatio, ResidualIncome
from overdue_visit.repayment.contingency import UK_CONTINGENCY, Contingency
from overdue_visit.repayment.household import Household, Spending
from overdue_visit.repayment.income import Income, YearDay

HARVEST = YearDay(month=9, day=20)


def kes(amount: str) -> Money:
    """
    Return shillings.
    """
    return Money(amount, "KES")


def gbp(amount: str) -> Money:
    """
    Return pounds.
    """
    return Money(amount, "GBP")


amounts = st.integers(0, 10**9).map(lambda minor: Money.from_minor(minor, "KES"))
incomes = st.one_of(
    st.builds(Income.monthly, st.just("wages"), amounts),
    st.builds(Income.weekly, st.just("eggs"), amounts),
    st.builds(Income.fortnightly, st.just("milk"), amounts),
    st.builds(Income.irregular, st.just("day labour"), st.lists(amounts, min_size=1, max_size=12)),
    amounts.map(lambda amount: Income.yearly("maize", (HARVEST, amount))),
)


@pytest.mark.parametrize(
    ("income", "a_year"),
    [
        (Income.monthly("wages", kes("100.00")), "1200.00"),
        (Income.weekly("eggs", kes("10.00")), "520.00"),
        (Income.fortnightly("milk", kes("10.00")), "260.00"),
        (Income.irregular("day labour", [kes("10.00"), kes("20.00"), kes("0.01")]), "120.04"),
        (Income.yearly("maize", (HARVEST, kes("900.00")), (YearDay(month=2, day=29), kes("1.00"))), "901.00"),
    ],
)
def test_what_an_income_brings_in_a_year(income, a_year):
    """
    A week counts 52 times, a fortnight 26 times, and an irregular income by its mean month.
    """
    assert income.a_year == kes(a_year)


def test_a_leap_day_is_the_last_of_february_in_other_years():
    """
    29 February falls on 28 February where the year has none.
    """
    day = YearDay(month=2, day=29)

    assert (day.within(2028), day.within(2027)) == (dt.date(2028, 2, 29), dt.date(2027, 2, 28))


def test_a_yearly_income_comes_whole_on_its_day():
    """
    What arrives is counted after the first day, through the last.
    """
    income = Income.yearly("maize", (HARVEST, kes("900.00")))

    eve, day = dt.date(2026, 9, 19), dt.date(2026, 9, 20)
    assert income.arriving(eve, day) == kes("900.00")
    assert income.arriving(day, dt.date(2027, 9, 19)) == kes("0.00")
    assert income.arriving(eve, dt.date(2028, 9, 20)) == kes("2700.00")


@given(st.lists(incomes, min_size=1, max_size=4))
def test_averaging_keeps_the_yearly_total(several):
    """
    Twelve averaged months add up to the year's income, to the last unit.
    """
    household = Household(incomes=several)

    assert Money.total(household.averaged, "KES") == household.income_a_year
    assert household.income_a_year == Money.total((each.a_year for each in several), "KES")


@given(st.lists(incomes, min_size=1, max_size=4), amounts, amounts, st.integers(0, 100), amounts)
def test_capacity_is_what_is_left_of_the_surplus(several, essential, debts, percent, cap):
    """
    Capacity is income less essential spending, priority debts and contingency, and never below zero.
    """
    household = Household(
        incomes=several,
        essential=[Spending("food", essential)],
        priority_debts=[Spending("rent arrears", debts)],
        contingency=Contingency(part=Rate.from_ratio(percent, 100, Per.ONCE), cap=cap),
    )

    surplus = household.averaged[0] - essential - debts
    kept = household.contingency.of(surplus)
    assert household.capacity == max(surplus - kept, kes("0.00"))
    assert kes("0.00") <= kept <= cap


@pytest.mark.parametrize(
    ("surplus", "kept"),
    [("100.00", "10.00"), ("199.90", "19.99"), ("200.00", "20.00"), ("900.00", "20.00"), ("0.00", "0.00"), ("-5", "0")],
)
def test_the_contingency_of_the_common_financial_tool(surplus, kept):
    """
    Ten per cent of the surplus stays with the household, at most 20 pounds (Common Financial Tool guidance, s. 11).
    """
    assert UK_CONTINGENCY.of(gbp(surplus)) == gbp(kept)


def test_a_debt_service_ratio_counts_all_debts():
    """
    Half of 1,000.00 less 150.00 of priority debts and 100.00 of others leaves 250.00 for this loan.
    """
    household = Household(
        incomes=[Income.monthly("wages", kes("1000.00"))], priority_debts=[Spending("rent arrears", kes("150.00"))]
    )
    ratio = DebtServiceRatio(most=Rate("50%", Per.ONCE), other_debts=kes("100.00"))

    assert ratio.most_for(household) == kes("250.00")
    assert DebtServiceRatio(most=Rate("10%", Per.ONCE)).most_for(household) == kes("0.00")


@pytest.mark.parametrize(("dependants", "left"), [(0, "600.00"), (1, "400.00"), (2, "350.00"), (3, "300.00")])
def test_residual_income_grows_with_the_household(dependants, left):
    """
    A household of more people than the table has needs the last figure and so much more for each.
    """
    household = Household(incomes=[Income.monthly("wages", kes("1000.00"))], dependants=dependants)
    table = ResidualIncome(least=[kes("400.00"), kes("600.00")], each_more=kes("50.00"))

    assert table.most_for(household) == kes(left)


WAGES = Income.monthly("wages", kes("100.00"))


@pytest.mark.parametrize(
    ("make", "field"),
    [
        (lambda: Income(source="wages", rhythm=None, amounts=(kes("1.00"),)), "rhythm"),
        (lambda: Income(source="wages", rhythm="monthly", amounts=(kes("1.00"),)), "rhythm"),
        (lambda: Income.monthly("", kes("1.00")), "source"),
        (lambda: Income.monthly("wages", 100), "amounts"),
        (lambda: Income.monthly("wages", kes("-0.01")), "amounts"),
        (lambda: Income.irregular("wages", []), "amounts"),
        (lambda: Income.irregular("wages", [kes("1.00")] * 13), "amounts"),
        (lambda: Income.irregular("wages", [kes("1.00"), gbp("1.00")]), "amounts"),
        (lambda: Income.yearly("maize"), "amounts"),
        (lambda: Income.yearly("maize", (HARVEST, kes("1.00")), (HARVEST, kes("2.00"))), "days"),
        (lambda: Income.yearly("maize", (dt.date(2026, 9, 20), kes("1.00"))), "days"),
        (lambda: attrs_with(WAGES, days=(HARVEST,)), "days"),
        (lambda: attrs_with(WAGES, amounts=(kes("1.00"), kes("1.00"))), "amounts"),
        (lambda: YearDay(month=13, day=1), "month"),
        (lambda: YearDay(month=4, day=31), "day"),
        (lambda: YearDay(month=True, day=1), "month"),
        (lambda: Spending("", kes("1.00")), "name"),
        (lambda: Spending("food", kes("-1.00")), "a_month"),
        (lambda: Household(incomes=[]), "incomes"),
        (lambda: Household(incomes=[kes("1.00")]), "incomes"),
        (lambda: Household(incomes=[WAGES], essential=[kes("1.00")]), "essential"),
        (lambda: Household(incomes=[WAGES], priority_debts=[kes("1.00")]), "priority_debts"),
        (lambda: Household(incomes=[WAGES], dependants=-1), "dependants"),
        (lambda: Household(incomes=[WAGES], dependants=True), "dependants"),
        (lambda: Household(incomes=[WAGES], savings=kes("-1.00")), "savings"),
        (lambda: Household(incomes=[WAGES], essential=[Spending("food", gbp("1.00"))]), "currency"),
        (lambda: Household(incomes=[WAGES], contingency=UK_CONTINGENCY), "currency"),
        (lambda: Contingency(part=Rate("10%")), "part"),
        (lambda: Contingency(part=Rate("101%", Per.ONCE)), "part"),
        (lambda: Contingency(part=Rate("10%", Per.ONCE), cap=kes("-1.00")), "cap"),
        (lambda: DebtServiceRatio(most=0.5), "most"),
        (lambda: DebtServiceRatio(most=Rate("50%", Per.ONCE), other_debts=kes("-1.00")), "other_debts"),
        (lambda: ResidualIncome(least=[], each_more=kes("1.00")), "least"),
        (lambda: ResidualIncome(least=[kes("2.00"), kes("1.00")], each_more=kes("1.00")), "least"),
    ],
)
def test_a_budget_that_cannot_be_is_refused(make, field):
    """
    What is wrong with an income, a spending or a ceiling is named by its field.
    """
    with pytest.raises(InvalidValue) as refusal:
        make()

    assert refusal.value.field == field


def attrs_with(income: Income, **changes: object) -> Income:
    """
    Return an income with some of its fields changed.
    """
    fields = {"source": income.source, "rhythm": income.rhythm, "amounts": income.amounts, "days": income.days}
    return Income(**{**fields, **changes})


def test_a_table_of_residual_income_has_one_currency():
    """
    The amount for more people is in the table's currency.
    """
    with pytest.raises(CurrencyMismatch):
        ResidualIncome(least=[kes("100.00")], each_more=gbp("5.00"))
