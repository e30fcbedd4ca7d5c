"""
Observation: what the ledger said, and the facts that follow from the difference.
"""

from __future__ import annotations

import datetime as dt
import enum
from typing import ClassVar

import attrs

from overdue_visit.case.header import Header
from overdue_visit.loan import ComponentAmount, LoanStatus
from overdue_visit.money import Money


@attrs.frozen(kw_only=True)
class Position:
    """
    The ledger's position of a loan, without what a date derives.

    Days past due are not stored: they follow from *oldest_due*, the convention and the day.
    """

    oldest_due: dt.date | None
    """Due date that the days past due count from; None when nothing is past due."""
    arrears: Money
    by_component: tuple[ComponentAmount, ...]
    outstanding: Money
    """Everything still to be paid on the schedule in force, due or not."""
    paid: Money
    """All payments counted so far."""
    schedule_version: int
    status: LoanStatus
    bucket: str | None
    next_due: dt.date | None
    """Next instalment after the day of observation."""
    coming: Money
    """Largest sum of running instalments within one calendar month ahead: it bounds what is left for a plan."""


@attrs.frozen(kw_only=True)
class Mismatch:
    """The ledger states other days past due than its own entries give."""

    stated: int
    computed: int


@attrs.frozen(kw_only=True)
class Observation:
    """What the case knows of its loan."""

    position: Position
    convention: str
    """Name of the ageing convention."""
    behind_since: dt.date
    """Business date on which the present spell of arrears was first seen."""
    seen_on: dt.date
    mismatch: Mismatch | None = None
    spells: int = 1
    """How often the loan fell behind within this case."""


@attrs.frozen(kw_only=True)
class CaseOpened:
    """A loan fell behind: the case begins."""

    kind: ClassVar[str] = "case_opened"
    version: ClassVar[int] = 1
    private: ClassVar[tuple[str, ...]] = ("party",)
    group: ClassVar[str] = "observation"

    loan: str
    party: str | None
    episode: int
    days_past_due: int
    convention: str
    position: Position

    def begin(self, header: Header) -> Observation:
        """
        Return the group as the case opens.
        """
        return Observation(
            position=self.position, convention=self.convention, behind_since=header.on, seen_on=header.on
        )


@attrs.frozen(kw_only=True)
class LedgerObserved:
    """The ledger's position changed."""

    kind: ClassVar[str] = "ledger_observed"
    version: ClassVar[int] = 1
    private: ClassVar[tuple[str, ...]] = ()
    group: ClassVar[str] = "observation"

    days_past_due: int
    position: Position

    def apply(self, group: Observation, header: Header) -> Observation:
        """
        Take the new position.
        """
        return attrs.evolve(group, position=self.position, seen_on=header.on)


@attrs.frozen(kw_only=True)
class BookMismatchFound:
    """The ledger's stated days past due differ from its entries, or no longer do (then *mismatch* is None)."""

    kind: ClassVar[str] = "book_mismatch_found"
    version: ClassVar[int] = 1
    private: ClassVar[tuple[str, ...]] = ()
    group: ClassVar[str] = "observation"

    mismatch: Mismatch | None

    def apply(self, group: Observation, header: Header) -> Observation:  # noqa: ARG002 - one shape for all facts
        """
        Show the difference until it is gone.
        """
        return attrs.evolve(group, mismatch=self.mismatch)


class RelapseCause(enum.StrEnum):
    """Why a recovered case fell behind again."""

    REVERSAL = "reversal"
    """A payment that had cleared the arrears was taken back: the original due date counts."""
    MISSED = "missed"
    """A later instalment was missed."""


@attrs.frozen(kw_only=True)
class Relapsed:
    """A recovered loan is behind again, since *since*."""

    kind: ClassVar[str] = "relapsed"
    version: ClassVar[int] = 1
    private: ClassVar[tuple[str, ...]] = ()
    group: ClassVar[str] = "observation"

    cause: RelapseCause
    since: dt.date
    """Due date that the days past due count from: after a reversal the original one."""

    def apply(self, group: Observation, header: Header) -> Observation:
        """
        Begin a new spell.
        """
        return attrs.evolve(group, behind_since=header.on, spells=group.spells + 1)
