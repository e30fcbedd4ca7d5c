"""
Malformed values are refused, with the field, the value and what would be accepted.
"""

from __future__ import annotations

import datetime as dt
import pickle

import pytest

from overdue_visit.contact import (
    AgreedHours,
    Announcement,
    Consent,
    Contact,
    DebtGroup,
    Hours,
    InconvenientTime,
    Known,
    Moratorium,
    NumberCheck,
    Proposed,
    Representation,
    Request,
    SignedPlan,
    check,
    named,
)
from overdue_visit.errors import InvalidValue

NOON = dt.datetime(2026, 5, 20, 12, tzinfo=dt.UTC)
NAIVE = dt.datetime(2026, 5, 20, 12)
DAY = dt.date(2026, 5, 20)
CALL = {"at": NOON, "channel": "phone", "debt": "D1"}


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"at": NAIVE}, "at"),
        ({"at": DAY}, "at"),
        ({"at": dt.datetime(1900, 1, 1, tzinfo=dt.UTC)}, "at"),
        ({"channel": "pigeon"}, "channel"),
        ({"channel": None}, "channel"),
        ({"debt": ""}, "debt"),
        ({"debt": 7}, "debt"),
        ({"also_debts": "D2"}, "debts"),
        ({"also_debts": ("D2", "D2")}, "debts"),
        ({"party": " "}, "party"),
        ({"role": "friend"}, "role"),
        ({"number": ""}, "number"),
        ({"number_kind": "landline"}, "number_kind"),
        ({"place": "moon"}, "place"),
        ({"purpose": "Demand Payment"}, "purpose"),
    ],
)
@pytest.mark.parametrize("kind", [Contact, Proposed])
def test_contacts(kind, fields, field):
    """
    Unknown channels, naive instants and empty names are no contact.
    """
    with pytest.raises(InvalidValue) as refusal:
        kind(**{**CALL, **fields})

    assert refusal.value.field == field
    assert refusal.value.accepted
    assert str(pickle.loads(pickle.dumps(refusal.value))) == str(refusal.value)


