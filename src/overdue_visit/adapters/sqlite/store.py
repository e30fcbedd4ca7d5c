"""
The SQLite store: one file, any number of processes, nothing to install.

It runs in WAL mode with ``synchronous=FULL``: what returned survives a power cut. ``NORMAL`` is several times faster
for single acts and may lose the last moments before a power cut (never the file, and nothing when only the process
dies).
"""

# ruff: noqa: S608 - only constants are put together here; every value is bound

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Sequence
from typing import Literal

from overdue_visit.adapters.sqlite import erasing, files, reading, rows, statements, writing
from overdue_visit.adapters.sqlite.faults import ADAPTER, Faults
from overdue_visit.adapters.sqlite.schema import CURRENT
from overdue_visit.adapters.sqlite.session import GuestSession, OwnSession, Session, driver_of, plain_cursor
from overdue_visit.ports.store import ConcurrentUpdate, StoreDamaged, TransactionNotUsable
from overdue_visit.record.change import (
    CaseChange,
    CaseRow,
    CommandRow,
    MessageRow,
    PartyContacts,
    SealedFact,
)
from overdue_visit.record.conflicts import conflicts, refuse_named, refuse_twice

HOST = "the host's database"


class SqliteStore:
    """
    Keeps cases in SQLite; see `overdue_visit.ports.store.Store` for what it promises.
    """

    def __init__(self, session: Session, *, path: str | None = None, owns_connection: bool = False) -> None:
        self._session = session
        self._path = path
        self._owns_connection = owns_connection

    def case(self, tenant: str, case_id: str) -> CaseRow | None:
        """
        Return a case's row.
        """
        return self._one_case(statements.SELECT_CASE, tenant, case_id)

    def latest_case(self, tenant: str, loan_id: str) -> CaseRow | None:
        """
        Return the loan's case with the highest episode.
        """
        return self._one_case(statements.SELECT_LATEST_CASE, tenant, loan_id)

    def facts(self, tenant: str, case_id: str, *, after: int = 0, limit: int | None = None) -> tuple[SealedFact, ...]:
        """
        Return a case's facts by sequence.
        """
        with self._session.reading() as cursor:
            found = cursor.execute(statements.SELECT_FACTS, (tenant, case_id, after, -1 if limit is None else limit))
            facts = found.fetchall()
            if not facts:
                return ()
            span = (tenant, case_id, facts[0][0], facts[-1][0])
            private = [rows.to_private(row) for row in cursor.execute(statements.SELECT_PRIVATE, span)]
        return tuple(rows.to_fact(row, tuple(part for part in private if part.sequence == row[0])) for row in facts)

    def command(self, tenant: str, key: str) -> CommandRow | None:
        """
        Return what the idempotency key was used for.
        """
        with self._session.reading() as cursor:
            row = cursor.execute(statements.SELECT_COMMAND, (tenant, key)).fetchone()
        return None if row is None else rows.to_command(row)

    def contacts(self, tenant: str, party: str, *, since: dt.datetime) -> PartyContacts:
        """
        Return the party's contacts and their version.
        """
        with self._session.reading() as cursor:
            return reading.contacts(cursor, tenant, party, since)

    def cases_with_contacts(
        self, tenant: str, case_ids: Sequence[str], *, since: dt.datetime
    ) -> dict[str, tuple[CaseRow, PartyContacts]]:
        """
        Return cases, each with its party's contacts.
        """
        with self._session.reading() as cursor:
            return reading.cases_with_contacts(cursor, tenant, case_ids, since)

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
        where = ["tenant = ?", "case_id > ?"]
        values: list[object] = [tenant, after or ""]
        if open_only:
            where.append("is_open = 1")
        if officer is not None:
            where.append("officer = ?")
            values.append(officer)
        if look_by is not None:
            where.append("(next_look IS NULL OR next_look <= ? OR (? IS NOT NULL AND look_policy IS NOT ?))")
            values += [look_by.isoformat(), look_policy, look_policy]
        return self._cases(" AND ".join(where), (*values, limit))

    def cases_of(self, tenant: str, party: str) -> tuple[CaseRow, ...]:
        """
        Return every case of a party by id.
        """
        return self._cases("tenant = ? AND party = ?", (tenant, party, -1))

    def save(self, changes: Sequence[CaseChange]) -> None:
        """
        Save all changes or none.
        """
        if not changes:
            return
        if len(changes) == 1:
            with self._session.writing() as cursor:
                if not writing.apply_one(cursor, changes[0]):
                    raise ConcurrentUpdate((changes[0].row.case_id,))
            return
        refuse_twice(changes)
        with self._session.writing() as cursor:
            cursor.execute("SAVEPOINT overdue_batch")
            if not writing.apply(cursor, changes):
                cursor.execute("ROLLBACK TO overdue_batch")
                raise self._stale(cursor, changes)

    def message(self, tenant: str, message_id: str) -> MessageRow | None:
        """
        Return a message.
        """
        with self._session.reading() as cursor:
            row = cursor.execute(statements.SELECT_MESSAGE, (tenant, message_id)).fetchone()
        return None if row is None else rows.to_message(row)

    def claim(self, tenant: str, *, now: dt.datetime, lease_until: dt.datetime, limit: int) -> tuple[MessageRow, ...]:
        """
        Take due messages to work on until *lease_until*.
        """
        until = rows.instant(lease_until)
        with self._session.writing() as cursor:
            due = (tenant, rows.instant(now), rows.instant(now), limit)
            found = cursor.execute(statements.SELECT_DUE_MESSAGES, due).fetchall()
            cursor.executemany(statements.LEASE_MESSAGE, [(until, tenant, row[1]) for row in found])
        return tuple(rows.to_message((*row[:8], until, row[9] + 1)) for row in found)

    def erase(self, tenant: str, party: str, rows: Sequence[CaseRow]) -> int:
        """
        Erase a party and leave no trace of it in the file.
        """
        if isinstance(self._session, GuestSession):
            text = "erasing rewrites the file, which no transaction can hold; call it on the store itself"
            raise TransactionNotUsable(ADAPTER, f"{self._session.name}: {text}")
        refuse_named(tenant, rows)
        with self._session.writing() as cursor:
            count = erasing.erase(cursor, tenant, party, rows)
        with self._session.reading() as cursor:
            erasing.scrub(cursor, self._session.name)
        return count

    def heads(self, tenant: str, *, after: str | None = None, limit: int = 1000) -> tuple[tuple[str, int, bytes], ...]:
        """
        Return a page of heads by case id.
        """
        sql = (
            "SELECT case_id, version, head FROM overdue_cases WHERE tenant = ? AND case_id > ? ORDER BY case_id LIMIT ?"
        )
        with self._session.reading() as cursor:
            return tuple(cursor.execute(sql, (tenant, after or "", limit)).fetchall())

    def within(self, transaction: object) -> SqliteStore:
        """
        Return the same store inside the host's transaction.
        """
        session = GuestSession(driver_of(transaction), HOST)
        with session.reading() as cursor:
            CURRENT.check(cursor, HOST)
        return SqliteStore(session)

    def backup(self, to: str, *, overwrite: bool = False) -> None:
        """
        Write a compact copy of the store to a file while others go on reading and writing.

        The copy is checked before it takes its name; a copy that fails leaves what was there.

        Raises:
            InvalidValue: If the file exists and *overwrite* is not set.
            StoreDamaged: If the store itself is damaged.
        """
        if self._path is not None:
            with files.connected(self._path) as connection:
                files.copy(connection, to, name=self._session.name, overwrite=overwrite)
            return
        with self._session.reading():
            files.copy(self._session.connection, to, name=self._session.name, overwrite=overwrite)

    def close(self) -> None:
        """
        Release the connection if it is the store's own.
        """
        if self._owns_connection:
            with Faults(self._session.name):
                self._session.connection.close()

    def _one_case(self, sql: str, *key: str) -> CaseRow | None:
        with self._session.reading() as cursor:
            row = cursor.execute(sql, key).fetchone()
        return None if row is None else rows.to_case(row)

    def _cases(self, where: str, parameters: tuple[object, ...]) -> tuple[CaseRow, ...]:
        sql = f"SELECT {statements.CASE} FROM overdue_cases WHERE {where} ORDER BY case_id LIMIT ?"
        with self._session.reading() as cursor:
            found = cursor.execute(sql, parameters).fetchall()
        return tuple(rows.to_case(row) for row in found)

    def _stale(self, cursor: sqlite3.Cursor, changes: Sequence[CaseChange]) -> ConcurrentUpdate | StoreDamaged:
        lost = conflicts(changes, writing.Stored(cursor))
        if lost:
            return ConcurrentUpdate(lost)
        return StoreDamaged(ADAPTER, f"{self._session.name}: it took part of a change that holds; restore a backup")


