"""
Observing the ledger: a case opens, recovers, falls behind again, earns its standing back, and ends.
"""

from __future__ import annotations

from datetime import date, timedelta

import attrs
import pytest

from overdue_visit.arrears import AgeingConvention, Tolerance
from overdue_visit.case.acts.delivery import WithholdNotice
from overdue_visit.case.acts.notices import SendNotice
from overdue_visit.case.acts.requests import AnswerRequest, RecordRequest
from overdue_visit.case.acts.upkeep import ReviewConsequence, ReviewIrregularity
from overdue_visit.case.acts.visits import RecordAttempt
from overdue_visit.case.judgement import judge
from overdue_visit.case.observation import (
    BookMismatchFound,
    CaseOpened,
    LedgerObserved,
    Mismatch,
    RelapseCause,
    Relapsed,
)
from overdue_visit.case.observing import differences, opening
from overdue_visit.case.standing import Recovered, Standing, StandingRestored
from overdue_visit.case.upkeep import CaseClosed, CloseReason, Concern, ConsequenceQuestioned
from overdue_visit.lifecycle import CaseState
from overdue_visit.loan import Component, ComponentAmount, Instalment, LoanStatus, StatedArrears
from tests.case.builders import (
    DUE,
    STATES,
    VILLAGE,
    Story,
    day,
    escalated,
    kes,
    loan,
    monthly,
    overdue,
    policy,
    recovered,
)

GRACE = attrs.evolve(VILLAGE, ageing=AgeingConvention(name="grace", grace_days=3))


def kinds(facts):
    """
    Return the kinds of facts.
    """
    return [fact.kind for fact in facts]


def test_a_case_opens_on_the_first_day_past_due():
    """
    Practice: overdue means not repaid within the agreed time; the due day itself is still in time.
    """
    story = Story(loan())

    assert story.observe(DUE) == []
    (opened,) = story.observe(day(1))

    assert isinstance(opened, CaseOpened)
    assert (opened.loan, opened.party, opened.episode) == ("ke-001", "b-17", 1)
    assert (opened.days_past_due, opened.convention) == (1, "village")
    assert (story.case.id, story.case.state, story.case.opened_on) == ("ke-001/1", CaseState.OVERDUE, day(1))
    assert story.case.behind


def test_no_case_opens_for_a_loan_that_is_no_longer_the_lenders():
    """
    A loan that was sold, settled or written off opens no case, whatever is unpaid.
    """
    for status in (LoanStatus.SOLD, LoanStatus.SETTLED, LoanStatus.WRITTEN_OFF):
        ended = loan(status=status)

        assert opening(ended, judge(ended, None, VILLAGE, day(7)), VILLAGE, episode=1) is None


def test_the_position_says_what_is_in_arrears_by_component():
    """
    Practice: what is owed is told by component, so that nobody takes interest for principal.
    """
    parts = {Component.INTEREST: kes(20), Component.PRINCIPAL: kes(100)}
    ledger = attrs.evolve(
        loan(),
        versions=(
            attrs.evolve(loan().versions[0], instalments=(Instalment(DUE, kes(120), number=1, components=parts),)),
        ),
    ).pay(kes(15), on=day(2), ref="m-1")

    position = overdue(ledger=ledger).case.observation.position

    assert (position.oldest_due, position.arrears, position.paid) == (DUE, kes(105), kes(15))
    assert position.by_component == (
        ComponentAmount(Component.INTEREST, kes(5)),
        ComponentAmount(Component.PRINCIPAL, kes(100)),
    )
    assert (position.bucket, position.next_due, position.coming) == ("7-30", None, kes(0))


def test_the_heaviest_month_ahead_is_kept_for_plans():
    """
    Two running instalments of one month ahead count together: they bound what is left for a plan.
    """
    ledger = loan((date(2026, 4, 1), "10"), (date(2026, 4, 15), "30"), (date(2026, 5, 1), "25"))

    position = overdue(ledger=ledger).case.observation.position

    assert (position.coming, position.next_due) == (kes(40), date(2026, 4, 1))


def test_the_same_ledger_twice_yields_nothing():
    """
    A second look on the same day finds no difference.
    """
    story = overdue()

    assert story.observe() == []
    assert story.observe() == []


