"""
When to appoint, to go, to try again, to come back, and to look for another way.
"""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from overdue_visit.case.acts.appointments import Appoint, ConfirmAppointment
from overdue_visit.case.acts.delivery import RecordNoticeFailed
from overdue_visit.case.acts.escalation import Escalate
from overdue_visit.case.acts.notices import SendNotice
from overdue_visit.case.acts.requests import RecordWords
from overdue_visit.case.acts.visits import RecordAttempt, RecordVisit
from tests.case.builders import day, monthly, notified, overdue, planned, policy, recovered, visited
from tests.case.test_appointments import appoint


def test_after_notice_an_appointment_is_due():
    """
    Practice: agree time and place: from the notice on, for the first day of visits or the end of the notice.
    """
    step = notified(day(5)).steps()["appoint"]

    assert (step.act, step.since, step.latest) == (Appoint, day(5), day(7))
    assert str(step) == (
        "offer an appointment, because notice was given, visits start on day 7 and this is day 5 past due"
    )


def test_a_reminder_alone_makes_no_appointment_due():
    """
    Before a visit is announced nobody is asked for a time.
    """
    story = overdue(day(3))
    story.notify("reminder")

    assert "appoint" not in story.steps(day(4))


def test_a_visit_that_could_not_be_announced_is_not_forgotten():
    """
    Practice: nothing is forgotten: where the notice failed, from day 7 on a person finds another way to talk.
    """
    story = overdue(day(5))
    story.do(SendNotice("visit"), RecordNoticeFailed(notice=2, error="no_address"))

    assert "talk" not in story.steps(day(6))
    step = story.steps(day(7))["talk"]
    assert (step.act, step.since) == (Appoint, day(7))


def test_an_offered_appointment_waits_for_the_households_word():
    """
    Practice: the household says whether the time suits; this can be done as it stands.
    """
    story = notified()
    story.do(appoint(day(10)), on=day(8))

    step = story.steps()["confirm_appointment"]

    assert (step.act, step.latest) == (ConfirmAppointment(), day(9))
    assert step.ready
    story.do(ConfirmAppointment())
    assert story.steps() == {}


def test_on_its_day_the_visit_is_due():
    """
    On the day, and as long as nothing is written down, the visit is due.
    """
    story = notified()
    story.do(appoint(day(9)))

    for on in (day(9), day(12)):
        step = story.steps(on)["visit"]
        assert (step.act, step.since, step.latest) == (RecordVisit, day(9), day(9))
    assert "confirm_appointment" not in story.steps(day(9))


def test_after_a_closed_door_another_day():
    """
    Practice: another day of the week, without pressing: three days later.
    """
    story = notified()
    story.do(appoint(day(9)))
    story.do(RecordAttempt(result="nobody_home"), on=day(9))

    assert story.steps(day(11)) == {}
    step = story.steps(day(12))["retry_visit"]
    assert (step.act, step.since) == (Appoint, day(12))
    assert "attempts so far: 1" in step.why


def unreachable(attempts=3):
    """
    Return a story with closed doors on days 9, 12, 15 and so on.
    """
    story = notified(rules=policy(visits__unannounced_needs_reason=False))
    for number in range(attempts):
        story.do(RecordAttempt(result="nobody_home"), on=day(9 + 3 * number))
    return story


def test_after_three_closed_doors_somebody_thinks_before_a_fourth():
    """
    Practice: unreachable after three visits: review how else to reach them, and decide on handing over.
    """
    story = unreachable()

    steps = story.steps(day(20))

    assert set(steps) == {"review_unreachable", "escalate"}
    assert steps["review_unreachable"].act is RecordWords
    assert (steps["escalate"].act, steps["escalate"].since) == (
        Escalate(to="committee", because="unreachable"),
        day(15),
    )


def test_a_lender_may_try_more_often_before_handing_over():
    """
    The number of attempts before escalation is the policy's.
    """
    story = unreachable()
    story.rules = policy(escalation__unreachable_attempts=5)

    assert set(story.steps(day(20))) == {"review_unreachable"}


def test_closed_doors_of_an_earlier_spell_do_not_count():
    """
    A household that paid and fell behind again is not unreachable for what was long ago.
    """
    story = unreachable()
    story.pay("120", day(20))
    story.reverse("m-1", day(40))

    assert not {"review_unreachable", "escalate", "retry_visit"} & set(story.steps(day(41)))
    story.do(RecordAttempt(result="nobody_home"), on=day(48))
    assert not {"review_unreachable", "escalate"} & set(story.steps(day(52)))
    assert "attempts so far: 1" in story.steps(day(52))["retry_visit"].why


@pytest.mark.parametrize("build", [planned, recovered])
def test_return_visits_come_regularly(build):
    """
    Practice: regular return visits, every thirty days, while a plan runs and on probation.
    """
    story = visited(ledger=monthly(4, amount="30")) if build is recovered else planned()
    if build is recovered:
        story.pay("30", day(8))
    talked = story.case.talks.last_on

    assert "return_visit" not in story.steps(talked + timedelta(days=29))
    step = story.steps(talked + timedelta(days=30))["return_visit"]
    assert (step.act, step.since) == (Appoint, talked + timedelta(days=30))


def test_a_return_visit_held_starts_the_thirty_days_anew():
    """
    The next one counts from the last talk.
    """
    story = planned()
    story.on = date(2026, 4, 8)
    story.talk()

    assert "return_visit" not in story.steps(date(2026, 5, 7))
    assert "return_visit" in story.steps(date(2026, 5, 8))


def test_a_return_visit_that_found_nobody_is_tried_again_later():
    """
    A closed door on a return visit is no reason to press.
    """
    story = planned()
    story.do(RecordAttempt(result="nobody_home"), on=day(38))

    assert "return_visit" not in story.steps(day(40))
    assert story.steps(day(41))["return_visit"].since == day(41)


def test_where_nobody_ever_talked_there_is_no_return():
    """
    Who recovered without a visit has none to be returned.
    """
    assert "return_visit" not in recovered(day(10)).steps(day(60))
