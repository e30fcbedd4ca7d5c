"""
An own store: everything in one file that is written anew with every change, and its conformance test beside it.

    python examples/own_store.py              keeps a case in a file and finds it again
    python -m pytest examples/own_store.py    proves the store against the contract

Enough for a few hundred cases and one process, and short enough to show all that a store must do: keep rows by tenant
and id, refuse what was decided on stale ground, lease messages, forget a party. What it must promise is written in
`overdue_visit.ports.store.Store`; what it must notice is worked out by `overdue_visit.record.conflicts`.
"""

from __future__ import annotations

import datetime as dt
import os
import pathlib
import tempfile
import threading
from collections.abc import Iterable, Iterator, Sequence

import attrs
import msgspec
import pytest

from overdue_visit import AdapterError, ConcurrentUpdate, Instalment, Loan, Money, open_desk
from overdue_visit.adapters.clock import FixedClock
from overdue_visit.instants import in_utc
from overdue_visit.ports.store import Store, StoreDamaged, TransactionNotUsable
from overdue_visit.record.change import (
    CaseChange,
    CaseRow,
    CommandRow,
    ContactRow,
    MessageRow,
    PartyContacts,
    SealedFact,
)
from overdue_visit.record.conflicts import conflicts, refuse_named, refuse_twice
from overdue_visit.testing.store_contract import StoreContract

Key = tuple[str, str]
"""A tenant, and the id of something of that tenant."""


@attrs.define
class Tables:
    """All that is kept: plain dictionaries by tenant and id. What `conflicts` asks is answered from here."""

    cases: dict[Key, CaseRow] = attrs.field(factory=dict)
    facts: dict[Key, tuple[SealedFact, ...]] = attrs.field(factory=dict)
    contacts: dict[tuple[str, str, str], ContactRow] = attrs.field(factory=dict)
    """By tenant, party and id."""
    versions: dict[Key, int] = attrs.field(factory=dict)
    """Of the contacts of a party."""
    messages: dict[Key, MessageRow] = attrs.field(factory=dict)
    commands: dict[Key, CommandRow] = attrs.field(factory=dict)

    def copy(self) -> Tables:
        """
        Return tables that may be changed without touching these.
        """
        return Tables(*(dict(getattr(self, field.name)) for field in attrs.fields(Tables)))

    def version(self, tenant: str, case_id: str) -> int:
        """
        Return a case's version.
        """
        row = self.cases.get((tenant, case_id))
        return 0 if row is None else row.version

    def open_cases(self, tenant: str, loan_id: str) -> list[str]:
        """
        Return the open cases of a loan.
        """
        return [row.case_id for row in self.rows(tenant) if row.loan_id == loan_id and row.is_open]

    def party_version(self, tenant: str, party: str) -> int:
        """
        Return the version of a party's contacts.
        """
        return self.versions.get((tenant, party), 0)

    def key_used(self, tenant: str, key: str) -> bool:
        """
        Tell whether an idempotency key was used.
        """
        return (tenant, key) in self.commands

    def rows(self, tenant: str, after: str | None = None) -> Iterator[CaseRow]:
        """
        Yield a tenant's cases by id.
        """
        for key in sorted(key for key in self.cases if key[0] == tenant and key[1] > (after or "")):
            yield self.cases[key]

    def apply(self, change: CaseChange) -> None:
        """
        Take one change in.
        """
        tenant, case_id = change.row.tenant, change.row.case_id
        self.cases[tenant, case_id] = change.row
        self.facts[tenant, case_id] = (*self.facts.get((tenant, case_id), ()), *map(_fact, change.facts))
        self.contacts |= {(tenant, row.party, row.contact_id): _contact(row) for row in change.contacts}
        for party in {contact.party for contact in change.contacts}:
            self.versions[tenant, party] = self.party_version(tenant, party) + 1
        self.messages |= {(tenant, row.message_id): _message(row) for row in change.messages}
        if change.command is not None:
            self.commands[tenant, change.command.key] = change.command

    def forget(self, tenant: str, party: str, rows: Iterable[CaseRow]) -> None:
        """
        Put nameless rows in the place of cases, and drop all else that tells of the party.
        """
        erased = {(tenant, row.case_id): row for row in rows}
        self.cases |= erased
        for key in erased:
            self.facts[key] = tuple(attrs.evolve(fact, private=()) for fact in self.facts[key])
        gone = (tenant, party)
        self.versions.pop(gone, None)
        self.contacts = {key: row for key, row in self.contacts.items() if (row.tenant, row.party) != gone}
        self.messages = {key: row for key, row in self.messages.items() if (row.tenant, row.party) != gone}
        self.commands = {key: row for key, row in self.commands.items() if (row.tenant, row.case_id) not in erased}


