"""
Generated terms, and what holds for the schedule of every kind.
"""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

from hypothesis import strategies as st

from overdue_visit.money import Money, Rounding, divide
from overdue_visit.rate import Rate
from overdue_visit.repayment import periods
from overdue_visit.repayment.accruals import Accruals
from overdue_visit.repayment.day_count_actual import ACT_360, ACT_365F
from overdue_visit.repayment.day_count_thirty import THIRTY_360
from overdue_visit.repayment.schedule import Schedule
from overdue_visit.repayment.terms import Terms

CURRENCIES = ("JPY", "CNY", "KWD", "UYW")
DRAWN = dt.date(2024, 1, 15)

rates = st.integers(0, 4000).map(lambda hundredths: Rate.from_ratio(hundredths, 10_000))
days = st.dates(dt.date(2000, 1, 1), dt.date(2060, 12, 31))
modes = st.sampled_from([Rounding.HALF_UP, Rounding.HALF_EVEN, Rounding.UP, Rounding.DOWN])
nearest = st.sampled_from([Rounding.HALF_UP, Rounding.HALF_EVEN])


@st.composite
def monthly_terms(draw, *, rows=st.integers(1, 40), least=1, most=10**15, rounding=modes, rate=rates):
    """
    Draw terms of equal months, in a currency of 0, 2, 3 or 4 decimals.
    """
    drawn = draw(days)
    return Terms(
        principal=Money.from_minor(draw(st.integers(least, most)), draw(st.sampled_from(CURRENCIES))),
        rate=draw(rate),
        drawn=drawn,
        dues=periods.months_after(drawn, draw(rows)),
        rounding=draw(rounding),
        instalment_rounding=draw(rounding),
    )


@st.composite
def uneven_terms(draw, *, rows=st.integers(1, 30), least=100_000, most=10**15):
    """
    Draw terms whose dates are 10 to 60 days apart, under several day counts.
    """
    drawn = draw(days)
    gaps = draw(st.lists(st.integers(10, 60), min_size=1, max_size=30))
    return Terms(
        principal=Money.from_minor(draw(st.integers(least, most)), draw(st.sampled_from(CURRENCIES))),
        rate=draw(rates),
        drawn=drawn,
        dues=periods.days_after(drawn, (sum(gaps[: place + 1]) for place in range(len(gaps)))),
        day_count=draw(st.sampled_from([THIRTY_360, ACT_360, ACT_365F])),
        rounding=draw(modes),
        instalment_rounding=draw(modes),
    )


def round_loan(rows=12, *, principal="12000.00", rate="12%", **more) -> Terms:
    """
    Return a loan that a person can check: 12,000 yuan at one per cent a month.
    """
    return Terms(
        principal=Money(principal, "CNY"),
        rate=Rate(rate),
        drawn=DRAWN,
        dues=periods.months_after(DRAWN, rows),
        **more,
    )


def demand_chain(schedule: Schedule) -> None:
    """
    Demand that rows add up: payments to their parts, balances to each other, principal to the debt, down to nothing.
    """
    balance = schedule.opening.minor
    for row in schedule.rows:
        cells = row.minor
        assert cells.payment == cells.interest + cells.principal + cells.fee + cells.penalty
        assert cells.balance == balance - cells.principal + cells.capitalised
        assert min(cells.payment, cells.interest, cells.principal, cells.capitalised) >= 0
        balance = cells.balance
    assert balance == 0
    assert [row.number for row in schedule.rows] == list(range(1, len(schedule.rows) + 1))
    repaid = sum(row.minor.principal for row in schedule.rows)
    assert repaid == schedule.opening.minor + schedule.total_capitalised.minor


def demand_interest(schedule: Schedule, terms: Terms, accruals: Accruals | None = None) -> None:
    """
    Demand that each row's interest, paid or capitalised, is the balance times the exact factor, rounded once.
    """
    factors = accruals or terms.accruals()
    balance = schedule.opening.minor
    for period, row in enumerate(schedule.rows):
        exact = Fraction(balance) * factors.factor(period)
        assert row.minor.interest + row.minor.capitalised == divide(exact.numerator, exact.denominator, terms.rounding)
        balance = row.minor.balance


def payments(schedule: Schedule) -> list[int]:
    """
    Return what each row pays, in minor units.
    """
    return [row.minor.payment for row in schedule.rows]


def column(schedule: Schedule, name: str) -> list[str]:
    """
    Return a column as decimal strings.
    """
    return [format(getattr(row, name).decimal, "f") for row in schedule.rows]


def residue_bound(terms: Terms) -> Fraction:
    """
    Return S = ((1 + r)^n - 1) / r: the minor units that rounding every row may move the last one by.
    """
    factor = terms.accruals().factor(0)
    rows = len(terms.dues)
    return ((1 + factor) ** rows - 1) / factor if factor else Fraction(rows)