def test_a_part_payment_changes_the_position_alone():
    """
    A payment that does not clear the arrears is observed; the case stays where it is.
    """
    story = overdue()

    (seen,) = story.pay("50", day(8))

    assert isinstance(seen, LedgerObserved)
    assert (seen.days_past_due, seen.position.arrears) == (8, kes(70))
    assert story.case.state is CaseState.OVERDUE
    assert story.case.observation.seen_on == day(8)


def test_paying_the_oldest_instalment_counts_the_days_from_the_next():
    """
    Once the oldest instalment is paid the days past due count from the next unpaid one: re-anchoring.
    """
    story = overdue(day(37), ledger=monthly(2))
    assert story.case.observation.position.bucket == "31-60"

    (seen,) = story.pay("120", day(37))

    assert (seen.days_past_due, seen.position.oldest_due) == (6, date(2026, 4, 1))
    assert (seen.position.arrears, seen.position.bucket) == (kes(120), "1-6")
    assert story.case.state is CaseState.OVERDUE


@pytest.mark.parametrize("state", ["overdue", "notified", "visited", "plan_agreed"])
def test_a_case_recovers_when_the_arrears_are_cleared_at_any_point(state):
    """
    Practice: arrears cleared at any point mean recovered, with no letter, visit or plan needed first.
    """
    story = STATES[state]()

    facts = story.pay("120", day(10))

    assert Recovered(cleared_due=DUE) in facts
    assert story.case.state is CaseState.RECOVERED
    assert not story.case.behind
    assert story.case.standing == Standing(recovered_on=day(10), cleared_due=DUE, restored_on=None, recoveries=1)
    assert story.is_sound()


def test_recovery_of_an_escalated_case_questions_the_escalation():
    """
    Arrears cleared while somebody else has the case: it recovers, and whether the escalation stands is to be reviewed.
    """
    story = escalated()

    facts = story.pay("120", day(10))

    assert ConsequenceQuestioned(code="escalated") in facts
    assert story.case.state is CaseState.RECOVERED
    number = story.case.version
    assert story.case.upkeep.in_doubt == (Concern(number=number, code="escalated", about=None, since=day(10)),)
    assert story.observe() == []


def test_an_overpayment_recovers_as_well():
    """
    More than is owed clears the arrears too.
    """
    story = overdue()

    story.pay("200", day(8))

    assert story.case.state is CaseState.RECOVERED


def test_a_reversal_brings_back_the_original_due_date():
    """
    A payment taken back leaves the loan as late as if it had never come: the original due date counts.
    """
    story = recovered(day(10))

    facts = story.reverse("m-1", day(40))

    assert Relapsed(cause=RelapseCause.REVERSAL, since=DUE) in facts
    assert story.case.state is CaseState.OVERDUE
    assert (story.case.observation.behind_since, story.case.observation.spells) == (day(40), 2)
    assert judge(story.ledger, story.case, VILLAGE, day(40)).days_past_due == 40
    assert story.case.episode == 1


def test_a_later_instalment_missed_is_a_relapse_of_its_own():
    """
    A recovered loan that misses a later instalment relapses since that instalment's due date.
    """
    story = overdue(ledger=monthly(3))
    story.pay("120", day(10))

    facts = story.through(date(2026, 4, 2))

    assert facts[-1] == Relapsed(cause=RelapseCause.MISSED, since=date(2026, 4, 1))
    assert story.on == date(2026, 4, 2)


def test_an_instalment_in_its_grace_when_the_case_recovered_is_no_reversal():
    """
    What was due but not late on the day of recovery, and is missed afterwards, is a later miss.
    """
    ledger = loan((day(9), "60"))
    story = overdue(ledger=ledger, rules=GRACE)
    story.pay("120", day(10))
    assert story.case.state is CaseState.RECOVERED

    facts = story.through(day(13))

    assert facts[-1] == Relapsed(cause=RelapseCause.MISSED, since=day(9))


def test_where_the_due_day_counts_a_reversal_on_the_day_of_recovery_is_one():
    """
    An instalment paid on its due day, where that day counts as late, had been late: taken back it is a reversal.
    """
    rules = attrs.evolve(VILLAGE, ageing=AgeingConvention(name="due day", due_day_counts=1))
    story = overdue(day(0), rules=rules)
    story.pay("120", day(0))

    facts = story.reverse("m-1", day(3))

    assert facts[-1] == Relapsed(cause=RelapseCause.REVERSAL, since=DUE)


