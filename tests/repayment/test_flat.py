"""Flat interest: on the whole principal for the whole time."""

import attrs
from hypothesis import given, settings
from hypothesis import strategies as st

from overdue_visit.money import Money, Rounding, divide
from overdue_visit.repayment.bullet import bullet
from overdue_visit.repayment.flat import flat
from overdue_visit.repayment.level import level
from tests.repayment.drawn_terms import (
    column,
    demand_chain,
    monthly_terms,
    nearest,
    payments,
    residue_bound,
    round_loan,
    uneven_terms,
)


def test_a_published_flat_plan_in_whole_units():
    """
    5,000 at 12 % flat in 18 months: 328 seventeen times and 324, 900 of interest (Apache Fineract, LoanRepayment RS01).
    """
    made = flat(round_loan(18, principal="5000", unit=100))

    assert column(made, "payment") == ["328.00"] * 17 + ["324.00"]
    assert str(made.total_interest) == "CNY 900.00"


def test_a_published_flat_plan_with_a_rounded_interest():
    """
    1,250 at 15 % in four months: interest 15.62 three times and 15.64, so that all is 62.50 (Apache Fineract).
    """
    even = Rounding.HALF_EVEN
    made = flat(round_loan(4, principal="1250", rate="15%", unit=100, rounding=even, instalment_rounding=even))

    assert column(made, "interest") == ["15.62"] * 3 + ["15.64"]
    assert column(made, "payment") == ["328.00"] * 3 + ["328.50"]


@settings(max_examples=40)
@given(st.one_of(monthly_terms(), uneven_terms()), st.sampled_from(["first", "last"]), st.sampled_from([1, 100, 5000]))
def test_all_interest_is_the_principal_times_the_whole_time(terms, residue, unit):
    """
    Rows add up and their interest is exactly the rounded interest of the whole time, wherever the residue stands.
    """
    terms = attrs.evolve(terms, residue=residue, unit=unit)
    accruals = terms.accruals()
    made = flat(terms)

    demand_chain(made)
    whole = divide(terms.principal.minor * sum(accruals.numerators), accruals.denominator, terms.rounding)
    assert made.total_interest.minor == whole
    regular = payments(made)[1:] if residue == "first" else payments(made)[:-1]
    assert set(regular) <= {made.instalment.minor}
    assert len(made.rows) <= len(terms.dues)


@settings(max_examples=25)
@given(monthly_terms(least=100_000, rounding=nearest))
def test_flat_interest_is_never_cheaper_than_the_same_rate_on_the_balance(terms):
    """
    Interest on principal that has been repaid costs more.
    """
    assert flat(terms).total_interest.minor + residue_bound(terms) >= level(terms).total_interest.minor


@settings(max_examples=25)
@given(monthly_terms(rows=st.just(1)))
def test_on_one_date_flat_interest_is_plain_interest(terms):
    """
    With a single date there is nothing to spread.
    """
    assert payments(flat(terms)) == payments(bullet(terms))


def test_a_debt_smaller_than_its_units_ends_early():
    """
    140 at 12 % in twelve months of whole units rounded up: 14 a month, and the plan is a row shorter.
    """
    made = flat(round_loan(12, principal="140", unit=100, instalment_rounding=Rounding.UP))

    demand_chain(made)
    assert column(made, "payment") == ["14.00"] * 11 + ["2.80"]
    assert str(made.total_interest) == "CNY 16.80"


def test_the_fee_is_not_part_of_the_instalment():
    """
    A fee with every row comes on top of the flat instalment.
    """
    made = flat(round_loan(12, fee=Money("5", "CNY")))

    assert str(made.instalment) == "CNY 1120.00"
    assert column(made, "payment")[0] == "1125.00"
