"""
Notices: when there is occasion for one, what each refusal says, and what became of it.
"""

from __future__ import annotations

import datetime as dt
from datetime import date, time

import attrs
import pytest

from overdue_visit.case.acts.delivery import (
    HandOverNotice,
    NotUnderWay,
    RecordDelivery,
    RecordNoticeFailed,
    RecordNoticeOutcomeUnknown,
    RecordNoticeSent,
    RecordService,
    WithholdNotice,
)
from overdue_visit.case.acts.notices import (
    NoticeOutOfSeason,
    NoticeTooEarly,
    NoticeUnderWay,
    SendNotice,
    SkipNotice,
)
from overdue_visit.case.acts.requests import RecordWords
from overdue_visit.case.notices import (
    KEPT,
    BorrowerNotified,
    NoticeDelivered,
    NoticeHandedOver,
    NoticeQueued,
    NoticeSent,
    NoticeServed,
    NoticeWithheld,
)
from overdue_visit.errors import InvalidValue
from overdue_visit.lifecycle import CaseState
from overdue_visit.notice import Notice, NoticeKind, NoticeState
from overdue_visit.party.contact import Contact, Direction, SlotState
from tests.case.builders import STATES, day, monthly, notified, overdue, planned, policy, recovered, visited


def test_a_queued_notice_notifies_nobody():
    """
    A notice that waits for its sender moves nothing: the household does not know of it yet.
    """
    story = overdue()

    (queued,) = story.do(SendNotice("visit", channel="letter", language="zh"))

    assert queued == NoticeQueued(notice=NoticeKind.VISIT, channel="letter", language="zh", due_at=story.now)
    assert story.case.state is CaseState.OVERDUE
    assert story.case.notices.pending == (
        Notice(number=2, kind=NoticeKind.VISIT, channel="letter", language="zh", queued_on=day(7)),
    )


def test_channel_and_language_are_the_policys_first_when_left_out():
    """
    Practice: a notice goes the usual way in the lender's language unless somebody says otherwise.
    """
    (queued,) = overdue().do(SendNotice("reminder"))

    assert (queued.channel, queued.language) == ("sms", "en")


def test_a_notice_outside_the_hours_waits_for_the_morning():
    """
    Practice: nobody gets a message at night; one that is queued then is due when the hours begin.
    """
    story = overdue()

    (queued,) = story.do(SendNotice("visit"), at=time(23, 30))

    assert queued.due_at == dt.datetime(2026, 3, 9, 5, 0, tzinfo=dt.UTC)


def test_a_notice_waits_for_the_next_day_when_the_party_was_contacted():
    """
    Practice: contacts are counted per party, over all its cases; the second of a day waits for the next.
    """
    story = overdue()
    earlier = dt.datetime(2026, 3, 8, 6, 0, tzinfo=dt.UTC)
    story.contacts = (
        Contact(
            at=earlier,
            channel="phone",
            direction=Direction.OUTBOUND,
            purpose="visit",
            state=SlotState.RESERVED,
            case="ke-002/1",
        ),
    )

    (queued,) = story.do(SendNotice("visit"))

    assert queued.due_at == dt.datetime(2026, 3, 9, 5, 0, tzinfo=dt.UTC)


def test_a_notice_asks_the_rule_sets_about_its_own_loan():
    """
    Two messages a week about a debt are the most in Massachusetts (940 CMR 7.04); about another loan they do not count.
    """
    rules = policy(contact__rule_sets=("us-ma-940cmr7",))
    due = {}
    for loan in ("ke-001", "ke-002"):
        story = overdue(rules=rules)
        story.contacts = tuple(
            Contact(
                at=story.now - dt.timedelta(days=number),
                channel="sms",
                direction=Direction.OUTBOUND,
                purpose="visit",
                state=SlotState.USED,
                case=f"{loan}/1",
            )
            for number in (1, 2)
        )
        (queued,) = story.do(SendNotice("visit"))
        due[loan] = queued.due_at

    assert due["ke-002"] == story.now
    assert due["ke-001"] > story.now


@pytest.mark.parametrize(("number", "waits"), [(15, True), (16, False)])
def test_a_notice_asks_the_rule_sets_at_the_age_of_its_arrears(number, waits):
    """
    Ten at night to six is barred in the Philippines (SEC MC 18, s. 2019) unless more than fifteen days are past due.
    """
    hours = {"contact__earliest": time(0), "contact__latest": time(23, 59)}
    story = overdue(day(number), rules=policy(**hours, contact__rule_sets=("ph-sec-mc18-2019",)))

    (queued,) = story.do(SendNotice("visit"), at=time(22, 30))

    assert (queued.due_at > story.now) is waits


