"""
A value of a wrong type at any door of deadlines and limits is refused: the error names the field and what it takes.
"""

from __future__ import annotations

import datetime as dt
import inspect
import types
from zoneinfo import ZoneInfo

import attrs
import pytest

from overdue_visit import limitation
from overdue_visit.business_calendar import BusinessCalendar
from overdue_visit.errors import InvalidValue
from overdue_visit.limitation import (
    AFTER,
    Act,
    Bound,
    Fact,
    Guarantee,
    Obstacle,
    breathing_space,
    cards,
    cca,
    credit_reports,
    guarantee_standing,
    limitation_clock,
    limitation_defence,
    loans,
    reg_f,
    reg_x,
    shipped,
)
from overdue_visit.money import Money
from overdue_visit.rate import Rate

DAY = dt.date(2026, 3, 2)
POUND = Money("1", "GBP")
WEEKDAYS = BusinessCalendar()
FLOOD = Obstacle(kind="force_majeure", since=dt.date(2029, 1, 1), removed=dt.date(2029, 2, 1))
DEMAND = Act(kind="message", on=DAY, proof=["arrived"], partial=True, debtor="b-2")
CLOCK = limitation_clock(DAY, acts=[DEMAND], obstacles=[FLOOD], joint_with=["b-2"])
PROMISE = Guarantee(kind="joint_guarantee", due=DAY)
STANDING = guarantee_standing(PROMISE, on=DAY)
RULES = shipped("us-reg-x")
FIGURE = RULES.figure("live_contact")
BAND = loans.penalty_band(Rate("6%"))
NO_RULES = {"rules": None}

WRONG = {
    "None": None,
    "text": "x",
    "number": 3,
    "float": 1.5,
    "mapping": {},
    "list": [[]],
    "object": object(),
    "datetime": dt.datetime(2026, 3, 8, 9),
    "truth": True,
}
"""A value of each wrong type; a parameter may take some of them."""


def values_of(found: object) -> dict:
    """
    Return the fields of a value as arguments.
    """
    return {field.alias: getattr(found, field.name) for field in attrs.fields(type(found))}


