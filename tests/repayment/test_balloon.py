"""Balloons: a large rest at the end."""

from fractions import Fraction

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from overdue_visit.errors import InvalidValue
from overdue_visit.money import CurrencyMismatch, Money, Rounding
from overdue_visit.repayment.balloon import amortised_over, balloon
from overdue_visit.repayment.day_count_actual import ACT_365F
from overdue_visit.repayment.level import level
from tests.repayment.drawn_terms import (
    column,
    demand_chain,
    demand_interest,
    monthly_terms,
    nearest,
    payments,
    residue_bound,
    round_loan,
    uneven_terms,
)


def test_a_mortgage_reckoned_over_thirty_years_and_due_after_fifteen():
    """
    200,000 at 6 %: 1,199.10 a month and a balloon of about 142,098 (European Commission, example 7, before rounding).
    """
    made = amortised_over(round_loan(180, principal="200000", rate="6%"), rows=360)

    assert set(column(made, "payment")[:-1]) == {"1199.10"}
    assert abs(made.rows[-1].payment - Money("143296.79", "CNY")) <= Money("0.50", "CNY")


def test_a_balloon_of_half_the_debt():
    """
    12,000 at 1 % a month over a year with 6,000 left pays 593.09 and, at the end, 6,593.12.
    """
    made = balloon(round_loan(), balloon=Money("6000", "CNY"))

    assert column(made, "payment") == ["593.09"] * 11 + ["6593.12"]


@settings(max_examples=40)
@given(uneven_terms(), st.fractions(0, 1, max_denominator=100))
def test_the_last_payment_is_the_instalment_and_the_balloon(terms, share):
    """
    On any dates rows add up, and the last pays the balloon besides an instalment, to the bound of rounding.
    """
    rest = Money.from_minor(int(terms.principal.minor * share), terms.currency)
    made = _or_assume(lambda: balloon(terms, balloon=rest))

    demand_chain(made)
    demand_interest(made, terms)
    if len(made.rows) == len(terms.dues):
        bound = 2 * len(terms.dues) * (1 + max(map(terms.accruals().factor, range(len(terms.dues))))) ** len(terms.dues)
        assert abs(made.rows[-1].payment.minor - made.instalment.minor - rest.minor) <= bound + 2


@settings(max_examples=25)
@given(monthly_terms(least=1_000_000, rounding=nearest), st.integers(0, 30))
def test_reckoned_over_more_rows_the_instalment_is_the_longer_plans(terms, more):
    """
    The instalment is that of the level plan over all rows; over no more rows than there are, it is that plan.
    """
    made = amortised_over(terms, rows=len(terms.dues) + more)

    demand_chain(made)
    if not more:
        assume(level(terms).instalment.minor > residue_bound(terms) + 1)
        assert payments(made) == payments(level(terms))
    else:
        exact = Fraction(made.instalment.minor)
        assert exact <= level(terms).instalment.minor + 1


@pytest.mark.parametrize("rest", [Money("-0.01", "CNY"), Money("12000.01", "CNY"), 5])
def test_a_balloon_outside_the_debt_is_refused(rest):
    """
    A balloon is from nothing to the principal.
    """
    with pytest.raises(InvalidValue, match="balloon"):
        balloon(round_loan(), balloon=rest)


def test_a_balloon_in_another_currency_is_refused():
    """
    A balloon has the loan's currency.
    """
    with pytest.raises(CurrencyMismatch):
        balloon(round_loan(), balloon=Money("5", "KES"))


def test_fewer_rows_than_dates_are_refused():
    """
    An instalment cannot be reckoned over fewer rows than are shown.
    """
    with pytest.raises(InvalidValue, match="rows"):
        amortised_over(round_loan(12), rows=11)


def test_uneven_periods_cannot_be_continued():
    """
    Periods that bear different interest say nothing about the ones after them.
    """
    with pytest.raises(InvalidValue, match="equal interest"):
        amortised_over(round_loan(12, day_count=ACT_365F), rows=24)


def _or_assume(make):
    try:
        return make()
    except InvalidValue:
        assume(False)


@pytest.mark.parametrize("last_payment", ["lower", "higher"])
@pytest.mark.parametrize("rate", ["0%", "12%"])
def test_one_date_may_bear_the_whole_balloon_under_any_last_payment_rule(rate, last_payment):
    """
    A balloon of the whole principal on one date leaves no instalment to shift, and the search for one ends.
    """
    terms = round_loan(1, principal="0.02", rate=rate, last_payment=last_payment, instalment_rounding=Rounding.DOWN)

    demand_chain(balloon(terms, balloon=terms.principal))
