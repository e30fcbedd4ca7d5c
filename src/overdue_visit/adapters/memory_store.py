"""
The memory store: for tests, examples and trying things out. What it holds is gone when the process ends.
"""

from __future__ import annotations

import bisect
import datetime as dt
import itertools
import threading
from collections import defaultdict
from collections.abc import Iterable, Sequence

import attrs

from overdue_visit.errors import InvalidValue
from overdue_visit.instants import in_utc
from overdue_visit.ports.store import ConcurrentUpdate, Store, TransactionNotUsable
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

Key = tuple[str, str]
"""The tenant and the id of something of that tenant."""


class _Tables:
    """Everything stored, by tenant and id."""

    def __init__(self) -> None:
        self.cases: dict[Key, CaseRow] = {}
        self.ids: defaultdict[str, list[str]] = defaultdict(list)
        self.episodes: defaultdict[Key, set[str]] = defaultdict(set)
        self.facts: defaultdict[Key, list[SealedFact]] = defaultdict(list)
        self.messages: dict[Key, MessageRow] = {}
        self.commands: dict[Key, CommandRow] = {}
        self.contacts: defaultdict[Key, dict[str, ContactRow]] = defaultdict(dict)
        self.party_versions: dict[Key, int] = {}

    def version(self, tenant: str, case_id: str) -> int:
        row = self.cases.get((tenant, case_id))
        return 0 if row is None else row.version

    def open_cases(self, tenant: str, loan_id: str) -> list[str]:
        return [row.case_id for row in self.of_loan(tenant, loan_id) if row.is_open]

    def party_version(self, tenant: str, party: str) -> int:
        return self.party_versions.get((tenant, party), 0)

    def key_used(self, tenant: str, key: str) -> bool:
        return (tenant, key) in self.commands

    def of(self, tenant: str, *, after: str = "") -> list[CaseRow]:
        ids = self.ids.get(tenant, [])
        return [self.cases[tenant, case_id] for case_id in ids[bisect.bisect_right(ids, after) :]]

    def of_loan(self, tenant: str, loan_id: str) -> list[CaseRow]:
        return [self.cases[tenant, case_id] for case_id in self.episodes.get((tenant, loan_id), ())]

    def apply(self, change: CaseChange) -> None:
        row = change.row
        if (row.tenant, row.case_id) not in self.cases:
            bisect.insort(self.ids[row.tenant], row.case_id)
            self.episodes[row.tenant, row.loan_id].add(row.case_id)
        self.cases[row.tenant, row.case_id] = row
        if change.facts:
            self.facts[row.tenant, row.case_id].extend(change.facts)
        for contact in change.contacts:
            self.contacts[row.tenant, contact.party][contact.contact_id] = contact
        for party in {contact.party for contact in change.contacts}:
            self.party_versions[row.tenant, party] = self.party_version(row.tenant, party) + 1
        for message in change.messages:
            self.messages[row.tenant, message.message_id] = message
        if change.command is not None:
            self.commands[row.tenant, change.command.key] = change.command


