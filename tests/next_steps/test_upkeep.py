"""
What supervisors and other departments owe a case: reviews, answers, an escalation in time.
"""

from __future__ import annotations

from datetime import date, timedelta

import attrs

from overdue_visit.case.acts.escalation import Escalate
from overdue_visit.case.acts.requests import AnswerRequest, RecordRequest
from overdue_visit.case.acts.upkeep import CloseCase, ReviewConsequence, ReviewIrregularity
from overdue_visit.case.acts.visits import RecordVisit
from overdue_visit.loan import StatedArrears
from overdue_visit.next_steps import next_look, next_steps
from tests.case.builders import day, escalated, interview, monthly, overdue, planned, recovered, visited


def test_each_irregularity_waits_for_its_review():
    """
    Practice: what happened against the rules is reviewed, each on its own.
    """
    story = overdue(day(5))
    story.do(RecordVisit(met="borrower", interview=interview()))

    found = [s for s in story_steps(story) if s.rule == "review_irregularity"]

    assert [str(step) for step in found] == [
        f"review an irregularity: {what}, because it happened on 2026-03-06 and nobody has reviewed it"
        for what in ("before the first day of visits", "a visit without notice")
    ]
    story.do(ReviewIrregularity(5, decision="talked_with_officer"), ReviewIrregularity(6, decision="fine"))
    assert "review_irregularity" not in story.steps()


def story_steps(story):
    """
    Return all steps, also several by one rule.
    """
    return next_steps(story.case, story.rules, story.on)


def test_a_request_is_due_until_it_is_answered():
    """
    Practice: requests and complaints are answered by a date.
    """
    story = overdue()
    story.do(RecordRequest(request="complaint"))

    step = story.steps(day(30))["answer_request"]

    assert (step.act, step.since, step.latest) == (AnswerRequest, day(7), day(22))
    story.do(AnswerRequest(request=2, answer="explained"))
    assert "answer_request" not in story.steps()


def test_a_mismatch_with_the_ledger_is_due_for_comparison():
    """
    Where the ledger counts otherwise, somebody compares.
    """
    story = overdue()
    story.observe(day(8), attrs.evolve(story.ledger, stated=StatedArrears(9, day(8))))

    assert story.steps()["review_mismatch"].why == "the ledger says 9 and we count 8"


def test_a_consequence_in_doubt_is_due_for_review():
    """
    Practice: what the ledger no longer bears out is reviewed by a person, not undone by a machine.
    """
    story = escalated()
    story.pay("120", day(10))

    step = story.steps()["review_consequence"]

    assert (step.act, step.since) == (ReviewConsequence, day(10))
    assert str(step).startswith("review a consequence: the case was handed over")


def test_on_the_ninetieth_day_escalation_is_reviewed():
    """
    Practice: a loan ninety days past due is looked at by others.
    """
    story = visited()

    assert "escalation_review" not in story.steps(day(89))
    step = story.steps(day(90))["escalation_review"]
    assert (step.act, step.since) == (Escalate, day(90))


def test_a_plan_that_runs_is_not_reviewed_for_its_age():
    """
    Practice: a kept plan is the way out: while it runs, nobody hands the case over for its age.
    """
    assert "escalation_review" not in planned().steps(day(95))


def test_whoever_has_the_case_owes_an_answer():
    """
    Practice: a referral is a question to a department, with its answer by a date.
    """
    story = escalated()

    steps = story.steps(day(21))

    assert "follow_referral" in steps
    assert story.steps(day(20)) == {}


def test_the_next_look_is_the_first_day_of_change():
    """
    A case opened on day 1 is looked at again when the notice of a visit falls due.
    """
    story = overdue(day(1))
    story.notify("reminder")

    assert next_look(story.case, story.rules, day(2)) == day(5)


def test_a_recovered_case_is_looked_at_when_it_may_close():
    """
    A paid-off case is looked at again after the wait for a reversal; a running loan on its next due day.
    """
    paid_off, running = recovered(day(10)), overdue(ledger=monthly(3))
    running.pay("120", day(10))

    assert next_look(paid_off.case, paid_off.rules, day(10)) == day(24)
    assert next_look(running.case, running.rules, day(26)) == date(2026, 4, 1)


def test_nothing_is_due_and_nobody_looks_after_the_end():
    """
    A closed case is left alone.
    """
    story = overdue()
    story.do(CloseCase("settled"))

    assert story.steps(day(90)) == {}
    assert next_look(story.case, story.rules, day(8) + timedelta(days=1)) is None
