"""
How the law counts days.
"""

from __future__ import annotations

import calendar
import datetime as dt
import pickle
import zoneinfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from overdue_visit.business_calendar import BusinessCalendar, Roll, corresponding_day
from overdue_visit.errors import InvalidValue
from overdue_visit.limitation import AFTER, BEGINNING_WITH, CIVIL_CODE, Counting, Unit, end_of

D = dt.date
ONE = dt.timedelta(days=1)
DAYS = st.dates(D(1990, 1, 1), D(2100, 12, 31))
WEEKENDS = BusinessCalendar()


def by_hand(first: dt.date, length: int) -> dt.date:
    """
    Count days one by one, the first being day one.
    """
    day, number = first, 1
    while number < length:
        day, number = day + ONE, number + 1
    return day


def month_by_hand(event: dt.date, months: int) -> dt.date:
    """
    Walk day by day into the month in which the period ends, up to the corresponding day or the month's end.
    """
    day, month, passed = event, event.month, 0
    while passed < months:
        day += ONE
        passed, month = (passed + 1, day.month) if day.month != month else (passed, month)
    while day.day < event.day and (day + ONE).month == day.month:
        day += ONE
    return day


@settings(max_examples=40)
@given(event=DAYS, length=st.integers(1, 400))
def test_days_agree_with_a_count_by_hand(event, length):
    """
    Counting one by one finds the same last day, whether the first day counts or not.
    """
    assert AFTER.last_day(event, length) == by_hand(event + ONE, length)
    assert BEGINNING_WITH.last_day(event, length) == by_hand(event, length)


@settings(max_examples=40)
@given(event=DAYS, months=st.integers(1, 30))
def test_months_agree_with_a_walk_by_hand(event, months):
    """
    Walking into the month of the end and up to the corresponding day finds the same last day.
    """
    assert AFTER.last_day(event, months, Unit.MONTHS) == month_by_hand(event, months)


@settings(max_examples=40)
@given(event=DAYS, months=st.integers(1, 240))
def test_a_month_ends_on_the_corresponding_day_or_its_last(event, months):
    """
    The last day has the event's day of the month, or is the month's last and that has no such day (art. 202).
    """
    last = AFTER.last_day(event, months, Unit.MONTHS)

    end_of_month = calendar.monthrange(last.year, last.month)[1]
    assert last.day == min(event.day, end_of_month)
    assert (last.year * 12 + last.month) - (event.year * 12 + event.month) == months


@settings(max_examples=40)
@given(event=DAYS, years=st.integers(1, 50))
def test_a_year_is_twelve_months(event, years):
    """
    Years are counted as their months.
    """
    assert AFTER.last_day(event, years, Unit.YEARS) == AFTER.last_day(event, 12 * years, Unit.MONTHS)


@settings(max_examples=40)
@given(one=DAYS, other=DAYS, length=st.integers(1, 40), unit=st.sampled_from(Unit))
def test_a_later_event_never_ends_sooner(one, other, length, unit):
    """
    Counting keeps the order of events.
    """
    earlier, later = sorted((one, other))
    for counting in (AFTER, BEGINNING_WITH, CIVIL_CODE):
        first = counting.last_day(earlier, length, unit, calendar=WEEKENDS)
        assert first <= counting.last_day(later, length, unit, calendar=WEEKENDS)


@pytest.mark.parametrize(
    ("event", "last"),
    [
        (D(2026, 1, 31), D(2026, 2, 28)),
        (D(2024, 1, 31), D(2024, 2, 29)),
        (D(2026, 3, 31), D(2026, 4, 30)),
        (D(2026, 12, 31), D(2027, 1, 31)),
        (D(2026, 2, 28), D(2026, 3, 28)),
    ],
)
def test_the_end_of_a_month(event, last):
    """
    A month from the 31st ends on the last day of a shorter month.
    """
    assert AFTER.last_day(event, 1, "months") == last


def test_a_month_that_begins_with_the_first_ends_with_the_month():
    """
    A period of one month beginning with September 1 is September.
    """
    assert BEGINNING_WITH.last_day(D(2026, 9, 1), 1, Unit.MONTHS) == D(2026, 9, 30)


def test_a_last_day_of_rest_moves_to_the_next_working_day():
    """
    Three years from May 31, 2023 end on Monday, June 1, 2026 (art. 203); with worked weekends, on the day itself.
    """
    worked = BusinessCalendar(workdays=frozenset({D(2026, 5, 31)}))

    assert CIVIL_CODE.last_day(D(2023, 5, 31), 3, Unit.YEARS, calendar=WEEKENDS) == D(2026, 6, 1)
    assert CIVIL_CODE.last_day(D(2023, 5, 31), 3, Unit.YEARS, calendar=worked) == D(2026, 5, 31)
    assert AFTER.last_day(D(2023, 5, 31), 3, Unit.YEARS, calendar=WEEKENDS) == D(2026, 5, 31)


def test_a_day_ends_at_midnight_or_when_the_counter_closes():
    """
    The last day is over at 24:00 of its place, or at the end of business hours (art. 203).
    """
    shanghai = zoneinfo.ZoneInfo("Asia/Shanghai")

    assert end_of(D(2026, 3, 17), shanghai) == dt.datetime(2026, 3, 17, 16, tzinfo=dt.UTC)
    assert end_of(D(2026, 3, 17), shanghai, closes=dt.time(17)) == dt.datetime(2026, 3, 17, 9, tzinfo=dt.UTC)


def test_the_named_ways_of_counting_are_what_they_are_called():
    """
    The Civil Code does not count the first day and moves a day of rest; the others move nothing.
    """
    assert Counting(name="civil_code", first_day_counts=False, rest_days=Roll.FOLLOWING) == CIVIL_CODE
    assert Counting(name="after") == AFTER
    assert Counting(name="beginning_with", first_day_counts=True) == BEGINNING_WITH
    assert pickle.loads(pickle.dumps(CIVIL_CODE)) == CIVIL_CODE


@pytest.mark.parametrize(
    ("event", "length", "unit"),
    [
        (dt.datetime(2026, 1, 1), 1, "days"),
        ("2026-01-01", 1, "days"),
        (D(2026, 1, 1), 0, "days"),
        (D(2026, 1, 1), -1, "days"),
        (D(2026, 1, 1), True, "days"),
        (D(2026, 1, 1), 1.0, "days"),
        (D(2026, 1, 1), 10**9, "days"),
        (D(2026, 1, 1), 1, "weeks"),
        (D(9999, 12, 31), 1, "days"),
        (D(9999, 12, 31), 1, "years"),
    ],
)
def test_periods_that_make_no_sense_are_refused(event, length, unit):
    """
    Datetimes, lengths below one, unknown units and ends beyond the year 9999 are refused.
    """
    with pytest.raises(InvalidValue):
        AFTER.last_day(event, length, unit)


def test_a_corresponding_day_outside_the_calendar_overflows():
    """
    No month lies before the year 1.
    """
    with pytest.raises(OverflowError):
        corresponding_day(D(1, 3, 31), -6)
