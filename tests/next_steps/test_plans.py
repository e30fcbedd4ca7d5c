"""
After the talk: what the reason calls for, offers on the table, plan instalments, broken plans.
"""

from __future__ import annotations

from datetime import date

import pytest

from overdue_visit.case.acts.appointments import Appoint
from overdue_visit.case.acts.escalation import Escalate, Recall
from overdue_visit.case.acts.notices import SendNotice
from overdue_visit.case.acts.plans import AgreePlan, CounterOffer, OfferPlan
from overdue_visit.case.acts.requests import OverrideAssessment, RecordWords
from overdue_visit.plan import PlanState
from overdue_visit.policy import NEXT_STEPS
from overdue_visit.wording import CHINESE, ENGLISH
from tests.case.builders import THREE, day, offer, overdue, planned, visited

APRIL, MAY, JUNE = date(2026, 4, 1), date(2026, 5, 1), date(2026, 6, 1)


@pytest.mark.parametrize(
    ("reason", "rules"),
    [
        ("forgot", ["pay_now", "remind"]),
        ("poor_management", ["another_due_day", "budget_talk", "education"]),
        ("income_lost", ["affordability", "propose_plan"]),
        ("disputed", ["answer_request"]),
        ("refuses", ["escalation_review", "talk"]),
        ("fraud", ["escalate"]),
    ],
)
def test_the_reason_leads_to_steps(reason, rules):
    """
    Practice: forgot leads to paying now, poor management to education, economic pressure to a plan.
    """
    story = overdue()
    story.talk(reason=reason)

    assert sorted(story.steps()) == rules
    assert {step.since for step in story.steps().values()} == {day(7)}


@pytest.mark.parametrize("rule", NEXT_STEPS)
def test_whatever_may_be_recommended_can_be_said_and_done(rule):
    """
    Each step that a policy or a person may recommend has an act and words, and its reason is what the talk found.
    """
    story = visited()
    story.do(OverrideAssessment(because="second_look", recommended=(rule,)))

    step = story.steps()[rule]

    assert isinstance(step.act, type)
    assert not step.ready
    for texts in (ENGLISH, CHINESE):
        assert texts.name("reason", story.case.talks.assessment.reason) in step.text(texts)


def test_an_offer_on_the_table_waits_for_the_household():
    """
    Practice: offers are kept and settled with the borrower; while one is open nothing else is recommended.
    """
    story = visited()
    story.do(OfferPlan(THREE))

    steps = story.steps(day(21))

    assert list(steps) == ["agree_plan"]
    assert (steps["agree_plan"].act, steps["agree_plan"].since, steps["agree_plan"].latest) == (
        AgreePlan,
        day(7),
        day(21),
    )


def test_an_offer_that_lapsed_is_reviewed():
    """
    The day after its last, an offer without an answer is gone through with the borrower.
    """
    story = visited()
    story.do(OfferPlan(THREE))

    steps = story.steps(day(22))

    assert (steps["review_offer"].act, steps["review_offer"].since) == (OfferPlan, day(22))
    assert {"affordability", "propose_plan"} <= set(steps)


def test_a_counter_offer_that_cannot_be_agreed_does_not_wait_for_agreement():
    """
    What breaks a rule stays on the table with its objections; the reason's steps go on.
    """
    story = visited()
    story.do(CounterOffer(offer((APRIL, "120"))))

    assert sorted(story.steps()) == ["affordability", "propose_plan"]


def test_an_instalment_is_reminded_of_three_days_before():
    """
    Practice: plan monitoring with reminders: near enough to be remembered, time enough to call.
    """
    story = planned()

    assert "instalment_reminder" not in story.steps(date(2026, 3, 28))
    step = story.steps(date(2026, 3, 29))["instalment_reminder"]

    assert (step.act, step.since, step.latest) == (
        SendNotice("instalment", instalment=1),
        date(2026, 3, 29),
        APRIL,
    )
    assert str(step) == "remind of KES 40.00 due 2026-04-01, because it is instalment 1 of the agreed plan"
    assert "instalment_reminder" not in story.steps(date(2026, 4, 2))


def test_an_instalment_is_reminded_of_once_and_not_when_it_is_met():
    """
    Practice: whoever has paid ahead gets no reminder.
    """
    story = planned()
    story.on = date(2026, 3, 29)
    story.notify("instalment", instalment=1)
    assert "instalment_reminder" not in story.steps(date(2026, 3, 30))

    story.pay("80", APRIL)

    assert "instalment_reminder" not in story.steps(date(2026, 4, 29))
    assert story.steps(date(2026, 5, 29))["instalment_reminder"].act.instalment == 3


def test_a_missed_instalment_calls_for_a_talk():
    """
    Practice: one miss asks for a talk; after it, the step is done.
    """
    story = planned()
    story.through(date(2026, 4, 5))

    step = story.steps()["plan_instalment_missed"]

    assert (step.act, step.since) == (Appoint, date(2026, 4, 5))
    assert str(step) == (
        "ask what happened to KES 40.00 due 2026-04-01, because instalment 1 of the agreed plan did not arrive"
    )
    story.on = date(2026, 4, 6)
    story.talk()
    assert "plan_instalment_missed" not in story.steps()


def broken(times=1):
    """
    Return a story whose plan broke, so many times.
    """
    story = planned()
    story.through(date(2026, 5, 5))
    for _ in range(times - 1):
        story.agree(offer((date(2026, 5, 10), "40"), (date(2026, 6, 10), "40"), (date(2026, 7, 10), "40")))
        story.through(date(2026, 6, 14))
    assert story.case.plans.latest.state is PlanState.BROKEN
    assert story.case.plans.broken == times
    return story


def test_a_broken_plan_is_renegotiated_first():
    """
    Practice: renegotiation before escalation.
    """
    steps = broken().steps()

    assert (steps["renegotiate"].act, steps["renegotiate"].since) == (OfferPlan, date(2026, 5, 5))
    assert "escalate" not in steps


def test_after_two_broken_plans_others_look_at_the_case():
    """
    Practice: a plan broken too often is handed over, ready to be done.
    """
    story = broken(2)

    step = story.steps()["escalate"]

    assert step.act == Escalate(to="committee", because="plan_broken_too_often")
    assert "renegotiate" not in story.steps()
    story.do(step.act)
    story.do(Recall("new_income"))
    assert "renegotiate" in story.steps()
    assert "escalate" not in story.steps()


def test_what_help_to_pay_says_is_the_arrears():
    """
    Practice: forgot leads to paying now, with the amount.
    """
    story = overdue()
    story.talk(reason="forgot")

    step = story.steps()["pay_now"]

    assert step.act is RecordWords
    assert str(step) == "help to pay KES 120.00 now, because the payment was forgotten"


def test_the_last_day_of_a_plan_is_not_forgotten():
    """
    On the last due day the reminder is still in time; nothing is due before it.
    """
    story = planned()
    story.pay("80", MAY)

    assert set(story.steps(JUNE)) == {"instalment_reminder", "return_visit"}
