"""
Plans made together: proposed, offered, counter-offered, agreed, revised, withdrawn; and what speaks against an offer.
"""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from overdue_visit.case.act import OutOfSeason
from overdue_visit.case.acts.plans import (
    AgreePlan,
    CounterOffer,
    NoRunningPlan,
    OfferExpired,
    OfferPlan,
    RevisePlan,
    TooManyRevisions,
    WithdrawalTooLate,
    WithdrawConsent,
)
from overdue_visit.case.objections import PlanRefused, objections
from overdue_visit.case.plans import Plan, PlanAgreed, PlanCounterOffered, PlanOffered, Plans, PlanWithdrawn
from overdue_visit.case.proposals import NothingToPlan, first_due, propose, room
from overdue_visit.errors import InvalidValue
from overdue_visit.lifecycle import CaseState
from overdue_visit.loan import Component, Instalment
from overdue_visit.money import Money
from overdue_visit.plan import (
    InstalmentOutcome,
    Missing,
    Offer,
    Offers,
    PlanInstalment,
    PlanState,
    PlanTerms,
    Rejected,
)
from tests.case.builders import (
    STATES,
    THREE,
    VILLAGE,
    budget,
    day,
    kes,
    loan,
    monthly,
    offer,
    overdue,
    planned,
    policy,
    recovered,
    visited,
)

APRIL, MAY, JUNE = date(2026, 4, 1), date(2026, 5, 1), date(2026, 6, 1)
TWO = offer((APRIL, "60"), (MAY, "60"))


def test_the_arrears_are_proposed_in_equal_parts_within_what_is_left():
    """
    Practice: a plan is fitted to real ability: 120 shillings, 40 left a month, on the household's usual day.
    """
    story = visited()

    assert propose(story.case, VILLAGE, story.on) == Offers(fitting=(THREE,))


def test_running_instalments_take_their_part_of_what_is_left():
    """
    Practice: nothing above what the household can pay, beside the instalments that run on.
    """
    story = visited(ledger=loan((APRIL, "25"), (MAY, "25")))

    assert room(story.case) == kes(15)
    (found,) = propose(story.case, VILLAGE, story.on).fitting
    assert [each.amount for each in found.instalments] == [kes(15)] * 8


def test_no_unit_of_money_is_lost_in_splitting():
    """
    The odd cents go on the last part, and the parts sum to the arrears.
    """
    story = visited(ledger=loan(amount="100.01"))

    (found,) = propose(story.case, VILLAGE, story.on).fitting

    assert [each.amount for each in found.instalments] == [kes("33.33"), kes("33.33"), kes("33.35")]
    assert found.total == kes("100.01")


@pytest.mark.parametrize(
    ("on", "due", "first"),
    [
        (date(2026, 3, 8), date(2026, 3, 1), date(2026, 4, 1)),
        (date(2026, 3, 8), date(2026, 2, 12), date(2026, 3, 12)),
        (date(2026, 3, 8), date(2026, 2, 11), date(2026, 3, 11)),
        (date(2026, 3, 8), date(2026, 2, 10), date(2026, 4, 8)),
        (date(2026, 4, 7), date(2026, 3, 31), date(2026, 4, 30)),
        (date(2026, 4, 28), date(2026, 3, 31), date(2026, 5, 29)),
    ],
)
def test_the_first_part_falls_on_the_households_usual_day(on, due, first):
    """
    Practice: the day is the household's usual one, not sooner than half a period and not later than the policy allows.
    """
    story = overdue(on, ledger=loan(due=due))

    assert first_due(story.case, VILLAGE.plans, on) == first


def test_where_instalments_may_follow_by_the_day_the_first_may_be_tomorrow():
    """
    Half of the shortest period is never less than a day: the usual day is tomorrow, and tomorrow it is.
    """
    plans = policy(plans__shortest_period_days=1, plans__tolerance_days=0, notices__instalment_reminder_days=0).plans
    on = date(2026, 3, 8)

    assert first_due(overdue(on, ledger=loan(due=date(2026, 2, 9))).case, plans, on) == date(2026, 3, 9)
    assert first_due(overdue(on, ledger=loan(due=date(2026, 2, 8))).case, plans, on) == date(2026, 4, 8)


