"""Seasonal payments: the harvest pays."""

from fractions import Fraction

import attrs
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from overdue_visit.errors import InvalidValue
from overdue_visit.repayment.level import level
from overdue_visit.repayment.seasonal import seasonal
from overdue_visit.repayment.weighted import Weighted
from tests.repayment.drawn_terms import (
    column,
    demand_chain,
    demand_interest,
    monthly_terms,
    payments,
    round_loan,
    uneven_terms,
)

HARVEST = (0,) * 8 + (10, 0, 0, 2)
"""January to December: a harvest in September, a little at the end of the year."""


def test_a_family_with_one_harvest_pays_when_it_sells():
    """
    12,000 at 1 % a month: nothing for eight months, then ten parts in the ninth and two in the twelfth.
    """
    made = seasonal(round_loan(), weights=HARVEST)

    demand_chain(made)
    paid = [row.payment for row in made.rows]
    assert [bool(each) for each in paid] == [bool(weight) for weight in HARVEST]
    assert abs(paid[8].minor - 5 * paid[11].minor) <= 10
    assert str(made.rows[0].capitalised) == "CNY 120.00"


def test_interest_may_be_paid_between_harvests():
    """
    With the interest paid, months of weight zero pay 120.00 and the debt does not grow.
    """
    made = seasonal(round_loan(), weights=HARVEST, interest="paid")

    demand_chain(made)
    assert column(made, "payment")[:8] == ["120.00"] * 8
    assert made.total_capitalised.minor == 0
    assert made.total_interest < seasonal(round_loan(), weights=HARVEST).cost


@settings(max_examples=40)
@given(uneven_terms(), st.data(), st.sampled_from(["capitalised", "paid"]))
def test_payments_are_proportional_to_the_weights_and_worth_the_debt(terms, data, interest):
    """
    Unrounded payments are one amount times the weights, zero elsewhere, and discounted they are the debt; rows add up.
    """
    rows = len(terms.dues)
    weights = data.draw(st.lists(st.integers(0, 9), min_size=rows, max_size=rows).filter(any))
    plan = Weighted.of(terms, weights, idle_pays=interest == "paid", negative=True)
    worth, discount = Fraction(0), Fraction(1)
    for row, weight in enumerate(plan.weights):
        bears = terms.accruals().factor(row) if weight or interest == "capitalised" else 0
        discount /= 1 + bears
        worth += plan.exact() * weight * discount
    made = seasonal(terms, weights=weights, interest=interest, negative=True)

    assert worth == terms.principal.minor
    demand_chain(made)
    demand_interest(made, terms)
    idle = [row for row, weight in zip(made.rows, plan.weights, strict=False) if not weight]
    assert all(row.minor.principal == 0 for row in idle)
    assert all((row.minor.payment if interest == "capitalised" else row.minor.capitalised) == 0 for row in idle)


@settings(max_examples=30)
@given(monthly_terms(), st.integers(1, 9), st.sampled_from(["capitalised", "paid"]))
def test_equal_weights_are_the_level_plan(terms, weight, interest):
    """
    A year without seasons is paid in level instalments.
    """
    assert seasonal(terms, weights=(weight,) * len(terms.dues), interest=interest).rows == level(terms).rows


@settings(max_examples=25)
@given(monthly_terms(least=10**6, rows=st.integers(2, 30)), st.data())
def test_weights_matter_only_in_proportion(terms, data):
    """
    Twice all weights are the same plan.
    """
    rows = len(terms.dues)
    weights = data.draw(st.lists(st.integers(0, 9), min_size=rows, max_size=rows).filter(any))
    single = seasonal(terms, weights=weights, negative=True)

    assert seasonal(terms, weights=[2 * each for each in weights], negative=True).rows == single.rows


def test_dates_after_the_last_weight_fall_away():
    """
    The debt is cleared with the last payment that is planned.
    """
    made = seasonal(round_loan(), weights=(1, 1, 1) + (0,) * 9)

    assert len(made.rows) == 3
    assert made.left.minor == 0


def test_a_small_weight_must_cover_its_interest_unless_asked_for():
    """
    A payment below the interest is refused, or the rest is capitalised.
    """
    weights = (1,) + (0,) * 10 + (500,)
    with pytest.raises(InvalidValue, match="interest of row 1"):
        seasonal(round_loan(), weights=weights)

    assert seasonal(round_loan(), weights=weights, negative=True).rows[0].minor.capitalised > 0


@pytest.mark.parametrize("weights", [(0,) * 12, (1,) * 11, (1,) * 13, (-1,) + (1,) * 11, (1.0,) * 12, (True,) * 12, ()])
def test_weights_are_whole_numbers_one_a_date(weights):
    """
    All zero, too few, too many, negative and inexact weights are refused.
    """
    with pytest.raises(InvalidValue, match="weights"):
        seasonal(round_loan(), weights=weights)


def test_what_becomes_of_the_interest_is_stated():
    """
    An unknown word for the interest between harvests is refused.
    """
    with pytest.raises(InvalidValue, match="capitalised"):
        seasonal(round_loan(), weights=HARVEST, interest="forgotten")


@settings(max_examples=25)
@given(monthly_terms(least=10**6, rows=st.integers(3, 30)), st.data())
def test_the_residue_may_stand_in_the_first_row(terms, data):
    """
    With the residue first, later payments are what their weights say, to what one unit of the first grows to.
    """
    rows = len(terms.dues)
    weights = data.draw(st.lists(st.integers(1, 9), min_size=rows, max_size=rows))
    first = attrs.evolve(terms, residue="first")
    plan = Weighted.of(first, weights, negative=True)
    made = plan.run().schedule("seasonal")
    assume(len(made.rows) == rows)

    demand_chain(made)
    assert payments(made)[1:-1] == list(plan.amounts()[1:-1])
    growth = (1 + terms.accruals().factor(0)) ** rows
    smallest = max(1, terms.accruals().interest(terms.principal.minor, 0, terms.rounding))
    assert abs(payments(made)[-1] - plan.amounts()[-1]) <= growth + rows or payments(made)[0] == smallest
