"""
The village's own choices: a household is left room to breathe.
"""

from __future__ import annotations

import datetime as dt

import pytest

from overdue_visit.contact import (
    Announcement,
    InconvenientTime,
    Moratorium,
    Representation,
    Request,
    SignedPlan,
)
from tests.contact.asking import Asking, each_day

VILLAGE = Asking("village", "Africa/Nairobi")


def test_header():
    """
    It was last looked at on 23 November 2026.
    """
    assert VILLAGE.header == (None, None, dt.date(2026, 11, 23))


@pytest.mark.parametrize(
    ("text", "allowed"),
    [
        ("2026-05-20 07:59:59", False),
        ("2026-05-20 08:00:00", True),
        ("2026-05-20 19:59:59", True),
        ("2026-05-20 20:00:00", False),
        ("2026-05-23 10:00:00", True),
        ("2026-05-24 10:00:00", False),
    ],
)
def test_hours(text, allowed):
    """
    From 8 to 20, not on Sundays.
    """
    assert VILLAGE.verdict(text).allowed is allowed


def test_holidays_are_closed():
    """
    A household keeps its holidays.
    """
    assert VILLAGE.earliest("2026-05-20 10:00", holidays=frozenset({dt.date(2026, 5, 20)})) == "2026-05-21 08:00:00"


def test_one_contact_a_day():
    """
    One contact or attempt a day, all channels together.
    """
    history = VILLAGE.made("2026-05-20 09:00", channel="sms")

    assert VILLAGE.breaks("2026-05-20 18:00", history=history) == ["one_a_day"]
    assert VILLAGE.breaks("2026-05-21 08:00", history=history) == []


@pytest.mark.parametrize(
    ("contacts", "day", "allowed"), [(2, "2026-05-23", True), (3, "2026-05-23", False), (3, "2026-05-25", True)]
)
def test_three_a_week(contacts, day, allowed):
    """
    Three contacts or attempts within seven days.
    """
    history = VILLAGE.made(*each_day("2026-05-18", contacts))

    assert VILLAGE.verdict(f"{day} 10:00", history=history).allowed is allowed


def test_three_a_week_look_back_seven_days():
    """
    On the seventh day the first of the three still counts.
    """
    history = VILLAGE.made(*each_day("2026-05-19", 3))

    assert VILLAGE.earliest("2026-05-25 10:00", history=history) == "2026-05-26 08:00:00"


def visits(**fields) -> dict[str, object]:
    """
    Propose a visit that was announced, eight days past due.
    """
    letter = VILLAGE.made("2026-05-01 10:00", channel="mail", outcome="sent", purpose="visit_announcement")
    history = (*letter, *fields.pop("history", ()))
    return {"channel": "visit", "days_past_due": 8, "history": history, **fields}


@pytest.mark.parametrize(("days", "broken"), [(None, ["first_visit_day"]), (6, ["first_visit_day"]), (7, [])])
def test_first_visit_day(days, broken):
    """
    The first visit is on the seventh day past due.
    """
    assert VILLAGE.breaks("2026-05-20 10:00", **visits(days_past_due=days)) == broken


def test_visits_are_announced():
    """
    Nobody stands at the door unannounced, unless the borrower agreed.
    """
    agreed = (VILLAGE.consent("unannounced_visit"),)

    assert VILLAGE.breaks("2026-05-20 10:00", channel="visit", days_past_due=8) == ["visit_announced"]
    assert VILLAGE.breaks("2026-05-20 10:00", channel="visit", days_past_due=8, consents=agreed) == []


@pytest.mark.parametrize(("day", "broken"), [("2026-05-30", []), ("2026-06-01", ["visit_announced"])])
def test_an_announcement_holds_for_thirty_days(day, broken):
    """
    A visit that was announced on 1 May and did not take place by the 30th is announced anew.
    """
    assert VILLAGE.breaks(f"{day} 10:00", **visits()) == broken


@pytest.mark.parametrize(("day", "broken"), [("2026-05-25", ["one_visit_in_seven_days"]), ("2026-05-26", [])])
def test_one_visit_in_seven_days(day, broken):
    """
    After a visit on Tuesday the next is on the following Tuesday.
    """
    visit = VILLAGE.made("2026-05-19 10:00", channel="visit", outcome="met")

    assert VILLAGE.breaks(f"{day} 10:00", **visits(history=visit)) == broken


@pytest.mark.parametrize(
    ("fields", "free"),
    [
        ({}, "2026-05-01"),
        ({"kind": "mental_health_crisis", "treatment_ended": dt.date(2026, 3, 23)}, "2026-04-23"),
    ],
)
def test_moratorium(fields, free):
    """
    A household in a crisis is left alone for sixty days, or thirty days past the end of treatment.
    """
    rest = (Moratorium(**{"kind": "breathing_space", "start": dt.date(2026, 3, 2), **fields}),)

    assert VILLAGE.earliest("2026-03-25 10:00", moratoria=rest) == f"{free} 08:00:00"


@pytest.mark.parametrize(
    ("fields", "broken"),
    [
        (
            {
                "requests": (
                    Request(kind="stop_medium", medium="phone", received_at=VILLAGE.instant("2026-05-01 10:00")),
                )
            },
            "stops",
        ),
        ({"plans": (SignedPlan(kind="spread", signed_on=dt.date(2026, 5, 1)),)}, "plan_signed"),
        ({"representations": (Representation(),)}, "attorney"),
        ({"party": "n", "role": "relative"}, "only_who_owes"),
        ({"place": "workplace"}, "not_at_work"),
        ({"inconvenient_places": ("home",), "number_kind": "home_landline"}, "not_at_work"),
        ({"inconvenient_times": (InconvenientTime(days=("Wed",)),)}, "inconvenient_times"),
        ({"announcement": Announcement(on=dt.date(2026, 5, 25))}, "announced_day"),
    ],
)
def test_what_protects_a_household(fields, broken):
    """
    Each protection stands in the way by its own rule.
    """
    assert VILLAGE.breaks("2026-05-20 10:00", **fields) == [broken]