VALUES = (
    DEMAND,
    BAND,
    AFTER,
    CLOCK.deadline,
    limitation_defence(expired=True),
    CLOCK.effects[0],
    Fact("paid", POUND),
    FIGURE,
    PROMISE,
    STANDING,
    CLOCK,
    FLOOD,
    loans.payment_order(),
    CLOCK.effects[0].reaches[0],
    RULES,
    cards.instalment_plan(60),
    FIGURE.source,
)
# By door: how it is called rightly. Doors of classes are those of all their fields.
CALLS = {
    **{type(each).__name__: values_of(each) for each in VALUES},
    "end_of": {"last_day": DAY, "where": ZoneInfo("Asia/Shanghai"), "closes": None},
    "explain": {"result": CLOCK, "language": "en", "texts": None},
    "guarantee_period": {"guarantee": PROMISE, "calendar": WEEKDAYS, **NO_RULES},
    "guarantee_standing": {
        "guarantee": PROMISE,
        "on": DAY,
        "claimed_on": DAY,
        "refusal_ended": DAY,
        "calendar": WEEKDAYS,
        **NO_RULES,
    },
    "limitation_clock": {
        "due_dates": DAY,
        "acts": (),
        "obstacles": (),
        "debtor": None,
        "joint_with": (),
        "calendar": WEEKDAYS,
        **NO_RULES,
    },
    "limitation_defence": {
        "expired": True,
        "signed_notice": False,
        "agrees_to_perform": False,
        "paid_freely": False,
        "new_agreement": False,
        **NO_RULES,
    },
    "read": {"source": {}},
    "shipped": {"name": "us-reg-x"},
    "breathing_space.breathing_space": {"start": DAY, **NO_RULES},
    "breathing_space.midway_review": {"start": DAY, **NO_RULES},
    "breathing_space.next_breathing_space": {"last_end": DAY, **NO_RULES},
    "breathing_space.crisis_moratorium": {"start": DAY, "treatment_ended": DAY, **NO_RULES},
    "cards.effective_collections": {"collections": [DAY], "overdue_since": DAY, **NO_RULES},
    "cards.unpaid_after_collections": {"last_needed": DAY, **NO_RULES},
    "cards.instalment_plan": {"months": 60, **NO_RULES},
    "cards.recordings": {"made": DAY, **NO_RULES},
    "cca.arrears_notice_duty": {
        "required": [POUND, POUND],
        "paid": POUND,
        "weekly": False,
        "already_under_duty": False,
        "judgment_settled": True,
        **NO_RULES,
    },
    "cca.first_arrears_notice": {"conditions_met": DAY, **NO_RULES},
    "cca.further_arrears_notice": {"last_given": DAY, **NO_RULES},
    "cca.running_account_duty": {
        "made": [False, False],
        "weekly": False,
        "already_noticed": False,
        "judgment_settled": True,
        **NO_RULES,
    },
    "cca.running_account_notice": {"next_statement_by": DAY, **NO_RULES},
    "cca.default_notice": {"served": DAY, **NO_RULES},
    "credit_reports.negative_report": {"told_on": DAY, "report_on": DAY, **NO_RULES},
    "credit_reports.negative_record": {"default_ended": DAY, **NO_RULES},
    "credit_reports.collection_records": {"made": DAY, **NO_RULES},
    "loans.extension": {"original_months": 12, "extension_months": 1, **NO_RULES},
    "loans.personal_extension": {"original_months": 12, "extension_months": 1, "product_months": 60, **NO_RULES},
    "loans.extension_request": {"requested": DAY, "due": DAY, **NO_RULES},
    "loans.penalty_band": {"contract": Rate("6%"), "misuse": False, **NO_RULES},
    "loans.payment_order": {"agreed": None, **NO_RULES},
    "loans.debts_order": {"agreed": None, **NO_RULES},
    "reg_f.ValidationPeriod": values_of(reg_f.validation_period(DAY, holidays=[])),
    "reg_f.validation_notice": {"initial_communication": DAY, "paid_on": DAY, **NO_RULES},
    "reg_f.validation_period": {"sent": DAY, "holidays": [DAY], "received": DAY, **NO_RULES},
    "reg_f.email_opt_out": {"notice_sent": DAY, **NO_RULES},
    "reg_f.furnishing": {"mailed": [DAY], "undeliverable": [DAY], "spoke_on": DAY, **NO_RULES},
    "reg_f.records": {"last_activity": DAY, **NO_RULES},
    "reg_f.recordings": {"call": DAY, **NO_RULES},
    "reg_x.LiveContact": values_of(reg_x.live_contact(DAY)),
    "reg_x.live_contact": {"due_dates": [DAY], "contacts": [DAY], "paid_on": DAY, **NO_RULES},
    "reg_x.written_notice": {"due_date": DAY, "paid_on": DAY, **NO_RULES},
    "reg_x.next_written_notice": {"given": DAY, "delinquent_since": DAY, **NO_RULES},
    "reg_x.notice_after_transfer": {
        "due_date": DAY,
        "transferred": DAY,
        "first_due_after": DAY,
        "transferor_notice": DAY,
        **NO_RULES,
    },
}
METHODS = {
    "Band.allows()": (BAND, {"rate": Rate("8%")}),
    "Counting.last_day()": (AFTER, {"event": DAY, "length": 3, "unit": "days", "calendar": WEEKDAYS}),
    "Deadline.allows()": (CLOCK.deadline, {"on": DAY}),
    "Figure.last_day()": (FIGURE, {"event": DAY, "calendar": WEEKDAYS}),
    "Figure.deadline()": (
        FIGURE,
        {"name": "due_date", "event": DAY, "bound": Bound.BY, "moved_by": (), "paid_on": DAY},
    ),
    "Figure.off_rest_days()": (FIGURE, {"day": DAY, "calendar": WEEKDAYS}),
    "LimitationClock.has_expired()": (CLOCK, {"on": DAY}),
    "RuleSet.figure()": (RULES, {"key": "live_contact"}),
}

# What a parameter takes of the wrong values, because it is right there.
OPTIONAL = """
paid_on changed_due agreed_until claimed_on refusal_ended treatment_ended overdue_since told_on default_ended received
spoke_on delinquent_since transferor_notice ended removed earliest day closes agreed rules signer debt_limitation
revival unit
"""
TRUTHS = """
already_under_duty already_noticed judgment_settled expired signed_notice agrees_to_perform paid_freely weekly misuse
new_agreement unclear guarantor_consented partial rest_given_up holds first_day_counts
"""
NUMBERS = "months original_months extension_months product_months length"
TEXTS = "rule name title jurisdiction citation code evidence"
MAY = {
    **{field: {"None"} for field in OPTIONAL.split()},
    **{field: {"truth"} for field in TRUTHS.split()},
    **{field: {"number"} for field in NUMBERS.split()},
    **{field: {"text"} for field in TEXTS.split()},
    "debtor": {"None", "text"},
    "texts": {"None", "mapping"},
    "most": {"None", "number"},
}
MAY_HERE = {
    ("Counting", "name"): {"text"},
    ("Counting.last_day()", "unit"): set(),
    ("Figure", "counting"): {"None"},
    ("Figure", "value"): {"None", "number"},
    ("Fact", "value"): {"None", "text", "number", "truth"},
    ("Band", "most"): set(),
    ("Figure.deadline()", "name"): {"text"},
    ("Figure.off_rest_days()", "day"): set(),
    ("Order", "agreed"): {"truth"},
    ("limitation_clock", "rules"): {"None"},
    ("shipped", "name"): set(),
}
CALLED = {("read", "source"): ("rule_set", "name"), ("Figure.deadline()", "event"): "due_date"}
"""What the error calls a parameter that it does not call by its name."""


