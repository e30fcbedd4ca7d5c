"""
A value of a wrong type at any door of classification is refused: the error names the field and what it takes.
"""

from __future__ import annotations

import datetime as dt
import inspect
import types

import attrs
import pytest

from overdue_visit import classification
from overdue_visit.classification import (
    WORST_CLASS,
    Balance,
    Change,
    Condition,
    DatedClass,
    Elapsed,
    FactKind,
    Facts,
    Need,
    PeriodicPayment,
    Test,
    classify,
    delinquency,
    scale,
)
from overdue_visit.errors import InvalidValue
from overdue_visit.money import Money

ON = dt.date(2026, 3, 31)
EURO = Money("1", "EUR")
CHINA, EUROPE = scale("cn-five-class-2023"), scale("eu-crr-178")
FACTS = Facts(on=ON, days_past_due=95, known={"credit_impaired": True})
FOUND = classify(FACTS, CHINA)
LADDER, RULE, LIMITS = CHINA.ladders[0], CHINA.rules[0], EUROPE.limits("retail")
CONDITION = Condition("credit_impaired", Test.IS, bound=True)
DEFAULTS = {"source": LADDER.steps[0].source}

WRONG = {
    "None": None,
    "text": "x",
    "number": 3,
    "float": 1.5,
    "mapping": {},
    "list": [[]],
    "object": object(),
    "datetime": dt.datetime(2026, 3, 8, 9),
}
"""A value of each wrong type; a parameter may take some of them."""


def values_of(found: object) -> dict:
    """
    Return the fields of a value as arguments.
    """
    return {field.alias: getattr(found, field.name) for field in attrs.fields(type(found))}


# By door: how it is called rightly. Doors of classes are those of all their fields.
CALLS = {
    "classify": {"facts": FACTS, "scale": CHINA, "history": (), "imposed": ()},
    "classify_together": {"loans": {"a": FACTS}, "scale": CHINA, "contagion": WORST_CLASS, "histories": {"a": ()}},
    "consecutive_days": {"days": 10, "interrupted_on_day": 3},
    "days_above": {"balances": [Balance(ON, EURO, EURO)], "limits": LIMITS, "on": ON},
    "delinquency": {"due_days": [ON], "payments": [PeriodicPayment(ON)], "on": ON, "scale": None},
    "explain": {"classification": FOUND, "language": "en", "texts": {}},
    "history": {"facts": [FACTS], "scale": CHINA, "before": ()},
    "monthly_due_days": {"first": ON, "through": ON},
    "read_scale": {"content": {}},
    "scale": {"name": "ifrs-9"},
    **{
        type(each).__name__: values_of(each)
        for each in (
            Balance(ON, EURO, EURO),
            Change(to="normal", on=ON, needs=(Need(rule="x", conditions=(CONDITION,), not_before=ON),)),
            FOUND,
            CONDITION,
            CHINA.contagion[0],
            CHINA.counting,
            DatedClass(ON, "loss", ("days_past_due",)),
            delinquency([ON], on=ON),
            Elapsed(months=1, days=2),
            FACTS,
            EUROPE.instead_of_days[0],
            LADDER,
            CHINA.classes[0],
            LIMITS,
            Need(rule="x", conditions=(CONDITION,), not_before=ON),
            PeriodicPayment(ON, ON),
            FOUND.why[0],
            RULE,
            CHINA,
            LADDER.steps[1].source,
            LADDER.steps[1],
        )
    },
}
METHODS = {
    "Counting.day": (CHINA.counting, {"oldest_due": ON, "days": 3}),
    "Counting.days": (CHINA.counting, {"oldest_due": ON, "on": ON}),
    "Facts.fact": (FACTS, {"name": "credit_impaired"}),
    "Facts.later": (FACTS, {"on": ON}),
    "Facts.narrowed": (FACTS, {"names": ["credit_impaired"]}),
    "Materiality.exceeded": (LIMITS, {"arrears": EURO, "exposure": EURO}),
    "Scale.check": (CHINA, {"facts": FACTS}),
    "Scale.days": (CHINA, {"facts": FACTS}),
    "Scale.kind_of": (CHINA, {"fact": "credit_impaired"}),
    "Scale.ladder": (CHINA, {"facility": None}),
    "Scale.limits": (CHINA, {"facility": None}),
    "Scale.past": (CHINA, {"history": (), "on": ON}),
    "Scale.rank": (CHINA, {"class_": "loss"}),
}

