"""
Russian Federal Law 230-FZ: hours, and the three separate counts.
"""

from __future__ import annotations

import datetime as dt

import pytest

from tests.contact.asking import Asking, each_day, each_hour

RU = Asking("ru-230fz", "Europe/Moscow")


def test_header():
    """
    It was last looked at on 23 November 2026.
    """
    assert RU.header == (None, None, dt.date(2026, 11, 23))


@pytest.mark.parametrize(
    ("text", "allowed"),
    [
        ("2026-05-20 07:59:59", False),
        ("2026-05-20 08:00:00", True),
        ("2026-05-20 21:59:59", True),
        ("2026-05-20 22:00:00", False),
        ("2026-05-23 08:59:59", False),
        ("2026-05-23 09:00:00", True),
        ("2026-05-24 19:59:59", True),
        ("2026-05-24 20:00:00", False),
    ],
)
def test_hours(text, allowed):
    """
    Working days from 8 to 22, days off from 9 to 20 (art. 7).
    """
    assert RU.verdict(text).allowed is allowed


@pytest.mark.parametrize(("time", "allowed"), [("08:30", False), ("09:00", True), ("19:59", True), ("20:30", False)])
def test_a_holiday_is_a_day_off(time, allowed):
    """
    A holiday on a Friday has the hours of a Sunday.
    """
    assert RU.verdict(f"2026-06-12 {time}", holidays=frozenset({dt.date(2026, 6, 12)})).allowed is allowed


@pytest.mark.parametrize(("day", "allowed"), [("2026-05-24", False), ("2026-05-25", True)])
def test_one_meeting_a_week(day, allowed):
    """
    After a meeting on Monday 18 May the next is on Monday 25 May.
    """
    history = RU.made("2026-05-18 10:00", channel="visit", outcome="met")

    assert RU.verdict(f"{day} 12:00", channel="visit", history=history).allowed is allowed


def test_one_call_a_day():
    """
    The second call of a day is one too many; the next day is free.
    """
    history = RU.made("2026-05-18 10:00", outcome="conversation")

    assert RU.breaks("2026-05-18 18:00", history=history) == ["calls_one_per_day"]
    assert RU.breaks("2026-05-19 08:00", history=history) == []


@pytest.mark.parametrize(("day", "broken"), [("2026-05-24", ["calls_two_per_week"]), ("2026-05-25", [])])
def test_two_calls_a_week(day, broken):
    """
    After calls on Monday and Wednesday the third is on the next Monday.
    """
    history = RU.made("2026-05-18 10:00", "2026-05-20 10:00", outcome="conversation")

    assert RU.breaks(f"{day} 12:00", history=history) == broken
    assert RU.breaks(f"{day} 12:00", history=history[:1]) == []


@pytest.mark.parametrize(("calls", "broken"), [(7, []), (8, ["calls_eight_per_month"])])
def test_eight_calls_a_month(calls, broken):
    """
    The ninth call of May is one too many, and June begins anew.
    """
    history = RU.made(*each_day("2026-05-01", calls), outcome="conversation")

    assert RU.breaks("2026-05-31 12:00", history=history) == broken
    assert RU.breaks("2026-06-01 12:00", history=history) == []


@pytest.mark.parametrize(("messages", "broken"), [(1, []), (2, ["messages_two_per_day"])])
def test_two_messages_a_day(messages, broken):
    """
    The third message of a day is one too many, whatever messenger it takes.
    """
    history = RU.made(*each_hour("2026-05-18", messages), channel="messenger", outcome="sent")

    assert RU.breaks("2026-05-18 18:00", channel="sms", history=history) == broken
    assert RU.breaks("2026-05-19 08:00", channel="sms", history=history) == []
    assert RU.breaks("2026-05-18 18:00", channel="phone", history=history) == []


@pytest.mark.parametrize(
    ("messages", "day", "broken"),
    [(3, "2026-05-24", []), (4, "2026-05-24", ["messages_four_per_week"]), (4, "2026-05-25", [])],
)
def test_four_messages_a_week(messages, day, broken):
    """
    The fifth message within seven days is one too many.
    """
    texts = ["2026-05-18 10:00", "2026-05-18 12:00", "2026-05-19 10:00", "2026-05-20 10:00"]
    history = RU.made(*texts[4 - messages :], channel="sms", outcome="sent")
    later = day == "2026-05-25"

    assert (
        RU.breaks(f"{day} 12:00", channel="sms", history=RU.made(*texts, channel="sms") if later else history) == broken
    )


@pytest.mark.parametrize(("messages", "broken"), [(15, []), (16, ["messages_sixteen_per_month"])])
def test_sixteen_messages_a_month(messages, broken):
    """
    The seventeenth message of May is one too many, and June begins anew.
    """
    history = RU.made(*each_day("2026-05-01", messages), channel="sms", outcome="sent")

    assert RU.breaks("2026-05-31 12:00", channel="sms", history=history) == broken
    assert RU.breaks("2026-06-01 12:00", channel="sms", history=history) == []
