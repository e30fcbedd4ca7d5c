"""
Tell a case's record in words: one line for each fact.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence

import attrs

from overdue_visit.case import appointments, escalation, notices, observation, plans, talks, upkeep
from overdue_visit.case.header import Entry, Fact
from overdue_visit.notice import NoticeKind
from overdue_visit.party.actor import Actor
from overdue_visit.wording import ENGLISH, Catalogue, Coded, Param

_Params = Iterator[tuple[str, Param]]


@attrs.frozen(kw_only=True)
class Line:
    """One line of a case's timeline: nothing in it is personal content."""

    sequence: int
    """Place of the fact in the case's record."""
    kind: str
    """Kind of the fact: readers may leave out what says nothing to them."""
    on: dt.date
    """The business date it belongs to."""
    at: dt.datetime
    """When it happened, in UTC."""
    actor: Actor
    text: str

    def __str__(self) -> str:
        return f"{self.on}  {self.actor}  {self.text}"


def timeline(entries: Sequence[Entry], texts: Catalogue = ENGLISH) -> tuple[Line, ...]:
    """
    Return a line for each entry, in the order given; pure.

    Facts about a notice name it by the entry that queued it; where that is not among *entries*, they speak of a notice.
    A fact of a newer release is told by its kind only.
    """
    queued = {
        entry.header.sequence: entry.fact.notice for entry in entries if isinstance(entry.fact, notices.NoticeQueued)
    }
    return tuple(
        Line(
            sequence=entry.header.sequence,
            kind=entry.header.kind,
            on=entry.header.on,
            at=entry.header.at,
            actor=entry.header.actor,
            text=texts.text(f"fact.{_code(entry.fact)}", **texts.filled(_params(entry, queued))),
        )
        for entry in entries
    )


def _code(fact: Fact) -> str:
    if isinstance(fact, observation.BookMismatchFound) and fact.mismatch is None:
        return "book_mismatch_gone"
    return fact.kind


def _params(entry: Entry, queued: Mapping[int, NoticeKind]) -> _Params:
    yield "kind", entry.header.kind
    yield from _of_notice(entry.fact, queued)
    yield from _of_ledger(entry.fact)
    yield from _of_talk(entry.fact)
    yield from _of_plan(entry.fact)
    yield from _of_upkeep(entry.fact)


def _of_notice(fact: Fact, queued: Mapping[int, NoticeKind]) -> _Params:
    match fact:
        case notices.NoticeQueued():
            yield "notice", _notice(fact.notice)
            yield "channel", Coded("channel", fact.channel)
        case notices.NoticeWithheld():
            yield "notice", _notice(queued.get(fact.notice))
            yield "rule", Coded("rule", fact.rule)
        case (
            notices.NoticeHandedOver()
            | notices.NoticeSent()
            | notices.NoticeFailed()
            | notices.NoticeOutcomeUnknown()
            | notices.NoticeDelivered()
            | notices.NoticeServed()
        ):
            yield "notice", _notice(queued.get(fact.notice))


def _notice(kind: NoticeKind | None) -> Coded:
    return Coded("notice", f"{kind or 'any'}.name")


def _of_ledger(fact: Fact) -> _Params:
    match fact:
        case observation.CaseOpened() | observation.LedgerObserved():
            yield "total", fact.position.arrears
            yield "days", fact.days_past_due
        case observation.BookMismatchFound(mismatch=observation.Mismatch() as mismatch):
            yield "stated", mismatch.stated
            yield "counted", mismatch.computed
        case observation.Relapsed():
            yield "since", fact.since
            yield "cause", Coded("cause", fact.cause)


def _of_talk(fact: Fact) -> _Params:
    match fact:
        case appointments.AppointmentOffered() | appointments.AppointmentMoved():
            yield "window", fact.window
        case talks.VisitAttempted():
            yield "result", Coded("result", fact.result)
        case talks.TalkHeld() | talks.TalkNoted():
            yield "channel", Coded("channel", fact.channel)
            yield "met", Coded("met", fact.met)
        case talks.InterviewRecorded():
            yield "reason", Coded("reason", fact.verified_reason or fact.reason)
        case talks.Assessed() | talks.AssessmentOverridden():
            yield "ability", Coded("ability", fact.ability)
            yield "willingness", Coded("willingness", fact.willingness)
        case talks.RequestRecorded():
            yield "request", Coded("request", fact.request)
            yield "by", fact.answer_by
        case talks.FeedbackRecorded():
            yield "score", fact.score


def _of_plan(fact: Fact) -> _Params:
    match fact:
        case plans.PlanOffered() | plans.PlanCounterOffered() | plans.PlanAgreed() | plans.PlanRevised():
            yield "total", fact.offer.total
            yield "instalments", len(fact.offer.instalments)
        case plans.PlanInstalmentJudged():
            yield "number", fact.number
            yield "due", fact.due
            yield "outcome", Coded("outcome", fact.outcome)
        case plans.PlanBroken():
            yield "missed", fact.missed
        case plans.PlanWithdrawn() | escalation.Recalled():
            yield "cause", Coded("cause", fact.because)
        case escalation.Escalated():
            yield "escalation", Coded("escalation", fact.to)
            yield "cause", Coded("cause", fact.because)


def _of_upkeep(fact: Fact) -> _Params:
    match fact:
        case upkeep.IrregularityNoted():
            yield "irregularity", Coded("irregularity", fact.code)
        case upkeep.ConsequenceQuestioned():
            yield "consequence", Coded("consequence", fact.code)
        case upkeep.IrregularityReviewed() | upkeep.ConsequenceReviewed():
            yield "decision", Coded("decision", fact.decision)
        case upkeep.OfficerAssigned():
            yield "officer", fact.officer
        case upkeep.AttributesSet():
            yield "names", tuple(name for name, _ in fact.attributes)
        case upkeep.CaseClosed():
            yield "reason", Coded("closed", fact.reason)
