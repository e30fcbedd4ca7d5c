"""
The case: about ten groups, folded from its facts strictly in sequence.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import ClassVar, Self

import attrs

from overdue_visit.case.appointments import Appointments
from overdue_visit.case.escalation import Escalation
from overdue_visit.case.header import Entry
from overdue_visit.case.notices import Notices
from overdue_visit.case.observation import CaseOpened, Observation
from overdue_visit.case.plans import Plans
from overdue_visit.case.standing import Standing
from overdue_visit.case.talking import Talks
from overdue_visit.case.upkeep import Upkeep
from overdue_visit.errors import InvalidValue
from overdue_visit.lifecycle import FIRST, STEP, CaseState


@attrs.frozen(kw_only=True)
class Case:
    """
    One spell of care for an overdue loan: the fold of its facts.

    Folding never consults a policy: facts carry results.
    """

    tenant: str
    id: str
    """Loan and episode: ``ke-001/1``."""
    loan_id: str
    party: str | None
    """The borrower's id with the host; None after erasure."""
    episode: int
    version: int
    """How many facts it has."""
    state: CaseState
    state_since: dt.date
    opened_on: dt.date
    recorded_at: dt.datetime
    """When its latest fact was written down, in UTC."""
    observation: Observation
    notices: Notices
    appointments: Appointments
    talks: Talks
    plans: Plans
    standing: Standing
    escalation: Escalation
    upkeep: Upkeep
    unknown: tuple[str, ...] = ()
    """Kinds of facts that this version of the library does not know: the case can be read and not changed."""

    @property
    def open(self) -> bool:
        """Whether the case is not over."""
        return self.upkeep.closed_on is None

    @property
    def behind(self) -> bool:
        """Whether the loan is behind, as last observed."""
        return self.state is not CaseState.RECOVERED

    @property
    def standing_restored_on(self) -> dt.date | None:
        """Since when the credit standing is restored; None while the loan is behind or on probation."""
        return None if self.behind else self.standing.restored_on

    @classmethod
    def opened(cls, entry: Entry) -> Self:
        """
        Return the case that a `CaseOpened` begins.

        Raises:
            InvalidValue: If the entry is not the opening of a case, at sequence 1.
        """
        header, fact = entry.header, entry.fact
        if not isinstance(fact, CaseOpened) or header.sequence != 1:
            raise InvalidValue("fact", header.kind, "case_opened at sequence 1")
        return cls(
            tenant=header.tenant,
            id=header.case,
            loan_id=fact.loan,
            party=fact.party,
            episode=fact.episode,
            version=1,
            state=FIRST,
            state_since=header.on,
            opened_on=header.on,
            recorded_at=header.recorded_at,
            observation=fact.begin(header),
            notices=Notices(),
            appointments=Appointments(),
            talks=Talks(),
            plans=Plans(),
            standing=Standing(),
            escalation=Escalation(),
            upkeep=Upkeep(),
        )

    def after(self, entry: Entry) -> Case:
        """
        Return the case after one more fact.

        Raises:
            OutOfSequence: If it is not the next fact of this case.
        """
        header, fact = entry.header, entry.fact
        if header.case != self.id or header.sequence != self.version + 1:
            raise OutOfSequence("sequence", header.sequence, f"{self.version + 1} for {self.id}")
        group = getattr(fact, "group", None)
        if group is None:
            return attrs.evolve(
                self, version=header.sequence, recorded_at=header.recorded_at, unknown=(*self.unknown, header.kind)
            )
        changed = fact.apply(getattr(self, group), header)  # type: ignore[attr-defined]
        state = STEP.get((self.state, fact.kind), self.state)
        # One call in place of attrs.evolve, which takes five times as long: every fact passes here.
        return Case(
            tenant=self.tenant,
            id=self.id,
            loan_id=self.loan_id,
            party=self.party,
            episode=self.episode,
            version=header.sequence,
            state=state,
            state_since=self.state_since if state is self.state else header.on,
            opened_on=self.opened_on,
            recorded_at=header.recorded_at,
            observation=changed if group == "observation" else self.observation,
            notices=changed if group == "notices" else self.notices,
            appointments=changed if group == "appointments" else self.appointments,
            talks=changed if group == "talks" else self.talks,
            plans=changed if group == "plans" else self.plans,
            standing=changed if group == "standing" else self.standing,
            escalation=changed if group == "escalation" else self.escalation,
            upkeep=changed if group == "upkeep" else self.upkeep,
            unknown=self.unknown,
        )


def fold(entries: Iterable[Entry]) -> Case:
    """
    Return the case that its facts make, in sequence.

    Raises:
        InvalidValue: If there are none, or the first does not open a case.
        OutOfSequence: If one is missing, doubled or of another case.
    """
    case: Case | None = None
    for entry in entries:
        case = Case.opened(entry) if case is None else case.after(entry)
    if case is None:
        raise InvalidValue("entries", (), "at least the opening of the case")
    return case


@attrs.frozen
class OutOfSequence(InvalidValue):
    """A fact is missing, doubled, or belongs to another case."""

    code: ClassVar[str] = "out_of_sequence"
