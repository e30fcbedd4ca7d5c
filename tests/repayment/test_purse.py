"""
Money that is there only once: savings and harvests are not paid out twice.
"""

import datetime as dt

from hypothesis import given, settings
from hypothesis import strategies as st

from overdue_visit.money import Money
from overdue_visit.rate import Per, Rate
from overdue_visit.repayment.capacity import capacities
from overdue_visit.repayment.debt import Debt, Part
from overdue_visit.repayment.flows import Flow
from overdue_visit.repayment.household import Household, Spending
from overdue_visit.repayment.income import Income, YearDay
from overdue_visit.repayment.periods import monthly
from overdue_visit.repayment.plan_limits import PlanLimits
from overdue_visit.repayment.proposals import propose

TALK = dt.date(2026, 9, 25)
FIRST = dt.date(2026, 10, 1)


def kes(amount):
    """
    Return shillings.
    """
    return Money(amount, "KES")


def owing(arrears, *instalments):
    """
    Return a loan with so much past due, and instalments on the first days of the months to come.
    """
    return Debt(
        on=TALK,
        principal_not_due=Money.total(map(kes, instalments), "KES"),
        arrears=[Part("principal", kes(arrears))],
        running=map(Flow, monthly(FIRST, len(instalments)), map(kes, instalments)),
        rate=Rate("12%"),
    )


def test_savings_pay_the_arrears_or_the_next_instalment_but_not_both():
    """
    1,000 a month and savings of 1,000 pay 2,000 on one day, and then not 2,000 again two weeks later.
    """
    household = Household(incomes=[Income.monthly("wages", kes("1000.00"))], savings=kes("1000.00"))
    limits = PlanLimits(kinds=("pay_now",))

    assert propose(owing("2000.00", "1000.00"), household, limits=limits).fitting
    (refused,) = propose(owing("2000.00", "1000.01"), household, limits=limits).rejected
    assert refused.code == "above_capacity"
    assert refused.figures == (("on", "2026-10-02"), ("instalment", "KES 2000.00"), ("capacity", "KES 1999.99"))


def test_a_harvest_pays_once():
    """
    A family whose harvest leaves 9,000 for the year pays arrears of 5,000 at once or an instalment of 5,000, not both.
    """
    household = Household(
        incomes=[Income.yearly("maize", (YearDay(month=9, day=28), kes("15000.00")))],
        essential=[Spending("food and school", kes("500.00"))],
    )
    limits = PlanLimits(kinds=("pay_now",))
    free = capacities(household, [dt.date(2026, 10, 2)], since=TALK).total

    assert kes("5000.00") < free < kes("10000.00")
    assert propose(owing("5000.00", "100.00"), household, limits=limits).fitting
    assert not propose(owing("5000.00", "5000.00"), household, limits=limits).fitting


amounts = st.integers(0, 400_000).map(lambda minor: Money.from_minor(minor, "KES"))
households = st.builds(
    lambda wages, maize, day, needs, savings: Household(
        incomes=[Income.monthly("wages", wages), Income.yearly("maize", (YearDay(month=10, day=day), maize * 6))],
        essential=[Spending("needs", needs)],
        savings=savings,
    ),
    amounts,
    amounts,
    st.integers(1, 28),
    amounts,
    amounts,
)
debts = st.builds(
    lambda arrears, instalment, rows: Debt(
        on=TALK,
        principal_not_due=instalment * rows,
        arrears=[Part("principal", arrears)],
        running=[Flow(day, instalment) for day in monthly(FIRST, 6)[:rows]],
        rate=Rate("12%"),
    ),
    amounts.map(lambda amount: amount + kes("1.00")),
    amounts,
    st.integers(0, 6),
)


@given(debts, households)
@settings(max_examples=30, deadline=None)
def test_no_proposal_spends_what_is_gone(debt, household):
    """
    Reckoned on the plan's own dates, all that is paid by a day is within what has come in and is not needed by then.
    """
    limits = PlanLimits(shown=10, least_settlement=Rate("50%", Per.ONCE), freeze_months=3)

    for proposal in propose(debt, household, limits=limits).fitting:
        dates = [flow.on for flow in proposal.instalments]
        come = gone = 0
        for flow, free in zip(proposal.instalments, capacities(household, dates, since=TALK).amounts, strict=True):
            come, gone = come + free.minor, gone + flow.amount.minor
            assert gone <= come