@pytest.mark.parametrize(
    ("kind", "fields", "field"),
    [
        (Contact, {**CALL, "direction": "sideways"}, "direction"),
        (Contact, {**CALL, "outcome": "shouted"}, "outcome"),
        (Contact, {**CALL, "state": "lost"}, "state"),
        (Contact, {**CALL, "misdirected": 1}, "misdirected"),
        (Contact, {**CALL, "id": ""}, "id"),
        (Proposed, {**CALL, "capacity": "friend"}, "capacity"),
        (Proposed, {**CALL, "product": ""}, "product"),
        (Proposed, {**CALL, "states": ("Opt out",)}, "states"),
        (Known, {"zones": ()}, "zones"),
        (Known, {"zones": "Asia/Shanghai"}, "zones"),
        (Known, {"zones": ("Asia/Atlantis",)}, "zone"),
        (Known, {"zones": ("UTC",), "days_past_due": -1}, "days_past_due"),
        (Known, {"zones": ("UTC",), "days_past_due": True}, "days_past_due"),
        (Known, {"zones": ("UTC",), "missed_meetings": 1.0}, "missed_meetings"),
        (Known, {"zones": ("UTC",), "holidays": (DAY,)}, "holidays"),
        (Known, {"zones": ("UTC",), "holidays": frozenset({NOON})}, "holidays"),
        (Known, {"zones": ("UTC",), "consents": [1]}, "consents"),
        (Known, {"zones": ("UTC",), "agreed_hours": 8}, "agreed_hours"),
        (Known, {"zones": ("UTC",), "employer_prohibits": "no"}, "employer_prohibits"),
        (Known, {"zones": ("UTC",), "inconvenient_places": ("moon",)}, "places"),
        (Known, {"zones": ("UTC",), "authorised_channels": ("pigeon",)}, "authorised_channels"),
        (Consent, {"giver": "", "scope": "call_back", "at": NOON}, "consent.giver"),
        (Consent, {"giver": "b", "scope": "", "at": NOON}, "consent.scope"),
        (Consent, {"giver": "b", "scope": "call_back", "at": NAIVE}, "at"),
        (Consent, {"giver": "b", "scope": "call_back", "at": NOON, "express": 1}, "consent.express"),
        (Consent, {"giver": "b", "scope": "call_back", "at": NOON, "valid_on": NOON}, "consent.valid_on"),
        (
            Consent,
            {"giver": "b", "scope": "call_back", "at": NOON, "ended_at": NOON - dt.timedelta(days=1)},
            "consent.ended_at",
        ),
        (Request, {"kind": "please", "received_at": NOON}, "request_kind"),
        (Request, {"kind": "stop_medium", "received_at": NOON}, "request.medium"),
        (Request, {"kind": "stop_medium", "received_at": NOON, "medium": "pigeon"}, "channel"),
        (Request, {"kind": "opt_out_address", "received_at": NOON}, "request.address"),
        (Request, {"kind": "do_not_contact", "received_at": NAIVE}, "at"),
        (Request, {"kind": "do_not_contact", "received_at": None, "withdrawn_at": NOON}, "request.withdrawn_at"),
        (
            Request,
            {"kind": "stop_workplace", "received_at": NOON, "confirmed_at": NOON - dt.timedelta(days=1)},
            "request.confirmed_at",
        ),
        (NumberCheck, {"number": "", "at": NOON, "since": DAY}, "number_check.number"),
        (NumberCheck, {"number": "1", "at": NAIVE, "since": DAY}, "at"),
        (NumberCheck, {"number": "1", "at": NOON, "since": DAY + dt.timedelta(days=2)}, "number_check.since"),
        (InconvenientTime, {"days": ()}, "days"),
        (InconvenientTime, {"days": ("Monday",)}, "days"),
        (InconvenientTime, {"start": dt.time(8)}, "inconvenient_time.end"),
        (InconvenientTime, {"since": DAY, "until": DAY - dt.timedelta(days=1)}, "inconvenient_time.until"),
        (AgreedHours, {"start": dt.time(8), "end": dt.time(8)}, "agreed_hours.end"),
        (AgreedHours, {"start": "08:00", "end": dt.time(8)}, "agreed_hours.start"),
        (AgreedHours, {"start": dt.time(8, tzinfo=dt.UTC), "end": dt.time(9)}, "agreed_hours.start"),
        (Moratorium, {"kind": "holiday", "start": DAY}, "moratorium_kind"),
        (Moratorium, {"kind": "deferral", "start": DAY, "end": DAY - dt.timedelta(days=1)}, "moratorium.end"),
        (Moratorium, {"kind": "deferral", "start": NOON}, "moratorium.start"),
        (SignedPlan, {"kind": "", "signed_on": DAY}, "plan.kind"),
        (SignedPlan, {"kind": "spread", "signed_on": DAY, "in_default": 0}, "plan.in_default"),
        (Representation, {"attorney_known": None}, "representation.attorney_known"),
        (Announcement, {"on": NOON}, "announcement.on"),
        (DebtGroup, {"name": "g", "debts": ()}, "debt_group.debts"),
        (Hours, {"days": (), "start": dt.time(8)}, "days"),
        (Hours, {"days": ("Mon",), "start": dt.time(20), "end": dt.time(8)}, "end"),
        (Hours, {"days": ("Mon",), "start": dt.time(8), "end": dt.time(20), "crosses_midnight": True}, "end"),
        (Hours, {"days": ("Mon",), "start": dt.time(8), "crosses_midnight": True}, "end"),
        (Hours, {"days": ("Mon",), "start": "8:00"}, "start"),
    ],
)
def test_values(kind, fields, field):
    """
    Each value refuses what it cannot mean, by the name of the field.
    """
    with pytest.raises(InvalidValue) as refusal:
        kind(**fields)

    assert refusal.value.field == field
    assert refusal.value.accepted


def test_history_out_of_order():
    """
    A history is told in order of time.
    """
    history = [Contact(**CALL), Contact(**{**CALL, "at": NOON - dt.timedelta(days=1)})]

    with pytest.raises(InvalidValue) as refusal:
        check(Proposed(**CALL), history=history, rules=named("village"), known=Known(zones=("UTC",)))

    assert refusal.value.field == "history"


def test_history_in_the_future():
    """
    What happened lies before what is proposed; the same instant is still accepted.
    """
    rules, known = named("village"), Known(zones=("UTC",))
    later = [Contact(**{**CALL, "at": NOON + dt.timedelta(seconds=1)})]

    assert check(Proposed(**CALL), history=[Contact(**CALL)], rules=rules, known=known).rule is not None
    with pytest.raises(InvalidValue, match="no contact later"):
        check(Proposed(**CALL), history=later, rules=rules, known=known)


def test_history_of_something_else():
    """
    A history holds contacts.
    """
    with pytest.raises(InvalidValue, match="contacts"):
        check(Proposed(**CALL), history=[NOON], rules=named("village"), known=Known(zones=("UTC",)))
