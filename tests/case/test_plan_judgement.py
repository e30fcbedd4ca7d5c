"""
Plans as they are lived: kept, within tolerance, late, missed; judged by the ledger, and judged anew when it changes.
"""

from __future__ import annotations

from datetime import date, timedelta

import attrs
import pytest

from overdue_visit.arrears import AgeingConvention
from overdue_visit.case.acts.plans import RevisePlan
from overdue_visit.case.judgement import judge
from overdue_visit.case.plan_judgement import judge_plan, running_beside
from overdue_visit.case.plans import PlanBroken, PlanCompleted, PlanInstalmentJudged, Plans
from overdue_visit.case.standing import Recovered
from overdue_visit.case.upkeep import Concern, ConsequenceQuestioned
from overdue_visit.lifecycle import CaseState
from overdue_visit.loan import Component, Instalment
from overdue_visit.plan import InstalmentOutcome, PlanState
from tests.case.builders import THREE, VILLAGE, budget, day, kes, loan, offer, overdue, planned, policy

APRIL, MAY, JUNE = date(2026, 4, 1), date(2026, 5, 1), date(2026, 6, 1)
KEPT, LATE, MISSED, PENDING, NEARLY = (
    InstalmentOutcome.KEPT,
    InstalmentOutcome.LATE,
    InstalmentOutcome.MISSED,
    InstalmentOutcome.PENDING,
    InstalmentOutcome.WITHIN_TOLERANCE,
)


def outcomes(story):
    """
    Return how the instalments of the latest plan went.
    """
    return story.case.plans.latest.outcomes


def test_an_instalment_paid_by_its_day_is_kept():
    """
    Practice: kept and broken instalments are tracked by what the ledger says came in.
    """
    story = planned()

    facts = story.pay("40", APRIL)

    assert PlanInstalmentJudged(plan=5, number=1, due=APRIL, outcome=KEPT) in facts
    assert outcomes(story) == (KEPT, PENDING, PENDING)
    assert story.case.state is CaseState.PLAN_AGREED


@pytest.mark.parametrize(
    ("amount", "paid_on", "expected"),
    [
        ("40", APRIL - timedelta(days=20), KEPT),
        ("40", APRIL, KEPT),
        ("40", APRIL + timedelta(days=1), NEARLY),
        ("40", APRIL + timedelta(days=3), NEARLY),
        ("40", APRIL + timedelta(days=4), LATE),
        ("38", APRIL, NEARLY),
        ("38", APRIL + timedelta(days=3), NEARLY),
        ("37.99", APRIL, MISSED),
        ("38", APRIL + timedelta(days=4), MISSED),
    ],
)
def test_tolerance_in_days_and_in_money(amount, paid_on, expected):
    """
    Practice: a weekend more or a few coins less is a kept word: three days, five in a hundred.
    """
    story = planned()
    story.pay(amount, max(paid_on, day(8)))

    story.observe(APRIL + timedelta(days=5))

    assert outcomes(story)[0] is expected


def test_an_instalment_is_not_judged_before_its_tolerance_is_over():
    """
    On the third day after the due day an unpaid instalment is still pending; on the fourth it is missed.
    """
    story = planned()

    story.through(APRIL + timedelta(days=3))
    assert outcomes(story)[0] is PENDING
    facts = story.observe(APRIL + timedelta(days=4))

    assert facts[-1] == PlanInstalmentJudged(plan=5, number=1, due=APRIL, outcome=MISSED)
    assert story.case.plans.running.next_open() == (1, THREE.instalments[0])


def test_part_of_the_money_waits_for_the_rest():
    """
    A part within tolerance is judged only when its days are over: the rest may still come.
    """
    story = planned()
    story.pay("38", APRIL)
    assert outcomes(story)[0] is PENDING
    story.through(APRIL + timedelta(days=3))
    assert outcomes(story)[0] is PENDING

    story.pay("2", APRIL)

    assert outcomes(story)[0] is KEPT


def test_money_paid_ahead_keeps_later_instalments():
    """
    Practice: who pays ahead has kept the word for the months to come.
    """
    story = planned()

    facts = story.pay("80", day(20))

    assert outcomes(story) == (KEPT, KEPT, PENDING)
    assert [fact.number for fact in facts if isinstance(fact, PlanInstalmentJudged)] == [1, 2]