def taken(door: str, field: str) -> set[str]:
    """
    Return the wrong values that are right for a parameter.
    """
    return MAY_HERE.get((door, field), MAY.get(field, set()))


CASES = [
    (door, field)
    for door, arguments in {**CALLS, **{name: given for name, (_, given) in METHODS.items()}}.items()
    for field in arguments
]


def door_of(name: str):
    """
    Return what a name of the table calls.
    """
    if name in METHODS:
        return getattr(METHODS[name][0], name.partition(".")[2].removesuffix("()"))
    module, _, inner = name.partition(".")
    found = getattr(limitation, module)
    return getattr(found, inner) if inner else found


def offered(module: types.ModuleType) -> list[str]:
    """
    Return the doors that a module of a place offers.
    """
    short = module.__name__.rpartition(".")[2]
    return [
        f"{short}.{name}"
        for name, found in vars(module).items()
        if not name.startswith("_") and callable(found) and getattr(found, "__module__", "") == module.__name__
    ]


def test_every_door_is_in_the_table():
    """
    Every public function and class of the package and its modules is called here, with every parameter it has.
    """
    modules = (breathing_space, cards, cca, credit_reports, loans, reg_f, reg_x)
    doors = {name for name in limitation.__all__ if callable(getattr(limitation, name))}
    enums = {name for name in doors if hasattr(getattr(limitation, name), "__members__")}
    inner = {name for module in modules for name in offered(module)}

    assert (doors - enums) | inner == set(CALLS)
    for door, given in CALLS.items():
        assert list(inspect.signature(door_of(door)).parameters) == list(given)


@pytest.mark.parametrize("door", sorted(CALLS))
def test_the_right_values_are_taken(door):
    """
    What the table calls right is right, so that a refusal is about the one value that was changed.
    """
    if door != "read":
        door_of(door)(**CALLS[door])


@pytest.mark.parametrize(("door", "field"), CASES)
def test_a_wrong_type_is_refused_by_name(door, field):
    """
    None, text, number, float, mapping, list, object, datetime and truth are refused where they do not belong.
    """
    given = METHODS[door][1] if door in METHODS else CALLS[door]

    for value in (value for wrong, value in WRONG.items() if wrong not in taken(door, field)):
        with pytest.raises(InvalidValue) as refusal:
            door_of(door)(**{**given, field: value})

        assert refusal.value.field.startswith(CALLED.get((door, field), field))
        assert refusal.value.accepted


@pytest.mark.parametrize("wrong", sorted(WRONG))
def test_a_wrong_type_within_a_collection_is_refused(wrong):
    """
    One wrong value among right ones is named like a wrong collection.
    """
    value = WRONG[wrong]
    calls = {
        "due_dates": lambda: limitation_clock([DAY, value]),
        "acts": lambda: limitation_clock(DAY, acts=[DEMAND, value]),
        "obstacles": lambda: limitation_clock(DAY, obstacles=[FLOOD, value]),
        "collections": lambda: cards.effective_collections([DAY, value]),
        "required": lambda: cca.arrears_notice_duty([POUND, value], paid=POUND),
        "holidays": lambda: reg_f.validation_period(DAY, holidays=[value]),
        "mailed": lambda: reg_f.furnishing([value]),
        "contacts": lambda: reg_x.live_contact(DAY, contacts=[value]),
        "proof": lambda: Act(kind="suit", on=DAY, proof=[value]),
        "agreed": lambda: loans.payment_order(["interest", "principal", value]),
    }

    for field, call in calls.items():
        with pytest.raises(InvalidValue) as refusal:
            call()
        assert refusal.value.field == field


@pytest.mark.parametrize("key", [3, None, 1.5])
def test_keys_that_are_no_texts_are_refused(key):
    """
    The keys of a rule set and of a host's words are texts.
    """
    calls = (
        lambda: limitation.read({"name": "us-reg-x", key: 1}),
        lambda: limitation.explain(CLOCK, texts={key: "x"}),
        lambda: limitation.explain(CLOCK, texts={"line.facts": key}),
    )

    for call in calls:
        with pytest.raises(InvalidValue):
            call()


def test_days_at_the_end_of_the_calendar_are_refused():
    """
    A period that no calendar holds is refused by the name of its event.
    """
    for call in (
        lambda: limitation_clock(dt.date.max),
        lambda: reg_x.live_contact(dt.date.max),
        lambda: limitation.end_of(dt.date.max, ZoneInfo("Asia/Shanghai")),
    ):
        with pytest.raises(InvalidValue):
            call()
