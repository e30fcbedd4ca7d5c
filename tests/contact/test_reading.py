"""
Rule sets read from TOML: what is wrong is named with its set, rule and key.
"""

from __future__ import annotations

import datetime as dt
import functools
import importlib.resources
import operator
import pickle
import tomllib
from collections.abc import Iterator

import pytest

from overdue_visit.contact import named, names, parse
from overdue_visit.contact.rules import Confidence, from_table, numbers
from overdue_visit.errors import InvalidValue

HEADER = """
id = "own"
title = "Own"
jurisdiction = "KE"
checked = 2026-11-23
"""
WINDOW = """
[[rule]]
id = "hours"
kind = "window"
citation = "the board's decision of 2 May 2026"
confidence = "own"
hours = [{ days = ["Mon"], start = 09:00:00, end = 17:00:00 }]
"""
LIMIT = """
[[rule]]
id = "calls"
kind = "limit"
at_most = 2
within_days = 7
counts = { scope = ["person"] }
citation = "the board's decision of 2 May 2026"
confidence = "own"
"""


def test_a_rule_set_reads_as_it_is_written():
    """
    An institution's own rules become a rule set with their numbers and source.
    """
    rules = parse(HEADER + WINDOW + LIMIT)

    assert [rules.key(rule) for rule in rules.rules] == ["own.hours", "own.calls"]
    assert numbers(rules.rule("calls")) == {"at_most": 2, "within_days": 7}
    assert rules.rule("own.calls").source.confidence == Confidence.OWN
    assert rules.rule("calls").source.checked == dt.date(2026, 11, 23)
    assert pickle.loads(pickle.dumps(rules)) == rules


@pytest.mark.parametrize("name", names())
def test_every_rule_that_ships_has_a_source(name):
    """
    Each rule says where it stands, how sure that is, and when it was last checked.
    """
    for rule in named(name).rules:
        assert len(rule.source.citation) > 10
        assert rule.source.confidence in set(Confidence)
        assert rule.source.checked == dt.date(2026, 11, 23)


