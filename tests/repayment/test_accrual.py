"""
Simple interest by days, exact until it is charged.
"""

import datetime as dt
import decimal
import pickle
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from overdue_visit.errors import InvalidValue
from overdue_visit.money import CurrencyMismatch, Money, Rounding
from overdue_visit.rate import Per, Rate
from overdue_visit.repayment.accrual import Accrued, accrue, accrue_between, postings
from overdue_visit.repayment.day_count_names import named

amounts = st.integers(0, 10**15).map(lambda minor: Money.from_minor(minor, "CNY"))
rates = st.builds(
    Rate.from_ratio, st.integers(0, 4_000), st.just(10_000), st.sampled_from([Per.YEAR, Per.MONTH, Per.DAY])
)
years = st.sampled_from([360, 365, 366])
roundings = st.sampled_from(list(Rounding))


def exact(accrued):
    """
    Return accrued interest as a fraction of minor units.
    """
    return Fraction(accrued.numerator, accrued.denominator)


def test_thirty_days_of_a_million_at_thirteen_and_a_half_percent():
    """
    1,000,000 at 13.5 % for 30 days of a year of 365 is 11,095.89 (frappe/lending's own comment).
    """
    accrued = accrue(Money("1000000", "INR"), Rate("13.5%"), days=30, year_days=365)

    assert accrued.rounded() == Money("11095.89", "INR")


def test_a_monthly_rate_is_a_twelfth_of_the_year_and_a_daily_one_needs_no_year():
    """
    1 % a month for 30 days of a year of 360 is 1 %, and 0.05 % a day for 30 days is 1.5 %.
    """
    base = Money("1000", "CNY")

    assert accrue(base, Rate("1%", "month"), days=30, year_days=360).rounded() == Money("10", "CNY")
    assert accrue(base, Rate("0.05%", "day"), days=30, year_days=360).rounded() == Money("15", "CNY")


@given(base=amounts, rate=rates, days=st.integers(0, 4_000), year=years, cut=st.integers(0, 4_000))
def test_interest_split_at_any_day_is_the_same_interest(base, rate, days, year, cut):
    """
    What accrues to a day and from it on adds up exactly to what accrues in one piece.
    """
    first = min(cut, days)

    parts = accrue(base, rate, days=first, year_days=year) + accrue(base, rate, days=days - first, year_days=year)

    assert parts == accrue(base, rate, days=days, year_days=year)


@given(base=amounts, rate=rates, days=st.integers(0, 4_000), year=years)
def test_interest_is_the_exact_product(base, rate, days, year):
    """
    Interest is base x rate x days / days of the year, as fractions have it.
    """
    yearly = {Per.YEAR: Fraction(1, year), Per.MONTH: Fraction(12, year), Per.DAY: Fraction(1)}

    assert exact(accrue(base, rate, days=days, year_days=year)) == base.minor * rate.fraction * yearly[rate.per] * days


@given(base=amounts, rate=rates, days=st.integers(1, 1_000), cut=st.integers(0, 1_000), rounding=roundings)
def test_rounding_at_a_split_shifts_at_most_one_unit(base, rate, days, cut, rounding):
    """
    Interest rounded in two parts differs from interest rounded once by at most one minor unit.
    """
    first = min(cut, days)
    parts = [accrue(base, rate, days=n).rounded(rounding) for n in (first, days - first)]

    assert abs((parts[0] + parts[1] - accrue(base, rate, days=days).rounded(rounding)).minor) <= 1


@given(base=amounts, rate=rates, parts=st.lists(st.integers(0, 40), min_size=1, max_size=20), rounding=roundings)
def test_daily_bookings_add_up_to_the_whole_rounded_once(base, rate, parts, rounding):
    """
    After each part, what was booked so far is the exact interest so far, rounded once.
    """
    booked = postings((accrue(base, rate, days=days) for days in parts), rounding=rounding)

    for count in range(1, len(parts) + 1):
        whole = accrue(base, rate, days=sum(parts[:count])).rounded(rounding)
        assert Money.total(booked[:count], "CNY") == whole


