"""
Escalation: handed to somebody else with a reason, taken back, and questioned when the ledger changes.
"""

from __future__ import annotations

from datetime import date

import pytest

from overdue_visit.case.act import OutOfSeason
from overdue_visit.case.acts.appointments import Appoint
from overdue_visit.case.acts.delivery import HandOverNotice
from overdue_visit.case.acts.escalation import Escalate, Recall
from overdue_visit.case.acts.notices import SendNotice
from overdue_visit.case.appointments import AppointmentCancelled
from overdue_visit.case.escalation import Escalated, Recalled
from overdue_visit.case.notices import NoticeWithheld
from overdue_visit.case.plans import PlanWithdrawn
from overdue_visit.case.talks import WordsRecorded
from overdue_visit.errors import InvalidValue
from overdue_visit.lifecycle import CaseState
from overdue_visit.notice import NoticeState
from overdue_visit.plan import PlanState
from tests.case.builders import STATES, day, escalated, notified, overdue, planned
from tests.case.test_appointments import appoint

TO_COMMITTEE = Escalate(to="committee", because="refuses")


def test_a_case_is_handed_over_with_kind_and_reason():
    """
    Practice: refusal, fraud, unreachable or a plan broken too often: handed over, and well documented.
    """
    story = overdue()

    facts = story.do(Escalate(to="legal", because="fraud", words="The papers are forged."))

    assert facts == [
        Escalated(to="legal", because="fraud", days_past_due=7),
        WordsRecorded(topic="escalation", text="The papers are forged."),
    ]
    assert story.case.state is CaseState.ESCALATED
    latest = story.case.escalation
    assert (latest.to, latest.because, latest.since, latest.times) == ("legal", "fraud", day(7), 1)


@pytest.mark.parametrize("state", STATES)
def test_a_case_that_is_behind_can_be_escalated(state):
    """
    From every state that is behind a case can be handed over, and only from those.
    """
    story = STATES[state]()

    if state in ("recovered", "escalated"):
        refusal = story.refuses(OutOfSeason, TO_COMMITTEE)
        assert (refusal.fact, refusal.state) == ("escalated", state)
        assert refusal.allowed == ("overdue", "notified", "visited", "plan_agreed")
    else:
        story.do(TO_COMMITTEE)
        assert story.case.state is CaseState.ESCALATED
        assert story.is_sound()


def test_a_running_plan_an_appointment_and_waiting_notices_end_with_it():
    """
    Practice: one hand at a time: nothing of ours goes on once others have the case.
    """
    story = planned()
    story.do(appoint(day(20)), SendNotice("instalment", instalment=1))
    offered, queued = story.case.version - 1, story.case.version

    facts = story.do(TO_COMMITTEE)

    assert facts == [
        PlanWithdrawn(plan=5, because="escalated"),
        Escalated(to="committee", because="refuses", days_past_due=7),
        AppointmentCancelled(appointment=offered, reason="escalated"),
        NoticeWithheld(notice=queued, rule="escalated"),
    ]
    assert story.case.plans.latest.state is PlanState.WITHDRAWN
    assert (story.case.appointments.open, story.case.notices.pending) == (None, ())


def test_a_notice_with_its_sender_is_left_to_its_outcome():
    """
    What is on its way cannot be held back: its outcome is recorded when it comes.
    """
    story = overdue()
    story.do(SendNotice("visit"), HandOverNotice(notice=2, sender="Post"))

    story.do(TO_COMMITTEE)

    assert [each.state for each in story.case.notices.pending] == [NoticeState.HANDED_OVER]


@pytest.mark.parametrize(
    ("field", "act"),
    [
        ("to", Escalate(to="bailiff", because="refuses")),
        ("because", Escalate(to="committee", because="They shouted at me")),
    ],
)
def test_a_malformed_escalation_names_its_field(field, act):
    """
    To whom is one of the policy's kinds, and the reason is a code.
    """
    assert overdue().refuses(InvalidValue, act).field == field


def test_a_recalled_case_goes_on_as_verified():
    """
    Practice: taken back, the case goes on with talking.
    """
    story = escalated()

    (fact,) = story.do(Recall("new_income"), on=day(30))

    assert fact == Recalled(because="new_income")
    assert story.case.state is CaseState.VISITED
    assert (story.case.escalation.recalled_on, story.case.escalation.since) == (day(30), day(7))


def test_only_an_escalated_case_is_recalled():
    """
    What was never handed over cannot be taken back.
    """
    assert notified().refuses(OutOfSeason, Recall("new_income")).allowed == ("escalated",)
    assert escalated().refuses(InvalidValue, Recall("They want it back")).field == "because"


def test_a_second_escalation_is_counted():
    """
    Recalled and handed over again: the latest is at hand, and how often.
    """
    story = escalated()
    story.do(Recall("new_income"))

    story.do(Escalate(to="agency", because="unreachable"))

    assert (story.case.escalation.to, story.case.escalation.times) == ("agency", 2)
    assert story.case.escalation.recalled_on is None


def test_a_recalled_case_that_nobody_talked_with_is_not_forgotten():
    """
    Practice: nothing is forgotten: a case that comes back without any talk is due for one.
    """
    story = escalated()
    story.do(Recall("new_income"), on=day(30))

    step = story.steps()["talk"]

    assert (step.since, step.act) == (day(30), Appoint)
    assert "nobody has talked" in step.why


def test_the_wait_in_other_hands_does_not_stop_the_days():
    """
    Days past due are never paused.
    """
    story = escalated()

    facts = story.observe(date(2026, 4, 1))

    assert facts[0].days_past_due == 31
    assert story.case.state is CaseState.ESCALATED