def test_a_payment_booked_late_counts_from_its_value_date():
    """
    A backdated payment clears the arrears on the night it is seen, as if it had been there.
    """
    story = overdue(day(12))

    facts = story.pay("120", day(5), booked=day(13))

    assert kinds(facts) == ["ledger_observed", "recovered"]
    assert story.case.standing.recovered_on == day(13)


def test_standing_is_restored_after_enough_instalments_in_a_row():
    """
    Practice: so many instalments kept in a row, then "standing restored", a fact that lending can use.
    """
    story = overdue(ledger=monthly(6))
    story.pay("120", day(10))
    for month in (4, 5):
        assert StandingRestored.kind not in kinds(story.pay("120", date(2026, month, 1)))

    facts = story.pay("120", date(2026, 6, 1))

    assert StandingRestored(instalments_kept=3) in facts
    assert story.case.standing.restored_on == date(2026, 6, 1)
    assert story.case.state is CaseState.RECOVERED


def test_an_instalment_paid_late_on_probation_starts_the_count_anew():
    """
    A payment later than the tolerance breaks the row; those before it do not count any more.
    """
    rules = attrs.evolve(GRACE, ageing=AgeingConvention(name="grace", grace_days=9))
    story = overdue(day(12), ledger=monthly(6), rules=rules)
    story.pay("120", day(14))
    story.pay("120", date(2026, 4, 1))
    story.pay("120", date(2026, 5, 6))
    story.pay("120", date(2026, 6, 1))

    assert judge(story.ledger, story.case, rules, date(2026, 6, 1)).kept_in_a_row == 1
    assert story.case.standing.restored_on is None


@pytest.mark.parametrize(("paid", "kept"), [(date(2026, 5, 4), 3), (date(2026, 5, 5), 1)])
def test_the_last_day_of_tolerance_keeps_the_row(paid, kept):
    """
    A payment on the last day of tolerance is kept, as April's and June's are; a day later it begins the row anew.
    """
    rules = attrs.evolve(GRACE, ageing=AgeingConvention(name="grace", grace_days=9))
    story = overdue(day(12), ledger=monthly(6), rules=rules)
    story.pay("120", day(14))
    story.pay("120", date(2026, 4, 1))
    story.pay("120", paid)
    story.pay("120", date(2026, 6, 1))

    assert judge(story.ledger, story.case, rules, date(2026, 6, 1)).kept_in_a_row == kept


@pytest.mark.parametrize(("on", "kept"), [(date(2026, 5, 4), 1), (date(2026, 5, 5), 0)])
def test_an_unpaid_instalment_breaks_the_row_after_its_tolerance(on, kept):
    """
    Through the last day of tolerance an unpaid instalment leaves the row as it is; a day later it ends it.
    """
    rules = attrs.evolve(GRACE, ageing=AgeingConvention(name="grace", grace_days=9))
    story = overdue(day(12), ledger=monthly(6), rules=rules)
    story.pay("120", day(14))
    story.pay("120", date(2026, 4, 1))

    assert judge(story.ledger, story.case, rules, on).kept_in_a_row == kept


def test_an_instalment_due_on_the_day_of_recovery_is_not_of_the_row():
    """
    Whoever clears the arrears together with the instalment of that day begins the row with the next one.
    """
    story = overdue(ledger=monthly(6))
    story.pay("240", date(2026, 4, 1))
    story.pay("120", date(2026, 5, 1))

    assert story.case.standing.recovered_on == date(2026, 4, 1)
    assert judge(story.ledger, story.case, story.rules, date(2026, 5, 1)).kept_in_a_row == 1


def test_an_instalment_still_within_its_tolerance_does_not_break_the_row():
    """
    On the due day and the tolerance days after it an unpaid instalment is not judged yet.
    """
    rules = attrs.evolve(GRACE, ageing=AgeingConvention(name="grace", grace_days=3))
    story = overdue(ledger=monthly(6), rules=rules)
    story.pay("120", day(8))
    story.pay("120", date(2026, 4, 1))
    story.observe(date(2026, 5, 3))

    assert judge(story.ledger, story.case, rules, date(2026, 5, 3)).kept_in_a_row == 1


def test_an_instalment_paid_ahead_counts_on_its_due_day():
    """
    Prepaid instalments count as kept once their day has come, though no money moves on it.
    """
    story = overdue(ledger=monthly(5))
    story.pay("120", day(10))
    story.pay("360", day(20))

    facts = story.through(date(2026, 6, 1))

    assert StandingRestored(instalments_kept=3) in facts
    assert story.case.standing.restored_on == date(2026, 6, 1)