# What a parameter takes of the wrong values, because it is right there.
TEXTS, NUMBERS = {"text"}, {"number"}
MAY = {
    ("explain", "texts"): {"None", "mapping"},
    ("classify_together", "loans"): {"mapping"},
    ("classify_together", "histories"): {"None", "mapping"},
    ("consecutive_days", "days"): NUMBERS,
    ("consecutive_days", "interrupted_on_day"): {"None", "number"},
    ("delinquency", "scale"): {"None"},
    ("Change", "to"): TEXTS,
    ("Change", "on"): {"None"},
    ("Classification", "on"): set(),
    ("Condition", "fact"): TEXTS,
    ("Condition", "bound"): {"text", "number"},
    ("Contagion", "to"): {"None", "text"},
    ("Contagion", "over"): {"None"},
    ("DatedClass", "class_"): TEXTS,
    ("Elapsed", "months"): {"None", "number"},
    ("Elapsed", "days"): {"None", "number"},
    ("Facts", "days_past_due"): {"None", "number"},
    ("Facts", "oldest_due"): {"None"},
    ("Facts", "facility"): {"None", "text"},
    ("Facts", "arrears"): {"None"},
    ("Facts", "exposure"): {"None"},
    ("Facts", "all_arrears_paid"): {"None"},
    ("Facts", "assessed"): {"None", "text"},
    ("Facts", "known"): {"mapping"},
    ("Need", "rule"): TEXTS,
    ("Need", "not_before"): {"None"},
    ("PeriodicPayment", "applied_to"): {"None"},
    ("Delinquency", "since"): {"None"},
    ("Delinquency", "days"): NUMBERS,
    ("Delinquency", "filing_allowed_from"): {"None"},
    ("Classification", "days_past_due"): {"None", "number"},
    ("Reason", "days"): {"None", "number"},
    ("Reason", "first_day"): {"None", "number"},
    ("Reason", "last_day"): {"None", "number"},
    ("Step", "first_day"): NUMBERS,
    ("Step", "last_day"): {"None", "number"},
    ("Scale", "effective"): {"None"},
    ("Counting.day", "days"): NUMBERS,
    ("Facts.fact", "name"): TEXTS,
    ("Materiality.exceeded", "exposure"): {"None"},
    ("Scale.kind_of", "fact"): TEXTS,
    ("Scale.ladder", "facility"): {"None", "text"},
    ("Scale.limits", "facility"): {"None", "text"},
    **{(name, "class_"): TEXTS for name in ("InsteadOfDays", "Reason", "Rule", "Step", "Classification")},
    **{("Classification", name): TEXTS for name in ("scale", "digest", "floor", "at_worst")},
    **{("Scale", name): TEXTS for name in ("name", "title", "digest")},
    **{(name, "facility"): TEXTS for name in ("Ladder", "Materiality")},
    ("Contagion", "rule"): TEXTS,
    ("Level", "code"): TEXTS,
    ("Reason", "rule"): TEXTS,
    ("Rule", "code"): TEXTS,
    ("Source", "citation"): TEXTS,
}
CALLED = {("read_scale", "content"): "scale"}
"""What the error calls a parameter that it does not call by its name."""

CASES = [
    (door, field)
    for door, arguments in {**CALLS, **{name: given for name, (_, given) in METHODS.items()}}.items()
    for field in arguments
]


