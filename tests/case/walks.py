"""
Random walks through a case: days pass, money comes and goes, and anything is asked of the case, sensible or not.
"""

from __future__ import annotations

import datetime as dt
import random

import attrs
from hypothesis import strategies as st

from overdue_visit.arrears import AgeingConvention
from overdue_visit.business_calendar import BusinessCalendar
from overdue_visit.case.act import Act
from overdue_visit.case.acts.appointments import Appoint, CancelAppointment, ConfirmAppointment, MoveAppointment
from overdue_visit.case.acts.delivery import (
    HandOverNotice,
    RecordDelivery,
    RecordNoticeFailed,
    RecordNoticeOutcomeUnknown,
    RecordNoticeSent,
    RecordService,
    WithholdNotice,
)
from overdue_visit.case.acts.escalation import Escalate, Recall
from overdue_visit.case.acts.notices import SendNotice, SkipNotice
from overdue_visit.case.acts.plans import AgreePlan, CounterOffer, OfferPlan, RevisePlan, WithdrawConsent
from overdue_visit.case.acts.requests import (
    AnswerRequest,
    OverrideAssessment,
    RecordFeedback,
    RecordRequest,
    RecordWords,
)
from overdue_visit.case.acts.upkeep import (
    AssignOfficer,
    CloseCase,
    ReviewConsequence,
    ReviewIrregularity,
    SetAttributes,
)
from overdue_visit.case.acts.visits import RecordAttempt, RecordVisit
from overdue_visit.case.proposals import NothingToPlan, propose
from overdue_visit.case.upkeep import CloseReason
from overdue_visit.errors import InvalidValue, NotAllowed
from overdue_visit.interview import Ability, Asked, Feedback, Interview, RequestKind, Willingness
from overdue_visit.loan import Instalment, StatedArrears
from overdue_visit.notice import NoticeKind
from overdue_visit.party.budget import HouseholdBudget
from overdue_visit.plan import Offer, PlanInstalment
from overdue_visit.policy import LateRun, Policy
from overdue_visit.visit import AttemptResult, Met
from tests.case.builders import VILLAGE, Story, day, kes, monthly, policy

SIX_DAYS = BusinessCalendar(name="six days", weekend=frozenset({6}), holidays=frozenset({dt.date(2026, 4, 1)}))

POLICIES: tuple[Policy, ...] = (
    VILLAGE,
    policy(late_run=LateRun.ONE_STEP_A_RUN, plans__tolerance_days=0),
    policy(late_run=LateRun.ALL_IN_ORDER, plans__broken_after_missed=1),
    policy(grace_days=3, standing__probation_instalments=1, standing__healthy_days=10),
    policy(standing__probation_instalments=0, standing__healthy_days=0, standing__reversal_wait_days=0),
    policy(visits__retry_after_days=1, visits__return_every_days=2, plans__offer_valid_days=2),
    attrs.evolve(VILLAGE, ageing=AgeingConvention(name="grace", grace_days=3)),
    attrs.evolve(VILLAGE, ageing=AgeingConvention(name="due day", due_day_counts=1, payments="before")),
    attrs.evolve(VILLAGE, ageing=AgeingConvention(name="business", days="business", calendar=SIX_DAYS)),
    attrs.evolve(VILLAGE, ageing=AgeingConvention(name="first late", anchor="first_went_late", basis="booked")),
)

AMOUNTS = ("0.01", "20", "38", "40", "60", "120", "240", "720")
REASONS = ("forgot", "poor_management", "income_lost", "refuses", "fraud", "disputed", "locusts")
CHANNELS = ("visit", "visit", "branch", "phone", "video", "message")
LEFT = (0, 5, 40, 40, 160, 300)

amounts = st.sampled_from(AMOUNTS)


class Chance(random.Random):
    """Draws everything of one event from one number, so that a failing walk shrinks to the events it needs."""

    def maybe(self, value: object) -> object:
        """
        Return a value or None.
        """
        return self.choice([None, value])

    def number(self, story: Story, found: list[int]) -> int:
        """
        Return a number: mostly one that exists.
        """
        return self.choice([*found, *found, *found, story.case.version])

    def interview(self) -> Interview:
        """
        Return what a talk brought.
        """
        left = self.choice(LEFT)
        month = HouseholdBudget(income=kes(50 + left), necessary=kes(50))
        return Interview(
            reason=self.choice(REASONS),
            verified_reason=self.maybe(self.choice(REASONS)),
            willing=self.choice([None, True, False]),
            budget=self.choice([None, month, month]),
            asked=[Asked(kind=self.choice(list(RequestKind))) for _ in range(self.choice([0, 0, 1, 2]))],
            own_words=self.maybe("in their own words"),
            feedback=self.maybe(Feedback(score=self.randint(1, 5))),
        )

    def offer(self, story: Story) -> Offer | int | None:
        """
        Return an offer: what is proposed, one on the table, or any.
        """
        how = self.choice(["proposed", "proposed", "on_table", "any"])
        if how == "on_table":
            return self.choice([each.number for each in story.case.plans.offers] or [None])
        if how == "proposed":
            try:
                return propose(story.case, story.rules, story.on).best
            except NothingToPlan:
                return None
        days = sorted({self.randint(-3, 90) for _ in range(self.randint(1, 3))})
        parts = [PlanInstalment(story.on + dt.timedelta(days=n), kes(self.choice(AMOUNTS))) for n in days]
        return Offer(kind="by_hand", instalments=parts)