def test_where_nothing_is_past_due_the_usual_day_is_that_of_the_agreement():
    """
    Without an oldest unpaid instalment the day of the month on which people talk is the usual one.
    """
    story = recovered(day(10))

    assert first_due(story.case, VILLAGE.plans, day(10)) == date(2026, 4, 11)


def test_a_fee_left_over_is_spread_from_the_day_of_the_agreement():
    """
    The plan is booked as a new schedule and a fee is left over: it is planned for, though no instalment is late.
    """
    story = overdue()
    story.talk(budget=budget(income="150"))
    story.agree(THREE)
    ledger = story.ledger.charge(Component.FEES, kes(60), on=day(8), ref="f-1").reschedule(
        [Instalment(each.due, each.amount) for each in THREE.instalments], since=day(8), reason="plan"
    )
    story.observe(day(9), ledger)
    assert (story.case.behind, story.case.observation.position.oldest_due) == (True, None)
    assert story.case.observation.position.arrears == kes(60)

    assert propose(story.case, VILLAGE, day(9)).best == offer((date(2026, 4, 10), "60"))


def test_a_fee_that_is_left_when_the_arrears_are_cleared_needs_no_plan():
    """
    Sixty shillings of fees are owed and nothing is past due: there is nothing to plan for.
    """
    story = visited()
    story.ledger = story.ledger.charge(Component.FEES, kes(60), on=day(8), ref="f-1")
    story.pay("120", day(9))
    assert (story.case.behind, story.case.observation.position.arrears) == (False, kes(60))

    with pytest.raises(NothingToPlan):
        propose(story.case, VILLAGE, story.on)


def test_a_plan_that_was_booked_leaves_nothing_to_plan_for():
    """
    The case is behind until the booked plan is kept, and nothing is past due meanwhile.
    """
    story = planned()
    booked = [Instalment(each.due, each.amount) for each in THREE.instalments]
    story.observe(day(9), story.ledger.reschedule(booked, since=day(9), reason="plan"))
    assert (story.case.behind, story.case.observation.position.arrears) == (True, kes(0))

    with pytest.raises(NothingToPlan):
        propose(story.case, VILLAGE, story.on)


@pytest.mark.parametrize(("within", "days"), [(31, 7), (7, 7), (3, 3)])
def test_what_was_forgotten_is_paid_within_a_week(within, days):
    """
    Practice: what was forgotten is paid, not stretched: within a week, or sooner where the policy asks for it.
    """
    story = overdue(rules=policy(plans__first_within_days=within))
    story.talk(reason="forgot", budget=budget(income="200"))

    best = propose(story.case, story.rules, story.on).best

    assert best == offer((day(7 + days), "120"), kind="pay_now")


def test_nobody_who_lost_the_income_is_asked_to_pay_at_once():
    """
    Practice: the reason steers the plan: paying at once answers forgetting, not the loss of an income.
    """
    story = visited()
    story.talk(budget=budget(income="200"))

    offers = propose(story.case, VILLAGE, story.on)

    assert [each.kind for each in (*offers.fitting, *offers.rejected)] == ["spread"]


def test_a_plan_has_no_more_parts_than_the_policy_allows():
    """
    Three parts of 40 are what the household can do; where two are the most, no plan fits.
    """
    story = visited(rules=policy(plans__most_instalments=2))

    assert propose(story.case, story.rules, story.on).fitting == ()
    story.rules = policy(plans__most_instalments=3)
    assert propose(story.case, story.rules, story.on).best == THREE


