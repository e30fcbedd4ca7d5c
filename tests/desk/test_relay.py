"""
The relay: every message ends in exactly one outcome, and no household gets more than the rules allow.
"""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, time, timedelta

import attrs
import pytest

from overdue_visit import (
    AdapterError,
    AgreePlan,
    Appoint,
    CloseCase,
    Escalate,
    HouseholdBudget,
    Interview,
    InvalidValue,
    LoanStatus,
    Offer,
    PlanInstalment,
    RecordDelivery,
    RecordService,
    RecordVisit,
    RevisePlan,
    SendNotice,
)
from overdue_visit.case.acts.upkeep import NoticeInFlight
from overdue_visit.policy import village
from tests.desk.test_commands import Overtaken
from tests.desk.world import BROKEN_LINE, REFUSED, Crash, Post, assert_sound, desk_on, kes, kinds, loan_of, outcomes

MESSAGE = "ke-001/1#2"
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


@pytest.fixture
def case(desk, loan):
    """
    A case with a notice of visit queued as its second fact.
    """
    return desk.do(desk.observe(loan), SendNotice("visit", channel="sms")).case


def slots(store, party="b-17"):
    """
    Return the party's contacts as (id, status).
    """
    rows = store.contacts("default", party, since=LONG_AGO).rows
    return [(row.contact_id, row.status) for row in rows]


@pytest.mark.parametrize(
    ("answer", "word", "kind", "status"),
    [
        (None, "sent", "notice_sent", "used"),
        (REFUSED, "failed", "notice_failed", "released"),
        (BROKEN_LINE, "unknown", "notice_outcome_unknown", "unknown"),
        (RuntimeError("out of paper"), "unknown", "notice_outcome_unknown", "unknown"),
        (AdapterError("gateway", "gone"), "unknown", "notice_outcome_unknown", "unknown"),
        ("no receipt", "unknown", "notice_outcome_unknown", "unknown"),
    ],
)
def test_each_answer_of_a_sender_is_one_outcome(answer, word, kind, status, desk, case, post, store):
    """
    What the sender returns or raises settles the message once, and its contact slot with it.
    """
    post.answers.append(answer)

    report = desk.relay()

    assert getattr(report, word) == (MESSAGE,)
    assert str(report).splitlines()[0].count("1") == 1
    assert kinds(desk, case)[2:4] == ["notice_handed_over", kind]
    assert slots(store) == [(MESSAGE, status)]
    assert store.message("default", MESSAGE).state == "settled"
    assert desk.relay().sent == ()
    assert post.taken == [MESSAGE]
    assert_sound(desk, store)


@pytest.mark.parametrize(
    ("answer", "fault"), [(RuntimeError("Amina has no number"), "RuntimeError"), ("no receipt", "AttributeError")]
)
def test_a_sender_that_breaks_its_law_is_named(answer, fault, desk, case, post):
    """
    An error that a sender must not raise settles the message as unknown; the report names its class, and no words.
    """
    post.answers.append(answer)

    report = desk.relay()

    assert report.problems == ((MESSAGE, f"Post raised {fault}"),)
    assert str(report).splitlines()[1:] == [f"  problem: {MESSAGE}: Post raised {fault}"]


def test_a_channel_without_a_sender_fails(store, clock, loan):
    """
    A notice by a channel that nobody serves is settled as failed, without a slot being used.
    """
    desk = desk_on(store, clock, Post(channels=frozenset({"email"})))
    case = desk.do(desk.observe(loan), SendNotice("visit", channel="sms")).case

    assert desk.relay().failed == (MESSAGE,)
    assert desk.history(case)[-1].fact.error == "no_sender"
    assert all(status == "released" for _, status in slots(store))


def test_a_failed_notice_is_due_again(desk, case, post, clock):
    """
    After a failure the steps derive a fresh notice on the next day, with that day's amounts.
    """
    post.answers.append(REFUSED)
    desk.relay()
    clock.advance(days=1)

    assert "notice_of_visit" in [step.rule for step in desk.worklist()]


