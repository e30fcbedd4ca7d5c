"""
How dates become parts of a year.
"""

from __future__ import annotations

import copy
import datetime as dt
import itertools
import pickle
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from overdue_visit.business_calendar import BusinessCalendar
from overdue_visit.errors import InvalidValue
from overdue_visit.repayment.day_count import EqualParts, Shares
from overdue_visit.repayment.day_count_actual import (
    ACT_360,
    ACT_364,
    ACT_365_25,
    ACT_365F,
    ACT_366,
    ACT_ACT_AFB,
    ACT_ACT_ISDA,
    ACT_ACT_YEAR_END,
    Actual,
    ActualICMA,
    Business252,
)
from overdue_visit.repayment.day_count_names import DAY_COUNTS, named
from overdue_visit.repayment.day_count_thirty import (
    THIRTY_360,
    THIRTY_360_BOND,
    THIRTY_360_US,
    THIRTY_365,
    THIRTY_E_360,
    thirty_e_360_isda,
)

CYCLE = dt.timedelta(days=146_097)
"""The Gregorian calendar repeats after 400 years."""
DAYS = st.dates(dt.date(1980, 1, 1), dt.date(2100, 12, 31))
ADDITIVE = (ACT_360, ACT_364, ACT_365F, ACT_365_25, ACT_366, ACT_ACT_ISDA, ACT_ACT_YEAR_END)
MONOTONE = (*ADDITIVE, THIRTY_360_BOND, THIRTY_E_360)


def day(text: str) -> dt.date:
    """
    Read a date.
    """
    return dt.date.fromisoformat(text)


# Published tables: 2006 ISDA Definitions 4.16, and the worked tables of 30/360 and act/act that QuantLib tests with.


@pytest.mark.parametrize(
    ("start", "end", "bond", "european", "us"),
    [
        ("2006-08-20", "2007-02-20", 180, 180, 180),
        ("2006-08-31", "2007-02-28", 178, 178, 178),
        ("2007-08-31", "2008-02-29", 179, 179, 179),
        ("2006-02-28", "2006-08-31", 183, 182, 180),
        ("2006-01-31", "2006-02-28", 28, 28, 28),
        ("2006-02-28", "2006-03-03", 5, 5, 3),
        ("2007-02-28", "2008-02-29", 361, 361, 360),
        ("2008-02-28", "2008-03-31", 33, 32, 33),
        ("2006-09-30", "2006-10-31", 30, 30, 30),
    ],
)
def test_thirty_days_a_month_by_three_rules(start, end, bond, european, us):
    """
    The thirty-day rules differ only at the ends of months, as the published tables show.
    """
    counted = [each.days(day(start), day(end)) for each in (THIRTY_360_BOND, THIRTY_E_360, THIRTY_360_US)]

    assert counted == [bond, european, us]


@pytest.mark.parametrize(
    ("start", "end", "termination", "days"),
    [
        ("2006-02-28", "2006-08-31", "2012-02-29", 180),
        ("2011-08-31", "2012-02-29", "2012-02-29", 179),
        ("2011-08-31", "2012-02-29", None, 180),
        ("2006-02-14", "2006-02-28", "2008-02-29", 16),
        ("2008-02-29", "2008-03-31", "2008-02-29", 30),
    ],
)
def test_the_termination_date_in_february_stays(start, end, termination, days):
    """
    30E/360 ISDA moves every month's end to the 30th, but not the contract's last day in February.
    """
    rule = thirty_e_360_isda(day(termination) if termination else None)

    assert rule.days(day(start), day(end)) == days


