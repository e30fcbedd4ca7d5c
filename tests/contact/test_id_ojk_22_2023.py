"""
Indonesia, POJK 22/2023 article 62: days and hours, addresses, nobody but the consumer.
"""

from __future__ import annotations

import datetime as dt

import pytest

from overdue_visit.contact import Role
from tests.contact.asking import Asking

OJK = Asking("id-ojk-22-2023", "Asia/Jakarta")


def test_header():
    """
    It was last looked at on 23 November 2026.
    """
    assert OJK.header == (None, None, dt.date(2026, 11, 23))


@pytest.mark.parametrize(
    ("text", "allowed"),
    [
        ("2026-05-20 07:59:59", False),
        ("2026-05-20 08:00:00", True),
        ("2026-05-20 20:00:00", True),
        ("2026-05-20 20:00:01", False),
        ("2026-05-23 10:00:00", True),
        ("2026-05-24 10:00:00", False),
    ],
)
def test_days_and_hours(text, allowed):
    """
    Monday to Saturday from 8 to 20 local time, otherwise with consent only.
    """
    consent = OJK.consent("collection_outside_hours")

    assert OJK.verdict(text).allowed is allowed
    assert OJK.verdict(text, consents=(consent,)).allowed


def test_local_time_is_the_consumers():
    """
    At 7:00 in Jakarta it is 9:00 in Jayapura.
    """
    assert not OJK.verdict("2026-05-20 07:00").allowed
    assert OJK.verdict("2026-05-20 07:00", zones=("Asia/Jayapura",)).allowed


def test_national_holidays_are_closed():
    """
    There is no contact on a national holiday.
    """
    assert OJK.earliest("2026-08-17 10:00", holidays=frozenset({dt.date(2026, 8, 17)})) == "2026-08-18 08:00:00"


def test_addresses_and_people():
    """
    At home or the billing address, and with the consumer only.
    """
    asked = (OJK.consent("collection_outside_place"),)

    assert OJK.breaks("2026-05-20 10:00", channel="visit", place="workplace") == ["billing_or_domicile_address"]
    assert OJK.breaks("2026-05-20 10:00", channel="visit", place="workplace", consents=asked) == []
    assert OJK.breaks("2026-05-20 10:00", channel="visit", place="billing_address") == []
    assert OJK.breaks("2026-05-20 10:00", party="r", role=Role.RELATIVE) == ["only_the_consumer"]