def notice_act(chance: Chance, story: Story) -> Act:
    """
    Return an act about a notice.
    """
    number = chance.number(story, [each.number for each in story.case.notices.pending])
    kind = chance.choice(list(NoticeKind))
    instalment = chance.randint(1, 3) if kind is NoticeKind.INSTALMENT else None
    return chance.choice(
        [
            SendNotice(kind, channel=chance.choice([None, "letter", "email"]), instalment=instalment),
            SendNotice(kind, instalment=instalment),
            SkipNotice(chance.choice(["reminder", "visit"])),
            WithholdNotice(notice=number, rule="contact.latest"),
            HandOverNotice(notice=number, sender="Post"),
            HandOverNotice(notice=number, sender="Post"),
            RecordNoticeSent(notice=number, receipt="r"),
            RecordNoticeSent(notice=number, receipt="r"),
            RecordNoticeFailed(notice=number, error="no_address"),
            RecordNoticeOutcomeUnknown(notice=number),
            RecordDelivery(notice=number),
            RecordService(notice=number, how="by_hand"),
        ]
    )


def visit_act(chance: Chance, story: Story) -> Act:
    """
    Return an act about appointments and talks.
    """
    on = story.on + dt.timedelta(days=chance.randint(-1, 12))
    start, end = dt.time(chance.randint(7, 13)), dt.time(chance.randint(14, 20))
    earlier = chance.choice([None, None, story.now - dt.timedelta(hours=chance.randint(0, 90))])
    asked_by, channel = chance.choice(["borrower", "lender"]), chance.choice(CHANNELS)
    unannounced = chance.maybe("fraud_suspected")
    talk = RecordVisit(
        met=chance.choice(list(Met)), interview=chance.interview(), channel=chance.choice(CHANNELS), at=earlier
    )
    return chance.choice(
        [
            Appoint(on, start, end, place="home", channel=channel, agreed=chance.random() < 0.5),
            Appoint(on, start, end, place="home", channel=channel, unannounced=unannounced),
            MoveAppointment(on, start, end, reason="works_late", asked_by=asked_by),
            RecordAttempt(result=chance.choice(list(AttemptResult)), channel=channel, at=earlier),
            RecordAttempt(result="nobody_home"),
            talk,
            talk,
            ConfirmAppointment(),
            CancelAppointment("away"),
        ]
    )


def plan_act(chance: Chance, story: Story) -> Act:
    """
    Return an act about plans.
    """
    chosen, consent = chance.offer(story), chance.choice(["signed", "signed", "witnessed", "nodded"])
    found = [
        AgreePlan(chosen, consent=consent),
        AgreePlan(chosen, consent="signed"),
        RevisePlan(chosen, consent=consent, because="illness"),
        WithdrawConsent("second_thoughts"),
    ]
    if isinstance(chosen, Offer):
        found += [OfferPlan(chosen), CounterOffer(chosen)]
    return chance.choice(found)


def other_act(chance: Chance, story: Story) -> Act:
    """
    Return an act about requests, judgements, escalation and upkeep.
    """
    case = story.case
    asked = chance.number(story, [each.number for each in case.talks.requests])
    irregular = chance.number(story, [each.number for each in case.upkeep.irregularities])
    doubted = chance.number(story, [each.number for each in case.upkeep.in_doubt])
    return chance.choice(
        [
            RecordRequest(request=chance.choice(list(RequestKind)), words=chance.maybe("please")),
            AnswerRequest(request=asked, answer="explained"),
            RecordFeedback(feedback=Feedback(score=3)),
            RecordWords(topic="note", text="a note"),
            OverrideAssessment(
                because="second_look",
                ability=chance.maybe(chance.choice(list(Ability))),
                willingness=chance.maybe(chance.choice(list(Willingness))),
                recommended=chance.maybe(("talk", "escalate")),
            ),
            Escalate(to=chance.choice(["committee", "legal", "bailiff"]), because="refuses"),
            Recall("new_income"),
            Recall("new_income"),
            ReviewIrregularity(irregular, decision="fine"),
            ReviewConsequence(doubted, decision="stands"),
            SetAttributes({"core:branch": "north"}),
            AssignOfficer("officer:9"),
        ]
    )


