import decimal
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from overdue_visit.errors import InvalidValue
from overdue_visit.money import CurrencyMismatch, Money
from overdue_visit.rate import Rate
from overdue_visit.repayment.effective import apy, compounded, nominal

THOUSAND = Money("1000.00", "USD")


@pytest.mark.parametrize(
    ("interest", "days", "percent"),
    [("61.68", 365, "6.17"), ("5.25", 30, "6.58"), ("30.37", 182, "6.18"), ("133.13", 730, "6.45")],
)
def test_the_examples_of_regulation_dd(interest, days, percent):
    """
    The worked examples of 12 CFR 1030, Appendix A, give their printed yields.
    """
    found = apy(Money(interest, "USD"), principal=THOUSAND, days=days)

    assert str(found) == f"{percent}%"


@settings(max_examples=30)
@given(st.integers(-(10**8) + 1, 10**9), st.integers(1, 4))
def test_over_whole_years_the_yield_compounds_to_the_interest(interest, years):
    """
    Compounded over the years it was earned in, the unrounded yield gives the interest back.
    """
    found = apy(Money.from_minor(interest, "USD"), principal=Money.from_minor(10**8, "USD"), days=365 * years)

    grown = (1 + Fraction(found.exact) / 100) ** years
    assert abs(grown * 10**8 - (10**8 + interest)) < Fraction(1, 10**6)


@settings(max_examples=30)
@given(st.integers(1, 10**8), st.integers(1, 364))
def test_interest_sooner_is_a_higher_yield(interest, days):
    """
    The same interest in fewer days is more a year.
    """
    sooner = apy(Money.from_minor(interest, "USD"), principal=THOUSAND, days=days)
    later = apy(Money.from_minor(interest, "USD"), principal=THOUSAND, days=days + 1)

    assert sooner.exact > later.exact


@settings(max_examples=30)
@given(st.fractions(0, 1, max_denominator=10**5), st.sampled_from([1, 2, 4, 12, 26, 52]))
def test_compounding_is_exact(rate, times):
    """
    The effective rate is (1 + r/m)^m - 1 to all its decimals.
    """
    exact = (1 + rate / times) ** times - 1

    found = compounded(Rate.from_ratio(rate.numerator, rate.denominator), times=times)

    assert abs(found.fraction - exact) <= Fraction(1, 2 * 10**30)


@settings(max_examples=30)
@given(st.fractions(0, 1, max_denominator=10**5), st.sampled_from([1, 2, 4, 12, 365]))
def test_nominal_and_effective_lead_to_each_other(rate, times):
    """
    The nominal rate of the effective rate of a nominal rate is that rate, but for the last decimals.
    """
    given_rate = Rate.from_ratio(rate.numerator, rate.denominator)

    back = nominal(compounded(given_rate, times=times), times=times)

    assert abs(back.fraction - rate) < Fraction(1, 10**25)


def test_twelve_per_cent_monthly_is_12_6825_per_cent():
    """
    12 % compounded monthly is 12.682503 % a year.
    """
    assert compounded(Rate("12%"), times=12, places=8) == Rate("0.12682503")


def test_the_context_of_the_caller_changes_nothing():
    """
    Six digits, rounding up and every trap set in the host's context leave the yield as it is.
    """
    expected = apy(Money("5.25", "USD"), principal=THOUSAND, days=30)
    shown = str(expected)

    hostile = decimal.Context(prec=6, rounding=decimal.ROUND_UP, traps=[decimal.Inexact, decimal.Rounded])
    with decimal.localcontext(hostile):
        found = apy(Money("5.25", "USD"), principal=THOUSAND, days=30)
        text = str(found)

    assert (found, text) == (expected, shown)
    assert found.to(5) == Decimal("6.57811")


@pytest.mark.parametrize(
    ("call", "field"),
    [
        (lambda: apy(THOUSAND, principal=THOUSAND, days=0), "days"),
        (lambda: apy(THOUSAND, principal=THOUSAND, days=1.5), "days"),
        (lambda: apy(THOUSAND, principal=Money("0.00", "USD"), days=1), "principal"),
        (lambda: apy(-THOUSAND, principal=THOUSAND, days=1), "interest"),
        (lambda: compounded(Rate("1%", per="month"), times=12), "nominal"),
        (lambda: compounded(Rate("1%"), times=0), "times"),
        (lambda: compounded(Rate("-1200%"), times=12), "nominal"),
        (lambda: nominal(Rate("-100%"), times=12), "effective"),
        (lambda: nominal(Rate("1%"), times=True), "times"),
        (lambda: nominal(Rate("1%"), times=1, places=31), "places"),
    ],
)
def test_bad_input_is_refused_by_the_name_of_its_field(call, field):
    """
    Counts below one, rates of other periods and losses of everything are refused, each by name.
    """
    with pytest.raises(InvalidValue) as refusal:
        call()

    assert refusal.value.field == field


def test_interest_has_the_currency_of_its_principal():
    """
    Interest in another currency is refused.
    """
    with pytest.raises(CurrencyMismatch):
        apy(Money("1.00", "EUR"), principal=THOUSAND, days=30)


def test_interest_is_money():
    """
    A float amount of interest is named.
    """
    with pytest.raises(InvalidValue, match="interest"):
        apy(61.68, principal=THOUSAND, days=365)
