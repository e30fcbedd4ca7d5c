"""
GB/T 45251-2025: the night, effective calls, contact persons.
"""

from __future__ import annotations

import datetime as dt

import pytest

from overdue_visit.contact import AgreedHours, Request, Role
from tests.contact.asking import Asking, each_hour

GBT = Asking("cn-gbt-45251-2025", "Asia/Shanghai")
CONTACT = {"party": "contact", "role": Role.CONTACT_PERSON}


def test_header():
    """
    It is in force since 28 February 2025 and was last looked at on 23 November 2026.
    """
    assert GBT.header == (dt.date(2025, 2, 28), None, dt.date(2026, 11, 23))
    assert GBT.breaks("2025-02-27 23:00") == []
    assert GBT.breaks("2025-02-28 23:00") == ["hours_22_08"]


@pytest.mark.parametrize(
    ("time", "allowed"),
    [("07:59:59", False), ("08:00:00", True), ("21:59:59.999999", True), ("22:00:00", False)],
)
def test_hours(time, allowed):
    """
    The night begins at 22:00 and ends at 8:00.
    """
    assert GBT.verdict(f"2026-05-20 {time}").allowed is allowed


@pytest.mark.parametrize(
    ("time", "allowed"), [("22:59", True), ("23:00", False), ("08:30", False), ("09:00", True), ("02:00", False)]
)
def test_agreed_hours_take_the_place_of_the_night(time, allowed):
    """
    Where the parties agreed on 9:00 to 23:00, that holds, wider and narrower.
    """
    agreed = AgreedHours(start=dt.time(9), end=dt.time(23))

    assert GBT.verdict(f"2026-05-20 {time}", agreed_hours=agreed).allowed is allowed


@pytest.mark.parametrize(("time", "allowed"), [("21:59", True), ("22:00", True), ("23:59", True), ("05:00", False)])
def test_consent_to_the_evening_is_none_to_the_morning(time, allowed):
    """
    Who agreed to contact after 22:00 did not agree to be woken at five.
    """
    consent = GBT.consent("contact_after_22")

    assert GBT.verdict(f"2026-05-20 {time}", consents=(consent,)).allowed is allowed


def test_the_evening_of_the_consent_begins_at_22():
    """
    A consent that begins in the closed morning opens at 22:00; the window opens before.
    """
    consent = GBT.consent("contact_after_22", "2026-05-20 01:00")
    agreed = AgreedHours(start=dt.time(9), end=dt.time(10))

    assert GBT.earliest("2026-05-20 12:00", consents=(consent,), agreed_hours=agreed) == "2026-05-20 22:00:00"


@pytest.mark.parametrize(("calls", "allowed"), [(2, True), (3, False)])
@pytest.mark.parametrize("channel", ["phone", "smart_voice"])
def test_three_effective_calls_a_day(calls, allowed, channel):
    """
    Three conversations a day are enough, with a person or a machine, about whatever debt.
    """
    history = GBT.made(*each_hour("2026-05-20", calls), outcome="conversation", channel=channel, debt="D2")

    assert GBT.verdict("2026-05-20 18:00", history=history).allowed is allowed
    assert GBT.earliest("2026-05-20 18:00", history=history) == (
        "2026-05-20 18:00:00" if allowed else "2026-05-21 08:00:00"
    )


def test_what_is_no_effective_call_of_the_collector():
    """
    Neither unanswered calls nor the debtor's own calls count.
    """
    unanswered = GBT.made(*each_hour("2026-05-20", 8))
    inbound = GBT.made(*each_hour("2026-05-20", 8), outcome="conversation", direction="inbound")

    assert GBT.breaks("2026-05-20 18:00", history=(*unanswered, *inbound)) == []


def test_contact_persons():
    """
    A contact person is asked only if the debtor is out of reach, for the debtor only, and never after a refusal.
    """
    refused = Request(kind="do_not_contact", person="contact", received_at=GBT.instant("2026-05-01 10:00"))
    lost = {"debtor_unreachable": True, **CONTACT}

    assert GBT.breaks("2026-05-20 10:00", **CONTACT) == ["contact_person_only_if_unreachable"]
    assert GBT.breaks("2026-05-20 10:00", **lost) == []
    assert GBT.breaks("2026-05-20 10:00", purpose="demand_payment", **lost) == ["no_demand_to_contact_persons"]
    assert GBT.breaks("2026-05-20 10:00", requests=(refused,), **lost) == ["contact_person_refused"]
    assert GBT.breaks("2026-05-20 10:00", requests=(refused,)) == []
