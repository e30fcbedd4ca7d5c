import datetime as dt
import decimal
from fractions import Fraction

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from overdue_visit.errors import InvalidValue
from overdue_visit.money import CurrencyMismatch, Money, Rounding
from overdue_visit.rate import Per, Rate
from overdue_visit.repayment.flows import Flow
from overdue_visit.repayment.periods import months_after
from overdue_visit.repayment.present_value import balancing_rate, effective_rate, exact_worth, rate_per, worth, yearly

TODAY = dt.date(2026, 3, 1)


def cny(minor):
    """
    Take fen.
    """
    return Money.from_minor(minor, "CNY")


def yearly_flows(amounts):
    """
    Amounts 365 days apart, the first today.
    """
    return [Flow(TODAY + dt.timedelta(365 * k), cny(amount)) for k, amount in enumerate(amounts)]


rates = st.fractions(Fraction(-1, 2), 2, max_denominator=10**4)
amounts = st.lists(st.integers(-(10**9), 10**9), min_size=1, max_size=20)
dated = st.lists(st.tuples(st.integers(0, 4000), st.integers(1, 10**8)), min_size=1, max_size=20)


@settings(max_examples=30)
@given(rates, amounts)
def test_worth_is_the_exact_sum_rounded_once(rate, flows):
    """
    Over whole years the worth is the sum of exact fractions, rounded once as asked.
    """
    exact = sum(Fraction(amount) / (1 + rate) ** k for k, amount in enumerate(flows))

    found = worth(
        yearly_flows(flows),
        effective=Rate.from_ratio(rate.numerator, rate.denominator),
        on=TODAY,
        rounding=Rounding.FLOOR,
    )

    # Sixty digits settle the unit unless the exact sum lies within 1e-30 of one.
    assert found.minor in {exact // 1, (exact + Fraction(1, 10**30)) // 1}


@settings(max_examples=25)
@given(rates, dated, st.integers(-3000, 3000))
def test_moving_the_day_compounds(rate, flows, moved):
    """
    What flows are worth some days later is their worth today, grown over those days.
    """
    rate = Rate.from_ratio(rate.numerator, rate.denominator)
    dated_flows = [Flow(TODAY + dt.timedelta(day), cny(amount)) for day, amount in flows]
    later = TODAY + dt.timedelta(moved)

    today, then = (exact_worth(dated_flows, effective=rate, on=on) for on in (TODAY, later))

    grown = Fraction(then) ** 365 / Fraction(today) ** 365
    exact = (1 + rate.fraction) ** moved
    assert abs(grown / exact - 1) < Fraction(1, 10**40)


@settings(max_examples=25)
@given(st.integers(10**4, 10**15), dated)
def test_at_the_effective_rate_the_payments_are_worth_what_was_paid_out(principal, flows):
    """
    The worth of all payments at the loan's effective rate is the amount paid out, to the unit.
    """
    paid_out = Flow(TODAY, cny(principal))
    repaid = [Flow(TODAY + dt.timedelta(day), cny(amount * principal // 10**5)) for day, amount in flows if day]
    assume(sum(flow.amount.minor for flow in repaid) > principal)

    rate = effective_rate(paid_out, repaid)
    assume(rate.fraction < 10**6)

    assert worth(repaid, effective=rate, on=TODAY) == cny(principal)


@settings(max_examples=25)
@given(dated, st.integers(-9000, 9000))
def test_the_rate_does_not_depend_on_the_start(flows, moved):
    """
    Moving all dates by the same days leaves the rate as it is, and so does turning all signs.
    """
    start = TODAY + dt.timedelta(moved)
    amount = sum(amount for _, amount in flows)

    def rate(first, sign):
        loan = [Flow(first, cny(-sign * amount))]
        loan += [Flow(first + dt.timedelta(day + 1), cny(sign * (paid + 1))) for day, paid in flows]
        return balancing_rate(loan)

    assert rate(TODAY, 1) == rate(start, 1) == rate(start, -1)


def test_an_offer_is_worth_less_than_its_sum():
    """
    Twelve monthly payments of 100.00, the first in a month, are worth 1,128.79 at an effective 12 % (act/365).
    """
    offer = [Flow(day, Money("100.00", "CNY")) for day in months_after(TODAY, 12)]

    found = worth(offer, effective=Rate("12%"), on=TODAY)

    assert found == Money("1128.79", "CNY")


def test_a_monthly_rate_compounds_monthly():
    """
    A nominal 12 % over months is 1 % a month, and 12.682503 % a year.
    """
    monthly = rate_per(Rate("12%"), Per.MONTH)

    assert monthly == Rate("1%", per="month")
    assert yearly(monthly, places=8) == Rate("0.12682503")
    assert worth(yearly_flows([0, 1_000_000]), effective=monthly, on=TODAY) == cny(887_449)


def test_another_measure_of_time_is_taken_as_given():
    """
    With years counted as whole calendar years, a leap year discounts like any other.
    """
    flows = [Flow(dt.date(2029, 3, 1), cny(121_000))]

    by_years = worth(flows, effective=Rate("10%"), on=dt.date(2027, 3, 1), years=lambda a, b: Fraction(b.year - a.year))

    assert by_years == cny(100_000)
    assert worth(flows, effective=Rate("10%"), on=dt.date(2027, 3, 1)) < by_years


def test_the_context_of_the_caller_changes_nothing():
    """
    Six digits, rounding up and every trap set leave rate and worth as they are.
    """
    flows = yearly_flows([-1_000_000, 400_000, 400_000, 400_000])

    def figures():
        return balancing_rate(flows), worth(flows, effective=Rate("5%"), on=TODAY)

    expected = figures()
    with decimal.localcontext(
        decimal.Context(prec=6, rounding=decimal.ROUND_UP, traps=[decimal.Inexact, decimal.Rounded])
    ):
        found = figures()

    assert found == expected


@pytest.mark.parametrize(
    ("call", "field"),
    [
        (lambda: worth([], effective=Rate("5%"), on=TODAY), "flows"),
        (lambda: worth(yearly_flows([1]), effective=Rate("-100%"), on=TODAY), "rate"),
        (lambda: worth(yearly_flows([1]), effective=Rate("5%", per="once"), on=TODAY), "rate"),
        (lambda: worth(yearly_flows([1]), effective=Rate("5%"), on=dt.datetime(2026, 1, 1)), "on"),
        (lambda: balancing_rate([]), "flows"),
        (lambda: balancing_rate(yearly_flows([1, 2])), "flows"),
        (lambda: balancing_rate(yearly_flows([-1, 2]), places=99), "places"),
        (lambda: effective_rate(Flow(TODAY, cny(0)), yearly_flows([1])), "paid_out"),
        (lambda: effective_rate(Flow(TODAY, cny(5)), []), "flows"),
        (lambda: rate_per(Rate("1%", per="month"), Per.MONTH), "nominal"),
        (lambda: rate_per(Rate("1%"), Per.ONCE), "per"),
    ],
)
def test_bad_input_is_refused_by_the_name_of_its_field(call, field):
    """
    No flows, flows of one sign, rates without a period and datetimes are refused, each by name.
    """
    with pytest.raises(InvalidValue) as refusal:
        call()

    assert refusal.value.field == field


def test_two_currencies_are_refused():
    """
    Flows of two currencies have no common worth.
    """
    flows = [Flow(TODAY, cny(-5)), Flow(TODAY + dt.timedelta(5), Money("1.00", "KES"))]

    with pytest.raises(CurrencyMismatch):
        balancing_rate(flows)
    with pytest.raises(CurrencyMismatch):
        exact_worth(flows, effective=Rate("5%"), on=TODAY)