def test_what_ships():
    """
    Eighteen rule sets ship, the village's own among them.
    """
    assert names() == (
        "cl-ley-21320",
        "cn-card-measures-2011",
        "cn-cba-2026",
        "cn-gbt-45251-2025",
        "co-ley-2300-2023",
        "id-ojk-22-2023",
        "in-rbi-2022",
        "in-rbi-mfi-2022",
        "jp-mlba-21",
        "kr-pdpa-2024",
        "ph-sec-mc18-2019",
        "ru-230fz",
        "uk-breathing-space-2020",
        "uk-conc",
        "us-ma-209cmr18",
        "us-ma-940cmr7",
        "us-regf",
        "village",
        "vn-ttnhnn-18-2019",
    )
    with pytest.raises(InvalidValue, match="us-regf"):
        named("us-regg")


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ('id = "own"', "", "rule set.id"),
        ('title = "Own"', 'titel = "Own"', "own.titel"),
        ('title = "Own"', 'title = ""', "own.title"),
        ('title = "Own"', "", "own.title"),
        ("checked = 2026-11-23", "", "own.hours.checked"),
        ("checked = 2026-11-23", "checked = 2026-11-23T10:00:00Z", "own.hours.checked"),
        ("checked = 2026-11-23", 'checked = 2026-11-23\nbinds = ["friend"]', "own.binds"),
        (
            "checked = 2026-11-23",
            "checked = 2026-11-23\neffective = { from = 2026-02-01, until = 2026-01-01 }",
            "own.effective.until",
        ),
        ("checked = 2026-11-23", "checked = 2026-11-23\neffective = { since = 2026-02-01 }", "own.effective.since"),
        ("checked = 2026-11-23", "checked = 2026-11-23\neffective = 2026", "own.effective"),
        ('citation = "the board\'s decision of 2 May 2026"', "", "own.hours.citation"),
        ('confidence = "own"', 'confidence = "sure"', "own.hours.confidence"),
        ('confidence = "own"', "", "own.hours.confidence"),
        ('confidence = "own"', 'confidence = "own"\nlink = "somewhere"', "own.hours.link"),
        ('kind = "window"', 'kind = "door"', "own.hours.kind"),
        ('kind = "window"', "", "own.hours.kind"),
        ('id = "hours"\n', "", "own.rule 1.id"),
        ('id = "hours"', 'id = "calls"', "own.calls"),
        ('id = "hours"', 'id = "Hours!"', "own.Hours!.id"),
        ("start = 09:00:00", "start = 18:00:00", "own.hours.hours.end"),
        ("start = 09:00:00", "begin = 09:00:00", "own.hours.hours.begin"),
        ("start = 09:00:00, ", "", "own.hours.hours.start"),
        ('days = ["Mon"]', 'days = ["Monday"]', "own.hours.hours.days"),
        ("hours = [{", "hour = [{", "own.hours.hour"),
        ("hours = [{ days", "hours = [8, { days", "own.hours.hours"),
        ("at_most = 2", "at_most = -1", "own.calls.at_most"),
        ("at_most = 2", "at_most = 2.5", "own.calls.at_most"),
        ("at_most = 2", "at_most = true", "own.calls.at_most"),
        ("at_most = 2", "", "own.calls.at_most"),
        ("within_days = 7", "within_days = 0", "own.calls.within_days"),
        ("within_days = 7", "", "own.calls.within"),
        ("within_days = 7", 'within_days = 7\nwithin = "ever"', "own.calls.within"),
        ("within_days = 7", 'within = "season"', "own.calls.within"),
        ('scope = ["person"]', 'scope = ["planet"]', "own.calls.counts.scope"),
        ('scope = ["person"]', "spoken = true", "own.calls.counts.spoken"),
        ("at_most = 2", 'at_most = 2\neffect = "fatal"', "own.calls.effect"),
        ("at_most = 2", 'at_most = 2\neffect = "warning"', "own.calls.warning"),
        ("at_most = 2", 'at_most = 2\nwarning = "often"', "own.calls.warning"),
        ("at_most = 2", 'at_most = 2\nfactors = ["unrelated"]', "own.calls.factors"),
        ("at_most = 2", 'at_most = 2\nroles = ["borrower"]\nnot_roles = ["borrower"]', "own.calls.not_roles"),
        ("at_most = 2", "at_most = 2\nunless = [{}]", "own.calls.unless.unless"),
        ("at_most = 2", "at_most = 2\nunless = [{ once = true, debtor_unreachable = true }]", "own.calls.unless.once"),
        ("at_most = 2", "at_most = 2\nunless = [{ same_day = true, number_dead = true }]", "own.calls.unless.answers"),
        (
            "at_most = 2",
            "at_most = 2\nunless = [{ consent = { lasting_days = -1 } }]",
            "own.calls.unless.consent.lasting_days",
        ),
        ("at_most = 2", 'at_most = 2\nchannels = ["pigeon"]', "own.calls.channels"),
        ("at_most = 2", 'at_most = 2\nnot_roles = ["pigeon"]', "own.calls.not_roles"),
    ],
)
def test_what_is_wrong_is_named(old, new, field):
    """
    Unknown keys, missing sources, contradictions and numbers out of range are refused with their place.
    """
    text = HEADER + WINDOW + LIMIT

    with pytest.raises(InvalidValue) as refusal:
        parse(text.replace(old, new, 1))

    assert old in text
    assert refusal.value.field == field
    assert refusal.value.accepted