def test_every_door_is_in_the_table():
    """
    Every public function and class of the package is called here, with every parameter it has.
    """
    doors = {
        name
        for name in classification.__all__
        if callable(getattr(classification, name)) and not isinstance(getattr(classification, name), types.ModuleType)
    }
    enums = {"Confidence", "FactKind", "Meaning", "Test"}

    assert doors - enums == set(CALLS)
    for door, given in CALLS.items():
        assert list(inspect.signature(getattr(classification, door)).parameters) == list(given)


@pytest.mark.parametrize("door", sorted(CALLS))
def test_the_right_values_are_taken(door):
    """
    What the table calls right is right, so that a refusal is about the one value that was changed.
    """
    if door != "read_scale":
        getattr(classification, door)(**CALLS[door])


@pytest.mark.parametrize(("door", "field"), CASES)
def test_a_wrong_type_is_refused_by_name(door, field):
    """
    None, text, number, float, mapping, list, object and datetime are refused where they do not belong.
    """
    of, _, method = door.partition(".")
    call = getattr(METHODS[door][0], method) if method else getattr(classification, of)
    given = METHODS[door][1] if method else CALLS[door]

    for value in (value for wrong, value in WRONG.items() if wrong not in MAY.get((door, field), ())):
        with pytest.raises(InvalidValue) as refusal:
            call(**{**given, field: value})

        assert refusal.value.field.startswith(CALLED.get((door, field), field))
        assert refusal.value.accepted


@pytest.mark.parametrize("wrong", sorted(WRONG))
def test_a_wrong_type_within_a_collection_is_refused(wrong):
    """
    One wrong value among right ones is named like a wrong collection.
    """
    value = WRONG[wrong]
    calls = {
        "history": lambda: classify(FACTS, CHINA, history=[DatedClass(ON, "loss"), value]),
        "imposed": lambda: classify(FACTS, CHINA, imposed=[value]),
        "facts": lambda: classification.history([FACTS, value], CHINA),
        "loans.b": lambda: classification.classify_together({"a": FACTS, "b": value}, CHINA, contagion=WORST_CLASS),
        "due_days": lambda: delinquency([ON, value], on=ON),
        "payments": lambda: delinquency([ON], [value], on=ON),
        "balances": lambda: classification.days_above([value], LIMITS, on=ON),
    }

    for field, call in calls.items():
        with pytest.raises(InvalidValue) as refusal:
            call()
        assert refusal.value.field == field


@pytest.mark.parametrize("kind", FactKind)
def test_a_named_fact_of_another_kind_is_refused(kind):
    """
    Each kind of fact takes its own values only, and says which.
    """
    taken = {FactKind.YES_NO: (), FactKind.COUNT: ("number",), FactKind.SHARE: (), FactKind.SINCE: ()}

    assert [name for name, value in WRONG.items() if kind.accepts(value)] == list(taken[kind])
    assert kind.wanted


@pytest.mark.parametrize("key", [3, None, 1.5])
def test_keys_that_are_no_texts_are_refused(key):
    """
    Names of facts, of loans and of a scale's keys are texts.
    """
    calls = (
        lambda: Facts(on=ON, known={key: True}),
        lambda: classification.classify_together({key: FACTS}, CHINA, contagion=WORST_CLASS),
        lambda: classification.read_scale({"name": "own", key: 1}),
        lambda: classification.explain(FOUND, texts={"line.class": key}),
    )

    for call in calls:
        with pytest.raises(InvalidValue):
            call()


def test_days_at_the_end_of_the_calendar_are_judged():
    """
    Where no calendar has the day of the next change, none is told, and nothing breaks.
    """
    last = dt.date.max
    late = classify(Facts(on=last, days_past_due=95), CHINA)
    since = Facts(on=last, days_past_due=0, known={"restructured": last, "paid_up_since": last})

    assert [change.on for change in late.what_would_change] == [None]
    assert classify(since, CHINA).class_ == "special_mention"
    assert delinquency([last], on=last).filing_allowed_from is None