class MemoryStore:
    """
    Keeps cases in dictionaries under one lock; see `overdue_visit.ports.store.Store` for what it promises.

    Other stores prove themselves against it: where they differ, one of the two is wrong.
    """

    def __init__(self) -> None:
        self._lock = threading.RLock()
        self._tables = _Tables()

    def case(self, tenant: str, case_id: str) -> CaseRow | None:
        """
        Return a case's row.
        """
        with self._lock:
            return self._tables.cases.get((tenant, case_id))

    def latest_case(self, tenant: str, loan_id: str) -> CaseRow | None:
        """
        Return the loan's case with the highest episode.
        """
        with self._lock:
            episodes = self._tables.of_loan(tenant, loan_id)
        return max(episodes, key=lambda row: row.episode, default=None)

    def facts(self, tenant: str, case_id: str, *, after: int = 0, limit: int | None = None) -> tuple[SealedFact, ...]:
        """
        Return a case's facts by sequence.
        """
        with self._lock:
            facts = self._tables.facts.get((tenant, case_id), [])
            return tuple(facts[after : None if limit is None else after + limit])

    def command(self, tenant: str, key: str) -> CommandRow | None:
        """
        Return what the idempotency key was used for.
        """
        with self._lock:
            return self._tables.commands.get((tenant, key))

    def contacts(self, tenant: str, party: str, *, since: dt.datetime) -> PartyContacts:
        """
        Return the party's contacts and their version.
        """
        with self._lock:
            rows = tuple(self._tables.contacts.get((tenant, party), {}).values())
            version = self._tables.party_version(tenant, party)
        recent = sorted((row for row in rows if row.at >= since), key=lambda row: (row.at, row.contact_id))
        return PartyContacts(version, tuple(recent))

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
        with self._lock:
            rows: Iterable[CaseRow] = self._tables.of(tenant, after=after or "")
        if open_only:
            rows = (row for row in rows if row.is_open)
        if officer is not None:
            rows = (row for row in rows if row.officer == officer)
        if look_by is not None:
            rows = (row for row in rows if _is_due(row, look_by, look_policy))
        return tuple(itertools.islice(rows, limit))

    def cases_of(self, tenant: str, party: str) -> tuple[CaseRow, ...]:
        """
        Return every case of a party by id.
        """
        with self._lock:
            return tuple(row for row in self._tables.of(tenant) if row.party == party)

    def save(self, changes: Sequence[CaseChange]) -> None:
        """
        Save all changes or none.
        """
        refuse_twice(changes)
        changes = tuple(_as_stored(change) for change in changes)
        with self._lock:
            if lost := conflicts(changes, self._tables):
                raise ConcurrentUpdate(lost)
            for change in changes:
                self._tables.apply(change)

    def message(self, tenant: str, message_id: str) -> MessageRow | None:
        """
        Return a message.
        """
        with self._lock:
            return self._tables.messages.get((tenant, message_id))

    def claim(self, tenant: str, *, now: dt.datetime, lease_until: dt.datetime, limit: int) -> tuple[MessageRow, ...]:
        """
        Take due messages to work on until *lease_until*.
        """
        until = in_utc(lease_until)
        with self._lock:
            due = [row for row in self._tables.messages.values() if row.tenant == tenant and _can_be_taken(row, now)]
            due.sort(key=lambda row: (row.due_at, row.message_id))
            taken = tuple(attrs.evolve(row, lease_until=until, attempts=row.attempts + 1) for row in due[:limit])
            self._tables.messages.update({(row.tenant, row.message_id): row for row in taken})
        return taken

    def erase(self, tenant: str, party: str, rows: Sequence[CaseRow]) -> int:
        """
        Erase a party.
        """
        refuse_named(tenant, rows)
        with self._lock:
            tables = self._tables
            if stale := sorted(row.case_id for row in rows if tables.version(tenant, row.case_id) != row.version):
                raise ConcurrentUpdate(tuple(stale))
            deleted = 0
            for row in rows:
                tables.cases[tenant, row.case_id] = row
                facts = tables.facts[tenant, row.case_id]
                deleted += sum(len(fact.private) for fact in facts)
                facts[:] = [attrs.evolve(fact, private=()) for fact in facts]
            erased = {(tenant, row.case_id) for row in rows}
            for used in [used for used, row in tables.commands.items() if (row.tenant, row.case_id) in erased]:
                del tables.commands[used]
            tables.contacts.pop((tenant, party), None)
            tables.party_versions.pop((tenant, party), None)
            for key in [key for key, row in tables.messages.items() if (row.tenant, row.party) == (tenant, party)]:
                del tables.messages[key]
        return deleted

    def heads(self, tenant: str, *, after: str | None = None, limit: int = 1000) -> tuple[tuple[str, int, bytes], ...]:
        """
        Return a page of heads by case id.
        """
        rows = self.cases(tenant, open_only=False, after=after, limit=limit)
        return tuple((row.case_id, row.version, row.head) for row in rows)

    def within(self, transaction: object) -> Store:
        """
        Refuse: memory knows no transaction of a host.
        """
        text = f"memory knows no transactions, so it cannot work within a {type(transaction).__name__}"
        raise TransactionNotUsable("memory", text)

    def close(self) -> None:
        """
        Do nothing: the store lives as long as someone holds it.
        """


def open_store(url: str) -> MemoryStore:
    """
    Open a new, empty store.

    Raises:
        InvalidValue: If the URL is not ``memory:``.
    """
    if url.rstrip("/") != "memory:":
        raise InvalidValue("url", url, "memory:")
    return MemoryStore()


def _is_due(row: CaseRow, look_by: dt.date, look_policy: str | None) -> bool:
    if row.next_look is None or row.next_look <= look_by:
        return True
    return look_policy is not None and row.look_policy != look_policy


def _can_be_taken(row: MessageRow, now: dt.datetime) -> bool:
    if row.state == "settled" or row.due_at > now:
        return False
    return row.lease_until is None or row.lease_until <= now


def _as_stored(change: CaseChange) -> CaseChange:
    """
    Refuse naive instants, bring the others to UTC and order private values, as a store that writes them down does.
    """
    facts = tuple(
        attrs.evolve(
            fact,
            recorded_at=in_utc(fact.recorded_at),
            private=tuple(sorted(fact.private, key=lambda value: value.field)),
        )
        for fact in change.facts
    )
    messages = tuple(
        attrs.evolve(
            row,
            due_at=in_utc(row.due_at, field="due_at"),
            lease_until=None if row.lease_until is None else in_utc(row.lease_until, field="lease_until"),
        )
        for row in change.messages
    )
    contacts = tuple(attrs.evolve(row, at=in_utc(row.at)) for row in change.contacts)
    return attrs.evolve(change, facts=facts, messages=messages, contacts=contacts)
