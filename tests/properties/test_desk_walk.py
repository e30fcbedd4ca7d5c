"""
Random walks over desk, store and relay: whatever happens in whatever order, the record stays sound.

Every walk runs in step on memory and on SQLite, and both must tell the same story.
"""

from __future__ import annotations

import contextlib
import random
from collections import Counter
from datetime import UTC, date, datetime, time, timedelta

import attrs
import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from overdue_visit import (
    AgreePlan,
    AnswerRequest,
    Appoint,
    AssignOfficer,
    CancelAppointment,
    CloseCase,
    ConfirmAppointment,
    CounterOffer,
    Escalate,
    HouseholdBudget,
    Instalment,
    Interview,
    InvalidValue,
    LoanStatus,
    MoveAppointment,
    NotAllowed,
    Offer,
    OfferPlan,
    OverrideAssessment,
    PlanInstalment,
    Recall,
    RecordAttempt,
    RecordDelivery,
    RecordRequest,
    RecordService,
    RecordVisit,
    RecordWords,
    ReviewConsequence,
    ReviewIrregularity,
    RevisePlan,
    SendNotice,
    SetAttributes,
    WithdrawConsent,
)
from overdue_visit.adapters.clock import FixedClock
from overdue_visit.adapters.memory_loan_book import MemoryLoanBook
from overdue_visit.adapters.sqlite import open_store
from overdue_visit.instants import zone
from overdue_visit.lifecycle import CaseState
from overdue_visit.policy import village
from tests.desk.world import (
    BROKEN_LINE,
    REFUSED,
    ZONE,
    Crash,
    Fuse,
    Fused,
    Post,
    assert_sound,
    desk_on,
    kes,
    loan_of,
    memory,
    rows_of,
)

PARTIES = ("b-0", "b-1")
LOANS = ("ke-0", "ke-1", "ke-2")
REFUSALS = (NotAllowed, InvalidValue)
WHERE = zone(ZONE)
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
PICK = st.integers(0, 30)


@attrs.frozen
class Later:
    """An act that is drawn now and made when its day is known."""

    make: object
    drawn: tuple

    def __call__(self, today, now):
        """
        Make it.
        """
        return self.make(today, now, *self.drawn)


def drawn(make, *strategies):
    """
    Draw what *make* needs beside the day and the instant.
    """
    return st.tuples(*strategies).map(lambda values: Later(make, values))


def an_offer(today, count, start, amount):
    """
    Make a plan as somebody might offer it, good or bad.
    """
    first = today + timedelta(days=start)
    instalments = [PlanInstalment(first + timedelta(days=30 * n), kes(amount)) for n in range(count)]
    return Offer(kind="equal_split", instalments=instalments)


def talk_of(reason, willing, budget):
    """
    Make what a talk brought.
    """
    known = None if budget is None else HouseholdBudget(income=kes(budget[0]), necessary=kes(budget[1]))
    return Interview(reason=reason, willing=willing, budget=known, own_words="we had a flood" if willing else None)


def appoint(today, now, days, agreed):
    """
    Offer an appointment some days ahead.
    """
    return Appoint(today + timedelta(days=days), time(14), time(16), place="home", agreed=agreed)


def move(today, now, days):
    """
    Move it.
    """
    return MoveAppointment(today + timedelta(days=days), time(9), time(10), reason="asked")


def attempt(today, now, result, hours):
    """
    Write down a try of some hours ago, or of the future.
    """
    return RecordAttempt(result=result, at=None if hours is None else now - timedelta(hours=hours))


def visit(today, now, channel, hours, *said):
    """
    Write down a talk of some hours ago, or of the future.
    """
    at = None if hours is None else now - timedelta(hours=hours)
    return RecordVisit(met="borrower", channel=channel, interview=talk_of(*said), at=at)