@pytest.mark.parametrize(
    ("start", "end", "reference", "isda", "icma", "afb"),
    [
        ("2003-11-01", "2004-05-01", ("2003-11-01", "2004-05-01", 2), "0.497724380567", "0.5", "0.497267759563"),
        ("1999-02-01", "1999-07-01", ("1998-07-01", "1999-07-01", 1), "0.410958904110", "0.410958904110", None),
        ("1999-07-01", "2000-07-01", ("1999-07-01", "2000-07-01", 1), "1.001377348604", "1", "1"),
        ("2002-08-15", "2003-07-15", ("2003-01-15", "2003-07-15", 2), "0.915068493151", "0.915760869565", None),
        ("2003-07-15", "2004-01-15", ("2003-07-15", "2004-01-15", 2), "0.504004790778", "0.5", "0.504109589041"),
        ("1999-07-30", "2000-01-30", ("1999-07-30", "2000-01-30", 2), "0.503892506924", "0.5", "0.504109589041"),
        ("2000-01-30", "2000-06-30", ("2000-01-30", "2000-07-30", 2), "0.415300546448", "0.417582417582", None),
        ("1999-11-30", "2000-04-30", ("1999-11-30", "2000-02-29", 4), "0.415540085336", "0.415760869565", None),
    ],
)
def test_actual_over_actual_by_three_rules(start, end, reference, isda, icma, afb):
    """
    The worked examples of the three act/act rules come out to twelve decimals.
    """
    first, last, frequency = reference
    by_reference = ActualICMA(day(first), day(last), frequency)
    asked = [(ACT_ACT_ISDA, isda), (by_reference, icma), *([(ACT_ACT_AFB, afb)] if afb else [])]

    found = [abs(rule.fraction(day(start), day(end)) - Fraction(figure)) for rule, figure in asked]

    assert all(miss < Fraction(1, 10**12) for miss in found)


def test_years_cut_at_31_december_give_the_last_day_to_the_old_year():
    """
    From 12 December 2023 to 12 January 2024 are 19/365 and 12/366, where ISDA has 20/365 and 11/366.
    """
    start, end = dt.date(2023, 12, 12), dt.date(2024, 1, 12)

    assert ACT_ACT_YEAR_END.fraction(start, end) == Fraction(19, 365) + Fraction(12, 366)
    assert ACT_ACT_ISDA.fraction(start, end) == Fraction(20, 365) + Fraction(11, 366)


def test_thirty_over_365():
    """
    30/365 counts 553 days from 17 June 2011 to 30 December 2012.
    """
    assert THIRTY_365.days(dt.date(2011, 6, 17), dt.date(2012, 12, 30)) == 553
    assert THIRTY_365.fraction(dt.date(2026, 1, 10), dt.date(2026, 2, 10)) == Fraction(30, 365)


def test_business_days_over_252_count_the_first_day_and_not_the_last():
    """
    From Friday to the Friday after are five business days, one fewer for a holiday between, and a weekend has none.
    """
    plain, closed = (
        Business252(BusinessCalendar()),
        Business252(BusinessCalendar(holidays=frozenset({dt.date(2026, 3, 10)}))),
    )
    friday = dt.date(2026, 3, 6)

    assert plain.days(friday, dt.date(2026, 3, 13)) == 5
    assert closed.fraction(friday, dt.date(2026, 3, 13)) == Fraction(4, 252)
    assert plain.days(dt.date(2026, 3, 7), dt.date(2026, 3, 9)) == 0


@pytest.mark.parametrize(
    ("start", "end", "days"),
    [
        ("2025-01-31", "2025-02-28", 30),
        ("2025-02-28", "2025-03-31", 30),
        ("2025-02-28", "2025-03-28", 30),
        ("2024-02-29", "2024-03-30", 30),
        ("2026-01-15", "2026-03-15", 60),
        ("2026-01-15", "2026-01-29", 14),
        ("2025-01-31", "2025-03-01", 31),
        ("2025-12-31", "2026-12-31", 360),
    ],
)
def test_whole_months_are_thirty_days_whatever_their_length(start, end, days):
    """
    A month is a twelfth also where its last day stands for a day that it lacks; odd days are counted beside.
    """
    assert THIRTY_360.days(day(start), day(end)) == days
    assert THIRTY_360.fraction(day(start), day(end)) == Fraction(days, 360)


