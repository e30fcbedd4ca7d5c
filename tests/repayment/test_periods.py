"""
When payments fall due.
"""

from __future__ import annotations

import calendar
import datetime as dt
import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from overdue_visit.business_calendar import BusinessCalendar, Roll
from overdue_visit.errors import InvalidValue
from overdue_visit.repayment import periods
from overdue_visit.repayment.periods import MissingDay

DAYS = st.dates(dt.date(1980, 1, 1), dt.date(2400, 12, 31))
CYCLE = dt.timedelta(days=146_097)


def day(text: str) -> dt.date:
    """
    Read a date.
    """
    return dt.date.fromisoformat(text)


def test_a_month_without_the_day_has_its_last_day_instead():
    """
    From 31 January on, dues are 28 February, 31 March, 30 April: clamped, never drifting (Fineract's month-end cases).
    """
    dues = periods.months_after(dt.date(2025, 1, 31), 3)

    assert dues == (dt.date(2025, 2, 28), dt.date(2025, 3, 31), dt.date(2025, 4, 30))


def test_a_month_without_the_day_may_hand_it_on_to_the_first_of_the_next():
    """
    Rolled instead of clamped, the same dues are 1 March, 31 March, 1 May.
    """
    dues = periods.months_after(dt.date(2025, 1, 31), 3, missing=MissingDay.NEXT_FIRST)

    assert dues == (dt.date(2025, 3, 1), dt.date(2025, 3, 31), dt.date(2025, 5, 1))


def test_a_month_end_may_be_kept():
    """
    From 30 September with the month's end kept, dues are 30 September, 31 October, 30 November.
    """
    kept = periods.monthly(dt.date(2022, 9, 30), 3, month_end=True)
    after = periods.months_after(dt.date(2022, 9, 30), 2, month_end=True)

    assert kept == (dt.date(2022, 9, 30), dt.date(2022, 10, 31), dt.date(2022, 11, 30))
    assert after == kept[1:]
    assert periods.monthly(dt.date(2022, 9, 29), 2, month_end=True)[1] == dt.date(2022, 10, 29)


def test_a_first_date_that_is_clamped_or_rolled_keeps_its_anchor():
    """
    28 February anchored on the 31st goes on to 31 March, and so does 1 March that was rolled from February.
    """
    clamped = periods.monthly(dt.date(2025, 2, 28), 2, anchor=31)
    rolled = periods.monthly(dt.date(2025, 3, 1), 2, anchor=31, missing=MissingDay.NEXT_FIRST)

    assert clamped == (dt.date(2025, 2, 28), dt.date(2025, 3, 31))
    assert rolled == (dt.date(2025, 3, 1), dt.date(2025, 3, 31))


@settings(max_examples=40)
@given(DAYS, st.integers(1, 120), st.integers(1, 13))
def test_dues_rise_and_fall_on_the_anchor_or_the_last_day(start, count, every):
    """
    Due dates rise, each on min(anchor, length of its month), *every* months apart, however many there are.
    """
    dues = periods.months_after(start, count, every=every)

    assert len(dues) == count
    assert all(a < b for a, b in itertools.pairwise((start, *dues)))
    assert all(due.day == min(start.day, calendar.monthrange(due.year, due.month)[1]) for due in dues)
    months = [12 * due.year + due.month for due in (start, *dues)]
    assert {b - a for a, b in itertools.pairwise(months)} == {every}


@settings(max_examples=40)
@given(DAYS, st.integers(1, 60), st.integers(1, 12), st.sampled_from(MissingDay))
def test_later_dues_do_not_depend_on_where_the_list_begins(start, count, every, missing):
    """
    A longer list begins with the shorter one, and the calendar's 400 years change nothing but the dates.
    """
    dues = periods.months_after(start, count + 5, every=every, missing=missing)

    assert dues[:count] == periods.months_after(start, count, every=every, missing=missing)
    moved = periods.months_after(start + CYCLE, count, every=every, missing=missing)
    assert moved == tuple(due + CYCLE for due in dues[:count])


@settings(max_examples=40)
@given(DAYS, st.integers(1, 60), st.booleans())
def test_the_first_date_is_the_first_date(first, count, month_end):
    """
    Monthly dues begin on the date given, whether or not the month's end is kept.
    """
    assert periods.monthly(first, count, month_end=month_end)[0] == first


