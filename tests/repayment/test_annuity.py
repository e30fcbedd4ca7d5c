import decimal
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from overdue_visit.errors import InvalidValue
from overdue_visit.rate import Rate
from overdue_visit.repayment import annuity

rates = st.fractions(min_value=Fraction(1, 10_000), max_value=Fraction(1, 10), max_denominator=10_000)
counts = st.integers(1, 120)
amounts = st.integers(1, 10**12)
whens = st.sampled_from(["begin", "end"])


def balance_after(rate, number, payment, start, when):
    """
    Walk period by period, with exact fractions.
    """
    balance = Fraction(start)
    for _ in range(number):
        balance = (balance + payment) * (1 + rate) if when == "begin" else balance * (1 + rate) + payment
    return balance


def near(found, exact, digits=45):
    """
    Agree to so many significant digits.
    """
    return abs(Fraction(found) - exact) <= abs(exact) / 10**digits


@settings(max_examples=25, deadline=None)
@given(rates, counts, st.integers(-(10**9), 10**9), amounts, whens)
def test_the_future_value_is_what_a_walk_through_all_periods_gives(rate, number, payment, start, when):
    """
    The balance after all periods, with its sign turned, is fv.
    """
    found = annuity.fv(rate, number, payment, start, when=when)

    assert near(found, -balance_after(rate, number, payment, start, when))


@settings(max_examples=25, deadline=None)
@given(rates, counts, amounts, st.integers(-(10**9), 10**9), whens)
def test_the_payment_leads_from_the_start_to_the_end(rate, number, start, end, when):
    """
    With payments of pmt, the balance after all periods is the end with its sign turned.
    """
    payment = annuity.pmt(rate, number, start, end, when=when, precision=80)

    left = balance_after(rate, number, Fraction(payment), start, when)

    assert abs(left + end) <= Fraction((start + abs(end)) * (1 + rate) ** number, 10**75)


@settings(max_examples=25, deadline=None)
@given(rates, counts, amounts, whens)
def test_the_present_value_of_the_payments_is_the_principal(rate, number, principal, when):
    """
    pv(pmt(P)) is P with its sign turned.
    """
    payment = annuity.pmt(rate, number, principal, when=when)

    found = annuity.pv(rate, number, payment, when=when)

    assert near(found, Fraction(principal), digits=40)


@settings(max_examples=25, deadline=None)
@given(rates, counts, amounts, whens)
def test_the_number_of_payments_is_found_again(rate, number, principal, when):
    """
    nper(pmt(P, n)) is n.
    """
    payment = annuity.pmt(rate, number, principal, when=when, precision=80)

    found = annuity.nper(rate, payment, principal, when=when)

    assert abs(found - number) < Decimal("1e-35")


@settings(max_examples=40, deadline=None)
@given(rates, st.integers(2, 60), amounts, whens)
def test_the_rate_is_found_again(rate, number, principal, when):
    """
    rate(pmt(P, r, n)) is r, far within 1e-12.
    """
    payment = annuity.pmt(rate, number, principal, when=when)

    found = annuity.rate(number, payment, principal, when=when)

    assert abs(Fraction(found) - rate) < Fraction(1, 10**30)


@settings(max_examples=25, deadline=None)
@given(rates, counts, amounts, amounts, st.integers(1, 99), st.integers(1, 99))
def test_the_payment_is_linear_in_the_principal(rate, number, one, other, a, b):
    """
    pmt(aP + bQ) == a pmt(P) + b pmt(Q).
    """
    together = annuity.pmt(rate, number, a * one + b * other)

    apart = a * Fraction(annuity.pmt(rate, number, one)) + b * Fraction(annuity.pmt(rate, number, other))

    assert near(together, apart)


@settings(max_examples=25, deadline=None)
@given(rates, counts, amounts, whens, st.data())
def test_interest_and_principal_make_the_payment(rate, number, principal, when, data):
    """
    In every period ipmt + ppmt == pmt, and ipmt is the rate of the balance before.
    """
    per = data.draw(st.integers(1, number))
    payment = annuity.pmt(rate, number, principal, when=when)

    interest = annuity.ipmt(rate, per, number, principal, when=when)
    repaid = annuity.ppmt(rate, per, number, principal, when=when)

    assert near(Fraction(interest) + Fraction(repaid), Fraction(payment))
    before = balance_after(rate, per - 1, Fraction(payment), principal, when)
    discount = 1 + rate if when == "begin" else 1
    exact = Fraction(0) if (when, per) == ("begin", 1) else -before * rate / discount
    assert abs(Fraction(interest) - exact) <= Fraction(principal, 10**40)


@settings(max_examples=25, deadline=None)
@given(rates, st.integers(1, 36), amounts, whens)
def test_all_principal_is_repaid(rate, number, principal, when):
    """
    The sum of ppmt over all periods is the principal with its sign turned.
    """
    repaid = sum(Fraction(annuity.ppmt(rate, per, number, principal, when=when)) for per in range(1, number + 1))

    assert near(-repaid, Fraction(principal), digits=40)


@settings(max_examples=25, deadline=None)
@given(counts, amounts, whens)
def test_without_interest_the_principal_is_divided(number, principal, when):
    """
    At a rate of zero the payment is the principal over the number of payments, and no part of it is interest.
    """
    payment = annuity.pmt(0, number, principal, when=when)

    assert near(payment, -Fraction(principal, number))
    assert annuity.ipmt(0, number, number, principal, when=when) == 0
    assert near(annuity.nper(0, payment, principal, when=when), Fraction(number), digits=40)


