"""
A scale's file is refused as a whole if anything in it cannot be.
"""

from __future__ import annotations

import datetime as dt

import pytest

from overdue_visit.classification import SCALES, Confidence, Facts, classify, read_scale, scale
from overdue_visit.errors import InvalidValue
from tests.classification.some_facts import ON

OWN = """
name = "own"
title = "Our own scale"
checked = 2026-11-23
meaning = "at_least"
classes = [
    { code = "good", performing = true },
    { code = "watch", performing = true },
    { code = "bad", performing = false },
]

[counting]
due_day_counts = 0
citation = "our board, 2026-02"
confidence = "own_choice"

[facts]
harvest_failed = "yes_no"
share_lost = "share"

[[ladders.any]]
class = "good"
first_day = 0
last_day = 6
citation = "our board, 2026-02"
confidence = "own_choice"

[[ladders.any]]
class = "bad"
first_day = 7
citation = "our board, 2026-02"
confidence = "own_choice"

[[rules]]
rule = "harvest"
class = "watch"
when = [{ fact = "harvest_failed", is = true }]
lifted_by = [{ fact = "share_lost", under = "20%" }]
citation = "our board, 2026-02"
confidence = "own_choice"

[[instead_of_days]]
class = "good"
when = [{ fact = "harvest_failed", is = false }]
citation = "our board, 2026-02"
confidence = "own_choice"

[[contagion]]
rule = "household"
spreads = ["bad"]
to = "watch"
over = "25%"
citation = "our board, 2026-02"
confidence = "own_choice"

[materiality.any]
absolute = "100"
currency = "KES"
relative = "1%"
citation = "our board, 2026-02"
confidence = "own_choice"
"""


def test_an_institution_writes_its_own_scale():
    """
    Own classes, facts and rules work like those that ship, and have a digest of their own.
    """
    own = read_scale(OWN)

    found = classify(Facts(on=ON, days_past_due=6, known={"harvest_failed": True}), own)

    assert found.class_ == "watch"
    assert found.digest == own.digest != read_scale(OWN.replace("= 6", "= 5").replace("= 7", "= 6")).digest
    assert classify(Facts(on=ON, days_past_due=7), own).class_ == "bad"


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ("last_day = 6", "last_day = 5", "own.any.bad.first_day"),
        ("last_day = 6", "last_day = 7", "own.any.bad.first_day"),
        ("last_day = 6\n", "", "own.any.bad.first_day"),
        ("first_day = 7", "first_day = 7\nlast_day = 90", "own.any.bad.last_day"),
        ("first_day = 7", "first_day = 7\nlast_day = 3", "own.any.bad.last_day"),
        ("first_day = 0", "first_day = 1", "own.any.good.first_day"),
        ("first_day = 0", "first_day = -1", "own.any.good.first_day"),
        ("first_day = 0", "first_day = 0.5", "own.any.good.first_day"),
        ('class = "bad"', 'class = "good"', "own.any.good.class"),
        ('class = "bad"', 'class = "worse"', "own.any.worse.class"),
        ('class = "watch"', 'class = "whach"', "own.harvest.class"),
        ('rule = "harvest"', 'rule = "two words"', "own.two words.rule"),
        ('fact = "harvest_failed"', 'fact = "harvest"', "own.harvest.when[1].fact"),
        ("is = true", "is = 1", "own.harvest.when[1].is"),
        ("is = true", "at_least = 1", "own.harvest.when[1]"),
        ("is = true", "is = true, is_not = true", "own.harvest.when[1]"),
        ("is = true", "is = true, sure = true", "own.harvest.when[1].sure"),
        ('{ fact = "harvest_failed", is = true }', '{ was = "poor" }', "own.harvest.when[1].was"),
        ('under = "20%"', "under = 20", "own.harvest.lifted_by[1].under"),
        ('under = "20%"', 'under = "-20%"', "own.harvest.lifted_by[1].under"),
        ("lifted_by", "lifted", "own.harvest.lifted"),
        ('when = [{ fact = "harvest_failed", is = false }]', "when = []", "own.instead_of_days[1].when"),
        ('class = "good"\nwhen', 'class = "poor"\nwhen', "own.instead_of_days[1].class"),
        ("is = false", "is = 0", "own.instead_of_days[1].when[1].is"),
        ("is = false }]", "is = false }]\nsure = true", "own.instead_of_days[1].sure"),
        ('spreads = ["bad"]', "spreads = []", "own.contagion[1].spreads"),
        ('spreads = ["bad"]', 'spreads = ["poor"]', "own.contagion[1].spreads"),
        ('spreads = ["bad"]', 'spreads = "bad"', "own.contagion[1].spreads"),
        ('over = "25%"', 'over = "much"', "own.contagion[1].over"),
        ('absolute = "100"', 'absolute = "-100"', "own.materiality.any.absolute"),
        ('currency = "KES"', 'currency = "shilling"', "currency"),
        ("due_day_counts = 0", "due_day_counts = 2", "own.counting.due_day_counts"),
        ('harvest_failed = "yes_no"', 'harvest_failed = "maybe"', "own.facts.harvest_failed"),
        ('share_lost = "share"', 'share_lost = "share"\ndays_past_due = "count"', "own.facts.days_past_due"),
        ('meaning = "at_least"', 'meaning = "perhaps"', "own.meaning"),
        ("checked = 2026-11-23", "checked = 2026-11-23T00:00:00", "own.checked"),
        ("checked = 2026-11-23", "checkd = 2026-11-23", "own.checked"),
        ('title = "Our own scale"', 'title = ""', "own.title"),
        ('name = "own"', 'name = "own"\neffect = 3', "own.effect"),
        ('code = "watch", performing = true', 'code = "good", performing = true', "own.classes"),
        ('code = "good", performing = true', 'code = "good", performing = false', "own.watch.performing"),
        ('code = "bad", performing = false', 'code = "bad", performing = "no"', "own.classes[3].performing"),
    ],
)
def test_what_cannot_be_is_refused_by_name(old, new, field):
    """
    Gaps, overlaps, unknown words, contradictions and negative numbers are refused; the error names the place.
    """
    assert old in OWN

    with pytest.raises(InvalidValue) as refusal:
        read_scale(OWN.replace(old, new, 1))

    assert refusal.value.field == field