@pytest.mark.parametrize(("kind", "first_day"), [("reminder", 1), ("visit", 5)])
def test_a_notice_before_its_day_is_refused(kind, first_day):
    """
    Practice: a reminder comes from the first day past due on, the notice of a visit from the fifth.
    """
    grace = policy(grace_days=2)
    story = overdue(day(first_day + 1), rules=grace)

    refusal = story.refuses(NoticeTooEarly, SendNotice(kind))

    assert (refusal.notice, refusal.days_past_due, refusal.first_day) == (kind, first_day - 1, first_day)
    story.do(SendNotice(kind), on=day(first_day + 2))


def test_the_same_notice_twice_is_refused_while_it_is_under_way():
    """
    A notice that is queued or with its sender is not queued again; another kind is.
    """
    story = overdue()
    story.do(SendNotice("visit"))

    refusal = story.refuses(NoticeUnderWay, SendNotice("visit", channel="email"))

    assert (refusal.notice, refusal.number) == ("visit", 2)
    story.do(HandOverNotice(notice=2, sender="Post"))
    story.refuses(NoticeUnderWay, SendNotice("visit"))
    story.do(SendNotice("reminder"))


def test_each_instalment_has_a_notice_of_its_own():
    """
    While the first instalment's notice is under way the second's may be queued, and the first's may not.
    """
    story = planned()
    story.do(SendNotice("instalment", instalment=1))
    number = story.case.version

    assert story.refuses(NoticeUnderWay, SendNotice("instalment", instalment=1)).number == number
    story.do(SendNotice("instalment", instalment=2))

    assert [each.instalment for each in story.case.notices.pending] == [1, 2]


def test_what_happens_to_a_notice_happens_to_no_other():
    """
    Of two notices under way one is handed over; of two that were sent one is delivered.
    """
    story = overdue()
    story.do(SendNotice("visit"), SendNotice("reminder"))
    visit, reminder = story.case.notices.pending

    story.do(HandOverNotice(notice=2, sender="Post"))

    handed = attrs.evolve(visit, state=NoticeState.HANDED_OVER, handed_over_at=story.now)
    assert story.case.notices.pending == (handed, reminder)
    story.do(RecordNoticeSent(notice=2, receipt="r-1"))
    story.do(HandOverNotice(notice=3, sender="Post"), RecordNoticeSent(notice=3, receipt="r-2"))
    before = story.case.notices.settled
    story.do(RecordDelivery(notice=3))
    assert story.case.notices.settled == (before[0], attrs.evolve(before[1], delivered_on=story.on))


OCCASIONS = {
    "reminder": {"overdue", "notified", "visited"},
    "visit": {"overdue", "notified", "visited"},
    "instalment": {"plan_agreed"},
    "recovered": {"recovered"},
}


@pytest.mark.parametrize("kind", OCCASIONS)
@pytest.mark.parametrize("state", STATES)
def test_each_kind_of_notice_has_its_season(state, kind):
    """
    Practice: nobody is reminded of arrears that are cleared, planned for or in other hands, or thanked too soon.
    """
    story = STATES[state](day(7)) if state != "recovered" else recovered(day(10))
    act = SendNotice(kind, instalment=1 if kind == "instalment" else None)

    if state in OCCASIONS[kind]:
        assert story.do(act)[0].kind == "notice_queued"
    else:
        refusal = story.refuses(NoticeOutOfSeason, act)
        assert (refusal.notice, refusal.state) == (kind, state)


@pytest.mark.parametrize(
    ("field", "act"),
    [
        ("channel", SendNotice("visit", channel="pigeon")),
        ("language", SendNotice("visit", language="tlh")),
        ("instalment", SendNotice("visit", instalment=1)),
    ],
)
def test_a_malformed_notice_names_its_field(field, act):
    """
    An unknown channel or language, or an instalment where none belongs, is refused by name.
    """
    assert overdue().refuses(InvalidValue, act).field == field


def test_an_unknown_kind_of_notice_is_refused():
    """
    Kinds of notice are closed: each has its occasion and its texts.
    """
    with pytest.raises(InvalidValue) as refusal:
        SendNotice("threat")

    assert (refusal.value.field, refusal.value.value) == ("notice", "threat")