@settings(max_examples=25, deadline=None)
@given(rates, amounts, st.integers(1, 119))
def test_a_payment_grows_with_rate_and_principal_and_falls_with_the_number(rate, principal, number):
    """
    More principal or a higher rate never lowers the payment; one more period never raises it.
    """
    payment = -annuity.pmt(rate, number, principal)

    assert -annuity.pmt(rate + Fraction(1, 1000), number, principal) >= payment
    assert -annuity.pmt(rate, number, principal + 1) >= payment
    assert -annuity.pmt(rate, number + 1, principal) <= payment


@settings(max_examples=25, deadline=None)
@given(rates, st.lists(st.integers(-(10**9), 10**9), max_size=40))
def test_the_net_present_value_is_the_sum_of_discounted_flows(rate, flows):
    """
    The exact sum of flow over (1 + r)^k, the first undiscounted, is npv.
    """
    found = annuity.npv(rate, flows)

    exact = sum(Fraction(flow) / (1 + rate) ** time for time, flow in enumerate(flows))
    assert near(found, Fraction(exact))


@pytest.mark.parametrize(
    ("found", "published"),
    [
        (annuity.pmt(Fraction(8, 1200), 60, 15000), "-304.1459143262052370338701494"),
        (annuity.pv(Decimal("0.07"), 20, 12000), "-127128.1709461939327295222005"),
        (annuity.fv(Decimal("0.075"), 20, -2000, 0), "86609.36267304300040536731624"),
        (annuity.npv(Decimal("0.05"), [-15000, 1500, 2500, 3500, 4500, 6000]), "122.8948549509426921616287150"),
    ],
)
def test_published_figures_are_met_to_their_digits(found, published):
    """
    The 28-digit figures of numpy-financial's test suite are met within its own rounding.
    """
    assert abs(found - Decimal(published)) < abs(found) * Decimal("1e-23")


def test_precision_is_the_number_of_significant_digits():
    """
    A result is rounded once, to as many digits as asked for, ties to even.
    """
    assert annuity.pmt(0, 3, 100, precision=5) == Decimal("-33.333")
    assert annuity.pv(0, 2, Decimal("0.0625"), precision=2) == Decimal("-0.12")
    assert annuity.rate(12, -100, 1100, precision=3) == Decimal("0.0136")


def test_a_rate_is_taken_for_its_own_period():
    """
    A monthly `Rate` is the rate of one period.
    """
    assert annuity.pmt(Rate("1%", per="month"), 12, 1000) == annuity.pmt(Fraction(1, 100), 12, 1000)


@pytest.mark.parametrize(
    ("call", "field"),
    [
        (lambda: annuity.pmt(0.01, 12, 1000), "rate"),
        (lambda: annuity.pmt(-1, 12, 1000), "rate"),
        (lambda: annuity.pmt(Decimal("NaN"), 12, 1000), "rate"),
        (lambda: annuity.pmt(0, 0, 1000), "nper"),
        (lambda: annuity.pmt(0, 40_001, 1000), "nper"),
        (lambda: annuity.pmt(0, True, 1000), "nper"),
        (lambda: annuity.pmt(0, 12.0, 1000), "nper"),
        (lambda: annuity.pmt(0, 12, 1000.0), "pv"),
        (lambda: annuity.pmt(0, 12, 1000, 1.0), "fv"),
        (lambda: annuity.pmt(0, 12, 1000, when="middle"), "when"),
        (lambda: annuity.pmt(0, 12, 1000, precision=0), "precision"),
        (lambda: annuity.fv(0, -1, 10, 1000), "nper"),
        (lambda: annuity.fv(0, 1, True, 1000), "pmt"),
        (lambda: annuity.ipmt(0, 13, 12, 1000), "per"),
        (lambda: annuity.ppmt(0, 0, 12, 1000), "per"),
        (lambda: annuity.nper(0, 0, 1000), "pmt"),
        (lambda: annuity.nper(Fraction(1, 10), -100, 1000), "pmt"),
        (lambda: annuity.nper(Fraction(1, 10), -99, 1000), "pmt"),
        (lambda: annuity.rate(12, 100, 1000), "flows"),
        (lambda: annuity.rate(12, -100, 1000, precision=41), "precision"),
        (lambda: annuity.irr([-1.0, 2]), "cashflows"),
        (lambda: annuity.npv(0, [1.0]), "cashflows"),
    ],
)
def test_bad_input_is_refused_by_the_name_of_its_field(call, field):
    """
    Floats, NaN, counts out of range and payments that never repay are refused, each by name.
    """
    with pytest.raises(InvalidValue) as refusal:
        call()

    assert refusal.value.field == field


def test_the_context_of_the_caller_changes_nothing():
    """
    Six digits, rounding up and every trap set in the host's context leave all digits as they are.
    """

    def all_of_them():
        return (
            annuity.pmt(Decimal("0.0123"), 36, 98765),
            annuity.ipmt(Decimal("0.0123"), 7, 36, 98765, when="begin"),
            annuity.nper(Decimal("0.0123"), -4000, 98765),
            annuity.rate(36, -4000, 98765),
            annuity.npv(Decimal("0.0123"), [-98765, 4000, 4000]),
        )

    expected = all_of_them()
    hostile = decimal.Context(prec=6, rounding=decimal.ROUND_UP, traps=[decimal.Inexact, decimal.Rounded])
    with decimal.localcontext(hostile):
        found = all_of_them()

    assert [value.as_tuple() for value in found] == [value.as_tuple() for value in expected]
