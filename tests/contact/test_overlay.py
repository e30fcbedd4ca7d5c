"""
Several rule sets at once, acceptances, for whom rules bind, and how far back they look.
"""

from __future__ import annotations

import datetime as dt

import attrs
import pytest

from overdue_visit.contact import (
    Acceptance,
    Contact,
    Known,
    Overlay,
    Proposed,
    RuleSet,
    Ruling,
    check,
    named,
    parse,
    stricter,
)
from overdue_visit.errors import InvalidValue

KOLKATA = Known(zones=("Asia/Kolkata",))
# 19:30 in India.
EVENING = Proposed(at=dt.datetime(2026, 5, 20, 14, tzinfo=dt.UTC), channel="phone", debt="D1")
ON = dt.date(2026, 5, 1)
OWN = """
id = "own"
title = "Own"
jurisdiction = "IN"
checked = 2026-11-23

[[rule]]
id = "one_call_a_week"
kind = "limit"
at_most = 1
within_days = 7
channels = ["phone"]
counts = { scope = ["person"], channels = ["phone"] }
citation = "the board's decision of 2 May 2026"
confidence = "own"
"""


def accepted(rules=None, **fields) -> Overlay | RuleSet:
    """
    Accept the calling hours of the RBI circular.
    """
    given = {"by": "officer:3", "on": ON, "reason": "counsel read the circular", **fields}
    return (rules or named("in-rbi-2022")).accepting("in-rbi-2022.calling_hours", **given)


def test_secondary_sources_bind():
    """
    A number known from the press binds like any other.
    """
    verdict = check(EVENING, rules=named("in-rbi-2022"), known=KOLKATA)

    assert verdict.ruling is Ruling.FORBIDDEN
    assert verdict.confidence == "secondary"
    assert verdict.citation == "RBI circular 2022-08-12: no calls before 8:00 and after 19:00"


def test_a_named_acceptance_makes_it_warn():
    """
    With a named acceptance the rule warns, and the verdict says whose word it is.
    """
    verdict = check(EVENING, rules=accepted(), known=KOLKATA)

    assert verdict.ruling is Ruling.WARNED
    assert verdict.allowed
    assert verdict.deciding.acceptance.by == "officer:3"
    assert [each.warning for each in verdict.warnings] == ["accepted_source"]


@pytest.mark.parametrize(
    ("fields", "allowed"),
    [
        ({"on": dt.date(2026, 5, 20)}, True),
        ({"on": dt.date(2026, 5, 21)}, False),
        ({"until": dt.date(2026, 5, 20)}, True),
        ({"until": dt.date(2026, 5, 19)}, False),
    ],
)
def test_an_acceptance_holds_in_its_time(fields, allowed):
    """
    It holds from its first day through its last.
    """
    assert check(EVENING, rules=accepted(**fields), known=KOLKATA).allowed is allowed


def test_the_earliest_instant_knows_of_acceptances_to_come():
    """
    An acceptance of the next day opens the night at its midnight.
    """
    late = attrs.evolve(EVENING, at=dt.datetime(2026, 5, 20, 16, tzinfo=dt.UTC))

    verdict = check(late, rules=accepted(on=dt.date(2026, 5, 21)), known=KOLKATA)

    assert verdict.earliest == dt.datetime(2026, 5, 20, 18, 30, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("rules", "key"),
    [
        (named("us-regf"), "us-regf.hours"),
        (named("village"), "village.hours"),
        (named("in-rbi-2022"), "in-rbi-2022.nothing"),
        (stricter(named("us-regf")), "in-rbi-2022.calling_hours"),
    ],
    ids=["verified", "own", "no such rule", "no such set"],
)
def test_nothing_else_is_relaxed(rules, key):
    """
    What was read, and what the institution set itself, cannot be accepted away.
    """
    with pytest.raises(InvalidValue) as refusal:
        rules.accepting(key, by="officer:3", on=ON, reason="because")

    assert refusal.value.field == "rule"


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"by": ""}, "acceptance.by"),
        ({"reason": " "}, "acceptance.reason"),
        ({"on": None}, "acceptance.on"),
        ({"until": dt.date(2026, 4, 1)}, "acceptance.until"),
    ],
)
def test_an_acceptance_is_complete(fields, field):
    """
    An acceptance names who, from when, and why.
    """
    with pytest.raises(InvalidValue) as refusal:
        accepted(**fields)

    assert refusal.value.field == field


