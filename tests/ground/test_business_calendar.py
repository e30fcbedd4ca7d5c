import datetime as dt

import pytest

from overdue_visit.business_calendar import EVERY_DAY, BusinessCalendar, Roll
from overdue_visit.errors import InvalidValue

WEEKENDS = BusinessCalendar()


def days(first, last):
    """
    Return every day from the first through the last.
    """
    return frozenset(first + dt.timedelta(days=n) for n in range((last - first).days + 1))


# General Office of the State Council, notice on public holidays 2026: Spring Festival 15 to 23 February, the Saturdays
# 14 and 28 February are worked (https://www.gov.cn/zhengce/zhengceku/202511/content_7047091.htm).
SPRING_FESTIVAL = BusinessCalendar(
    name="cn-2026",
    holidays=days(dt.date(2026, 2, 15), dt.date(2026, 2, 23)),
    workdays=frozenset({dt.date(2026, 2, 14), dt.date(2026, 2, 28)}),
)


def test_the_spring_festival_is_rest_and_two_saturdays_are_work():
    """
    From 15 to 23 February 2026 nobody works; the Saturdays around are worked instead.
    """
    worked = [
        day for day in sorted(days(dt.date(2026, 2, 12), dt.date(2026, 3, 1))) if SPRING_FESTIVAL.is_business_day(day)
    ]

    assert [day.day for day in worked] == [12, 13, 14, 24, 25, 26, 27, 28]


def test_a_day_of_rest_is_left_in_either_direction():
    """
    The next business day within the festival is the 24th, the one before is Saturday the 14th; a worked day stays.
    """
    within = dt.date(2026, 2, 17)

    assert SPRING_FESTIVAL.on_or_after(within) == dt.date(2026, 2, 24)
    assert SPRING_FESTIVAL.on_or_before(within) == dt.date(2026, 2, 14)
    assert SPRING_FESTIVAL.on_or_after(dt.date(2026, 2, 13)) == dt.date(2026, 2, 13)
    assert SPRING_FESTIVAL.on_or_before(dt.date(2026, 2, 13)) == dt.date(2026, 2, 13)


# The four conventions of the ISDA Definitions, section 4.12: 31 January 2026 is a Saturday, 1 March 2026 a Sunday.
@pytest.mark.parametrize(
    ("day", "roll", "moved"),
    [
        (dt.date(2026, 1, 31), Roll.UNADJUSTED, dt.date(2026, 1, 31)),
        (dt.date(2026, 1, 31), Roll.FOLLOWING, dt.date(2026, 2, 2)),
        (dt.date(2026, 1, 31), Roll.PRECEDING, dt.date(2026, 1, 30)),
        (dt.date(2026, 1, 31), Roll.MODIFIED_FOLLOWING, dt.date(2026, 1, 30)),
        (dt.date(2026, 3, 1), Roll.MODIFIED_FOLLOWING, dt.date(2026, 3, 2)),
        (dt.date(2026, 3, 3), Roll.FOLLOWING, dt.date(2026, 3, 3)),
        (dt.date(2026, 3, 3), Roll.PRECEDING, dt.date(2026, 3, 3)),
    ],
)
def test_a_date_rolls_as_the_convention_says(day, roll, moved):
    """
    A day of rest moves on, back, or back only where moving on would leave the month; a worked day stays.
    """
    assert WEEKENDS.roll(day, roll) == moved


def test_business_days_are_added_and_counted():
    """
    Two business days after Friday is Tuesday, and two of them lie between; none back is the day itself.
    """
    friday, tuesday = dt.date(2026, 3, 6), dt.date(2026, 3, 10)

    assert WEEKENDS.add(friday, 2) == tuesday
    assert WEEKENDS.add(tuesday, -2) == friday
    assert WEEKENDS.add(dt.date(2026, 3, 7), 0) == dt.date(2026, 3, 7)
    assert WEEKENDS.days_between(friday, tuesday) == 2
    assert WEEKENDS.days_between(friday, dt.date(2026, 3, 8)) == 0
    assert WEEKENDS.days_between(tuesday, friday) == 0


def test_every_day_counts_every_day():
    """
    The calendar without rest counts calendar days.
    """
    assert EVERY_DAY.days_between(dt.date(2026, 3, 1), dt.date(2026, 3, 8)) == 7


@pytest.mark.parametrize(
    "wrong",
    [
        {"weekend": frozenset(range(7))},
        {"weekend": frozenset({7})},
        {"weekend": frozenset({-1})},
        {"weekend": None},
        {"weekend": {5, 6}},
        {"weekend": frozenset({"Sunday"})},
        {"workdays": frozenset({dt.date(2026, 1, 1)}), "holidays": frozenset({dt.date(2026, 1, 1)})},
        {"holidays": [dt.date(2026, 1, 1)]},
        {"holidays": frozenset({"2026-01-01"})},
        {"workdays": frozenset({dt.datetime(2026, 1, 1, tzinfo=dt.UTC)})},
    ],
)
def test_a_calendar_that_cannot_be_is_refused(wrong):
    """
    A week of rest only, a weekday that does not exist, a date both holiday and workday, and other types are refused.
    """
    with pytest.raises(InvalidValue) as refusal:
        BusinessCalendar(**wrong)

    assert refusal.value.field == next(iter(wrong))


@pytest.mark.parametrize(
    ("ask", "field"),
    [
        (lambda: EVERY_DAY.roll(dt.date(2026, 3, 1), "sideways"), "roll"),
        (lambda: EVERY_DAY.roll("2026-03-01", Roll.UNADJUSTED), "day"),
        (lambda: EVERY_DAY.on_or_after("2026-03-01"), "day"),
        (lambda: EVERY_DAY.add(dt.date(2026, 3, 1), 1.5), "business_days"),
        (lambda: EVERY_DAY.add(None, 1), "day"),
        (lambda: EVERY_DAY.days_between(dt.date(2026, 3, 1), None), "end"),
        (lambda: EVERY_DAY.days_between("2026-03-01", dt.date(2026, 3, 1)), "start"),
    ],
)
def test_what_a_calendar_cannot_answer_is_refused_by_name(ask, field):
    """
    An unknown rule, a text for a date and a part of a day are refused, each by its own name.
    """
    with pytest.raises(InvalidValue) as refusal:
        ask()

    assert refusal.value.field == field


def test_a_closure_of_more_than_a_year_is_refused_not_searched_forever():
    """
    A calendar with no business day for more than a year says so.
    """
    closed = BusinessCalendar(holidays=days(dt.date(2026, 1, 1), dt.date(2027, 12, 31)))

    with pytest.raises(InvalidValue, match="366"):
        closed.on_or_after(dt.date(2026, 1, 1))


def test_a_datetime_is_no_day():
    """
    Looking for a business day from a datetime is refused.
    """
    with pytest.raises(InvalidValue):
        WEEKENDS.on_or_after(dt.datetime(2026, 3, 7))
