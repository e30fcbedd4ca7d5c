"""
One fact of each kind, as a case's record might hold it, for tests that put a record into words.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from overdue_visit.case import appointments, escalation, notices, observation, plans, standing, talks, upkeep
from overdue_visit.case.header import Entry, Header
from overdue_visit.interview import Ability, Finding, FindingStatus, RequestKind, Willingness
from overdue_visit.loan import Component, ComponentAmount, LoanStatus
from overdue_visit.money import Money
from overdue_visit.notice import NoticeKind
from overdue_visit.party.actor import Actor
from overdue_visit.party.budget import HouseholdBudget
from overdue_visit.plan import InstalmentOutcome, Offer, PlanInstalment, PlanTerms
from overdue_visit.rate import Rate
from overdue_visit.visit import AttemptResult, Met, Purpose, Window

DAY = dt.date(2026, 3, 8)
AT = dt.datetime(2026, 3, 8, 6, tzinfo=dt.UTC)
LATER = Window(on=dt.date(2026, 3, 12), start=dt.time(9), end=dt.time(11))
WINDOW = Window(on=dt.date(2026, 3, 11), start=dt.time(14), end=dt.time(16))
ARREARS = Money("120.00", "KES")
PRIVATE = ("b-17", "My mother is ill.", "90.00", "50.00")
"""Personal content of the facts below, which no line may show."""

_POSITION = observation.Position(
    oldest_due=dt.date(2026, 3, 1),
    arrears=ARREARS,
    by_component=(ComponentAmount(Component.PRINCIPAL, ARREARS),),
    outstanding=ARREARS,
    paid=Money("0", "KES"),
    schedule_version=1,
    status=LoanStatus.ACTIVE,
    bucket=None,
    next_due=None,
    coming=Money("0", "KES"),
)
_OFFER = Offer(
    kind="equal_split",
    instalments=(
        PlanInstalment(dt.date(2026, 4, 1), Money("60", "KES")),
        PlanInstalment(dt.date(2026, 5, 1), Money("60", "KES")),
    ),
)
_TERMS = PlanTerms(tolerance_days=3, tolerance=Rate("5%", per="once"), broken_after_missed=2)
_AGREED: dict[str, Any] = {
    "offer": _OFFER,
    "terms": _TERMS,
    "consent": "signed",
    "paid_before": Money("0", "KES"),
    "seen_on": dt.date(2026, 3, 11),
    "schedule_version": 1,
}
_QUEUED = 7
"""Sequence of the fact that queues the notice below: its place in `FACTS`, from 1."""

_OBSERVED = (
    observation.CaseOpened(
        loan="ke-001", party="b-17", episode=1, days_past_due=7, convention="village", position=_POSITION
    ),
    observation.LedgerObserved(days_past_due=8, position=_POSITION),
    observation.BookMismatchFound(mismatch=observation.Mismatch(stated=9, computed=8)),
    observation.Relapsed(cause=observation.RelapseCause.REVERSAL, since=dt.date(2026, 3, 1)),
    standing.Recovered(cleared_due=dt.date(2026, 3, 1)),
    standing.StandingRestored(instalments_kept=3),
)
_NOTICES = (
    notices.NoticeQueued(notice=NoticeKind.VISIT, channel="sms", language="en", due_at=AT),
    notices.NoticeWithheld(notice=_QUEUED, rule="contact.latest"),
    notices.NoticeHandedOver(notice=_QUEUED, sender="console", attempt=1),
    notices.NoticeSent(notice=_QUEUED, receipt="r-1"),
    notices.NoticeFailed(notice=_QUEUED, error="no_address"),
    notices.NoticeOutcomeUnknown(notice=_QUEUED),
    notices.NoticeDelivered(notice=_QUEUED),
    notices.NoticeServed(notice=_QUEUED, how="handed_over_in_person"),
    notices.BorrowerNotified(notice=_QUEUED, by="sent"),
)
_APPOINTMENTS = (
    appointments.AppointmentOffered(
        window=WINDOW, place="home", channel="visit", officer="officer:7", purpose=Purpose.VERIFY
    ),
    appointments.AppointmentConfirmed(appointment=16),
    appointments.AppointmentMoved(
        appointment=16, window=LATER, place="home", channel="visit", reason="market_day", asked_by="borrower"
    ),
    appointments.AppointmentCancelled(appointment=16, reason="paid"),
    appointments.AppointmentKept(appointment=16),
    appointments.AppointmentMissed(appointment=16),
)
_TALKS = (
    talks.VisitAttempted(result=AttemptResult.NOBODY_HOME, channel="visit", days_past_due=10),
    talks.TalkHeld(
        met=Met.BORROWER, channel="visit", purpose=Purpose.VERIFY, days_past_due=10, officers=("officer:7",)
    ),
    talks.TalkNoted(met=Met.SPOUSE, channel="message", days_past_due=10),
    talks.InterviewRecorded(
        reason="forgot",
        verified_reason="illness",
        willing=True,
        findings=(Finding(topic="income", status=FindingStatus.STATED),),
        budget=HouseholdBudget(income=Money("90.00", "KES"), necessary=Money("50.00", "KES")),
    ),
    talks.Assessed(
        ability=Ability.OVER_TIME,
        willingness=Willingness.WILLING,
        reason="illness",
        verified=True,
        capacity=Money("40", "KES"),
        recommended=("propose_plan",),
    ),
    talks.AssessmentOverridden(
        ability=Ability.NONE, willingness=Willingness.WILLING, recommended=("talk",), because="seen_otherwise"
    ),
    talks.WordsRecorded(topic="own_words", text="My mother is ill."),
    talks.RequestRecorded(request=RequestKind.COMPLAINT, answer_by=dt.date(2026, 3, 22)),
    talks.RequestAnswered(request=29, answer="explained"),
    talks.FeedbackRecorded(score=4),
)
_PLANS = (
    plans.PlanOffered(offer=_OFFER, valid_until=dt.date(2026, 3, 25)),
    plans.PlanCounterOffered(offer=_OFFER, valid_until=dt.date(2026, 3, 25), objections=("too_long",)),
    plans.PlanAgreed(**_AGREED),
    plans.PlanRevised(**_AGREED, because="income_down"),
    plans.PlanInstalmentJudged(plan=34, number=2, due=dt.date(2026, 5, 1), outcome=InstalmentOutcome.MISSED),
    plans.PlanCompleted(plan=34),
    plans.PlanBroken(plan=34, missed=2),
    plans.PlanWithdrawn(plan=34, because="escalated"),
)
_UPKEEP = (
    escalation.Escalated(to="committee", because="fraud", days_past_due=70),
    escalation.Recalled(because="paid_in_full"),
    upkeep.IrregularityNoted(code="unannounced_visit"),
    upkeep.IrregularityReviewed(irregularity=42, decision="accepted"),
    upkeep.ConsequenceQuestioned(code="plan_broken", about=38),
    upkeep.ConsequenceReviewed(consequence=44, decision="upheld"),
    upkeep.AttributesSet(attributes=(("bank:branch", "north"), ("bank:tier", 2))),
    upkeep.OfficerAssigned(officer="officer:9"),
    upkeep.CaseClosed(reason=upkeep.CloseReason.HEALTHY),
)
FACTS = (*_OBSERVED, *_NOTICES, *_APPOINTMENTS, *_TALKS, *_PLANS, *_UPKEEP)


def entry(fact: Any, sequence: int, *, kind: str | None = None) -> Entry:
    """
    Return a fact with its header.
    """
    header = Header(
        tenant="lender",
        case="ke-001/1",
        sequence=sequence,
        kind=kind or fact.kind,
        version=1,
        at=AT,
        recorded_at=AT,
        on=DAY,
        actor=Actor("officer:7"),
    )
    return Entry(header, fact)


ENTRIES = tuple(entry(fact, sequence) for sequence, fact in enumerate(FACTS, 1))