def test_a_healthy_case_closes_by_itself():
    """
    Practice: a recovered case that has been healthy long enough is closed: 90 days after standing was restored.
    """
    story = overdue(ledger=monthly(12))
    story.pay("120", day(10))
    for month in range(4, 12):
        story.pay("120", date(2026, month, 1))
        if not story.case.open:
            break

    assert story.case.standing.restored_on == date(2026, 6, 1)
    assert story.entries[-1].fact == CaseClosed(reason=CloseReason.HEALTHY)
    assert story.case.upkeep.closed_on == date(2026, 9, 1)


def test_ninety_days_of_health_are_ninety_days():
    """
    The case closes on the ninetieth day after restoration and not a day earlier.
    """
    story = overdue(ledger=monthly(12))
    story.pay("120", day(10))
    story.pay("960", day(11))
    story.through(date(2026, 6, 1))
    assert story.case.standing.restored_on == date(2026, 6, 1)

    story.observe(date(2026, 6, 1) + timedelta(days=89))
    assert story.case.open
    story.observe(date(2026, 6, 1) + timedelta(days=90))

    assert story.case.upkeep.close_reason is CloseReason.HEALTHY


def test_a_paid_off_loan_closes_after_the_wait_for_a_reversal():
    """
    A loan that is paid off waits two weeks, in which a cheque may come back, and then closes.
    """
    story = recovered(day(10))

    story.through(day(23))
    assert story.case.open
    facts = story.observe(day(24))

    assert facts == [CaseClosed(reason=CloseReason.PAID_OFF)]


@pytest.mark.parametrize(
    ("status", "reason"),
    [
        (LoanStatus.SETTLED, CloseReason.SETTLED),
        (LoanStatus.WRITTEN_OFF, CloseReason.WRITTEN_OFF),
        (LoanStatus.SOLD, CloseReason.SOLD),
    ],
)
@pytest.mark.parametrize("state", STATES)
def test_a_loan_that_ends_in_the_ledger_closes_its_case(state, status, reason):
    """
    When the ledger settles, writes off or sells the loan, the case is over, whatever its state.
    """
    story = STATES[state]()

    facts = story.observe(day(12), attrs.evolve(story.ledger, status=status, status_on=day(12)))

    assert facts[-1] == CaseClosed(reason=reason)
    assert story.case.upkeep.closed_on == day(12)
    assert story.is_sound()


def test_a_status_of_a_later_day_does_not_count_yet():
    """
    A sale that takes effect next week leaves the case open today.
    """
    story = overdue(ledger=loan(status=LoanStatus.SOLD, status_on=day(14)))

    assert story.case.open
    story.observe(day(14))
    assert story.case.upkeep.close_reason is CloseReason.SOLD


def test_a_case_waits_for_its_notices_before_it_closes():
    """
    A case does not close while a notice is under way: its outcome would be lost.
    """
    story = overdue()
    story.do(SendNotice("visit"))
    number = story.case.version
    sold = attrs.evolve(story.ledger, status=LoanStatus.SOLD, status_on=day(8))

    assert kinds(story.observe(day(8), sold)) == ["ledger_observed"]
    story.do(WithholdNotice(notice=number, rule="no_longer_due"))
    assert story.observe(day(9)) == [CaseClosed(reason=CloseReason.SOLD)]


def test_a_recovered_case_waits_for_its_notices_as_well():
    """
    A case that would be paid off long enough waits for the notice that is under way.
    """
    story = recovered(day(10))
    story.do(SendNotice("recovered"))
    number = story.case.version

    assert story.observe(day(24)) == []
    story.do(WithholdNotice(notice=number, rule="contact.attempts_a_day"))
    assert kinds(story.observe(day(25))) == ["case_closed"]


def asked():
    """
    Return a story whose household asked for something, and the act that answers it.
    """
    story = overdue()
    story.do(RecordRequest(request="question"))
    return story, AnswerRequest(request=story.case.version, answer="explained")


def irregular():
    """
    Return a story with a visit that nobody announced, and the act that reviews it.
    """
    story = overdue()
    story.do(RecordAttempt(result="nobody_home"))
    return story, ReviewIrregularity(story.case.version, decision="officer_instructed")


def doubted():
    """
    Return a story in which recovery will question the escalation, and the act that reviews it.
    """
    return escalated(), ReviewConsequence(5, decision="withdrawn")


