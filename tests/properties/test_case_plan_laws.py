"""
Laws of plans: what is proposed fits the household, and what is paid in time is kept.
"""

from __future__ import annotations

import datetime as dt

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from overdue_visit.case.judgement import judge
from overdue_visit.case.objections import objections
from overdue_visit.case.plan_judgement import judge_plan
from overdue_visit.case.proposals import propose, room
from overdue_visit.loan import Instalment, Loan
from overdue_visit.money import Money
from overdue_visit.party.budget import HouseholdBudget
from overdue_visit.plan import InstalmentOutcome, Offer, PlanInstalment, PlanState
from overdue_visit.policy import Policy
from tests.case.builders import Story, day, kes
from tests.case.walks import POLICIES, walks

MET = (InstalmentOutcome.KEPT, InstalmentOutcome.WITHIN_TOLERANCE, InstalmentOutcome.LATE)


def cents(minor: int) -> Money:
    """
    Return so many cents.
    """
    return Money.from_minor(minor, "KES")


@st.composite
def plan_policies(draw: st.DrawFn) -> Policy:
    """
    Draw a policy with any numbers for plans.
    """
    tolerance = draw(st.integers(0, 6))
    changes = {
        "plans.longest_months": draw(st.integers(1, 24)),
        "plans.most_instalments": draw(st.integers(1, 24)),
        "plans.shortest_period_days": draw(st.integers(tolerance + 4, 70)),
        "plans.tolerance_days": tolerance,
        "plans.first_within_days": draw(st.integers(0, 60)),
        "plans.smallest_instalment": draw(st.none() | st.integers(1, 9000).map(cents)),
        "notices.instalment_reminder_days": 3,
    }
    given_reason = {key: ("none" if value is None else value, "drawn") for key, value in changes.items()}
    return draw(st.sampled_from(POLICIES)).with_changes(given_reason)


@st.composite
def households(draw: st.DrawFn) -> Story:
    """
    Draw a household that was talked with: any loan, any budget, any policy.
    """
    due = dt.date(2026, 3, 1) - dt.timedelta(days=draw(st.integers(0, 40)))
    dues = [due + dt.timedelta(days=n) for n in sorted(draw(st.sets(st.integers(1, 150), max_size=4)))]
    schedule = [Instalment(on, cents(draw(st.integers(1, 20000)))) for on in [due, *dues]]
    story = Story(Loan("ke-001", borrower="b-17", schedule=schedule), rules=draw(plan_policies()))
    story.observe(day(draw(st.integers(7, 20))))
    left = draw(st.integers(0, 25000) | st.integers(0, 2000))
    story.talk(budget=HouseholdBudget(income=cents(left + 5000), necessary=cents(5000)))
    return story


@settings(max_examples=200)
@given(households())
def test_what_is_proposed_fits_the_household_and_the_policy(story):
    """
    Every proposed part is within what is left in its month.

    The parts sum to the arrears, their dates rise, and by the same rules that judge the borrower's own offer nothing
    speaks against them.
    """
    offers = propose(story.case, story.rules, story.on)
    left, arrears = room(story.case), story.case.observation.position.arrears

    assert bool(offers.fitting) == (offers.rejected == ()) == (offers.missing is None)
    for offer in offers.fitting:
        assert offer.total == arrears
        assert all(each.amount <= left for each in offer.instalments)
        assert [each.due for each in offer.instalments] == sorted({each.due for each in offer.instalments})
        assert objections(story.case, offer, story.rules, story.on) == ()
        assert story.agree(offer)


@settings(max_examples=200)
@given(households())
def test_granting_what_is_missing_makes_a_plan_feasible(story):
    """
    Where nothing fits, the amount that is said to be missing is enough, and one cent less is not.
    """
    offers = propose(story.case, story.rules, story.on)
    assume(offers.missing is not None)
    more, capacity = offers.missing.amount, story.case.talks.assessment.capacity
    coming = story.case.observation.position.coming
    needed = max(capacity, coming) + more

    def with_capacity(amount: Money) -> bool:
        story.talk(budget=HouseholdBudget(income=amount, necessary=cents(0)))
        return bool(propose(story.case, story.rules, story.on).fitting)

    assert with_capacity(needed)
    assert more.minor > 0
    assert not with_capacity(needed - cents(1))


@settings(max_examples=100)
@given(households())
def test_proposing_is_pure(story):
    """
    The same household has the same offers, whoever asks and how often.
    """
    before = story.case

    assert propose(story.case, story.rules, story.on) == propose(story.case, story.rules, story.on)
    assert story.case == before


