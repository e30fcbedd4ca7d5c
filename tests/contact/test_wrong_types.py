"""
Values of a wrong type are refused at every door of the package, with the field, the value and what is accepted.
"""

from __future__ import annotations

import datetime as dt
import inspect
import types
import typing
from collections.abc import Callable, Iterator, Mapping

import attrs
import pytest

from overdue_visit import contact
from overdue_visit.contact import Contact, ContactLedger, Finding, Known, Proposed, sheet
from overdue_visit.contact import rules as rules_package
from overdue_visit.contact.rules import Counted, Exemption, Source
from overdue_visit.errors import InvalidValue, NotAllowed
from overdue_visit.instants import zone

WRONG = (None, "x", 3, 1.5, {}, object())
NOON = dt.datetime(2026, 5, 20, 12, tzinfo=dt.UTC)
DAY, EIGHT, NINE = dt.date(2026, 5, 20), dt.time(8), dt.time(9)
RULES = contact.named("in-rbi-2022")
KNOWN = Known(zones=("Asia/Kolkata",))
CALL = Proposed(at=NOON, channel="phone", debt="D1")
LEDGER, PERMIT = ContactLedger(known=KNOWN).reserve(CALL, id="c1", rules=RULES)
WEEK = contact.calendar(CALL, rules=RULES, known=KNOWN)
RULE = RULES.rules[0]
SOURCE = Source(citation="the board", confidence="own", checked=DAY)
FINDING = Finding(key="own.rule", rule=RULE, ruling=contact.Ruling.FORBIDDEN)
HOURS = contact.Hours(days=("Mon",), start=EIGHT, end=NINE)
TIME = contact.InconvenientTime()
SPAN = contact.Span(begins=NOON, ends=NOON + dt.timedelta(hours=1))
OWN = {"id": "one", "source": SOURCE}
LIMIT = {**OWN, "counts": Counted()}
HEAD = {"id": "own", "title": "Own", "jurisdiction": "KE", "checked": DAY}
ACCEPTED = {"by": "counsel", "on": DAY, "reason": "a letter"}
ASKED = {"rules": RULES, "known": KNOWN}
KOLKATA = {"at": NOON, "zone": zone("Asia/Kolkata")}

