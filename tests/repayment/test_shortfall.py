"""
What is missing where nothing fits: granting exactly that makes a plan feasible, and a step less does not.
"""

from __future__ import annotations

import datetime as dt

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from overdue_visit.money import Money
from overdue_visit.rate import Per, Rate
from overdue_visit.repayment.debt import Debt, Part
from overdue_visit.repayment.flows import Flow
from overdue_visit.repayment.household import Household, Spending
from overdue_visit.repayment.income import Income, YearDay
from overdue_visit.repayment.kinds.capitalise import Capitalise, capitalise
from overdue_visit.repayment.periods import every_days, monthly
from overdue_visit.repayment.plan_limits import KINDS, PlanLimits
from overdue_visit.repayment.proposals import Proposals, propose
from overdue_visit.repayment.relief import CannotFit

TALK = dt.date(2026, 3, 10)


def kes(minor: int) -> Money:
    """
    Return hundredths of a shilling.
    """
    return Money.from_minor(minor, "KES")


debts = st.builds(
    lambda instalment, still, every, arrears, penalty, rate: Debt(
        on=TALK,
        principal_not_due=kes(instalment * still * 9 // 10),
        arrears=[Part("principal", kes(arrears)), Part("penalty", kes(penalty))],
        running=[
            Flow(day, kes(instalment)) for day in (monthly(dt.date(2026, 4, 1), still, every=every) if still else ())
        ],
        rate=rate,
    ),
    st.integers(1_000, 100_000),
    st.sampled_from([0, 1, 4, 12]),
    st.sampled_from([1, 3]),
    st.integers(1_000, 900_000),
    st.integers(1, 20_000),
    st.sampled_from([Rate("0%"), Rate("12%"), Rate("36%"), Rate("2%", Per.MONTH), Rate("0.05%", Per.DAY)]),
)
allowed = st.builds(
    lambda kinds, months, loss: PlanLimits(
        kinds=kinds,
        longest_months=months,
        waivable=("penalty",),
        least_settlement=Rate("90%", Per.ONCE),
        freeze_months=2,
        most_loss=loss,
    ),
    st.sampled_from([KINDS, *((kind,) for kind in KINDS)]),
    st.sampled_from([2, 6, 12]),
    st.sampled_from([None, Rate("10%", Per.ONCE)]),
)


def earning(a_month: int) -> Household:
    """
    Return a household that can pay so much every month.
    """
    return Household(
        incomes=[Income.monthly("wages", kes(a_month + 10_000))], essential=[Spending("food", kes(10_000))]
    )


def harvesting(a_year: int) -> Household:
    """
    Return a household that can pay so much a year, after the harvest.
    """
    crop = (YearDay(month=2, day=20), kes(a_year + 120_000))
    return Household(incomes=[Income.yearly("maize", crop)], essential=[Spending("food", kes(10_000))])


@given(debts, allowed, st.integers(0, 120))
@settings(max_examples=40, deadline=None)
def test_exactly_the_amount_that_is_missing_makes_a_plan_fit(debt, limits, percent):
    """
    So much more on every date fits, and a minor unit less does not, whatever kinds are allowed.
    """
    has = kes(max((flow.amount.minor for flow in debt.running), default=10_000) * percent // 100)

    def asked(more: int) -> Proposals:
        return propose(debt, lambda _: has + kes(more), limits=limits)

    missing = asked(0).missing
    if missing is None or missing.amount is None:
        return
    assert asked(missing.amount.minor).fitting
    assert not asked(missing.amount.minor - 1).fitting


@given(debts, allowed, st.integers(1, 40), st.booleans())
@settings(max_examples=40, deadline=None)
def test_exactly_the_months_that_are_missing_make_a_plan_fit(debt, limits, times, seasonal):
    """
    So many months more than the limits allow fit the same household, and one month less does not.
    """
    household = harvesting(debt.owed.minor // times * 4) if seasonal else earning(debt.owed.minor // times)

    def asked(more: int) -> Proposals:
        wider = attrs.evolve(limits, longest_months=limits.longest_months + more)
        return propose(debt, household, limits=wider)

    missing = asked(0).missing
    if missing is None or missing.months is None:
        return
    assert asked(missing.months).fitting
    assert not asked(missing.months - 1).fitting


bearing = st.builds(
    lambda owed, still, rate: Debt(
        on=TALK,
        principal_not_due=kes(owed if still else 0),
        arrears=[Part("principal", kes(owed // 9 if still else owed)), Part("penalty", kes(100))],
        running=[Flow(day, kes(owed // still)) for day in (monthly(dt.date(2026, 4, 1), still) if still else ())],
        rate=rate,
    ).less([Part("penalty", kes(50))]),
    st.integers(10_000, 900_000).map(lambda each: each * 12),
    st.sampled_from([0, 12]),
    st.sampled_from([Rate("24%"), Rate("36%"), Rate("2%", Per.MONTH), Rate("0.1%", Per.DAY)]),
)


@given(
    bearing,
    st.sampled_from([KINDS, ("capitalise",), ("re_age", "settle"), ("capitalise", "waive")]),
    st.sampled_from([None, Rate("10%", Per.ONCE)]),
    st.integers(0, 18),
)
@settings(max_examples=60, deadline=None)
def test_exactly_the_rate_that_is_missing_makes_a_plan_fit(debt, kinds, loss, percent):
    """
    At the rate named a plan fits the same household, and at a hundredth of a percent more none does.

    What the lender loses is measured at the original effective rate, not at the rate that is granted.
    """
    limits = PlanLimits(kinds=kinds, longest_months=12, most_loss=loss)
    household = earning(debt.owed.minor * (100 + percent) // (100 * 12))

    def asked(rate: Rate) -> Proposals:
        return propose(attrs.evolve(debt, rate=rate, effective_rate=debt.effective), household, limits=limits)

    missing = propose(debt, household, limits=limits).missing
    if missing is None or missing.rate is None:
        return
    step = missing.rate.fraction + Rate("0.01%").fraction
    assert asked(missing.rate).fitting
    assert missing.rate.fraction < debt.rate.fraction
    if step < debt.rate.fraction:
        assert not asked(Rate.from_ratio(step.numerator, step.denominator, per=debt.rate.per)).fitting


def test_each_of_the_three_can_be_what_is_missing():
    """
    A year at 36 % is too much for 560.00 a month: a little more, a little longer, or a lower rate each would do.
    """
    debt = Debt(
        on=TALK,
        principal_not_due=kes(500_000),
        arrears=[Part("principal", kes(100_000))],
        running=[Flow(day, kes(50_000)) for day in monthly(dt.date(2026, 4, 1), 12)],
        rate=Rate("36%"),
    )
    limits = PlanLimits(kinds=("capitalise", "extend", "re_age"), longest_months=12)

    missing = propose(debt, lambda _: kes(56_000), limits=limits).missing
    assert (missing.amount, missing.months, missing.rate) == (kes(3_751), 1, Rate("22.53%"))


def test_a_refusal_without_the_costly_ways_names_the_same_amount():
    """
    A search that only asks whether a plan fits leaves out the dates and the rate, not what is missing or when.
    """
    debt = Debt(
        on=TALK,
        principal_not_due=kes(0),
        arrears=[Part("principal", kes(100_000))],
        rate=Rate("12%"),
    )
    days = every_days(dt.date(2026, 4, 1), 5, days=7)
    request = Capitalise(dates=days, at_most=dict.fromkeys(days, kes(10_000)))

    with pytest.raises(CannotFit) as full:
        capitalise(debt, request)
    with pytest.raises(CannotFit) as short:
        capitalise(debt, request, ways=False)
    assert full.value.dates == 6
    assert attrs.astuple(short.value) == (*attrs.astuple(full.value)[:3], None, None)
