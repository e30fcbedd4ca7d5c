"""
What happened at the door: attempts and talks, interviews and assessments; never refused for coming at the wrong time.
"""

from __future__ import annotations

import datetime as dt
from datetime import time

import attrs
import pytest

from overdue_visit.case.acts.requests import NothingToOverride, OverrideAssessment
from overdue_visit.case.acts.visits import RecordAttempt, RecordVisit
from overdue_visit.case.assessment import assess
from overdue_visit.case.talking import KEPT, Assessment, Talks
from overdue_visit.case.talks import (
    Assessed,
    AssessmentOverridden,
    FeedbackRecorded,
    InterviewRecorded,
    RequestRecorded,
    TalkHeld,
    TalkNoted,
    VisitAttempted,
    WordsRecorded,
)
from overdue_visit.case.upkeep import IrregularityNoted
from overdue_visit.errors import InvalidValue
from overdue_visit.instants import local
from overdue_visit.interview import (
    Ability,
    Asked,
    Feedback,
    Finding,
    FindingStatus,
    Interview,
    RequestKind,
    Willingness,
)
from overdue_visit.lifecycle import CaseState
from overdue_visit.money import Money
from overdue_visit.party.budget import HouseholdBudget
from overdue_visit.party.contact import Contact, Direction, SlotState
from overdue_visit.visit import AttemptResult, Met, Purpose
from tests.case.builders import (
    NAIROBI,
    STATES,
    VILLAGE,
    budget,
    day,
    interview,
    kes,
    monthly,
    notified,
    overdue,
    planned,
    policy,
    visited,
)
from tests.case.test_appointments import appoint


def visit(**more):
    """
    Return a visit at home.
    """
    return RecordVisit(**{"met": "borrower", "interview": interview(), **more})


def test_a_talk_verifies_the_situation():
    """
    Practice: the visit verifies on the spot what happened and what is possible; then the case counts as visited.
    """
    story = notified()
    story.do(appoint(day(9)))

    facts = story.do(visit(), on=day(9), at=time(15))

    assert [fact.kind for fact in facts] == ["talk_held", "appointment_kept", "interview_recorded", "assessed"]
    assert facts[0] == TalkHeld(
        met=Met.BORROWER,
        channel="visit",
        purpose=Purpose.VERIFY,
        days_past_due=9,
        officers=("officer:7",),
        appointment=6,
    )
    assert story.case.state is CaseState.VISITED
    assert facts[3] == Assessed(
        ability=Ability.OVER_TIME,
        willingness=Willingness.WILLING,
        reason="income_lost",
        verified=False,
        capacity=kes(40),
        recommended=("affordability", "propose_plan"),
    )
    found = Assessment(on=day(9), **attrs.asdict(facts[3], recurse=False))
    assert story.case.talks == Talks(held=1, last_on=day(9), assessments=(found,))
    assert story.is_sound()


@pytest.mark.parametrize("channel", ["branch", "phone", "video"])
def test_a_talk_by_another_accepted_channel_verifies_as_well(channel):
    """
    Practice: talks by phone, video or at the branch stand under the same rules and record.
    """
    story = overdue()

    story.do(visit(channel=channel))

    assert story.case.state is CaseState.VISITED
    assert story.case.upkeep.irregularities == ()


def test_a_talk_by_message_is_only_noted():
    """
    Practice: written messages alone verify too little: the talk is noted and the case stays where it is.
    """
    story = notified()

    facts = story.do(visit(channel="message"))

    assert facts[0] == TalkNoted(met=Met.BORROWER, channel="message", days_past_due=7)
    assert story.case.state is CaseState.NOTIFIED
    assert story.case.talks.held == 0


@pytest.mark.parametrize("state", STATES)
def test_a_talk_that_happened_is_recorded_in_every_state(state):
    """
    What happened cannot be refused; it moves only a case that had not been visited yet.
    """
    story = STATES[state]()

    story.do(visit(channel="branch"), on=max(story.on, day(10)))

    expected = "visited" if state in ("overdue", "notified") else state
    assert story.case.state == expected
    assert story.is_sound()


