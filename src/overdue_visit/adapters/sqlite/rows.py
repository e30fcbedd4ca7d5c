"""
Rows to values and back.

Instants are texts in UTC with six decimals, so that their order as text is their order in time.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from overdue_visit.instants import in_utc
from overdue_visit.record.change import (
    CaseRow,
    CommandRow,
    ContactRow,
    MessageRow,
    PrivateValue,
    SealedFact,
)

Row = tuple[Any, ...]


def instant(at: dt.datetime) -> str:
    """
    Return an instant as the text it is stored as.

    Raises:
        InvalidValue: If it names no offset.
    """
    utc = at if at.tzinfo is dt.UTC else in_utc(at)
    return utc.isoformat(timespec="microseconds")


def inserted(row: CaseRow) -> Row:
    """
    Return the parameters of ``INSERT_CASE``.
    """
    return (row.tenant, row.case_id, *_columns(row))


def revised(row: CaseRow, expected: int) -> Row:
    """
    Return the parameters of ``REVISE_CASE``.
    """
    return (
        row.version,
        row.head,
        row.state,
        None if row.next_look is None else row.next_look.isoformat(),
        row.look_policy,
        row.officer,
        row.snapshot,
        row.snapshot_version,
        row.tenant,
        row.case_id,
        expected,
        row.loan_id,
        row.party,
        row.episode,
        int(row.is_open),
    )


def updated(row: CaseRow, expected: int) -> Row:
    """
    Return the parameters of ``UPDATE_CASE``.
    """
    return (*_columns(row), row.tenant, row.case_id, expected)


def _columns(row: CaseRow) -> Row:
    return (
        row.loan_id,
        row.party,
        row.episode,
        row.version,
        row.head,
        row.state,
        int(row.is_open),
        None if row.next_look is None else row.next_look.isoformat(),
        row.look_policy,
        row.officer,
        row.snapshot,
        row.snapshot_version,
    )


def to_case(row: Row) -> CaseRow:
    """
    Read a row of ``CASE``.
    """
    return CaseRow(
        tenant=row[0],
        case_id=row[1],
        loan_id=row[2],
        party=row[3],
        episode=row[4],
        version=row[5],
        head=row[6],
        state=row[7],
        is_open=bool(row[8]),
        next_look=None if row[9] is None else dt.date.fromisoformat(row[9]),
        look_policy=row[10],
        officer=row[11],
        snapshot=row[12],
        snapshot_version=row[13],
    )


def from_fact(tenant: str, case_id: str, fact: SealedFact) -> Row:
    """
    Return the parameters of ``INSERT_FACT``.
    """
    return (
        tenant,
        case_id,
        fact.sequence,
        fact.kind,
        fact.version,
        instant(fact.recorded_at),
        fact.header,
        fact.body,
        fact.digest,
    )


def _bytes(value: object) -> bytes:
    # Somebody's SQL turns a BLOB into TEXT: still to be read, so that the chain can show it.
    return value if isinstance(value, bytes) else str(value).encode()


def to_fact(row: Row, private: tuple[PrivateValue, ...]) -> SealedFact:
    """
    Read a row of ``FACT``.
    """
    return SealedFact(
        sequence=row[0],
        kind=row[1],
        version=row[2],
        recorded_at=dt.datetime.fromisoformat(row[3]),
        header=_bytes(row[4]),
        body=_bytes(row[5]),
        digest=_bytes(row[6]),
        private=private,
    )


def from_private(tenant: str, case_id: str, value: PrivateValue) -> Row:
    """
    Return the parameters of ``INSERT_PRIVATE``.
    """
    return (tenant, case_id, value.sequence, value.field, value.salt, value.value)


def to_private(row: Row) -> PrivateValue:
    """
    Read a row of ``PRIVATE``.
    """
    return PrivateValue(sequence=row[0], field=row[1], salt=row[2], value=row[3])


def from_contact(tenant: str, row: ContactRow) -> Row:
    """
    Return the parameters of ``PUT_CONTACT``.
    """
    return (
        tenant,
        row.party,
        row.contact_id,
        row.case_id,
        instant(row.at),
        row.channel,
        row.direction,
        row.purpose,
        row.status,
        row.result,
    )


def to_contact(row: Row) -> ContactRow:
    """
    Read a row of ``CONTACT``.
    """
    return ContactRow(
        tenant=row[0],
        party=row[1],
        contact_id=row[2],
        case_id=row[3],
        at=dt.datetime.fromisoformat(row[4]),
        channel=row[5],
        direction=row[6],
        purpose=row[7],
        status=row[8],
        result=row[9],
    )


def from_message(tenant: str, row: MessageRow) -> Row:
    """
    Return the parameters of ``PUT_MESSAGE``.
    """
    return (
        tenant,
        row.message_id,
        row.case_id,
        row.sequence,
        row.party,
        row.channel,
        row.state,
        instant(row.due_at),
        None if row.lease_until is None else instant(row.lease_until),
        row.attempts,
    )


def to_message(row: Row) -> MessageRow:
    """
    Read a row of ``MESSAGE``.
    """
    return MessageRow(
        tenant=row[0],
        message_id=row[1],
        case_id=row[2],
        sequence=row[3],
        party=row[4],
        channel=row[5],
        state=row[6],
        due_at=dt.datetime.fromisoformat(row[7]),
        lease_until=None if row[8] is None else dt.datetime.fromisoformat(row[8]),
        attempts=row[9],
    )


def from_command(tenant: str, row: CommandRow) -> Row:
    """
    Return the parameters of ``INSERT_COMMAND``.
    """
    return (tenant, row.key, row.act_digest, row.case_id, row.first, row.last)


def to_command(row: Row) -> CommandRow:
    """
    Read a row of ``COMMAND``.
    """
    return CommandRow(tenant=row[0], key=row[1], act_digest=row[2], case_id=row[3], first=row[4], last=row[5])
