import datetime as dt
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from overdue_visit.business_calendar import corresponding_day
from overdue_visit.errors import InvalidValue
from overdue_visit.repayment import unit_period
from overdue_visit.repayment.unit_period import Unit, UnitPeriod
from overdue_visit.repayment.whole_months import months_and_days

START = dt.date(2026, 1, 10)
days = st.dates(dt.date(1990, 1, 1), dt.date(2090, 12, 31))


def stepped(first, count, *, weeks=0, days=0):
    """
    Dates at equal distances.
    """
    return [first + k * dt.timedelta(days=days, weeks=weeks) for k in range(count)]


@pytest.mark.parametrize(
    ("dates", "unit"),
    [
        ([START, *(corresponding_day(START, k) for k in range(1, 25))], UnitPeriod(Unit.MONTH)),
        ([START, *(corresponding_day(START, 3 * k) for k in range(1, 5))], UnitPeriod(Unit.MONTH, 3)),
        ([START, *(corresponding_day(START, 12 * k) for k in range(1, 5))], UnitPeriod(Unit.YEAR)),
        ([START, *stepped(START + dt.timedelta(3), 20, weeks=1)], UnitPeriod(Unit.WEEK)),
        ([START, *stepped(START + dt.timedelta(3), 20, weeks=2)], UnitPeriod(Unit.WEEK, 2)),
        ([START, *stepped(START + dt.timedelta(35), 5, days=1)], UnitPeriod(Unit.DAY)),
        ([START, *(dt.date(2026, m, d) for m in (2, 3, 4) for d in (1, 16))], UnitPeriod(Unit.HALF_MONTH)),
        ([dt.date(2026, 1, 31), dt.date(2026, 2, 28), dt.date(2026, 3, 31)], UnitPeriod(Unit.MONTH)),
    ],
)
def test_the_period_that_occurs_most_often_is_the_unit(dates, unit):
    """
    Months, weeks, days and half months are recognised from dates (Regulation Z, Appendix J (b)(4)(i)).
    """
    assert unit_period.find(dates) == unit


def test_the_shorter_of_two_equally_frequent_periods_is_the_unit():
    """
    Two weeks twice and a month twice make two weeks the unit (Appendix J (b)(4)(i)(A)).
    """
    dates = [
        dt.date(2026, 1, 1),
        dt.date(2026, 1, 15),
        dt.date(2026, 1, 29),
        dt.date(2026, 3, 29),
        dt.date(2026, 4, 29),
    ]
    dates += [dt.date(2026, 5, 29)]

    assert unit_period.find(dates) == UnitPeriod(Unit.WEEK, 2)


def test_without_a_common_period_the_average_counts():
    """
    Periods of 28 and 36 days average 32, nearest to a month (Appendix J (b)(4)(ii)).
    """
    dates = [dt.date(2024, 1, 1), dt.date(2024, 1, 29), dt.date(2024, 3, 5)]

    assert unit_period.find(dates) == UnitPeriod(Unit.MONTH)


@pytest.mark.parametrize(
    ("end", "unit", "per_year"),
    [
        (dt.date(2026, 9, 22), UnitPeriod(Unit.TERM, 255), Fraction(365, 255)),
        (dt.date(2026, 7, 10), UnitPeriod(Unit.MONTH, 6), Fraction(2)),
        (dt.date(2027, 1, 10), UnitPeriod(Unit.YEAR), Fraction(1)),
        (dt.date(2028, 1, 10), UnitPeriod(Unit.YEAR), Fraction(1)),
    ],
)
def test_a_single_payment_has_its_term_as_unit(end, unit, per_year):
    """
    One advance and one payment have the term as unit-period, at most a year (Appendix J (b)(4)(iii), (b)(5)(vi)).
    """
    found = unit_period.find([START, end])

    assert (found, found.per_year) == (unit, per_year)


