"""
Reserve Bank of India, microfinance loans: hours, and visits after missed meetings.
"""

from __future__ import annotations

import datetime as dt

import pytest

from tests.contact.asking import Asking

MFI = Asking("in-rbi-mfi-2022", "Asia/Kolkata")


def test_header():
    """
    It is in force since 1 April 2022 for microfinance, and was last looked at on 23 November 2026.
    """
    assert MFI.header == (dt.date(2022, 4, 1), None, dt.date(2026, 11, 23))
    assert MFI.breaks("2022-03-31 20:00") == []
    assert MFI.breaks("2022-04-01 20:00") == ["calling_hours"]
    assert MFI.breaks("2022-04-01 20:00", product="housing") == []


@pytest.mark.parametrize(
    ("time", "allowed"), [("08:59:59", False), ("09:00:00", True), ("18:00:00", True), ("18:00:01", False)]
)
def test_hours(time, allowed):
    """
    There are no calls before 9:00 and after 18:00.
    """
    assert MFI.verdict(f"2026-05-20 {time}").allowed is allowed


@pytest.mark.parametrize(("missed", "allowed"), [(0, False), (1, False), (2, True), (3, True)])
def test_visits_after_two_missed_meetings(missed, allowed):
    """
    At home the borrower is visited after two missed meetings running; at the agreed place at any time.
    """
    visit = {"channel": "visit", "missed_meetings": missed}

    assert MFI.verdict("2026-05-20 10:00", place="home", **visit).allowed is allowed
    assert MFI.verdict("2026-05-20 10:00", place="designated_place", **visit).allowed
