"""
Vietnam, Circular 18/2019: hours, reminders a day, nobody but the debtor.
"""

from __future__ import annotations

import datetime as dt

import pytest

from overdue_visit.contact import Role
from tests.contact.asking import Asking, each_hour

VN = Asking("vn-ttnhnn-18-2019", "Asia/Ho_Chi_Minh")


def test_header():
    """
    It is in force since 1 January 2020 and was last looked at on 23 November 2026.
    """
    assert VN.header == (dt.date(2020, 1, 1), None, dt.date(2026, 11, 23))
    assert VN.breaks("2019-12-31 22:00") == []
    assert VN.breaks("2020-01-01 22:00") == ["hours_7_21"]


@pytest.mark.parametrize(
    ("time", "allowed"), [("06:59:59", False), ("07:00:00", True), ("21:00:00", True), ("21:00:01", False)]
)
def test_hours(time, allowed):
    """
    Reminders lie within 7:00 to 21:00.
    """
    assert VN.verdict(f"2026-05-20 {time}").allowed is allowed


@pytest.mark.parametrize(("reminders", "allowed"), [(4, True), (5, False)])
def test_five_reminders_a_day(reminders, allowed):
    """
    The sixth reminder of a day is one too many, whatever its form.
    """
    history = (*VN.made("2026-05-20 08:00", channel="sms"), *VN.made(*each_hour("2026-05-20", reminders - 1)))

    assert VN.verdict("2026-05-20 18:00", history=history).allowed is allowed
    assert VN.verdict("2026-05-21 07:00", history=history).allowed


def test_nobody_else():
    """
    Who does not owe is not reminded.
    """
    assert VN.breaks("2026-05-20 10:00", party="r", role=Role.RELATIVE) == ["third_party"]
