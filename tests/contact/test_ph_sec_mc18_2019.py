"""
Philippines, SEC MC 18 of 2019: hours, and when they give way.
"""

from __future__ import annotations

import datetime as dt

import pytest

from tests.contact.asking import Asking

PH = Asking("ph-sec-mc18-2019", "Asia/Manila")


def test_header():
    """
    It is in force since 7 September 2019 and was last looked at on 23 November 2026.
    """
    assert PH.header == (dt.date(2019, 9, 7), None, dt.date(2026, 11, 23))
    assert PH.breaks("2019-09-06 23:00") == []
    assert PH.breaks("2019-09-07 23:00") == ["hours_6_22"]


@pytest.mark.parametrize(
    ("time", "allowed"), [("05:59:59", False), ("06:00:00", True), ("22:00:00", True), ("22:00:01", False)]
)
def test_hours(time, allowed):
    """
    Not before 6:00 or after 22:00.
    """
    assert PH.verdict(f"2026-05-20 {time}").allowed is allowed


@pytest.mark.parametrize(("days", "allowed"), [(None, False), (15, False), (16, True)])
def test_more_than_fifteen_days_past_due(days, allowed):
    """
    Fifteen days are not more than fifteen; what is not known is none.
    """
    assert PH.verdict("2026-05-20 23:00", days_past_due=days).allowed is allowed


@pytest.mark.parametrize(("express", "allowed"), [(True, True), (False, False), (None, False)])
def test_express_consent(express, allowed):
    """
    Only an express consent opens the night.
    """
    consent = PH.consent("contact_at_unusual_hours", express=express)

    assert PH.verdict("2026-05-20 23:00", consents=(consent,)).allowed is allowed
