"""
Laws of the gate, over the rule sets that ship.
"""

from __future__ import annotations

import datetime as dt
import pickle

import attrs
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from overdue_visit.contact import (
    Consent,
    Contact,
    InconvenientTime,
    Known,
    NumberCheck,
    Outcome,
    Proposed,
    Request,
    check,
    named,
    names,
    read_from,
    stricter,
)
from overdue_visit.contact.vocabulary import WEEK

NOW = dt.datetime(2026, 6, 10, 9, tzinfo=dt.UTC)
NAMES = [name for name in names() if name != "ru-230fz"]
CHANNELS = ["phone", "smart_voice", "sms", "email", "visit", "mail"]
PURPOSES = ["visit_announcement", "opt_out_confirmation", "statutory_notice"]
REQUESTS = ["cease_communication", "stop_medium", "opt_out_address", "do_not_contact", "stop_workplace"]
PARTIES = [("borrower", "borrower"), ("aunt", "relative"), ("lawyer", "attorney")]


@st.composite
def contacts(draw, *, direction=st.sampled_from(["outbound", "inbound"])):
    """
    Draw a contact of the last forty days, on a full hour so that some are simultaneous.
    """
    party, role = draw(st.sampled_from(PARTIES))
    return Contact(
        at=NOW - draw(st.integers(0, 40 * 24)) * dt.timedelta(hours=1),
        channel=draw(st.sampled_from(CHANNELS)),
        direction=draw(direction),
        outcome=draw(st.none() | st.sampled_from(list(Outcome))),
        debt=draw(st.sampled_from(["D1", "D2"])),
        also_debts=draw(st.sampled_from([(), ("D3",)])),
        party=party,
        role=role,
        number=draw(st.sampled_from([None, "1", "2"])),
        purpose=draw(st.sampled_from([None, None, *PURPOSES])),
        id=draw(st.sampled_from([None, "m1"])),
        state=draw(st.sampled_from(["used", "reserved", "unknown"])),
    )


def histories(most=14):
    """
    Draw contacts in order of time.
    """
    return st.lists(contacts(), max_size=most).map(lambda drawn: tuple(sorted(drawn, key=lambda each: each.at)))


@st.composite
def proposals(draw):
    """
    Draw a contact with the borrower.
    """
    return Proposed(
        at=NOW + draw(st.integers(0, 7 * 24 * 4)) * dt.timedelta(minutes=15),
        channel=draw(st.sampled_from(CHANNELS)),
        debt=draw(st.sampled_from(["D1", "D2"])),
        number=draw(st.sampled_from([None, "1"])),
        place=draw(st.sampled_from([None, "home", "workplace"])),
        purpose=draw(st.sampled_from([None, "demand_payment", *PURPOSES])),
        states=draw(st.sampled_from([None, ("opt_out_method",)])),
        in_reply_to=draw(st.sampled_from([None, "m1"])),
    )


@st.composite
def stops(draw):
    """
    Draw a request to stop.
    """
    kind = draw(st.sampled_from(REQUESTS))
    received_at = NOW - draw(st.integers(0, 500)) * dt.timedelta(hours=1)
    later = draw(st.none() | st.integers(0, 300))
    return Request(
        kind=kind,
        received_at=received_at,
        in_writing=draw(st.sampled_from([None, True, False])),
        confirmed_at=None if later is None else received_at + later * dt.timedelta(hours=1),
        medium="phone" if kind == "stop_medium" else None,
        address="1" if kind == "opt_out_address" else None,
        debt=draw(st.sampled_from([None, "D1"])),
    )


KNOWN = st.builds(
    Known,
    zones=st.sampled_from([("Asia/Kolkata",), ("America/New_York", "America/Los_Angeles"), ("Africa/Nairobi",)]),
    requests=st.lists(stops(), max_size=1).map(tuple),
    inconvenient_times=st.sampled_from(
        [(), (InconvenientTime(days=("Wed",)),), (InconvenientTime(start=dt.time(9), end=dt.time(17)),)]
    ),
    number_checks=st.sampled_from(
        [(), (NumberCheck(number="1", at=NOW - dt.timedelta(days=58), since=dt.date(2026, 1, 5)),)]
    ),
    days_past_due=st.sampled_from([None, 3, 30]),
    consents=st.sampled_from(
        [
            (),
            (Consent(giver="b", scope="call_back", at=NOW - dt.timedelta(days=3), given_directly=True),),
        ]
    ),
)


