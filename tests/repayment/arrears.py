"""
Loans in arrears for the laws of plans: a level loan of which the last few due rows were not paid.
"""

import datetime as dt

from hypothesis import strategies as st

from overdue_visit.money import Money
from overdue_visit.rate import Rate
from overdue_visit.repayment import periods
from overdue_visit.repayment.debt import Component, Debt, Part
from overdue_visit.repayment.flows import Flow
from overdue_visit.repayment.level import level
from overdue_visit.repayment.relief import CannotFit
from overdue_visit.repayment.terms import Terms


def loan(principal, rate, count, *, drawn=dt.date(2025, 1, 15), currency="CNY"):
    """
    Make the terms of a level loan with monthly due dates.
    """
    return Terms(
        principal=Money.from_minor(principal, currency),
        rate=Rate(rate),
        drawn=drawn,
        dues=periods.months_after(drawn, count),
    )


def overdue_after(terms, *, due, unpaid, penalty=0, fees=0):
    """
    Take a loan on the day row *due* falls due, when the last *unpaid* rows were not paid.
    """
    rows = level(terms).rows
    due = min(due, len(rows) - 1)
    missed = rows[max(due - unpaid, 0) : due]
    running = rows[due:]
    arrears = {
        Component.PENALTY: penalty,
        Component.FEES: fees,
        Component.INTEREST: sum(row.minor.interest for row in missed),
        Component.PRINCIPAL: sum(row.minor.principal for row in missed),
    }
    return Debt(
        on=rows[due - 1].due if due else terms.drawn,
        principal_not_due=Money.from_minor(sum(row.minor.principal for row in running), terms.currency),
        arrears=[Part(name, Money.from_minor(minor, terms.currency)) for name, minor in arrears.items() if minor],
        running=[Flow(row.due, row.payment) for row in running],
        rate=terms.rate,
    )


@st.composite
def debts(draw, *, most_rows=36, least_running=2):
    """
    Draw a loan in arrears that still has instalments to come.
    """
    count = draw(st.integers(least_running + 1, most_rows))
    terms = loan(
        draw(st.integers(100_000, 10**9)),
        _percent(draw(st.integers(0, 720))),
        count,
        drawn=draw(st.dates(dt.date(2020, 1, 1), dt.date(2030, 1, 1))),
        currency=draw(st.sampled_from(["CNY", "JPY", "KWD"])),
    )
    due = draw(st.integers(1, count - least_running))
    return overdue_after(
        terms,
        due=due,
        unpaid=draw(st.integers(1, due)),
        penalty=draw(st.integers(0, 5000)),
        fees=draw(st.integers(0, 5000)),
    )


def _percent(twentieths):
    return f"{twentieths // 20}.{twentieths % 20 * 5:02d}%"


def outcome(plan):
    """
    Return the plan, or the refusal that says what is missing.
    """
    try:
        return plan()
    except CannotFit as missing:
        return missing