@pytest.mark.parametrize(
    ("unit", "start", "end", "count"),
    [
        (UnitPeriod(Unit.MONTH), dt.date(1978, 2, 10), dt.date(1978, 4, 1), (1, Fraction(19, 30))),
        (UnitPeriod(Unit.HALF_MONTH), dt.date(1978, 2, 23), dt.date(1978, 3, 1), (0, Fraction(6, 15))),
        (UnitPeriod(Unit.MONTH, 3), dt.date(1978, 5, 23), dt.date(1978, 10, 1), (1, Fraction(39, 90))),
        (UnitPeriod(Unit.WEEK), dt.date(1978, 3, 20), dt.date(1978, 4, 21), (4, Fraction(4, 7))),
        (UnitPeriod(Unit.WEEK, 2), dt.date(1978, 4, 3), dt.date(1978, 4, 11), (0, Fraction(8, 14))),
        (UnitPeriod(Unit.DAY), dt.date(2023, 10, 26), dt.date(2023, 11, 30), (35, Fraction(0))),
        (UnitPeriod(Unit.YEAR), dt.date(2023, 10, 26), dt.date(2023, 11, 30), (0, Fraction(35, 365))),
        (UnitPeriod(Unit.YEAR), dt.date(2023, 10, 26), dt.date(2025, 4, 26), (1, Fraction(6, 12))),
        (UnitPeriod(Unit.YEAR), dt.date(2023, 10, 26), dt.date(2025, 12, 26), (2, Fraction(2, 12))),
    ],
)
def test_time_is_counted_as_in_the_examples(unit, start, end, count):
    """
    Full unit-periods are counted back from the later date, odd days forward from the earlier (Appendix J (b)(5)).
    """
    assert unit.count(start, end) == count


@settings(max_examples=40)
@given(days, days)
def test_months_and_days_lead_back_to_the_start(one, other):
    """
    From the end back by the months, then by the days, is the start; there are never more days than a month has.
    """
    start, end = sorted((one, other))

    months, odd = months_and_days(start, end)

    assert 0 <= odd <= 31
    assert months >= 0
    if odd:
        assert corresponding_day(end, -months) - dt.timedelta(odd) == start


@settings(max_examples=40)
@given(days, st.integers(0, 600))
def test_whole_months_are_counted_as_such(start, months):
    """
    A date so many months on, clamped to the end of its month, is exactly so many months away.
    """
    assert months_and_days(start, corresponding_day(start, months)) == (months, 0)


@settings(max_examples=40)
@given(days, st.integers(0, 4000), st.sampled_from(list(Unit)), st.data())
def test_the_fraction_is_less_than_one(start, length, unit, data):
    """
    Every count leaves a fraction of at least 0 and less than 1 of a unit-period.
    """
    many = data.draw(st.integers(1, {Unit.WEEK: 52, Unit.MONTH: 11, Unit.TERM: 365}.get(unit, 1)))

    full, fraction = UnitPeriod(unit, many).count(start, start + dt.timedelta(length))

    assert full >= 0
    assert 0 <= fraction < 1


@pytest.mark.parametrize(
    ("call", "field"),
    [
        (lambda: UnitPeriod("month"), "unit"),
        (lambda: UnitPeriod(Unit.MONTH, 12), "many"),
        (lambda: UnitPeriod(Unit.WEEK, 53), "many"),
        (lambda: UnitPeriod(Unit.DAY, 0), "many"),
        (lambda: UnitPeriod(Unit.WEEK, True), "many"),
        (lambda: UnitPeriod(Unit.MONTH).count(START, START - dt.timedelta(1)), "end"),
        (lambda: unit_period.find([START]), "dates"),
        (lambda: unit_period.find([START, START]), "dates"),
    ],
)
def test_bad_input_is_refused_by_the_name_of_its_field(call, field):
    """
    Unit-periods beyond a year and dates out of order are refused, each by name.
    """
    with pytest.raises(InvalidValue) as refusal:
        call()

    assert refusal.value.field == field