def test_two_cases_of_one_party_share_its_day(desk, store, post):
    """
    Of two notices to one party on one day the second is withheld, by the rule that says so.
    """
    for loan_id in ("ke-001", "ke-002"):
        desk.do(desk.observe(loan_of(loan_id)), SendNotice("visit", channel="sms"))

    report = desk.relay()

    assert (report.sent, report.withheld) == (("ke-001/1#2",), ("ke-002/1#2",))
    assert desk.history("ke-002/1")[-1].fact.rule == "contact.attempts_a_day"
    assert len(post.taken) == 1
    assert_sound(desk, store)


@pytest.mark.parametrize("address", ["memory:", "sqlite"])
def test_concurrent_relays_never_exceed_the_rule(address, url, clock):
    """
    Six cases of two parties, two desks and four threads at once: one message a party goes out, each is settled once.
    """
    post = Post(while_sending=lambda: None)
    first = desk_on(url if address == "sqlite" else address, clock, post)
    store = first._settings.store
    second = desk_on(url, clock, post) if address == "sqlite" else desk_on(store, clock, post)
    cases = []
    for number in range(6):
        loan = loan_of(f"ke-{number}", borrower=f"b-{number % 2}")
        cases.append(first.do(first.observe(loan), SendNotice("visit", channel="sms")).case)
    start = threading.Barrier(4)

    def run(desk):
        start.wait()
        return [desk.relay(limit=1) for _ in range(4)]

    with ThreadPoolExecutor(4) as threads:
        reports = list(threads.map(run, (first, second, first, second)))
    first.relay()

    assert sum(len(report.sent) for run in reports for report in run) == 2
    assert sorted(desk_party(message) for message in post.taken) == ["b-0", "b-1"]
    for case in cases:
        assert [len(settled) for settled in outcomes(first, case).values()] == [1]
    assert_sound(first, store)
    first.close()
    second.close()


@pytest.mark.parametrize("address", ["memory:", "sqlite"])
def test_a_slot_taken_between_asking_and_reserving_is_noticed(address, url, clock):
    """
    The gate allowed it, and just before the slot is reserved another desk takes it: the second notice is withheld.
    """
    post = Post()
    other = desk_on(url if address == "sqlite" else address, clock, post)
    for loan_id in ("ke-001", "ke-002"):
        other.do(other.observe(loan_of(loan_id)), SendNotice("visit", channel="sms"))
    behind = Overtaken(other._settings.store, 1, lambda: other.relay(limit=1))

    report = desk_on(behind, clock, post).relay(limit=1)

    assert post.taken == ["ke-002/1#2"]
    assert report.withheld == ("ke-001/1#2",)
    assert other.history("ke-001/1")[-1].fact.rule == "contact.attempts_a_day"
    assert_sound(other, other._settings.store)
    other.close()


def desk_party(message):
    """
    Return the party that those messages are for.
    """
    return f"b-{int(message[3]) % 2}"


def test_outside_hours_a_notice_is_withheld_for_good(desk, case, clock, store, post):
    """
    A notice that comes up in the night is withheld; a fresh one is due the next day.
    """
    clock.set("2026-03-08 21:00")
    report = desk.relay()
    clock.set("2026-03-09 09:00")

    assert report.withheld == (MESSAGE,)
    assert desk.history(case)[-1].fact.rule == "contact.latest"
    assert desk.relay().sent == ()
    assert "notice_of_visit" in [step.rule for step in desk.worklist()]
    assert slots(store) == []


def test_a_notice_queued_at_night_waits_for_the_morning(store, clock, post, loan):
    """
    A notice queued outside hours is due when they begin, and not claimed before.
    """
    clock.set("2026-03-08 23:00")
    desk = desk_on(store, clock, post)
    desk.do(desk.observe(loan), SendNotice("visit", channel="sms"))
    night = desk.relay()
    clock.set("2026-03-09 08:00")

    assert str(night) == "0 sent, 0 withheld, 0 failed, 0 unknown"
    assert desk.relay().sent == (MESSAGE,)


