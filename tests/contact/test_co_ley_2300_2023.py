"""
Colombia, Ley 2300 of 2023: hours, one contact a day and one channel a week after direct contact.
"""

from __future__ import annotations

import datetime as dt

import pytest

from tests.contact.asking import Asking

CO = Asking("co-ley-2300-2023", "America/Bogota")


def test_header():
    """
    It is in force since 10 October 2023 and was last looked at on 23 November 2026.
    """
    assert CO.header == (dt.date(2023, 10, 10), None, dt.date(2026, 11, 23))
    assert CO.breaks("2023-10-09 22:00") == []
    assert CO.breaks("2023-10-10 22:00") == ["hours"]


@pytest.mark.parametrize(
    ("text", "allowed"),
    [
        ("2026-05-20 06:59:59", False),
        ("2026-05-20 07:00:00", True),
        ("2026-05-20 19:00:00", True),
        ("2026-05-20 19:00:01", False),
        ("2026-05-23 07:59:59", False),
        ("2026-05-23 08:00:00", True),
        ("2026-05-23 15:00:00", True),
        ("2026-05-23 15:00:01", False),
        ("2026-05-24 10:00:00", False),
    ],
)
def test_hours(text, allowed):
    """
    Monday to Friday from 7 to 19, Saturday from 8 to 15, never on Sunday.
    """
    assert CO.verdict(text).allowed is allowed


def test_holidays_are_closed():
    """
    There is no contact on a public holiday.
    """
    assert CO.earliest("2026-05-18 10:00", holidays=frozenset({dt.date(2026, 5, 18)})) == "2026-05-19 07:00:00"


def test_once_a_day_after_direct_contact():
    """
    After a conversation there is nothing more that day; an unanswered call is no direct contact.
    """
    spoken = CO.made("2026-05-19 09:00", outcome="conversation")

    assert CO.breaks("2026-05-19 16:00", history=spoken) == ["one_contact_per_day"]
    assert CO.breaks("2026-05-20 07:00", history=spoken) == []
    assert CO.breaks("2026-05-19 16:00", history=CO.made("2026-05-19 09:00")) == []


@pytest.mark.parametrize(("day", "broken"), [("2026-05-25", ["one_channel_per_week"]), ("2026-05-26", [])])
def test_one_channel_a_week_after_direct_contact(day, broken):
    """
    Who was spoken to by phone on 19 May is not written to before 26 May, but may be called.
    """
    spoken = CO.made("2026-05-19 09:00", outcome="conversation")

    assert CO.breaks(f"{day} 10:00", channel="whatsapp", history=spoken) == broken
    assert CO.breaks(f"{day} 10:00", channel="phone", history=spoken) == []


def test_authorised_channels():
    """
    Only channels that the consumer authorised are used, once it was asked.
    """
    assert CO.breaks("2026-05-20 10:00", authorised_channels=("email",)) == ["authorised_channels"]
    assert CO.breaks("2026-05-20 10:00", channel="email", authorised_channels=("email",)) == []
