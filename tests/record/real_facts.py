"""
One example of every kind of fact that the library records, with every field filled.

They are written into ``golden/facts`` once per version; what is written there must mean the same for ever.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from overdue_visit.case import appointments, escalation, notices, observation, plans, standing, talks, upkeep
from overdue_visit.interview import Ability, Finding, FindingStatus, RequestKind, Willingness
from overdue_visit.loan import Component, ComponentAmount, LoanStatus
from overdue_visit.money import Money
from overdue_visit.notice import NoticeKind
from overdue_visit.party.budget import HouseholdBudget
from overdue_visit.plan import InstalmentOutcome, Offer, PlanInstalment, PlanTerms
from overdue_visit.rate import Per, Rate
from overdue_visit.visit import AttemptResult, Met, Purpose, Window


def kes(amount: str) -> Money:
    """
    Return an amount in Kenyan shillings.
    """
    return Money(amount, "KES")


DAY = dt.date(2026, 3, 11)
WINDOW = Window(on=DAY, start=dt.time(14), end=dt.time(16, 30))
POSITION = observation.Position(
    oldest_due=dt.date(2026, 3, 1),
    arrears=kes("120.00"),
    by_component=(
        ComponentAmount(Component.INTEREST, kes("20.00")),
        ComponentAmount(Component.PRINCIPAL, kes("100.00")),
    ),
    outstanding=kes("480.00"),
    paid=kes("37.50"),
    schedule_version=2,
    status=LoanStatus.ACTIVE,
    bucket="7-30",
    next_due=dt.date(2026, 4, 1),
    coming=kes("60.00"),
)
OFFER = Offer(
    kind="equal_split",
    instalments=(
        PlanInstalment(dt.date(2026, 4, 1), kes("60.00")),
        PlanInstalment(dt.date(2026, 5, 1), kes("60.00")),
    ),
)
AGREED: dict[str, Any] = {
    "offer": OFFER,
    "terms": PlanTerms(tolerance_days=3, tolerance=Rate("5%", per=Per.ONCE), broken_after_missed=2),
    "consent": "signed",
    "paid_before": kes("37.50"),
    "seen_on": dt.date(2026, 3, 10),
    "schedule_version": 2,
}

EXAMPLES: dict[tuple[str, int], Any] = {
    (fact.kind, fact.version): fact
    for fact in (
        observation.CaseOpened(
            loan="ke-001", party="b-17", episode=1, days_past_due=7, convention="village", position=POSITION
        ),
        observation.LedgerObserved(days_past_due=8, position=POSITION),
        observation.BookMismatchFound(mismatch=observation.Mismatch(stated=9, computed=8)),
        observation.Relapsed(cause=observation.RelapseCause.REVERSAL, since=dt.date(2026, 3, 1)),
        standing.Recovered(cleared_due=dt.date(2026, 3, 1)),
        standing.StandingRestored(instalments_kept=3),
        notices.NoticeQueued(
            notice=NoticeKind.INSTALMENT,
            channel="sms",
            language="zh",
            due_at=dt.datetime(2026, 3, 12, 5, 0, tzinfo=dt.UTC),
            instalment=1,
        ),
        notices.NoticeWithheld(notice=4, rule="contact.attempts_a_day"),
        notices.NoticeHandedOver(notice=4, sender="SmtpSender", attempt=2),
        notices.NoticeSent(notice=4, receipt="250 收到"),
        notices.NoticeFailed(notice=4, error="no_address"),
        notices.NoticeOutcomeUnknown(notice=4),
        notices.NoticeDelivered(notice=4),
        notices.NoticeServed(notice=4, how="handed_over_in_person"),
        notices.BorrowerNotified(notice=4, by="served"),
        appointments.AppointmentOffered(
            window=WINDOW, place="branch:north", channel="visit", officer="officer:7", purpose=Purpose.VERIFY
        ),
        appointments.AppointmentConfirmed(appointment=6),
        appointments.AppointmentMoved(
            appointment=6, window=WINDOW, place="home", channel="video", reason="works_late", asked_by="borrower"
        ),
        appointments.AppointmentCancelled(appointment=6, reason="borrower_away"),
        appointments.AppointmentKept(appointment=6),
        appointments.AppointmentMissed(appointment=6),
        talks.VisitAttempted(result=AttemptResult.NOBODY_HOME, channel="visit", days_past_due=9),
        talks.TalkHeld(
            met=Met.SPOUSE,
            channel="visit",
            purpose=Purpose.RETURN,
            days_past_due=10,
            officers=("officer:7", "officer:9"),
            appointment=6,
        ),
        talks.TalkNoted(met=Met.BORROWER, channel="message", days_past_due=10),
        talks.InterviewRecorded(
            reason="other:flood",
            verified_reason="harvest_failed",
            willing=True,
            findings=(
                Finding(topic="income", status=FindingStatus.VERIFIED, how="payslip_seen", by="officer:7"),
                Finding(topic="other_debts", status=FindingStatus.NOT_CHECKED),
            ),
            budget=HouseholdBudget(income=kes("90.00"), necessary=kes("50.00"), dependants=4),
        ),
        talks.Assessed(
            ability=Ability.OVER_TIME,
            willingness=Willingness.WILLING,
            reason="harvest_failed",
            verified=True,
            capacity=kes("40.00"),
            recommended=("affordability", "propose_plan"),
        ),
        talks.AssessmentOverridden(
            ability=Ability.NONE, willingness=Willingness.UNKNOWN, recommended=("talk",), because="second_look"
        ),
        talks.WordsRecorded(topic="own_words", text='家里有人生病 "ill"\n'),
        talks.RequestRecorded(request=RequestKind.COMPLAINT, answer_by=dt.date(2026, 3, 26)),
        talks.RequestAnswered(request=12, answer="explained"),
        talks.FeedbackRecorded(score=4),
        plans.PlanOffered(offer=OFFER, valid_until=dt.date(2026, 3, 25)),
        plans.PlanCounterOffered(
            offer=OFFER, valid_until=dt.date(2026, 3, 25), objections=("above_capacity", "first_too_late")
        ),
        plans.PlanAgreed(**AGREED),
        plans.PlanRevised(**AGREED, because="illness"),
        plans.PlanInstalmentJudged(
            plan=15, number=1, due=dt.date(2026, 4, 1), outcome=InstalmentOutcome.WITHIN_TOLERANCE
        ),
        plans.PlanCompleted(plan=15),
        plans.PlanBroken(plan=15, missed=2),
        plans.PlanWithdrawn(plan=15, because="second_thoughts"),
        escalation.Escalated(to="committee", because="refuses", days_past_due=91),
        escalation.Recalled(because="new_income"),
        upkeep.IrregularityNoted(code="unannounced_visit", about=9),
        upkeep.IrregularityReviewed(irregularity=10, decision="fine"),
        upkeep.ConsequenceQuestioned(code="plan_broken", about=15),
        upkeep.ConsequenceReviewed(consequence=20, decision="stands"),
        upkeep.AttributesSet(attributes=(("core:branch", "north"), ("core:tier", 2), ("core:vip", False))),
        upkeep.OfficerAssigned(officer="officer:7"),
        upkeep.CaseClosed(reason=upkeep.CloseReason.PAID_OFF),
    )
}
"""Every example by kind and version; a new version of a kind is added beside the old one, as today's classes say it."""