@pytest.mark.parametrize(("idempotent", "outcome"), [(False, "unknown"), (True, "sent")])
def test_a_relay_that_died_while_sending(idempotent, outcome, store, clock, loan):
    """
    After its lease the message is settled as unknown, or sent again under the same key where that does no harm.
    """
    post = Post(idempotent=idempotent, answers=[Crash()])
    desk = desk_on(store, clock, post)
    case = desk.do(desk.observe(loan), SendNotice("visit", channel="sms")).case
    with pytest.raises(Crash):
        desk.relay()

    assert slots(store) == [(MESSAGE, "reserved")]
    assert str(desk.relay()) == "0 sent, 0 withheld, 0 failed, 0 unknown"
    clock.advance(minutes=village().notices.lease_minutes)
    assert getattr(desk.relay(), outcome) == (MESSAGE,)
    assert len(set(post.keys)) == 1
    assert len(post.keys) == 1 + idempotent
    assert desk.case(case).state == ("notified" if idempotent else "overdue")
    assert_sound(desk, store)


def test_a_message_in_doubt_is_not_sent_again_outside_hours(store, clock, loan):
    """
    Even an idempotent sender is not asked again when the gate no longer allows it: the outcome stays unknown.
    """
    post = Post(idempotent=True, answers=[Crash()])
    desk = desk_on(store, clock, post)
    desk.do(desk.observe(loan), SendNotice("visit", channel="sms"))
    with pytest.raises(Crash):
        desk.relay()
    clock.set("2026-03-08 21:00")

    assert desk.relay().unknown == (MESSAGE,)
    assert len(post.taken) == 1


def test_a_contact_counts_for_the_day_it_was_made(store, clock, loan):
    """
    An outcome written down the next day takes no slot of that day: the contact was made when it was handed over.
    """
    post = Post(answers=[Crash()])
    desk = desk_on(store, clock, post)
    desk.do(desk.observe(loan), SendNotice("visit", channel="sms"))
    with pytest.raises(Crash):
        desk.relay()
    clock.advance(days=1)
    desk.do(desk.observe(loan_of("ke-002")), SendNotice("visit", channel="sms"))

    report = desk.relay()

    assert (report.unknown, report.sent) == ((MESSAGE,), ("ke-002/1#2",))


@pytest.mark.parametrize(("idempotent", "outcome"), [(False, "notice_outcome_unknown"), (True, "notice_sent")])
def test_a_sender_slower_than_its_lease(idempotent, outcome, store, clock, loan):
    """
    When another relay takes a message over from a slow one, the message still has one outcome: that relay's.
    """
    post = Post(idempotent=idempotent)
    slow, other = desk_on(store, clock, post), desk_on(store, clock, Post(idempotent=idempotent))
    case = slow.do(slow.observe(loan), SendNotice("visit", channel="sms")).case
    reports = []

    def take_over():
        clock.advance(hours=1)
        reports.append(other.relay())

    post.while_sending = take_over

    report = slow.relay()

    assert str(report) == "0 sent, 0 withheld, 0 failed, 0 unknown"
    assert report.problems == ()
    assert [kind for kind in kinds(slow, case) if kind in ("notice_sent", "notice_outcome_unknown")] == [outcome]
    assert_sound(slow, store)


def test_a_late_failure_does_not_overrule_the_relay_that_took_over(store, clock, loan):
    """
    The slow relay learns that its try failed while another's is on its way: only the other's outcome counts.
    """
    inner = Post(idempotent=True)
    slow_post = Post(idempotent=True, answers=[REFUSED])
    slow, other = desk_on(store, clock, slow_post), desk_on(store, clock, inner)
    case = slow.do(slow.observe(loan), SendNotice("visit", channel="sms")).case
    order = []

    def while_other_sends():
        order.append("other is sending")

    def while_slow_sends():
        clock.advance(hours=1)
        inner.while_sending = while_other_sends
        order.append(other.relay().sent)

    slow_post.while_sending = while_slow_sends
    slow.relay()

    assert order == ["other is sending", (MESSAGE,)]
    assert kinds(slow, case).count("notice_failed") == 0
    assert_sound(slow, store)


