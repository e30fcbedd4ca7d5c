"""
What facts mean outside the case: messages for the relay, contacts for the gate.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

import attrs

from overdue_visit.case import notices, talks
from overdue_visit.case.case import Case
from overdue_visit.case.header import Entry
from overdue_visit.desk.settings import Settings
from overdue_visit.record.change import ContactRow, ContactStatus, MessageRow, MessageState

_SETTLES = (
    notices.NoticeWithheld,
    notices.NoticeSent,
    notices.NoticeFailed,
    notices.NoticeOutcomeUnknown,
)
_SLOTS: dict[type, ContactStatus] = {
    notices.NoticeHandedOver: "reserved",
    notices.NoticeSent: "used",
    notices.NoticeOutcomeUnknown: "unknown",
    notices.NoticeFailed: "released",
}
_TALKS = (talks.VisitAttempted, talks.TalkHeld, talks.TalkNoted)


def message_id(case_id: str, number: int) -> str:
    """
    Return the id of a notice's message: case and sequence of the fact that queued it.
    """
    return f"{case_id}#{number}"


def messages(case: Case, entries: Sequence[Entry], settings: Settings) -> tuple[MessageRow, ...]:
    """
    Return the messages that facts queue, hand over or settle, one row each, as they are after the last fact.
    """
    rows: dict[int, MessageRow] = {}
    lease = dt.timedelta(minutes=settings.policy.notices.lease_minutes)
    for entry in entries:
        fact, at = entry.fact, entry.header.recorded_at
        if isinstance(fact, notices.NoticeQueued):
            number = entry.header.sequence
            rows[number] = _message(case, number, fact.channel, "queued", due_at=fact.due_at)
        elif isinstance(fact, notices.NoticeHandedOver):
            row = _message(case, fact.notice, _channel(case, fact.notice), "handed_over", due_at=at)
            rows[fact.notice] = attrs.evolve(row, lease_until=at + lease, attempts=fact.attempt)
        elif isinstance(fact, _SETTLES):
            rows[fact.notice] = _message(case, fact.notice, _channel(case, fact.notice), "settled", due_at=at)
    return tuple(rows[number] for number in sorted(rows))


def _channel(case: Case, number: int) -> str:
    found = case.notices.find(number)
    return found.channel if found is not None else "unknown"


def _message(case: Case, number: int, channel: str, state: MessageState, *, due_at: dt.datetime) -> MessageRow:
    return MessageRow(
        tenant=case.tenant,
        message_id=message_id(case.id, number),
        case_id=case.id,
        sequence=number,
        party=case.party,
        channel=channel,
        state=state,
        due_at=due_at,
        lease_until=None,
        attempts=0,
    )


def contacts(case: Case, entries: Sequence[Entry], tenant: str) -> tuple[ContactRow, ...]:
    """
    Return the contacts that facts make, reserve, use or release, one row each, as they are after the last fact.
    """
    if case.party is None:
        return ()
    rows = {row.contact_id: row for entry in entries for row in _contact(case, entry, case.party, tenant)}
    return tuple(rows[key] for key in sorted(rows))


def _contact(case: Case, entry: Entry, party: str, tenant: str) -> Iterator[ContactRow]:
    fact, header = entry.fact, entry.header
    status = _SLOTS.get(type(fact))
    if status is not None:
        number: int = fact.notice  # type: ignore[attr-defined]
        notice = case.notices.find(number)
        at = notice.handed_over_at if notice is not None else None
        yield ContactRow(
            tenant=tenant,
            party=party,
            contact_id=message_id(case.id, number),
            case_id=case.id,
            at=at or header.at,
            channel=_channel(case, number),
            direction="outbound",
            purpose=_purpose(case, number),
            status=status,
            result=None,
        )
    if isinstance(fact, _TALKS):
        yield ContactRow(
            tenant=tenant,
            party=party,
            contact_id=message_id(case.id, header.sequence),
            case_id=case.id,
            at=header.at,
            channel=fact.channel,
            direction="inbound" if fact.channel == "branch" else "outbound",
            purpose="visit",
            status="used",
            result=fact.result.value if isinstance(fact, talks.VisitAttempted) else "talk",
        )


def _purpose(case: Case, number: int) -> str:
    found = case.notices.find(number)
    return found.kind.value if found is not None else "notice"