@pytest.mark.parametrize("number", [None, 0, 4, True, "1"])
def test_an_instalment_that_the_plan_has_not_is_refused(number):
    """
    A reminder of an instalment names one that the plan has.
    """
    assert planned().refuses(InvalidValue, SendNotice("instalment", instalment=number)).field == "instalment"


def test_nobody_is_reminded_of_an_instalment_that_is_met():
    """
    A kept instalment needs no reminder; the next one may have one.
    """
    story = planned()
    story.pay("40", date(2026, 3, 20))

    refusal = story.refuses(InvalidValue, SendNotice("instalment", instalment=1))

    assert (refusal.field, refusal.accepted) == ("instalment", "one still to be paid: [2, 3]")
    story.do(SendNotice("instalment", instalment=2))


def test_a_skipped_notice_is_queued_and_withheld_in_one_change():
    """
    A late run writes off the earlier notice in order: the record shows that it was its turn.
    """
    story = overdue()

    facts = story.do(SkipNotice("reminder"))

    assert [fact.kind for fact in facts] == ["notice_queued", "notice_withheld"]
    assert facts[1] == NoticeWithheld(notice=2, rule="late_run")
    assert story.case.notices.pending == ()
    assert story.case.notices.settled[0].state is NoticeState.WITHHELD


def test_a_message_that_was_sent_notifies_the_household():
    """
    Practice: an electronic notice counts from sending; the case is notified from then on.
    """
    story = overdue()
    story.do(SendNotice("visit"))
    story.do(HandOverNotice(notice=2, sender="Post"))

    facts = story.do(RecordNoticeSent(notice=2, receipt="r-1"), on=day(8))

    assert facts[1] == BorrowerNotified(notice=2, by="sent")
    assert story.case.state is CaseState.NOTIFIED
    assert (story.case.notices.notified_on, story.case.notices.announced_on) == (day(8), day(8))
    assert story.case.notices.find(2).settled_on == day(8)


def test_a_reminder_notifies_and_announces_no_visit():
    """
    A household that was reminded of a payment knows that it is late, and not that somebody will come.
    """
    story = overdue(day(3))
    story.notify("reminder")

    assert story.case.state is CaseState.NOTIFIED
    assert (story.case.notices.notified_on, story.case.notices.announced_on) == (day(3), None)


def test_a_letter_notifies_when_it_is_served_and_not_when_it_is_sent():
    """
    Practice: paper proves nothing until it arrived; the period of a letter begins when it is put into hands.
    """
    story = overdue()
    number = story.notify("visit", channel="letter")
    assert story.case.state is CaseState.OVERDUE

    facts = story.do(RecordService(notice=number, how="handed_over_in_person"), on=day(9))

    assert facts == [
        NoticeServed(notice=number, how="handed_over_in_person"),
        BorrowerNotified(notice=number, by="served"),
    ]
    assert (story.case.state, story.case.notices.announced_on) == (CaseState.NOTIFIED, day(9))
    assert story.case.notices.find(number).served_on == day(9)


def test_a_second_service_notifies_nobody_anew():
    """
    Served twice, a letter counts from the first time.
    """
    story = overdue()
    number = story.notify("visit", channel="letter")
    story.do(RecordService(notice=number, how="handed_over_in_person"))

    facts = story.do(RecordService(notice=number, how="registered_post"), on=day(9))

    assert [fact.kind for fact in facts] == ["notice_served"]
    assert story.case.notices.announced_on == day(7)


def test_delivery_counts_where_the_policy_says_so():
    """
    A policy that counts a text message from its delivery starts the period then; it may come before or after service.
    """
    by = {"sms": "delivered", "email": "sent", "letter": "served", "console": "sent", "file": "sent"}
    story = overdue(rules=policy(notices__notified_by=by))
    number = story.notify()
    assert story.case.state is CaseState.OVERDUE

    facts = story.do(RecordDelivery(notice=number), on=day(8))

    assert [fact.kind for fact in facts] == ["notice_delivered", "borrower_notified"]
    assert story.case.notices.find(number).delivered_on == day(8)
    assert [fact.kind for fact in story.do(RecordDelivery(notice=number))] == ["notice_delivered"]


def test_what_was_delivered_earlier_counts_from_then():
    """
    A delivery that is reported late counts from the instant it happened.
    """
    by = {"sms": "delivered", "email": "sent", "letter": "served", "console": "sent", "file": "sent"}
    story = overdue(rules=policy(notices__notified_by=by))
    number = story.notify()

    story.do(RecordDelivery(notice=number, at=dt.datetime(2026, 3, 8, 8, 0, tzinfo=dt.UTC)), on=day(12))

    assert story.case.notices.announced_on == day(7)