@settings(max_examples=40)
@given(DAYS, st.integers(2, 60), st.integers(0, 58))
def test_a_rhythm_of_months_is_known_and_a_broken_one_is_not(start, count, broken):
    """
    Anchored monthly dates are recognised; with one date a day off they are not.
    """
    dues = list(periods.months_after(start, count))
    assert periods.are_monthly(tuple(dues))

    place = min(broken, count - 1)
    dues[place] += dt.timedelta(days=1 if dues[place].day < 27 else -2)

    assert not periods.are_monthly(tuple(dues)) or count == 2


@settings(max_examples=40)
@given(DAYS, st.integers(1, 200), st.integers(1, 60))
def test_dues_every_so_many_days_are_that_far_apart(first, count, days):
    """
    Weeks and fortnights are 7 and 14 days, counted from the first date.
    """
    dues = periods.every_days(first, count, days=days)

    assert dues == tuple(first + dt.timedelta(days=k * days) for k in range(count))


def test_dues_may_be_so_many_days_after_the_start():
    """
    Days 4 and 35 after 7 December 2023 are 11 December and 11 January.
    """
    assert periods.days_after(dt.date(2023, 12, 7), (4, 35)) == (dt.date(2023, 12, 11), dt.date(2024, 1, 11))


def test_a_due_date_moves_off_a_day_of_rest():
    """
    Saturday 31 January goes to the Monday after, or back to Friday where that would be February.
    """
    weekends = BusinessCalendar()
    dues = periods.monthly(dt.date(2026, 1, 31), 2)

    assert periods.rolled(dues, weekends, Roll.FOLLOWING) == (dt.date(2026, 2, 2), dt.date(2026, 3, 2))
    assert periods.rolled(dues, weekends) == (dt.date(2026, 1, 30), dt.date(2026, 2, 27))
    assert periods.rolled(dues, weekends, Roll.UNADJUSTED) == dues


def test_two_dues_rolled_onto_one_day_are_refused():
    """
    Daily dues cannot both be paid on Monday.
    """
    weekend = periods.every_days(dt.date(2026, 1, 31), 2, days=1)

    with pytest.raises(InvalidValue, match="rise"):
        periods.rolled(weekend, BusinessCalendar(), Roll.FOLLOWING)


FIRST = dt.date(2026, 1, 5)


@pytest.mark.parametrize(
    ("make", "field"),
    [
        (lambda: periods.monthly(FIRST, 0), "count"),
        (lambda: periods.monthly(FIRST, True), "count"),
        (lambda: periods.monthly(FIRST, 12, every=0), "every"),
        (lambda: periods.monthly(FIRST, 12, anchor=32), "anchor"),
        (lambda: periods.monthly(FIRST, 12, anchor=6), "first"),
        (lambda: periods.monthly(dt.datetime(2026, 1, 5), 12), "first"),
        (lambda: periods.monthly(FIRST, 10_000, every=1200), "count"),
        (lambda: periods.months_after("2026-01-05", 12), "start"),
        (lambda: periods.months_after(FIRST, 12.0), "count"),
        (lambda: periods.every_days(FIRST, 3, days=-7), "days"),
        (lambda: periods.every_days(FIRST, 10_000, days=36_600), "count"),
        (lambda: periods.days_after(FIRST, (3, 3)), "dates"),
        (lambda: periods.days_after(FIRST, (0,)), "dates"),
        (lambda: periods.days_after(FIRST, (1.5,)), "days"),
        (lambda: periods.custom(()), "dates"),
        (lambda: periods.custom((FIRST, FIRST)), "dates"),
        (lambda: periods.custom((FIRST, dt.datetime(2026, 2, 5))), "dates"),
        (lambda: periods.custom((FIRST,), after=FIRST), "dates"),
    ],
)
def test_dates_that_cannot_be_dues_are_refused(make, field):
    """
    The refusal names the field: a count, a rhythm, an anchor, or dates that do not rise.
    """
    with pytest.raises(InvalidValue) as refusal:
        make()

    assert refusal.value.field == field