@settings(max_examples=40)
@given(st.sampled_from(ADDITIVE), DAYS, DAYS, DAYS)
def test_counts_of_actual_days_add_up_and_turn_round(rule, a, b, c):
    """
    f(a, c) == f(a, b) + f(b, c), nothing passes from a day to itself, and backwards is negative.
    """
    assert rule.fraction(a, c) == rule.fraction(a, b) + rule.fraction(b, c)
    assert rule.fraction(a, a) == 0
    assert rule.fraction(b, a) == -rule.fraction(a, b)


@settings(max_examples=40)
@given(st.sampled_from((*DAY_COUNTS.values(), thirty_e_360_isda())), DAYS, DAYS)
def test_every_count_turns_round(rule, a, b):
    """
    Days and fractions from the later to the earlier date are the negative of those forward.
    """
    assert rule.fraction(b, a) == -rule.fraction(a, b)
    assert rule.days(b, a) == -rule.days(a, b)


@settings(max_examples=40)
@given(st.integers(1981, 2090), st.integers(0, 30))
def test_act_act_isda_over_whole_calendar_years_is_their_number(year, years):
    """
    From New Year to New Year act/act ISDA is a whole number, leap years or not.
    """
    assert ACT_ACT_ISDA.fraction(dt.date(year, 1, 1), dt.date(year + years, 1, 1)) == years


@settings(max_examples=40)
@given(DAYS, st.sampled_from((1, 2, 3, 4, 6, 12)), st.integers(-6, 6))
def test_act_act_icma_over_each_regular_period_is_one_over_the_frequency(start, frequency, period):
    """
    Every regular period, near or far from the reference, is exactly its part of the year.
    """
    anchor = min(start.day, 28)
    first = start.replace(day=anchor)
    months = 12 // frequency
    edge = [_months_on(first, months * k) for k in (0, 1, period, period + 1)]
    rule = ActualICMA(edge[0], edge[1], frequency)

    assert rule.fraction(edge[2], edge[3]) == Fraction(1, frequency)