def test_a_relay_leaves_what_another_has_taken_over(store, clock):
    """
    A relay that is slow with its first message does not touch the second once another relay has taken it.
    """
    post, other_post = Post(), Post()
    slow, other = desk_on(store, clock, post), desk_on(store, clock, other_post)
    for number in range(2):
        slow.do(slow.observe(loan_of(f"ke-{number}", borrower=f"b-{number}")), SendNotice("visit", channel="sms"))

    def take_over():
        clock.advance(hours=1)
        other.relay()

    post.while_sending = take_over
    slow.relay()

    assert post.taken == ["ke-0/1#2"]
    assert other_post.taken == ["ke-1/1#2"]
    assert_sound(slow, store)


class InTurn:
    """Lets a slow relay go on only while another is in the middle of sending what it took over."""

    def __init__(self, slow_answer):
        self.slow_sends, self.other_sends = threading.Event(), threading.Event()
        self.slow_post = Post(idempotent=True, answers=[slow_answer], while_sending=self._slow)
        self.other_post = Post(idempotent=True, while_sending=self._other)
        self.slow_is_done = None

    def _slow(self):
        self.slow_sends.set()
        assert self.other_sends.wait(10)

    def _other(self):
        self.other_sends.set()
        self.slow_is_done.result(10)

    def run(self, slow, other, clock):
        """
        Run both, and return their reports.
        """
        with ThreadPoolExecutor(1) as thread:
            self.slow_is_done = thread.submit(slow.relay)
            assert self.slow_sends.wait(10)
            clock.advance(hours=1)
            return self.slow_is_done, other.relay()


def test_a_failure_learnt_while_another_relay_is_sending_settles_nothing(store, clock, loan):
    """
    The slow relay's try failed, the other's is under way and succeeds: the message is sent, and not failed.
    """
    turns = InTurn(REFUSED)
    slow, other = desk_on(store, clock, turns.slow_post), desk_on(store, clock, turns.other_post)
    case = slow.do(slow.observe(loan), SendNotice("visit", channel="sms")).case

    slow_report, other_report = turns.run(slow, other, clock)

    assert other_report.sent == (MESSAGE,)
    assert slow_report.result().failed == ()
    assert outcomes(slow, case) == {2: ["notice_sent"]}
    assert slots(store) == [(MESSAGE, "used")]


def test_a_message_under_way_elsewhere_is_not_settled_as_unknown(store, clock):
    """
    A relay slow with its first message comes to its second while another relay is sending that: it lets it be.
    """
    going, slow_is_done = threading.Event(), []
    slow_post, other_post = Post(), Post()
    slow, other = desk_on(store, clock, slow_post), desk_on(store, clock, other_post)
    for number in range(2):
        slow.do(slow.observe(loan_of(f"ke-{number}", borrower=f"b-{number}")), SendNotice("visit", channel="sms"))
    sending = threading.Event()

    def first_of_slow():
        sending.set()
        assert going.wait(10)

    def second_of_other():
        going.set()
        slow_is_done[0].result(10)

    slow_post.while_sending, other_post.while_sending = first_of_slow, second_of_other
    with ThreadPoolExecutor(1) as thread:
        slow_is_done.append(thread.submit(slow.relay))
        assert sending.wait(10)
        clock.advance(hours=1)
        report = other.relay()

    assert report.sent == ("ke-1/1#2",)
    assert outcomes(other, "ke-1/1") == {2: ["notice_sent"]}
    assert slow_is_done[0].result().unknown == ()


