"""
Which changes of one save can no longer hold: the same answer for every store.

A store finds *that* something is stale by the cheapest means it has (a row count); this finds *which* cases to name.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

from overdue_visit.errors import InvalidValue
from overdue_visit.record.change import CaseChange, CaseRow

Key = tuple[str, str]
"""A tenant and something of that tenant."""


class Stored(Protocol):
    """What is stored at the moment of the save, before any of its changes."""

    def version(self, tenant: str, case_id: str) -> int:
        """
        Return the case's version, 0 if there is no such case.
        """
        ...

    def open_cases(self, tenant: str, loan_id: str) -> Iterable[str]:
        """
        Return the ids of the loan's open cases.
        """
        ...

    def party_version(self, tenant: str, party: str) -> int:
        """
        Return the version of the party's contacts, 0 if it has none.
        """
        ...

    def key_used(self, tenant: str, key: str) -> bool:
        """
        Tell whether the idempotency key was used.
        """
        ...


def conflicts(changes: Sequence[CaseChange], stored: Stored) -> tuple[str, ...]:
    """
    Name the cases whose changes no longer hold, sorted; none means that all may be saved.

    Versions and open cases are judged on the whole save. Party versions and keys are taken in the order given, as if
    the changes were saved one after the other.
    """
    lost = {
        change.row.case_id
        for change in changes
        if stored.version(change.row.tenant, change.row.case_id) != change.expected
    }
    lost.update(_second_open(changes, stored), _lost_parties(changes, stored), _used_keys(changes, stored))
    return tuple(sorted(lost))


def refuse_twice(changes: Sequence[CaseChange]) -> None:
    """
    Refuse a save that changes a case twice.

    Raises:
        InvalidValue: Naming the case.
    """
    seen: set[Key] = set()
    for change in changes:
        key = (change.row.tenant, change.row.case_id)
        if key in seen:
            raise InvalidValue("changes", change.row.case_id, "each case once in a save")
        seen.add(key)


def refuse_named(tenant: str, rows: Iterable[CaseRow]) -> None:
    """
    Refuse rows for an erasure that still name a party, or belong to another tenant.

    Raises:
        InvalidValue: Naming the case.
    """
    for row in rows:
        if row.tenant != tenant or row.party is not None:
            raise InvalidValue("rows", row.case_id, f"rows of tenant {tenant} that name no party")


def _second_open(changes: Sequence[CaseChange], stored: Stored) -> set[str]:
    loans = {(change.row.tenant, change.row.loan_id) for change in changes if change.row.is_open}
    before = {loan: set(stored.open_cases(*loan)) for loan in loans}
    after = {loan: set(cases) for loan, cases in before.items()}
    for change in changes:
        if (cases := after.get((change.row.tenant, change.row.loan_id))) is not None:
            (cases.add if change.row.is_open else cases.discard)(change.row.case_id)
    crowded = [(cases - before[loan]) for loan, cases in after.items() if len(cases) > 1]
    return set().union(*crowded)


def _lost_parties(changes: Sequence[CaseChange], stored: Stored) -> set[str]:
    versions: dict[Key, int] = {}
    lost = set()
    for change in changes:
        tenant = change.row.tenant
        party = change.checked_party()
        if change.party_version is not None and party is not None:
            now = versions.setdefault((tenant, party), stored.party_version(tenant, party))
            if now != change.party_version:
                lost.add(change.row.case_id)
        for written in {contact.party for contact in change.contacts}:
            now = versions.setdefault((tenant, written), stored.party_version(tenant, written))
            versions[tenant, written] = now + 1
    return lost


def _used_keys(changes: Sequence[CaseChange], stored: Stored) -> set[str]:
    seen: set[Key] = set()
    lost = set()
    for change in changes:
        if change.command is None:
            continue
        key = (change.row.tenant, change.command.key)
        if key in seen or stored.key_used(*key):
            lost.add(change.row.case_id)
        seen.add(key)
    return lost