def test_own_stricter_numbers():
    """
    An institution's own numbers lie over the law's: the stricter decides.
    """
    call = Contact(at=EVENING.at - dt.timedelta(days=3, hours=8), channel="phone", debt="D1", outcome="no_answer")
    noon = attrs.evolve(EVENING, at=EVENING.at - dt.timedelta(hours=7))
    rules = stricter(named("in-rbi-2022"), parse(OWN))

    verdict = check(noon, history=[call], rules=rules, known=KOLKATA)

    assert check(noon, history=[call], rules=named("in-rbi-2022"), known=KOLKATA).allowed
    assert verdict.rule == "own.one_call_a_week"
    assert verdict.earliest == dt.datetime(2026, 5, 24, 2, 30, tzinfo=dt.UTC)
    assert accepted(rules).sets[0].acceptances


def test_the_most_severe_decides():
    """
    A forbidden hour outranks a presumed violation, and both are named.
    """
    spoken = Contact(at=EVENING.at - dt.timedelta(days=1), channel="phone", debt="D1", outcome="conversation")
    night = attrs.evolve(EVENING, at=dt.datetime(2026, 5, 20, 18, tzinfo=dt.UTC))

    verdict = check(night, history=[spoken], rules=named("us-regf"), known=KOLKATA)

    assert [each.key for each in verdict.broken] == ["us-regf.hours", "us-regf.post_conversation_cooldown"]
    assert verdict.ruling is Ruling.FORBIDDEN
    assert not verdict.rebuttable


@pytest.mark.parametrize(
    ("name", "fields", "allowed"),
    [
        ("us-regf", {"capacity": "creditor"}, True),
        ("us-regf", {"capacity": "collector"}, False),
        ("us-regf", {}, False),
        ("in-rbi-2022", {"product": "microfinance"}, True),
        ("in-rbi-2022", {"product": "housing"}, False),
        ("in-rbi-mfi-2022", {"product": "housing"}, True),
        ("in-rbi-mfi-2022", {}, False),
    ],
)
def test_for_whom_rules_bind(name, fields, allowed):
    """
    A rule set binds those it names; who says nothing is bound by all.
    """
    night = attrs.evolve(EVENING, at=dt.datetime(2026, 5, 20, 18, tzinfo=dt.UTC), **fields)

    assert check(night, rules=named(name), known=KOLKATA).allowed is allowed


def test_a_rule_set_that_ends():
    """
    After the last day in force a rule set binds nobody, and the earliest instant says so.
    """
    ended = attrs.evolve(named("in-rbi-2022"), effective_until=dt.date(2026, 5, 20))

    verdict = check(EVENING, rules=ended, known=KOLKATA)

    assert verdict.earliest == dt.datetime(2026, 5, 20, 18, 30, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("name", "days", "unbounded"),
    [
        ("us-regf", 60, ("us-regf.location_information_once",)),
        ("us-ma-209cmr18", 30, ()),
        ("ru-230fz", 31, ()),
        ("jp-mlba-21", 0, ()),
        ("village", 30, ()),
    ],
)
def test_how_far_back_rules_look(name, days, unbounded):
    """
    Reading is bounded by the longest window, but for rules that name themselves.
    """
    rules = named(name)

    assert rules.longest_window == days
    assert rules.unbounded == unbounded
    assert stricter(rules, parse(OWN)).longest_window == max(days, 7)


@pytest.mark.parametrize("state", ["reserved", "used", "unknown"])
def test_reserved_and_unknown_contacts_count(state):
    """
    A slot that may have been used is used: only released ones are free again.
    """
    slot = Contact(at=EVENING.at - dt.timedelta(hours=8), channel="phone", debt="D1", state=state)
    noon = attrs.evolve(EVENING, at=EVENING.at - dt.timedelta(hours=7))
    released = attrs.evolve(slot, state="released")
    rules = named("village")

    assert check(noon, history=[slot], rules=rules, known=KOLKATA).rule == "village.one_a_day"
    assert check(noon, history=[released], rules=rules, known=KOLKATA).allowed


def test_calls_to_a_wrong_number_are_not_calls_to_the_borrower():
    """
    A number later learnt to be somebody else's does not count (12 CFR 1006, comment 14(b)(2)(i)-3).
    """
    wrong = Contact(at=EVENING.at - dt.timedelta(hours=8), channel="phone", debt="D1", misdirected=True)
    noon = attrs.evolve(EVENING, at=EVENING.at - dt.timedelta(hours=7))

    assert check(noon, history=[wrong], rules=named("village"), known=KOLKATA).allowed