def not_later(one: dt.datetime | None, other: dt.datetime | None) -> bool:
    """
    Tell whether one earliest instant is not later than another; none is the latest.
    """
    return other is None or (one is not None and one <= other)


@settings(max_examples=30)
@given(
    name=st.sampled_from(names()),
    history=histories(),
    added=contacts(direction=st.just("outbound")),
    proposed=proposals(),
    known=KNOWN,
)
def test_an_outbound_contact_more_never_allows_more(name, history, added, proposed, known):
    """
    After one more outbound contact the verdict is as severe or more, and the earliest instant not earlier.

    The exceptions are what rules ask for before a contact: here the announcement of a visit.
    """
    assume(not (proposed.channel == "visit" and added.purpose == "visit_announcement"))
    rules = named(name)
    more = sorted((*history, added), key=lambda each: each.at)

    before = check(proposed, history=history, rules=rules, known=known)
    after = check(proposed, history=more, rules=rules, known=known)

    assert after.ruling.severity >= before.ruling.severity
    assert not_later(before.earliest, after.earliest)


@settings(max_examples=25)
@given(name=st.sampled_from(names()), history=histories(5), stop=stops(), proposed=proposals(), known=KNOWN)
def test_a_stop_more_never_allows_more(name, history, stop, proposed, known):
    """
    After one more request to stop the verdict is as severe or more, and the earliest instant not earlier.

    The exception is its own confirmation, which each request allows once.
    """
    assume(proposed.purpose != "opt_out_confirmation" or all(each.purpose != proposed.purpose for each in history))
    rules = named(name)
    stopped = attrs.evolve(known, requests=(*known.requests, stop))

    before = check(proposed, history=history, rules=rules, known=known)
    after = check(proposed, history=history, rules=rules, known=stopped)

    assert after.ruling.severity >= before.ruling.severity
    assert not_later(before.earliest, after.earliest)


@settings(max_examples=25)
@given(
    names=st.lists(st.sampled_from(names()), min_size=2, max_size=2, unique=True),
    history=histories(),
    proposed=proposals(),
    known=KNOWN,
)
def test_the_stricter_of_two_allows_what_both_allow(names, history, proposed, known):
    """
    Laid over each other, two rule sets allow what both allow, and the most severe verdict wins.
    """
    one, other = map(named, names)

    apart = [check(proposed, history=history, rules=each, known=known) for each in (one, other)]
    together = check(proposed, history=history, rules=stricter(one, other), known=known)

    assert together.ruling == max((each.ruling for each in apart), key=lambda each: each.severity)
    assert together.allowed is all(each.allowed for each in apart)
    assert {each.key for each in together.broken} == {broken.key for each in apart for broken in each.broken}
    assert all(not_later(each.earliest, together.earliest) for each in apart)


@settings(max_examples=25)
@given(
    name=st.sampled_from(names()),
    history=histories(),
    proposed=proposals(),
    known=KNOWN,
    order=st.randoms(use_true_random=False),
)
def test_the_order_of_simultaneous_contacts_does_not_matter(name, history, proposed, known, order):
    """
    Contacts of the same instant may be told in any order.
    """
    shuffled = list(history)
    order.shuffle(shuffled)
    shuffled.sort(key=lambda each: each.at)
    rules = named(name)

    verdicts = [check(proposed, history=each, rules=rules, known=known) for each in (history, shuffled)]

    assert verdicts[0] == verdicts[1]


@settings(max_examples=25)
@given(
    name=st.sampled_from(NAMES),
    history=histories(),
    proposed=proposals(),
    known=KNOWN,
    zone=st.sampled_from(["Asia/Kolkata", "Africa/Nairobi", "Asia/Shanghai"]),
    weeks=st.integers(-8, 8),
)
def test_whole_weeks_do_not_matter(name, history, proposed, known, zone, weeks):
    """
    Where the clocks do not change and no month is counted, everything may lie whole weeks earlier or later.
    """
    shift = dt.timedelta(weeks=weeks)
    rules = named(name)
    requests = tuple(
        attrs.evolve(
            each,
            received_at=each.received_at + shift,
            confirmed_at=None if each.confirmed_at is None else each.confirmed_at + shift,
        )
        for each in known.requests
    )
    number_checks = tuple(
        attrs.evolve(each, at=each.at + shift, since=each.since + shift) for each in known.number_checks
    )
    consents = tuple(attrs.evolve(each, at=each.at + shift) for each in known.consents)
    here = attrs.evolve(known, zones=(zone,))
    there = attrs.evolve(here, requests=requests, consents=consents, number_checks=number_checks)
    moved = tuple(attrs.evolve(each, at=each.at + shift) for each in history)

    one = check(proposed, history=history, rules=rules, known=here)
    other = check(attrs.evolve(proposed, at=proposed.at + shift), history=moved, rules=rules, known=there)

    assert [each.key for each in one.broken] == [each.key for each in other.broken]
    assert [each.key for each in one.warnings] == [each.key for each in other.warnings]
    assert one.ruling is other.ruling
    assert other.earliest == (None if one.earliest is None else one.earliest + shift)


