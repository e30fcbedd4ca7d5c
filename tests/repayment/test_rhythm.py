"""
The rhythm of due dates, recognised and continued.
"""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from overdue_visit.business_calendar import corresponding_day
from overdue_visit.errors import InvalidValue
from overdue_visit.repayment.kinds.rhythm import continued

firsts = st.dates(dt.date(2000, 1, 1), dt.date(2040, 12, 31))


@given(st.integers(2000, 2040), st.integers(1, 31), st.integers(1, 6), st.integers(2, 12), st.integers(1, 24))
def test_monthly_dates_go_on_without_drifting(year, anchor, months, count, more):
    """
    Dates anchored on a day of the month go on with that day, clamped in shorter months only.
    """
    first = dt.date(year, 1, anchor)
    dates = [corresponding_day(first, months * n) for n in range(count + more)]

    assert continued(dates[:count], more) == tuple(dates[count:])


@given(firsts, st.sampled_from([7, 14, 15, 20]), st.integers(2, 20), st.integers(1, 20))
def test_dates_a_fixed_number_of_days_apart_go_on_by_days(first, days, count, more):
    """
    Weekly, fortnightly and other day rhythms go on by days.
    """
    dates = [first + dt.timedelta(days=days * n) for n in range(count + more)]

    assert continued(dates[:count], more) == tuple(dates[count:])


def test_the_end_of_a_short_month_does_not_hide_the_anchor():
    """
    31 January, 28 February and 31 March go on with 30 April and 31 May.
    """
    dates = [dt.date(2025, 1, 31), dt.date(2025, 2, 28), dt.date(2025, 3, 31)]

    assert continued(dates, 2) == (dt.date(2025, 4, 30), dt.date(2025, 5, 31))


@pytest.mark.parametrize(
    "dates",
    [
        (),
        (dt.date(2025, 1, 1),),
        (dt.date(2025, 1, 1), dt.date(2025, 6, 10), dt.date(2025, 11, 20)),
    ],
)
def test_dates_without_a_rhythm_are_not_continued(dates):
    """
    One date, or harvest days, say nothing about the next: the caller names them.
    """
    with pytest.raises(InvalidValue) as refusal:
        continued(dates, 1)

    assert "name the new dates" in refusal.value.accepted


@pytest.mark.parametrize("more", [0, -1, True])
def test_at_least_one_more_date_is_asked_for(more):
    """
    No date more, or a negative number, is refused.
    """
    with pytest.raises(InvalidValue) as refusal:
        continued([dt.date(2025, 1, 1), dt.date(2025, 2, 1)], more)

    assert refusal.value.field == "more"