def test_the_last_part_may_fall_on_the_last_day_of_the_longest_plan():
    """
    Agreed on the usual day itself, twelve parts of ten end twelve months later to the day.
    """
    on = date(2026, 4, 8)
    story = visited(on, ledger=loan(due=date(2026, 3, 8)))
    story.talk(budget=budget(income="60"))

    best = propose(story.case, VILLAGE, on).best

    assert [each.amount for each in best.instalments] == [kes(10)] * 12
    assert best.instalments[-1].due == date(2027, 4, 8)


def test_a_usual_day_at_the_end_of_the_month_stays_there():
    """
    Due on the 31st means the last day of shorter months, and the 31st again where there is one.
    """
    story = visited(date(2026, 2, 9), ledger=loan(due=date(2026, 1, 31), amount="120"))

    (found,) = propose(story.case, VILLAGE, date(2026, 2, 9)).fitting

    assert [each.due for each in found.instalments] == [date(2026, 2, 28), date(2026, 3, 31), date(2026, 4, 30)]


def test_without_a_budget_there_is_nothing_to_propose():
    """
    Practice: ability comes before any plan; what is missing is the budget.
    """
    story = overdue()
    expected = Offers(fitting=(), rejected=(Rejected(kind="spread", code="no_budget"),), missing=Missing(code="budget"))

    assert propose(story.case, VILLAGE, story.on) == expected
    story.talk(budget=None)
    assert propose(story.case, VILLAGE, story.on) == expected
    assert expected.best is None


def test_where_nothing_is_left_the_proposal_says_what_is_missing():
    """
    Practice: no plan is squeezed out of a household that has nothing left; what would be needed is said.
    """
    story = visited()
    story.talk(budget=budget(income="50"))

    offers = propose(story.case, VILLAGE, story.on)

    assert offers.fitting == ()
    assert offers.rejected == (
        Rejected(
            kind="spread",
            code="no_room",
            figures=(("on", "2027-03-01"), ("amount", "KES 120.00")),
        ),
    )
    assert offers.missing == Missing(code="capacity_or_time", amount=kes(10), months=None)


def test_where_the_plan_would_take_too_long_the_proposal_says_by_how_much():
    """
    8 shillings a month pay 120 in 15 months; the policy allows 12: two more a month, or three months more.
    """
    story = visited()
    story.talk(budget=budget(income="58"))

    offers = propose(story.case, VILLAGE, story.on)

    assert (offers.rejected[0].code, offers.missing) == (
        "no_room",
        Missing(code="capacity_or_time", amount=kes(2), months=3),
    )


def test_parts_too_small_for_the_policy_are_not_proposed():
    """
    Where no part may be below 50, 40 a month fit no plan; 20 more would.
    """
    story = visited(rules=policy(plans__smallest_instalment=kes(50)))

    offers = propose(story.case, story.rules, story.on)

    assert (offers.rejected[0].code, offers.missing.amount) == ("no_room", kes(20))
    story.talk(budget=budget(income="110"))
    assert propose(story.case, story.rules, story.on).best.largest == kes(60)


def test_a_smallest_part_in_another_currency_does_not_bind():
    """
    A lender with books in two currencies has one number for one of them.
    """
    story = visited(rules=policy(plans__smallest_instalment=Money("5000", "UGX")))

    assert propose(story.case, story.rules, story.on).best == THREE


def test_a_long_shortest_period_skips_months():
    """
    Where instalments must be at least 60 days apart, every third month is the first that always is.
    """
    story = visited(rules=policy(plans__shortest_period_days=60))

    best = propose(story.case, story.rules, story.on).best

    assert [each.due for each in best.instalments] == [date(2026, 4, 8), date(2026, 7, 8), date(2026, 10, 8)]


@pytest.mark.parametrize("state", ["recovered", "overdue"])
def test_without_arrears_there_is_nothing_to_plan(state):
    """
    Cleared arrears need no plan, and offers are refused.
    """
    story = recovered() if state == "recovered" else overdue()
    if state == "recovered":
        with pytest.raises(NothingToPlan) as refusal:
            propose(story.case, VILLAGE, story.on)
        assert refusal.value.case_id == "ke-001/1"
        story.refuses(NothingToPlan, OfferPlan(THREE))
        assert story.refuses(OutOfSeason, AgreePlan(THREE, consent="signed")).state == "recovered"
    else:
        assert propose(story.case, VILLAGE, story.on).missing.code == "budget"