def test_a_visit_on_the_fifth_day_is_recorded_with_its_irregularity():
    """
    Practice: a visit before the seventh day should not have been; that it was is written down and reviewed.
    """
    story = overdue(day(5))

    facts = story.do(visit())

    assert facts[0].days_past_due == 5
    assert IrregularityNoted(code="before_first_visit_day", about=2) in facts
    assert story.case.state is CaseState.VISITED
    assert story.steps()["review_irregularity"].since == day(5)


def test_grace_counts_for_irregularities_as_for_appointments():
    """
    With three days of grace a visit on day 8 comes before the first day of visits.
    """
    story = overdue(day(8), rules=policy(grace_days=3))

    facts = story.do(visit())

    assert IrregularityNoted(code="before_first_visit_day", about=2) in facts


@pytest.mark.parametrize(
    ("when", "irregular"), [(time(7, 59), True), (time(8), False), (time(19, 59), False), (time(20), True)]
)
def test_a_talk_outside_the_hours_is_irregular(when, irregular):
    """
    Practice: contact hours are respected; a call at night that happened is named.
    """
    story = overdue()

    facts = story.do(visit(channel="phone"), at=when)

    assert (IrregularityNoted(code="outside_contact_hours", about=2) in facts) is irregular


def test_whoever_comes_to_the_branch_sets_the_hour():
    """
    A talk at the branch is at the borrower's own time.
    """
    assert not [f for f in overdue().do(visit(channel="branch"), at=time(21)) if f.kind == "irregularity_noted"]


def test_a_visit_nobody_announced_is_irregular():
    """
    Practice: an unannounced visit frightens; one that happened is reviewed, whatever came of it.
    """
    for act in (visit(), RecordAttempt(result="nobody_home")):
        assert IrregularityNoted(code="unannounced_visit", about=2) in overdue().do(act)


def test_where_policy_allows_unannounced_visits_they_are_regular():
    """
    A lender whose policy asks for no reason has nothing to review.
    """
    story = overdue(rules=policy(visits__unannounced_needs_reason=False))

    story.do(visit())

    assert story.case.upkeep.irregularities == ()


def test_a_visit_on_another_day_than_appointed_is_unannounced():
    """
    Announced for the ninth day, the officer came on the tenth: nobody expected it.
    """
    story = notified()
    story.do(appoint(day(9)))

    facts = story.do(visit(), on=day(10))

    assert [fact.code for fact in facts if fact.kind == "irregularity_noted"] == ["unannounced_visit"]


@pytest.mark.parametrize("result", AttemptResult)
def test_an_attempt_is_written_down_with_its_result(result):
    """
    Practice: nobody at home, moved away, refused, unsafe: each is written down and counted.
    """
    story = notified()

    facts = story.do(RecordAttempt(result=result.value))

    assert facts[0] == VisitAttempted(result=result, channel="visit", days_past_due=7)
    assert (story.case.talks.attempts, story.case.talks.last_attempt) == (1, day(7))
    assert story.case.talks.last_result is result
    assert story.case.state is CaseState.NOTIFIED


def test_a_talk_ends_the_attempts_in_a_row():
    """
    After a talk the count begins anew.
    """
    story = notified()
    for number in (9, 12):
        story.do(RecordAttempt(result="nobody_home"), on=day(number))

    story.do(visit(channel="branch"), on=day(13))

    assert (story.case.talks.attempts, story.case.talks.last_attempt, story.case.talks.last_result) == (0, None, None)


def test_an_attempt_after_the_talk_of_the_day_counts():
    """
    In the morning there was a talk at the branch, in the afternoon nobody was at home: one attempt.
    """
    story = notified()
    story.do(visit(channel="branch"), on=day(9), at=time(9))

    story.do(RecordAttempt(result="nobody_home"), at=time(15))

    assert (story.case.talks.attempted, story.case.talks.last_on) == ((day(9),), day(9))


def test_the_later_attempt_of_a_day_tells_the_result():
    """
    Nobody home in the morning, refused in the afternoon: refused is where it stands.
    """
    story = notified()
    story.do(RecordAttempt(result="nobody_home"), on=day(9), at=time(9))

    story.do(RecordAttempt(result="refused"), at=time(15))

    assert (story.case.talks.attempts, story.case.talks.last_result) == (2, AttemptResult.REFUSED)