def test_a_parked_message_never_blocks_another(desk, store, post):
    """
    A sender's outage for one message leaves the others to be sent in the same run.
    """
    for number in range(4):
        desk.do(desk.observe(loan_of(f"ke-{number}", borrower=f"b-{number}")), SendNotice("visit", channel="sms"))
    post.answers = [RuntimeError("jam"), None, REFUSED, None]

    report = desk.relay()

    assert (len(report.sent), len(report.failed), len(report.unknown)) == (2, 1, 1)


def test_a_directory_that_fails_leaves_the_message_for_later(store, clock, post):
    """
    When the directory cannot say where to, nothing was handed over: the message waits, the others go.
    """

    class Directory:
        down = True

        def name(self, party):  # noqa: ARG002 - the port's shape
            return None

        def language(self, party):  # noqa: ARG002 - the port's shape
            return None

        def address(self, party, channel):  # noqa: ARG002 - the port's shape
            if party == "b-0" and self.down:
                raise AdapterError("directory", "is being moved")
            return "+254"

    directory = Directory()
    desk = desk_on(store, clock, post, directory=directory)
    for number in range(2):
        desk.do(desk.observe(loan_of(f"ke-{number}", borrower=f"b-{number}")), SendNotice("visit", channel="sms"))

    first = desk.relay()
    directory.down = False
    clock.advance(hours=1)

    assert (first.sent, first.problems) == (("ke-1/1#2",), (("ke-0/1#2", "directory: is being moved"),))
    assert desk.relay().sent == ("ke-0/1#2",)
    assert post.taken == ["ke-1/1#2", "ke-0/1#2"]


def test_limits_and_order(desk, post):
    """
    A limited relay takes the oldest messages first and leaves the rest.
    """
    for number in (2, 0, 1):
        desk.do(desk.observe(loan_of(f"ke-{number}", borrower=f"b-{number}")), SendNotice("visit", channel="sms"))

    assert desk.relay(limit=2).sent == ("ke-0/1#2", "ke-1/1#2")
    assert desk.relay(limit=5).sent == ("ke-2/1#2",)


@pytest.mark.parametrize("limit", [0, -1, 1.0, "3"])
def test_a_limit_that_is_none_is_refused(limit, desk):
    """
    A limit is a whole number of at least one.
    """
    with pytest.raises(InvalidValue) as refusal:
        desk.relay(limit=limit)

    assert refusal.value.field == "limit"


def test_more_messages_than_one_claim(desk, store):
    """
    A relay works through as many messages as there are.
    """
    for number in range(60):
        desk.do(desk.observe(loan_of(f"ke-{number:02}", borrower=f"b-{number}")), SendNotice("visit", channel="sms"))

    assert len(desk.relay().sent) == 60


@pytest.mark.parametrize("first", ["delivery", "service"])
def test_delivery_and_service_come_in_any_order(first, desk, case, post, clock):
    """
    Delivered and served are noted whenever they come, before or after one another.
    """
    desk.relay()
    acts = [RecordDelivery(notice=2), RecordService(notice=2, how="handed_over_in_person")]
    for act in acts if first == "delivery" else reversed(acts):
        clock.advance(hours=1)
        desk.do(case, act)

    notice = desk.case(case).notices.find(2)
    assert (notice.delivered_on, notice.served_on) == (date(2026, 3, 8), date(2026, 3, 8))
    assert kinds(desk, case).count("borrower_notified") == 1


def test_a_letter_notifies_when_it_is_served(desk, loan, clock):
    """
    Sent alone a letter starts no notice period; put into somebody's hands it does.
    """
    case = desk.do(desk.observe(loan), SendNotice("visit", channel="letter")).case
    desk.relay()
    assert desk.case(case).state == "overdue"
    clock.advance(days=2)
    desk.do(case, RecordService(notice=2, how="handed_over_in_person"))

    assert desk.case(case).state == "notified"
    assert desk.case(case).notices.notified_on == date(2026, 3, 10)


