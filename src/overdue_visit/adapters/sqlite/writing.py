"""
Writing changes: set-wise, in case order, conflicts seen by row counts.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from overdue_visit.adapters.sqlite import rows, statements
from overdue_visit.record.change import CaseChange


class Stored:
    """What is stored, for finding which changes are stale."""

    def __init__(self, cursor: sqlite3.Cursor) -> None:
        self._cursor = cursor

    def version(self, tenant: str, case_id: str) -> int:
        """
        Return the case's version, 0 if there is no such case.
        """
        return self._number("SELECT version FROM overdue_cases WHERE tenant = ? AND case_id = ?", tenant, case_id)

    def open_cases(self, tenant: str, loan_id: str) -> list[str]:
        """
        Return the ids of the loan's open cases.
        """
        sql = "SELECT case_id FROM overdue_cases WHERE tenant = ? AND loan_id = ? AND is_open = 1"
        return [case_id for (case_id,) in self._cursor.execute(sql, (tenant, loan_id))]

    def party_version(self, tenant: str, party: str) -> int:
        """
        Return the version of the party's contacts, 0 if it has none.
        """
        return self._number(statements.SELECT_PARTY, tenant, party)

    def key_used(self, tenant: str, key: str) -> bool:
        """
        Tell whether the idempotency key was used.
        """
        return bool(self._number("SELECT 1 FROM overdue_commands WHERE tenant = ? AND key = ?", tenant, key))

    def _number(self, sql: str, *key: str) -> int:
        row = self._cursor.execute(sql, key).fetchone()
        return 0 if row is None else int(row[0])


def apply_one(cursor: sqlite3.Cursor, change: CaseChange) -> bool:
    """
    Write one change, which is most of what a desk does in a day, with as few statements as it has parts.

    Returns:
        Whether it still held. Where not, it was written in part; the caller rolls back.
    """
    row = change.row
    if not _put_cases(cursor, (change,)):
        return False
    if (change.contacts or change.party_version is not None) and not _put_party(cursor, change):
        return False
    if change.command is not None:
        cursor.execute(statements.INSERT_COMMAND, rows.from_command(row.tenant, change.command))
        if cursor.rowcount != 1:
            return False
    _put_parts(cursor, (change,))
    return True


def apply(cursor: sqlite3.Cursor, changes: Sequence[CaseChange]) -> bool:
    """
    Write many changes, table by table.

    Returns:
        Whether every change still held. Where not, they were written in part; the caller rolls back.
    """
    holds = _put_cases(cursor, changes) and _put_parties(cursor, changes) and _put_commands(cursor, changes)
    if holds:
        _put_parts(cursor, changes)
    return holds


def _put_parts(cursor: sqlite3.Cursor, changes: Sequence[CaseChange]) -> None:
    facts: list[rows.Row] = []
    private: list[rows.Row] = []
    contacts: list[rows.Row] = []
    messages: list[rows.Row] = []
    # Facts go in case order, which their index takes fastest. Of two writes to one contact or message the later counts.
    in_case_order = sorted(changes, key=_case_key) if len(changes) > 1 else changes
    for change in in_case_order:
        tenant, case_id = change.row.tenant, change.row.case_id
        for fact in change.facts:
            facts.append(rows.from_fact(tenant, case_id, fact))
            if fact.private:
                private += [rows.from_private(tenant, case_id, value) for value in fact.private]
    for change in changes:
        if change.contacts:
            contacts += [rows.from_contact(contact.tenant, contact) for contact in change.contacts]
        if change.messages:
            messages += [rows.from_message(message.tenant, message) for message in change.messages]
    for sql, parameters in (
        (statements.INSERT_FACT, facts),
        (statements.INSERT_PRIVATE, private),
        (statements.PUT_CONTACT, contacts),
        (statements.PUT_MESSAGE, messages),
    ):
        if parameters:
            cursor.executemany(sql, parameters)


def _case_key(change: CaseChange) -> tuple[str, str]:
    return change.row.tenant, change.row.case_id


def _put_cases(cursor: sqlite3.Cursor, changes: Sequence[CaseChange]) -> bool:
    # Cases that close go first, new ones last: then a second open case is one only if it is so after the whole save.
    known = [change for change in changes if change.expected and not _revise(cursor, change)]
    known.sort(key=lambda change: change.row.is_open)
    moved = [rows.updated(change.row, change.expected) for change in known]
    new = [rows.inserted(change.row) for change in changes if not change.expected]
    return _write(cursor, statements.UPDATE_CASE, moved) and _write(cursor, statements.INSERT_CASE, new)


def _revise(cursor: sqlite3.Cursor, change: CaseChange) -> bool:
    return cursor.execute(statements.REVISE_CASE, rows.revised(change.row, change.expected)).rowcount == 1


def _put_parties(cursor: sqlite3.Cursor, changes: Sequence[CaseChange]) -> bool:
    return all(_put_party(cursor, change) for change in changes if change.contacts or change.party_version is not None)


def _put_party(cursor: sqlite3.Cursor, change: CaseChange) -> bool:
    tenant = change.row.tenant
    if change.party_version is None:
        for party in sorted({contact.party for contact in change.contacts}):
            cursor.execute(statements.BUMP_PARTY, (tenant, party))
        return True
    party = change.checked_party() or ""
    if not change.contacts:
        return Stored(cursor).party_version(tenant, party) == change.party_version
    if change.party_version == 0:
        return cursor.execute(statements.FIRST_PARTY, (tenant, party)).rowcount == 1
    return cursor.execute(statements.NEXT_PARTY, (tenant, party, change.party_version)).rowcount == 1


def _put_commands(cursor: sqlite3.Cursor, changes: Sequence[CaseChange]) -> bool:
    commands = [change.command for change in changes if change.command is not None]
    used = [rows.from_command(command.tenant, command) for command in commands]
    return _write(cursor, statements.INSERT_COMMAND, used)


def _write(cursor: sqlite3.Cursor, sql: str, parameters: Sequence[rows.Row]) -> bool:
    if not parameters:
        return True
    return cursor.executemany(sql, parameters).rowcount == len(parameters)