def test_a_missed_instalment_that_is_paid_becomes_late():
    """
    A later payment judges the instalment anew.
    """
    story = planned()
    story.through(APRIL + timedelta(days=10))
    assert outcomes(story)[0] is MISSED

    story.pay("40", APRIL + timedelta(days=10))

    assert outcomes(story)[0] is LATE
    assert story.case.plans.running is not None


def test_a_backdated_payment_makes_a_missed_instalment_kept():
    """
    A payment of the due day that was booked two weeks later counts from its day.
    """
    story = planned()
    story.through(APRIL + timedelta(days=10))

    facts = story.pay("40", APRIL, booked=APRIL + timedelta(days=14))

    assert PlanInstalmentJudged(plan=5, number=1, due=APRIL, outcome=KEPT) in facts


def test_a_reversal_judges_the_instalment_anew():
    """
    A cheque that came back never was a payment.
    """
    story = planned()
    story.pay("40", APRIL, ref="cheque")
    assert outcomes(story)[0] is KEPT

    facts = story.reverse("cheque", APRIL + timedelta(days=9))

    assert PlanInstalmentJudged(plan=5, number=1, due=APRIL, outcome=MISSED) in facts


def test_running_instalments_come_beside_the_plan():
    """
    What is paid toward the running instalment does not keep the plan: both are due.
    """
    story = overdue(ledger=loan((APRIL, "25"), (MAY, "25")))
    story.talk(budget=budget(income="115"))
    story.agree(THREE)

    story.pay("40", APRIL)
    story.observe(APRIL + timedelta(days=4))
    assert outcomes(story)[0] is MISSED
    story.pay("25", APRIL + timedelta(days=5))

    assert outcomes(story)[0] is LATE


def test_an_instalment_due_on_the_day_of_the_agreement_runs_beside_the_plan():
    """
    On its due day an instalment is not in arrears, so it is not in the plan: its money does not keep the plan.
    """
    story = overdue(ledger=loan((day(7), "50")))
    story.talk()
    assert story.case.observation.position.arrears == kes(120)
    story.agree(THREE)

    story.pay("50", day(7))
    assert outcomes(story) == (PENDING, PENDING, PENDING)
    story.observe(APRIL + timedelta(days=4))

    assert outcomes(story)[0] is MISSED


def test_the_plan_booked_by_the_ledger_as_a_new_schedule_is_not_cured_by_that():
    """
    Practice: a plan is agreed, then booked; only keeping it clears the arrears, not writing a new schedule.
    """
    story = planned()
    booked = [Instalment(each.due, each.amount) for each in THREE.instalments]

    facts = story.observe(day(9), story.ledger.reschedule(booked, since=day(9), reason="plan"))

    assert [fact.kind for fact in facts] == ["ledger_observed"]
    assert (story.case.observation.position.arrears, story.case.observation.position.oldest_due) == (kes(0), None)
    assert story.case.state is CaseState.PLAN_AGREED
    story.pay("40", APRIL)
    story.pay("40", MAY)
    assert (story.case.state, outcomes(story)) == (CaseState.PLAN_AGREED, (KEPT, KEPT, PENDING))
    facts = story.pay("40", JUNE)
    assert {Recovered(cleared_due=None), PlanCompleted(plan=5)} <= set(facts)
    assert story.case.state is CaseState.RECOVERED


def test_two_missed_instalments_break_the_plan():
    """
    Practice: one miss asks for a talk, two show that the plan does not fit.
    """
    story = planned()
    story.through(APRIL + timedelta(days=4))
    assert story.case.plans.running is not None

    facts = story.through(MAY + timedelta(days=4))

    assert facts[-1] == PlanBroken(plan=5, missed=2)
    assert story.case.state is CaseState.VISITED
    assert (story.case.plans.latest.state, story.case.plans.latest.ended_on) == (PlanState.BROKEN, date(2026, 5, 5))
    assert story.case.plans.broken == 1


def broken():
    """
    Return a story whose plan broke on 5 May.
    """
    story = planned()
    story.through(MAY + timedelta(days=4))
    assert story.case.plans.latest.state is PlanState.BROKEN
    return story


def test_a_broken_plan_is_not_mended_by_what_comes_later():
    """
    Money that comes after the plan broke clears arrears; that the plan was broken is not in doubt.
    """
    story = broken()

    facts = story.pay("80", date(2026, 5, 20))

    assert [fact.kind for fact in facts] == ["ledger_observed"]
    assert outcomes(story) == (MISSED, MISSED, PENDING)
    assert story.case.upkeep.in_doubt == ()


