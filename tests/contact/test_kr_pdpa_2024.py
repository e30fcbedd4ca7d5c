"""
Korea: the night, seven contacts in seven days for a claim, deferrals and bars.
"""

from __future__ import annotations

import datetime as dt

import pytest

from overdue_visit.contact import InconvenientTime, Moratorium, Request
from tests.contact.asking import Asking, each_hour

KR = Asking("kr-pdpa-2024", "Asia/Seoul")


def test_header():
    """
    It is in force since 17 October 2024 and was last looked at on 23 November 2026.
    """
    assert KR.header == (dt.date(2024, 10, 17), None, dt.date(2026, 11, 23))
    assert KR.breaks("2024-10-16 22:00") == []
    assert KR.breaks("2024-10-17 22:00") == ["night_21_08"]


@pytest.mark.parametrize(
    ("time", "allowed"), [("07:59:59", False), ("08:00:00", True), ("20:59:59", True), ("21:00:00", False)]
)
def test_the_night(time, allowed):
    """
    The night begins at 21:00 and ends at 8:00.
    """
    assert KR.verdict(f"2026-05-20 {time}", channel="sms").allowed is allowed


@pytest.mark.parametrize(
    ("contacts", "day", "allowed"), [(6, "2026-05-18", True), (7, "2026-05-24", False), (7, "2026-05-25", True)]
)
def test_seven_contacts_in_seven_days(contacts, day, allowed):
    """
    The eighth contact on a claim within seven days is one too many, all channels together.
    """
    calls = KR.made(*each_hour("2026-05-18", 3))
    texts = KR.made(*each_hour("2026-05-18", contacts - 3, 13), channel="sms", outcome="delivered")

    assert KR.verdict(f"{day} 20:00", channel="visit", history=(*calls, *texts)).allowed is allowed
    assert KR.verdict(f"{day} 20:00", channel="visit", debt="D2", history=(*calls, *texts)).allowed


def test_notices_and_answers_are_left_out():
    """
    Notices that the law demands, and answers given on the day, neither count nor are held up.
    """
    full = KR.made(*each_hour("2026-05-18", 7))
    asked = KR.made("2026-05-19 09:00", channel="email", direction="inbound", outcome="received", id="q1")
    answers = KR.made(*each_hour("2026-05-18", 3), channel="email", in_reply_to="q0")
    notices = KR.made(*each_hour("2026-05-18", 3), channel="mail", purpose="statutory_notice")

    assert KR.breaks("2026-05-19 10:00", history=(*full, *asked)) == ["seven_contacts_in_seven_days_per_claim"]
    assert KR.breaks("2026-05-19 10:00", history=(*full, *asked), in_reply_to="q1") == []
    assert KR.breaks("2026-05-20 10:00", history=(*full, *asked), in_reply_to="q1") != []
    assert KR.breaks("2026-05-19 10:00", history=full, purpose="statutory_notice") == []
    assert KR.breaks("2026-05-19 10:00", history=(*full[:6], *answers, *notices)) == []


@pytest.mark.parametrize(
    ("end", "free"), [(None, "2026-08-01"), (dt.date(2026, 5, 31), "2026-06-01"), (dt.date(2027, 1, 1), "2026-08-01")]
)
def test_deferral(end, free):
    """
    Collecting rests after a disaster or a death, for ninety-two days at the most.
    """
    rest = (Moratorium(kind="deferral", start=dt.date(2026, 5, 1), end=end),)

    assert KR.earliest("2026-05-20 10:00", moratoria=rest) == f"{free} 08:00:00"


def test_bars():
    """
    The debtor may bar channels and times.
    """
    bar = Request(kind="stop_medium", medium="visit", received_at=KR.instant("2026-05-01 10:00"))
    times = (InconvenientTime(days=("Wed",), start=dt.time(9), end=dt.time(13)),)

    assert KR.breaks("2026-05-20 10:00", channel="visit", requests=(bar,)) == ["barred_channels"]
    assert KR.earliest("2026-05-20 10:00", inconvenient_times=times) == "2026-05-20 13:00:00"
