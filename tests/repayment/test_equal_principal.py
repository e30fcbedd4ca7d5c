"""Equal principal: the same principal every date."""

import itertools
from fractions import Fraction

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from overdue_visit.errors import InvalidValue
from overdue_visit.money import CurrencyMismatch, Money, Rounding
from overdue_visit.repayment.day_count import EqualParts
from overdue_visit.repayment.equal_principal import equal_principal, equal_principal_totals
from tests.repayment.drawn_terms import (
    column,
    demand_chain,
    demand_interest,
    monthly_terms,
    payments,
    round_loan,
    uneven_terms,
)


def test_a_published_plan_of_5000_in_18_months():
    """
    5,000 at 12 % pays 277.78 of principal a month and 475.00 of interest (Apache Fineract, LoanRepayment.feature RS04).
    """
    terms = round_loan(18, principal="5000", rounding=Rounding.HALF_EVEN, instalment_rounding=Rounding.HALF_EVEN)

    made = equal_principal(terms)

    assert column(made, "principal") == ["277.78"] * 17 + ["277.74"]
    assert column(made, "interest")[:4] == ["50.00", "47.22", "44.44", "41.67"]
    assert str(made.total_interest) == "CNY 475.00"


def test_figures_of_a_chinese_loan_site():
    """
    630,000 at 4.9 % over 360 months begin with 4,322.50, fall by 7.15 and cost 464,336.25 (a published answer).
    """
    totals = equal_principal_totals(round_loan(360, principal="630000", rate="4.9%"))

    assert str(totals.first_payment) == "CNY 4322.50"
    assert str(totals.monthly_decrease) == "CNY 7.15"
    assert str(totals.last_payment) == "CNY 1757.15"
    assert str(totals.total_interest) == "CNY 464336.25"
    assert str(totals.total_payment) == "CNY 1094336.25"


def test_a_fixed_principal_takes_as_many_dates_as_it_needs():
    """
    200,000 at 6 % repaid by 900 a month takes 223 dates, the last pays 201.00 (European Commission, example 12).
    """
    made = equal_principal(round_loan(240, principal="200000", rate="6%"), principal=Money("900", "CNY"))

    assert len(made.rows) == 223
    assert column(made, "payment")[:2] == ["1900.00", "1895.50"]
    assert column(made, "payment")[-1] == "201.00"


@settings(max_examples=40)
@given(st.one_of(monthly_terms(), uneven_terms()), st.sampled_from(["first", "last"]), st.sampled_from([1, 100]))
def test_every_row_adds_up_whatever_the_dates_and_the_rounding(terms, residue, unit):
    """
    Rows add up, interest is the balance times its factor, and only the residue row repays another principal.
    """
    terms = _with(terms, residue=residue, unit=unit)
    made = equal_principal(terms)

    demand_chain(made)
    demand_interest(made, terms)
    principals = [row.minor.principal for row in made.rows]
    regular = principals[1:] if residue == "first" else principals[:-1]
    assert len(set(regular)) <= 1 or (residue == "first" and len(set(regular[:-1])) <= 1)


@settings(max_examples=40)
@given(monthly_terms(least=10_000))
def test_payments_never_rise_before_the_residue(terms):
    """
    Payments fall from row to row by principal times factor over the rows, to two units.
    """
    paid = payments(equal_principal(terms))[:-1]
    fall = terms.principal.minor * terms.accruals().factor(0) / len(terms.dues)

    for earlier, later in itertools.pairwise(paid):
        assert earlier >= later
        assert abs(earlier - later - fall) <= 2


@settings(max_examples=25)
@given(monthly_terms(least=100_000))
def test_the_residue_rule_moves_no_principal_away(terms):
    """
    With the residue first or last, the same principal is repaid in the same number of rows.
    """
    first, last = (equal_principal(_with(terms, residue=rule)) for rule in ("first", "last"))

    assert len(first.rows) == len(last.rows)
    assert sum(row.minor.principal for row in first.rows) == sum(row.minor.principal for row in last.rows)


@settings(max_examples=25)
@given(monthly_terms(least=10_000, rows=st.integers(2, 40)))
def test_exact_figures_agree_with_the_rows_to_their_rounding(terms):
    """
    What sites print differs from the rows' sum by less than a unit a row, grown by what principal was rounded.
    """
    totals, made = equal_principal_totals(terms), equal_principal(terms)

    assert abs(totals.total_interest.minor - made.total_interest.minor) <= 2 * len(terms.dues) ** 2
    assert totals.total_payment - totals.total_interest == terms.principal


def test_a_debt_smaller_than_its_rows_ends_early():
    """
    Five fen in ten months, a half rounded up, are repaid in five rows of one.
    """
    made = equal_principal(round_loan(10, principal="0.05", rate="0%"))

    assert payments(made) == [1] * 5


def test_a_tiny_last_row_joins_the_one_before():
    """
    A last payment below the limit is paid with the one before.
    """
    terms = round_loan(12, principal="100.00", rate="0%", unit=900, merge_below=Money("2.00", "CNY"))

    assert payments(equal_principal(terms)) == [900] * 10 + [1000]


def test_the_fee_comes_on_top():
    """
    A fee with every row is paid besides interest and principal.
    """
    made = equal_principal(round_loan(3, principal="300.00", rate="0%", fee=Money("1.50", "CNY")))

    assert column(made, "payment") == ["101.50"] * 3
    assert str(made.total_fees) == "CNY 4.50"


@pytest.mark.parametrize("principal", [Money("0", "CNY"), Money("-1", "CNY"), 900])
def test_a_principal_that_repays_nothing_is_refused(principal):
    """
    A fixed principal is an amount above zero.
    """
    with pytest.raises(InvalidValue, match="principal"):
        equal_principal(round_loan(), principal=principal)


def test_another_currency_is_refused():
    """
    A fixed principal has the loan's currency.
    """
    with pytest.raises(CurrencyMismatch):
        equal_principal(round_loan(), principal=Money("1", "JPY"))


def test_equal_parts_of_a_year_need_no_months():
    """
    With fortnights as 1/26 of a year the first interest of 2,600 at 10 % is 10.00.
    """
    made = equal_principal(round_loan(4, principal="2600", rate="10%", day_count=EqualParts(Fraction(1, 26))))

    assert column(made, "interest")[0] == "10.00"


def _with(terms, **changes):
    return attrs.evolve(terms, **changes)
