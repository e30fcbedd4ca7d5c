"""
Upkeep: irregularities, consequences in doubt, the host's own attributes, and the end of a case.
"""

from __future__ import annotations

import datetime as dt
import enum
from typing import ClassVar

import attrs

from overdue_visit.case.header import Header


class CloseReason(enum.StrEnum):
    """Why a case is over."""

    HEALTHY = "healthy"
    PAID_OFF = "paid_off"
    SETTLED = "settled"
    WRITTEN_OFF = "written_off"
    SOLD = "sold"
    OPENED_IN_ERROR = "opened_in_error"


@attrs.frozen(kw_only=True)
class Concern:
    """Something a supervisor is to look at; *number* is the sequence of its fact."""

    number: int
    code: str
    about: int | None
    """Sequence of the fact in question."""
    since: dt.date


@attrs.frozen(kw_only=True)
class Upkeep:
    """What keeps a case in order."""

    irregularities: tuple[Concern, ...] = ()
    in_doubt: tuple[Concern, ...] = ()
    """Consequences taken on grounds that the ledger no longer bears out."""
    attributes: tuple[tuple[str, str | int | bool], ...] = ()
    officer: str | None = None
    closed_on: dt.date | None = None
    close_reason: CloseReason | None = None


class _OfUpkeep:
    """What all facts about upkeep share."""

    __slots__ = ()
    version: ClassVar[int] = 1
    private: ClassVar[tuple[str, ...]] = ()
    group: ClassVar[str] = "upkeep"


@attrs.frozen(kw_only=True)
class IrregularityNoted(_OfUpkeep):
    """Something happened that the rules would not have allowed: named, for a supervisor to review."""

    kind: ClassVar[str] = "irregularity_noted"

    code: str
    about: int | None = None

    def apply(self, group: Upkeep, header: Header) -> Upkeep:
        """
        Keep it open.
        """
        concern = Concern(number=header.sequence, code=self.code, about=self.about, since=header.on)
        return attrs.evolve(group, irregularities=(*group.irregularities, concern))


@attrs.frozen(kw_only=True)
class IrregularityReviewed(_OfUpkeep):
    """A supervisor looked at it."""

    kind: ClassVar[str] = "irregularity_reviewed"

    irregularity: int
    decision: str

    def apply(self, group: Upkeep, header: Header) -> Upkeep:  # noqa: ARG002 - one shape for all facts
        """
        Close it.
        """
        kept = tuple(each for each in group.irregularities if each.number != self.irregularity)
        return attrs.evolve(group, irregularities=kept)


@attrs.frozen(kw_only=True)
class ConsequenceQuestioned(_OfUpkeep):
    """The ledger no longer bears out why a consequence was taken; it is not undone silently."""

    kind: ClassVar[str] = "consequence_questioned"

    code: str
    """Kind of the consequence: ``plan_broken`` or ``escalated``."""
    about: int | None = None

    def apply(self, group: Upkeep, header: Header) -> Upkeep:
        """
        Keep it open.
        """
        concern = Concern(number=header.sequence, code=self.code, about=self.about, since=header.on)
        return attrs.evolve(group, in_doubt=(*group.in_doubt, concern))


@attrs.frozen(kw_only=True)
class ConsequenceReviewed(_OfUpkeep):
    """Somebody decided whether the consequence stands."""

    kind: ClassVar[str] = "consequence_reviewed"

    consequence: int
    decision: str

    def apply(self, group: Upkeep, header: Header) -> Upkeep:  # noqa: ARG002 - one shape for all facts
        """
        Close it.
        """
        kept = tuple(each for each in group.in_doubt if each.number != self.consequence)
        return attrs.evolve(group, in_doubt=kept)


@attrs.frozen(kw_only=True)
class AttributesSet(_OfUpkeep):
    """The host keeps data of its own on the case, under its own namespace."""

    kind: ClassVar[str] = "attributes_set"

    attributes: tuple[tuple[str, str | int | bool], ...]

    def apply(self, group: Upkeep, header: Header) -> Upkeep:  # noqa: ARG002 - one shape for all facts
        """
        Replace the named ones.
        """
        merged = {**dict(group.attributes), **dict(self.attributes)}
        return attrs.evolve(group, attributes=tuple(sorted(merged.items())))


@attrs.frozen(kw_only=True)
class OfficerAssigned(_OfUpkeep):
    """Somebody is responsible for the case."""

    kind: ClassVar[str] = "officer_assigned"

    officer: str

    def apply(self, group: Upkeep, header: Header) -> Upkeep:  # noqa: ARG002 - one shape for all facts
        """
        Take the officer.
        """
        return attrs.evolve(group, officer=self.officer)


@attrs.frozen(kw_only=True)
class CaseClosed(_OfUpkeep):
    """The case is over and moves no more."""

    kind: ClassVar[str] = "case_closed"

    reason: CloseReason

    def apply(self, group: Upkeep, header: Header) -> Upkeep:
        """
        Seal it.
        """
        return attrs.evolve(group, closed_on=header.on, close_reason=self.reason)