def test_a_backdated_payment_questions_a_broken_plan_once():
    """
    Practice: a severe consequence is never undone silently: what the ledger now says makes its review due, once.
    """
    story = broken()

    facts = story.pay("40", APRIL, booked=date(2026, 5, 8))

    assert ConsequenceQuestioned(code="plan_broken", about=5) in facts
    number = story.case.version
    assert story.case.upkeep.in_doubt == (Concern(number=number, code="plan_broken", about=5, since=date(2026, 5, 8)),)
    assert story.case.plans.latest.state is PlanState.BROKEN
    assert story.case.state is CaseState.VISITED
    assert story.observe() == []
    assert "review_consequence" in story.steps()


def test_a_kept_plan_is_completed_and_the_case_recovers():
    """
    Practice: the last instalment clears the arrears: recovered, on probation.
    """
    story = planned()
    story.pay("40", APRIL)
    story.pay("40", MAY)

    facts = story.pay("40", JUNE)

    assert facts[-2:] == [Recovered(cleared_due=date(2026, 3, 1)), PlanCompleted(plan=5)]
    assert story.case.state is CaseState.RECOVERED
    assert (story.case.plans.latest.state, story.case.plans.latest.next_open()) == (PlanState.COMPLETED, None)
    assert story.is_sound()


def test_a_plan_met_while_a_later_instalment_is_unpaid_leads_back_to_talking():
    """
    The plan is kept, a running instalment is not: the plan is completed and the arrears are talked about.
    """
    story = overdue(ledger=loan((date(2026, 6, 10), "25")))
    story.talk(budget=budget(income="115"))
    story.agree(THREE)
    for month in (APRIL, MAY):
        story.pay("40", month)
    story.pay("38", JUNE)

    facts = story.through(date(2026, 6, 11))

    assert PlanCompleted(plan=5) in facts
    assert story.case.state is CaseState.VISITED
    assert outcomes(story)[2] is NEARLY


def test_arrears_cleared_early_complete_the_plan():
    """
    Who pays everything at once has kept the plan.
    """
    story = planned()

    facts = story.pay("120", day(20))

    assert [fact.kind for fact in facts][-2:] == ["recovered", "plan_completed"]
    assert outcomes(story) == (KEPT, KEPT, KEPT)


def test_a_revised_plan_counts_from_its_own_agreement():
    """
    What was paid before the revision does not keep the new instalments.
    """
    story = planned()
    story.pay("40", APRIL)
    new = offer((date(2026, 4, 15), "40"), (date(2026, 5, 15), "40"))
    story.do(RevisePlan(new, consent="signed", because="illness"))

    story.observe(date(2026, 4, 19))
    assert outcomes(story) == (MISSED, PENDING)
    story.pay("40", date(2026, 4, 20))

    assert outcomes(story) == (LATE, PENDING)


def test_a_plan_keeps_its_terms_for_life():
    """
    Practice: a stricter policy that comes later does not judge a plan that was agreed before.
    """
    story = planned()
    story.rules = policy(plans__tolerance_days=0, plans__broken_after_missed=1)

    story.through(APRIL + timedelta(days=4))
    story.pay("40", APRIL + timedelta(days=4))

    assert story.case.plans.running.terms.broken_after_missed == 2
    assert story.case.plans.latest.state is PlanState.RUNNING


def test_a_plan_booked_to_a_later_day_waits_for_that_day():
    """
    The ledger moved the arrears out by a schedule of its own: nothing is kept or missed before that schedule asks.
    """
    story = planned()
    extended = [Instalment(date(2026, 9, 1), kes(120))]
    story.observe(day(9), story.ledger.reschedule(extended, since=day(9), reason="extended"))

    story.through(date(2026, 9, 1))
    assert story.case.state is CaseState.PLAN_AGREED

    assert [fact.kind for fact in story.through(date(2026, 9, 5))][-1] == "plan_broken"
    assert story.case.state is CaseState.VISITED


def test_a_booked_plan_that_asks_on_its_first_day_is_due_from_then():
    """
    The new schedule asks for money on the very day it begins: the plan's first instalment is not put off to the next.
    """
    story = planned()
    booked = [Instalment(APRIL, kes(40)), Instalment(JUNE, kes(80))]
    ledger = story.ledger.reschedule(booked, since=APRIL, reason="plan")

    late = judge_plan(story.case.plans.latest, ledger, VILLAGE.ageing, APRIL + timedelta(days=4))

    assert late == (MISSED, PENDING, PENDING)


