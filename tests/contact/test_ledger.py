"""
The contact ledger: permits that count, and what ends them.
"""

from __future__ import annotations

import datetime as dt
import itertools
import pickle

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from overdue_visit.contact import Contact, Known, Proposed, check, named, names, parse
from overdue_visit.contact.ledger import ContactLedger, ContactNotAllowed, Permit, counting_keys
from overdue_visit.contact.party import Consent, DebtGroup, InconvenientTime, Request
from overdue_visit.errors import InvalidValue

VIETNAM = named("vn-ttnhnn-18-2019")
REG_F = named("us-regf")
HANOI = Known(zones=("Asia/Ho_Chi_Minh",))
NEW_YORK = Known(zones=("America/New_York",))
NOON = dt.datetime(2026, 4, 1, 16, tzinfo=dt.UTC)
MORNING = dt.datetime(2026, 4, 1, 1, tzinfo=dt.UTC)
HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)


def call(at: dt.datetime, **changes: object) -> Proposed:
    """
    Return a proposed call about one debt.
    """
    return Proposed(**{"at": at, "channel": "phone", "debt": "D1", **changes})


def full() -> tuple[ContactLedger, list[Permit]]:
    """
    Return a ledger with five reminders reserved, the most of a day (Circular 43/2016 as amended by 18/2019).
    """
    ledger, permits = ContactLedger(known=HANOI), []
    for number in range(5):
        ledger, permit = ledger.reserve(call(MORNING + number * HOUR), id=f"c{number}", rules=VIETNAM)
        permits.append(permit)
    return ledger, permits


def test_a_reserved_contact_counts_until_it_is_released():
    """
    The sixth reminder is refused while five are reserved, and allowed once one of them certainly did not take place.
    """
    ledger, permits = full()
    sixth = call(MORNING + 5 * HOUR)

    with pytest.raises(ContactNotAllowed) as refusal:
        ledger.reserve(sixth, id="c5", rules=VIETNAM)
    assert refusal.value.rule.startswith("vn-ttnhnn-18-2019.")
    assert ledger.release(permits[3]).check(sixth, rules=VIETNAM).allowed


@pytest.mark.parametrize("end", ["use", "lose"])
def test_a_used_or_lost_permit_goes_on_counting(end):
    """
    What took place counts, and so does what nobody knows of.
    """
    ledger, permits = full()
    for permit in permits:
        ledger = ledger.use(permit, "no_answer") if end == "use" else ledger.lose(permit)

    assert not ledger.check(call(MORNING + 5 * HOUR), rules=VIETNAM).allowed


def test_a_reserved_call_may_become_a_conversation():
    """
    Until its outcome is known a reserved call holds off the next as a conversation would; a busy line frees it.
    """
    ledger, permit = ContactLedger(known=NEW_YORK).reserve(call(NOON), id="c1", rules=REG_F)
    next_call = call(NOON + HOUR)

    assert ledger.check(next_call, rules=REG_F).rule == "us-regf.post_conversation_cooldown"
    assert ledger.use(permit, "busy").check(next_call, rules=REG_F).allowed


def test_a_permit_ends_once():
    """
    A released permit can be neither used nor released again.
    """
    ledger, permit = ContactLedger(known=NEW_YORK).reserve(call(NOON), id="c1", rules=REG_F)
    released = ledger.release(permit)

    for end in (released.release, released.lose, lambda each: released.use(each, "no_answer")):
        with pytest.raises(InvalidValue) as refusal:
            end(permit)
        assert (refusal.value.field, refusal.value.value) == ("permit", "c1")


def test_a_contact_may_be_made_later_than_reserved():
    """
    The instant at which it was made replaces the reserved one, and the ledger stays in order of time.
    """
    ledger, permit = ContactLedger(known=NEW_YORK).reserve(call(NOON), id="c1", rules=REG_F)
    ledger = ledger.with_contact(Contact(at=NOON + HOUR, channel="sms", debt="D1", id="c2", outcome="sent"))

    used = ledger.use(permit, "conversation", at=NOON + 2 * HOUR)
    assert [(each.id, each.at) for each in used.contacts] == [("c2", NOON + HOUR), ("c1", NOON + 2 * HOUR)]


def test_an_id_is_taken_once():
    """
    Two contacts under one id would be two slots under one permit.
    """
    ledger, _ = ContactLedger(known=NEW_YORK).reserve(call(NOON), id="c1", rules=REG_F)

    with pytest.raises(InvalidValue) as refusal:
        ledger.reserve(call(NOON + HOUR, channel="email"), id="c1", rules=REG_F)
    assert refusal.value.value == "c1"


def test_what_a_person_says_is_kept():
    """
    A request to stop calling stops the next call; a consent and inconvenient hours are added to what is known.
    """
    ledger = ContactLedger(known=NEW_YORK).with_request(Request(kind="stop_medium", medium="phone", received_at=NOON))
    ledger = ledger.with_consent(Consent(giver="borrower", scope="call_back", at=NOON))
    ledger = ledger.with_inconvenient_time(InconvenientTime(days=("Tue",)))

    assert ledger.check(call(NOON + HOUR), rules=REG_F).rule == "us-regf.stop_medium"
    assert (len(ledger.known.consents), len(ledger.known.inconvenient_times)) == (1, 1)