@pytest.mark.parametrize("counts_from", ["sent", "delivered", "served"])
def test_the_policy_says_what_counts_as_notice(counts_from, store, clock, loan, post):
    """
    The fact that the policy names for a channel, and no other, notifies.
    """
    by = dict(village().notices.notified_by) | {"sms": counts_from}
    policy = village().with_changes({"notices.notified_by": (by, "a test")})
    desk = desk_on(store, clock, post, policy=policy)
    case = desk.do(desk.observe(loan), SendNotice("visit", channel="sms")).case
    seen = {}
    desk.relay()
    seen["sent"] = desk.case(case).state == "notified"
    desk.do(case, RecordDelivery(notice=2))
    seen["delivered"] = desk.case(case).state == "notified"
    desk.do(case, RecordService(notice=2, how="handed_over_in_person"))
    seen["served"] = desk.case(case).state == "notified"

    assert next(fact for fact, notified in seen.items() if notified) == counts_from


def test_a_policy_without_the_channel_still_settles_the_message(store, clock, loan, post):
    """
    A message queued under one policy is settled under the next, though that has no such channel.
    """
    old = desk_on(store, clock, post)
    old.do(old.observe(loan), SendNotice("visit", channel="email"))
    rest = tuple(channel for channel in village().notices.channels if channel != "email")
    by = {channel: fact for channel, fact in village().notices.notified_by.items() if channel != "email"}
    policy = village().with_changes({"notices.channels": (rest, "a test"), "notices.notified_by": (by, "a test")})

    report = desk_on(store, clock, post, policy=policy).relay()

    assert report.problems == ()
    assert len(report.sent + report.failed + report.withheld) == 1


def test_closing_while_a_message_is_in_flight_is_refused(store, clock, loan):
    """
    The outcome of a message with its sender is not to be lost: relay first, then close.
    """
    post = Post(answers=[Crash()])
    desk = desk_on(store, clock, post)
    case = desk.do(desk.observe(loan), SendNotice("visit", channel="sms")).case
    with pytest.raises(Crash):
        desk.relay()

    with pytest.raises(NoticeInFlight):
        desk.do(case, CloseCase("settled"))
    clock.advance(hours=1)
    desk.relay()
    assert not desk.do(case, CloseCase("settled")).case.open


def test_closing_withholds_what_is_queued(desk, case, store, post):
    """
    A queued notice of a case that is closed is settled with it, and nobody sends it.
    """
    desk.do(case, CloseCase("opened_in_error"))

    assert desk.relay().sent == ()
    assert outcomes(desk, case) == {2: ["notice_withheld"]}
    assert post.taken == []
    assert_sound(desk, store)


def test_a_household_that_paid_meanwhile_gets_no_reminder(desk, case, loan, post):
    """
    The notice of a case that recovered before the relay came is withheld.
    """
    desk.observe(loan.pay(kes(120), on=date(2026, 3, 8), ref="m-1"))

    report = desk.relay()

    assert report.withheld == (MESSAGE,)
    assert desk.history(case)[-1].fact.rule == "no_longer_due"
    assert post.taken == []


@pytest.mark.parametrize("status", [LoanStatus.SOLD, LoanStatus.WRITTEN_OFF, LoanStatus.SETTLED])
def test_a_loan_that_left_the_books_is_not_reminded(status, desk, case, loan, post):
    """
    After a loan was sold, written off or settled the queued notice is withheld, and then the case can close.
    """
    gone = attrs.evolve(loan, status=status, status_on=date(2026, 3, 8))
    desk.observe(gone)
    desk.relay()
    closed = desk.observe(gone)

    assert post.taken == []
    assert outcomes(desk, case) == {2: ["notice_withheld"]}
    assert closed is not None
    assert not desk.case(case).open


def test_an_escalated_household_gets_no_reminder(desk, case, post):
    """
    A notice queued before the case was handed over is withheld with it.
    """
    desk.do(case, Escalate(to="committee", because="fraud"))
    desk.relay()

    assert post.taken == []
    assert outcomes(desk, case) == {2: ["notice_withheld"]}


