"""
Send notices: when there is occasion for one, and the refusals.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

import attrs

from overdue_visit.case import age
from overdue_visit.case.act import Situation
from overdue_visit.case.age import treatment_days
from overdue_visit.case.case import Case
from overdue_visit.case.gate import check
from overdue_visit.case.header import Fact
from overdue_visit.case.notices import NoticeQueued, NoticeWithheld
from overdue_visit.errors import InvalidValue, NotAllowed
from overdue_visit.lifecycle import CaseState
from overdue_visit.notice import NoticeKind
from overdue_visit.plan import InstalmentOutcome
from overdue_visit.reason import one_of

_UNPAID = (InstalmentOutcome.PENDING, InstalmentOutcome.MISSED)


@attrs.frozen
class NoticeTooEarly(NotAllowed):
    """The policy sends this notice later: count the days past due."""

    code: ClassVar[str] = "notice_too_early"

    case_id: str
    notice: str
    days_past_due: int
    first_day: int

    def __str__(self) -> str:
        return (
            f"{self.case_id}: {self.days_past_due} days past due, notices of kind {self.notice} start on day "
            f"{self.first_day}"
        )


@attrs.frozen
class NoticeUnderWay(NotAllowed):
    """The same notice is already queued or with its sender."""

    code: ClassVar[str] = "notice_under_way"

    case_id: str
    notice: str
    number: int

    def __str__(self) -> str:
        return f"{self.case_id}: notice {self.number} of kind {self.notice} is under way; relay it first"


@attrs.frozen
class NoticeOutOfSeason(NotAllowed):
    """This kind of notice does not fit the state of the case."""

    code: ClassVar[str] = "notice_out_of_season"

    case_id: str
    notice: str
    state: str

    def __str__(self) -> str:
        return f"{self.case_id}: a notice of kind {self.notice} has no occasion while the case is {self.state}"


def _kind(value: NoticeKind | str) -> NoticeKind:
    return one_of(NoticeKind, value, field="notice")


@attrs.frozen
class SendNotice:
    """
    Queue a notice; nobody is notified until the relay has sent it.

    Args:
        kind: ``"reminder"``, ``"visit"``, ``"instalment"`` or ``"recovered"``.

        channel: One of the policy's channels; its default when left out.

        language: One of the policy's languages; its first when left out.

        instalment: For ``"instalment"``: which one, from 1.
    """

    records: ClassVar[bool] = False
    asks_gate: ClassVar[bool] = True

    kind: NoticeKind = attrs.field(converter=_kind)
    channel: str | None = attrs.field(default=None, kw_only=True)
    language: str | None = attrs.field(default=None, kw_only=True)
    instalment: int | None = attrs.field(default=None, kw_only=True)

    def decide(self, case: Case, situation: Situation) -> Iterator[Fact]:
        """
        Queue it for the earliest instant that the gate allows.

        Raises:
            InvalidValue: If the policy knows no such channel or language, or the plan no such instalment.
            NoticeOutOfSeason: If this kind has no occasion now.
            NoticeTooEarly: If the policy sends this kind later.
            NoticeUnderWay: If the same notice is queued or in flight.
        """
        policy = situation.policy.notices
        channel = self.channel or policy.default_channel
        if channel not in policy.channels:
            raise InvalidValue("channel", channel, f"one of {', '.join(policy.channels)}")
        if self.instalment is not None and self.kind is not NoticeKind.INSTALMENT:
            raise InvalidValue("instalment", self.instalment, f"None, as the notice is of kind {self.kind.value!r}")
        language = self.language or policy.languages[0]
        if language not in policy.languages:
            raise InvalidValue("language", language, f"one of {', '.join(policy.languages)}")
        self._has_occasion(case, situation)
        pending = case.notices.under_way(self.kind, instalment=self.instalment)
        if pending is not None:
            raise NoticeUnderWay(case.id, self.kind.value, pending.number)
        verdict = check(
            channel,
            situation.at,
            history=situation.contacts,
            rules=situation.policy.contact,
            zone=situation.zone,
            case=case.id,
            days_past_due=age.days(case, situation.policy, situation.on),
        )
        yield NoticeQueued(
            notice=self.kind,
            channel=channel,
            language=language,
            due_at=verdict.earliest or situation.at,
            instalment=self.instalment,
        )

    def _has_occasion(self, case: Case, situation: Situation) -> None:
        match self.kind:
            case NoticeKind.RECOVERED:
                fits = case.state is CaseState.RECOVERED
            case NoticeKind.INSTALMENT:
                fits = self._instalment_is_open(case)
            case _:
                fits = case.state in (CaseState.OVERDUE, CaseState.NOTIFIED, CaseState.VISITED)
        if not fits:
            raise NoticeOutOfSeason(case.id, self.kind.value, case.state.value)
        first_days = {
            NoticeKind.REMINDER: situation.policy.notices.reminder_day,
            NoticeKind.VISIT: situation.policy.notices.visit_notice_day,
        }
        first_day = first_days.get(self.kind)
        days = treatment_days(case, situation.policy, situation.on)
        if first_day is not None and days < first_day:
            raise NoticeTooEarly(case.id, self.kind.value, days, first_day)

    def _instalment_is_open(self, case: Case) -> bool:
        plan = case.plans.running
        if plan is None:
            return False
        unpaid = [number for number, outcome in enumerate(plan.outcomes, 1) if outcome in _UNPAID]
        if type(self.instalment) is not int or self.instalment not in unpaid:
            raise InvalidValue("instalment", self.instalment, f"one still to be paid: {unpaid or 'there is none'}")
        return True


@attrs.frozen
class SkipNotice:
    """
    Write a notice off unsent because a later one, due in the same late run, makes it pointless.

    It is queued and withheld in one change, so the record shows that the step was taken in order.
    """

    records: ClassVar[bool] = False
    asks_gate: ClassVar[bool] = True

    kind: NoticeKind = attrs.field(converter=_kind)

    def decide(self, case: Case, situation: Situation) -> Iterator[Fact]:
        """
        Queue and withhold it, by the rule ``late_run``.

        Raises:
            InvalidValue, NoticeOutOfSeason, NoticeTooEarly, NoticeUnderWay: As for `SendNotice`.
        """
        yield from SendNotice(self.kind).decide(case, situation)
        yield NoticeWithheld(notice=case.version + 1, rule="late_run")
