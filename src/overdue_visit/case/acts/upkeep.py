"""
Upkeep: reviews, the host's attributes, who is responsible, closing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import ClassVar

import attrs

from overdue_visit.case.act import Situation, officer_id
from overdue_visit.case.case import Case
from overdue_visit.case.header import Fact
from overdue_visit.case.notices import NoticeWithheld
from overdue_visit.case.upkeep import (
    AttributesSet,
    CaseClosed,
    CloseReason,
    Concern,
    ConsequenceReviewed,
    IrregularityReviewed,
    OfficerAssigned,
)
from overdue_visit.errors import InvalidValue, NotAllowed
from overdue_visit.notice import NoticeState
from overdue_visit.reason import code, one_of

_PLAIN = re.compile(r"[\w.:/-]{0,80}")


def _concern(number: int, concerns: tuple[Concern, ...], *, field: str, case_id: str) -> int:
    numbers = [each.number for each in concerns]
    if number not in numbers:
        raise InvalidValue(field, number, f"an open one of {case_id}: {numbers or 'there is none'}")
    return number


@attrs.frozen
class ReviewIrregularity:
    """Review something that the rules would not have allowed; *decision* is a code."""

    records: ClassVar[bool] = False

    irregularity: int
    decision: str = attrs.field(kw_only=True)

    def decide(self, case: Case, situation: Situation) -> Iterator[Fact]:  # noqa: ARG002 - one shape for all acts
        """
        Close it.

        Raises:
            InvalidValue: If none open has this number, or *decision* is not a code.
        """
        number = _concern(self.irregularity, case.upkeep.irregularities, field="irregularity", case_id=case.id)
        yield IrregularityReviewed(irregularity=number, decision=code(self.decision, field="decision"))


@attrs.frozen
class ReviewConsequence:
    """Decide whether a consequence stands that the ledger no longer bears out; *decision* is a code."""

    records: ClassVar[bool] = False

    consequence: int
    decision: str = attrs.field(kw_only=True)

    def decide(self, case: Case, situation: Situation) -> Iterator[Fact]:  # noqa: ARG002 - one shape for all acts
        """
        Close it.

        Raises:
            InvalidValue: If none open has this number, or *decision* is not a code.
        """
        number = _concern(self.consequence, case.upkeep.in_doubt, field="consequence", case_id=case.id)
        yield ConsequenceReviewed(consequence=number, decision=code(self.decision, field="decision"))


@attrs.frozen
class SetAttributes:
    """Keep the host's own scalars on the case, each under a namespace: ``{"core:branch": "north"}``."""

    records: ClassVar[bool] = False

    attributes: Mapping[str, str | int | bool]

    def decide(self, case: Case, situation: Situation) -> Iterator[Fact]:  # noqa: ARG002 - one shape for all acts
        """
        Set them; others stay.

        Raises:
            InvalidValue: If a key has no namespace, or a value is neither an int, a bool nor an id.
        """
        for key, value in self.attributes.items():
            if not isinstance(key, str) or ":" not in code(key, field="attributes"):
                raise InvalidValue("attributes", key, "a key with a namespace, such as 'core:branch'")
            plain = isinstance(value, int) or (isinstance(value, str) and _PLAIN.fullmatch(value) is not None)
            if not plain:
                accepted = "an int, a bool, or an id of up to 80 letters, digits and ._:/- (free text belongs in words)"
                raise InvalidValue(key, type(value).__name__, accepted)
        yield AttributesSet(attributes=tuple(sorted(self.attributes.items())))


@attrs.frozen
class AssignOfficer:
    """Make somebody responsible for the case, by id."""

    records: ClassVar[bool] = False

    officer: str

    def decide(self, case: Case, situation: Situation) -> Iterator[Fact]:  # noqa: ARG002 - one shape for all acts
        """
        Assign them.

        Raises:
            InvalidValue: If *officer* is not a non-empty id.
        """
        yield OfficerAssigned(officer=officer_id(self.officer))


@attrs.frozen
class NoticeInFlight(NotAllowed):
    """A notice is with its sender: settle it before closing, so that its outcome is not lost."""

    code: ClassVar[str] = "notice_in_flight"

    case_id: str
    number: int

    def __str__(self) -> str:
        return f"{self.case_id}: notice {self.number} is with its sender; relay first, then close"


def _reason(value: CloseReason | str) -> CloseReason:
    return one_of(CloseReason, value, field="reason")


@attrs.frozen
class CloseCase:
    """Close the case for a reason that the ledger cannot tell, such as ``"opened_in_error"`` or ``"settled"``."""

    records: ClassVar[bool] = False

    reason: CloseReason = attrs.field(converter=_reason)

    def decide(self, case: Case, situation: Situation) -> Iterator[Fact]:  # noqa: ARG002 - one shape for all acts
        """
        Close it; queued notices are withheld.

        Raises:
            NoticeInFlight: If a notice is with its sender.
            InvalidValue: If the reason is one that only observing the ledger gives.
        """
        if self.reason in (CloseReason.HEALTHY, CloseReason.PAID_OFF):
            accepted = "a reason that the ledger cannot tell: 'settled', 'written_off', 'sold' or 'opened_in_error'"
            raise InvalidValue("reason", self.reason.value, accepted)
        for notice in case.notices.pending:
            if notice.state is NoticeState.HANDED_OVER:
                raise NoticeInFlight(case.id, notice.number)
        for notice in case.notices.pending:
            yield NoticeWithheld(notice=notice.number, rule="case_closed")
        yield CaseClosed(reason=self.reason)