def any_act(chance: Chance, story: Story) -> Act:
    """
    Return anything that may be asked of the case.
    """
    return chance.choice([notice_act, visit_act, plan_act, other_act])(chance, story)


def change_ledger(chance: Chance, story: Story) -> None:
    """
    Let the ledger change: money comes in, late or ahead, is taken back, or the loan is rescheduled; nobody looks yet.
    """
    ledger = story.ledger
    reversible = [each.ref for each in ledger.payments if each.ref not in {r.ref for r in ledger.reversals}]
    what = chance.choice(["pay", "pay", "pay", "pay", "reverse", "reverse", "reschedule", "state"])
    if what == "pay" or (what == "reverse" and not reversible):
        on = story.on - dt.timedelta(days=chance.choice([0, 0, 0, 2, 9]))
        amount = kes(chance.choice(AMOUNTS))
        story.ledger = ledger.pay(amount, on=on, ref=f"m-{len(ledger.payments) + 1}", booked=story.on)
    elif what == "state":
        story.ledger = attrs.evolve(ledger, stated=StatedArrears(chance.randint(0, 40), story.on))
    elif what == "reverse":
        story.ledger = ledger.reverse(chance.choice(reversible), on=story.on)
    elif ledger.versions[-1].since < story.on and len(ledger.versions) < 3:
        first = story.on + dt.timedelta(days=chance.randint(1, 40))
        parts = [Instalment(first + dt.timedelta(days=30 * n), kes(90)) for n in range(chance.randint(1, 6))]
        story.ledger = ledger.reschedule(parts, since=story.on, reason="extended")


@attrs.frozen
class Tried:
    """An act that a walk tried, and what became of it."""

    act: Act
    refused: NotAllowed | InvalidValue | None = None


Walk = tuple[Story, list[Tried]]


def attempt(story: Story, act: Act) -> Tried:
    """
    Do an act if the rules allow it; a refusal must leave the case and its record alone.
    """
    before, count = story.case, len(story.entries)
    try:
        story.do(act)
    except (NotAllowed, InvalidValue) as refusal:
        assert story.case is before
        assert len(story.entries) == count
        return Tried(act, refusal)
    return Tried(act)


def _begin(chance: Chance) -> Story:
    """
    Open a case, and bring it some way along: most walks would never come far by chance alone.
    """
    story = Story(monthly(chance.randint(1, 6)), rules=chance.choice(POLICIES))
    way = chance.choice(["", "notice", "talk", "talk", "plan", "plan", "plan", "pay"])
    story.observe(day(chance.randint(9, 12) if way == "notice" else chance.randint(5, 12)))
    if way == "notice":
        story.notify()
    if way in ("talk", "plan"):
        story.talk(budget=HouseholdBudget(income=kes(50 + 120 + chance.choice([40, 60, 120])), necessary=kes(50)))
    if way == "plan":
        story.agree()
    if way == "pay":
        story.pay("120", story.on)
    return story


def _event(chance: Chance, story: Story) -> Tried | None:
    what = chance.choice(["act", "act", "act", "act", "night", "night", "ledger"])
    if what == "act":
        return attempt(story, any_act(chance, story))
    if what == "ledger":
        change_ledger(chance, story)
        story.observe()
    else:
        story.observe(story.on + dt.timedelta(days=chance.choice([1, 1, 2, 5, 14, 31])))
    return None


def walk(beginning: int, events: list[int], *, closing: bool = False) -> Walk:
    """
    Live a story: its beginning and each event drawn from a number of its own.
    """
    story, tried = _begin(Chance(beginning)), []
    for seed in events:
        if not story.case.open:
            break
        one = _event(Chance(seed), story)
        tried += [] if one is None else [one]
    if closing and story.case.open:
        tried.append(attempt(story, CloseCase(Chance(beginning).choice(list(CloseReason)))))
    return story, tried


seeds = st.integers(0, 2**20)


def walks(*, most: int = 14, closing: bool = False) -> st.SearchStrategy[Walk]:
    """
    Draw a story that went through up to *most* days, acts and changes of the ledger, and the acts that it tried.
    """
    return st.builds(walk, seeds, st.lists(seeds, max_size=most), closing=st.just(closing))