OBJECTIONS = {
    "above_the_debt": offer((APRIL, "40"), (MAY, "40"), (JUNE, "40"), (date(2026, 7, 1), "0.01")),
    "below_the_debt": offer((APRIL, "40"), (MAY, "40")),
    "above_capacity": TWO,
    "other_currency": Offer(kind="spread", instalments=[PlanInstalment(APRIL, Money("120", "UGX"))]),
    "in_the_past": offer((day(6), "40"), (APRIL, "40"), (MAY, "40")),
    "first_too_late": offer((date(2026, 4, 9), "40"), (MAY, "40"), (JUNE, "40")),
    "too_long": offer((APRIL, "40"), (MAY, "40"), (date(2027, 3, 16), "40")),
    "too_many_instalments": offer(*((APRIL + timedelta(days=12 * n), "4.80") for n in range(25))),
    "too_close_together": offer((date(2026, 3, 29), "40"), (APRIL, "40"), (MAY, "40")),
}


@pytest.mark.parametrize(
    ("objection", "found", "accepted"),
    [
        ("above_the_debt", "KES 120.01", "the arrears of KES 120.00"),
        ("below_the_debt", "KES 80.00", "the arrears of KES 120.00"),
        ("above_capacity", "KES 60.00 in a month", "at most KES 40.00"),
        ("other_currency", "UGX", "KES"),
        ("in_the_past", "2026-03-07", "a first instalment from 2026-03-08"),
        ("first_too_late", "2026-04-09", "a first instalment by 2026-04-08"),
        ("too_long", "2027-03-16", "a last instalment by 2027-03-15"),
        ("too_many_instalments", "25", "at most 24"),
        ("too_close_together", "3 days apart", "at least 7 days"),
    ],
)
def test_an_offer_that_breaks_a_rule_is_refused_with_the_rule(objection, found, accepted):
    """
    Practice: nothing above what the household can pay; each rule that an offer does not meet is named, and what would.
    """
    story = visited()

    refusal = story.refuses(PlanRefused, OfferPlan(OBJECTIONS[objection]))

    assert (refusal.objection, refusal.found, refusal.accepted) == (objection, found, accepted)
    story.refuses(PlanRefused, AgreePlan(OBJECTIONS[objection], consent="signed"))


@pytest.mark.parametrize("objection", OBJECTIONS)
def test_the_borrowers_own_offer_is_judged_by_the_same_rules(objection):
    """
    Practice: the borrower's counter-offer is written down with what speaks against it, by the same rules.
    """
    story = visited()

    (fact,) = story.do(CounterOffer(OBJECTIONS[objection]))

    assert fact == PlanCounterOffered(offer=OBJECTIONS[objection], valid_until=day(21), objections=(objection,))
    (on_table,) = story.case.plans.offers
    assert (on_table.by_borrower, on_table.objections) == (True, (objection,))
    assert story.refuses(PlanRefused, AgreePlan(on_table.number, consent="signed")).objection == objection


def test_a_counter_offer_that_fits_can_be_agreed():
    """
    Practice: the borrower's own offer, when it meets the rules, is as good as the lender's.
    """
    story = visited()
    own = offer((APRIL, "30"), (MAY, "30"), (JUNE, "30"), (date(2026, 7, 1), "30"))
    story.do(CounterOffer(own))

    story.do(AgreePlan(story.case.version, consent="witnessed"))

    assert story.case.plans.latest.instalments == own.instalments
    assert story.case.plans.offers == ()