HOURS = st.sampled_from((None, None, None, 2, 30, -1))
OFFER = (st.integers(1, 4), st.integers(-5, 35), st.sampled_from((10, 20, 30, 40, 60, 120, 240)))
SAID = (
    st.sampled_from(("income_lost", "forgot", "unknown", "other:flood")),
    st.sampled_from((True, False, None)),
    st.sampled_from((None, (90, 50), (60, 60), (500, 100), (70, 40))),
)
NUMBER = st.integers(1, 30)
ACTS = st.one_of(
    drawn(
        lambda _, __, kind, channel, number: SendNotice(kind, channel=channel, instalment=number),
        st.sampled_from(("reminder", "visit", "instalment", "recovered")),
        st.sampled_from(("sms", "letter", "email")),
        st.none() | st.integers(1, 3),
    ),
    drawn(appoint, st.integers(0, 40), st.booleans()),
    drawn(move, st.integers(0, 40)),
    drawn(lambda _, __, act: act, st.sampled_from((ConfirmAppointment(), CancelAppointment("rain"), Recall("again")))),
    drawn(attempt, st.sampled_from(("nobody_home", "refused")), HOURS),
    drawn(visit, st.sampled_from(("visit", "branch", "message")), HOURS, *SAID),
    drawn(lambda _, __, kind: RecordRequest(request=kind), st.sampled_from(("hardship", "complaint"))),
    drawn(lambda _, __, number: AnswerRequest(request=number, answer="explained"), NUMBER),
    drawn(lambda today, _, *offer: OfferPlan(an_offer(today, *offer)), *OFFER),
    drawn(lambda today, _, *offer: CounterOffer(an_offer(today, *offer)), *OFFER),
    drawn(lambda today, _, *offer: AgreePlan(an_offer(today, *offer), consent="signed"), *OFFER),
    drawn(lambda _, __, number: AgreePlan(number, consent="signed"), NUMBER),
    drawn(lambda today, _, *offer: RevisePlan(an_offer(today, *offer), consent="signed", because="ill"), *OFFER),
    drawn(lambda _, __: WithdrawConsent("changed_mind")),
    drawn(lambda _, __: Escalate(to="committee", because="refuses")),
    drawn(lambda _, __, number: ReviewIrregularity(number, decision="accepted"), NUMBER),
    drawn(lambda _, __, number: ReviewConsequence(number, decision="stands"), NUMBER),
    drawn(lambda _, __: OverrideAssessment(because="seen", recommended=("talk",))),
    drawn(lambda _, __, number: RecordDelivery(notice=number), NUMBER),
    drawn(lambda _, __, number: RecordService(notice=number, how="in_person"), NUMBER),
    drawn(lambda _, __, text: RecordWords(topic="note", text=text), st.text(max_size=5)),
    drawn(lambda _, __: SetAttributes({"core:branch": "north"})),
    drawn(lambda _, __, officer: AssignOfficer(officer), st.sampled_from(("officer:7", "officer:8"))),
)


@attrs.define
class Side:
    """One of the two worlds that run in step."""

    store: object
    post: Post
    clock: FixedClock

    def desk(self, fuse=None):
        """
        Open a desk, behind a fuse if there is one.
        """
        if fuse is None:
            return desk_on(self.store, self.clock, self.post)
        return desk_on(Fused(self.store, fuse), self.clock, Fused(self.post, fuse))

    def dump(self):
        """
        Return every byte that a refused act must leave alone.
        """
        rows = rows_of(self.store)
        facts = tuple(self.store.facts("default", row.case_id) for row in rows)
        contacts = tuple(self.store.contacts("default", party, since=LONG_AGO) for party in PARTIES)
        return rows, facts, contacts

    def story(self):
        """
        Return all that both worlds must agree on: salts, and what is taken of them, differ.
        """
        desk = self.desk()
        rows = tuple(attrs.evolve(row, head=b"") for row in rows_of(self.store))
        histories = tuple(desk.history(row.case_id) for row in rows)
        messages = tuple(
            self.store.message("default", f"{row.case_id}#{entry.header.sequence}")
            for row, history in zip(rows, histories, strict=True)
            for entry in history
            if entry.header.kind == "notice_queued"
        )
        contacts = tuple(self.store.contacts("default", party, since=LONG_AGO) for party in PARTIES)
        return rows, histories, messages, contacts, list(self.post.taken)


