"""
What the borrower asks for between talks, how the care was for them, and free words.
"""

from __future__ import annotations

from datetime import time, timedelta

import pytest

from overdue_visit.case.acts.requests import AnswerRequest, RecordFeedback, RecordRequest, RecordWords
from overdue_visit.case.talks import FeedbackRecorded, RequestAnswered, RequestRecorded, WordsRecorded
from overdue_visit.errors import InvalidValue
from overdue_visit.instants import local
from overdue_visit.interview import Asked, Feedback, Finding, Interview, RequestKind
from tests.case.builders import NAIROBI, STATES, VILLAGE, day, overdue


@pytest.mark.parametrize("kind", RequestKind)
def test_every_request_has_an_answer_by_date(kind):
    """
    Practice: requests that the borrower initiates are answered by a date, each kind with its own days.
    """
    story = overdue()

    (fact,) = story.do(RecordRequest(request=kind.value))

    by = day(7) + timedelta(days=VILLAGE.requests.answer_days(kind))
    assert fact == RequestRecorded(request=kind, answer_by=by)
    (opened,) = story.case.talks.requests
    assert (opened.number, opened.asked_on, opened.answer_by) == (2, day(7), by)


def test_the_days_count_from_when_it_was_asked():
    """
    A request written down late is due as early as if it had been written down at once.
    """
    story = overdue()

    story.do(RecordRequest(request="complaint", at=local(day(8), time(9), NAIROBI)), on=day(12))

    assert story.case.talks.requests[0].answer_by == day(8) + timedelta(days=15)


def test_a_request_keeps_the_borrowers_words_apart():
    """
    The words are personal content of a fact of their own.
    """
    facts = overdue().do(RecordRequest(request="question", words="May I pay after market day?"))

    assert facts[1] == WordsRecorded(topic="request", text="May I pay after market day?")


@pytest.mark.parametrize("state", STATES)
def test_a_request_is_taken_in_every_state(state):
    """
    Practice: whoever asks is heard, wherever the case stands.
    """
    story = STATES[state]()

    story.do(RecordRequest(request="hardship"))

    assert len(story.case.talks.requests) == 1
    assert story.is_sound()


def test_an_answered_request_is_closed():
    """
    The answer is a code, its words are kept apart, and the step is done.
    """
    story = overdue()
    story.do(RecordRequest(request="question"), RecordRequest(request="need"))

    facts = story.do(AnswerRequest(request=2, answer="explained", words="Yes, on the third."))

    assert facts == [
        RequestAnswered(request=2, answer="explained"),
        WordsRecorded(topic="answer", text="Yes, on the third."),
    ]
    assert [each.number for each in story.case.talks.requests] == [3]


@pytest.mark.parametrize(("field", "request_", "answer"), [("request", 3, "done"), ("answer", 2, "Yes, gladly")])
def test_a_malformed_answer_names_its_field(field, request_, answer):
    """
    An answer is to an open request, and is a code.
    """
    story = overdue()
    story.do(RecordRequest(request="question"))

    assert story.refuses(InvalidValue, AnswerRequest(request=request_, answer=answer)).field == field


def test_a_request_is_answered_once():
    """
    What is answered is no longer open.
    """
    story = overdue()
    story.do(RecordRequest(request="question"), AnswerRequest(request=2, answer="explained"))

    story.refuses(InvalidValue, AnswerRequest(request=2, answer="explained"))


def test_an_unknown_kind_of_request_is_refused():
    """
    Kinds of request are closed: each has its days.
    """
    with pytest.raises(InvalidValue) as refusal:
        RecordRequest(request="wish")

    assert (refusal.value.field, refusal.value.value) == ("request", "wish")


def test_feedback_may_come_at_any_time():
    """
    Practice: the borrower can say how the care was, with or without words.
    """
    story = overdue()

    assert story.do(RecordFeedback(feedback=Feedback(score=2))) == [FeedbackRecorded(score=2)]
    facts = story.do(RecordFeedback(feedback=Feedback(score=5, words="Kind.")))
    assert facts[1] == WordsRecorded(topic="feedback", text="Kind.")


def test_a_note_in_free_words():
    """
    Free text has a place of its own, with a topic.
    """
    assert overdue().do(RecordWords(topic="note", text="Dog at the gate.")) == [
        WordsRecorded(topic="note", text="Dog at the gate.")
    ]


@pytest.mark.parametrize(
    ("field", "topic", "text"), [("text", "note", ""), ("text", "note", None), ("topic", "A b", "x")]
)
def test_a_malformed_note_names_its_field(field, topic, text):
    """
    A note has a code for its topic and a text.
    """
    assert overdue().refuses(InvalidValue, RecordWords(topic=topic, text=text)).field == field


@pytest.mark.parametrize(
    ("make", "field"),
    [
        (lambda: Finding(topic="income", status="sure"), "status"),
        (lambda: Asked(kind="wish"), "request"),
        (lambda: Interview(reason="forgot", budget={"income": "90"}), "budget"),
        (lambda: Interview(reason="forgot", feedback="fine"), "feedback"),
        (lambda: Interview(reason="forgot", findings=["income"]), "findings"),
        (lambda: Interview(reason="forgot", asked=[{"kind": "question"}]), "asked"),
    ],
)
def test_an_interview_of_other_parts_is_refused_without_showing_them(make, field):
    """
    What is malformed is refused where it is made, by field and type: its content is personal.
    """
    with pytest.raises(InvalidValue) as refusal:
        make()

    assert refusal.value.field == field
    assert "90" not in str(refusal.value)
