"""
Escalate and recall.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

import attrs

from overdue_visit.case import age
from overdue_visit.case.act import Situation
from overdue_visit.case.appointments import AppointmentCancelled
from overdue_visit.case.case import Case
from overdue_visit.case.escalation import Escalated, Recalled
from overdue_visit.case.header import Fact
from overdue_visit.case.notices import NoticeWithheld
from overdue_visit.case.plans import PlanWithdrawn
from overdue_visit.case.talks import WordsRecorded
from overdue_visit.errors import InvalidValue
from overdue_visit.notice import NoticeState
from overdue_visit.reason import code


@attrs.frozen(kw_only=True)
class Escalate:
    """
    Hand the case over.

    Args:
        to: One of the policy's kinds, such as ``"committee"`` or ``"legal"``.

        because: A code, such as ``"refuses"``, ``"fraud"``, ``"unreachable"`` or ``"plan_broken_too_often"``.

        words: Why, in free text; private.
    """

    records: ClassVar[bool] = False

    to: str
    because: str
    words: str | None = attrs.field(default=None, repr=False)

    def decide(self, case: Case, situation: Situation) -> Iterator[Fact]:
        """
        Escalate it; a running plan, an open appointment and queued notices end with it.

        Raises:
            OutOfSeason: If the case is recovered or escalated already.
            InvalidValue: If the policy knows no such kind, or *because* is not a code.
        """
        kinds = situation.policy.escalation.kinds
        if self.to not in kinds:
            raise InvalidValue("to", self.to, f"one of {', '.join(kinds)}")
        because = code(self.because, field="because")
        days = age.days(case, situation.policy, situation.on)
        if case.plans.running is not None:
            yield PlanWithdrawn(plan=case.plans.running.number, because="escalated")
        yield Escalated(to=self.to, because=because, days_past_due=days)
        if case.appointments.open is not None:
            yield AppointmentCancelled(appointment=case.appointments.open.number, reason="escalated")
        for notice in case.notices.pending:
            if notice.state is NoticeState.QUEUED:
                yield NoticeWithheld(notice=notice.number, rule="escalated")
        if self.words is not None:
            yield WordsRecorded(topic="escalation", text=self.words)


@attrs.frozen
class Recall:
    """Take an escalated case back; *because* is a code."""

    records: ClassVar[bool] = False

    because: str

    def decide(self, case: Case, situation: Situation) -> Iterator[Fact]:  # noqa: ARG002 - one shape for all acts
        """
        Recall it: the situation counts as verified.

        Raises:
            OutOfSeason: If it is not escalated.
            InvalidValue: If *because* is not a code.
        """
        yield Recalled(because=code(self.because, field="because"))
