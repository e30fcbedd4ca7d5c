import datetime as dt
import decimal
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from overdue_visit.business_calendar import corresponding_day
from overdue_visit.errors import InvalidValue
from overdue_visit.money import CurrencyMismatch, Money, Rounding
from overdue_visit.rate import Rate
from overdue_visit.repayment import uk_rebate
from overdue_visit.repayment.day_count_thirty import THIRTY_360
from overdue_visit.repayment.level import level
from overdue_visit.repayment.periods import months_after
from overdue_visit.repayment.settlement_figure import Accrual, InterestUntil, figure, of_schedule
from overdue_visit.repayment.terms import Terms

FEBRUARY, MARCH = dt.date(2024, 2, 1), dt.date(2024, 3, 1)
RATE = Rate("7%")


def eur(text):
    """
    Take euros.
    """
    return Money(text, "EUR")


def test_interest_runs_to_the_settlement_date():
    """
    83.57 at 7 % settled 14 days into February 2024 bears 0.24, and 83.81 settles it (an Apache Fineract scenario).
    """
    accrual = Accrual(rate=RATE, rounding=Rounding.HALF_EVEN)

    found = figure(eur("83.57"), start=FEBRUARY, end=MARCH, on=dt.date(2024, 2, 15), accrual=accrual)

    assert (found.interest, found.total) == (eur("0.24"), eur("83.81"))


def test_interest_runs_to_the_end_of_the_period_where_agreed():
    """
    With interest to the end of the period the whole month of 0.49 is due on any day in it.
    """
    accrual = Accrual(rate=RATE, until="end_of_period")

    found = [
        figure(eur("83.57"), start=FEBRUARY, end=MARCH, on=day, accrual=accrual).interest
        for day in (FEBRUARY, dt.date(2024, 2, 15), MARCH)
    ]

    assert found == [eur("0.49")] * 3


def test_a_measure_of_time_is_taken_as_given():
    """
    With a day count, interest is rate times its years from the start to the day.
    """
    accrual = Accrual(rate=RATE, years=lambda a, b: Fraction((b - a).days, 360))

    found = figure(eur("1000.00"), start=FEBRUARY, end=MARCH, on=dt.date(2024, 2, 19), accrual=accrual)

    assert found.interest == eur("3.50")


@settings(max_examples=30)
@given(st.integers(0, 10**12), st.integers(0, 3650), st.integers(0, 29), st.sampled_from(["year", "month", "day"]))
def test_interest_is_one_rounding_of_an_exact_fraction(balance, basis_points, days, per):
    """
    Interest is balance times rate times the share of the period, rounded once.
    """
    rate = Rate.from_ratio(basis_points, 10**4, per=per)
    on = FEBRUARY + dt.timedelta(days)
    per_year = {"year": 1, "month": 12, "day": 365}[per]

    found = Accrual(rate=rate).interest(Money.from_minor(balance, "EUR"), start=FEBRUARY, end=MARCH, on=on)

    exact = balance * rate.fraction * per_year * Fraction(1, 12) * Fraction(days, 29)
    assert found.minor == int(exact + Fraction(1, 2))


def plan(principal, months, rate="6%"):
    """
    A level schedule of monthly payments.
    """
    drawn = dt.date(2026, 1, 15)
    return level(
        Terms(
            principal=Money.from_minor(principal, "CNY"),
            rate=Rate(rate),
            drawn=drawn,
            dues=months_after(drawn, months),
        )
    )


ACCRUAL = Accrual(rate=Rate("6%"), years=THIRTY_360.fraction)


@settings(max_examples=40)
@given(st.integers(10**6, 10**10), st.integers(1, 60))
def test_on_each_due_date_the_row_and_what_is_left_are_due(principal, months):
    """
    On a due date the figure is that row's payment and the balance after it; on the last, the last payment.
    """
    schedule = plan(principal, months)

    figures = [of_schedule(schedule, on=row.due, accrual=ACCRUAL).total for row in schedule.rows]

    assert figures == [row.payment + row.balance for row in schedule.rows]
    assert figures[-1] == schedule.rows[-1].payment


