"""
Cases of the contact gate: each names a rule set, what happened before, what is known, and a proposed contact.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from typing import cast

from overdue_visit import contact
from overdue_visit.contact import Role, Ruling
from tests.vectors.dispatch import Case, Handler
from tests.vectors.report import NotCovered

Table = Mapping[str, object]
SHARED_KEYS = {
    "at", "channel", "debt", "person", "address", "address_kind", "place", "purpose", "in_reply_to",
}  # fmt: skip
HISTORY_KEYS = SHARED_KEYS | {"also_debts", "conversation_only_debts", "direction", "id", "misdirected", "outcome"}
# When it would arrive does not matter: an electronic contact is made when it is sent.
PROPOSED_KEYS = SHARED_KEYS | {"expected_delivery"}
CASE_KEYS = {
    "basis", "boundary_ambiguous", "confidence", "consumer_locations", "context", "earliest_allowed", "expected",
    "explanation", "history", "id", "jurisdiction", "notes", "policy", "proposed", "rebuttable", "rebuttal_factor",
    "rule", "severity", "source", "timezone", "warning_expected",
}  # fmt: skip

ROLES = {
    "consumer_attorney": Role.ATTORNEY,
    "contact_person": Role.CONTACT_PERSON,
    "guarantor": Role.GUARANTOR,
    "relative": Role.RELATIVE,
    "third_party": Role.THIRD_PARTY,
}

# The cases' own names of rules, where a rule of the set goes by another one.
DECIDED_BY = {
    "us-regf": {
        "call_frequency_7_in_7": "call_frequency_7_in_7",
        "call_frequency_third_party": "call_frequency_7_in_7",
        "ringless_voicemail_counts": "call_frequency_7_in_7",
        "post_conversation_cooldown": "post_conversation_cooldown",
        "post_conversation_cooldown_inbound": "post_conversation_cooldown",
        "post_conversation_cooldown_urgent_notice": "post_conversation_cooldown",
        "general_conversation_allocation": "post_conversation_cooldown",
        "student_loans_one_debt": "post_conversation_cooldown",
        "cooldown_per_debt": "post_conversation_cooldown",
        "designated_inconvenient_day": "inconvenient_times",
        "designated_inconvenient_hours": "inconvenient_times",
        "inconvenient_place": "inconvenient_place",
        "conflicting_locations": "hours",
        "hours_boundary": "hours",
        "hours_consumer_timezone": "hours",
        "stop_medium": "stop_medium",
        "represented_consumer": "attorney",
        "workplace": "workplace",
    },
    "us-ma-209cmr18": {"home_visit_oral_consent_insufficient": "home_visit_once_in_30_days"},
    "cn-gbt-45251-2025": {"hours_agreed_otherwise": "hours_22_08"},
    "cn-cba-2026": {"hours_consent": "hours_22_08"},
    "in-rbi-2022": {"calling_hours_timezone": "calling_hours"},
    "id-ojk-22-2023": {
        "days_mon_sat": "days_and_hours",
        "national_holiday": "days_and_hours",
        "consent_outside_hours": "days_and_hours",
    },
    "ph-sec-mc18-2019": {"hours_exception_dpd_15": "hours_6_22"},
    "ru-230fz": {"hours_workday": "hours", "hours_weekend": "hours", "hours_debtor_timezone": "hours"},
    "co-ley-2300-2023": {"hours_saturday": "hours", "no_sunday": "hours"},
}


def judged(case: Case) -> tuple[object, object]:
    """
    Put a case to the gate; the verdict's parts that the case states are compared.
    """
    refuse_unknown(case, CASE_KEYS)
    rules = contact.named(str(case["policy"]))
    history = sorted(map(made, rows(case["history"])), key=lambda each: each.at)
    verdict = contact.check(proposed(table(case["proposed"])), history=history, rules=rules, known=known(case))
    expected: dict[str, object] = {"expected": case["expected"]}
    got: dict[str, object] = {"expected": "allowed" if verdict.allowed else "denied"}
    if case.get("earliest_allowed") is not None:
        expected["earliest_allowed"] = instant(case["earliest_allowed"])
        got["earliest_allowed"] = verdict.earliest
    for key, value in (
        ("severity", "advisory" if verdict.ruling is Ruling.ADVISORY else str(verdict.ruling)),
        ("rebuttable", verdict.rebuttable),
        ("rebuttal_factor", bool(verdict.factors)),
    ):
        if key in case:
            expected[key], got[key] = case[key], value
    if "warning_expected" in case:
        warned = [each.warning for each in verdict.warnings]
        expected["warning"] = case["warning_expected"]
        got["warning"] = case["warning_expected"] if case["warning_expected"] in warned else warned
    deciding = decided_by(case)
    if deciding is not None:
        broken = [each.key for each in verdict.broken]
        expected["rule"], got["rule"] = deciding, deciding if deciding in broken else broken
    return expected, got


def decided_by(case: Case) -> str | None:
    """
    Return the key of the rule that a denied case names; None for a name that is not a rule of the set.
    """
    policy, name = str(case["policy"]), str(case["rule"])
    own = DECIDED_BY.get(policy, {}).get(name, name)
    known_names = {rule.id for rule in contact.named(policy).rules}
    return f"{policy}.{own}" if case["expected"] == "denied" and own in known_names else None


def made(row: Table) -> contact.Contact:
    """
    Translate a contact of the history.
    """
    refuse_unknown(row, HISTORY_KEYS)
    fields = shared(row)
    for key in ("direction", "outcome", "id", "misdirected", "also_debts", "conversation_only_debts"):
        if key in row:
            fields[key] = row[key]
    return contact.Contact(**fields)  # type: ignore[arg-type]


def proposed(row: Table) -> contact.Proposed:
    """
    Translate the proposed contact.
    """
    refuse_unknown(row, PROPOSED_KEYS)
    return contact.Proposed(**shared(row))  # type: ignore[arg-type]


def shared(row: Table) -> dict[str, object]:
    """
    Translate what a contact of the history and a proposed one have in common.
    """
    fields: dict[str, object] = {"at": instant(row["at"]), "channel": row["channel"], "debt": row.get("debt", "any")}
    for key, field in (
        ("address", "number"),
        ("address_kind", "number_kind"),
        ("place", "place"),
        ("purpose", "purpose"),
        ("in_reply_to", "in_reply_to"),
    ):
        if row.get(key) is not None:
            fields[field] = row[key]
    if row.get("person") is not None:
        fields["party"], fields["role"] = row["person"], role(str(row["person"]))
    return fields


def role(person: str) -> Role:
    """
    Return what a person of a case is to the debt; a number at the end tells several apart.
    """
    named = person.rstrip("0123456789").rstrip("_")
    if named not in ROLES:
        raise NotCovered(f"person {person}")
    return ROLES[named]


def known(case: Case) -> contact.Known:
    """
    Translate the context.
    """
    context = table(case.get("context") or {})
    refuse_unknown(context, CONTEXT.keys())
    fields: dict[str, object] = {
        "zones": tuple(cast("Sequence[str]", case.get("consumer_locations") or [case["timezone"]]))
    }
    for key, value in context.items():
        fields.update(CONTEXT[key](value))
    return contact.Known(**fields)  # type: ignore[arg-type]


def consents(value: object) -> Table:
    """
    Translate consents; the borrower gave them.
    """
    keys = {"at", "debt", "express", "given_directly", "in_writing", "scope", "valid_on"}
    given = []
    for row in rows(value):
        refuse_unknown(row, keys)
        fields = {**row, "at": instant(row["at"]), "giver": "borrower"}
        if "valid_on" in row:
            fields["valid_on"] = day(row["valid_on"])
        given.append(contact.Consent(**fields))  # type: ignore[arg-type]
    return {"consents": tuple(given)}


def requests(value: object) -> Table:
    """
    Translate requests to stop; one that was only sent has not been received.
    """
    keys = {"address", "debt", "in_writing", "kind", "medium", "person", "received_at", "sent_at"}
    asked = []
    for row in rows(value):
        refuse_unknown(row, keys)
        fields = {key: item for key, item in row.items() if key != "sent_at"}
        fields["received_at"] = instant(row["received_at"]) if row.get("received_at") is not None else None
        asked.append(contact.Request(**fields))  # type: ignore[arg-type]
    return {"requests": tuple(asked)}


def inconvenient_times(value: object) -> Table:
    """
    Translate times that were called inconvenient.
    """
    times = []
    for row in rows(value):
        refuse_unknown(row, {"days", "from", "to", "source", "until"})
        fields: dict[str, object] = {"source": row.get("source")}
        if "days" in row:
            fields["days"] = row["days"]
        fields["start"], fields["end"] = (wall(row[key]) if key in row else None for key in ("from", "to"))
        fields["until"] = day(row["until"]) if row.get("until") is not None else None
        times.append(contact.InconvenientTime(**fields))  # type: ignore[arg-type]
    return {"inconvenient_times": tuple(times)}


def agreed_hours(value: object) -> Table:
    """
    Translate hours that the parties agreed on.
    """
    row = table(value)
    refuse_unknown(row, {"from", "to"})
    return {"agreed_hours": contact.AgreedHours(start=wall(row["from"]), end=wall(row["to"]))}


def moratorium(value: object) -> Table:
    """
    Translate a moratorium.
    """
    row = table(value)
    refuse_unknown(row, {"debts", "end", "kind", "start", "treatment_ended"})
    days = {key: day(row[key]) for key in ("start", "end", "treatment_ended") if row.get(key) is not None}
    debts = tuple(cast("Sequence[str]", row.get("debts") or ()))
    return {"moratoria": (contact.Moratorium(kind=row["kind"], debts=debts, **days),)}  # type: ignore[arg-type]


def repayment_plan(value: object) -> Table:
    """
    Translate a plan that was signed.
    """
    row = table(value)
    refuse_unknown(row, {"in_default", "kind", "signed_at"})
    plan = contact.SignedPlan(
        kind=str(row["kind"]), signed_on=day(row["signed_at"]), in_default=cast("bool", row.get("in_default", False))
    )
    return {"plans": (plan,)}


def represented(value: object) -> Table:
    """
    Translate an attorney; one that is not known to represent the consumer is none.
    """
    row = table(value)
    refuse_unknown(row, {"attorney_known", "debt", "known"})
    if row.get("known") is False:
        return {}
    known_to = cast("bool", row.get("attorney_known", True))
    debt = cast("str | None", row.get("debt"))
    return {"representations": (contact.Representation(attorney_known=known_to, debt=debt),)}


def announced(value: object) -> Table:
    """
    Translate the day that a debtor announced.
    """
    row = table(value)
    refuse_unknown(row, {"payment_or_contact_on", "reasonable"})
    on, reasonable = day(row["payment_or_contact_on"]), cast("bool", row.get("reasonable", True))
    return {"announcement": contact.Announcement(on=on, reasonable=reasonable)}


def debt_groups(value: object) -> Table:
    """
    Translate groups of debts; why they are one does not matter.
    """
    groups = []
    for row in rows(value):
        refuse_unknown(row, {"debts", "group", "reason"})
        groups.append(contact.DebtGroup(name=str(row["group"]), debts=tuple(cast("Sequence[str]", row["debts"]))))
    return {"debt_groups": tuple(groups)}


def same(field: str) -> Callable[[object], Table]:
    """
    Return the translation of a value that needs none.
    """
    return lambda value: {field: value}


CONTEXT: dict[str, Callable[[object], Table]] = {
    "agreed_contact_hours": agreed_hours,
    "consents": consents,
    "days_past_due": same("days_past_due"),
    "debt_groups": debt_groups,
    "debtor_announced": announced,
    "debtor_unreachable": same("debtor_unreachable"),
    "employer_prohibits": same("employer_prohibits"),
    "holidays": lambda value: {"holidays": frozenset(map(day, cast("Sequence[object]", value)))},
    "inconvenient_places": same("inconvenient_places"),
    "inconvenient_times": inconvenient_times,
    "moratorium": moratorium,
    "repayment_plan": repayment_plan,
    "represented_by_attorney": represented,
    "requests": requests,
}


def refuse_unknown(row: Table, keys: object) -> None:
    """
    Say which key a case has that no file of this schema may have.
    """
    for key in row:
        if key not in cast("set[str]", keys):
            raise NotCovered(f"key {key}")


def table(value: object) -> Table:
    """
    Return an object of a case as a mapping.
    """
    return cast("Table", value)


def rows(value: object) -> Sequence[Table]:
    """
    Return a list of objects.
    """
    return cast("Sequence[Table]", value)


def instant(value: object) -> dt.datetime:
    """
    Read an instant.
    """
    return dt.datetime.fromisoformat(str(value))


def day(value: object) -> dt.date:
    """
    Read a date.
    """
    return dt.date.fromisoformat(str(value))


def wall(value: object) -> dt.time:
    """
    Read a time of day.
    """
    return dt.time.fromisoformat(str(value))


KINDS: dict[str, Handler] = dict.fromkeys(contact.names(), judged)
