"""
Upkeep: reviews, the host's own attributes, who is responsible, closing.
"""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from overdue_visit.case.act import CaseIsClosed
from overdue_visit.case.acts.delivery import HandOverNotice
from overdue_visit.case.acts.notices import SendNotice
from overdue_visit.case.acts.requests import RecordWords
from overdue_visit.case.acts.upkeep import (
    AssignOfficer,
    CloseCase,
    NoticeInFlight,
    ReviewConsequence,
    ReviewIrregularity,
    SetAttributes,
)
from overdue_visit.case.acts.visits import RecordVisit
from overdue_visit.case.notices import NoticeWithheld
from overdue_visit.case.upkeep import (
    AttributesSet,
    CaseClosed,
    CloseReason,
    Concern,
    ConsequenceReviewed,
    IrregularityReviewed,
    OfficerAssigned,
)
from overdue_visit.errors import InvalidValue
from tests.case.builders import day, escalated, interview, overdue, planned


def irregular():
    """
    Return a story with an early and unannounced visit on day 5: two irregularities.
    """
    story = overdue(day(5))
    story.do(RecordVisit(met="borrower", interview=interview()))
    return story


def test_an_irregularity_waits_for_a_supervisor():
    """
    Practice: limits cannot be bypassed by accident: what happened against them stays open until somebody looks.
    """
    story = irregular()
    assert story.case.upkeep.irregularities == (
        Concern(number=5, code="before_first_visit_day", about=2, since=day(5)),
        Concern(number=6, code="unannounced_visit", about=2, since=day(5)),
    )

    (fact,) = story.do(ReviewIrregularity(5, decision="officer_instructed"))

    assert fact == IrregularityReviewed(irregularity=5, decision="officer_instructed")
    assert [each.number for each in story.case.upkeep.irregularities] == [6]


@pytest.mark.parametrize(
    ("field", "act"),
    [
        ("irregularity", ReviewIrregularity(2, decision="fine")),
        ("decision", ReviewIrregularity(5, decision="All fine!")),
        ("consequence", ReviewConsequence(5, decision="fine")),
    ],
)
def test_a_malformed_review_names_its_field(field, act):
    """
    A review is of something open, and its decision is a code.
    """
    assert irregular().refuses(InvalidValue, act).field == field


def test_a_review_of_nothing_says_what_waits():
    """
    What is refused names the case and the numbers that wait, or that none does.
    """
    story = irregular()

    open_ones = story.refuses(InvalidValue, ReviewIrregularity(2, decision="fine")).accepted
    none = story.refuses(InvalidValue, ReviewConsequence(5, decision="fine")).accepted

    assert open_ones == "an open one of ke-001/1: [5, 6]"
    assert none == "an open one of ke-001/1: there is none"


def test_a_consequence_in_doubt_is_reviewed():
    """
    Practice: whether a consequence stands that the ledger no longer bears out is decided by a person.
    """
    story = escalated()
    story.pay("120", day(10))
    (doubt,) = story.case.upkeep.in_doubt

    (fact,) = story.do(ReviewConsequence(doubt.number, decision="withdrawn"))

    assert fact == ConsequenceReviewed(consequence=doubt.number, decision="withdrawn")
    assert story.case.upkeep.in_doubt == ()
    assert story.observe() == []


def test_a_decision_on_a_consequence_is_a_code():
    """
    Decisions are codes: free text belongs in words.
    """
    story = escalated()
    story.pay("120", day(10))

    act = ReviewConsequence(story.case.upkeep.in_doubt[0].number, decision="It was right")
    assert story.refuses(InvalidValue, act).field == "decision"


def test_a_reviewed_doubt_about_a_plan_is_not_raised_again():
    """
    Once decided, the same ledger does not ask again.
    """
    story = planned()
    story.through(date(2026, 5, 5))
    story.pay("40", date(2026, 4, 1), booked=date(2026, 5, 8))
    (doubt,) = story.case.upkeep.in_doubt

    story.do(ReviewConsequence(doubt.number, decision="stands"))

    assert story.observe() == []
    assert story.observe(story.on + timedelta(days=1)) == []