def test_a_call_that_nobody_takes_is_no_closed_door():
    """
    Only who went there has tried: calls in vain make nobody unreachable.
    """
    story = notified()

    (fact, *_) = story.do(RecordAttempt(result="nobody_home", channel="phone"), on=day(9))

    assert fact == VisitAttempted(result=AttemptResult.NOBODY_HOME, channel="phone", days_past_due=9)
    assert (story.case.talks.attempted, story.case.talks.last_result) == ((), None)


def at(number, hour):
    """
    Return an instant of a day past due in Nairobi.
    """
    return local(day(number), time(hour), NAIROBI)


def test_a_talk_written_down_after_a_later_one_leaves_the_last_talk_where_it_was():
    """
    Papers from the field come late: the last talk stays the latest day, and an attempt of the day itself is over.
    """
    story = notified()
    story.do(RecordAttempt(result="nobody_home", at=at(9, 11)), on=day(10))
    story.do(visit(channel="branch"), on=day(13))

    story.do(visit(channel="branch", at=at(9, 15)), on=day(14))

    assert story.case.talks.last_on == day(13)
    assert (story.case.talks.held, story.case.talks.attempts) == (2, 0)
    assert (story.case.state_since, story.case.recorded_at) == (day(13), story.now)


def test_an_attempt_written_down_after_a_later_talk_does_not_count():
    """
    Papers from the field come late: the attempt was before the talk, so nobody is unreachable.
    """
    story = notified()
    story.do(visit(channel="branch"), on=day(13))

    story.do(RecordAttempt(result="nobody_home", at=at(9, 11)), on=day(14))

    assert (story.case.talks.attempts, story.case.talks.last_on) == (0, day(13))


def test_a_talk_written_down_late_ends_only_the_attempts_before_it():
    """
    A talk of the tenth, written down after an attempt on the twelfth, leaves that one attempt standing.
    """
    story = notified()
    story.do(RecordAttempt(result="nobody_home"), on=day(9))
    story.do(RecordAttempt(result="unsafe"), on=day(12))

    story.do(visit(channel="branch", at=at(10, 11)), on=day(14))

    assert (story.case.talks.attempts, story.case.talks.last_attempt) == (1, day(12))
    assert (story.case.talks.last_on, story.case.talks.last_result) == (day(10), AttemptResult.UNSAFE)


def test_an_earlier_talk_written_down_late_does_not_become_the_latest():
    """
    The latest talk and the latest assessment go by the day they happened, not by when they were written down.
    """
    story = visited(day(12))

    story.do(visit(channel="phone", at=at(8, 11), interview=interview(reason="forgot", budget=None)), on=day(13))

    assert story.case.talks.last_on == day(12)
    assert story.case.talks.assessment.reason == "income_lost"
    assert [each.on for each in story.case.talks.assessments] == [day(8), day(12)]


def test_an_attempt_written_down_late_takes_its_place():
    """
    Attempts are counted by their days.
    """
    story = notified()
    story.do(RecordAttempt(result="refused"), on=day(12))

    (fact, *_) = story.do(RecordAttempt(result="nobody_home", at=at(9, 11)), on=day(13))

    assert fact == VisitAttempted(result=AttemptResult.NOBODY_HOME, channel="visit", days_past_due=9)
    assert story.case.talks.attempted == (day(9), day(12))
    assert story.case.talks.last_result is AttemptResult.REFUSED


def test_what_happened_carries_its_own_day():
    """
    The header says when it happened and when it was written down; the fact belongs to the day it happened.
    """
    story = notified()

    story.do(visit(channel="phone", at=at(8, 11)), on=day(10))

    header = story.entries[-1].header
    assert (header.at, header.on, header.recorded_at) == (at(8, 11), day(8), story.now)


