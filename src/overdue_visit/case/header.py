"""
The header of a fact: what is true of every fact whatever its kind.
"""

from __future__ import annotations

import datetime as dt
from typing import ClassVar, Protocol

import attrs

from overdue_visit.party.actor import Actor


class Fact(Protocol):
    """What every fact class declares: its kind and version, and which of its fields are personal content."""

    kind: ClassVar[str]
    version: ClassVar[int]
    private: ClassVar[tuple[str, ...]]


@attrs.frozen(kw_only=True)
class Header:
    """Where, when, by whom and under which rules a fact was recorded."""

    tenant: str
    case: str
    sequence: int
    """Place in the case's record, from 1 without gaps."""
    kind: str
    version: int
    """Version of the body's shape."""
    at: dt.datetime
    """When it happened, in UTC."""
    recorded_at: dt.datetime
    """When it was written down, in UTC."""
    on: dt.date
    """The ledger's business date it belongs to."""
    actor: Actor
    key: str | None = None
    """Idempotency key of the command."""
    correlation: str | None = None
    causation: int | None = None
    """Sequence of the fact in the same case that led to this one."""
    policy: str | None = None
    """Digest of the policy in force."""
    mark: str | None = None
    """Mark of the loan book that was read."""
    approval: str | None = None
    corrects: int | None = None


@attrs.frozen
class Entry:
    """One line of a case's record: a fact with its header."""

    header: Header
    fact: Fact
