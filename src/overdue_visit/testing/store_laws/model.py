"""
The plainest store there could be, for one tenant and one thread: lists and dictionaries, and the law written out.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence

import attrs

from overdue_visit.record.change import CaseChange, CaseRow, CommandRow, ContactRow, MessageRow, SealedFact


@attrs.define
class Model:
    """What a tenant's part of a store holds."""

    cases: dict[str, CaseRow] = attrs.field(factory=dict)
    facts: dict[str, list[SealedFact]] = attrs.field(factory=dict)
    contacts: dict[tuple[str, str], ContactRow] = attrs.field(factory=dict)
    versions: Counter[str] = attrs.field(factory=Counter)
    messages: dict[str, MessageRow] = attrs.field(factory=dict)
    commands: dict[str, CommandRow] = attrs.field(factory=dict)

    def save(self, changes: Sequence[CaseChange]) -> tuple[str, ...]:
        """
        Save all or none.

        Returns:
            The stale cases; none if it was saved.
        """
        lost = self._lost(changes)
        if lost:
            return tuple(sorted(lost))
        for change in changes:
            row = change.row
            self.cases[row.case_id] = row
            self.facts.setdefault(row.case_id, []).extend(change.facts)
            self.contacts |= {(contact.party, contact.contact_id): contact for contact in change.contacts}
            self.versions.update({contact.party for contact in change.contacts})
            self.messages |= {message.message_id: message for message in change.messages}
            if change.command is not None:
                self.commands[change.command.key] = change.command
        return ()

    def _lost(self, changes: Sequence[CaseChange]) -> set[str]:
        rows_after = self.cases | {change.row.case_id: change.row for change in changes}
        open_after = Counter(row.loan_id for row in rows_after.values() if row.is_open)
        versions, keys, lost = self.versions.copy(), set(self.commands), set()
        for change in changes:
            row, before = change.row, self.cases.get(change.row.case_id)
            opens = row.is_open and not (before and before.is_open)
            parties = {contact.party for contact in change.contacts}
            checked = next(iter(parties), row.party)
            held = (
                (before.version if before else 0) == change.expected,
                not (opens and open_after[row.loan_id] > 1),
                change.party_version is None or versions[str(checked)] == change.party_version,
                change.command is None or change.command.key not in keys,
            )
            if not all(held):
                lost.add(row.case_id)
            versions.update(parties)
            keys |= {change.command.key} if change.command else set()
        return lost

    def claim(self, now: dt.datetime, lease_until: dt.datetime, limit: int) -> tuple[MessageRow, ...]:
        """
        Take due messages.
        """
        free = [
            message
            for message in self.messages.values()
            if message.state != "settled" and message.due_at <= now and not (message.lease_until or now) > now
        ]
        free.sort(key=lambda message: (message.due_at, message.message_id))
        taken = [attrs.evolve(one, lease_until=lease_until, attempts=one.attempts + 1) for one in free[:limit]]
        self.messages |= {message.message_id: message for message in taken}
        return tuple(taken)

    def erase(self, party: str) -> tuple[list[CaseRow], int]:
        """
        Erase a party.

        Returns:
            The rows that replace those of its cases, and how many private values went.
        """
        rows = [attrs.evolve(row, party=None, snapshot=b"") for row in self.cases.values() if row.party == party]
        gone = 0
        for row in rows:
            self.cases[row.case_id] = row
            gone += sum(len(fact.private) for fact in self.facts[row.case_id])
            self.facts[row.case_id] = [attrs.evolve(fact, private=()) for fact in self.facts[row.case_id]]
        erased = {row.case_id for row in rows}
        self.commands = {key: command for key, command in self.commands.items() if command.case_id not in erased}
        self.contacts = {key: contact for key, contact in self.contacts.items() if key[0] != party}
        self.messages = {key: message for key, message in self.messages.items() if message.party != party}
        del self.versions[party]
        return rows, gone