def _months_on(first: dt.date, months: int) -> dt.date:
    month = first.year * 12 + first.month - 1 + months
    return first.replace(year=month // 12, month=month % 12 + 1)


@settings(max_examples=40)
@given(
    st.sampled_from((THIRTY_360, THIRTY_360_BOND, THIRTY_360_US, THIRTY_E_360, THIRTY_365, thirty_e_360_isda())),
    DAYS,
    st.integers(0, 400),
)
def test_whole_months_from_an_ordinary_day_are_thirty_days_each(rule, start, months):
    """
    The whole 30/360 family gives 30 days a month from any day up to the 27th.
    """
    first = start.replace(day=min(start.day, 27))

    assert rule.days(first, _months_on(first, months)) == 30 * months


@settings(max_examples=40)
@given(st.sampled_from(MONOTONE), DAYS, st.integers(0, 3000))
def test_a_later_end_is_never_a_smaller_part_of_a_year(rule, start, days):
    """
    The fraction does not fall when the end moves on by a day.
    """
    end = start + dt.timedelta(days=days)

    assert rule.fraction(start, end) <= rule.fraction(start, end + dt.timedelta(days=1))


@settings(max_examples=40)
@given(st.sampled_from(tuple(DAY_COUNTS.values())), DAYS, DAYS)
def test_four_hundred_years_change_nothing(rule, a, b):
    """
    The calendar repeats after 146,097 days, and so does every count.
    """
    assert rule.fraction(a + CYCLE, b + CYCLE) == rule.fraction(a, b)


@settings(max_examples=40)
@given(
    st.sampled_from((*DAY_COUNTS.values(), EqualParts(Fraction(14, 360)))),
    DAYS,
    st.lists(st.integers(1, 70), min_size=1, max_size=30),
)
def test_shares_are_the_fractions_of_the_periods(rule, drawn, gaps):
    """
    The bulk way gives the same parts of a year as one period at a time.
    """
    dates = [drawn]
    for gap in gaps:
        dates.append(dates[-1] + dt.timedelta(days=gap))

    shares = rule.shares(drawn, dates[1:])

    found = [Fraction(each, shares.denominator) for each in shares.numerators]
    assert found == [rule.fraction(a, b) for a, b in itertools.pairwise(dates)]


@settings(max_examples=40)
@given(DAYS, st.integers(1, 30), st.integers(0, 40))
def test_whole_months_know_a_rhythm_with_an_odd_first_period(first, count, odd):
    """
    A monthly plan with some days before its first date has those days, and twelfths after.
    """
    dates = [first.replace(day=min(first.day, 28))]
    dates += [_months_on(dates[0], k) for k in range(1, count)]
    drawn = dates[0] - dt.timedelta(days=odd + 1)

    shares = THIRTY_360.shares(drawn, dates)

    found = [Fraction(each, shares.denominator) for each in shares.numerators]
    assert found == [THIRTY_360.fraction(drawn, dates[0]), *[Fraction(1, 12)] * (count - 1)]


def test_equal_parts_do_not_look_at_the_dates():
    """
    Each period of a plan in fortnights is a 26th of a year.
    """
    fortnight = EqualParts(Fraction(1, 26))

    assert fortnight.fraction(dt.date(2026, 1, 1), dt.date(2026, 1, 20)) == Fraction(1, 26)
    assert fortnight.fraction(dt.date(2026, 1, 1), dt.date(2026, 1, 1)) == 0
    assert fortnight.days(dt.date(2026, 1, 1), dt.date(2026, 1, 15)) == 14
    assert fortnight.shares(dt.date(2026, 1, 1), (dt.date(2026, 1, 20),)) == Shares((1,), 26)
    assert fortnight.name == "1/26 of a year per period"


def test_every_count_is_found_by_its_name_and_nothing_else_is():
    """
    A name finds its count; an unknown name is refused with the names that there are.
    """
    assert {name: named(name).name for name in DAY_COUNTS} == {name: name for name in DAY_COUNTS}
    with pytest.raises(InvalidValue, match="act/365F") as refusal:
        named("actual/actual")

    assert refusal.value.field == "day_count"


@pytest.mark.parametrize(
    ("make", "field"),
    [
        (lambda: ACT_365F.fraction(dt.datetime(2026, 1, 1), dt.date(2026, 2, 1)), "start"),
        (lambda: ACT_365F.days(dt.date(2026, 1, 1), "2026-02-01"), "end"),
        (lambda: EqualParts(Fraction(0)), "part"),
        (lambda: EqualParts(0.5), "part"),
        (lambda: Actual("act/0", Fraction(0)), "year"),
        (lambda: Actual("act/365", 365), "year"),
        (lambda: ActualICMA(dt.date(2026, 1, 1), dt.date(2026, 7, 1), 5), "frequency"),
        (lambda: ActualICMA(dt.date(2026, 1, 1), dt.date(2026, 7, 1), True), "frequency"),
        (lambda: ActualICMA(dt.date(2026, 7, 1), dt.date(2026, 1, 1), 2), "reference"),
        (lambda: thirty_e_360_isda(dt.datetime(2026, 1, 1)), "termination"),
    ],
)
def test_what_is_no_date_and_no_year_is_refused(make, field):
    """
    The refusal names the field.
    """
    with pytest.raises(InvalidValue) as refusal:
        make()

    assert refusal.value.field == field


@pytest.mark.parametrize("rule", [*DAY_COUNTS.values(), thirty_e_360_isda(dt.date(2030, 2, 28))])
def test_counts_are_values(rule):
    """
    A count survives a pickle and a copy, and is found in a set.
    """
    assert pickle.loads(pickle.dumps(rule)) == rule
    assert copy.deepcopy(rule) == rule
    assert hash(copy.deepcopy(rule)) == hash(rule)
