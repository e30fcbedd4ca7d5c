"""Grace on a new schedule."""

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from overdue_visit.errors import InvalidValue
from overdue_visit.money import Money, Rounding
from overdue_visit.repayment.grace import grace
from overdue_visit.repayment.interest_first import interest_first
from overdue_visit.repayment.level import level
from tests.repayment.drawn_terms import column, demand_chain, monthly_terms, payments, residue_bound, round_loan


def test_three_months_of_interest_only():
    """
    5,000 at 12 % over 18 months, three interest only, whole units: 50 and then 361 (Apache Fineract, RS05).
    """
    made = grace(round_loan(18, principal="5000", unit=100), principal_rows=3)

    assert column(made, "payment") == ["50.00"] * 3 + ["361.00"] * 14 + ["354.87"]
    assert str(made.total_interest) == "CNY 558.87"


def test_interest_that_was_put_off_is_paid_with_the_first_date_after():
    """
    Three months without interest and six without principal: 0, 0, 0, 200, 50, 50, then 444 (Apache Fineract, RS07).
    """
    made = grace(round_loan(18, principal="5000", unit=100), principal_rows=6, interest_rows=3)

    assert column(made, "payment")[:7] == ["0.00"] * 3 + ["200.00"] + ["50.00"] * 2 + ["444.00"]
    assert column(made, "payment")[-1] == "447.09"
    assert str(made.total_interest) == "CNY 631.09"


def test_an_interest_only_mortgage():
    """
    211,000 at 4 %, interest only for five of thirty years, begins with 703.33 (CFPB sample Loan Estimate).
    """
    made = grace(round_loan(360, principal="211000", rate="4%"), principal_rows=60)

    assert column(made, "payment")[0] == "703.33"


@settings(max_examples=40)
@given(monthly_terms(rows=st.integers(2, 40)), st.data())
def test_rows_add_up_and_no_interest_is_lost(terms, data):
    """
    Grace repays all principal; interest put off is neither lost nor bears interest.
    """
    rows = len(terms.dues)
    of_principal, of_interest = data.draw(st.tuples(st.integers(0, rows - 1), st.integers(0, rows - 1)))
    made = grace(terms, principal_rows=of_principal, interest_rows=of_interest)
    at_once = grace(terms, principal_rows=of_principal)

    demand_chain(made)
    assert made.total_interest == at_once.total_interest
    assert made.total_capitalised.minor == 0
    assert all(row.minor.interest == 0 for row in made.rows[: min(of_interest, len(made.rows) - 1)])
    assert all(row.minor.principal == 0 for row in made.rows[:of_principal])


@settings(max_examples=25)
@given(monthly_terms(least=10**6, rows=st.integers(2, 40)))
def test_without_grace_it_is_the_level_plan(terms):
    """
    No date of grace is no change; grace up to the last date is interest first.
    """
    plain = level(terms)
    assume(plain.instalment.minor > terms.principal.minor * terms.accruals().factor(0) + 1)
    assume(plain.instalment.minor > residue_bound(terms) + 1)

    assert payments(grace(terms, principal_rows=0)) == payments(plain)
    assert payments(grace(terms, principal_rows=len(terms.dues) - 1)) == payments(interest_first(terms))


@pytest.mark.parametrize("rows", [-1, 12, 100, True, 1.0])
def test_grace_leaves_a_date_to_pay_on(rows):
    """
    Grace longer than the plan, or not a number of dates, is refused.
    """
    with pytest.raises(InvalidValue, match="principal_rows"):
        grace(round_loan(12), principal_rows=rows)
    with pytest.raises(InvalidValue, match="interest_rows"):
        grace(round_loan(12), principal_rows=0, interest_rows=rows)


def test_rounding_to_even_changes_ties_only():
    """
    The published plans are the same under both ways of rounding a half.
    """
    even = Rounding.HALF_EVEN
    terms = round_loan(18, principal="5000", unit=100, rounding=even, instalment_rounding=even)

    assert str(grace(terms, principal_rows=3).total_interest) == "CNY 558.87"


def test_interest_put_off_is_paid_though_the_last_payment_joins_the_one_before():
    """
    1,000 at 1 % in three rows, two of them without interest: merged into two rows, 10.00 and 6.70 are still paid.
    """
    terms = round_loan(3, principal="1000.00", merge_below=Money("900.00", "CNY"))

    made = grace(terms, principal_rows=0, interest_rows=2)
    assert column(made, "interest") == ["0.00", "16.70"]
    demand_chain(made)
