"""
The clocks.
"""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from overdue_visit.adapters.clock import FixedClock, SystemClock
from overdue_visit.errors import InvalidValue
from overdue_visit.instants import zone

NAIROBI, SHANGHAI, BERLIN = zone("Africa/Nairobi"), zone("Asia/Shanghai"), zone("Europe/Berlin")


def test_the_system_clock_tells_the_present_in_the_zone_asked_for():
    """
    The machine's clock answers with an aware instant, in any zone the same one.
    """
    clock = SystemClock()

    before, asked, after = clock.now(dt.UTC), clock.now(SHANGHAI), clock.now(NAIROBI)

    assert before <= asked <= after
    assert asked.utcoffset() == dt.timedelta(hours=8)
    assert repr(clock) == "SystemClock()"


def test_without_an_offset_it_is_wall_time_where_it_is_read():
    """
    Nine in the morning is nine in the morning in Nairobi and in Shanghai.
    """
    clock = FixedClock("2026-03-08 09:00")

    assert clock.now(NAIROBI).isoformat() == "2026-03-08T09:00:00+03:00"
    assert clock.now(SHANGHAI).isoformat() == "2026-03-08T09:00:00+08:00"


def test_with_an_offset_it_is_one_instant():
    """
    An offset fixes the instant, whoever asks.
    """
    clock = FixedClock("2026-03-08T09:00+03:00")

    assert clock.now(SHANGHAI).isoformat() == "2026-03-08T14:00:00+08:00"
    assert clock.now(SHANGHAI) == clock.now(NAIROBI)


def test_it_stands_still_until_it_is_set():
    """
    The clock moves only by hand, and goes back too.
    """
    clock = FixedClock("2026-03-08 09:00")
    first = clock.now(NAIROBI)

    assert clock.now(NAIROBI) == first
    clock.set("2026-03-11 15:00")
    assert clock.now(NAIROBI).isoformat() == "2026-03-11T15:00:00+03:00"
    clock.set("2026-03-01")
    assert clock.now(NAIROBI).isoformat() == "2026-03-01T00:00:00+03:00"


def test_time_passes_when_it_is_told_to():
    """
    Lengths of time add up, also negative ones, and setting the clock ends them.
    """
    clock = FixedClock("2026-03-08 09:00")
    clock.advance(days=1, minutes=30)
    clock.advance(hours=-1)

    assert clock.now(NAIROBI).isoformat() == "2026-03-09T08:30:00+03:00"
    assert repr(clock) == "FixedClock('2026-03-08 09:00') advanced by 23:30:00"
    clock.set("2026-03-08 09:00")
    assert repr(clock) == "FixedClock('2026-03-08 09:00')"


def test_an_hour_is_an_hour_when_the_clocks_change():
    """
    In the night to 29 March 2026 Berlin skips from two to three; 24 hours later it is an hour later on the wall.
    """
    clock = FixedClock("2026-03-28 12:00")

    clock.advance(hours=24)

    assert clock.now(BERLIN).isoformat() == "2026-03-29T13:00:00+02:00"


@pytest.mark.parametrize("at", ["", "yesterday", "09:00", "2026-02-30 09:00", None, 5, dt.date(2026, 3, 8)])
def test_what_is_no_instant_is_refused(at):
    """
    The error names the value and the form expected, and the clock stays where it was.
    """
    clock = FixedClock("2026-03-08 09:00")

    with pytest.raises(InvalidValue) as refusal:
        clock.set(at)

    assert refusal.value.value == at
    assert "ISO 8601" in str(refusal.value)
    assert clock.now(NAIROBI).isoformat() == "2026-03-08T09:00:00+03:00"
    with pytest.raises(InvalidValue):
        FixedClock(at)


@pytest.mark.parametrize(
    "by", [{"fortnights": 1}, {"days": "1"}, {"days": 10**12}, {"days": 4_000_000}, {"days": float("nan")}]
)
def test_what_is_no_length_of_time_is_refused(by):
    """
    An unknown unit, a text and a step out of the calendar are refused, and the clock stays where it was.
    """
    clock = FixedClock("2026-03-08 09:00")

    with pytest.raises(InvalidValue) as refusal:
        clock.advance(**by)

    assert refusal.value.field == "by"
    assert repr(clock) == "FixedClock('2026-03-08 09:00')"


@given(
    at=st.datetimes(dt.datetime(1970, 1, 1), dt.datetime(2200, 1, 1)),
    steps=st.lists(st.integers(-(10**8), 10**8), max_size=5),
)
def test_steps_add_up_in_any_order(at, steps):
    """
    Advancing step by step, in any order, equals advancing by their sum.
    """
    one, other = FixedClock(at.isoformat()), FixedClock(at.isoformat())
    for step in steps:
        one.advance(seconds=step)
    other.advance(seconds=sum(reversed(steps)))

    assert one.now(BERLIN) == other.now(BERLIN)
    assert one.now(dt.UTC) == at.replace(tzinfo=dt.UTC) + dt.timedelta(seconds=sum(steps))