def test_the_search_may_be_left_out():
    """
    Who needs no earliest instant does not pay for it.
    """
    verdict = check(EVENING, rules=named("in-rbi-2022"), known=KOLKATA, earliest=False)

    assert verdict.ruling is Ruling.FORBIDDEN
    assert verdict.earliest is None


@pytest.mark.parametrize("sets", [(), (named("village"), named("village"))])
def test_an_overlay_needs_different_sets(sets):
    """
    An overlay has at least one rule set, and each once.
    """
    with pytest.raises(InvalidValue, match="each once"):
        stricter(*sets)


@pytest.mark.parametrize(("number", "allowed"), [("1", False), ("2", True)])
def test_scopes_of_number_household_and_collector(number, allowed):
    """
    What is counted for a number, a household or a collector leaves the others alone.
    """
    key = {"1": "same", "2": "other"}[number]
    call = Contact(
        at=EVENING.at, channel="phone", debt="D9", party="p", number="1", household="same", by="same", role="spouse"
    )
    for scope, field, value in (
        ("number", "number", number),
        ("household", "household", key),
        ("collector", "by", key),
    ):
        rules = parse(OWN.replace('"person"', f'"{scope}"'))
        proposed = attrs.evolve(EVENING, **{field: value})

        assert check(proposed, history=[call], rules=rules, known=KOLKATA).allowed is allowed
        assert not check(EVENING, history=[call], rules=rules, known=KOLKATA).allowed


SEVERAL = (
    OWN.replace("at_most = 1", "at_most = 3")
    .replace('channels = ["phone"]\ncounts', "counts")
    .replace('channels = ["phone"] }', "several_channels = true }")
)


@pytest.mark.parametrize(
    ("made", "earliest"),
    [
        ((("phone", 3), ("phone", 2), ("sms", 1)), "2026-05-24"),
        ((("phone", 4), ("sms", 3), ("phone", 2), ("phone", 1)), "2026-05-24"),
        ((("sms", 4), ("phone", 3), ("phone", 2), ("phone", 1)), "2026-05-23"),
        ((("phone", 3), ("phone", 2), ("phone", 1)), None),
    ],
)
def test_several_channels_together(made, earliest):
    """
    Three contacts are too many while they are by more than one channel: until too few, or all of one, are left.
    """
    history = [Contact(at=EVENING.at - dt.timedelta(days=days), channel=channel, debt="D1") for channel, days in made]

    verdict = check(EVENING, history=history, rules=parse(SEVERAL), known=KOLKATA)

    assert verdict.allowed is (earliest is None)
    if earliest is not None:
        midnight = dt.datetime.fromisoformat(f"{earliest} 00:00+05:30")
        assert verdict.earliest == midnight


def test_two_contacts_that_say_the_same_are_two():
    """
    Two contacts of one instant that nothing tells apart count as two, and the verdict lists both.
    """
    call = Contact(at=EVENING.at - dt.timedelta(hours=8), channel="phone", debt="D1")
    rules = parse(OWN.replace("at_most = 1", "at_most = 2"))

    for zones in (("Asia/Kolkata",), ("Asia/Kolkata", "Asia/Dubai")):
        verdict = check(EVENING, history=[call, attrs.evolve(call)], rules=rules, known=Known(zones=zones))
        assert verdict.counted == (call, call)

    assert check(EVENING, history=[call], rules=rules, known=KOLKATA).allowed


def test_an_acceptance_is_not_slipped_in():
    """
    Who builds a rule set with an acceptance meets the same refusal as who asks for one.
    """
    told = {"by": "officer:3", "on": ON, "reason": "we would rather not"}

    for name, rule in (("us-regf", "us-regf.hours"), ("in-rbi-2022", "in-rbi-2022.no_such_rule")):
        with pytest.raises(InvalidValue):
            attrs.evolve(named(name), acceptances=(Acceptance(rule=rule, **told),))


def test_simultaneous_contacts_are_listed_in_one_order():
    """
    The facts of a verdict do not depend on the order in which contacts of one instant were told.
    """
    at = EVENING.at - dt.timedelta(hours=8)
    calls = [Contact(at=at, channel="phone", debt="D1", number=number) for number in ("1", "2", "3")]
    rules = parse(OWN)

    told = [check(EVENING, history=each, rules=rules, known=KOLKATA).counted for each in (calls, calls[::-1])]

    assert told[0] == told[1] == tuple(calls)