@settings(max_examples=40)
@given(st.integers(10**6, 10**10), st.integers(1, 60))
def test_just_after_each_payment_the_figure_never_rises(principal, months):
    """
    Right after each payment the figure is the balance, lower each time, and nothing at the end.
    """
    schedule = plan(principal, months)

    figures = [of_schedule(schedule, on=row.due, accrual=ACCRUAL, paid_rows=row.number).total for row in schedule.rows]

    assert figures == [row.balance for row in schedule.rows]
    assert figures == sorted(figures, reverse=True)
    assert not figures[-1]


@settings(max_examples=40)
@given(st.integers(10**6, 10**10), st.integers(0, 360))
def test_within_a_period_the_figure_grows_by_interest_only(principal, day):
    """
    The figure is the balance after the rows before the day, and interest since.
    """
    schedule = plan(principal, 12)
    on = schedule.drawn + dt.timedelta(day)

    found = of_schedule(schedule, on=on, accrual=ACCRUAL)

    paid = [row for row in schedule.rows if row.due < on]
    assert found.balance == (paid[-1].balance if paid else schedule.opening)
    assert found.total == found.balance + found.interest
    assert found.interest.minor >= 0


def test_after_the_last_payment_nothing_settles_it():
    """
    A schedule that is paid to its end needs nothing more.
    """
    schedule = plan(10**6, 3)

    found = of_schedule(schedule, on=schedule.last_due + dt.timedelta(9), accrual=ACCRUAL)

    assert not found.total


@pytest.mark.parametrize(
    ("call", "field"),
    [
        (lambda: figure(eur("-1.00"), start=FEBRUARY, end=MARCH, on=MARCH, accrual=ACCRUAL), "balance"),
        (lambda: figure(eur("1.00"), start=MARCH, end=MARCH, on=MARCH, accrual=ACCRUAL), "end"),
        (lambda: figure(eur("1.00"), start=FEBRUARY, end=MARCH, on=dt.date(2024, 3, 2), accrual=ACCRUAL), "on"),
        (lambda: Accrual(rate=Rate("-1%")), "rate"),
        (lambda: Accrual(rate=Rate("1%", per="once")), "rate"),
        (lambda: Accrual(rate=RATE, until="tomorrow"), "until"),
        (lambda: of_schedule(plan(10**6, 3), on=dt.date(2026, 1, 20), accrual=ACCRUAL, paid_rows=4), "paid_rows"),
        (lambda: of_schedule(plan(10**6, 3), on=dt.date(2026, 1, 20), accrual=ACCRUAL, paid_rows=2), "on"),
        (lambda: of_schedule(plan(10**6, 3), on=dt.date(2026, 1, 1), accrual=ACCRUAL), "on"),
        (lambda: of_schedule(plan(10**6, 3), on=dt.date(2026, 1, 20), accrual=ACCRUAL, paid_rows=3), "on"),
    ],
)
def test_bad_input_is_refused_by_the_name_of_its_field(call, field):
    """
    Negative balances, days outside the period and unknown words are refused, each by name.
    """
    with pytest.raises(InvalidValue) as refusal:
        call()

    assert refusal.value.field == field


def test_until_is_read_from_its_word():
    """
    The end of interest may be given as a word.
    """
    assert Accrual(rate=RATE, until="settlement_date").until is InterestUntil.SETTLEMENT_DATE


@pytest.mark.parametrize(
    ("terms", "apr", "after", "rebate"),
    [
        (("5000.00", "134.57", 48), "14%", Fraction(12), "860.52"),
        (("5000.00", "134.57", 48), "14%", 12 + Fraction(28, 31), "821.03"),
        (("5000.00", "134.57", 48), "14%", 13 + Fraction(28, 30), "776.90"),
        (("10000.00", "139.51", 180), "16%", 73, "6702.45"),
        (("10000.00", "139.51", 180), "16%", 73 + Fraction(28, 30), "6606.95"),
    ],
)
def test_the_examples_of_the_british_regulations(terms, apr, after, rebate):
    """
    The worked examples of the Consumer Credit (Early Settlement) Regulations 2004 give their rebates.
    """
    advance, instalment, count = terms

    found = uk_rebate.settlement(Money(advance, "GBP"), [Money(instalment, "GBP")] * count, apr=Rate(apr), after=after)

    assert found.rebate == Money(rebate, "GBP")
    assert found.figure + found.rebate == found.remaining


gbp = st.integers(1, 10**8).map(lambda minor: Money.from_minor(minor, "GBP"))


