"""
The policy that ships: what it says, and that it says why.
"""

from __future__ import annotations

import datetime as dt
import pathlib
import pickle
import tomllib

import attrs
import pytest

from overdue_visit import policy
from overdue_visit.arrears import VILLAGE
from overdue_visit.interview import RequestKind
from overdue_visit.policy import Confidence, LateRun, Source
from overdue_visit.policy.leaves import LEAVES, PRACTICES
from overdue_visit.wording import RULES

VILLAGE_POLICY = policy.village()


def test_visits_start_on_the_seventh_day():
    """
    An officer goes when a repayment is seven days past due, with notice two days before.
    """
    assert VILLAGE_POLICY.visits.first_visit_day == 7
    assert VILLAGE_POLICY.notices.visit_notice_day == 5
    assert VILLAGE_POLICY.visits.notice_days == 2
    assert (VILLAGE_POLICY.visits.earliest, VILLAGE_POLICY.visits.latest) == (dt.time(8), dt.time(20))


def test_its_ageing_is_the_villages():
    """
    Days past due are counted by the convention that calculators use by default.
    """
    assert VILLAGE_POLICY.ageing == VILLAGE


def test_every_value_has_a_source_that_was_checked():
    """
    Each key has its reason or citation, and the day somebody looked.
    """
    assert VILLAGE_POLICY.sources.keys() == VILLAGE_POLICY.values().keys()
    assert [key for key, source in VILLAGE_POLICY.sources.items() if source.checked is None] == []


def test_a_cited_rule_says_how_sure_it_is():
    """
    A source with a link is no mere choice of our own.
    """
    linked = [source for source in VILLAGE_POLICY.sources.values() if source.link]

    assert linked
    assert all(source.confidence is not Confidence.OWN_CHOICE for source in linked)


def test_every_field_of_every_practice_is_a_key():
    """
    What a practice holds can be written in a file, and nothing else can.
    """
    fields = {f"{practice.group}.{field.name}" for practice in PRACTICES for field in attrs.fields(practice)}
    groups = {practice.group for practice in PRACTICES}

    assert fields == {key for key in LEAVES if key.partition(".")[0] in groups}


def test_a_household_is_notified_when_an_electronic_notice_is_sent_and_a_letter_served():
    """
    Each channel says which fact counts as notice.
    """
    assert VILLAGE_POLICY.notices.notified_by == {
        "sms": "sent",
        "email": "sent",
        "letter": "served",
        "console": "sent",
        "file": "sent",
    }


@pytest.mark.parametrize(
    ("reason", "steps"),
    [
        ("forgot", ("pay_now", "remind")),
        ("poor_management", ("budget_talk", "education", "another_due_day")),
        ("income_lost", ("affordability", "propose_plan")),
        ("income_down", ("affordability", "propose_plan")),
        ("other:flood", ("affordability", "talk")),
        ("never_heard_of", ("talk",)),
    ],
)
def test_every_reason_leads_to_steps(reason, steps):
    """
    Each reason is mapped; one with a suffix belongs to what stands before it, and an unheard-of one to "unknown".
    """
    assert VILLAGE_POLICY.reason(reason).next_steps == steps


def test_reasons_lead_to_rules_that_exist():
    """
    A step that a reason names is a rule that has texts.
    """
    assert set(policy.NEXT_STEPS) <= set(RULES)


@pytest.mark.parametrize("kind", RequestKind)
def test_every_request_is_answered_by_a_date(kind):
    """
    Each kind of request has its days to answer.
    """
    assert 1 <= VILLAGE_POLICY.requests.answer_days(kind) <= 15


def test_a_late_run_takes_the_most_severe_step():
    """
    After a pause nobody gets a pile of letters.
    """
    assert VILLAGE_POLICY.late_run is LateRun.MOST_SEVERE


def test_it_is_read_once():
    """
    The shipped policy is parsed once and shared.
    """
    assert policy.village() is VILLAGE_POLICY


def test_it_is_a_value():
    """
    A policy compares, hashes and pickles.
    """
    copy = pickle.loads(pickle.dumps(VILLAGE_POLICY))

    assert copy == VILLAGE_POLICY
    assert hash(copy) == hash(VILLAGE_POLICY)
    assert copy.digest == VILLAGE_POLICY.digest


def test_its_file_is_plain_toml():
    """
    The shipped file parses as TOML and reads as the shipped policy.
    """
    path = pathlib.Path(policy.__file__).with_name("village.toml")
    text = path.read_text(encoding="utf-8")

    assert policy.load(text) == VILLAGE_POLICY
    assert policy.load(tomllib.loads(text)) == VILLAGE_POLICY
    assert policy.load_file(path) == VILLAGE_POLICY


@pytest.mark.parametrize(
    "values",
    [
        {"text": ""},
        {"text": "x", "confidence": "sure"},
        {"text": "x", "checked": dt.datetime(2026, 1, 1)},
        {"text": "x", "link": "javascript:alert(1)"},
        {"text": "x", "link": "https://a b"},
    ],
)
def test_a_source_is_checked(values):
    """
    A source has words, a known confidence, a date without time and a web address.
    """
    with pytest.raises(ValueError, match="is not accepted"):
        Source(**values)
