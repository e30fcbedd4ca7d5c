"""Steps: instalments that rise or fall by blocks."""

from fractions import Fraction

import attrs
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from overdue_visit.errors import InvalidValue
from overdue_visit.money import CurrencyMismatch, Money
from overdue_visit.rate import Rate
from overdue_visit.repayment.level import level
from overdue_visit.repayment.stepped import stepped, stepped_amounts, stepped_totals
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

UP = Rate("103%", per="once")


def test_three_per_cent_more_each_year():
    """
    200,000 at 6 % over 20 years: 1,130.33 a month, at last 1,982.05, interest 164,469.64 (European Commission, ex. 9).
    """
    totals = stepped_totals(round_loan(240, principal="200000", rate="6%"), ratio=UP, every=12)

    assert str(totals.instalments[0]) == "CNY 1130.33"
    assert str(totals.instalments[-1]) == "CNY 1982.05"
    assert str(totals.total_interest) == "CNY 164469.64"


def test_three_per_cent_less_each_year():
    """
    The same loan stepped down begins with 1,778.58 a month (European Commission, example 10).
    """
    made = stepped(round_loan(240, principal="200000", rate="6%"), ratio=Fraction(97, 100), every=12)

    assert column(made, "payment")[0] == "1778.58"


@settings(max_examples=40)
@given(uneven_terms(), st.fractions(Fraction(4, 5), Fraction(5, 4), max_denominator=50), st.integers(1, 12))
def test_steps_keep_their_ratio_before_rounding(terms, ratio, every):
    """
    Each block pays the ratio times the one before, to a unit; rows add up; and the payments are worth the debt.
    """
    rows = len(terms.dues)
    made = stepped(terms, ratio=ratio, every=every, negative=True)

    demand_chain(made)
    demand_interest(made, terms)
    share = Weighted.of(terms, tuple(_power(ratio, row // every, (rows - 1) // every) for row in range(rows))).exact()
    worth, discount = Fraction(0), Fraction(1)
    for row in range(rows):
        discount /= 1 + terms.accruals().factor(row)
        worth += share * _power(ratio, row // every, (rows - 1) // every) * discount
    assert worth == terms.principal.minor


def _power(ratio: Fraction, block: int, last: int) -> int:
    return ratio.numerator**block * ratio.denominator ** (last - block)


@settings(max_examples=40)
@given(monthly_terms(), st.integers(1, 20))
def test_a_ratio_of_one_is_the_level_plan(terms, every):
    """
    Steps that do not step are level instalments, row by row.
    """
    assert stepped(terms, ratio=Fraction(1), every=every).rows == level(terms).rows


@settings(max_examples=40)
@given(
    monthly_terms(least=10_000),
    st.sampled_from(["nearest", "lower", "higher"]),
    st.sampled_from(["first", "last"]),
    st.sampled_from([1, 100]),
)
def test_equal_weights_reproduce_the_level_plan_in_every_setting(terms, last_payment, residue, unit):
    """
    The way of proportions, given equal weights, makes the level plan: same residue row, last payment and unit.
    """
    terms = attrs.evolve(terms, last_payment=last_payment, residue=residue, unit=unit)
    plain = level(terms)
    assume(plain.instalment.minor > 2 * (terms.principal.minor * terms.accruals().factor(0) + unit))
    made = Weighted.of(terms, (1,) * len(terms.dues)).run().schedule("level")

    assert payments(made) == payments(plain)


def test_early_instalments_below_the_interest_are_refused_unless_asked_for():
    """
    A steep step up starts below the interest: refused, or capitalised and reported, by no more than was not paid.
    """
    terms = round_loan(36, rate="24%")
    with pytest.raises(InvalidValue, match="interest of row 1"):
        stepped(terms, ratio=Fraction(3, 2), every=6)

    made = stepped(terms, ratio=Fraction(3, 2), every=6, negative=True)
    demand_chain(made)
    unpaid = sum(max(0, row.minor.capitalised) for row in made.rows)
    assert made.total_capitalised.minor == unpaid > 0


def test_named_amounts_come_first_and_the_rest_is_level():
    """
    Half a year of 500, half a year of 1,000, then the level instalment that clears the rest.
    """
    made = stepped_amounts(round_loan(24), amounts=(Money("500", "CNY"), Money("1000", "CNY")), every=6)

    demand_chain(made)
    assert column(made, "payment")[:12] == ["500.00"] * 6 + ["1000.00"] * 6
    assert len(set(column(made, "payment")[12:-1])) == 1


@settings(max_examples=25)
@given(uneven_terms(rows=st.integers(4, 20)), st.lists(st.integers(1, 20), min_size=1, max_size=3), st.integers(1, 3))
def test_named_amounts_are_paid_as_long_as_something_is_owed(terms, percents, every):
    """
    Rows add up and the named amounts are what the first rows pay, whatever they are.
    """
    assume(len(percents) * every < len(terms.dues))
    amounts = [Money.from_minor(terms.principal.minor * each // 100, terms.currency) for each in percents]
    made = stepped_amounts(terms, amounts=amounts, every=every, negative=True)

    demand_chain(made)
    demand_interest(made, terms)
    named = [amount.minor for amount in amounts for _ in range(every)]
    assert payments(made)[: len(named)][: len(made.rows) - 1] == named[: len(made.rows) - 1]


@pytest.mark.parametrize("ratio", [Fraction(0), Fraction(-1, 2), Rate("0%", per="once"), Rate("103%"), 1.03, "1.03"])
def test_a_ratio_is_an_exact_number_above_zero(ratio):
    """
    Zero, negative, yearly and inexact ratios are refused.
    """
    with pytest.raises(InvalidValue, match="ratio"):
        stepped(round_loan(), ratio=ratio, every=3)


@pytest.mark.parametrize("every", [0, -1, True, 1.5])
def test_a_block_has_at_least_one_date(every):
    """
    The dates of a block are a positive whole number, also where nothing steps.
    """
    for ratio in (Fraction(1), Fraction(11, 10)):
        with pytest.raises(InvalidValue, match="every"):
            stepped(round_loan(), ratio=ratio, every=every)
    with pytest.raises(InvalidValue, match="every"):
        stepped_amounts(round_loan(), amounts=(Money("500", "CNY"),), every=every)


@pytest.mark.parametrize("amounts", [(), (Money("-1", "CNY"),), (5,), (Money("500", "CNY"),) * 4])
def test_named_amounts_leave_a_date_to_clear_the_debt(amounts):
    """
    Missing, negative and too many amounts are refused.
    """
    with pytest.raises(InvalidValue, match="amounts"):
        stepped_amounts(round_loan(12), amounts=amounts, every=3)


def test_named_amounts_cover_their_interest():
    """
    An amount below the interest is refused with the least that would do.
    """
    with pytest.raises(InvalidValue, match=r"at least CNY 120.00, the interest of row 1"):
        stepped_amounts(round_loan(), amounts=(Money("100", "CNY"),), every=2)
    with pytest.raises(CurrencyMismatch):
        stepped_amounts(round_loan(), amounts=(Money("100", "KES"),), every=2)