@settings(max_examples=150)
@given(households(), st.lists(st.integers(0, 60), min_size=30, max_size=30), st.randoms(use_true_random=False))
def test_everything_paid_in_time_is_kept(story, ahead, shuffler):
    """
    Whoever pays each part of the plan and each running instalment by its day, or ahead, has kept every part of it.
    """
    offers = propose(story.case, story.rules, story.on)
    assume(offers.fitting)
    story.agree(offers.best)
    plan = story.case.plans.running
    agreed, planned_through = story.on, story.rules.ageing.last_late_due(story.on)
    running = [each for each in story.ledger.versions[0].instalments if each.due > planned_through]
    dues = [(each.due, each.amount) for each in (*plan.instalments, *running)]
    payments = [
        (max(agreed, due - dt.timedelta(days=early)), amount) for (due, amount), early in zip(dues, ahead, strict=False)
    ]
    shuffler.shuffle(payments)
    ledger = story.ledger
    for number, (on, amount) in enumerate(payments):
        ledger = ledger.pay(amount, on=on, ref=f"m-{number}")
    last = max(each.due for each in plan.instalments)

    outcomes = judge_plan(plan, ledger, story.rules.ageing, last)

    assert outcomes == (InstalmentOutcome.KEPT,) * len(plan.instalments)
    assert judge(ledger, story.case, story.rules, last).outcomes == outcomes


@settings(max_examples=100)
@given(households(), st.integers(0, 400))
def test_nothing_paid_is_pending_and_then_missed(story, later):
    """
    Without any money an instalment is pending until its day and tolerance are over, and missed from then on.
    """
    offers = propose(story.case, story.rules, story.on)
    assume(offers.fitting)
    story.agree(offers.best)
    plan, on = story.case.plans.running, story.on + dt.timedelta(days=later)
    tolerance = dt.timedelta(days=plan.terms.tolerance_days)

    for each, outcome in zip(plan.instalments, judge_plan(plan, story.ledger, story.rules.ageing, on), strict=True):
        expected = InstalmentOutcome.MISSED if on > each.due + tolerance else InstalmentOutcome.PENDING
        assert outcome is expected


@settings(max_examples=150)
@given(walks(), st.integers(1, 500), st.integers(0, 40))
def test_more_money_never_makes_an_outcome_worse(walk, minor, later):
    """
    One payment more leaves every instalment as it was or better: no household is worse off for paying.
    """
    story, _ = walk
    plan = story.case.plans.latest
    assume(plan is not None)
    on = story.on + dt.timedelta(days=later)
    paid = story.ledger.pay(cents(minor * 100), on=story.on, ref="one-more")
    order = [
        InstalmentOutcome.MISSED,
        InstalmentOutcome.PENDING,
        InstalmentOutcome.LATE,
        InstalmentOutcome.WITHIN_TOLERANCE,
        InstalmentOutcome.KEPT,
    ]
    before = judge_plan(plan, story.ledger, story.rules.ageing, on)
    after = judge_plan(plan, paid, story.rules.ageing, on)

    assert all(order.index(b) <= order.index(a) for b, a in zip(before, after, strict=True))


@settings(max_examples=150)
@given(walks())
def test_instalments_are_met_in_order(walk):
    """
    Where an instalment is met, so are those before it: money goes to the oldest first.
    """
    story, _ = walk
    plan = story.case.plans.latest
    assume(plan is not None)
    met = [each in MET for each in judge_plan(plan, story.ledger, story.rules.ageing, story.on)]

    assert met == sorted(met, reverse=True)


@settings(max_examples=150)
@given(walks())
def test_a_running_plan_has_not_missed_too_much(walk):
    """
    After a look a running plan is neither broken by its own terms nor met in full.
    """
    story, _ = walk
    story.observe()
    plan = story.case.plans.running
    assume(plan is not None)
    assume(story.case.open)

    assert plan.outcomes.count(InstalmentOutcome.MISSED) < plan.terms.broken_after_missed
    assert plan.next_open() is not None


@settings(max_examples=100)
@given(walks())
def test_what_ended_a_plan_shows_in_it(walk):
    """
    A plan that does not run has the day it ended, and no offers are older than the plan they led to.
    """
    story, _ = walk
    plan = story.case.plans.latest
    assume(plan is not None)

    assert (plan.ended_on is None) == (plan.state is PlanState.RUNNING)
    assert all(each.number > plan.number for each in story.case.plans.offers)


@settings(max_examples=100)
@given(st.integers(1, 8), st.integers(1, 30))
def test_an_offer_keeps_its_parts(count, days):
    """
    The total is the sum of the parts and the largest is one of them.
    """
    parts = [PlanInstalment(day(days * n), kes(n)) for n in range(1, count + 1)]
    offer = Offer(kind="by_hand", instalments=parts)

    assert offer.total == kes(count * (count + 1) // 2)
    assert offer.largest == kes(count)