def test_two_parts_of_one_month_count_together():
    """
    Forty left a month are not forty twice a month.
    """
    story = visited()
    twice = offer((APRIL, "40"), (date(2026, 4, 20), "40"), (JUNE, "40"))

    (objection,) = objections(story.case, twice, VILLAGE, story.on)

    assert (objection.objection, objection.found) == ("above_capacity", "KES 80.00 in a month")


def test_the_last_part_may_be_small():
    """
    No part may be below the smallest except the last: it is what is left.
    """
    story = visited(rules=policy(plans__smallest_instalment=kes(40)))
    story.talk(budget=budget(income="110"))

    assert objections(story.case, offer((APRIL, "60"), (MAY, "50"), (JUNE, "10")), story.rules, story.on) == ()
    (found,) = objections(story.case, offer((APRIL, "60"), (MAY, "10"), (JUNE, "50")), story.rules, story.on)
    assert found.objection == "instalment_too_small"


@pytest.mark.parametrize(
    "fits",
    [
        offer((day(7), "40"), (APRIL, "40"), (MAY, "40")),
        offer((date(2026, 4, 8), "40"), (date(2026, 5, 8), "40"), (date(2026, 6, 8), "40")),
        offer((APRIL, "40"), (MAY, "40"), (date(2027, 3, 15), "40")),
        offer(*((day(14 + 7 * number), "5") for number in range(24))),
    ],
)
def test_the_first_and_last_days_and_the_most_parts_are_accepted(fits):
    """
    A first part today or on the last day for it, a last one on the last day of the longest plan, as many as allowed.
    """
    story = visited()

    assert objections(story.case, fits, VILLAGE, story.on) == ()


def test_without_a_budget_no_offer_is_accepted():
    """
    Practice: ability comes before any plan: an offer is refused for the budget that nobody has asked for.
    """
    story = overdue()

    (found,) = objections(story.case, THREE, VILLAGE, story.on)

    told = (found.objection, found.found, found.accepted)
    assert told == ("no_budget", "no budget of the household", "a talk that brings one")


def test_the_first_part_that_is_too_small_is_named_beside_other_rules():
    """
    Of 40, 30, 20 and 40, where 40 is the smallest part, the 30 is named, after the total that is above the debt.
    """
    story = visited(rules=policy(plans__smallest_instalment=kes(40)))
    parts = offer((APRIL, "40"), (MAY, "30"), (JUNE, "20"), (date(2026, 7, 1), "40"))

    found = objections(story.case, parts, story.rules, story.on)

    assert [(each.objection, each.found) for each in found] == [
        ("above_the_debt", "KES 130.00"),
        ("instalment_too_small", "KES 30.00"),
    ]


def test_an_offer_is_named_by_its_number_and_nothing_like_it():
    """
    What is refused tells the numbers on the table; a number of another type is none of them.
    """
    story = visited()
    act = AgreePlan(99, consent="signed")
    assert story.refuses(InvalidValue, act).accepted.endswith("on the table: there is none")
    story.do(OfferPlan(THREE))
    number = story.case.version

    for wrong in (99, float(number)):
        refusal = story.refuses(InvalidValue, AgreePlan(wrong, consent="signed"))
        assert refusal.accepted.endswith(f"on the table: [{number}]")


def test_all_rules_that_are_not_met_are_listed():
    """
    A counter-offer far off keeps every objection, the gravest first.
    """
    far = offer((day(1), "500"), (day(2), "500"))

    found = [each.objection for each in objections(visited().case, far, VILLAGE, day(7))]

    assert found == ["above_the_debt", "above_capacity", "in_the_past", "too_close_together"]


def test_an_offer_stays_on_the_table_for_the_policys_days():
    """
    Practice: two weekends to talk it over at home.
    """
    story = visited()

    (fact,) = story.do(OfferPlan(THREE))

    assert fact == PlanOffered(offer=THREE, valid_until=day(21))
    (on_table,) = story.case.plans.offers
    assert (on_table.number, on_table.by_borrower, on_table.objections) == (story.case.version, False, ())


