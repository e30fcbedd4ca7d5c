"""
Acts in, facts out: what may be asked of a case, and the circumstances it is decided in.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar, Protocol, runtime_checkable

import attrs

from overdue_visit.case.header import Fact
from overdue_visit.errors import InvalidValue, NotAllowed
from overdue_visit.instants import day_of, in_utc
from overdue_visit.lifecycle import STEP, CaseState, sources
from overdue_visit.party.actor import Actor
from overdue_visit.party.contact import Contact
from overdue_visit.policy import Policy

if TYPE_CHECKING:
    from overdue_visit.case.case import Case


@attrs.frozen(kw_only=True)
class Situation:
    """The circumstances of a decision: handed in, never asked for."""

    at: dt.datetime
    """The clock's now, in UTC."""
    on: dt.date
    """The business date."""
    zone: dt.tzinfo
    """The lender's zone."""
    actor: Actor
    policy: Policy
    contacts: tuple[Contact, ...] = ()
    """Recent contacts with the party, over all its cases."""

    def day(self, at: dt.datetime) -> dt.date:
        """
        Return the lender's calendar day of an instant.
        """
        return day_of(at, self.zone)

    def happened(self, at: dt.datetime | None) -> dt.datetime:
        """
        Return when something recorded happened: *at*, or now.

        Raises:
            InvalidValue: If *at* is naive or later than now.
        """
        if at is None:
            return self.at
        instant = in_utc(at)
        if instant > self.at:
            raise InvalidValue("at", at.isoformat(), f"an instant not after now, {self.at.isoformat()}")
        return instant


@runtime_checkable
class Act(Protocol):
    """
    A frozen value that can be asked of a case.

    ``records`` is True for acts that write down what happened: they are refused only when malformed. Other acts are
    decisions: they are refused where the rules do not allow them.
    """

    records: ClassVar[bool]

    def decide(self, case: Case, situation: Situation) -> Iterable[Fact]:
        """
        Return the facts that follow, in order; pure.
        """


def officer_id(value: object, *, field: str = "officer") -> str:
    """
    Return the host's id of an officer.

    Raises:
        InvalidValue: If *value* is not a non-empty printable text.
    """
    if not isinstance(value, str) or not value or not value.isprintable():
        raise InvalidValue(field, value, "a non-empty id, such as 'officer:7'")
    return value


@attrs.frozen
class CaseIsClosed(NotAllowed):
    """A closed case moves no more; a later episode is a new case."""

    code: ClassVar[str] = "case_is_closed"

    case_id: str
    reason: str

    def __str__(self) -> str:
        return f"{self.case_id}: closed as {self.reason}; observe the loan to open a new episode"


@attrs.frozen
class OutOfSeason(NotAllowed):
    """The case is not in a state from which this may happen."""

    code: ClassVar[str] = "out_of_season"

    case_id: str
    fact: str
    state: str
    allowed: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.fact} is not possible while {self.state}, only while {' or '.join(self.allowed)}"


def in_season(case_id: str, state: CaseState, fact: str) -> None:
    """
    Refuse what the table has no row for in a state.

    Raises:
        OutOfSeason: Naming the states from which it is possible.
    """
    if (state, fact) not in STEP:
        raise OutOfSeason(case_id, fact, state.value, tuple(each.value for each in sources(fact)))
