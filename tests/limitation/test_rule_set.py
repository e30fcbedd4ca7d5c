"""
Rule sets: read from data, complete, and an institution's own.
"""

from __future__ import annotations

import datetime as dt
import importlib.resources
import pickle
import tomllib

import pytest

from overdue_visit.business_calendar import EVERY_DAY
from overdue_visit.errors import InvalidValue
from overdue_visit.limitation import (
    SHAPES,
    Act,
    ActKind,
    Confidence,
    Obstacle,
    Proof,
    Source,
    cards,
    limitation_clock,
    read,
    reg_x,
    shipped,
)
from overdue_visit.rate import Per, Rate

NAMES = sorted(SHAPES)


def text(name: str) -> str:
    """
    Return the text of a rule set that ships.
    """
    folder = importlib.resources.files("overdue_visit.limitation").joinpath("data")
    return folder.joinpath(f"{name.replace('-', '_')}.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", NAMES)
def test_what_ships_is_whole(name):
    """
    Every rule set that ships has its name, its figures, and a citation for each.
    """
    rules = shipped(name)

    assert rules.name == name
    assert [figure.rule for figure in rules.figures] == [f"{name}.{key}" for key in SHAPES[name]]
    assert all(figure.source.citation for figure in rules.figures)
    assert pickle.loads(pickle.dumps(rules)) == rules


def test_the_figures_of_china_and_the_rest_are_in_the_data():
    """
    What no calculator reads aloud is stated here: counts and words as the rules have them.
    """
    cn = shipped("cn-limitation")

    assert cn.figure("last_months").whole == 6
    assert shipped("us-reg-x").figure("transferor_notice").whole == 45
    assert shipped("cn-cards").figure("collections_needed").whole == 2
    assert shipped("cn-loans").figure("short_extension").share == Rate("1", Per.ONCE)


def test_an_institution_may_be_stricter():
    """
    An own rule set with the shipped name and other numbers goes into every calculator.
    """
    own = read(text("us-reg-x").replace("value = 36", "value = 20"))

    contact = reg_x.live_contact(dt.date(2026, 1, 1), rules=own)

    assert contact.contact_by == dt.date(2026, 1, 21)
    assert cards.instalment_plan(60).holds


def test_a_figure_may_have_a_day_of_its_own():
    """
    A figure looked at later than the rest says so.
    """
    own = read(text("cn-cards").replace("[instalment_plan]", "[instalment_plan]\nchecked = 2026-12-01", 1))

    assert own.figure("instalment_plan").source.checked == dt.date(2026, 12, 1)
    assert own.figure("recordings").source.checked == dt.date(2026, 11, 23)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        (lambda d: d.update(extra=1), "rule set"),
        (lambda d: d.pop("checked"), "rule set.checked"),
        (lambda d: d.pop("live_contact"), "rule set.live_contact"),
        (lambda d: d.update(name="us-reg-z"), "name"),
        (lambda d: d.update(name=["us-reg-x"]), "name"),
        (lambda d: d.update(title=" "), "title"),
        (lambda d: d.update(checked="yesterday"), "checked"),
        (lambda d: d.update(live_contact=36), "us-reg-x.live_contact"),
        (lambda d: d["live_contact"].update(days=36), "us-reg-x.live_contact"),
        (lambda d: d["live_contact"].pop("citation"), "us-reg-x.live_contact.citation"),
        (lambda d: d["live_contact"].update(citation=""), "us-reg-x.live_contact.citation"),
        (lambda d: d["live_contact"].pop("confidence"), "us-reg-x.live_contact.confidence"),
        (lambda d: d["live_contact"].update(confidence="sure"), "us-reg-x.live_contact.confidence"),
        (lambda d: d["live_contact"].update(value=-36), "us-reg-x.live_contact"),
        (lambda d: d["live_contact"].update(value=0), "us-reg-x.live_contact"),
        (lambda d: d["live_contact"].update(value=36.0), "us-reg-x.live_contact"),
        (lambda d: d["live_contact"].update(value=True), "us-reg-x.live_contact"),
        (lambda d: d["live_contact"].update(unit="weeks"), "us-reg-x.live_contact.unit"),
        (lambda d: d["live_contact"].update(counting="backwards"), "us-reg-x.live_contact.counting"),
        (lambda d: d["live_contact"].update(checked="today"), "us-reg-x.live_contact.checked"),
    ],
)
def test_a_rule_set_validates_itself(change, field):
    """
    Unknown and missing keys, missing citations, and numbers that are none are refused with their place.
    """
    data = tomllib.loads(text("us-reg-x"))
    change(data)

    with pytest.raises(InvalidValue) as refusal:
        read(data)

    assert refusal.value.field == field


