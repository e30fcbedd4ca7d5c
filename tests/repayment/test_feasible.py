"""
When a plan within a household's means exists at all, and that it is the shortest one.
"""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from itertools import pairwise

import attrs
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from overdue_visit.business_calendar import corresponding_day
from overdue_visit.money import Money
from overdue_visit.rate import Rate
from overdue_visit.repayment.debt import Debt, Part
from overdue_visit.repayment.kinds.capitalise import Capitalise, capitalise
from overdue_visit.repayment.kinds.filled import filled
from overdue_visit.repayment.periods import monthly, months_after
from overdue_visit.repayment.plan_limits import PlanLimits
from overdue_visit.repayment.proposals import propose
from overdue_visit.repayment.relief import CannotFit
from overdue_visit.repayment.terms import Terms
from tests.repayment.arrears import debts, outcome

DRAWN = dt.date(2026, 1, 31)

rates = st.integers(0, 4_800).map(lambda hundredths: Rate.from_ratio(hundredths, 10_000))
rooms = st.lists(st.integers(0, 60_000), min_size=1, max_size=36)


def owed_at_the_end(terms: Terms, paid: list[int]) -> tuple[Fraction, Fraction]:
    """
    Walk the balance without any rounding, every date paying all it can; return it, and what roundings can move it by.
    """
    accruals, balance, bound = terms.accruals(), Fraction(terms.principal.minor), Fraction(0)
    for period, payment in enumerate(paid):
        growth = 1 + accruals.factor(period)
        balance, bound = balance * growth - payment, bound * growth + Fraction(1, 2)
    return balance, bound


@given(st.integers(1, 1_000_000), rates, rooms)
@settings(max_examples=150)
@example(100_000, Rate("12%"), [101_000])
@example(100_000, Rate("12%"), [100_999])
def test_a_plan_exists_exactly_where_what_can_be_paid_is_worth_the_debt(principal, rate, can):
    """
    At the contract's rate the dates together carry the debt, or they do not: the filled schedule says the same.
    """
    terms = Terms(
        principal=Money.from_minor(principal, "KES"), rate=rate, drawn=DRAWN, dues=months_after(DRAWN, len(can))
    )
    bounds = {day: Money.from_minor(room, "KES") for day, room in zip(terms.dues, can, strict=True)}
    left, bound = owed_at_the_end(terms, can)
    assume(abs(left) > bound or (left == 0 and len(can) == 1))

    found = outcome(lambda: filled(terms, at_most=bounds))
    assert isinstance(found, CannotFit) is (left > 0)
    if isinstance(found, CannotFit):
        assert abs(found.amount.minor - left) <= bound


@given(debts(most_rows=24), st.lists(st.integers(5, 60), min_size=12, max_size=36))
@settings(max_examples=60, deadline=None)
def test_one_date_fewer_would_not_repay(debt, hundredths):
    """
    The last date of a filled plan is needed: with all dates before it, each filled, something is left.
    """
    dates = [corresponding_day(debt.on, number) for number in range(1, len(hundredths) + 1)]
    can = [debt.owed.minor * part // 100 + 1 for part in hundredths]
    bounds = {day: Money.from_minor(room, debt.currency) for day, room in zip(dates, can, strict=True)}
    found = outcome(lambda: capitalise(debt, Capitalise(dates=dates, at_most=bounds)))
    assume(not isinstance(found, CannotFit) and len(found.schedule.rows) > 1)

    fewer = dates[: len(found.schedule.rows) - 1]
    assert isinstance(outcome(lambda: capitalise(debt, Capitalise(dates=fewer, at_most=bounds))), CannotFit)


@given(debts(most_rows=24), st.integers(20, 60), st.integers(1, 500_000))
@settings(max_examples=40, deadline=None)
def test_more_debt_never_makes_a_plan_shorter_or_cheaper(debt, part, more):
    """
    A household that owes more is done no sooner and pays no less, whatever else stays.
    """
    room = Money.from_minor(debt.owed.minor // part + 1, debt.currency)
    dates = [corresponding_day(debt.on, number) for number in range(1, 241)]
    principal = Part("principal", debt.due("principal") + Money.from_minor(more, debt.currency))
    larger = attrs.evolve(debt, arrears=[*(each for each in debt.arrears if each.component != "principal"), principal])
    small, large = (
        outcome(lambda owing=owing: capitalise(owing, Capitalise(dates=dates, at_most=lambda _: room)))
        for owing in (debt, larger)
    )
    assume(not isinstance(large, CannotFit))

    assert small.last_due <= large.last_due
    assert small.total < large.total


@given(
    st.lists(st.integers(0, 90_000), min_size=6, max_size=6),
    st.integers(1_000, 200_000),
    st.integers(1_000, 200_000),
)
@settings(max_examples=40, deadline=None)
def test_two_plans_of_one_borrower_stay_within_what_the_household_has(can, first, second):
    """
    A second loan that is planned with what the first plan leaves asks, with it, for no more than there is on any date.
    """
    days = monthly(dt.date(2026, 2, 28), 6, anchor=31)
    has = {day: Money.from_minor(room, "KES") for day, room in zip(days, can, strict=True)}
    limits = PlanLimits(kinds=("spread", "capitalise"), longest_months=6)

    def planned(arrears: int, means: dict[dt.date, Money]) -> dict[dt.date, Money]:
        debt = Debt(
            on=DRAWN,
            principal_not_due=Money.zero("KES"),
            arrears=[Part("principal", Money.from_minor(arrears, "KES"))],
            rate=Rate("18%"),
        )
        best = propose(debt, means, limits=limits, dates=days).best
        return {} if best is None else {flow.on: flow.amount for flow in best.instalments}

    none = Money.zero("KES")
    one = planned(first, has)
    other = planned(second, {day: has[day] - one.get(day, none) for day in days})
    assert all(one.get(day, none) + other.get(day, none) <= has[day] for day in days)
    assert all(earlier < later for earlier, later in pairwise(days))
