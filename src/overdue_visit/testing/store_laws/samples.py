"""
Sample values for the laws: small, valid, and told apart at a glance.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import Any

import attrs

from overdue_visit.record.change import (
    CaseChange,
    CaseRow,
    CommandRow,
    ContactRow,
    MessageRow,
    PrivateValue,
    SealedFact,
)

NOON = dt.datetime(2026, 3, 8, 12, tzinfo=dt.UTC)
TENANT = "lender"
OTHER_TENANT = "other-lender"
PARTY = "b-17"


def after(minutes: int) -> dt.datetime:
    """
    Return the instant so many minutes after noon.
    """
    return NOON + dt.timedelta(minutes=minutes)


def private(sequence: int, field: str = "words", text: str = "the harvest failed") -> PrivateValue:
    """
    Return a private value of a fact.
    """
    salt = hashlib.sha256(f"{sequence}{field}".encode()).digest()[:16]
    return PrivateValue(sequence=sequence, field=field, salt=salt, value=f'"{text}"'.encode())


def fact(sequence: int, *, kind: str = "visit_held", **fields: Any) -> SealedFact:
    """
    Return a fact whose bytes no encoder would write again: a store must not touch them.
    """
    header = f'{{ "sequence":  {sequence},\t"kind": "{kind}" }}'.encode()
    values: dict[str, Any] = {
        "sequence": sequence,
        "kind": kind,
        "version": 1,
        "recorded_at": after(sequence),
        "header": header,
        "body": '{"b": 1.50, "a": "上门\\u6838实"}'.encode() + b"\x00\xff",
        "digest": hashlib.sha256(header).digest(),
    }
    return SealedFact(**{**values, **fields})


def row(case_id: str = "loan-1/1", *, version: int = 1, **fields: Any) -> CaseRow:
    """
    Return the row of a case, by default of the loan that its id names.
    """
    values: dict[str, Any] = {
        "tenant": TENANT,
        "case_id": case_id,
        "loan_id": case_id.partition("/")[0],
        "party": PARTY,
        "episode": int(case_id.partition("/")[2] or "1"),
        "version": version,
        "head": fact(version).digest,
        "state": "overdue",
        "is_open": True,
        "next_look": dt.date(2026, 3, 9),
        "look_policy": "policy-a",
        "officer": "officer:7",
        "snapshot": b'{"state": "overdue"}\x00',
        "snapshot_version": 1,
    }
    return CaseRow(**{**values, **fields})


def opened(case_id: str = "loan-1/1", *, facts: tuple[SealedFact, ...] | None = None, **fields: Any) -> CaseChange:
    """
    Return the change that opens a case.

    Args:
        fields: Of the change, or else of its row.
    """
    made = (fact(1, kind="case_opened"),) if facts is None else facts
    of_change = _of_change(fields)
    return CaseChange(row=row(case_id, version=len(made), **fields), expected=0, facts=made, **of_change)


def grown(before: CaseRow, *, count: int = 1, **fields: Any) -> CaseChange:
    """
    Return the change that adds facts to a case.

    Args:
        fields: Of the change, or else of its row.
    """
    sequences = range(before.version + 1, before.version + 1 + count)
    facts = fields.pop("facts", tuple(fact(sequence) for sequence in sequences))
    of_change = _of_change(fields)
    head = facts[-1].digest if facts else before.head
    after_it = attrs.evolve(before, version=before.version + len(facts), **{"head": head, **fields})
    return CaseChange(row=after_it, expected=before.version, facts=facts, **of_change)


def contact(contact_id: str = "c-1", **fields: Any) -> ContactRow:
    """
    Return a contact with the party at noon.
    """
    values: dict[str, Any] = {
        "tenant": TENANT,
        "party": PARTY,
        "contact_id": contact_id,
        "case_id": "loan-1/1",
        "at": NOON,
        "channel": "phone",
        "direction": "outbound",
        "purpose": "reminder",
        "status": "reserved",
        "result": None,
    }
    return ContactRow(**{**values, **fields})


def message(message_id: str = "m-1", **fields: Any) -> MessageRow:
    """
    Return a message queued for noon.
    """
    values: dict[str, Any] = {
        "tenant": TENANT,
        "message_id": message_id,
        "case_id": "loan-1/1",
        "sequence": 1,
        "party": PARTY,
        "channel": "sms",
        "state": "queued",
        "due_at": NOON,
        "lease_until": None,
        "attempts": 0,
    }
    return MessageRow(**{**values, **fields})


def command(key: str = "k-1", **fields: Any) -> CommandRow:
    """
    Return what a key stands for.
    """
    values: dict[str, Any] = {
        "tenant": TENANT,
        "key": key,
        "act_digest": "d-1",
        "case_id": "loan-1/1",
        "first": 1,
        "last": 1,
    }
    return CommandRow(**{**values, **fields})


def _of_change(fields: dict[str, Any]) -> dict[str, Any]:
    names = ("contacts", "party_version", "messages", "command")
    return {name: fields.pop(name) for name in names if name in fields}
