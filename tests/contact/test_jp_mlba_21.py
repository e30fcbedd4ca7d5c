"""
Japan, Money Lending Business Act article 21: the night, the workplace, days that the debtor announced.
"""

from __future__ import annotations

import datetime as dt

import pytest

from overdue_visit.contact import Announcement
from tests.contact.asking import Asking

JP = Asking("jp-mlba-21", "Asia/Tokyo")


def test_header():
    """
    It was last looked at on 23 November 2026.
    """
    assert JP.header == (None, None, dt.date(2026, 11, 23))


@pytest.mark.parametrize(
    ("time", "allowed"), [("07:59:59", False), ("08:00:00", True), ("20:59:59", True), ("21:00:00", False)]
)
@pytest.mark.parametrize("channel", ["phone", "fax", "visit"])
def test_hours(time, allowed, channel):
    """
    No calls, fax or visits from 21:00 to 8:00; letters are no matter of hours.
    """
    assert JP.verdict(f"2026-05-20 {time}", channel=channel).allowed is allowed
    assert JP.verdict(f"2026-05-20 {time}", channel="mail").allowed


@pytest.mark.parametrize(
    ("fields", "allowed"),
    [
        ({"channel": "visit", "place": "workplace"}, False),
        ({"channel": "visit", "place": "public_place"}, False),
        ({"channel": "visit", "place": "home"}, True),
        ({"channel": "visit"}, True),
        ({"number_kind": "work"}, False),
        ({"number_kind": "mobile"}, True),
    ],
)
def test_workplace(fields, allowed):
    """
    Nowhere but at home, without a legitimate reason such as a debtor who cannot be found.
    """
    assert JP.verdict("2026-05-20 10:00", **fields).allowed is allowed
    assert JP.verdict("2026-05-20 10:00", debtor_unreachable=True, **fields).allowed


@pytest.mark.parametrize(
    ("text", "reasonable", "allowed"),
    [("2026-05-20 10:00", True, False), ("2026-05-20 10:00", False, True), ("2026-05-25 08:00", True, True)],
)
def test_announced_day(text, reasonable, allowed):
    """
    A reasonable day that the debtor announced is waited for.
    """
    announcement = Announcement(on=dt.date(2026, 5, 25), reasonable=reasonable)

    assert JP.verdict(text, announcement=announcement).allowed is allowed
    assert allowed or JP.earliest(text, announcement=announcement) == "2026-05-25 08:00:00"
