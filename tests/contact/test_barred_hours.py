"""
Hours that a person bars, as far as a law makes them binding: against an oracle that counts the minutes of a week.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from zoneinfo import ZoneInfo

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from overdue_visit.contact import InconvenientTime, Known, Proposed, calendar, check, parse
from overdue_visit.contact.rules.barred import Barred
from overdue_visit.contact.vocabulary import WEEK

MONDAY = dt.date(2026, 3, 2)
MINUTE, DAY = dt.timedelta(minutes=1), dt.timedelta(days=1)
RULES = """
id = "own"
title = "Own"
jurisdiction = "KE"
checked = 2026-11-23

[[rule]]
id = "barred"
kind = "inconvenient_times"
{key} = {hours}
citation = "the board's decision of 2 May 2026"
confidence = "own"
{more}
"""
WARNS = 'effect = "warning"\nwarning = "beyond"'
clocks = st.integers(0, 95).map(lambda quarter: dt.time(quarter // 4, quarter % 4 * 15))


@st.composite
def bars(draw):
    """
    Draw hours on some days of the week, some over midnight, some whole days, some for a time only.
    """
    whole = draw(st.booleans()) and draw(st.booleans())
    since = draw(st.none() | st.integers(-3, 12).map(lambda days: MONDAY + days * DAY))
    until = draw(st.none() | st.integers(0, 14).map(lambda days: (since or MONDAY) + days * DAY))
    return InconvenientTime(
        days=tuple(draw(st.lists(st.sampled_from(WEEK), min_size=1, max_size=5, unique=True))),
        start=None if whole else draw(clocks),
        end=None if whole else draw(clocks),
        since=since,
        until=until,
    )


@attrs.frozen
class Oracle:
    """Counts the minutes of each week, one after the other, until so many hours are full."""

    times: list[InconvenientTime]
    hours: int
    beyond: bool
    weeks: dict[dt.date, set[int]] = attrs.field(factory=dict)

    def counted(self, monday: dt.date) -> set[int]:
        """
        Return the minutes of a week that lie within the hours, or beyond them.
        """
        if monday not in self.weeks:
            found: tuple[set[int], set[int]] = (set(), set())
            for minute in self.named(monday):
                if minute not in found[0]:
                    found[len(found[0]) >= self.hours * 60].add(minute)
            self.weeks[monday] = found[self.beyond]
        return self.weeks[monday]

    def named(self, monday: dt.date) -> Iterator[int]:
        """
        Yield the minutes in the order in which the person named them.
        """
        for each in self.times:
            for number, name in enumerate(WEEK):
                if name not in each.days or not each.holds_on(monday + number * DAY):
                    continue
                first = 0 if each.start is None else each.start.hour * 60 + each.start.minute
                last = 24 * 60 if each.end is None else each.end.hour * 60 + each.end.minute
                last += 24 * 60 if last <= first else 0
                yield from range(number * 24 * 60 + first, number * 24 * 60 + last)

    def holds(self, wall: dt.datetime) -> bool:
        """
        Tell whether a local minute is barred.
        """
        monday = wall.date() - wall.weekday() * DAY
        minute = wall.weekday() * 24 * 60 + wall.hour * 60 + wall.minute
        return minute in self.counted(monday) or minute + 7 * 24 * 60 in self.counted(monday - 7 * DAY)


@settings(max_examples=40, deadline=None)
@given(
    times=st.lists(bars(), min_size=1, max_size=3),
    hours=st.integers(1, 60),
    beyond=st.booleans(),
    minutes=st.lists(st.integers(0, 3 * 7 * 24 * 60 - 1), min_size=1, max_size=12),
)
def test_the_hours_are_those_that_minutes_count(times, hours, beyond, minutes):
    """
    What binds is what a count of minutes says, week by week.
    """
    barred, oracle = Barred(tuple(times), hours, beyond), Oracle(times, hours, beyond)

    for minute in minutes:
        wall = dt.datetime.combine(MONDAY, dt.time()) + minute * MINUTE
        assert barred.holds(wall) is oracle.holds(wall)


@settings(max_examples=20, deadline=None)
@given(
    times=st.lists(bars(), min_size=1, max_size=3),
    hours=st.integers(1, 60),
    quarter=st.integers(0, 14 * 96),
    zone=st.sampled_from(["Africa/Nairobi", "Asia/Kolkata", "America/New_York"]),
)
def test_the_earliest_instant_and_the_calendar_agree_with_it(times, hours, quarter, zone):
    """
    No instant before the earliest is free, and the calendar has its edges where the count has them.
    """
    where, at = ZoneInfo(zone), dt.datetime(2026, 3, 2, tzinfo=dt.UTC) + quarter * 15 * MINUTE
    rules = parse(RULES.format(key="hours_a_week", hours=hours, more=""))
    known = Known(zones=(zone,), inconvenient_times=tuple(times))
    proposed = Proposed(at=at, channel="phone", debt="D1")

    found = check(proposed, rules=rules, known=known).earliest
    week = calendar(proposed, rules=rules, known=known, days=2)

    quarters = [at + n * 15 * MINUTE for n in range(4 * 96)]
    oracle = Oracle(times, hours, beyond=False)
    free = [not oracle.holds(each.astimezone(where)) for each in quarters]
    assert found == next((each for each, is_free in zip(quarters, free, strict=True) if is_free), found)
    for each, is_free in zip(quarters, free, strict=True):
        if each < week.stretches[-1].ends:
            assert week.at(each).allowed is is_free


@pytest.mark.parametrize(("hours", "beyond"), [(12, False), (13, True)])
def test_what_lies_beyond_is_the_rest(hours, beyond):
    """
    With two hours on each day of the week the thirteenth hour is the first beyond twelve.
    """
    known = Known(zones=("UTC",), inconvenient_times=(InconvenientTime(start=dt.time(8), end=dt.time(10)),))
    rules = parse(RULES.format(key="beyond_hours_a_week", hours=12, more=WARNS))
    day = MONDAY + (hours - 1) // 2 * DAY
    at = dt.datetime.combine(day, dt.time(8 + (hours - 1) % 2, 30), dt.UTC)

    assert bool(check(Proposed(at=at, channel="phone", debt="D1"), rules=rules, known=known).warnings) is beyond


def asked(at: str, *times: InconvenientTime, hours: int):
    """
    Put a call of March 2026 to the rule, and return what says so.
    """
    rules = parse(RULES.format(key="hours_a_week", hours=hours, more=""))
    known = Known(zones=("UTC",), inconvenient_times=times)
    proposed = Proposed(at=dt.datetime.fromisoformat(f"2026-03-{at}+00:00"), channel="phone", debt="D1")
    return proposed, rules, known


def test_the_night_after_the_last_week_of_a_bar_is_cut_where_its_hours_are_full():
    """
    Five hours from Sunday 22:00 on end on Monday at 3:00, though the request ended with the Sunday.
    """
    night = InconvenientTime(days=("Sun",), start=dt.time(22), end=dt.time(10), until=dt.date(2026, 3, 8))
    proposed, rules, known = asked("09 01:00", night, hours=5)

    assert check(proposed, rules=rules, known=known).earliest == dt.datetime(2026, 3, 9, 3, tzinfo=dt.UTC)


def test_a_bar_that_begins_next_week_is_cut_where_its_hours_are_full():
    """
    Four whole days are followed by four days and four hours of the request that begins on Monday.
    """
    ends = InconvenientTime(days=("Thu", "Fri", "Sat", "Sun"), until=dt.date(2026, 3, 8))
    proposed, rules, known = asked("05 12:00", ends, InconvenientTime(since=dt.date(2026, 3, 9)), hours=100)

    assert check(proposed, rules=rules, known=known).earliest == dt.datetime(2026, 3, 13, 4, tzinfo=dt.UTC)


def test_a_calendar_sees_the_cuts_of_every_week():
    """
    A request that begins in the third week is cut there, and one that ends in the second no longer is.
    """
    first = InconvenientTime(days=("Mon",), start=dt.time(9), end=dt.time(0), until=dt.date(2026, 3, 15))
    third = InconvenientTime(days=("Tue",), start=dt.time(9, 30), end=dt.time(0), since=dt.date(2026, 3, 16))
    proposed, rules, known = asked("02 00:00", first, third, hours=7)

    free = calendar(proposed, rules=rules, known=known, days=28).windows

    assert [f"{each.begins:%d %H:%M}" for each in free[1:]] == ["02 16:00", "09 16:00", "17 16:30", "24 16:30"]


def test_a_bar_that_begins_on_monday_leaves_the_night_before_it_alone():
    """
    The night of the week before is cut by that week's hours, though from Monday on another request comes first.
    """
    noon = InconvenientTime(days=("Mon",), start=dt.time(12), end=dt.time(17), since=dt.date(2026, 3, 9))
    night = InconvenientTime(days=("Sun",), start=dt.time(22), end=dt.time(10))
    proposed, rules, known = asked("09 01:00", noon, night, hours=5)

    assert check(proposed, rules=rules, known=known).earliest == dt.datetime(2026, 3, 9, 3, tzinfo=dt.UTC)


def test_a_calendar_sees_the_cut_of_the_week_after_a_bar_began():
    """
    A request of Wednesday for Tuesdays takes its four hours from the following week on.
    """
    tuesdays = InconvenientTime(days=("Tue",), start=dt.time(9, 30), end=dt.time(13, 30), since=dt.date(2026, 3, 18))
    thursdays = InconvenientTime(days=("Thu",), start=dt.time(8), end=dt.time(0))
    proposed, rules, known = asked("12 00:00", tuesdays, thursdays, hours=7)

    free = calendar(proposed, rules=rules, known=known, days=19).windows

    assert [f"{each.begins:%d %H:%M}" for each in free[1:]] == ["12 15:00", "19 15:00", "24 13:30", "26 11:00"]
