"""
The contact gate: hours, and contacts a day per party.
"""

from __future__ import annotations

import datetime as dt
from datetime import date, time

import pytest

from overdue_visit.case.gate import Ruling, Verdict, check
from overdue_visit.errors import InvalidValue
from overdue_visit.instants import local
from overdue_visit.party.contact import Contact, Direction, SlotState
from tests.case.builders import NAIROBI, VILLAGE, policy

RULES = VILLAGE.contact
MARCH_8 = date(2026, 3, 8)


def at(hour, minute=0, *, on=MARCH_8):
    """
    Return an instant by the wall clock in Nairobi.
    """
    return local(on, time(hour, minute), NAIROBI)


def contact(when, *, channel="sms", direction=Direction.OUTBOUND, state=SlotState.USED, case="ke-002/1"):
    """
    Return a contact with the party.
    """
    return Contact(at=when, channel=channel, direction=direction, purpose="visit", state=state, case=case)


def ask(when, *history, channel="sms", rules=RULES):
    """
    Ask the gate.
    """
    return check(channel, when, history=history, rules=rules, zone=NAIROBI)


@pytest.mark.parametrize(
    ("when", "rule", "earliest"),
    [
        (at(7, 59), "contact.earliest", at(8)),
        (at(8), None, at(8)),
        (at(19, 59), None, at(19, 59)),
        (at(20), "contact.latest", at(8, on=date(2026, 3, 9))),
        (at(23, 59), "contact.latest", at(8, on=date(2026, 3, 9))),
    ],
)
def test_contact_hours_by_the_lenders_wall_clock(when, rule, earliest):
    """
    Practice: contact hours are respected, eight in the morning included, eight in the evening not.
    """
    ruling = Ruling.ALLOWED if rule is None else Ruling.FORBIDDEN

    assert ask(when) == Verdict(ruling=ruling, rule=rule, counted=0, earliest=earliest)


def test_one_contact_a_day_over_all_cases_and_channels():
    """
    Practice: limits cannot be bypassed by accident: a text and a call in another case count together.
    """
    verdict = ask(at(15), contact(at(9), channel="phone"))

    assert verdict == Verdict(
        ruling=Ruling.FORBIDDEN, rule="contact.attempts_a_day", counted=1, earliest=at(8, on=date(2026, 3, 9))
    )


@pytest.mark.parametrize("state", [SlotState.RESERVED, SlotState.USED, SlotState.UNKNOWN])
def test_reserved_used_and_doubtful_slots_count(state):
    """
    A slot counts unless it certainly was not used.
    """
    assert not ask(at(15), contact(at(9), state=state)).allowed
    assert ask(at(15), contact(at(9), state=SlotState.RELEASED)).allowed


def test_what_the_party_begins_does_not_count():
    """
    Whoever comes to the branch or calls is not cut off from an answer.
    """
    assert ask(at(15), contact(at(9), direction=Direction.INBOUND)).allowed


def test_yesterday_does_not_count_today():
    """
    Days are the lender's calendar days: an hour before midnight is yesterday, an hour after it is today.
    """
    assert ask(at(8), contact(at(23, on=date(2026, 3, 7)))).allowed
    assert not ask(at(8), contact(at(1))).allowed


@pytest.mark.parametrize("channel", ["console", "file"])
def test_channels_that_reach_nobody_are_not_counted(channel):
    """
    A console or file reaches nobody by itself: neither hours nor numbers apply.
    """
    assert ask(at(23), contact(at(9)), channel=channel).allowed
    assert ask(at(15), contact(at(9), channel=channel)).allowed


def test_days_that_are_full_are_passed_over():
    """
    The earliest instant is on the first day with a free slot.
    """
    full = [contact(at(9, on=date(2026, 3, number))) for number in (8, 9, 10)]

    assert ask(at(15), *full).earliest == at(8, on=date(2026, 3, 11))


def test_a_policy_with_more_contacts_a_day_allows_them():
    """
    The number is the policy's.
    """
    rules = policy(contact__attempts_a_day=2).contact

    assert ask(at(15), contact(at(9)), rules=rules).allowed
    assert not ask(at(15), contact(at(9)), contact(at(10)), rules=rules).allowed