@pytest.mark.parametrize("owing", [asked, irregular, doubted])
def test_a_recovered_case_waits_for_every_answer_and_review(owing):
    """
    A case that would be paid off long enough stays open while the household, or a supervisor, waits for somebody.
    """
    story, done = owing()
    story.pay("120", day(10))

    assert story.observe(day(24)) == []
    story.do(done)
    assert story.observe(day(25)) == [CaseClosed(reason=CloseReason.PAID_OFF)]


def test_a_loan_paid_ahead_is_not_over_before_its_last_instalment():
    """
    Everything is paid and instalments are still to come: the case waits for them, since the money may be taken back.
    """
    story = overdue(ledger=monthly(3), rules=policy(standing__reversal_wait_days=0))

    assert kinds(story.pay("360", day(10))) == ["ledger_observed", "recovered"]
    assert kinds(story.through(date(2026, 5, 1))) == ["ledger_observed", "ledger_observed", "case_closed"]
    assert story.on == date(2026, 5, 1)


def test_an_unpaid_last_instalment_in_its_grace_is_not_paid_off():
    """
    Nothing is late and nothing more falls due, and sixty shillings are still owed: the loan is not over.
    """
    rules = GRACE.with_changes({"standing.reversal_wait_days": (0, "for a test")})
    story = overdue(ledger=loan((day(9), "60")), rules=rules)

    assert kinds(story.pay("120", day(10))) == ["ledger_observed", "recovered"]


def test_where_nothing_more_falls_due_time_alone_shows_health():
    """
    A tolerated rest is still owed on a loan without instalments to come: the case closes 90 days after recovery.
    """
    small = AgeingConvention(name="tolerant", tolerance=Tolerance(amount=kes(5)))
    story = overdue(rules=attrs.evolve(VILLAGE, ageing=small))
    story.pay("117", day(10))
    assert story.case.state is CaseState.RECOVERED

    assert story.observe(day(10) + timedelta(days=89)) == []
    assert story.observe(day(10) + timedelta(days=90)) == [CaseClosed(reason=CloseReason.HEALTHY)]


def test_health_counts_from_restored_standing_and_not_from_recovery():
    """
    Ninety days after recovery the household is still on probation of six instalments: the case stays open.
    """
    story = overdue(ledger=monthly(12), rules=policy(standing__probation_instalments=6))
    story.pay("120", day(10))
    for month in (4, 5, 6):
        story.pay("120", date(2026, month, 1))

    assert story.observe(day(10) + timedelta(days=90)) == []


def test_after_the_last_instalment_health_counts_from_restored_standing():
    """
    Standing was restored with the last instalment and a fee is still owed: 90 days from then, not from recovery.
    """
    ledger = monthly(2).charge(Component.FEES, kes(5), on=day(2), ref="f-1")
    story = overdue(ledger=ledger, rules=policy(standing__probation_instalments=1))
    story.pay("120", day(10))
    story.pay("120", date(2026, 4, 1))
    assert story.case.standing.restored_on == date(2026, 4, 1)

    assert story.observe(day(10) + timedelta(days=90)) == []
    assert story.observe(date(2026, 4, 1) + timedelta(days=90)) == [CaseClosed(reason=CloseReason.HEALTHY)]


def test_a_policy_without_a_quarter_of_health_closes_with_restored_standing():
    """
    With no days of health to wait for, the look that restores standing closes the case.
    """
    rules = policy(standing__probation_instalments=0, standing__healthy_days=0)
    story = overdue(ledger=monthly(3), rules=rules)

    facts = story.pay("120", day(10))

    assert kinds(facts) == ["ledger_observed", "recovered", "standing_restored", "case_closed"]
    assert facts[-1] == CaseClosed(reason=CloseReason.HEALTHY)


def test_standing_is_restored_anew_in_every_spell():
    """
    What was restored before a relapse counts no more: a later recovery restores it on its own day.
    """
    story = overdue(ledger=monthly(12), rules=policy(standing__probation_instalments=0))
    story.pay("120", day(10))
    story.reverse("m-1", day(12))
    ledger = story.ledger.pay(kes(600), on=day(120), ref="m-2")

    facts = story.observe(day(120), ledger)

    assert kinds(facts) == ["ledger_observed", "recovered", "standing_restored"]
    assert story.case.standing == Standing(recovered_on=day(120), cleared_due=DUE, restored_on=day(120), recoveries=2)


