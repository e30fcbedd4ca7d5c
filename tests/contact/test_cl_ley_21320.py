"""
Chile, Ley 21.320: hours, a call or visit a week, messages days apart.
"""

from __future__ import annotations

import datetime as dt

import pytest

from tests.contact.asking import Asking

CL = Asking("cl-ley-21320", "America/Santiago")


def test_header():
    """
    It is in force since 20 April 2021 and was last looked at on 23 November 2026.
    """
    assert CL.header == (dt.date(2021, 4, 20), None, dt.date(2026, 11, 23))
    assert CL.breaks("2021-04-19 22:00") == []
    assert CL.breaks("2021-04-20 22:00") == ["hours_working"]


@pytest.mark.parametrize(
    ("text", "allowed"),
    [
        ("2026-05-27 07:59:59", False),
        ("2026-05-27 08:00:00", True),
        ("2026-05-27 20:00:00", True),
        ("2026-05-27 20:00:01", False),
        ("2026-05-30 12:00:00", True),
        ("2026-05-31 12:00:00", False),
    ],
)
def test_hours(text, allowed):
    """
    Monday to Saturday from 8 to 20, not on Sundays.
    """
    assert CL.verdict(text).allowed is allowed


def test_holidays_are_closed():
    """
    There is no contact on a public holiday.
    """
    assert CL.earliest("2026-05-21 10:00", holidays=frozenset({dt.date(2026, 5, 21)})) == "2026-05-22 08:00:00"


@pytest.mark.parametrize(("day", "allowed"), [("2026-05-23", False), ("2026-05-25", True)])
@pytest.mark.parametrize("channel", ["phone", "visit"])
def test_one_call_or_visit_a_week(day, allowed, channel):
    """
    Calls and visits share one place a week: after Monday 18 May comes Monday 25 May.
    """
    history = CL.made("2026-05-18 10:00")

    assert CL.verdict(f"{day} 10:00", channel=channel, history=history).allowed is allowed
    assert CL.verdict("2026-05-18 12:00", channel="email", history=history).allowed


def test_a_week_is_seven_days():
    """
    After Tuesday 19 May comes Tuesday 26 May, not Monday 25 May.
    """
    assert CL.earliest("2026-05-25 10:00", history=CL.made("2026-05-19 10:00")) == "2026-05-26 08:00:00"


@pytest.mark.parametrize(
    ("day", "broken"),
    [("2026-05-22", []), ("2026-05-25", ["messages_two_per_week"]), ("2026-05-26", [])],
)
def test_two_messages_a_week(day, broken):
    """
    The third message within seven days is one too many.
    """
    history = CL.made("2026-05-19 10:00", "2026-05-21 10:00", channel="sms", outcome="sent")
    counted = history[:1] if day == "2026-05-22" else history

    assert CL.breaks(f"{day} 10:00", channel="email", history=counted) == broken


@pytest.mark.parametrize(("day", "allowed"), [("2026-05-19", False), ("2026-05-20", True)])
def test_messages_two_days_apart(day, allowed):
    """
    After a message on 18 May the next is on 20 May.
    """
    history = CL.made("2026-05-18 10:00", channel="email", outcome="sent")

    assert CL.verdict(f"{day} 10:00", channel="sms", history=history).allowed is allowed
