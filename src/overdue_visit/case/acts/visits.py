"""
What happened at the door: attempts and talks are written down, never refused for coming at the wrong time.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import ClassVar

import attrs

from overdue_visit.case import age
from overdue_visit.case.act import Situation, officer_id
from overdue_visit.case.appointments import AppointmentKept, AppointmentMissed
from overdue_visit.case.assessment import assess
from overdue_visit.case.case import Case
from overdue_visit.case.gate import contacts_on
from overdue_visit.case.header import Fact
from overdue_visit.case.talks import (
    FeedbackRecorded,
    InterviewRecorded,
    RequestRecorded,
    TalkHeld,
    TalkNoted,
    VisitAttempted,
    WordsRecorded,
)
from overdue_visit.case.upkeep import IrregularityNoted
from overdue_visit.errors import InvalidValue
from overdue_visit.instants import in_utc
from overdue_visit.interview import Asked, Interview
from overdue_visit.lifecycle import CaseState
from overdue_visit.policy import TALK_CHANNELS
from overdue_visit.reason import one_of
from overdue_visit.visit import AttemptResult, Met, Purpose


def _met(value: Met | str) -> Met:
    return one_of(Met, value, field="met")


def _result(value: AttemptResult | str) -> AttemptResult:
    return one_of(AttemptResult, value, field="result")


def _talk_channel(value: str) -> str:
    if value not in TALK_CHANNELS:
        raise InvalidValue("channel", value, f"one of {', '.join(TALK_CHANNELS)}")
    return value


def _officers(given: Iterable[str]) -> tuple[str, ...]:
    return (given,) if isinstance(given, str) else tuple(given)


def _irregularities(case: Case, situation: Situation, at: dt.datetime, *, channel: str) -> Iterator[str]:
    wall = at.astimezone(situation.zone)
    contact = situation.policy.contact
    counted = contacts_on(wall.date(), situation.contacts, contact, situation.zone)
    if channel in contact.counted_channels and counted >= contact.attempts_a_day:
        yield "too_many_contacts"
    if not contact.earliest <= wall.time() < contact.latest and channel != "branch":
        yield "outside_contact_hours"
    if wall.date() < case.observation.behind_since:
        yield "before_these_arrears"
    if channel != "visit":
        return
    visits = situation.policy.visits
    late = age.treatment_days(case, situation.policy, wall.date())
    if case.state in (CaseState.OVERDUE, CaseState.NOTIFIED) and late < visits.first_visit_day:
        yield "before_first_visit_day"
    announced = case.appointments.open is not None and case.appointments.open.window.on == wall.date()
    if visits.unannounced_needs_reason and not announced:
        yield "unannounced_visit"


@attrs.frozen(kw_only=True)
class RecordAttempt:
    """
    Write down a visit that did not become a talk.

    Args:
        result: ``"nobody_home"``, ``"moved_away"``, ``"refused"`` or ``"unsafe"``.

        at: When it happened; now when left out.
    """

    records: ClassVar[bool] = True
    asks_gate: ClassVar[bool] = True

    result: AttemptResult = attrs.field(converter=_result)
    channel: str = attrs.field(default="visit", converter=_talk_channel)
    at: dt.datetime | None = None

    def decide(self, case: Case, situation: Situation) -> Iterator[Fact]:
        """
        Record it; irregularities are named and make a supervisor's step due.
        """
        at = situation.happened(self.at)
        day = situation.day(at)
        days = age.days(case, situation.policy, day)
        yield VisitAttempted(result=self.result, channel=self.channel, days_past_due=days)
        current = case.appointments.open
        if current is not None and current.window.on <= day and current.channel == self.channel:
            yield AppointmentMissed(appointment=current.number)
        for irregularity in _irregularities(case, situation, at, channel=self.channel):
            yield IrregularityNoted(code=irregularity, about=case.version + 1)


@attrs.frozen(kw_only=True)
class RecordVisit:
    """
    Write down a talk: at the door, at the branch, by phone or video.

    A talk by a channel that the policy accepts verifies the situation; by another, or held before the present arrears
    were seen, it is only noted.

    Args:
        met: Whom the officer talked with.

        interview: What the talk brought.

        channel: ``"visit"``, ``"branch"``, ``"phone"``, ``"video"`` or ``"message"``.

        officers: Who was there; who records it when left out.

        at: When it happened; now when left out.
    """

    records: ClassVar[bool] = True
    asks_gate: ClassVar[bool] = True

    met: Met = attrs.field(converter=_met)
    interview: Interview
    channel: str = attrs.field(default="visit", converter=_talk_channel)
    officers: tuple[str, ...] = attrs.field(default=(), converter=_officers)
    at: dt.datetime | None = None

    def __attrs_post_init__(self) -> None:
        if not isinstance(self.interview, Interview):
            raise InvalidValue("interview", type(self.interview).__name__, "an Interview")
        for officer in self.officers:
            officer_id(officer, field="officers")
        if self.at is not None:
            in_utc(self.at)

    def decide(self, case: Case, situation: Situation) -> Iterator[Fact]:
        """
        Record the talk, the interview, the assessment that follows from it, and what was asked for.

        An earlier, late or unannounced visit that happened is recorded with its irregularity.

        A reason that the policy does not know leads where an unknown one does.

        Raises:
            InvalidValue: If *at* is later than now, or the budget's currency is not the loan's.
        """
        at = situation.happened(self.at)
        day = situation.day(at)
        days = age.days(case, situation.policy, day)
        talk = self._talk(case, situation, day, days)
        yield talk
        if isinstance(talk, TalkHeld) and talk.appointment is not None:
            yield AppointmentKept(appointment=talk.appointment)
        yield from self._findings(case, situation)
        for asked in self.interview.asked:
            yield from requested(asked, situation, day)
        for irregularity in _irregularities(case, situation, at, channel=self.channel):
            yield IrregularityNoted(code=irregularity, about=case.version + 1)

    def _talk(self, case: Case, situation: Situation, day: dt.date, days: int) -> TalkHeld | TalkNoted:
        if self.channel not in situation.policy.visits.accepted_channels or day < case.observation.behind_since:
            return TalkNoted(met=self.met, channel=self.channel, days_past_due=days)
        current = case.appointments.open
        first = case.state in (CaseState.OVERDUE, CaseState.NOTIFIED)
        return TalkHeld(
            met=self.met,
            channel=self.channel,
            purpose=Purpose.VERIFY if first else Purpose.RETURN,
            days_past_due=days,
            officers=self.officers or (situation.actor.id,),
            appointment=current.number if current is not None and current.window.on <= day else None,
        )

    def _findings(self, case: Case, situation: Situation) -> Iterator[Fact]:
        interview, position = self.interview, case.observation.position
        currency = position.arrears.currency
        if interview.budget is not None and interview.budget.income.currency != currency:
            raise InvalidValue("budget", interview.budget.income.currency, f"{currency}, as the loan has")
        yield InterviewRecorded(
            reason=interview.reason,
            verified_reason=interview.verified_reason,
            willing=interview.willing,
            findings=interview.findings,
            budget=interview.budget,
        )
        yield assess(interview, position.arrears, situation.policy, coming=position.coming)
        if interview.own_words is not None:
            yield WordsRecorded(topic="own_words", text=interview.own_words)
        if interview.feedback is not None:
            yield FeedbackRecorded(score=interview.feedback.score)
            if interview.feedback.words is not None:
                yield WordsRecorded(topic="feedback", text=interview.feedback.words)


def requested(asked: Asked, situation: Situation, day: dt.date) -> Iterator[Fact]:
    """
    Yield the facts of something asked for: the request with its answer-by date, and the words.
    """
    days = situation.policy.requests.answer_days(asked.kind)
    yield RequestRecorded(request=asked.kind, answer_by=day + dt.timedelta(days=days))
    if asked.words is not None:
        yield WordsRecorded(topic="request", text=asked.words)