def test_another_spell_after_closing_is_another_case():
    """
    A closed case moves no more; a later episode is a new case with its own number.
    """
    first = recovered(day(10))
    first.observe(day(24))
    later = first.ledger.reverse("m-1", on=day(30))

    assert first.observe(day(30), later) == []
    second = Story(later, episode=2)
    (opened,) = second.observe(day(30))

    assert (second.case.id, opened.episode, opened.days_past_due) == ("ke-001/2", 2, 30)


def test_days_past_due_that_the_ledger_states_otherwise_are_shown():
    """
    Where the ledger's own count differs from its entries both are shown, until they agree again.
    """
    story = overdue()

    stated = attrs.evolve(story.ledger, stated=StatedArrears(9, day(8)))
    facts = story.observe(day(8), stated)
    agreed = attrs.evolve(story.ledger, stated=StatedArrears(9, day(9)))
    after = story.observe(day(9), agreed)

    assert BookMismatchFound(mismatch=Mismatch(stated=9, computed=8)) in facts
    assert story.observe(day(9)) == []
    assert BookMismatchFound(mismatch=None) in after
    assert story.case.observation.mismatch is None


def test_a_mismatch_on_the_first_night_is_noted_with_the_opening():
    """
    A case may open with a difference already.
    """
    story = Story(loan(stated=StatedArrears(5, day(7))))

    assert kinds(story.observe(day(7))) == ["case_opened", "book_mismatch_found"]


def test_what_is_stated_for_a_later_day_is_not_compared_yet():
    """
    A statement of a later day waits for that day.
    """
    ledger = loan(stated=StatedArrears(3, day(9)))

    assert judge(ledger, None, VILLAGE, day(8)).mismatch is None
    assert judge(ledger, None, VILLAGE, day(9)).mismatch == Mismatch(stated=3, computed=9)


def test_a_skipped_night_leads_where_every_night_would_have():
    """
    Nights that never ran are made up for by the next: the case is where daily runs would have brought it.
    """
    ledger = monthly(3).pay(kes(60), on=day(12), ref="m-1")
    daily, late = overdue(ledger=ledger), overdue(ledger=ledger)

    daily.through(day(45))
    late.observe(day(45))

    assert daily.case.observation.position == late.case.observation.position
    assert daily.case.state == late.case.state


def test_differences_are_pure():
    """
    Asking twice for the differences gives the same facts and leaves the case alone.
    """
    story = overdue()
    judgement = judge(story.ledger.pay(kes(120), on=day(8), ref="m-1"), story.case, VILLAGE, day(8))
    before = story.case

    assert list(differences(story.case, judgement, VILLAGE)) == list(differences(story.case, judgement, VILLAGE))
    assert story.case is before


def test_a_policy_without_probation_restores_standing_at_once():
    """
    With no instalments to keep, standing is restored in the same look as recovery; a second look yields nothing.
    """
    story = overdue(rules=policy(standing__probation_instalments=0))

    facts = story.pay("120", day(10))

    assert kinds(facts) == ["ledger_observed", "recovered", "standing_restored"]
    assert story.observe() == []


def test_a_policy_without_any_wait_closes_at_once():
    """
    With no wait for a reversal a loan that is paid off closes in the look that sees it.
    """
    story = overdue(rules=policy(standing__reversal_wait_days=0))

    facts = story.pay("120", day(10))

    assert kinds(facts) == ["ledger_observed", "recovered", "case_closed"]
    assert story.is_sound()


def test_standing_counts_as_restored_only_while_nothing_is_past_due():
    """
    Practice: a restored standing is a fact that lending can use; a relapse takes it back.
    """
    story = overdue(rules=policy(standing__probation_instalments=0))
    story.pay("120", day(10))
    assert story.case.standing_restored_on == day(10)

    story.reverse("m-1", day(12))

    assert story.case.standing_restored_on is None


def test_a_loan_that_the_ledger_calls_paid_off_is_not_behind():
    """
    Where the ledger says paid off and its entries do not, the case recovers and the difference is shown.
    """
    story = overdue()

    facts = story.observe(day(8), attrs.evolve(story.ledger, status=LoanStatus.PAID_OFF, status_on=day(8)))

    assert kinds(facts) == ["ledger_observed", "book_mismatch_found", "recovered"]
    assert story.case.observation.mismatch == Mismatch(stated=0, computed=8)
    assert opening(story.ledger, judge(story.ledger, None, VILLAGE, day(8)), VILLAGE, episode=2) is None
    assert story.observe() == []