def told(batch):
    """
    Return what a batch came to, in a form that two worlds can compare.
    """
    return batch.done, [(place, case, str(refusal)) for place, case, refusal in batch.refused]


class DeskWalk(RuleBasedStateMachine):
    """A village in which anything may happen."""

    @initialize(idempotent=st.booleans())
    def open(self, idempotent):
        """Begin with three loans of two parties, and two empty stores."""
        self.clock = FixedClock("2026-03-08 09:00")
        self.sides = [
            Side(memory(), Post(idempotent=idempotent), self.clock),
            Side(open_store("sqlite:///:memory:"), Post(idempotent=idempotent), self.clock),
        ]
        dues = (date(2026, 3, 1), date(2026, 3, 20), date(2026, 4, 20), date(2026, 5, 20))
        self.loans = {
            loan: loan_of(loan, borrower=PARTIES[n // 2], due=dues[0], later=dues[1:]) for n, loan in enumerate(LOANS)
        }
        self.refs = 0
        self.keys = 0
        self.both(lambda desk: desk.close_of_business(MemoryLoanBook(self.loans.values())))

    def today(self):
        """Return the lender's day."""
        return self.clock.now(WHERE).date()

    def both(self, work, *, fuse=lambda: None):
        """
        Do the same in both worlds; both succeed alike or are refused alike, and a refusal changes nothing.
        """
        results = []
        for side in self.sides:
            burning = fuse()
            before = side.dump()
            try:
                results.append(work(side.desk(burning)))
            except REFUSALS as refusal:
                results.append((type(refusal), str(refusal)))
                assert burning is not None or side.dump() == before
            except Crash:
                results.append("crashed")
        assert results[0] == results[1]
        return results[0]

    # ---- the ledger -----------------------------------------------------------------------------------------------

    @rule(loan=st.sampled_from(LOANS), amount=st.sampled_from((1, 30, 40, 60, 120, 240, 480)), ago=st.integers(0, 12))
    def pay(self, loan, amount, ago):
        """A payment is booked, perhaps with a value date days ago."""
        self.refs += 1
        day = max(self.today() - timedelta(days=ago), date(2026, 3, 1))
        self.loans[loan] = self.loans[loan].pay(kes(amount), on=day, booked=self.today(), ref=f"m-{self.refs}")

    @rule(loan=st.sampled_from(LOANS), pick=PICK)
    def reverse(self, loan, pick):
        """A payment bounces."""
        known = self.loans[loan]
        gone = {reversal.ref for reversal in known.reversals}
        left = [payment for payment in known.payments if payment.ref not in gone]
        if left:
            self.loans[loan] = known.reverse(left[pick % len(left)].ref, on=self.today())

    @rule(loan=st.sampled_from(LOANS), shift=st.integers(1, 60))
    def reschedule(self, loan, shift):
        """The ledger gets a new schedule: all that comes later comes later still."""
        known, today = self.loans[loan], self.today()
        if known.versions[-1].since > today or len(known.versions) > 3:
            return
        moved = [
            Instalment(each.due if each.due <= today else each.due + timedelta(days=shift), each.amount)
            for each in known.instalments(today)
        ]
        self.loans[loan] = known.reschedule(moved, since=today, reason="extended")

    @rule(
        loan=st.sampled_from(LOANS), status=st.sampled_from((LoanStatus.SOLD, LoanStatus.ACTIVE, LoanStatus.PAID_OFF))
    )
    def restate(self, loan, status):
        """The ledger says that the loan was sold, paid off, or is active after all."""
        on = None if status is LoanStatus.ACTIVE else self.today()
        self.loans[loan] = attrs.evolve(self.loans[loan], status=status, status_on=on)

    # ---- the desk -------------------------------------------------------------------------------------------------

    @rule(hours=st.sampled_from((1, 7, 24, 24, 72, 240)))
    def wait(self, hours):
        """Time passes."""
        self.clock.advance(hours=hours)

    @rule(loan=st.sampled_from(LOANS))
    def observe(self, loan):
        """A loan is observed; the same ledger once more yields nothing."""
        first = self.both(lambda desk: desk.observe(self.loans[loan]))
        again = self.both(lambda desk: desk.observe(self.loans[loan]))

        if first is None or hasattr(first, "version"):
            assert again == (first if first is not None and first.open else None)

    @rule(lag=st.sampled_from((0, 0, 1, 3)), dry=st.booleans())
    def night(self, lag, dry):
        """The night runs twice for a business date: a dry run told what it does, and the second time yields nothing."""
        book = MemoryLoanBook(self.loans.values())
        on = self.today() - timedelta(days=lag)
        foretold = self.both(lambda desk: desk.close_of_business(book, on=on, dry_run=True)) if dry else None
        first = self.both(lambda desk: desk.close_of_business(book, on=on))
        second = self.both(lambda desk: desk.close_of_business(book, on=on))

        assert foretold is None or attrs.evolve(foretold, dry_run=False) == first
        assert second.facts == {}

    def _some(self, pick, states=None):
        """Pick a case, or an open case in one of these states; None if there is none."""
        rows = rows_of(self.sides[0].store)
        found = [row.case_id for row in rows if states is None or (row.is_open and row.state in states)]
        return found[pick % len(found)] if found else None

    @rule(pick=PICK, acts=st.lists(ACTS, min_size=1, max_size=2), keyed=st.booleans())
    def act(self, pick, acts, keyed):
        """Somebody does one or two acts on a case, with or without a key."""
        made = [act(self.today(), self.clock.now(WHERE)) for act in acts]
        self.keys += keyed
        key = f"k-{self.keys}" if keyed else None
        self.both(lambda desk: desk.by("officer:7").do(self._some(pick), *made, key=key))

    @rule(pick=PICK, acts=st.lists(ACTS, min_size=1, max_size=6))
    def many(self, pick, acts):
        """Many commands come at once, some on the same case."""
        made = [act(self.today(), self.clock.now(WHERE)) for act in acts]
        pairs = [(self._some(pick + place), act) for place, act in enumerate(made)]
        self.both(lambda desk: told(desk.do_many(pairs)))

    @rule(pick=PICK, which=PICK)
    def follow(self, pick, which):
        """Somebody does what is due."""
        case_id = self._some(pick, tuple(CaseState))
        if case_id is None:
            return
        ready = [step.act for step in self.sides[0].desk().explain(case_id).steps if step.ready]
        if ready:
            self.both(lambda desk: desk.do(case_id, ready[which % len(ready)]))

    @rule(pick=PICK, left=st.sampled_from((20, 40, 120)), agree=st.booleans())
    def talk(self, pick, left, agree):
        """Somebody goes there and talks, and what is proposed may be agreed at once."""
        case_id = self._some(pick, ("overdue", "notified", "visited"))
        if case_id is None:
            return
        interview = talk_of("income_lost", True, (left + 170, 50))
        self.both(lambda desk: desk.do(case_id, RecordVisit(met="borrower", interview=interview)))
        offered = self.both(lambda desk: desk.proposals(case_id))
        if getattr(offered, "best", None) is not None and agree:
            self.both(lambda desk: desk.do(case_id, AgreePlan(offered.best, consent="signed")))

    @rule(pick=PICK, late=st.integers(0, 8), reverse=st.booleans())
    def keep(self, pick, late, reverse):
        """A plan instalment is paid, in time or late, and perhaps the payment bounces the day after."""
        case_id = self._some(pick, ("plan_agreed",))
        plan = None if case_id is None else self.sides[0].desk().case(case_id).plans.running
        if plan is None or plan.next_open() is None:
            return
        _, instalment = plan.next_open()
        day = max(self.today(), instalment.due + timedelta(days=late))
        self.clock.set(f"{day} 09:00")
        loan = case_id.partition("/")[0]
        self.refs += 1
        paid = self.loans[loan].pay(instalment.amount, on=day, ref=f"m-{self.refs}")
        self.loans[loan] = paid
        self.both(lambda desk: desk.observe(paid))
        if reverse:
            self.clock.advance(days=1)
            self.loans[loan] = paid.reverse(f"m-{self.refs}", on=self.today())

    @rule(answers=st.lists(st.sampled_from((None, REFUSED, BROKEN_LINE, Crash(), OSError("jam"))), max_size=3))
    def relay(self, answers):
        """The relay runs, with a world outside that does not always work."""
        for side in self.sides:
            side.post.answers = list(answers)
        self.both(lambda desk: desk.relay(), fuse=Fuse)
        for side in self.sides:
            side.post.answers = []

    @rule(at=st.integers(1, 25), loan=st.sampled_from(LOANS), what=st.sampled_from(("night", "relay", "observe")))
    def crash(self, at, loan, what):
        """The process dies at some call of a port."""
        book = MemoryLoanBook(self.loans.values())
        work = {
            "night": lambda desk: desk.close_of_business(book),
            "relay": lambda desk: desk.relay(),
            "observe": lambda desk: desk.observe(self.loans[loan]),
        }[what]
        self.both(work, fuse=lambda: Fuse(at))

    @rule(pick=PICK, at=st.integers(1, 12), mine=ACTS, theirs=ACTS, what=st.sampled_from(("night", "relay", "act")))
    def meanwhile(self, pick, at, mine, theirs, what):
        """Another desk does something in the middle of what this one does."""
        case_id = self._some(pick)
        own, other_act = (act(self.today(), self.clock.now(WHERE)) for act in (mine, theirs))
        book = MemoryLoanBook(self.loans.values())
        work = {
            "night": lambda desk: desk.close_of_business(book),
            "relay": lambda desk: desk.relay(),
            "act": lambda desk: desk.do(case_id, own),
        }[what]
        sides = iter(self.sides)

        def fuse():
            side = next(sides)

            def other():
                with contextlib.suppress(REFUSALS):
                    side.desk().do(case_id, other_act)

            return Between(at, other)

        self.both(work, fuse=fuse)

    @rule(pick=PICK, reason=st.sampled_from(("settled", "opened_in_error")))
    def close(self, pick, reason):
        """Somebody closes a case."""
        case_id = self._some(pick, tuple(CaseState))
        if case_id is not None:
            self.both(lambda desk: desk.do(case_id, CloseCase(reason)))

    @rule(party=st.sampled_from(PARTIES), close=st.booleans())
    def erase(self, party, close):
        """A party asks to be forgotten, before or after its cases are closed."""
        for row in self.sides[0].store.cases_of("default", party) if close else ():
            self.both(lambda desk, case_id=row.case_id: desk.do(case_id, CloseCase("settled")))
        self.both(lambda desk: desk.erase(party))

    def ordinary(self, drawn):
        """Do something of ordinary life, drawn with fixed chances."""
        pick, loan, flip = drawn.randrange(30), drawn.choice(LOANS), drawn.random() < 0.3
        amount = drawn.choice((40, 120, 120, 240))
        return drawn.choice(
            (
                lambda: self.wait(drawn.choice((1, 24, 24, 72))),
                lambda: self.night(0, flip),
                lambda: self.relay([drawn.choice((None, None, REFUSED, BROKEN_LINE, Crash()))]),
                lambda: self.follow(pick, drawn.randrange(9)),
                lambda: self.two_relays(drawn.randrange(2, 7), drawn.choice((1, 1, None))),
                lambda: self.talk(pick, drawn.choice((40, 120)), not flip),
                lambda: self.keep(pick, drawn.choice((0, 0, 3, 9)), flip),
                lambda: self.pay(loan, amount, drawn.choice((0, 0, 5))),
                lambda: self.reverse(loan, pick) if flip else self.observe(loan),
                lambda: self.reschedule(loan, 30) if flip else self.wait(24),
                lambda: self.crash(drawn.randrange(1, 25), loan, drawn.choice(("night", "relay", "observe"))),
            )
        )()

    @rule(at=st.integers(2, 6), limit=st.sampled_from((1, 1, None)))
    def two_relays(self, at, limit):
        """A second relay runs in the middle of the first: both see the same party's slot free, one gets it."""
        sides = iter(self.sides)

        def fuse():
            side = next(sides)
            return Between(at, lambda: side.desk().relay(limit))

        # A fresh morning: every household may be written to once, so that both notices of a party are due now.
        self.clock.set(f"{self.today() + timedelta(days=1)} 09:00")
        for case_id in [row.case_id for row in rows_of(self.sides[0].store) if row.is_open]:
            self.both(lambda desk, case_id=case_id: desk.do(case_id, SendNotice("visit", channel="sms")))
        self.both(lambda desk: desk.relay(limit), fuse=fuse)

    # ---- what always holds ----------------------------------------------------------------------------------------

    @invariant()
    def sound(self):
        """The record is sound, both worlds agree, and nobody was written to more often than the rule allows."""
        if not hasattr(self, "sides"):
            return
        for side in self.sides:
            assert_sound(side.desk(), side.store)
            for party in PARTIES:
                self._check_slots(side.store, party)
        assert self.sides[0].story() == self.sides[1].story()

    def _check_slots(self, store, party):
        counted = Counter(
            contact.at.astimezone(WHERE).date()
            for contact in store.contacts("default", party, since=LONG_AGO).rows
            if contact.status != "released" and store.message("default", contact.contact_id) is not None
        )
        assert all(count <= village().contact.attempts_a_day for count in counted.values())

    def teardown(self):
        """In the end every message gets its outcome, and every case can be closed."""
        if not hasattr(self, "sides"):
            return
        self.clock.advance(days=2)
        now = self.clock.now(WHERE)
        self.clock.set(f"{now.date()} 10:00")
        for side in self.sides:
            desk = side.desk()
            desk.relay()
            for row in rows_of(side.store):
                if row.is_open:
                    desk.do(row.case_id, CloseCase("opened_in_error"))
                assert not desk.case(row.case_id).open
                assert desk.case(row.case_id).notices.pending == ()
            assert_sound(desk, side.store)
            side.store.close()


class Between(Fuse):
    """Lets somebody else act at one call."""

    def __init__(self, at, other):
        super().__init__(at)
        self.other = other

    def tick(self, name):  # noqa: ARG002 - the shape of a fuse
        """
        Count a call, and let the other act just before it if it is the one.
        """
        self.calls += 1
        if self.calls == self.at:
            self.other()


def live(seed, length):
    """
    Live through weeks of ordinary life, drawn from a seed: searching by rules alone seldom gets as far as a plan.
    """
    drawn, village_life = random.Random(seed), DeskWalk()
    village_life.open(idempotent=drawn.random() < 0.5)
    for _ in range(length):
        village_life.ordinary(drawn)
        village_life.sound()
    kinds = {entry.header.kind for history in village_life.sides[0].story()[1] for entry in history}
    village_life.teardown()
    return kinds


def test_ordinary_weeks():
    """
    Through plans kept and broken, recoveries and relapses the record stays sound and both stores agree.
    """
    seen = set().union(*(live(seed, 50) for seed in range(12)))

    assert {"plan_agreed", "plan_instalment_judged", "recovered", "relapsed", "notice_outcome_unknown"} <= seen


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(1000, 1200))
def test_many_ordinary_weeks(seed):
    """
    The same for long lives.
    """
    assert "case_opened" in live(seed, 200)


TestDeskWalk = DeskWalk.TestCase
TestDeskWalk.settings = settings(max_examples=60, stateful_step_count=25)


class LongDeskWalk(DeskWalk):
    """The same village for longer."""


TestLongDeskWalk = pytest.mark.soak(LongDeskWalk.TestCase)
# About an hour of one processor.
TestLongDeskWalk.settings = settings(max_examples=2000, stateful_step_count=60)