def test_a_booked_schedule_that_asks_for_nothing_more_leaves_the_plan_its_days():
    """
    A schedule written down whole, all of it due before it begins: the plan's instalments keep their own days.
    """
    story = planned()
    ledger = story.ledger.reschedule([Instalment(day(0), kes(120))], since=day(20), reason="corrected")

    late = judge_plan(story.case.plans.latest, ledger, VILLAGE.ageing, APRIL + timedelta(days=4))

    assert late == (MISSED, PENDING, PENDING)


def test_an_unpaid_part_of_the_very_day_does_not_cure_a_running_plan():
    """
    Money goes to the oldest due first: on the due day of a running instalment only that day's rest is unpaid.
    """
    story = overdue(ledger=loan((APRIL, "25"), (MAY, "25")))
    story.talk(budget=budget(income="150"))
    story.agree(offer((APRIL, "60"), (MAY, "60")))

    story.pay("120", APRIL)

    assert judge(story.ledger, story.case, VILLAGE, APRIL).days_past_due == 0
    assert story.case.state is CaseState.PLAN_AGREED


def beside(*running, rules=VILLAGE, paid=None):
    """
    Return a story with a plan of 40 on the first of April, May and June beside running instalments.
    """
    ledger = loan(*running)
    story = overdue(ledger=ledger if paid is None else ledger.pay(kes(paid), on=day(5), ref="m-0"), rules=rules)
    story.talk(budget=budget(income="250"))
    arrears = story.case.observation.position.arrears
    story.agree(offer((APRIL, "40"), (MAY, "40"), (JUNE, str((arrears - kes(80)).decimal))))
    return story


@pytest.mark.parametrize(
    ("amount", "state"), [("120", CaseState.PLAN_AGREED), ("120.01", CaseState.RECOVERED), ("200", CaseState.RECOVERED)]
)
def test_the_next_running_instalment_paid_early_ends_no_plan(amount, state):
    """
    April asks for 80 and 40: what comes in March up to that is April's money, a cent more clears the arrears.
    """
    story = beside((APRIL, "80"), (MAY, "80"))

    story.pay(amount, day(20))

    assert story.case.state is state


def test_what_was_paid_before_the_plan_is_not_what_came_early():
    """
    Twenty were paid before the plan: a hundred more are still no more than April's instalments.
    """
    story = beside((APRIL, "80"), (MAY, "80"), paid="20")

    story.pay("100", day(20))

    assert story.case.state is CaseState.PLAN_AGREED


@pytest.mark.parametrize(("amount", "state"), [("240", CaseState.PLAN_AGREED), ("250", CaseState.RECOVERED)])
def test_on_a_due_day_the_instalments_of_that_day_are_asked_already(amount, state):
    """
    On the first of April 120 are due and May asks for 120 more: beyond these 240 the arrears are cleared.
    """
    story = beside((APRIL, "80"), (MAY, "80"))

    story.pay(amount, APRIL)

    assert story.case.state is state


def test_a_running_instalment_beside_the_last_part_may_have_come_early_too():
    """
    In May the arrears are paid for the ledger, and June's instalment is still to come beside the plan's last part.
    """
    story = beside((JUNE, "25"))
    story.pay("40", APRIL)

    story.pay("80", MAY)

    assert story.case.state is CaseState.PLAN_AGREED


def test_arrears_that_stay_cleared_after_the_next_instalment_are_cleared():
    """
    Nothing is past due on the day after April's running instalment either: it had not come early.
    """
    story = beside((APRIL, "25"), (MAY, "60"))

    story.pay("145", APRIL)
    assert story.case.state is CaseState.PLAN_AGREED
    story.observe(date(2026, 4, 2))

    assert story.case.state is CaseState.RECOVERED


def test_whether_they_stay_cleared_is_judged_by_the_lenders_own_count():
    """
    With three days of grace the instalment of the third is not late on the fifth, so the arrears stay cleared.
    """
    rules = attrs.evolve(VILLAGE, ageing=AgeingConvention(name="grace", grace_days=3))
    story = beside((APRIL, "25"), (date(2026, 4, 3), "25"), (MAY, "60"), rules=rules)

    story.pay("145", date(2026, 4, 5))

    assert story.case.state is CaseState.RECOVERED


def test_what_bounced_from_before_the_plan_is_not_asked_by_the_plan():
    """
    Twenty were paid before the plan and taken back since: April's forty keep April's instalment.
    """
    story = beside(paid="20")
    story.reverse("m-0", day(20))

    story.pay("40", APRIL)

    assert outcomes(story)[0] is KEPT


