"""Fees at the start, with every row, and capitalised."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from overdue_visit.errors import InvalidValue
from overdue_visit.money import CurrencyMismatch, Money
from overdue_visit.repayment.equal_principal import equal_principal
from overdue_visit.repayment.fees import Fees, financed, with_fees
from overdue_visit.repayment.flat import flat
from overdue_visit.repayment.interest_first import interest_first
from overdue_visit.repayment.level import level
from tests.repayment.drawn_terms import DRAWN, column, demand_chain, monthly_terms, payments, round_loan

kinds = st.sampled_from([level, equal_principal, interest_first, flat])
amounts = st.one_of(st.none(), st.integers(0, 10**6))


def test_a_fee_at_the_start_is_a_row_of_its_own():
    """
    100.00 on the day of drawing comes first, and is no part of the debt.
    """
    made = with_fees(round_loan(), Fees(at_start=Money("100", "CNY")))

    assert made.rows[0].due == DRAWN
    assert column(made, "payment")[0] == "100.00"
    assert payments(made)[1:] == payments(level(round_loan()))
    assert made.flows()[0].on == DRAWN


def test_a_capitalised_fee_is_borrowed():
    """
    240.00 added to 12,000 make the plan of 12,240.
    """
    made = with_fees(round_loan(), Fees(capitalised=Money("240", "CNY")))

    assert payments(made) == payments(level(round_loan(principal="12240.00")))
    assert str(made.opening) == "CNY 12240.00"


@settings(max_examples=40)
@given(monthly_terms(), kinds, amounts, amounts, amounts)
def test_fees_are_conserved_in_every_kind(terms, kind, at_start, each_row, capitalised):
    """
    Rows add up; fees paid are the one at the start and one a row; what is capitalised is repaid as principal.
    """
    given_fees = {"at_start": at_start, "each_row": each_row, "capitalised": capitalised}
    fees = Fees(
        **{key: None if fee is None else Money.from_minor(fee, terms.currency) for key, fee in given_fees.items()}
    )
    made = with_fees(terms, fees, kind=kind)

    demand_chain(made)
    rows = len(made.rows) - bool(at_start)
    assert made.total_fees.minor == (at_start or 0) + rows * (each_row or 0)
    assert made.opening.minor == terms.principal.minor + (capitalised or 0)


def test_fees_add_to_the_terms_own():
    """
    A fee with every row adds to the one that the terms already have.
    """
    terms = financed(round_loan(fee=Money("5", "CNY")), Fees(each_row=Money("2", "CNY")))

    assert terms.fee == Money("7", "CNY")


@pytest.mark.parametrize("fee", [Money("-1", "CNY"), 5, "5"])
@pytest.mark.parametrize("field", ["at_start", "each_row", "capitalised"])
def test_a_fee_is_money_of_at_least_nothing(field, fee):
    """
    Negative fees and plain numbers are refused, and the field is named.
    """
    with pytest.raises(InvalidValue, match=field):
        Fees(**{field: fee})


@pytest.mark.parametrize("field", ["at_start", "each_row", "capitalised"])
def test_another_currency_is_refused(field):
    """
    A fee has the loan's currency.
    """
    with pytest.raises(CurrencyMismatch, match=field):
        with_fees(round_loan(), Fees(**{field: Money("1", "KES")}))
