"""
Erasing a party, from the tables and from the file.

Deleting rows leaves their bytes on free pages and in the write-ahead log. Rewriting the file (VACUUM) and emptying the
log remove them; https://www.sqlite.org/pragma.html#pragma_secure_delete alone would leave copies that page splits made.
"""

# ruff: noqa: S608 - only constants are put together here; every value is bound

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from overdue_visit.adapters.sqlite.faults import ADAPTER, translated
from overdue_visit.adapters.sqlite.rows import updated
from overdue_visit.adapters.sqlite.statements import UPDATE_CASE
from overdue_visit.adapters.sqlite.writing import Stored
from overdue_visit.ports.store import ConcurrentUpdate, StoreLocked
from overdue_visit.record.change import CaseRow


def erase(cursor: sqlite3.Cursor, tenant: str, party: str, rows: Sequence[CaseRow]) -> int:
    """
    Delete from the tables; the caller holds a transaction open.

    Returns:
        How many private values were deleted.

    Raises:
        ConcurrentUpdate: If a case's version is not that of its row.
    """
    stored = Stored(cursor)
    stale = sorted(row.case_id for row in rows if stored.version(tenant, row.case_id) != row.version)
    if stale:
        raise ConcurrentUpdate(tuple(stale))
    cursor.executemany(UPDATE_CASE, [updated(row, row.version) for row in rows])
    deleted = 0
    for row in rows:
        cursor.execute("DELETE FROM overdue_private WHERE tenant = ? AND case_id = ?", (tenant, row.case_id))
        deleted += cursor.rowcount
        # A command's digest is drawn from its values: whoever guesses them could know them again by it.
        cursor.execute("DELETE FROM overdue_commands WHERE tenant = ? AND case_id = ?", (tenant, row.case_id))
    for table in ("overdue_contacts", "overdue_messages", "overdue_parties"):
        cursor.execute(f"DELETE FROM {table} WHERE tenant = ? AND party = ?", (tenant, party))
    return deleted


def scrub(cursor: sqlite3.Cursor, name: str) -> None:
    """
    Rewrite the file without what was deleted, and empty the write-ahead log.

    Raises:
        StoreLocked: If others kept the file or its log in use.
    """
    try:
        cursor.execute("VACUUM")
        busy = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
    except sqlite3.Error as fault:
        if not isinstance(error := translated(fault, name), StoreLocked):
            raise
        raise _left(name) from error
    if busy:
        raise _left(name)


def _left(name: str) -> StoreLocked:
    text = "erased for every reader, but others keep the old pages of the file in use; erase again when they are done"
    return StoreLocked(ADAPTER, f"{name}: {text}")