def test_a_channel_that_a_later_policy_gave_up_proves_nothing():
    """
    A notice still on its way when its channel leaves the policy is settled, and counts as notice no more.
    """
    story = overdue()
    story.do(SendNotice("visit", channel="file"))
    story.do(HandOverNotice(notice=2, sender="Post"))
    by = {"sms": "sent", "email": "sent", "letter": "served", "console": "sent"}
    channels = ["sms", "email", "letter", "console"]
    story.rules = story.rules.with_changes(
        {"notices.channels": (channels, "for a test"), "notices.notified_by": (by, "for a test")}
    )

    facts = story.do(RecordNoticeSent(notice=2, receipt="r-1"))

    assert [fact.kind for fact in facts] == ["notice_sent"]


@pytest.mark.parametrize("kind", ["instalment", "recovered"])
def test_friendly_notices_start_no_period(kind):
    """
    A reminder of an instalment and a thank-you notify nobody of arrears.
    """
    story = planned() if kind == "instalment" else recovered()

    story.notify(kind, **({"instalment": 1} if kind == "instalment" else {}))

    assert story.case.notices.notified_on is None


def test_a_notice_that_arrives_after_recovery_does_not_notify():
    """
    Practice: whoever has paid in the meantime is not put under notice by a message that was on its way.
    """
    story = overdue()
    story.do(SendNotice("visit"))
    story.do(HandOverNotice(notice=2, sender="Post"))
    story.pay("120", day(7))

    facts = story.do(RecordNoticeSent(notice=2, receipt="r-1"))

    assert [fact.kind for fact in facts] == ["notice_sent"]
    assert story.case.state is CaseState.RECOVERED


SETTLING = {
    "withheld": WithholdNotice(notice=2, rule="contact.latest"),
    "sent": RecordNoticeSent(notice=2, receipt="r-1"),
    "failed": RecordNoticeFailed(notice=2, error="no_address"),
    "outcome_unknown": RecordNoticeOutcomeUnknown(notice=2),
}
FITS = {
    "queued": {"withheld", "failed"},
    "handed_over": {"sent", "failed", "outcome_unknown"},
}


@pytest.mark.parametrize("before", ["queued", "handed_over", *SETTLING])
@pytest.mark.parametrize("outcome", SETTLING)
def test_a_notice_has_exactly_one_outcome(before, outcome):
    """
    A notice is settled once, and only as what can have become of it where it was.
    """
    story = overdue()
    story.do(SendNotice("visit"))
    if before not in ("queued", "withheld"):
        story.do(HandOverNotice(notice=2, sender="Post"))
    if before in SETTLING:
        story.do(SETTLING[before])

    if outcome in FITS.get(before, ()):
        story.do(SETTLING[outcome])
        assert story.case.notices.find(2).state == outcome
        assert story.case.notices.pending == ()
    else:
        refusal = story.refuses(NotUnderWay, SETTLING[outcome])
        assert (refusal.field, refusal.value) == ("notice", 2)
        assert before in refusal.accepted


def test_a_notice_is_handed_over_again_only_while_it_is_not_settled():
    """
    An interrupted sending may be tried again with the next attempt's number; a settled notice may not.
    """
    story = overdue()
    story.do(SendNotice("visit"), HandOverNotice(notice=2, sender="Post"))

    (again,) = story.do(HandOverNotice(notice=2, sender="Post", attempt=2))

    assert again == NoticeHandedOver(notice=2, sender="Post", attempt=2)
    (sent, *_) = story.do(RecordNoticeSent(notice=2, receipt="r-1"))
    assert sent == NoticeSent(notice=2, receipt="r-1")
    story.refuses(NotUnderWay, HandOverNotice(notice=2, sender="Post", attempt=3))


@pytest.mark.parametrize(
    "act",
    [
        WithholdNotice(notice=9, rule="x"),
        HandOverNotice(notice=9, sender="Post"),
        RecordNoticeSent(notice=9, receipt="r"),
        RecordNoticeFailed(notice=9, error="no_address"),
        RecordNoticeOutcomeUnknown(notice=9),
        RecordDelivery(notice=9),
        RecordService(notice=9, how="by_hand"),
        RecordDelivery(notice=0),
        RecordService(notice="2", how="by_hand"),
    ],
)
def test_an_outcome_of_a_notice_that_never_was_is_refused(act):
    """
    What is reported of an unknown notice is malformed: there is nothing to write it to.
    """
    refusal = overdue().refuses(NotUnderWay, act)

    assert (refusal.field, refusal.value) == ("notice", act.notice)
    assert refusal.accepted.startswith(("a notice that is ", "the number of a notice of ke-001/1"))