# What a lawful call of each door takes; a name with a dot is a method of the value that comes first.
CALLS: dict[str, tuple[Callable[..., object], Mapping[str, object]]] = {
    "Acceptance": (contact.Acceptance, {"rule": "own.rule", **ACCEPTED}),
    "AgreedHours": (contact.AgreedHours, {"start": EIGHT, "end": NINE}),
    "Announcement": (contact.Announcement, {"on": DAY}),
    "Calendar": (
        contact.Calendar,
        {"channel": contact.Channel.PHONE, "zone": "UTC", "days": WEEK.days, "stretches": WEEK.stretches},
    ),
    "Calendar.at": (WEEK.at, {"instant": NOON}),
    "Calendar.local": (WEEK.local, {"instant": NOON}),
    "Consent": (contact.Consent, {"giver": "b", "scope": "call_back", "at": NOON}),
    "Contact": (Contact, {"at": NOON, "channel": "phone", "debt": "D1"}),
    "ContactLedger": (ContactLedger, {"known": KNOWN}),
    "ContactLedger.before": (LEDGER.before, {"at": NOON, "rules": RULES}),
    "ContactLedger.check": (LEDGER.check, {"proposed": CALL, "rules": RULES}),
    "ContactLedger.lose": (LEDGER.lose, {"permit": PERMIT}),
    "ContactLedger.release": (LEDGER.release, {"permit": PERMIT}),
    "ContactLedger.reserve": (LEDGER.reserve, {"proposed": CALL, "id": "c2", "rules": RULES}),
    "ContactLedger.use": (LEDGER.use, {"permit": PERMIT, "outcome": "busy"}),
    "ContactLedger.with_consent": (
        LEDGER.with_consent,
        {"consent": contact.Consent(giver="b", scope="call_back", at=NOON)},
    ),
    "ContactLedger.with_contact": (
        LEDGER.with_contact,
        {"contact": Contact(at=NOON, channel="phone", debt="D1", id="c2")},
    ),
    "ContactLedger.with_inconvenient_time": (LEDGER.with_inconvenient_time, {"time": TIME}),
    "ContactLedger.with_request": (
        LEDGER.with_request,
        {"request": contact.Request(kind="do_not_contact", received_at=NOON)},
    ),
    "DebtGroup": (contact.DebtGroup, {"name": "g", "debts": ("D1",)}),
    "Finding": (Finding, {"key": "own.rule", "rule": RULE, "ruling": contact.Ruling.FORBIDDEN}),
    "Hours": (contact.Hours, {"days": ("Mon",), "start": EIGHT, "end": NINE}),
    "Hours.hold_on_the_day": (HOURS.hold_on_the_day, {"time": EIGHT}),
    "Hours.hold_on_the_next_day": (HOURS.hold_on_the_next_day, {"time": EIGHT}),
    "InconvenientTime": (contact.InconvenientTime, {"start": EIGHT, "end": NINE}),
    "InconvenientTime.holds_on": (TIME.holds_on, {"day": DAY}),
    "Known": (Known, {"zones": ("UTC",)}),
    "Known.one_name": (KNOWN.one_name, {"debt": "D1"}),
    "Moratorium": (contact.Moratorium, {"kind": "deferral", "start": DAY}),
    "NumberCheck": (contact.NumberCheck, {"number": "1", "at": NOON, "since": DAY}),
    "Overlay": (contact.Overlay, {"sets": (RULES,)}),
    "Overlay.accepting": (
        contact.Overlay((RULES,)).accepting,
        {"key": "in-rbi-2022.calling_hours", **ACCEPTED},
    ),
    "Permit": (contact.Permit, {"contact": PERMIT.contact, "keys": PERMIT.keys, "verdict": PERMIT.verdict}),
    "Proposed": (Proposed, {"at": NOON, "channel": "phone", "debt": "D1"}),
    "Representation": (contact.Representation, {}),
    "Request": (contact.Request, {"kind": "do_not_contact", "received_at": NOON}),
    "RuleSet": (contact.RuleSet, {**HEAD, "rules": (RULE,)}),
    "RuleSet.accepting": (RULES.accepting, {"key": "calling_hours", **ACCEPTED}),
    "RuleSet.binds_for": (RULES.binds_for, {"proposed": CALL}),
    "RuleSet.ends": (RULES.ends, {"zone": KOLKATA["zone"]}),
    "RuleSet.in_force": (RULES.in_force, KOLKATA),
    "RuleSet.key": (RULES.key, {"rule": RULE}),
    "RuleSet.rule": (RULES.rule, {"key": "calling_hours"}),
    "SignedPlan": (contact.SignedPlan, {"kind": "spread", "signed_on": DAY}),
    "Span": (contact.Span, {"begins": NOON, "ends": NOON}),
    "Span.__contains__": (SPAN.__contains__, {"at": NOON}),
    "Stretch": (contact.Stretch, {"begins": NOON, "ends": NOON, "ruling": contact.Ruling.ALLOWED}),
    "Verdict": (contact.Verdict, {"ruling": contact.Ruling.FORBIDDEN, "broken": (FINDING,)}),
    "calendar": (contact.calendar, {"proposed": CALL, **ASKED}),
    "check": (contact.check, {"proposed": CALL, **ASKED}),
    "counting_keys": (contact.counting_keys, {"proposed": CALL, "known": KNOWN}),
    "explain": (contact.explain, {"verdict": PERMIT.verdict}),
    "grid": (contact.grid, {"calendar": WEEK}),
    "named": (contact.named, {"name": "us-regf"}),
    "names": (contact.names, {}),
    "parse": (contact.parse, {"text": 'id = "own"'}),
    "picture": (contact.picture, {"calendar": WEEK}),
    "read_from": (contact.read_from, {**ASKED, "at": NOON}),
    "stricter": (contact.stricter, {"rules": RULES}),
    "rules.AnnouncedDay": (rules_package.AnnouncedDay, OWN),
    "rules.Attorney": (rules_package.Attorney, OWN),
    "rules.AuthorisedChannels": (rules_package.AuthorisedChannels, OWN),
    "rules.ConsentTerm": (rules_package.ConsentTerm, {}),
    "rules.CoolDown": (rules_package.CoolDown, {**LIMIT, "days": 7}),
    "rules.Counted": (Counted, {}),
    "rules.Exemption": (Exemption, {"answers": True}),
    "rules.InconvenientTimes": (rules_package.InconvenientTimes, OWN),
    "rules.Limit": (rules_package.Limit, {**LIMIT, "at_most": 2, "within_days": 7}),
    "rules.OnlyIf": (rules_package.OnlyIf, {**OWN, "unless": (Exemption(answers=True),)}),
    "rules.Places": (rules_package.Places, {**OWN, "forbidden": ("workplace",)}),
    "rules.PlanSigned": (rules_package.PlanSigned, OWN),
    "rules.Resting": (rules_package.Resting, {**OWN, "moratoria": ("deferral",)}),
    "rules.Source": (Source, {"citation": "the board", "confidence": "own", "checked": DAY}),
    "rules.Spacing": (rules_package.Spacing, {**LIMIT, "days": 7}),
    "rules.Stop": (rules_package.Stop, {**OWN, "requests": ("do_not_contact",)}),
    "rules.ThirdParty": (rules_package.ThirdParty, {**OWN, "roles": ("relative",)}),
    "rules.VisitCondition": (rules_package.VisitCondition, {**OWN, "announced": True}),
    "rules.Window": (rules_package.Window, {**OWN, "hours": (HOURS,)}),
    "rules.every_rule": (rules_package.every_rule, {"rules": RULES}),
    "rules.from_table": (rules_package.from_table, {"table": {"id": "own"}}),
    "rules.numbers": (rules_package.numbers, {"rule": RULE}),
    "sheet.markdown": (sheet.markdown, {"rules": RULES}),
}
# One is abstract, the other what a rule answers to the gate; neither is anybody's door, nor are a rule's own questions.
NOT_CALLED = {"rules.Rule", "rules.Block"}