def test_the_day_is_the_lenders_calendar_day():
    """
    An hour after midnight in Nairobi is still the day before in UTC; the lender's day counts.
    """
    story = notified()
    early = dt.datetime(2026, 3, 9, 22, 30, tzinfo=dt.UTC)

    (held, *_) = story.do(visit(channel="branch", at=early), on=day(10))

    assert story.case.talks.last_on == day(9)
    assert held.days_past_due == 9


@pytest.mark.parametrize(
    ("field", "value", "build"),
    [
        ("met", "neighbour", lambda: visit(met="neighbour")),
        ("channel", "pigeon", lambda: visit(channel="pigeon")),
        ("interview", "dict", lambda: visit(interview={"reason": "forgot"})),
        ("at", dt.datetime(2026, 3, 8, 9), lambda: visit(at=dt.datetime(2026, 3, 8, 9))),
        ("officers", "", lambda: visit(officers=("officer:7", ""))),
        ("result", "nobody", lambda: RecordAttempt(result="nobody")),
        ("channel", "sms", lambda: RecordAttempt(result="unsafe", channel="sms")),
    ],
)
def test_a_malformed_record_names_its_field(field, value, build):
    """
    Whom, how and when are refused by name and value where they are malformed.
    """
    with pytest.raises(InvalidValue) as refusal:
        build()

    assert (refusal.value.field, refusal.value.value) == (field, value)


def test_a_single_officer_may_be_given_as_a_text():
    """
    One id is one officer, not as many officers as it has letters.
    """
    assert visit(officers="officer:9").officers == ("officer:9",)


def test_nothing_is_recorded_before_it_happened():
    """
    A talk of tomorrow is malformed.
    """
    assert overdue().refuses(InvalidValue, visit(at=at(8, 9))).field == "at"


def test_a_budget_in_another_currency_is_refused():
    """
    The household's month is counted in the loan's currency.
    """
    foreign = HouseholdBudget(income=Money("90", "UGX"), necessary=Money("50", "UGX"))

    assert overdue().refuses(InvalidValue, visit(interview=interview(budget=foreign))).field == "budget"


def test_stated_and_verified_reason_are_kept_apart():
    """
    Practice: the visit verifies the true reason; what was stated and what was found are both kept.
    """
    story = overdue()
    findings = (
        Finding(topic="income", status=FindingStatus.VERIFIED, how="payslip_seen", by="officer:7"),
        Finding(topic="household", status=FindingStatus.CONTRADICTED, how="neighbours_asked"),
        Finding(topic="other_debts", status=FindingStatus.NOT_CHECKED),
    )

    facts = story.talk(reason="forgot", verified_reason="income_down", findings=findings)

    assert facts[1] == InterviewRecorded(
        reason="forgot", verified_reason="income_down", willing=True, findings=findings, budget=budget()
    )
    assert (story.case.talks.assessment.reason, story.case.talks.assessment.verified) == ("income_down", True)


def test_ability_and_willingness_are_assessed_apart():
    """
    Practice: credit is the ability and the willingness to repay, each judged on its own, as a series.
    """
    story = overdue()
    story.talk(willing=False)
    story.talk(willing=True, budget=budget(income="50"))

    series = [(each.ability, each.willingness) for each in story.case.talks.assessments]

    assert series == [(Ability.OVER_TIME, Willingness.UNWILLING), (Ability.NONE, Willingness.WILLING)]


def test_the_series_keeps_the_latest_assessments():
    """
    The record has every assessment, the case the latest few.
    """
    story = overdue()
    for _ in range(KEPT + 2):
        story.talk()

    assert len(story.case.talks.assessments) == KEPT


@pytest.mark.parametrize(
    ("found", "arrears", "coming", "ability"),
    [
        (None, "120", "0", Ability.UNKNOWN),
        (budget(income="50"), "120", "0", Ability.NONE),
        (budget(income="40"), "120", "0", Ability.NONE),
        (budget(), "120", "0", Ability.OVER_TIME),
        (budget(income="170"), "120", "0", Ability.NOW),
        (budget(income="169.99"), "120", "0", Ability.OVER_TIME),
        (budget(income="170"), "120", "0.01", Ability.OVER_TIME),
        (budget(income="180"), "120", "10", Ability.NOW),
    ],
)
def test_ability_follows_from_the_budget_alone(found, arrears, coming, ability):
    """
    Practice: what the household can pay is income less necessary spending, beside its running instalments.
    """
    assessed = assess(interview(budget=found), kes(arrears), VILLAGE, coming=kes(coming))

    assert assessed.ability is ability
    assert assessed.capacity == (found.capacity if found else None)


