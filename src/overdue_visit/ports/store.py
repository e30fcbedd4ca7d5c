"""
The store: where cases, their facts, messages and contacts are kept.

The docstrings of `Store` are law; `overdue_visit.testing.store_contract` proves a store against them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import ClassVar, Protocol

import attrs

from overdue_visit.errors import AdapterError, NotAllowed
from overdue_visit.record.change import (
    CaseChange,
    CaseRow,
    CommandRow,
    MessageRow,
    PartyContacts,
    SealedFact,
)


@attrs.frozen
class ConcurrentUpdate(NotAllowed):
    """
    Another writer came first; nothing was changed.

    It is a refusal and not an `AdapterError`: nothing is broken, the decision was taken on what no longer holds. Read
    again, decide again.
    """

    code: ClassVar[str] = "concurrent_update"

    cases: tuple[str, ...]
    """The cases to read again, sorted."""

    def __str__(self) -> str:
        return f"changed meanwhile by another writer: {', '.join(self.cases)}; read again and decide again"


@attrs.frozen
class NoOpenTransaction(AdapterError):
    """Writing inside the host's transaction needs one; without it the first write would commit on its own."""

    code: ClassVar[str] = "no_open_transaction"


@attrs.frozen
class TransactionNotUsable(AdapterError):
    """The work cannot be done inside (or beside) this transaction or on this kind of connection."""

    code: ClassVar[str] = "transaction_not_usable"


@attrs.frozen
class StoreDamaged(AdapterError):
    """What is stored is not what a store writes: truncated, overwritten, or no database at all."""

    code: ClassVar[str] = "store_damaged"


@attrs.frozen
class StoreLocked(AdapterError):
    """Another process kept the store busy for longer than this one waits; nothing was changed."""

    code: ClassVar[str] = "store_locked"


@attrs.frozen
class StoreReadOnly(AdapterError):
    """The store may be read and not written."""

    code: ClassVar[str] = "store_read_only"


@attrs.frozen
class OlderSchema(AdapterError):
    """The store was written by an older release and must be migrated first."""

    code: ClassVar[str] = "older_schema"

    found: int
    known: int


@attrs.frozen
class NewerSchema(AdapterError):
    """The store was written by a newer release; this one cannot know what it means."""

    code: ClassVar[str] = "newer_schema"

    found: int
    known: int