def _contact(row: ContactRow) -> ContactRow:
    return attrs.evolve(row, at=in_utc(row.at))


def _message(row: MessageRow) -> MessageRow:
    lease = None if row.lease_until is None else in_utc(row.lease_until)
    return attrs.evolve(row, due_at=in_utc(row.due_at), lease_until=lease)


def _fact(fact: SealedFact) -> SealedFact:
    private = tuple(sorted(fact.private, key=lambda value: value.field))
    return attrs.evolve(fact, recorded_at=in_utc(fact.recorded_at), private=private)


class OneFileStore:
    """
    Keeps cases in one file; see `overdue_visit.ports.store.Store` for what it promises.

    Args:
        durable: Whether a change waits until the disk has it; only tests can do without.

    Raises:
        StoreDamaged: If there is a file and it is none of ours.
    """

    def __init__(self, path: pathlib.Path, *, durable: bool = True) -> None:
        self._path = path
        self._durable = durable
        self._lock = threading.RLock()
        try:
            self._tables = msgspec.msgpack.decode(path.read_bytes(), type=Tables) if path.exists() else Tables()
        except msgspec.DecodeError as error:
            raise StoreDamaged("one file", f"{path.name} was not written by this store") from error

    def _write(self, tables: Tables) -> None:
        """
        Put the new file in the old one's place: a reader, or a crash, finds the one or the other.
        """
        part = self._path.with_suffix(".part")
        try:
            with part.open("wb") as file:
                file.write(msgspec.msgpack.encode(tables))
                file.flush()
                if self._durable:
                    os.fsync(file.fileno())
            part.replace(self._path)
        except OSError as error:
            raise AdapterError("one file", f"{self._path.name} cannot be written: {error.strerror}") from error
        self._tables = tables

    def save(self, changes: Sequence[CaseChange]) -> None:
        """
        Save all changes or none.
        """
        refuse_twice(changes)
        with self._lock:
            if lost := conflicts(changes, self._tables):
                raise ConcurrentUpdate(lost)
            tables = self._tables.copy()
            for change in changes:
                tables.apply(change)
            self._write(tables)

    def claim(self, tenant: str, *, now: dt.datetime, lease_until: dt.datetime, limit: int) -> tuple[MessageRow, ...]:
        """
        Take due messages to work on until *lease_until*.
        """
        with self._lock:
            tables = self._tables.copy()
            rows = [row for row in tables.messages.values() if row.tenant == tenant and _is_due(row, now)]
            rows.sort(key=lambda row: (row.due_at, row.message_id))
            until = in_utc(lease_until)
            taken = [attrs.evolve(row, lease_until=until, attempts=row.attempts + 1) for row in rows[:limit]]
            tables.messages |= {(tenant, row.message_id): row for row in taken}
            if taken:
                self._write(tables)
        return tuple(taken)

    def erase(self, tenant: str, party: str, rows: Sequence[CaseRow]) -> int:
        """
        Erase a party: the file is written anew, so nothing of it stays behind.
        """
        refuse_named(tenant, rows)
        with self._lock:
            tables = self._tables.copy()
            if stale := sorted(row.case_id for row in rows if tables.version(tenant, row.case_id) != row.version):
                raise ConcurrentUpdate(tuple(stale))
            known = [fact for row in rows for fact in tables.facts[tenant, row.case_id]]
            tables.forget(tenant, party, rows)
            self._write(tables)
        return sum(len(fact.private) for fact in known)

    def case(self, tenant: str, case_id: str) -> CaseRow | None:
        """
        Return a case's row.
        """
        return self._tables.cases.get((tenant, case_id))

    def latest_case(self, tenant: str, loan_id: str) -> CaseRow | None:
        """
        Return the loan's case with the highest episode.
        """
        rows = (row for row in self._tables.rows(tenant) if row.loan_id == loan_id)
        return max(rows, key=lambda row: row.episode, default=None)

    def cases_of(self, tenant: str, party: str) -> tuple[CaseRow, ...]:
        """
        Return every case of a party.
        """
        return tuple(row for row in self._tables.rows(tenant) if row.party == party)

    def cases(
        self,
        tenant: str,
        *,
        look_by: dt.date | None = None,
        look_policy: str | None = None,
        officer: str | None = None,
        open_only: bool = True,
        after: str | None = None,
        limit: int = 100,
    ) -> tuple[CaseRow, ...]:
        """
        Return a page of cases by id.
        """
        rows: Iterable[CaseRow] = self._tables.rows(tenant, after)
        rows = (row for row in rows if row.is_open or not open_only)
        rows = (row for row in rows if officer in (None, row.officer))
        if look_by is not None:
            rows = (row for row in rows if _to_look_at(row, look_by, look_policy))
        return tuple(rows)[:limit]

    def heads(self, tenant: str, *, after: str | None = None, limit: int = 1000) -> tuple[tuple[str, int, bytes], ...]:
        """
        Return a page of heads by case id.
        """
        return tuple((row.case_id, row.version, row.head) for row in self._tables.rows(tenant, after))[:limit]

    def facts(self, tenant: str, case_id: str, *, after: int = 0, limit: int | None = None) -> tuple[SealedFact, ...]:
        """
        Return a case's facts by sequence.
        """
        return self._tables.facts.get((tenant, case_id), ())[after:][:limit]

    def contacts(self, tenant: str, party: str, *, since: dt.datetime) -> PartyContacts:
        """
        Return the party's contacts and their version.
        """
        tables = self._tables
        rows = [row for row in tables.contacts.values() if (row.tenant, row.party) == (tenant, party)]
        rows = sorted((row for row in rows if row.at >= since), key=lambda row: (row.at, row.contact_id))
        return PartyContacts(tables.party_version(tenant, party), tuple(rows))

    def message(self, tenant: str, message_id: str) -> MessageRow | None:
        """
        Return a message.
        """
        return self._tables.messages.get((tenant, message_id))

    def command(self, tenant: str, key: str) -> CommandRow | None:
        """
        Return what an idempotency key was used for.
        """
        return self._tables.commands.get((tenant, key))

    def within(self, transaction: object) -> OneFileStore:
        """
        Refuse: a file knows no transaction of a host.
        """
        raise TransactionNotUsable("one file", f"cannot work within a {type(transaction).__name__}")

    def close(self) -> None:
        """
        Do nothing: the file is closed after every change.
        """