def open_store(
    url: str, *, synchronous: Literal["FULL", "NORMAL"] | None = None, timeout: float | None = None
) -> SqliteStore:
    """
    Open the store in a file, making the file and its tables if there are none.

    Args:
        url: ``sqlite:///village.db`` (relative), ``sqlite:////var/lib/village.db`` (absolute) or
            ``sqlite:///:memory:``; ``?synchronous=NORMAL``, ``?timeout=30`` and ``?mode=ro`` set what the arguments
            do not.
        timeout: Seconds to wait for another writer, 10 unless given.

    Raises:
        InvalidValue: If the URL cannot be understood.
        AdapterError: If the file cannot be opened, is damaged, or its tables are of another release.
    """
    place = files.Place.of(url, synchronous=synchronous, timeout=timeout)
    connection = files.connect(place)
    return SqliteStore(
        OwnSession(connection, place.name),
        path=None if place.in_memory else place.path,
        owns_connection=True,
    )


def store_over(connection: sqlite3.Connection) -> SqliteStore:
    """
    Open the store on the host's own connection, making its tables if there are none.

    The connection stays the host's: its settings are not changed, and closing the store leaves it open. Between the
    host's transactions the store uses transactions of its own; inside one use `SqliteStore.within`.

    Raises:
        TransactionNotUsable: If a transaction is open on it.
    """
    session = OwnSession(connection, HOST)
    with Faults(HOST):
        found = CURRENT.found(plain_cursor(connection), HOST)
    if found is None:
        with session.writing() as cursor:
            CURRENT.make(cursor)
    with session.reading() as cursor:
        CURRENT.check(cursor, HOST)
    return SqliteStore(session)
