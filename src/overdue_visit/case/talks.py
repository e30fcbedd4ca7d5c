"""
Visits and talks of a case: attempts, talks held, interviews, assessments, words and requests.
"""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

import attrs

from overdue_visit.case.header import Header
from overdue_visit.case.talking import Assessment, OpenRequest, Talks
from overdue_visit.interview import Ability, Finding, RequestKind, Willingness
from overdue_visit.money import Money
from overdue_visit.party.budget import HouseholdBudget
from overdue_visit.visit import AttemptResult, Met, Purpose


class _OfTalks:
    """What all facts about talks share."""

    __slots__ = ()
    version: ClassVar[int] = 1
    private: ClassVar[tuple[str, ...]] = ()
    group: ClassVar[str] = "talks"


@attrs.frozen(kw_only=True)
class VisitAttempted(_OfTalks):
    """An officer tried, and no talk was possible."""

    kind: ClassVar[str] = "visit_attempted"

    result: AttemptResult
    channel: str
    days_past_due: int

    def apply(self, group: Talks, header: Header) -> Talks:
        """
        Count it, if somebody went there: a call nobody answered is no closed door.
        """
        return group.with_attempt(header.on, self.result) if self.channel == "visit" else group


@attrs.frozen(kw_only=True)
class TalkHeld(_OfTalks):
    """A talk took place by a channel that the policy accepts: the situation is verified."""

    kind: ClassVar[str] = "talk_held"

    met: Met
    channel: str
    purpose: Purpose
    days_past_due: int
    officers: tuple[str, ...]
    appointment: int | None = None

    def apply(self, group: Talks, header: Header) -> Talks:
        """
        Count it; attempts in a row end.
        """
        return group.with_talk(header.on)


@attrs.frozen(kw_only=True)
class TalkNoted(_OfTalks):
    """A talk by a channel that the policy does not accept as verification: noted, and nothing moves."""

    kind: ClassVar[str] = "talk_noted"

    met: Met
    channel: str
    days_past_due: int

    def apply(self, group: Talks, header: Header) -> Talks:  # noqa: ARG002 - one shape for all facts
        """
        Leave the group as it is.
        """
        return group


@attrs.frozen(kw_only=True)
class InterviewRecorded(_OfTalks):
    """What the talk brought; the household's budget is personal content."""

    kind: ClassVar[str] = "interview_recorded"
    private: ClassVar[tuple[str, ...]] = ("budget",)

    reason: str
    verified_reason: str | None
    willing: bool | None
    findings: tuple[Finding, ...]
    budget: HouseholdBudget | None = attrs.field(repr=False)

    def apply(self, group: Talks, header: Header) -> Talks:  # noqa: ARG002 - one shape for all facts
        """
        Leave the group as it is: the assessment that follows carries the conclusions.
        """
        return group


@attrs.frozen(kw_only=True)
class Assessed(_OfTalks):
    """Ability and willingness, derived by the stated rules."""

    kind: ClassVar[str] = "assessed"
    private: ClassVar[tuple[str, ...]] = ("capacity",)

    ability: Ability
    willingness: Willingness
    reason: str
    verified: bool
    capacity: Money | None = attrs.field(repr=False)
    recommended: tuple[str, ...]

    def apply(self, group: Talks, header: Header) -> Talks:
        """
        Add it to the series.
        """
        assessment = Assessment(
            on=header.on,
            ability=self.ability,
            willingness=self.willingness,
            reason=self.reason,
            verified=self.verified,
            capacity=self.capacity,
            recommended=self.recommended,
        )
        return group.with_assessment(assessment)


@attrs.frozen(kw_only=True)
class AssessmentOverridden(_OfTalks):
    """Somebody judged otherwise than the rules, and says why."""

    kind: ClassVar[str] = "assessment_overridden"

    ability: Ability
    willingness: Willingness
    recommended: tuple[str, ...]
    because: str
    """A code."""

    def apply(self, group: Talks, header: Header) -> Talks:
        """
        Add it to the series; reason and capacity stay.
        """
        last = group.assessments[-1]
        changed = attrs.evolve(
            last,
            on=header.on,
            ability=self.ability,
            willingness=self.willingness,
            recommended=self.recommended,
            overridden=True,
        )
        return group.with_assessment(changed)


@attrs.frozen(kw_only=True)
class WordsRecorded(_OfTalks):
    """Somebody's own words, as said; personal content."""

    kind: ClassVar[str] = "words_recorded"
    private: ClassVar[tuple[str, ...]] = ("text",)

    topic: str
    """``own_words``, ``feedback``, ``request``, ``note`` or another code."""
    text: str | None = attrs.field(repr=False)

    def apply(self, group: Talks, header: Header) -> Talks:  # noqa: ARG002 - one shape for all facts
        """
        Leave the group as it is: words stay in the record only.
        """
        return group


@attrs.frozen(kw_only=True)
class RequestRecorded(_OfTalks):
    """The borrower asked for something; it is answered by a date."""

    kind: ClassVar[str] = "request_recorded"

    request: RequestKind
    answer_by: dt.date

    def apply(self, group: Talks, header: Header) -> Talks:
        """
        Keep it open.
        """
        opened = OpenRequest(number=header.sequence, kind=self.request, asked_on=header.on, answer_by=self.answer_by)
        return attrs.evolve(group, requests=(*group.requests, opened))


@attrs.frozen(kw_only=True)
class RequestAnswered(_OfTalks):
    """A request was answered."""

    kind: ClassVar[str] = "request_answered"

    request: int
    answer: str
    """A code; the words follow as `WordsRecorded`."""

    def apply(self, group: Talks, header: Header) -> Talks:  # noqa: ARG002 - one shape for all facts
        """
        Close it.
        """
        return attrs.evolve(group, requests=tuple(r for r in group.requests if r.number != self.request))


@attrs.frozen(kw_only=True)
class FeedbackRecorded(_OfTalks):
    """How the talk was for the borrower, from 1 to 5."""

    kind: ClassVar[str] = "feedback_recorded"

    score: int

    def apply(self, group: Talks, header: Header) -> Talks:  # noqa: ARG002 - one shape for all facts
        """
        Leave the group as it is: feedback is read from the record.
        """
        return group