def _is_due(row: MessageRow, now: dt.datetime) -> bool:
    free = row.lease_until is None or row.lease_until <= now
    return row.state != "settled" and row.due_at <= now and free


def _to_look_at(row: CaseRow, look_by: dt.date, look_policy: str | None) -> bool:
    other = look_policy is not None and row.look_policy != look_policy
    return row.next_look is None or row.next_look <= look_by or other


class TestOneFileStore(StoreContract):
    """The whole test of the store: how to make an empty one; and, since it can be told, what lies in the file."""

    @pytest.fixture(autouse=True)
    def folder(self, tmp_path: pathlib.Path) -> None:
        """
        Give each test a folder.
        """
        self.tmp_path = tmp_path
        self.made: dict[int, tuple[Store, pathlib.Path]] = {}

    def make_store(self) -> OneFileStore:
        """
        Make an empty store.
        """
        path = self.tmp_path / f"{len(self.made)}.cases"
        store = OneFileStore(path, durable=False)
        self.made[id(store)] = store, path
        return store

    def medium(self, store: Store) -> bytes:
        """
        Read the file.
        """
        path = self.made[id(store)][1]
        return path.read_bytes() if path.exists() else b""


def main() -> None:
    """
    Keep a case in a file, close it, and find the case again.
    """
    loan = Loan("ke-001", borrower="b-17", schedule=[Instalment(dt.date(2026, 3, 1), Money("120", "KES"))])
    clock = FixedClock("2026-03-08 09:00")
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder, "village.cases")
        with open_desk(OneFileStore(path), zone="Africa/Nairobi", clock=clock) as desk:
            desk.observe(loan)
            print("kept: ", *(case.id for case in desk.cases()))
        with open_desk(OneFileStore(path), zone="Africa/Nairobi", clock=clock) as desk:
            print("found:", *(case.id for case in desk.cases()))
            print("whole:", desk.verify("ke-001/1") is None)


if __name__ == "__main__":
    main()