def test_an_expired_offer_is_offered_anew():
    """
    An offer may be taken on its last day, not a day later.
    """
    story = visited()
    story.do(OfferPlan(THREE))
    number = story.case.version

    refusal = story.refuses(OfferExpired, AgreePlan(number, consent="signed"), on=day(22))

    assert (refusal.number, refusal.valid_until) == (number, day(21))
    story.do(AgreePlan(number, consent="signed"), on=day(21))


def test_a_new_offer_replaces_the_earlier_one_of_the_same_side():
    """
    The record has every offer; on the table lies one of each side.
    """
    story = visited()
    story.do(OfferPlan(THREE))
    first = story.case.version
    story.do(CounterOffer(THREE))

    story.do(OfferPlan(THREE))

    assert [each.by_borrower for each in story.case.plans.offers] == [True, False]
    assert story.refuses(InvalidValue, AgreePlan(first, consent="signed")).field == "offer"


def test_a_plan_is_agreed_with_consent():
    """
    Practice: a written plan with the household's consent; what breaks it is fixed for its life.
    """
    story = visited()

    (fact,) = story.agree()

    terms = PlanTerms(tolerance_days=3, tolerance=VILLAGE.plans.tolerance_percent, broken_after_missed=2)
    assert fact == PlanAgreed(
        offer=THREE,
        terms=terms,
        consent="signed",
        paid_before=kes(0),
        seen_on=story.case.observation.seen_on,
        schedule_version=1,
    )
    assert story.case.state is CaseState.PLAN_AGREED
    plan = Plan(
        number=story.case.version,
        agreed_on=day(7),
        kind="spread",
        instalments=THREE.instalments,
        outcomes=(InstalmentOutcome.PENDING,) * 3,
        terms=terms,
        consent="signed",
        paid_before=kes(0),
        seen_on=day(7),
        schedule_version=1,
    )
    assert story.case.plans == Plans(latest=plan)
    assert (plan.total, plan.next_open()) == (kes(120), (1, THREE.instalments[0]))


@pytest.mark.parametrize(
    ("field", "act"),
    [
        ("consent", AgreePlan(THREE, consent="nodded")),
        ("offer", AgreePlan(99, consent="signed")),
        ("offer", AgreePlan(None, consent="signed")),
        ("offer", AgreePlan(True, consent="signed")),
    ],
)
def test_a_malformed_agreement_names_its_field(field, act):
    """
    Consent leaves a trace that both sides can show, and an offer is one that was made.
    """
    assert visited().refuses(InvalidValue, act).field == field


@pytest.mark.parametrize("state", ["overdue", "notified", "plan_agreed", "escalated"])
def test_a_plan_is_agreed_after_the_situation_was_verified(state):
    """
    Practice: first the talk, then the plan; and one plan at a time.
    """
    refusal = STATES[state]().refuses(OutOfSeason, AgreePlan(THREE, consent="signed"))

    assert (refusal.fact, refusal.state, refusal.allowed) == ("plan_agreed", state, ("visited",))


def test_the_household_may_withdraw_within_the_period():
    """
    Practice: consent may be withdrawn within a period; the case goes back to talking.
    """
    story = planned()

    (fact,) = story.do(WithdrawConsent("second_thoughts"), on=day(21))

    assert fact == PlanWithdrawn(plan=5, because="second_thoughts")
    assert story.case.state is CaseState.VISITED
    assert story.case.plans.latest.state is PlanState.WITHDRAWN
    assert (story.case.plans.running, story.case.plans.broken) == (None, 0)


def test_after_the_period_consent_stands():
    """
    The day after the period is too late; renegotiating is not.
    """
    story = planned()

    assert story.refuses(WithdrawalTooLate, WithdrawConsent("second_thoughts"), on=day(22)).until == day(21)


def test_a_reason_for_withdrawing_is_a_code():
    """
    Reasons are codes: free text belongs in words.
    """
    assert planned().refuses(InvalidValue, WithdrawConsent("My brother says no")).field == "because"


