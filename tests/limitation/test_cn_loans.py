"""
Loans in China: extensions, penalty interest, what a payment pays first.
"""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from overdue_visit.errors import InvalidValue
from overdue_visit.limitation import Confidence, loans, shipped
from overdue_visit.rate import Per, Rate

D = dt.date


def test_every_figure_says_how_sure_it_is():
    """
    The Civil Code was read, the other rules are reported by others; all were checked on 23 November 2026.
    """
    figures = {figure.rule.partition(".")[2]: figure.source for figure in shipped("cn-loans").figures}

    assert {source.checked for source in figures.values()} == {D(2026, 11, 23)}
    assert {name for name, source in figures.items() if source.confidence is Confidence.VERIFIED} == {
        "extension_request",
        "payment_order",
        "debts_order",
    }


def test_the_parts_are_the_whole_term_and_half_of_it():
    """
    Rounding down hides a little more than a half; the figure itself is a half.
    """
    parts = {
        name: shipped("cn-loans").figure(f"{name}_extension").share for name in ("short", "medium", "personal_short")
    }

    assert parts == {
        "short": Rate("1", Per.ONCE),
        "medium": Rate("0.5", Per.ONCE),
        "personal_short": Rate("1", Per.ONCE),
    }


@pytest.mark.parametrize(
    ("term", "most"),
    [(1, 1), (12, 12), (13, 6), (36, 18), (37, 18), (60, 30), (61, 36), (120, 36)],
)
def test_an_extension_follows_the_original_term(term, most):
    """
    Up to a year: the term again; up to five years: half of it; longer: three years (贷款通则 art. 12).
    """
    assert loans.extension(term, most).holds
    assert not loans.extension(term, most + 1).holds
    assert loans.extension(term, most).most == most


@pytest.mark.parametrize(
    ("term", "product", "most"),
    [(12, 60, 12), (6, 60, 6), (13, 60, 47), (36, 60, 24), (12, 12, 12), (60, 60, 0)],
)
def test_a_personal_loan_stays_within_its_kind(term, product, most):
    """
    Up to a year: the term again; longer: with the extension no longer than the product's longest term.
    """
    assert not loans.personal_extension(term, most + 1, product_months=product).holds
    if most:
        assert loans.personal_extension(term, most, product_months=product).holds


def test_an_extension_is_asked_for_before_the_loan_is_due():
    """
    A borrower asks before the term is over (民法典 art. 678).
    """
    assert loans.extension_request(D(2026, 3, 31), due=D(2026, 3, 31)).holds
    assert not loans.extension_request(D(2026, 4, 1), due=D(2026, 3, 31)).holds


def test_penalty_interest_is_30_to_50_percent_more():
    """
    A contract at 6% bears 7.8% to 9% when overdue, and 9% to 12% when the money was misused (银发〔2003〕251号).
    """
    overdue, misused = loans.penalty_band(Rate("6%")), loans.penalty_band(Rate("6%"), misuse=True)

    assert (overdue.least, overdue.most) == (Rate("7.8%"), Rate("9%"))
    assert (misused.least, misused.most) == (Rate("9%"), Rate("12%"))
    assert overdue.rule == "cn-loans.overdue_least"
    assert misused.rule == "cn-loans.misuse_least"


def test_a_band_knows_what_lies_in_it():
    """
    Both ends are in the band; a rate for another period cannot be compared.
    """
    band = loans.penalty_band(Rate("0.0005", Per.DAY))

    assert band.allows(Rate("0.00065", Per.DAY))
    assert band.allows(Rate("0.00075", Per.DAY))
    assert not band.allows(Rate("0.00076", Per.DAY))
    assert not band.allows(Rate("0.00064", Per.DAY))
    with pytest.raises(InvalidValue):
        band.allows(Rate("0.07"))


@settings(max_examples=40)
@given(above=st.integers(0, 10**9), below=st.integers(1, 10**9), misuse=st.booleans())
def test_the_band_is_exact(above, below, misuse):
    """
    Its ends are the contract's rate and a part more, to the last digit.
    """
    least, most = (Fraction(1, 2), Fraction(1)) if misuse else (Fraction(3, 10), Fraction(1, 2))

    band = loans.penalty_band(Rate.from_ratio(above, below), misuse=misuse)

    assert band.least.fraction == Fraction(above, below) * (1 + least)
    assert band.most.fraction == Fraction(above, below) * (1 + most)


def test_a_small_payment_pays_costs_then_interest_then_principal():
    """
    Without an agreement costs come first, then interest, then principal (民法典 art. 561).
    """
    assert loans.payment_order().order == ("enforcement_costs", "interest", "principal")
    assert not loans.payment_order().agreed


def test_an_agreed_order_goes_before_the_law():
    """
    The parties may agree on another order of the same parts.
    """
    agreed = loans.payment_order(["principal", "interest", "enforcement_costs"])

    assert agreed.order == ("principal", "interest", "enforcement_costs")
    assert agreed.agreed


def test_several_debts_are_paid_by_marks():
    """
    The debtor's word, else due, least secured, most burdensome, first due, in proportion (民法典 art. 560).
    """
    assert loans.debts_order().order == (
        "designated",
        "due",
        "least_secured",
        "most_burdensome",
        "due_first",
        "pro_rata",
    )


@pytest.mark.parametrize(
    "call",
    [
        lambda: loans.extension(0, 1),
        lambda: loans.extension(12, 0),
        lambda: loans.extension(True, 1),
        lambda: loans.extension(12, 1.0),
        lambda: loans.personal_extension(61, 1, product_months=60),
        lambda: loans.personal_extension(12, 1, product_months=-60),
        lambda: loans.penalty_band("6%"),
        lambda: loans.penalty_band(Rate("-1%")),
        lambda: loans.penalty_band(Rate("1%"), misuse=1),
        lambda: loans.payment_order(["principal", "interest"]),
        lambda: loans.payment_order("principal"),
        lambda: loans.extension_request(dt.datetime(2026, 1, 1), due=D(2026, 1, 1)),
    ],
)
def test_figures_that_make_no_sense_are_refused(call):
    """
    Zero and negative counts, floats, bools, texts, negative rates and partial orders are refused.
    """
    with pytest.raises(InvalidValue):
        call()