def test_a_missing_citation_is_refused_wherever_it_is():
    """
    Every number says where it comes from and how sure that is.
    """
    for line in ('citation = "our board, 2026-02"\n', 'confidence = "own_choice"\n'):
        parts = OWN.split(line)
        for place in range(1, len(parts)):
            without = line.join(parts[:place]) + line.join(parts[place:])
            with pytest.raises(InvalidValue, match=line.split()[0]):
                read_scale(without)


@pytest.mark.parametrize(
    ("content", "field"),
    [("name = ", "scale"), ({"name": 7}, "scale.name"), ({"name": "x", "checked": "today"}, "x.checked"), (7, "scale")],
)
def test_what_is_no_scale_at_all_is_refused(content, field):
    """
    Broken TOML and other shapes are refused.
    """
    with pytest.raises(InvalidValue) as refusal:
        read_scale(content)

    assert refusal.value.field == field


def test_a_rule_that_always_holds_is_refused():
    """
    A rule says when it begins, whom it holds, or what lifts it.
    """
    rule = 'when = [{ fact = "harvest_failed", is = true }]\nlifted_by = [{ fact = "share_lost", under = "20%" }]\n'

    with pytest.raises(InvalidValue, match=r"own\.harvest\.when"):
        read_scale(OWN.replace(rule, ""))


def test_two_rules_of_one_name_are_refused():
    """
    A code stands for one rule.
    """
    rule = OWN[OWN.index("[[rules]]") : OWN.index("[[contagion]]")]

    with pytest.raises(InvalidValue, match=r"own\.harvest\.rule"):
        read_scale(OWN.replace(rule, rule * 2))


def test_the_scales_that_ship_are_named():
    """
    Each name gives its scale, always the same; another name is refused with those that there are.
    """
    for name in SCALES:
        assert scale(name) is scale(name)
        assert scale(name).name == name
    with pytest.raises(InvalidValue, match="ifrs-9"):
        scale("ifrs-10")


LATER = dt.date(2026, 11, 29)
LOOKED_AT_AGAIN = {
    ("eu-crr-178", "default_probation_restructured"),
    ("eu-eba-forbearance", "late_in_probation"),
    ("ifrs-9", "counting"),
    ("ifrs-9", "stage_3"),
    ("ifrs-9", "credit_impaired"),
    ("us-ffiec-re-aging-2000", "willing_and_able"),
    ("us-ffiec-re-aging-2000", "months_on_book"),
    ("us-ffiec-re-aging-2000", "minimum_payments"),
    ("us-ffiec-re-aging-2000", "once_in_twelve_months"),
    ("us-ffiec-re-aging-2000", "twice_in_five_years"),
}
"""What was looked up again, and found reported by others: no longer from memory."""


def test_every_number_that_ships_has_its_source():
    """
    Steps, rules, limits, counting and the rest each have a citation, a confidence and the day of the last look.
    """
    again = set()
    for name in SCALES:
        of = scale(name)
        entries = [(step.class_, step.source) for ladder in of.ladders for step in ladder.steps]
        entries += [(each.code, each.source) for each in of.rules]
        entries += [(each.rule, each.source) for each in of.contagion]
        entries += [(each.facility, each.source) for each in of.materiality]
        entries += [(each.class_, each.source) for each in of.instead_of_days]
        entries += [("counting", of.counting.source)]
        assert all(source.citation and source.checked in (of.checked, LATER) for _, source in entries)
        again |= {(name, entry) for entry, source in entries if source.checked == LATER}
        assert all(
            source.confidence is Confidence.SECONDARY for entry, source in entries if (name, entry) in LOOKED_AT_AGAIN
        )

    assert again == LOOKED_AT_AGAIN