def test_bookings_carry_what_a_day_does_not_fill():
    """
    Ten days of 0.4 minor units book 4 of them, not none.
    """
    daily = accrue(Money("1.00", "CNY"), Rate("0.4%", "day"), days=1)

    assert sum(each.minor for each in postings([daily] * 10)) == 4


def test_nothing_accrued_books_nothing():
    """
    No parts make no bookings.
    """
    assert postings([]) == ()


def test_interest_between_dates_follows_the_day_count():
    """
    From 31 January to 28 February are 28 of 30/360's days, and 28 of 365 days by act/365F.
    """
    base, rate = Money("36500", "CNY"), Rate("10%")
    start, end = dt.date(2026, 1, 31), dt.date(2026, 2, 28)

    by_days = accrue_between(base, rate, start, end, day_count=named("act/365F"))
    daily = accrue_between(base, Rate("0.01%", "day"), start, end, day_count=named("act/365F"))
    monthly = accrue_between(base, Rate("1%", "month"), start, end, day_count=named("act/360"))

    assert by_days.rounded() == Money("280", "CNY")
    assert daily.rounded() == Money("102.20", "CNY")
    assert exact(monthly) == Fraction(3_650_000 * 12 * 28, 100 * 360)


def test_the_callers_decimal_context_changes_nothing():
    """
    With a precision of four digits around it, interest is the same.
    """
    base = Money("98765432109.87", "CNY")
    with decimal.localcontext(prec=4, rounding=decimal.ROUND_UP):
        inside = accrue(base, Rate("3.95%"), days=31).rounded()

    assert inside == accrue(base, Rate("3.95%"), days=31).rounded()


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"base": Money("-1", "CNY")}, "base"),
        ({"base": 100.0}, "base"),
        ({"rate": Rate("-1%")}, "rate"),
        ({"rate": Rate("1%", "once")}, "rate"),
        ({"rate": "5%"}, "rate"),
        ({"days": -1}, "days"),
        ({"days": True}, "days"),
        ({"days": 1.5}, "days"),
        ({"year_days": 0}, "year_days"),
        ({"year_days": 252}, "year_days"),
    ],
)
def test_bad_values_are_named(wrong, field):
    """
    A malformed value is refused by its name.
    """
    good = {"base": Money("1", "CNY"), "rate": Rate("5%"), "days": 1} | wrong
    with pytest.raises(InvalidValue) as refusal:
        accrue(good.pop("base"), good.pop("rate"), **good)

    assert refusal.value.field == field


def test_a_span_that_ends_before_it_starts_is_refused():
    """
    Interest between dates wants the later date last.
    """
    with pytest.raises(InvalidValue, match="end"):
        accrue_between(
            Money("1", "CNY"), Rate("5%"), dt.date(2026, 2, 1), dt.date(2026, 1, 1), day_count=named("act/360")
        )


def test_accrued_interest_is_a_value():
    """
    Equal ratios are equal, survive pickling, refuse malformed numbers and never mix currencies.
    """
    accrued = Accrued(2, 4, "CNY")

    assert accrued == Accrued(1, 2, "CNY") == pickle.loads(pickle.dumps(accrued))
    assert Accrued.none("CNY") + accrued == accrued
    for wrong in ((1.0, 2, "CNY"), (1, 0, "CNY"), (1, 2, "cny")):
        with pytest.raises(InvalidValue):
            Accrued(*wrong)
    with pytest.raises(CurrencyMismatch):
        accrued + Accrued(1, 2, "USD")
    with pytest.raises(InvalidValue):
        accrued + 1


@settings(max_examples=25)
@given(base=amounts)
def test_postings_refuse_a_second_currency(base):
    """
    Interest of two currencies is never booked together.
    """
    with pytest.raises(CurrencyMismatch):
        postings([accrue(base, Rate("1%"), days=1), accrue(Money("1", "USD"), Rate("1%"), days=1)])
