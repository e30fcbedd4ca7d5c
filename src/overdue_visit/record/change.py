"""
The values that cross the store port: sealed facts, rows, and the change that one save makes to a case.

They are what a store keeps, byte for byte. Nothing here knows what a fact means: `record.codec` seals and opens facts,
`record.chain` links them.
"""

from __future__ import annotations

import datetime as dt
from typing import Literal

import attrs

from overdue_visit.errors import InvalidValue

MessageState = Literal["queued", "handed_over", "settled"]
ContactStatus = Literal["reserved", "used", "unknown", "released"]
Direction = Literal["outbound", "inbound"]


@attrs.frozen(kw_only=True)
class PrivateValue:
    """
    Personal content of a fact, kept apart so that it can be erased without touching the fact.
    """

    sequence: int
    """Of the fact it belongs to."""
    field: str
    salt: bytes = attrs.field(repr=False)
    value: bytes = attrs.field(repr=False)
    """JSON of the value; the fact holds ``sha256(salt + value)``."""


@attrs.frozen(kw_only=True)
class SealedFact:
    """
    A fact as stored: its bytes are the record, its digest links it to the fact before it.
    """

    sequence: int
    """Place in the case's record, from 1 without gaps."""
    kind: str
    version: int
    recorded_at: dt.datetime
    header: bytes = attrs.field(repr=False)
    body: bytes = attrs.field(repr=False)
    digest: bytes
    private: tuple[PrivateValue, ...] = ()


@attrs.frozen(kw_only=True)
class CaseRow:
    """
    What a store knows of a case without reading its facts.
    """

    tenant: str
    case_id: str
    loan_id: str
    party: str | None
    """The borrower's id, ``None`` once erased."""
    episode: int
    version: int
    """How many facts the case has."""
    head: bytes
    """Digest of its last fact."""
    state: str
    is_open: bool
    next_look: dt.date | None
    """First day on which something may fall due; ``None``: not known, look now."""
    look_policy: str | None
    """Digest of the policy *next_look* was found under."""
    officer: str | None
    snapshot: bytes = attrs.field(repr=False)
    snapshot_version: int


@attrs.frozen(kw_only=True)
class MessageRow:
    """
    A message on its way out: who may send it now, and how far it came.
    """

    tenant: str
    message_id: str
    case_id: str
    sequence: int
    """Of the fact that queued it."""
    party: str | None
    channel: str
    state: MessageState
    due_at: dt.datetime
    lease_until: dt.datetime | None
    attempts: int


@attrs.frozen(kw_only=True)
class ContactRow:
    """
    One contact with a party, counted across all its cases; an outbound one reserves its slot before it happens.
    """

    tenant: str
    party: str
    contact_id: str
    case_id: str
    at: dt.datetime
    channel: str
    direction: Direction
    purpose: str
    status: ContactStatus
    result: str | None


@attrs.frozen
class PartyContacts:
    """
    A party's contacts, ordered by *at*, then *contact_id*, and the version they were read at.
    """

    version: int
    """0 for a party never contacted; every write to its contacts adds one."""
    rows: tuple[ContactRow, ...]


@attrs.frozen(kw_only=True)
class CommandRow:
    """
    What an idempotency key stands for: the act it came with and the facts it made.
    """

    tenant: str
    key: str
    act_digest: str
    case_id: str
    first: int
    last: int
    """Sequences *first* to *last*; *last* < *first* when the act made no facts."""


@attrs.frozen(kw_only=True)
class CaseChange:
    """
    Everything one save does to one case; a store takes all of it or nothing.

    Raises:
        InvalidValue: If the facts do not follow *expected* without gaps up to ``row.version``, a new case has no
            facts, *party_version* could mean several parties or none, or a part belongs to another tenant.
    """

    row: CaseRow
    expected: int
    """The case's version before this change, 0 for a new case."""
    facts: tuple[SealedFact, ...] = ()
    contacts: tuple[ContactRow, ...] = ()
    """Written by id: a new one is added, a known one replaced."""
    party_version: int | None = None
    """
    When given, the version of the party's contacts that must still hold.

    The party is that of *contacts*; without contacts it is the case's.
    """
    messages: tuple[MessageRow, ...] = ()
    """Written by id: a new one is added, a known one replaced."""
    command: CommandRow | None = None

    def __attrs_post_init__(self) -> None:
        last = self.expected
        for fact in self.facts:
            last += 1
            if fact.sequence != last:
                raise InvalidValue("facts", self._sequences(), f"sequences that follow {self.expected} without gaps")
        if self.row.version != last:
            raise InvalidValue("row.version", self.row.version, f"{last}, the last fact's")
        if last < 1:
            raise InvalidValue("facts", self._sequences(), "at least one fact for a new case")
        if self.party_version is not None and not self.checked_party():
            raise InvalidValue("party_version", self.party_version, "contacts of exactly one party, or a case with one")

        for part in (*self.contacts, *self.messages, self.command or self.row):
            if part.tenant != self.row.tenant:
                raise InvalidValue("tenant", part.tenant, f"{self.row.tenant}, the tenant of the case")

    def _sequences(self) -> tuple[int, ...]:
        return tuple(fact.sequence for fact in self.facts)

    def checked_party(self) -> str | None:
        """
        Return the party that *party_version* is about: that of the contacts, else the case's.

        Returns:
            ``None`` if there is none, or more than one.
        """
        parties = {contact.party for contact in self.contacts}
        if not parties:
            return self.row.party
        return parties.pop() if len(parties) == 1 else None