def doors() -> Iterator[str]:
    """
    Name every public callable: functions, classes but for errors and catalogues, and the methods of what `contact` has.
    """
    for prefix, package in (("", contact), ("rules.", rules_package)):
        for name in set(package.__all__) - (set() if package is contact else set(contact.__all__)):
            held = getattr(package, name)
            if inspect.isfunction(inspect.unwrap(held)):
                yield f"{prefix}{name}"
            elif attrs.has(held) and not issubclass(held, Exception):
                yield f"{prefix}{name}"
                if package is contact:
                    yield from (f"{name}.{method}" for method in _methods(held))


def _methods(kind: type) -> Iterator[str]:
    for name, held in vars(kind).items():
        is_open = not name.startswith("_") or name == "__contains__"
        if is_open and inspect.isfunction(held) and len(inspect.signature(held).parameters) > 1:
            yield name


def hints(door: Callable[..., object]) -> dict[str, object]:
    """
    Return the type that each parameter of a door takes; where a class converts, what the converter takes.
    """
    if not inspect.isclass(door):
        told = typing.get_type_hints(inspect.unwrap(door))
        return {name: told[name] for name in inspect.signature(door).parameters if name != "self"}
    attrs.resolve_types(door)
    taken: dict[str, object] = {}
    for field in attrs.fields(door):
        if field.init:
            given = field.type if field.converter is None else _first(field.converter)
            taken[field.alias] = given
    return taken


def _first(function: Callable[..., object]) -> object:
    told = typing.get_type_hints(function)
    return told[next(iter(inspect.signature(function).parameters))]


def fits(value: object, hint: object) -> bool:
    """
    Tell whether a value is of a type, parts of it left aside.
    """
    if hint is object or hint is typing.Any:
        return True
    if hint is None or hint is type(None):
        return value is None
    origin = typing.get_origin(hint)
    if origin in {typing.Union, types.UnionType}:
        return any(fits(value, each) for each in typing.get_args(hint))
    kind = origin or hint
    return isinstance(kind, type) and isinstance(value, kind) and type(value) is not bool


def tries(hint: object) -> Iterator[tuple[object, bool]]:
    """
    Yield wrong values, and whether each is of the right type all the same; for what holds others, such with one inside.
    """
    for value in WRONG:
        yield value, fits(value, hint)
    for each in typing.get_args(hint) if typing.get_origin(hint) in {typing.Union, types.UnionType} else (hint,):
        origin, inside = typing.get_origin(each), typing.get_args(each)
        if isinstance(origin, type) and issubclass(origin, Mapping):
            yield from (({"ruling.allowed": value}, fits(value, inside[1])) for value in WRONG)
            yield {3: "x"}, fits(3, inside[0])
        elif isinstance(origin, type):
            yield from ((_holding(origin, value), fits(value, inside[0])) for value in WRONG if value != {})


def _holding(origin: type, value: object) -> object:
    return frozenset({value}) if origin is frozenset else (value,)


CASES = [(name, parameter) for name, (door, _) in CALLS.items() for parameter in hints(door)]


@pytest.mark.parametrize(("name", "parameter"), CASES)
def test_a_wrong_value_is_refused(name, parameter):
    """
    No door takes a value of a wrong type or ends in another error: the refusal holds field, value and what is accepted.
    """
    door, lawful = CALLS[name]

    for value, is_of_the_type in tries(hints(door)[parameter]):
        outcome = tried(door, {**lawful, parameter: value})

        assert is_of_the_type or isinstance(outcome, InvalidValue), f"{name}({parameter}={value!r}) gives {outcome!r}"
        if isinstance(outcome, InvalidValue):
            assert outcome.field
            assert outcome.accepted
            assert str(outcome).startswith(outcome.field)


def tried(door: Callable[..., object], given: Mapping[str, object]) -> object:
    """
    Call a door and return what it gives, or its refusal; any other error is the test's.
    """
    parameters = inspect.signature(door).parameters
    places = [name for name, each in parameters.items() if each.kind is each.VAR_POSITIONAL]
    try:
        named = {name: each for name, each in given.items() if name not in places}
        made = door(*(given[name] for name in places), **named)
        return list(made) if inspect.isgenerator(made) else made
    except (InvalidValue, NotAllowed) as refusal:
        return refusal


def test_every_door_is_tried():
    """
    A new public callable needs a line here.
    """
    assert {*CALLS, *NOT_CALLED} == {*doors(), "sheet.markdown"}


@pytest.mark.parametrize("name", CALLS)
def test_the_lawful_call_is_not_refused_for_its_types(name):
    """
    What the table calls lawful is taken, so that a refusal elsewhere is one of the wrong value.
    """
    door, lawful = CALLS[name]
    if name not in {"parse", "rules.from_table"}:
        assert not isinstance(tried(door, lawful), Exception)