class Store(Protocol):
    """
    Keeps the cases of any number of tenants hard apart: every key starts with the tenant.

    **Values.** What was saved is read back equal, the bytes of facts unchanged; instants come back in UTC.

    **Atomicity.** `save`, `claim` and `erase` happen completely or not at all, also when the process is killed; what
    returned is durable. A reader sees each of them completely or not at all.

    **Threads.** One store serves any number of threads; several stores on the same medium (in several processes where
    the medium allows it) serve one another's changes.

    **Order.** Text is ordered by code point. Pages are asked for with *after*, the last key of the page before; a row
    that is there all the time is seen exactly once by someone who pages, whatever else is written meanwhile.

    **Errors.** Whatever the driver raises arrives as an `AdapterError`, with the driver's error as its cause. Its text
    names no personal content.
    """

    def case(self, tenant: str, case_id: str) -> CaseRow | None:
        """
        Return a case's row, ``None`` if there is no such case.
        """
        ...

    def latest_case(self, tenant: str, loan_id: str) -> CaseRow | None:
        """
        Return the loan's case with the highest episode, open or not.
        """
        ...

    def facts(self, tenant: str, case_id: str, *, after: int = 0, limit: int | None = None) -> tuple[SealedFact, ...]:
        """
        Return a case's facts with a sequence above *after*, by sequence, with the private values not yet erased.

        Private values come in the order of their fields' names. An unknown case has no facts.
        """
        ...

    def command(self, tenant: str, key: str) -> CommandRow | None:
        """
        Return what the idempotency key was used for, ``None`` if it never was.
        """
        ...

    def contacts(self, tenant: str, party: str, *, since: dt.datetime) -> PartyContacts:
        """
        Return the party's contacts at or after *since*, of all its cases, and the version they were read at.

        A contact that is missing from the rows was written after the returned version.
        """
        ...

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

        Args:
            look_by: Only those to be looked at by this day: ``next_look`` is unknown or not later, or, with
                *look_policy*, was found under another policy (or none).
            look_policy: Digest of the policy in force; it says nothing without *look_by*.
            officer: Only those of this officer.
            after: Only ids above this one.
        """
        ...

    def cases_of(self, tenant: str, party: str) -> tuple[CaseRow, ...]:
        """
        Return every case of a party, open or not, by id.
        """
        ...

    def save(self, changes: Sequence[CaseChange]) -> None:
        """
        Save all changes or none.

        A change whose row is saved replaces the case's row; its facts are appended. No case may occur twice. Contacts,
        messages and the command belong to the tenant of the row; of two changes that write the same one, the later
        counts. Any write to a party's contacts adds one to that party's version, once a change.

        Raises:
            ConcurrentUpdate: If anything a change was decided on no longer holds; it names each case

                - whose version is not *expected* (a new case: that exists already),
                - that is open and would be, after this save, a second open case of its loan,
                - whose *party_version* is not the party's version,
                - whose command's key was used already.

                Changes take party versions and keys in the order given, as if saved one after the other: of two that
                count on the same version or key, the later one is named.
            InvalidValue: If a case occurs twice.
        """
        ...

    def message(self, tenant: str, message_id: str) -> MessageRow | None:
        """
        Return a message, ``None`` if there is none of this id.
        """
        ...

    def claim(self, tenant: str, *, now: dt.datetime, lease_until: dt.datetime, limit: int) -> tuple[MessageRow, ...]:
        """
        Take messages to work on until *lease_until*, oldest *due_at* first, then by id.

        Taken are those due by *now* and not settled whose lease, if any, ran out (``lease_until <= now``); those handed
        over among them are what a relay that died left behind. Each gets the new lease and one more attempt, and is
        returned so. No two claimers get the same message while a lease lives.
        """
        ...

    def erase(self, tenant: str, party: str, rows: Sequence[CaseRow]) -> int:
        """
        Erase a party.

        Erased are the private values and the commands of the given cases, the party's contacts and messages, and its
        name on the rows. The rows replace those stored; they are the caller's word for what may stay, snapshot
        included, and name no party. Facts stay as they are. Afterwards the medium holds no trace of what was erased;
        copies made earlier are the host's. Erasing again finishes what was interrupted and is otherwise without effect.

        Returns:
            How many private values were deleted.

        Raises:
            ConcurrentUpdate: If a case's version is no longer ``row.version``; nothing was erased.
            InvalidValue: If a row names a party or another tenant.
            StoreLocked: If others kept the medium busy: what was erased can no longer be read through any store, but
                traces remain in the medium until it is erased again.
            TransactionNotUsable: If the store works inside a host's transaction.
        """
        ...

    def heads(self, tenant: str, *, after: str | None = None, limit: int = 1000) -> tuple[tuple[str, int, bytes], ...]:
        """
        Return a page of (case id, version, digest of the last fact) of all cases, by case id above *after*.
        """
        ...

    def within(self, transaction: object) -> Store:
        """
        Return the same store working inside the host's open transaction.

        It writes under a SAVEPOINT and never commits, rolls back or retries what is the host's: a refused or failed
        call leaves the transaction as it was before the call. Nobody else sees what it wrote before the host commits.
        Closing it does not touch the transaction.

        Raises:
            NoOpenTransaction: If the transaction is not open, now or later when the store is used.
            TransactionNotUsable: If *transaction* is nothing this store can work in.
        """
        ...

    def close(self) -> None:
        """
        Release what the store holds; closing twice is harmless.
        """
        ...


class ReadsTogether(Protocol):
    """
    What a `Store` may offer besides: many cases in one go. Where it is missing, cases are read one by one.
    """

    def cases_with_contacts(
        self, tenant: str, case_ids: Sequence[str], *, since: dt.datetime
    ) -> Mapping[str, tuple[CaseRow, PartyContacts]]:
        """
        Return each case and the contacts of its party, as `Store.case` and `Store.contacts` would, by case id.

        A case that names no party has no contacts, at version 0. A case that there is not is left out.
        """
        ...