@pytest.mark.parametrize(
    ("rule", "field"),
    [
        ('kind = "stop"\nrequests = []', "requests"),
        ('kind = "third_party"', "not_roles"),
        ('kind = "only_if"', "unless"),
        ('kind = "stop"\nrequests = ["stop_workplace"]\noral_lasts_days = 10', "confirmed_within_days"),
        ('kind = "stop"\nrequests = ["stop_workplace"]\nconfirmed_within_days = 7', "confirmed_within_days"),
        (
            'kind = "stop"\nrequests = ["stop_workplace"]\noral_lasts_days = 7\nconfirmed_within_days = 8',
            "confirmed_within_days",
        ),
        (
            'kind = "stop"\nrequests = []\noral_lasts_days = 7\nconfirmed_within_days = 7\nneeds_writing = true',
            "needs_writing",
        ),
        ('kind = "inconvenient_times"\nhours_a_week = -1', "hours_a_week"),
        ('kind = "inconvenient_times"\nhours_a_week = 168', "hours_a_week"),
        ('kind = "inconvenient_times"\nhours_a_week = 1\nbeyond_hours_a_week = 1', "beyond_hours_a_week"),
        ('kind = "visit_condition"\nmissed_meetings = 1\nannounced_within_days = 7', "announced"),
        ('kind = "visit_condition"\nannounced = true\nannounced_within_days = 0', "announced_within_days"),
        ('kind = "places"', "forbidden"),
        ('kind = "places"\nforbidden = ["home"]\nallowed = ["branch"]', "allowed"),
        ('kind = "visit_condition"', "missed_meetings"),
        ('kind = "moratorium"\nmoratoria = []', "moratoria"),
        ('kind = "moratorium"\nmoratoria = ["deferral"]\ndays = 0', "days"),
        ('kind = "cool_down"\ndays = 0\ncounts = {}', "days"),
        ('kind = "cool_down"\ndays = 7', "counts"),
        ('kind = "window"\nhours = []', "hours"),
        (
            'kind = "window"\nclosed_on_holidays = true\nhours = [{ days = ["Mon", "Holiday"], start = 08:00:00 }]',
            "closed_on_holidays",
        ),
        (
            'kind = "limit"\nat_most = 1\nwithin_days = 1\ncounts = { roles = ["spouse"], not_roles = ["spouse"] }',
            "counts.not_roles",
        ),
        (
            'kind = "limit"\nat_most = 1\nwithin_days = 1\ncounts = { purposes = ["x"], not_purposes = ["x"] }',
            "counts.not_purposes",
        ),
        ('kind = "limit"\nat_most = 1\nwithin_minutes = 0\ncounts = {}', "within_minutes"),
        (
            'kind = "limit"\nat_most = 1\nwithin_days = 1\ncounts = { outcomes = ["met"], not_outcomes = ["met"] }',
            "counts.not_outcomes",
        ),
    ],
)
def test_a_rule_that_says_nothing_is_refused(rule, field):
    """
    Each kind of rule needs what it is about.
    """
    text = f'{HEADER}\n[[rule]]\nid = "one"\ncitation = "the board"\nconfidence = "own"\n{rule}\n'

    with pytest.raises(InvalidValue) as refusal:
        parse(text)

    assert refusal.value.field == f"own.one.{field}"


def test_no_toml():
    """
    What is no TOML, or has no rules, is no rule set.
    """
    with pytest.raises(InvalidValue, match="TOML"):
        parse("id = ")
    with pytest.raises(InvalidValue, match="at least one"):
        parse(HEADER)
    with pytest.raises(InvalidValue, match="a table"):
        from_table({"id": "own", "title": "t", "jurisdiction": "KE", "checked": dt.date(2026, 11, 23), "rule": [1]})


def places_in(value: object, path: tuple[object, ...] = ()) -> Iterator[tuple[object, ...]]:
    """
    Yield the path of each value that stands in a table, however deep.
    """
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, part in parts:
        yield (*path, key)
        yield from places_in(part, (*path, key))


def refused(table: dict[str, object]) -> InvalidValue | None:
    """
    Return the refusal of a rule set; None if it is taken.
    """
    try:
        from_table(table)
    except InvalidValue as refusal:
        return refusal
    return None


@pytest.mark.parametrize("wrong", [None, "x", -1, 1.5, {}, [3], [{}], True, dt.time(1), dt.date(2026, 1, 1), object()])
@pytest.mark.parametrize("name", ["cn-gbt-45251-2025", "kr-pdpa-2024", "us-ma-209cmr18"])
def test_whatever_stands_at_a_key_is_read_or_refused(name, wrong):
    """
    Any value at any key of a rule set makes a rule set, or is refused by its place.
    """
    file = importlib.resources.files("overdue_visit.contact").joinpath("rule_sets", f"{name}.toml")
    text = file.read_text(encoding="utf-8")

    for *path, last in places_in(tomllib.loads(text)):
        table = tomllib.loads(text)
        inside = functools.reduce(operator.getitem, path, table)
        inside[last] = wrong
        refusal = refused(table)
        assert refusal is None or (refusal.accepted and refusal.field.startswith(("rule set.id", name, "x.")))
