"""Payment holidays."""

import datetime as dt

import attrs
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from overdue_visit.errors import InvalidValue
from overdue_visit.money import Rounding
from overdue_visit.repayment import periods
from overdue_visit.repayment.holiday import holiday
from overdue_visit.repayment.level import level
from tests.repayment.drawn_terms import (
    column,
    demand_chain,
    demand_interest,
    monthly_terms,
    payments,
    residue_bound,
    round_loan,
)

holidays = st.tuples(st.integers(0, 10), st.integers(1, 6))


def _plain(terms, after, rows):
    """The plan without its holiday: the same debt over fewer dates."""
    return attrs.evolve(terms, dues=terms.dues[: len(terms.dues) - rows])


def test_two_months_without_interest_after_the_third_instalment():
    """
    12,000 at 1 % a month over 12: 1,066.19 three times, nothing twice, and on as if nothing had been.
    """
    made = holiday(round_loan(14), after=3, rows=2, interest="waived")

    assert column(made, "payment") == ["1066.19"] * 3 + ["0.00"] * 2 + ["1066.19"] * 8 + [_last(round_loan(12))]


def _last(terms):
    return column(level(terms), "payment")[-1]


def test_capitalised_interest_raises_the_instalments_that_follow():
    """
    A holiday of two months at the start capitalises 120.00 and 121.20; the debt is then 12,241.20.
    """
    made = holiday(round_loan(14), after=0, rows=2)

    assert column(made, "capitalised")[:2] == ["120.00", "121.20"]
    assert str(made.rows[1].balance) == "CNY 12241.20"
    assert payments(made)[2:] == payments(level(round_loan(12, principal="12241.20")))


def test_deferred_interest_is_paid_in_equal_parts_without_interest_on_it():
    """
    Two months deferred at the start are 240.00: 20.00 more on each of twelve instalments.
    """
    made = holiday(round_loan(14), after=0, rows=2, interest="deferred")
    plain = level(round_loan(12))

    assert [a - b for a, b in zip(payments(made)[2:], payments(plain), strict=True)] == [2000] * 12


@settings(max_examples=40)
@given(
    monthly_terms(least=10**6, rows=st.integers(8, 40)),
    holidays,
    st.sampled_from(["capitalised", "deferred", "waived"]),
)
def test_a_holiday_shifts_what_follows_and_its_interest_goes_where_it_was_said_to(terms, when, interest):
    """
    Waived: the plan's own rows, later. Deferred: the holiday's interest more. Capitalised: it joins the principal.
    """
    after, rows = when
    assume(after + rows < len(terms.dues))
    plain = level(_plain(terms, after, rows))
    assume(len(plain.rows) == len(terms.dues) - rows)
    assume(plain.instalment.minor > terms.principal.minor * terms.accruals().factor(0) + 1)
    made = holiday(terms, after=after, rows=rows, interest=interest)

    demand_chain(made)
    assert payments(made)[:after] == payments(plain)[:after]
    assert payments(made)[after : after + rows] == [0] * rows
    balance = made.rows[after - 1].minor.balance if after else terms.principal.minor
    borne = sum(row.minor.capitalised for row in made.rows)
    if interest == "capitalised":
        demand_interest(made, terms)
        assert borne >= 0
        return
    simple = rows * terms.accruals().interest(balance, 0, terms.rounding) if interest == "deferred" else 0
    assert borne == 0
    assert made.total_interest.minor == plain.total_interest.minor + simple
    shifted = [row.minor.principal for row in made.rows[after + rows :]]
    assert shifted == [row.minor.principal for row in plain.rows[after:]]


@settings(max_examples=25)
@given(monthly_terms(least=10**6, rows=st.integers(8, 40), rounding=st.just(Rounding.HALF_UP)), holidays)
def test_waiving_is_cheapest_and_capitalising_dearest(terms, when):
    """
    What the borrower pays: waived at most deferred at most capitalised, to the bound of rounding.
    """
    after, rows = when
    assume(after + rows < len(terms.dues))
    paid = [
        holiday(terms, after=after, rows=rows, interest=each).total_paid.minor
        for each in ("waived", "deferred", "capitalised")
    ]

    assert paid[0] <= paid[1]
    assert paid[1] <= paid[2] + residue_bound(terms)


def test_a_deferred_part_that_is_left_is_paid_when_the_plan_ends_early():
    """
    A plan of whole yuan rounded up ends early; the interest put off is paid with its last row, none is lost.
    """
    terms = round_loan(14, principal="140", unit=100, instalment_rounding=Rounding.UP)
    made = holiday(terms, after=0, rows=2, interest="deferred")

    demand_chain(made)
    assert made.total_interest.minor == level(attrs.evolve(terms, dues=terms.dues[:12])).total_interest.minor + 280


@pytest.mark.parametrize("interest", ["capitalised", "deferred", "waived"])
def test_a_debt_that_is_paid_before_its_holiday_has_no_holiday(interest):
    """
    Two fen in twelve months are repaid in two; no rows follow.
    """
    made = holiday(round_loan(14, principal="0.02", rate="0%"), after=4, rows=2, interest=interest)

    assert payments(made) == [1, 1]


@pytest.mark.parametrize(("after", "rows"), [(0, 12), (11, 1), (3, 9), (-1, 2), (12, 1), (3, 0), (True, 1), (3, 1.5)])
def test_a_holiday_leaves_a_date_to_pay_on(after, rows):
    """
    A holiday longer than the plan, of no dates, or outside it is refused.
    """
    with pytest.raises(InvalidValue, match=r"after|rows"):
        holiday(round_loan(12), after=after, rows=rows)


def test_what_becomes_of_the_interest_is_stated():
    """
    An unknown word for a holiday's interest is refused.
    """
    with pytest.raises(InvalidValue, match="deferred"):
        holiday(round_loan(12), after=1, rows=1, interest="lost")


def test_interest_put_off_is_paid_though_the_last_payment_joins_the_one_before():
    """
    A merged last row bears no interest of its own any more; its share of the holiday's interest is still owed.
    """
    whole = holiday(round_loan(8), after=1, rows=2, interest="deferred")
    merged = holiday(
        attrs.evolve(round_loan(8), merge_below=whole.rows[-1].payment * 2), after=1, rows=2, interest="deferred"
    )

    last_own = whole.rows[-2].balance.minor // 100
    assert len(merged.rows) == len(whole.rows) - 1
    assert abs(whole.total_interest.minor - merged.total_interest.minor - last_own) <= 1
    demand_chain(merged)


def test_an_instalment_before_the_holiday_covers_its_interest():
    """
    After 300 days without a date the level instalment is below the interest: the plan is refused, not grown.
    """
    terms = attrs.evolve(round_loan(4, rate="60%"), dues=periods.monthly(dt.date(2026, 1, 15), 40))

    with pytest.raises(InvalidValue) as refusal:
        holiday(terms, after=3, rows=1, interest="waived")
    assert refusal.value.field == "instalment"