@settings(max_examples=25)
@given(gbp, st.lists(gbp, min_size=1, max_size=24), st.integers(0, 4000), st.integers(0, 24), st.integers(0, 30))
def test_the_rebate_lies_between_nothing_and_what_remains(advance, instalments, basis_points, periods, days):
    """
    Whatever the figures, the rebate is never negative, never more than what remains, and nothing at the end.
    """
    apr, after = Rate.from_ratio(basis_points, 10**4), periods + Fraction(days, 31)

    found = uk_rebate.settlement(advance, instalments, apr=apr, after=after)

    assert 0 <= found.rebate.minor <= found.remaining.minor
    assert found.figure + found.rebate == found.remaining
    assert after < len(instalments) or not found.rebate


@settings(max_examples=25)
@given(st.integers(10**4, 10**8), st.lists(st.integers(1, 10**6), min_size=2, max_size=24), st.integers(0, 4000))
def test_the_figure_is_the_exact_formula_to_the_rounding_of_its_terms(advance, instalments, basis_points):
    """
    The figure is sum A (1 + r)^a less sum B (1 + r)^b with exact fractions, to half a hundredth for each term.
    """
    after = len(instalments) // 2
    found = uk_rebate.settlement(
        Money.from_minor(advance, "GBP"),
        [Money.from_minor(amount, "GBP") for amount in instalments],
        apr=Rate.from_ratio(basis_points, 10**4),
        after=after,
    )

    growth = 1 + Fraction(found.periodic_rate)
    paid = instalments[:after]
    exact = advance * growth**after - sum(b * growth ** (after - k) for k, b in enumerate(paid, start=1))
    bounded = min(max(exact, 0), found.remaining.minor)
    assert abs(found.figure.minor - bounded) <= Fraction(1, 2) + Fraction(after + 1, 200)
    assert abs(growth**12 - (1 + Fraction(basis_points, 10**4))) < Fraction(1, 10**4)


def test_the_periodic_rate_has_six_decimals():
    """
    14 % a year is 0.010979 a month.
    """
    found = uk_rebate.settlement(Money("100.00", "GBP"), [Money("101.00", "GBP")], apr=Rate("14%"), after=0)

    assert found.periodic_rate == Decimal("0.010979")


def test_the_context_of_the_caller_changes_nothing():
    """
    Six digits, rounding up and every trap set leave the rebate as it is.
    """

    def settle():
        instalments = [Money("134.57", "GBP")] * 48
        return uk_rebate.settlement(Money("5000.00", "GBP"), instalments, apr=Rate("14%"), after=Fraction(77, 6))

    expected = settle()
    hostile = decimal.Context(prec=6, rounding=decimal.ROUND_UP, traps=[decimal.Inexact, decimal.Rounded])
    with decimal.localcontext(hostile):
        found = settle()

    assert found == expected


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"advance": Money("0.00", "GBP")}, "advance"),
        ({"instalments": []}, "instalments"),
        ({"instalments": [Money("-1.00", "GBP")]}, "instalments"),
        ({"apr": Rate("1%", per="month")}, "apr"),
        ({"apr": Rate("-1%")}, "apr"),
        ({"after": 1.5}, "after"),
        ({"after": -1}, "after"),
        ({"periods_a_year": 0}, "periods_a_year"),
    ],
)
def test_bad_terms_are_refused_by_the_name_of_their_field(change, field):
    """
    Advances and counts that are not positive, rates of other periods and floats are refused, each by name.
    """
    terms = {"advance": Money("5.00", "GBP"), "instalments": [Money("6.00", "GBP")], "apr": Rate("9%"), "after": 0}
    terms |= change

    with pytest.raises(InvalidValue) as refusal:
        uk_rebate.settlement(terms.pop("advance"), terms.pop("instalments"), **terms)

    assert refusal.value.field == field


def test_one_currency_settles():
    """
    Instalments in another currency are refused.
    """
    with pytest.raises(CurrencyMismatch):
        uk_rebate.settlement(Money("5.00", "GBP"), [eur("6.00")], apr=Rate("9%"), after=0)


def test_whole_months_follow_the_calendar():
    """
    A month before the last of March is the last of February.
    """
    assert corresponding_day(dt.date(2024, 3, 31), -1) == dt.date(2024, 2, 29)