def test_no_slot_within_the_horizon_says_so():
    """
    Where no day within 400 has a slot there is no earliest instant.
    """
    full = [contact(at(9, on=MARCH_8 + dt.timedelta(days=n))) for n in range(400)]

    assert ask(at(15), *full).earliest is None


def test_a_rule_set_that_the_policy_names_binds_besides():
    """
    Five reminders of one day are the most in Vietnam (Circular 18/2019), where the lender's own number would allow six.
    """
    rules = policy(contact__attempts_a_day=6, contact__rule_sets=("vn-ttnhnn-18-2019",)).contact
    five = [contact(at(9 + hour)) for hour in range(5)]

    verdict = check("sms", at(15), history=five, rules=rules, zone=NAIROBI, case="ke-001/1")
    assert (verdict.ruling, verdict.counted) == (Ruling.FORBIDDEN, 5)
    assert verdict.rule.startswith("vn-ttnhnn-18-2019.")
    assert verdict.earliest == at(8, on=date(2026, 3, 9))
    assert check("sms", at(15), history=five[:4], rules=rules, zone=NAIROBI, case="ke-001/1").allowed


CALLS = policy(contact__attempts_a_day=6, contact__rule_sets=("us-regf",)).contact


def a_week_of_calls(**more):
    """
    Return a call on each of the seven days before.
    """
    return [contact(at(9, on=MARCH_8 - dt.timedelta(days=n)), channel="phone", **more) for n in range(1, 8)]


@pytest.mark.parametrize(
    ("before", "now", "allowed"),
    [
        ("ke-001/1", "ke-001/1", False),
        ("ke-001/1", "ke-001/2", False),
        ("ke-002/1", "ke-001/1", True),
        ("north/ke-002/1", "north/ke-001/1", True),
        ("north/ke-001/1", "north/ke-001/2", False),
    ],
)
def test_a_rule_about_a_debt_counts_the_loan_and_not_the_case(before, now, allowed):
    """
    Seven calls in seven days about a debt (12 CFR 1006.14(b)(2)): an earlier case of the loan counts, another loan not.
    """
    verdict = check("phone", at(15), history=a_week_of_calls(case=before), rules=CALLS, zone=NAIROBI, case=now)

    assert verdict.allowed is allowed


def test_a_rule_set_counts_what_the_lender_began_and_did_not_release():
    """
    Messages from the household, and slots that were certainly not used, are no reminders of the lender's.
    """
    rules = policy(contact__attempts_a_day=6, contact__rule_sets=("vn-ttnhnn-18-2019",)).contact
    for more in ({"direction": Direction.INBOUND}, {"state": SlotState.RELEASED}):
        five = [contact(at(9 + hour), case="ke-001/1", **more) for hour in range(5)]

        assert check("sms", at(15), history=five, rules=rules, zone=NAIROBI, case="ke-001/1").allowed


def test_the_stricter_of_number_and_law_holds():
    """
    From nine in the morning by the law of a country and until eight in the evening by the lender's own number.
    """
    rules = policy(contact__rule_sets=("in-rbi-mfi-2022",)).contact

    early = check("phone", at(8, 30), history=(), rules=rules, zone=NAIROBI)
    late = check("phone", at(18, 30), history=(), rules=rules, zone=NAIROBI)
    assert (early.allowed, early.earliest) == (False, at(9))
    assert (late.allowed, late.earliest) == (False, at(9, on=date(2026, 3, 9)))


def test_a_channel_that_reaches_nobody_is_no_contact():
    """
    Writing a notice to a file asks no rule set.
    """
    rules = policy(contact__rule_sets=("in-rbi-mfi-2022",)).contact

    assert check("file", at(23), history=(), rules=rules, zone=NAIROBI).allowed


def test_an_unknown_rule_set_is_refused():
    """
    A policy that names a rule set that does not ship is told which do.
    """
    with pytest.raises(InvalidValue, match="us-regf"):
        policy(contact__rule_sets=("atlantis",))


def test_contacts_are_read_as_far_back_as_the_rules_count():
    """
    The desk reads two days for the lender's own numbers, and as much more as the longest window of the rule sets.
    """
    assert RULES.reach_days == 2
    assert policy(contact__rule_sets=("us-ma-209cmr18",)).contact.reach_days >= 32