def test_before_the_loan_began_nothing_was_due():
    """
    Asked of a day before its schedule, a plan is pending.
    """
    story = planned()

    assert judge_plan(story.case.plans.latest, story.ledger, VILLAGE.ageing, date(2026, 1, 1)) == (PENDING,) * 3


@pytest.mark.parametrize(("asked", "expected"), [("2", NEARLY), ("2.01", MISSED)])
def test_a_booked_schedule_may_ask_for_no_more_than_is_tolerated(asked, expected):
    """
    Two shillings are within the tolerance of the plan's forty: where the ledger asks for no more, nothing is missed.
    """
    story = planned()
    booked = [Instalment(APRIL, kes(asked)), Instalment(JUNE, kes(110))]
    ledger = story.ledger.reschedule(booked, since=day(20), reason="extended")

    assert judge_plan(story.case.plans.latest, ledger, VILLAGE.ageing, APRIL + timedelta(days=4))[0] is expected


def test_a_fee_in_the_plan_does_not_keep_it_running():
    """
    A plan over 120 and a fee of 60: once the instalment is paid and none runs beside, nothing is past due any more.
    """
    story = overdue(ledger=loan().charge(Component.FEES, kes(60), on=day(2), ref="f-1"))
    story.talk(budget=budget(income="150"))
    story.agree(offer((APRIL, "60"), (MAY, "60"), (JUNE, "60")))

    facts = story.pay("120", day(20))

    assert [fact.kind for fact in facts][-2:] == ["recovered", "plan_completed"]


def test_what_was_late_when_the_plan_was_made_does_not_run_beside_it():
    """
    Due on the day before the agreement is late, and in the plan; due on its day runs beside.
    """
    story = overdue(ledger=loan((day(6), "60"), (day(7), "5"), (APRIL, "25")))
    story.talk(budget=budget(income="250"))
    story.agree(offer((APRIL, "60"), (MAY, "60"), (JUNE, "60")))
    plan = story.case.plans.latest

    assert [each.due for each in running_beside(plan, story.ledger, VILLAGE.ageing)] == [day(7), APRIL]
    gone = attrs.evolve(plan, schedule_version=9)
    assert running_beside(gone, story.ledger, VILLAGE.ageing) == ()


def test_a_completed_plan_is_judged_by_what_the_ledger_says_today():
    """
    A plan that is over keeps its outcomes on record; asked anew, one whose payment bounced has missed its instalments.
    """
    story = planned()
    story.pay("120", day(20))
    facts = story.reverse("m-1", date(2026, 5, 20))
    assert [fact.kind for fact in facts] == ["ledger_observed", "relapsed"]
    assert outcomes(story) == (KEPT, KEPT, KEPT)

    found = judge(story.ledger, story.case, VILLAGE, date(2026, 5, 20))

    assert found.outcomes == (MISSED, MISSED, PENDING)


def test_a_judgement_of_another_plan_says_nothing_of_this_one():
    """
    A fact about an earlier plan's instalment leaves the latest plan, or none, as it is.
    """
    story = planned()
    header, plans = story.entries[-1].header, story.case.plans
    other = PlanInstalmentJudged(plan=plans.latest.number - 1, number=1, due=APRIL, outcome=MISSED)

    assert other.apply(plans, header) == plans
    assert other.apply(Plans(), header) == Plans()


def test_a_booked_plan_is_kept_by_the_schedule_that_booked_it():
    """
    Once the ledger asks for less, the household owes the ledger's instalments and no others.
    """
    story = overdue(ledger=loan((APRIL, "25")))
    story.talk(budget=budget(income="115"))
    story.agree(THREE)
    booked = [Instalment(APRIL, kes(20)), Instalment(MAY, kes(20)), Instalment(JUNE, kes(105))]
    ledger = story.ledger.reschedule(booked, since=day(20), reason="extended")
    paid = ledger.pay(kes(20), on=APRIL, ref="m-1")
    at_once = ledger.pay(kes(20), on=day(20), ref="m-1")

    assert judge_plan(story.case.plans.latest, at_once, VILLAGE.ageing, day(20))[0] is KEPT
    assert judge_plan(story.case.plans.latest, paid, VILLAGE.ageing, APRIL)[0] is KEPT
    assert judge_plan(story.case.plans.latest, ledger, VILLAGE.ageing, APRIL + timedelta(days=4))[0] is MISSED