def planned(desk, clock, loan):
    """
    Bring a case to a plan of three instalments, the first due on the first of April.
    """
    case = desk.do(desk.observe(loan), SendNotice("visit", channel="sms")).case
    desk.relay()
    desk.do(case, Appoint(date(2026, 3, 11), time(14), time(16), place="home", agreed=True))
    clock.set("2026-03-11 15:00")
    budget = HouseholdBudget(income=kes(90), necessary=kes(50))
    interview = Interview(reason="income_lost", willing=True, budget=budget)
    desk.do(case, RecordVisit(met="borrower", interview=interview))
    return desk.do(case, AgreePlan(desk.proposals(case).best, consent="signed")).case


def test_a_reminder_of_an_instalment_paid_meanwhile_is_withheld(desk, clock, loan, post):
    """
    Once the instalment is kept its reminder has no occasion.
    """
    case = planned(desk, clock, loan)
    clock.set("2026-03-30 09:00")
    desk.do(case, SendNotice("instalment", instalment=1))
    desk.observe(loan.pay(kes(40), on=date(2026, 3, 30), ref="m-1"))

    assert len(desk.relay().withheld) == 1
    assert len(post.taken) == 1


def test_a_reminder_names_the_instalment(desk, clock, loan, post):
    """
    The letter says the plan instalment's amount and day, not the whole arrears.
    """
    case = planned(desk, clock, loan)
    clock.set("2026-03-30 09:00")
    desk.do(case, SendNotice("instalment", instalment=1))

    assert len(desk.relay().sent) == 1
    assert "40.00" in post.letters[-1].body
    assert "2026-04-01" in post.letters[-1].body


def test_a_reminder_of_a_plan_that_was_revised_is_withheld(desk, clock, loan, post):
    """
    A reminder queued for the third instalment of the old plan is pointless under the new one, which has fewer.
    """
    case = planned(desk, clock, loan)
    clock.set("2026-03-30 09:00")
    desk.do(case, SendNotice("instalment", instalment=3))
    offer = desk.case(case).observation.position
    assert offer.arrears == kes(120)
    desk.observe(loan.pay(kes(80), on=date(2026, 3, 30), ref="m-1"))
    shorter = Offer(kind="equal_split", instalments=[PlanInstalment(date(2026, 4, 15), kes(40))])
    desk.do(case, RevisePlan(shorter, consent="signed", because="paid_early"))

    report = desk.relay()

    assert (len(report.withheld), report.problems) == (1, ())
    assert len(post.taken) == 1


def test_a_reminder_of_the_old_plan_is_not_taken_for_one_of_the_new(desk, clock, loan, post):
    """
    The new plan has an instalment of the same number, but a month later: nobody is reminded of that one now.
    """
    case = planned(desk, clock, loan)
    clock.set("2026-03-30 09:00")
    desk.do(case, SendNotice("instalment", instalment=1))
    days = (date(2026, 4, 28), date(2026, 5, 28), date(2026, 6, 28))
    later = Offer(kind="equal_split", instalments=[PlanInstalment(day, kes(40)) for day in days])
    desk.do(case, RevisePlan(later, consent="signed", because="ill"))

    report = desk.relay()

    assert len(report.withheld) == 1
    assert desk.history(case)[-1].fact.rule == "no_longer_due"
    assert len(post.taken) == 1


def test_thanks_go_out_after_recovery(desk, case, loan, post, clock):
    """
    A recovered household is thanked once, on the next day that the rules allow.
    """
    desk.relay()
    clock.advance(days=1)
    desk.observe(loan.pay(kes(120), on=date(2026, 3, 9), ref="m-1"))
    (step,) = [step for step in desk.worklist() if step.rule == "recovered_notice"]
    desk.do(case, step.act)

    assert len(desk.relay().sent) == 1
    assert "recovered_notice" not in [step.rule for step in desk.worklist(on=date(2026, 3, 9) + timedelta(days=30))]