def test_the_host_keeps_its_own_scalars():
    """
    Practice: a branch is an attribute; a host keeps its own data under its own namespace.
    """
    story = overdue()
    story.do(SetAttributes({"core:branch": "north", "core:tier": 2}))

    (fact,) = story.do(SetAttributes({"core:tier": 3, "core:vip": False}))

    assert fact == AttributesSet(attributes=(("core:tier", 3), ("core:vip", False)))
    assert story.case.upkeep.attributes == (("core:branch", "north"), ("core:tier", 3), ("core:vip", False))


@pytest.mark.parametrize(
    ("field", "attributes"),
    [
        ("attributes", {"branch": "north"}),
        ("attributes", {"Core Branch": "north"}),
        ("attributes", {7: "north"}),
        ("core:rate", {"core:rate": 0.5}),
        ("core:list", {"core:list": ["a"]}),
        ("core:none", {"core:none": None}),
    ],
)
def test_malformed_attributes_name_their_key(field, attributes):
    """
    A key has a namespace, a value is a text, a whole number or yes and no.
    """
    refusal = overdue().refuses(InvalidValue, SetAttributes(attributes))

    (key, value), *_ = attributes.items()
    assert refusal.field == field
    assert refusal.value == (key if field == "attributes" else type(value).__name__)


@pytest.mark.parametrize("officer", ["officer:7", "U-1042", "张三"])
def test_somebody_is_responsible(officer):
    """
    Practice: the lender keeps track of its customers: a case has an officer, by the host's own id.
    """
    story = overdue()

    (fact,) = story.do(AssignOfficer(officer))

    assert fact == OfficerAssigned(officer=officer)
    assert story.case.upkeep.officer == officer


@pytest.mark.parametrize("officer", ["", None, 7, "a\nb"])
def test_nobody_is_not_an_officer(officer):
    """
    An id is a non-empty printable text.
    """
    assert overdue().refuses(InvalidValue, AssignOfficer(officer)).field == "officer"


def test_closing_withholds_what_was_not_sent():
    """
    A case closed by a person ends its waiting notices with it.
    """
    story = overdue()
    story.do(SendNotice("visit"))

    facts = story.do(CloseCase("opened_in_error"))

    assert facts == [NoticeWithheld(notice=2, rule="case_closed"), CaseClosed(reason=CloseReason.OPENED_IN_ERROR)]


def test_a_notice_with_its_sender_keeps_the_case_open():
    """
    The outcome of a notice in flight would be lost: it is settled first.
    """
    story = overdue()
    story.do(SendNotice("visit"), HandOverNotice(notice=2, sender="Post"))

    assert story.refuses(NoticeInFlight, CloseCase("settled")).number == 2


def test_a_closed_case_moves_no_more():
    """
    Practice: a case that is over moves no more, not even for a record of what happened.
    """
    story = overdue()
    story.do(CloseCase("settled"))

    for act in (RecordWords(topic="note", text="x"), SendNotice("visit"), CloseCase("settled")):
        assert story.refuses(CaseIsClosed, act).reason == "settled"
    assert story.observe(day(30)) == []


@pytest.mark.parametrize("reason", ["healthy", "paid_off"])
def test_health_is_observed_and_not_declared(reason):
    """
    That a loan is paid off or healthy long enough is what the ledger says, not what somebody decides.
    """
    assert overdue().refuses(InvalidValue, CloseCase(reason)).field == "reason"


def test_an_unknown_reason_for_closing_is_refused():
    """
    The reasons for the end of a case are few and closed.
    """
    with pytest.raises(InvalidValue) as refusal:
        CloseCase("tired")

    assert (refusal.value.field, refusal.value.value) == ("reason", "tired")