@pytest.mark.parametrize(
    ("willing", "expected"),
    [(None, Willingness.UNKNOWN), (True, Willingness.WILLING), (False, Willingness.UNWILLING)],
)
def test_willingness_is_what_the_officer_found(willing, expected):
    """
    Willingness is a finding, and may stay open.
    """
    assert assess(interview(willing=willing), kes(120), VILLAGE).willingness is expected


@pytest.mark.parametrize(
    ("reason", "steps"),
    [
        ("forgot", ("pay_now", "remind")),
        ("poor_management", ("budget_talk", "education", "another_due_day")),
        ("income_lost", ("affordability", "propose_plan")),
        ("disputed", ("answer_request",)),
        ("refuses", ("talk", "escalation_review")),
        ("fraud", ("escalate",)),
        ("other:locusts", ("affordability", "talk")),
        ("aliens", ("talk",)),
    ],
)
def test_the_reason_leads_to_next_steps(reason, steps):
    """
    Practice: forgot leads to paying now, poor management to a budget talk, economic pressure to a plan.
    """
    assert assess(Interview(reason=reason), kes(120), VILLAGE).recommended == steps


@pytest.mark.parametrize(
    ("reason", "steps"),
    [
        ("income_lost", ("pay_now",)),
        ("forgot", ("pay_now", "remind")),
        ("disputed", ("pay_now", "answer_request")),
    ],
)
def test_who_can_and_wants_to_pay_needs_no_plan(reason, steps):
    """
    Practice: a borrower who is able now and willing pays now, whatever the reason was; what else it asks for stays.
    """
    assessed = assess(interview(reason=reason, budget=budget(income="200")), kes(120), VILLAGE)

    assert assessed.recommended == steps


def test_who_can_and_does_not_want_to_keeps_the_reasons_steps():
    """
    Ability alone changes nothing about what the reason calls for.
    """
    assessed = assess(interview(budget=budget(income="200"), willing=False), kes(120), VILLAGE)

    assert assessed.recommended == ("affordability", "propose_plan")


def test_running_instalments_are_counted_before_paying_now_is_asked():
    """
    A household that could pay the arrears only by missing the next instalment is not able now.
    """
    story = overdue(ledger=monthly(2))

    story.talk(budget=budget(income="200"))

    assert story.case.talks.assessment.ability is Ability.OVER_TIME


def test_the_borrowers_own_words_are_recorded_apart():
    """
    Practice: the borrower's own words are kept, as personal content that can be erased.
    """
    facts = overdue().talk(own_words="The harvest failed and my son is ill.")

    words = [fact for fact in facts if isinstance(fact, WordsRecorded)]
    assert words == [WordsRecorded(topic="own_words", text="The harvest failed and my son is ill.")]
    assert WordsRecorded.private == ("text",)
    assert InterviewRecorded.private == ("budget",)


def test_feedback_on_the_talk_is_recorded():
    """
    Practice: after each talk the borrower can say how it was: a score, and words apart.
    """
    facts = overdue().talk(feedback=Feedback(score=4, words="They listened."))

    assert FeedbackRecorded(score=4) in facts
    assert WordsRecorded(topic="feedback", text="They listened.") in facts


def test_needs_and_complaints_get_a_day_for_their_answer():
    """
    Practice: needs, complaints and requests of a talk are captured and answered by a date.
    """
    story = overdue()
    asked = (Asked(kind=RequestKind.COMPLAINT, words="Called at work."), Asked(kind=RequestKind.NEED))

    facts = story.talk(asked=asked)

    requests = [fact for fact in facts if isinstance(fact, RequestRecorded)]
    assert requests == [
        RequestRecorded(request=RequestKind.COMPLAINT, answer_by=day(22)),
        RequestRecorded(request=RequestKind.NEED, answer_by=day(21)),
    ]
    assert [each.kind for each in story.case.talks.requests] == [RequestKind.COMPLAINT, RequestKind.NEED]
    assert WordsRecorded(topic="request", text="Called at work.") in facts


