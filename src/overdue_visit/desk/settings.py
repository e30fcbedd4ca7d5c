"""
What a desk works with: its store, zone, policy and the doors to the world.
"""

from __future__ import annotations

import datetime as dt
import functools
import os
from collections.abc import Callable

import attrs

from overdue_visit.case.case import Case
from overdue_visit.case.kinds import KINDS
from overdue_visit.instants import day_of, in_utc
from overdue_visit.party.actor import Actor
from overdue_visit.policy import Policy
from overdue_visit.ports.clock import Clock
from overdue_visit.ports.loan_book import LoanBook
from overdue_visit.ports.party_directory import PartyDirectory
from overdue_visit.ports.salt import Salt
from overdue_visit.ports.sender import Sender
from overdue_visit.ports.store import Store
from overdue_visit.record.codec import Codec
from overdue_visit.record.snapshot import SnapshotCodec
from overdue_visit.wording import Catalogues

SNAPSHOT_VERSION = 1
"""Shape of the stored snapshot; a snapshot of another shape is folded anew from the facts."""


Reopen = Callable[[], "Settings"]
"""Opens a desk's settings anew; it can be sent to another process."""


@functools.cache
def codec() -> Codec:
    """
    Return the codec of all fact kinds.
    """
    return Codec(KINDS)


@functools.cache
def snapshots() -> SnapshotCodec[Case]:
    """
    Return the codec of case snapshots.
    """
    return SnapshotCodec(Case, SNAPSHOT_VERSION)


@attrs.frozen(kw_only=True)
class Settings:
    """Everything a desk was opened with; who acts is part of it."""

    store: Store
    tenant: str
    zone: dt.tzinfo
    policy: Policy
    clock: Clock
    salt: Salt
    senders: tuple[Sender, ...]
    directory: PartyDirectory | None
    texts: Catalogues
    actor: Actor
    open_book: Callable[[str | os.PathLike[str]], LoanBook]
    """Opens a loan book by its path."""
    reopen: Reopen | None = None
    """Opens the same desk again in a worker process; None where only this process can reach the store."""
    in_transaction: bool = False
    """Whether the store works inside the host's transaction: then nothing is retried and nothing is sent."""

    def now(self) -> dt.datetime:
        """
        Return the clock's now, in UTC.
        """
        return in_utc(self.clock.now(self.zone), field="clock")

    def today(self) -> dt.date:
        """
        Return the lender's calendar day.
        """
        return day_of(self.now(), self.zone)
