"""
China Banking Association, guideline of 2026: the night, unanswered attempts, others.
"""

from __future__ import annotations

import datetime as dt

import pytest

from overdue_visit.contact import AgreedHours, Role, Ruling
from tests.contact.asking import Asking, each_hour

CBA = Asking("cn-cba-2026", "Asia/Shanghai")
RELATIVE = {"party": "aunt", "role": Role.RELATIVE}


def test_header():
    """
    It is in force since 30 January 2026 and was last looked at on 23 November 2026.
    """
    assert CBA.header == (dt.date(2026, 1, 30), None, dt.date(2026, 11, 23))
    assert CBA.breaks("2026-01-29 23:00") == []
    assert CBA.breaks("2026-01-30 23:00") == ["hours_22_08"]


@pytest.mark.parametrize(
    ("time", "allowed"), [("07:59:59", False), ("08:00:00", True), ("21:59:59", True), ("22:00:00", False)]
)
@pytest.mark.parametrize("channel", ["phone", "visit", "sms"])
def test_hours(time, allowed, channel):
    """
    From 22:00 to 8:00 there is no call, visit or message.
    """
    assert CBA.verdict(f"2026-05-20 {time}", channel=channel).allowed is allowed


@pytest.mark.parametrize(("time", "allowed"), [("22:00", True), ("23:59", True), ("07:00", False)])
def test_consent_opens_the_evening(time, allowed):
    """
    A consent to contact after 22:00 opens the evening up to midnight.
    """
    assert CBA.verdict(f"2026-05-20 {time}", consents=(CBA.consent("contact_after_22"),)).allowed is allowed


def test_the_evening_of_the_consent_begins_at_22():
    """
    Where other hours were agreed on, the consent to the evening opens at 22:00.
    """
    fields = {
        "consents": (CBA.consent("contact_after_22"),),
        "agreed_hours": AgreedHours(start=dt.time(9), end=dt.time(10)),
    }

    assert CBA.earliest("2026-05-20 12:00", **fields) == "2026-05-20 22:00:00"


@pytest.mark.parametrize(("attempts", "ruling"), [(5, Ruling.ALLOWED), (6, Ruling.ADVISORY)])
def test_unanswered_attempts(attempts, ruling):
    """
    The seventh unanswered attempt at one number on a day should rather not be made; another number has its own count.
    """
    history = CBA.made(*each_hour("2026-05-20", attempts), number="1")

    assert CBA.verdict("2026-05-20 19:00", number="1", history=history).ruling is ruling
    assert CBA.verdict("2026-05-20 19:00", number="2", history=history).ruling is Ruling.ALLOWED
    assert CBA.verdict("2026-05-20 19:00", history=history).ruling is ruling
    assert CBA.verdict("2026-05-21 08:00", number="1", history=history).ruling is Ruling.ALLOWED


def test_answered_calls_are_no_unanswered_attempts():
    """
    Conversations do not count.
    """
    history = CBA.made(*each_hour("2026-05-20", 9), number="1", outcome="conversation")

    assert CBA.breaks("2026-05-20 19:00", number="1", history=history) == []


@pytest.mark.parametrize(
    ("outcomes", "allowed"),
    [
        (["no_answer"] * 2, False),
        (["no_answer"] * 3, True),
        (["no_answer", "conversation", "no_answer", "no_answer"], False),
        (["conversation", "no_answer", "busy", "voicemail_left"], True),
        (["not_in_service"], True),
        (["not_in_service", "no_answer"], False),
    ],
)
def test_others_only_when_contact_is_lost(outcomes, allowed):
    """
    Others are contacted after three failures running, at a dead number, or when contact was lost otherwise.
    """
    history = [
        each
        for hour, outcome in enumerate(outcomes, 9)
        for each in CBA.made(f"2026-05-19 {hour:02}:00", outcome=outcome)
    ]

    assert CBA.verdict("2026-05-20 10:00", history=history, **RELATIVE).allowed is allowed
    assert CBA.verdict("2026-05-20 10:00", history=history, debtor_unreachable=True, **RELATIVE).allowed


def test_nothing_in_public():
    """
    No collecting in public places.
    """
    assert CBA.breaks("2026-05-20 10:00", channel="visit", place="public_place") == ["no_public_place"]