def test_without_a_plan_there_is_nothing_to_withdraw_or_revise():
    """
    Both need a running plan.
    """
    story = visited()

    story.refuses(NoRunningPlan, WithdrawConsent("second_thoughts"))
    story.refuses(NoRunningPlan, RevisePlan(THREE, consent="signed", because="illness"))


REVISED = offer((date(2026, 4, 15), "30"), (date(2026, 5, 15), "25"), (date(2026, 6, 15), "25"))


def test_a_plan_is_revised_before_it_breaks():
    """
    Practice: renegotiation before escalation: what is still in arrears is spread anew, with consent and a reason.
    """
    story = planned()
    story.pay("40", APRIL)

    (fact,) = story.do(RevisePlan(REVISED, consent="recorded_call", because="illness"))

    assert (fact.because, fact.paid_before) == ("illness", kes(40))
    assert story.case.state is CaseState.PLAN_AGREED
    plan = story.case.plans.running
    assert (plan.agreed_on, plan.total, plan.outcomes) == (APRIL, kes(80), (InstalmentOutcome.PENDING,) * 3)
    assert story.case.plans.revised == 1
    assert story.is_sound()


def test_a_revision_leaves_the_broken_plans_counted():
    """
    A second plan, revised after the first one broke: one broken plan, one revision.
    """
    story = planned()
    story.through(MAY + timedelta(days=4))
    story.agree()
    number = story.case.version

    story.do(RevisePlan(propose(story.case, VILLAGE, story.on).best, consent="signed", because="illness"))

    plans = story.case.plans
    assert (plans.broken, plans.revised, plans.latest.number) == (1, 1, number + 1)


def test_a_plan_is_revised_as_often_as_the_policy_allows():
    """
    A third change asks for a new talk about everything.
    """
    story = planned()
    for _ in range(2):
        story.do(RevisePlan(THREE, consent="signed", because="illness"))

    refusal = story.refuses(TooManyRevisions, RevisePlan(THREE, consent="signed", because="illness"))

    assert (refusal.revised, refusal.most) == (2, 2)


@pytest.mark.parametrize(
    ("error", "field", "act"),
    [
        (PlanRefused, None, RevisePlan(TWO, consent="signed", because="illness")),
        (InvalidValue, "consent", RevisePlan(THREE, consent="nodded", because="illness")),
        (InvalidValue, "because", RevisePlan(THREE, consent="signed", because="He is ill")),
        (InvalidValue, "offer", RevisePlan(99, consent="signed", because="illness")),
    ],
)
def test_a_revision_keeps_the_rules_of_a_plan(error, field, act):
    """
    A revised plan fits the household as the first one did.
    """
    refusal = planned().refuses(error, act)

    if error is InvalidValue:
        assert refusal.field == field


def test_a_revision_takes_no_expired_offer():
    """
    An offer that lapsed is offered anew, for a revision as for a first plan.
    """
    story = planned()
    story.do(OfferPlan(THREE))
    number = story.case.version

    refusal = story.refuses(OfferExpired, RevisePlan(number, consent="signed", because="illness"), on=day(22))

    assert refusal.number == number


def test_a_second_plan_may_follow_a_withdrawn_one():
    """
    After withdrawing, another plan can be agreed; revisions count for one plan.
    """
    story = planned()
    story.do(RevisePlan(THREE, consent="signed", because="illness"))
    story.do(WithdrawConsent("second_thoughts"))

    story.agree()

    assert (story.case.state, story.case.plans.revised) == (CaseState.PLAN_AGREED, 0)


def test_arrears_of_several_instalments_make_one_plan():
    """
    All that is past due goes into the plan, and what is to come runs beside it.
    """
    story = visited(date(2026, 4, 8), ledger=monthly(3, amount="60"))
    story.talk(budget=budget(income="210"))

    (found,) = propose(story.case, VILLAGE, story.on).fitting

    assert (found.total, [each.amount for each in found.instalments]) == (kes(120), [kes(60), kes(60)])
    assert room(story.case) == kes(100)