def test_an_assessment_can_be_overridden_with_a_reason():
    """
    Practice: who knows better than the rules says so and why; reason and capacity stay as found.
    """
    story = visited()

    facts = story.do(
        OverrideAssessment(because="harvest_in_june", ability="none", recommended=("talk",), words="Ask in June."),
        on=day(9),
    )

    assert facts == [
        AssessmentOverridden(
            ability=Ability.NONE, willingness=Willingness.WILLING, recommended=("talk",), because="harvest_in_june"
        ),
        WordsRecorded(topic="override", text="Ask in June."),
    ]
    latest = story.case.talks.assessment
    assert (latest.ability, latest.overridden, latest.on) == (Ability.NONE, True, day(9))
    assert (latest.reason, latest.capacity) == ("income_lost", kes(40))
    assert [each.overridden for each in story.case.talks.assessments] == [False, True]


def test_what_is_not_overridden_stays():
    """
    An override of one thing leaves the others as the rules found them.
    """
    story = visited()
    before = story.case.talks.assessment

    story.do(OverrideAssessment(because="second_look", willingness=Willingness.UNWILLING))

    assert story.case.talks.assessment == attrs.evolve(before, willingness=Willingness.UNWILLING, overridden=True)


def test_without_an_assessment_there_is_nothing_to_override():
    """
    A talk comes first.
    """
    overdue().refuses(NothingToOverride, OverrideAssessment(because="second_look"))


@pytest.mark.parametrize(
    ("field", "given"),
    [
        ("because", {"because": "I know better"}),
        ("recommended", {"because": "second_look", "recommended": ("seize_the_goat",)}),
        ("recommended", {"because": "second_look", "recommended": "talk"}),
    ],
)
def test_a_malformed_override_names_its_field(field, given):
    """
    A step that nobody can take must not be recommended.
    """
    assert visited().refuses(InvalidValue, OverrideAssessment(**given)).field == field


@pytest.mark.parametrize(("field", "value"), [("ability", "perhaps"), ("willingness", "sometimes")])
def test_an_override_knows_the_scales(field, value):
    """
    Ability and willingness have their few values.
    """
    with pytest.raises(InvalidValue) as refusal:
        OverrideAssessment(because="second_look", **{field: value})

    assert (refusal.value.field, refusal.value.value) == (field, value)


def test_a_return_visit_is_a_talk_for_another_purpose():
    """
    Practice: regular return visits while a plan runs: the talk is recorded, and the plan goes on.
    """
    story = planned()

    (held, *_) = story.do(visit(channel="phone"), on=day(30))

    assert held.purpose is Purpose.RETURN
    assert story.case.state is CaseState.PLAN_AGREED


def test_two_officers_are_named():
    """
    Practice: whether one officer goes or two is policy; who was there is recorded.
    """
    (held, *_) = overdue().do(visit(channel="branch", officers=("officer:7", "officer:9")))

    assert held.officers == ("officer:7", "officer:9")


def test_a_second_contact_on_a_day_is_irregular():
    """
    Practice: limits cannot be bypassed by accident: a call after the day's one message is named.
    """
    story = overdue()
    story.contacts = (
        Contact(
            at=story.now - dt.timedelta(hours=1),
            channel="sms",
            direction=Direction.OUTBOUND,
            purpose="reminder",
            state=SlotState.USED,
            case="ke-002/1",
        ),
    )

    assert IrregularityNoted(code="too_many_contacts", about=2) in story.do(visit(channel="phone"))
    assert "too_many_contacts" not in [getattr(fact, "code", None) for fact in story.do(visit(channel="branch"))]


def test_a_talk_from_before_these_arrears_is_named():
    """
    A talk that was held before the loan fell behind this time says nothing about it, and somebody looks at it.
    """
    story = overdue()

    facts = story.do(visit(channel="phone", at=at(-3, 11)))

    assert IrregularityNoted(code="before_these_arrears", about=2) in facts
