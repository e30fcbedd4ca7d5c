"""
Breathing space, SI 2020/1311: contact rests, with its exceptions.
"""

from __future__ import annotations

import datetime as dt

import pytest

from overdue_visit.contact import Moratorium
from tests.contact.asking import Asking

SPACE = Asking("uk-breathing-space-2020", "Europe/London")


def rest(**fields) -> dict[str, object]:
    """
    Make a moratorium of the debt.
    """
    made = {"kind": "breathing_space", "start": dt.date(2026, 3, 2), "debts": ("D1",), **fields}
    return {"moratoria": (Moratorium(**made),)}


def test_header():
    """
    It is in force since 4 May 2021 and was last looked at on 23 November 2026.
    """
    early = rest(start=dt.date(2021, 4, 20))

    assert SPACE.header == (dt.date(2021, 5, 4), None, dt.date(2026, 11, 23))
    assert SPACE.breaks("2021-05-03 10:00", **early) == []
    assert SPACE.breaks("2021-05-04 10:00", **early) == ["no_contact_for_enforcement"]


@pytest.mark.parametrize("channel", ["phone", "visit"])
@pytest.mark.parametrize(
    ("fields", "free"),
    [
        ({}, "2026-05-01"),
        ({"end": dt.date(2026, 4, 10)}, "2026-04-11"),
        ({"kind": "mental_health_crisis", "treatment_ended": dt.date(2026, 3, 20)}, "2026-04-20"),
        (
            {"kind": "mental_health_crisis", "treatment_ended": dt.date(2026, 3, 20), "end": dt.date(2026, 6, 1)},
            "2026-06-02",
        ),
    ],
)
def test_contact_rests(fields, free, channel):
    """
    It rests from the first day for sixty days, to the known end, or thirty days past the end of treatment.
    """
    visit = SPACE.verdict("2026-03-02 00:00", channel=channel, **rest(**fields))

    assert SPACE.breaks("2026-03-01 23:59", channel=channel, **rest(**fields)) == []
    assert SPACE.earliest("2026-03-20 10:00", channel=channel, **rest(**fields)) == f"{free} 00:00:00"
    assert {each.key.split(".")[1]: each.until for each in visit.broken}.keys() == (
        {"no_contact_for_enforcement", "no_visits_by_enforcement_agents"}
        if channel == "visit"
        else {"no_contact_for_enforcement"}
    )
    assert {each.until for each in visit.broken} == {SPACE.instant(f"{free} 00:00").astimezone(dt.UTC)}


@pytest.mark.parametrize("channel", ["phone", "visit"])
def test_a_crisis_has_no_length_of_its_own(channel):
    """
    While the treatment goes on a crisis moratorium goes on, past sixty days, and nobody can say from when it is over.
    """
    crisis = rest(kind="mental_health_crisis")
    verdict = SPACE.verdict("2026-09-01 10:00", channel=channel, **crisis)

    assert "no_contact_for_enforcement" in [each.key.split(".")[1] for each in verdict.broken]
    assert verdict.earliest is None


@pytest.mark.parametrize("purpose", ["statutory_notice_cca", "required_by_law", "unrelated", "active_litigation"])
def test_what_may_be_sent(purpose):
    """
    What the law demands and what has nothing to do with enforcing may be sent (reg. 11(2)).
    """
    assert SPACE.breaks("2026-03-31 10:00", channel="mail", purpose=purpose, **rest()) == []
    assert SPACE.breaks("2026-03-31 10:00", channel="mail", purpose="demand_payment", **rest()) != []


def test_queries_are_answered():
    """
    The debtor's own query is answered, by whatever medium and more than once; other debts and advisers are free.
    """
    query = SPACE.made("2026-03-30 10:00", channel="email", direction="inbound", outcome="received", id="q1")
    answer = SPACE.made("2026-03-30 12:00", channel="email", outcome="sent", in_reply_to="q1")
    told = {"history": (*query, *answer), **rest()}

    assert SPACE.breaks("2026-03-31 10:00", in_reply_to="q1", **told) == []
    assert SPACE.breaks("2026-03-31 10:00", purpose="respond_to_debtor_query", **rest()) == [
        "no_contact_for_enforcement"
    ]
    assert SPACE.breaks("2026-03-31 10:00", debt="D2", **rest()) == []
    assert SPACE.breaks("2026-03-31 10:00", party="a", role="debt_adviser", **rest()) == []
