"""
Reading cases together with the contacts that decisions on them count.
"""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Iterator, Sequence

from overdue_visit.adapters.sqlite import rows, statements
from overdue_visit.adapters.sqlite.writing import Stored
from overdue_visit.record.change import CaseRow, ContactRow, PartyContacts

_AT_ONCE = 500
"""Ids in one statement: SQLite before 3.32 took at most 999 parameters, https://www.sqlite.org/limits.html."""

_NONE = PartyContacts(0, ())


def contacts(cursor: sqlite3.Cursor, tenant: str, party: str, since: dt.datetime) -> PartyContacts:
    """
    Return the party's contacts and their version.
    """
    # The version first: a contact written between the two reads then makes the next save stale, not silent.
    version = Stored(cursor).party_version(tenant, party)
    if not version:  # never contacted, so there is nothing to look for
        return _NONE
    found = cursor.execute(statements.SELECT_CONTACTS, (tenant, party, rows.instant(since)))
    return PartyContacts(version, tuple(rows.to_contact(row) for row in found))


def cases_with_contacts(
    cursor: sqlite3.Cursor, tenant: str, case_ids: Sequence[str], since: dt.datetime
) -> dict[str, tuple[CaseRow, PartyContacts]]:
    """
    Return cases, each with its party's contacts.
    """
    found: list[rows.Row] = []
    for part in _parts(case_ids):
        found += cursor.execute(statements.select_cases(len(part)), (tenant, *part)).fetchall()
    # As above the version, which came with the case, before the contacts.
    versions: dict[str, int] = {row[3]: row[-1] for row in found if row[-1]}
    by_party: dict[str, list[ContactRow]] = {party: [] for party in versions}
    for part in _parts(sorted(versions)):
        sql = statements.select_contacts(len(part))
        for row in cursor.execute(sql, (tenant, rows.instant(since), *part)):
            by_party[row[1]].append(rows.to_contact(row))
    known = {party: PartyContacts(versions[party], tuple(rows_)) for party, rows_ in by_party.items()}
    return {row[1]: (rows.to_case(row), known.get(row[3], _NONE)) for row in found}


def _parts(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    for first in range(0, len(ids), _AT_ONCE):
        yield ids[first : first + _AT_ONCE]