def test_keys_are_listed_in_one_order():
    """
    Whatever is asked first, two acts that share keys lock them in the same order; debts of a group share one key.
    """
    known = Known(zones=("Asia/Shanghai",), debt_groups=(DebtGroup(name="account", debts=("SL1", "SL2")),))
    proposed = call(NOON, debt="SL2", also_debts=("CARD",), number="138-0000-0001", household="h-1", by="officer:7")

    assert counting_keys(proposed, known) == (
        "collector:officer:7",
        "debt:CARD",
        "debt:SL1",
        "household:h-1",
        "number:138-0000-0001",
        "person:borrower",
    )


def test_a_refusal_survives_pickling():
    """
    A worker process can raise it to its host.
    """
    refusal = ContactNotAllowed("us-regf.calling_hours", "forbidden", NOON)

    assert str(pickle.loads(pickle.dumps(refusal))) == str(refusal)
    assert "allowed from 2026-04-01T16:00:00+00:00" in str(refusal)


contacts = st.lists(
    st.builds(
        Contact,
        at=st.integers(-24 * 90, 0).map(lambda hours: NOON + hours * HOUR),
        channel=st.sampled_from(["phone", "sms", "visit"]),
        debt=st.sampled_from(["D1", "D2"]),
        outcome=st.sampled_from([None, "no_answer", "conversation", "sent", "met", "busy"]),
    ),
    max_size=40,
)


@given(contacts, st.sampled_from(["phone", "sms", "visit"]), st.sampled_from(names()))
@settings(max_examples=40, deadline=None)
def test_what_is_not_read_would_not_have_counted(history, channel, name):
    """
    The bounded reading gives the same verdict as the whole history.
    """
    rules = named(name)
    ledger = ContactLedger(known=NEW_YORK, contacts=history)
    proposed = call(NOON, channel=channel)

    whole = check(proposed, history=ledger.contacts, rules=rules, known=NEW_YORK)
    assert ledger.check(proposed, rules=rules) == whole


@given(st.lists(st.sampled_from(["use", "release", "lose"]), max_size=12))
@settings(max_examples=25, deadline=None)
def test_no_order_of_permits_oversteps_a_limit(ends):
    """
    However permits end, no day holds more than five reminders that count.
    """
    ledger = ContactLedger(known=HANOI)
    for number, end in enumerate(ends):
        try:
            ledger, permit = ledger.reserve(call(MORNING + number * HOUR / 2), id=f"c{number}", rules=VIETNAM)
        except ContactNotAllowed:
            continue
        ledger = ledger.use(permit, "no_answer") if end == "use" else getattr(ledger, end)(permit)

    assert sum(each.counts for each in ledger.contacts) <= 5
    assert all(a.at <= b.at for a, b in itertools.pairwise(ledger.contacts))


def test_the_one_confirmation_is_remembered_beyond_the_windows():
    """
    A confirmation of an opt-out is sent once, also a year later when no window sees the first one any more.
    """
    out = Request(kind="opt_out_address", address="a@example.com", received_at=NOON)
    mail = {"channel": "email", "number": "a@example.com", "purpose": "opt_out_confirmation"}
    ledger = ContactLedger(known=Known(zones=("UTC",), requests=(out,)))
    later = call(NOON + 364 * DAY, **mail)
    village = named("village")

    assert ledger.check(later, rules=village).allowed
    ledger = ledger.with_contact(Contact(at=NOON + HOUR, debt="D1", outcome="sent", **mail))
    assert ledger.check(later, rules=village).rule == "village.stops"
    assert ledger.check(later, rules=village) == check(
        later, history=ledger.contacts, rules=village, known=ledger.known
    )


def test_a_consent_that_a_conversation_ended_is_not_forgotten():
    """
    A consent without an end of its own stays ended by a conversation that no window sees any more.
    """
    rules = parse(
        'id = "own"\ntitle = "Own"\njurisdiction = "KE"\nchecked = 2026-11-23\n[[rule]]\nid = "never"\n'
        'kind = "limit"\nat_most = 0\nwithin_days = 1\ncounts = {}\ncitation = "the board"\nconfidence = "own"\n'
        '[[rule.unless]]\nconsent = { scopes = ["call_back"], ended_by_conversation = true }\n'
    )
    consent = Consent(giver="borrower", scope="call_back", at=NOON)
    ledger = ContactLedger(known=Known(zones=("UTC",), consents=(consent,)))
    talk = Contact(at=NOON + HOUR, channel="phone", debt="D1", outcome="conversation")

    assert ledger.check(call(NOON + 90 * DAY), rules=rules).allowed
    assert not ledger.with_contact(talk).check(call(NOON + 90 * DAY), rules=rules).allowed