def test_delivery_of_an_old_notice_may_be_of_any_fact_but_the_opening():
    """
    What the case no longer keeps may have been a notice: any number after the opening, up to the last fact.
    """
    story = overdue()
    story.do(RecordWords(topic="note", text="x"))
    last = story.case.version

    assert story.refuses(NotUnderWay, RecordDelivery(notice=1)).value == 1
    assert story.refuses(NotUnderWay, RecordDelivery(notice=last + 1)).value == last + 1
    assert story.do(RecordDelivery(notice=last)) == [NoticeDelivered(notice=last)]


def test_a_withheld_notice_names_its_rule():
    """
    Practice: why a notice was not sent is on record.
    """
    story = overdue()
    story.do(SendNotice("visit"))

    assert story.do(WithholdNotice(notice=2, rule="contact.latest")) == [
        NoticeWithheld(notice=2, rule="contact.latest")
    ]


def test_what_was_tried_and_what_failed_is_counted_by_kind_and_day():
    """
    A notice counts as tried from its day on and for its own kind, and as a failure only if it failed.
    """
    story = overdue()
    story.do(SendNotice("reminder"), RecordNoticeFailed(notice=2, error="no_address"))
    story.do(SendNotice("visit"), on=day(8))
    notices = story.case.notices

    assert notices.tried(NoticeKind.VISIT, since=day(8), before=day(9))
    assert not notices.tried(NoticeKind.VISIT, since=day(7), before=day(8))
    assert not notices.tried(NoticeKind.VISIT, since=day(9), before=day(10))
    assert not notices.tried(NoticeKind.RECOVERED, since=day(7), before=day(9))
    assert [notices.failures(kind, since=day(7)) for kind in (NoticeKind.REMINDER, NoticeKind.VISIT)] == [1, 0]
    assert notices.failures(NoticeKind.REMINDER, since=day(8)) == 0
    story.do(WithholdNotice(notice=story.case.version, rule="x"))
    assert story.case.notices.failures(NoticeKind.VISIT, since=day(7)) == 0


@pytest.mark.parametrize(
    ("field", "act"),
    [
        ("error", RecordNoticeFailed(notice=2, error="No address of Mrs. Wanjiru")),
        ("how", RecordService(notice=2, how="given to her mother")),
    ],
)
def test_outcomes_are_codes(field, act):
    """
    Errors and ways of service are codes: a name must not slip into the record.
    """
    story = overdue()
    story.do(SendNotice("visit"), HandOverNotice(notice=2, sender="Post"))

    assert story.refuses(InvalidValue, act).field == field


def test_delivery_cannot_be_later_than_now():
    """
    What is recorded has happened.
    """
    story = notified()

    refusal = story.refuses(InvalidValue, RecordDelivery(notice=2, at=dt.datetime(2026, 3, 9, 8, 0, tzinfo=dt.UTC)))

    assert refusal.field == "at"


def test_a_case_keeps_the_latest_settled_notices_at_hand():
    """
    The record has every notice; the case the last dozen, and delivery of an older one is still written down.
    """
    story = overdue()
    first = story.notify()
    for _ in range(KEPT):
        story.do(SkipNotice("visit"))

    assert len(story.case.notices.settled) == KEPT
    assert story.case.notices.find(first) is None
    assert [fact.kind for fact in story.do(RecordDelivery(notice=first))] == ["notice_delivered"]
    assert story.is_sound()


def test_a_visit_notice_after_a_talk_is_possible():
    """
    A second visit may be announced after the first talk.
    """
    story = visited()

    story.notify("visit")

    assert story.case.state is CaseState.VISITED
    assert story.case.notices.announced_on == day(7)


def test_latest_finds_what_counts_and_nothing_else():
    """
    Of a kind the latest notice since a day counts unless it was withheld or failed.
    """
    story = overdue(ledger=monthly(3))
    story.do(SkipNotice("visit"))
    notices = story.case.notices
    assert notices.latest(NoticeKind.VISIT, since=day(0)) is None

    number = story.notify()
    found = story.case.notices.latest(NoticeKind.VISIT, since=day(7))

    assert found.number == number
    assert story.case.notices.latest(NoticeKind.VISIT, since=day(8)) is None
    assert story.case.notices.latest(NoticeKind.REMINDER, since=day(0)) is None