@pytest.mark.parametrize(
    ("figure", "value"),
    [
        ("short_extension", "-0.5"),
        ("short_extension", 0.5),
        ("short_extension", "half"),
        ("payment_order", "interest"),
        ("payment_order", []),
        ("payment_order", [1]),
    ],
)
def test_shares_and_words_are_checked(figure, value):
    """
    A share is a decimal string of at least zero; words are a list of texts.
    """
    data = tomllib.loads(text("cn-loans"))
    data[figure]["value"] = value

    with pytest.raises(InvalidValue):
        read(data)


@pytest.mark.parametrize("source", ["name = ", 5, None])
def test_what_is_no_rule_set_is_refused(source):
    """
    Broken TOML and values of other types are refused.
    """
    with pytest.raises(InvalidValue):
        read(source)


def test_unknown_names_are_refused():
    """
    A rule set, and a figure in it, is asked for by its name.
    """
    rules = shipped("cn-loans")

    with pytest.raises(InvalidValue):
        shipped("xx-none")
    with pytest.raises(InvalidValue):
        rules.figure("none")
    with pytest.raises(InvalidValue):
        rules.figure("payment_order").whole.bit_length()
    with pytest.raises(InvalidValue):
        rules.figure("short_term").share.fraction.limit_denominator()
    with pytest.raises(InvalidValue):
        rules.figure("short_term").words.count("x")
    with pytest.raises(InvalidValue):
        rules.figure("short_term").last_day(dt.date(2026, 1, 1))
    with pytest.raises(InvalidValue):
        rules.figure("short_term").off_rest_days(dt.date(2026, 1, 1), calendar=EVERY_DAY)


def test_an_obstacle_that_a_rule_set_does_not_list_is_refused():
    """
    An institution that strikes an obstacle from its copy cannot rest a longer clock on it.
    """
    data = tomllib.loads(text("cn-limitation"))
    data["obstacles"]["value"].remove("other_obstacle")
    own = read(data)
    due, days = dt.date(2023, 3, 17), {"since": dt.date(2026, 1, 5), "removed": dt.date(2026, 2, 10)}

    with pytest.raises(InvalidValue, match="an obstacle that the rule set lists") as refusal:
        limitation_clock(due, obstacles=[Obstacle(kind="other_obstacle", **days)], rules=own)
    flood = limitation_clock(due, obstacles=[Obstacle(kind="force_majeure", **days)], rules=own)

    assert refusal.value.field == "obstacles"
    assert flood.deadline.day == dt.date(2026, 8, 10)


def test_every_figure_is_read_by_a_calculator():
    """
    No figure of a rule set lies there unread: a number or an article that nothing follows would be a false promise.
    """
    folder = importlib.resources.files("overdue_visit.limitation")
    unread = ("shapes.py", "words_en.py", "words_zh.py")
    code = "".join(
        path.read_text(encoding="utf-8")
        for path in folder.iterdir()
        if path.name.endswith(".py") and path.name not in unread
    )
    kinds = {f"{kind}_{end}" for kind in ("overdue", "misuse") for end in ("least", "most")}

    missing = [key for figures in SHAPES.values() for key in figures if f'"{key}"' not in code and key not in kinds]

    assert missing == []


def test_the_rules_of_another_law_are_refused():
    """
    A calculator takes the rule set of its own law, and nothing else in its place.
    """
    for rules in (shipped("us-reg-f"), {}, "us-reg-x", 3):
        with pytest.raises(InvalidValue, match="us-reg-x") as refusal:
            reg_x.live_contact(dt.date(2026, 1, 1), rules=rules)
        assert refusal.value.field == "rules"


def test_an_act_that_a_rule_set_does_not_list_is_refused():
    """
    A rule set that names no article for an act cannot say what the act does.
    """
    data = tomllib.loads(text("cn-limitation"))
    data["spoken"]["value"] = ["sung"]
    spoken = Act(kind=ActKind.SPOKEN, on=dt.date(2025, 6, 12), proof=[Proof.ARRIVED])

    with pytest.raises(InvalidValue) as refusal:
        limitation_clock(dt.date(2023, 3, 17), acts=[spoken], rules=read(data))

    assert refusal.value.field == "kind"


@pytest.mark.parametrize(
    ("citation", "confidence", "checked"),
    [
        (" ", Confidence.VERIFIED, dt.date(2026, 11, 23)),
        ("art. 1", "verified", dt.date(2026, 11, 23)),
        ("art. 1", Confidence.VERIFIED, dt.datetime(2026, 11, 23)),
    ],
)
def test_a_source_is_complete(citation, confidence, checked):
    """
    A source has a citation, a known confidence, and the day it was checked.
    """
    with pytest.raises(InvalidValue):
        Source(citation=citation, confidence=confidence, checked=checked)
