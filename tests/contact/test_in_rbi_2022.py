"""
Reserve Bank of India, circular of August 2022: calling hours, others.
"""

from __future__ import annotations

import datetime as dt

import pytest

from overdue_visit.contact import Role
from tests.contact.asking import Asking

RBI = Asking("in-rbi-2022", "Asia/Kolkata")


def test_header():
    """
    It is in force since 12 August 2022, was last looked at on 23 November 2026, and leaves microfinance alone.
    """
    assert RBI.header == (dt.date(2022, 8, 12), None, dt.date(2026, 11, 23))
    assert RBI.breaks("2022-08-11 20:00") == []
    assert RBI.breaks("2022-08-12 20:00") == ["calling_hours"]
    assert RBI.breaks("2022-08-12 20:00", product="microfinance") == []


@pytest.mark.parametrize(
    ("time", "allowed"), [("07:59:59", False), ("08:00:00", True), ("19:00:00", True), ("19:00:01", False)]
)
def test_hours(time, allowed):
    """
    There are no calls before 8:00 and after 19:00.
    """
    assert RBI.verdict(f"2026-05-20 {time}").allowed is allowed


def test_no_intrusion_on_others():
    """
    Family, referees and friends are left alone; guarantors owe the debt.
    """
    assert RBI.breaks("2026-05-20 10:00", party="r", role=Role.RELATIVE) == ["no_intrusion_on_others"]
    assert RBI.breaks("2026-05-20 10:00", party="g", role=Role.GUARANTOR) == []
