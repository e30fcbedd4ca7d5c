"""
One unit of work: load a case, and turn what was decided into one change to save.
"""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Callable, Sequence
from typing import ClassVar, Self, get_type_hints

import attrs
import msgspec

from overdue_visit.case.act import Situation
from overdue_visit.case.case import Case, fold
from overdue_visit.case.header import Entry, Fact
from overdue_visit.desk import effects
from overdue_visit.desk.settings import SNAPSHOT_VERSION, Settings, codec, snapshots
from overdue_visit.errors import InvalidValue
from overdue_visit.instants import day_of
from overdue_visit.next_steps.derive import first_look
from overdue_visit.party.contact import Contact, Direction, SlotState
from overdue_visit.record.chain import GENESIS
from overdue_visit.record.change import CaseChange, CaseRow, CommandRow, ContactRow, PartyContacts, SealedFact
from overdue_visit.record.codec import RecordDamaged
from overdue_visit.record.encoding import Unwritable, field_names
from overdue_visit.record.snapshot import SnapshotUnreadable

_NEVER = dt.date.max


@attrs.frozen
class UnknownCase(InvalidValue):
    """The tenant has no such case."""

    code: ClassVar[str] = "unknown_case"

    @classmethod
    def of(cls, case_id: str, tenant: str) -> Self:
        """
        Name an id that no case of the tenant has.
        """
        return cls("case", case_id, f"the id of a case of tenant {tenant!r}, such as 'ke-001/1'")


@attrs.frozen(kw_only=True)
class Loaded:
    """A case as stored, with the digest its next fact is linked to."""

    case: Case
    head: bytes
    contacts: PartyContacts | None = None
    """Those that the gate counts, where they were read with the case."""

    @property
    def version(self) -> int:
        """How many facts are stored."""
        return self.case.version


def load(settings: Settings, case_id: str) -> Loaded:
    """
    Load a case by its id.

    Raises:
        UnknownCase: If the tenant has no such case.
    """
    return _known(settings, case_id, settings.store.case(settings.tenant, case_id))


def load_together(settings: Settings, case_ids: Sequence[str]) -> Callable[[str], Loaded]:
    """
    Read many cases with their contacts in one go, where the store can, and return what gives each of them.

    What is returned takes the id of one of the cases and raises `UnknownCase` if the tenant has no such case.
    """
    together = getattr(settings.store, "cases_with_contacts", None)
    if together is None:
        return functools.partial(load, settings)
    found = together(settings.tenant, case_ids, since=_since(settings, settings.now()))

    def give(case_id: str) -> Loaded:
        row, contacts = found.get(case_id, (None, None))
        return _known(settings, case_id, row, contacts)

    return give


def _known(settings: Settings, case_id: str, row: CaseRow | None, contacts: PartyContacts | None = None) -> Loaded:
    if row is None:
        raise UnknownCase.of(case_id, settings.tenant)
    return opened(settings, row, contacts)


def opened(settings: Settings, row: CaseRow, contacts: PartyContacts | None = None) -> Loaded:
    """
    Read a case from its row; a snapshot of another shape is folded anew from the facts.
    """
    try:
        case = snapshots().decode(row.snapshot, version=row.snapshot_version)
    except SnapshotUnreadable:
        # No further than the row says: a fact appended since is linked to a head that this row does not know.
        facts = settings.store.facts(row.tenant, row.case_id, limit=row.version)
        case = fold(codec().open(sealed) for sealed in facts)
    return Loaded(case=case, head=row.head, contacts=contacts)


def situation(settings: Settings, *, at: dt.datetime | None = None, on: dt.date | None = None) -> Situation:
    """
    Describe the circumstances of now, without contacts.

    Args:
        on: The ledger's business date; the lender's calendar day when left out.
    """
    now = at or settings.now()
    return Situation(
        at=now,
        on=on or day_of(now, settings.zone),
        zone=settings.zone,
        actor=settings.actor,
        policy=settings.policy,
    )


def contacts_of(settings: Settings, party: str | None, at: dt.datetime) -> PartyContacts:
    """
    Read the contacts that the gate counts: as far back as its longest window.
    """
    if party is None:
        return PartyContacts(0, ())
    return settings.store.contacts(settings.tenant, party, since=_since(settings, at))


def _since(settings: Settings, at: dt.datetime) -> dt.datetime:
    return at - dt.timedelta(days=settings.policy.contact.reach_days)


def as_contacts(rows: Sequence[ContactRow]) -> tuple[Contact, ...]:
    """
    Turn stored contact rows into the gate's values.
    """
    return tuple(
        Contact(
            at=row.at,
            channel=row.channel,
            direction=Direction(row.direction),
            purpose=row.purpose,
            state=SlotState(row.status),
            case=row.case_id,
        )
        for row in rows
    )


def change(
    settings: Settings,
    case: Case,
    entries: Sequence[Entry],
    *,
    before: Loaded | None,
    on: dt.date,
    party_version: int | None = None,
    command: CommandRow | None = None,
) -> CaseChange:
    """
    Seal facts and put together everything that one save writes.

    Args:
        before: The case as loaded; None for one that is new.

        on: Business date that the next look is reckoned from.
    """
    head = GENESIS if before is None else before.head
    sealed = []
    for entry in entries:
        fact = _sealed(settings, entry, head)
        head = fact.digest
        sealed.append(fact)
    return CaseChange(
        row=row_of(settings, case, head, on),
        expected=0 if before is None else before.version,
        facts=tuple(sealed),
        contacts=effects.contacts(case, entries, settings.tenant),
        party_version=party_version,
        messages=effects.messages(case, entries, settings),
        command=command,
    )


def _sealed(settings: Settings, entry: Entry, head: bytes) -> SealedFact:
    fact = codec().seal(entry, previous=head, salt=settings.salt)
    try:
        codec().open(fact)
    except RecordDamaged:
        # What cannot be read again would make the case unreadable for good: nothing stored is ever changed.
        raise _unreadable(entry.fact) from None
    return fact


def _unreadable(fact: Fact) -> Unwritable:
    kind = type(fact)
    for name in field_names(kind):
        part = getattr(fact, name)
        try:
            msgspec.convert(msgspec.to_builtins(part), get_type_hints(kind)[name])
        except msgspec.ValidationError:
            return Unwritable(f"{fact.kind}.{name}", type(part).__name__, "a value of the type its act documents")
    return Unwritable(fact.kind, kind.__name__, "values of the types its act documents")


def row_of(settings: Settings, case: Case, head: bytes, on: dt.date) -> CaseRow:
    """
    Return the row that a store keeps of a case.
    """
    return CaseRow(
        tenant=case.tenant,
        case_id=case.id,
        loan_id=case.loan_id,
        party=case.party,
        episode=case.episode,
        version=case.version,
        head=head,
        state=case.state.value,
        is_open=case.open,
        next_look=first_look(case, settings.policy, on) or _NEVER,
        look_policy=settings.policy.digest,
        officer=case.upkeep.officer,
        snapshot=snapshots().encode(case),
        snapshot_version=SNAPSHOT_VERSION,
    )