@settings(max_examples=30)
@given(name=st.sampled_from(names()), history=histories(), proposed=proposals(), known=KNOWN)
def test_the_earliest_instant_is_allowed(name, history, proposed, known):
    """
    Whatever the rule set, the contact is allowed at the earliest instant, and not a second before.
    """
    rules = named(name)

    found = check(proposed, history=history, rules=rules, known=known).earliest

    if found is not None:
        assert check(attrs.evolve(proposed, at=found), history=history, rules=rules, known=known).allowed
    if found is not None and found > proposed.at:
        before = max(proposed.at, found - dt.timedelta(seconds=1))
        assert not check(attrs.evolve(proposed, at=before), history=history, rules=rules, known=known).allowed


@settings(max_examples=30)
@given(name=st.sampled_from(names()), history=histories(8), proposed=proposals(), known=KNOWN)
def test_reading_as_far_as_the_rules_say_is_enough(name, history, proposed, known):
    """
    Older contacts than `read_from` change nothing, but for rules that name themselves unbounded and answers.
    """
    rules = named(name)
    proposed = attrs.evolve(proposed, in_reply_to=None)
    since = read_from(rules, known=known, at=proposed.at)
    recent = [each for each in history if each.at >= since]

    whole = check(proposed, history=history, rules=rules, known=known)
    read = check(proposed, history=recent, rules=rules, known=known)

    assert whole == read


@settings(max_examples=25)
@given(name=st.sampled_from(names()), history=histories(), proposed=proposals(), known=KNOWN)
def test_values_travel(name, history, proposed, known):
    """
    Contacts, what is known and verdicts arrive from a pickle as they left, and can be keys.
    """
    verdict = check(proposed, history=history, rules=named(name), known=known)

    for each in (proposed, known, history, verdict):
        assert pickle.loads(pickle.dumps(each)) == each
        assert hash(each) == hash(pickle.loads(pickle.dumps(each)))


def test_weeks_begin_on_monday():
    """
    The days of the week are in the order of the calendar.
    """
    assert [str(day) for day in WEEK] == ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]


def test_what_a_rule_asks_for_first_makes_more_lawful():
    """
    The exceptions: an announcement opens a visit, failed attempts open a third party, a stop its own confirmation.
    """
    known = Known(zones=("Asia/Shanghai",), days_past_due=30)
    visit = Proposed(at=NOW, channel="visit", debt="D1")
    letter = Contact(at=NOW - dt.timedelta(days=9), channel="mail", debt="D1", purpose="visit_announcement")
    aunt = Proposed(at=NOW, channel="phone", debt="D1", party="aunt", role="relative")
    tried = tuple(
        Contact(at=NOW - dt.timedelta(days=days), channel="phone", debt="D1", outcome="no_answer") for days in (9, 8, 7)
    )
    stop = Request(kind="opt_out_address", address="1", received_at=NOW - dt.timedelta(days=2))
    again = attrs.evolve(stop, received_at=NOW - dt.timedelta(hours=1))
    confirmed = Contact(
        at=NOW - dt.timedelta(days=1), channel="sms", debt="D1", number="1", purpose="opt_out_confirmation"
    )
    confirmation = Proposed(at=NOW, channel="sms", debt="D1", number="1", purpose="opt_out_confirmation")
    village, guideline, regf = map(named, ("village", "cn-cba-2026", "us-regf"))

    assert not check(visit, rules=village, known=known).allowed
    assert check(visit, history=(letter,), rules=village, known=known).allowed
    assert not check(aunt, history=tried[:2], rules=guideline, known=known).allowed
    assert check(aunt, history=tried, rules=guideline, known=known).allowed
    for requests, allowed in (((stop,), False), ((stop, again), True)):
        asked = Known(zones=("America/New_York",), requests=requests)
        at = attrs.evolve(confirmation, at=NOW + dt.timedelta(hours=6))
        assert check(at, history=(confirmed,), rules=regf, known=asked).allowed is allowed
