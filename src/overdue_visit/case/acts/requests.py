"""
Requests, feedback, words, and a judgement other than the rules'.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import ClassVar

import attrs

from overdue_visit.case.act import Situation
from overdue_visit.case.acts.visits import requested
from overdue_visit.case.case import Case
from overdue_visit.case.header import Fact
from overdue_visit.case.talks import AssessmentOverridden, FeedbackRecorded, RequestAnswered, WordsRecorded
from overdue_visit.errors import InvalidValue, NotAllowed
from overdue_visit.interview import Ability, Asked, Feedback, RequestKind, Willingness
from overdue_visit.policy import NEXT_STEPS
from overdue_visit.reason import code, one_of


def _request_kind(value: RequestKind | str) -> RequestKind:
    return one_of(RequestKind, value, field="request")


def _ability(value: Ability | str | None) -> Ability | None:
    return None if value is None else one_of(Ability, value, field="ability")


def _willingness(value: Willingness | str | None) -> Willingness | None:
    return None if value is None else one_of(Willingness, value, field="willingness")


@attrs.frozen(kw_only=True)
class RecordRequest:
    """Write down something the borrower asked for: a question, hardship, a call back, a complaint, wanting to pay."""

    records: ClassVar[bool] = True

    request: RequestKind = attrs.field(converter=_request_kind)
    words: str | None = attrs.field(default=None, repr=False)
    at: dt.datetime | None = None

    def decide(self, case: Case, situation: Situation) -> Iterator[Fact]:  # noqa: ARG002 - one shape for all acts
        """
        Record it with the day its answer is due.
        """
        day = situation.day(situation.happened(self.at))
        yield from requested(Asked(kind=self.request, words=self.words), situation, day)


@attrs.frozen(kw_only=True)
class AnswerRequest:
    """Answer an open request; *answer* is a code, *words* stay private."""

    records: ClassVar[bool] = False

    request: int
    answer: str
    words: str | None = attrs.field(default=None, repr=False)

    def decide(self, case: Case, situation: Situation) -> Iterator[Fact]:  # noqa: ARG002 - one shape for all acts
        """
        Close it.

        Raises:
            InvalidValue: If no open request has this number, or *answer* is not a code.
        """
        numbers = [each.number for each in case.talks.requests]
        if self.request not in numbers:
            raise InvalidValue("request", self.request, f"an open request of {case.id}: {numbers or 'there is none'}")
        yield RequestAnswered(request=self.request, answer=code(self.answer, field="answer"))
        if self.words is not None:
            yield WordsRecorded(topic="answer", text=self.words)


@attrs.frozen(kw_only=True)
class RecordFeedback:
    """Write down how the care was for the borrower."""

    records: ClassVar[bool] = True

    feedback: Feedback
    at: dt.datetime | None = None

    def decide(self, case: Case, situation: Situation) -> Iterator[Fact]:  # noqa: ARG002 - one shape for all acts
        """
        Record the score, and the words apart.
        """
        yield FeedbackRecorded(score=self.feedback.score)
        if self.feedback.words is not None:
            yield WordsRecorded(topic="feedback", text=self.feedback.words)


@attrs.frozen(kw_only=True)
class RecordWords:
    """Write down a note in free text; it is personal content and can be erased."""

    records: ClassVar[bool] = True

    topic: str
    text: str = attrs.field(repr=False)
    at: dt.datetime | None = None

    def decide(self, case: Case, situation: Situation) -> Iterator[Fact]:  # noqa: ARG002 - one shape for all acts
        """
        Record it.

        Raises:
            InvalidValue: If *topic* is not a code or *text* is not a non-empty text.
        """
        if not isinstance(self.text, str) or not self.text:
            raise InvalidValue("text", self.text, "a non-empty text")
        yield WordsRecorded(topic=code(self.topic, field="topic"), text=self.text)


@attrs.frozen
class NothingToOverride(NotAllowed):
    """There is no assessment yet: record a talk first."""

    code: ClassVar[str] = "nothing_to_override"

    case_id: str

    def __str__(self) -> str:
        return f"{self.case_id}: no assessment yet; record a talk first"


@attrs.frozen(kw_only=True)
class OverrideAssessment:
    """Judge otherwise than the rules did; *because* is a code, *words* stay private."""

    records: ClassVar[bool] = False

    because: str
    ability: Ability | None = attrs.field(default=None, converter=_ability)
    willingness: Willingness | None = attrs.field(default=None, converter=_willingness)
    recommended: tuple[str, ...] | None = None
    words: str | None = attrs.field(default=None, repr=False)

    def decide(self, case: Case, situation: Situation) -> Iterator[Fact]:  # noqa: ARG002 - one shape for all acts
        """
        Replace what is given; reason and capacity stay as found.

        Raises:
            NothingToOverride: If there is no assessment.
            InvalidValue: If *because* is not a code, or a recommended step is unknown.
        """
        for step in self.recommended or ():
            if step not in NEXT_STEPS:
                raise InvalidValue("recommended", step, f"one of {', '.join(NEXT_STEPS)}")
        last = case.talks.assessment
        if last is None:
            raise NothingToOverride(case.id)
        yield AssessmentOverridden(
            ability=self.ability or last.ability,
            willingness=self.willingness or last.willingness,
            recommended=last.recommended if self.recommended is None else tuple(self.recommended),
            because=code(self.because, field="because"),
        )
        if self.words is not None:
            yield WordsRecorded(topic="override", text=self.words)
