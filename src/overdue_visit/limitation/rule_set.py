"""
Rule sets: the figures of one law as data, each with citation, confidence and the day it was checked.
"""

from __future__ import annotations

import datetime as dt
import functools
import importlib.resources
import tomllib
from collections.abc import Mapping

import attrs

from overdue_visit.declared import check_fields, expect
from overdue_visit.errors import InvalidValue
from overdue_visit.instants import plain_date
from overdue_visit.limitation.counting import COUNTINGS, Unit
from overdue_visit.limitation.figure import Figure, Shape, Value
from overdue_visit.limitation.shapes import SHAPES
from overdue_visit.limitation.source import Confidence, Source
from overdue_visit.rate import Per, Rate

_HEAD = ("name", "title", "jurisdiction", "checked")
_SOURCE = frozenset({"citation", "confidence"})
_KEYS: dict[Shape, frozenset[str]] = {
    Shape.PERIOD: _SOURCE | {"value", "unit", "counting"},
    Shape.COUNT: _SOURCE | {"value"},
    Shape.SHARE: _SOURCE | {"value"},
    Shape.WORDS: _SOURCE | {"value"},
    Shape.STATEMENT: _SOURCE,
}


@attrs.frozen(kw_only=True)
class RuleSet:
    """The figures of one law; `shipped` finds those that come with the library, `read` makes an institution's own."""

    name: str
    title: str
    jurisdiction: str
    figures: tuple[Figure, ...]

    def __attrs_post_init__(self) -> None:
        check_fields(self)

    def figure(self, key: str) -> Figure:
        """
        Find a figure by its name in the set.

        Raises:
            InvalidValue: If the set has none of that name.
        """
        expect("key", key, str)
        for figure in self.figures:
            if figure.rule == f"{self.name}.{key}":
                return figure
        raise InvalidValue("key", key, "one of " + ", ".join(each.rule for each in self.figures))


def rules_or_shipped(name: str, rules: RuleSet | None) -> RuleSet:
    """
    Return the rule set that was handed in, or the one that ships.

    Raises:
        InvalidValue: If what was handed in is no `RuleSet`, or that of another law.
    """
    if rules is None:
        return shipped(name)
    if not isinstance(rules, RuleSet) or rules.name != name:
        raise InvalidValue("rules", rules, f"None, or a RuleSet of the name {name!r}")
    return rules


def shipped(name: str) -> RuleSet:
    """
    Return a rule set that comes with the library, such as ``"us-reg-x"``.

    Raises:
        InvalidValue: If there is none of that name.
    """
    if not isinstance(name, str) or name not in SHAPES:
        raise InvalidValue("name", name, "one of " + ", ".join(repr(each) for each in SHAPES))
    return _from_file(name)


@functools.cache
def _from_file(name: str) -> RuleSet:
    folder = importlib.resources.files("overdue_visit.limitation").joinpath("data")
    return read(folder.joinpath(f"{name.replace('-', '_')}.toml").read_text(encoding="utf-8"))


def read(source: str | Mapping[str, object]) -> RuleSet:
    """
    Read a rule set from TOML text or a mapping of the same shape.

    It bears the name of a shipped set and holds every figure of it: an institution that is stricter copies the shipped
    text and changes numbers and citations.

    Raises:
        InvalidValue: If the text is no TOML, a key is unknown or missing, a number not positive, or a figure lacks its
            citation, confidence or the day it was checked.
    """
    given = _parsed(source) if isinstance(source, str) else source
    if not isinstance(given, Mapping):
        raise InvalidValue("rule_set", given, "TOML text or a mapping")
    name = given.get("name")
    if not isinstance(name, str) or name not in SHAPES:
        raise InvalidValue("name", name, "one of " + ", ".join(repr(each) for each in SHAPES))
    shapes = SHAPES[name]
    _exactly("rule set", given, {*_HEAD, *shapes})
    checked = plain_date(given["checked"], field="checked")
    return RuleSet(
        name=name,
        title=_text("title", given["title"]),
        jurisdiction=_text("jurisdiction", given["jurisdiction"]),
        figures=tuple(_figure(f"{name}.{key}", shape, given[key], checked) for key, shape in shapes.items()),
    )


def _parsed(text: str) -> Mapping[str, object]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as refused:
        raise InvalidValue("rule_set", text, f"TOML; {refused}") from None


def _exactly(field: str, given: Mapping[str, object], keys: set[str] | frozenset[str]) -> None:
    for key in given:
        if key not in keys:
            raise InvalidValue(field, key, "one of " + ", ".join(sorted(keys)))
    for key in sorted(keys):
        if key not in given:
            raise InvalidValue(f"{field}.{key}", None, "a value")


def _text(field: str, value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise InvalidValue(field, value, "a text")
    return value


def _figure(rule: str, shape: Shape, given: object, checked: dt.date) -> Figure:
    if not isinstance(given, Mapping):
        raise InvalidValue(rule, given, "a table with its citation and confidence")
    rest = {key: value for key, value in given.items() if key != "checked"}
    _exactly(rule, rest, _KEYS[shape])
    checked = plain_date(given["checked"], field=f"{rule}.checked") if "checked" in given else checked
    source = Source(
        citation=_text(f"{rule}.citation", given["citation"]),
        confidence=Confidence(_one_of(f"{rule}.confidence", given["confidence"], list(Confidence))),
        checked=checked,
    )
    value = _value(rule, shape, given.get("value"))
    if shape is not Shape.PERIOD:
        return Figure(rule=rule, shape=shape, source=source, value=value)
    return Figure(
        rule=rule,
        shape=shape,
        source=source,
        value=value,
        unit=Unit(_one_of(f"{rule}.unit", given["unit"], list(Unit))),
        counting=COUNTINGS[_one_of(f"{rule}.counting", given["counting"], list(COUNTINGS))],
    )


def _one_of(field: str, value: object, known: list[str]) -> str:
    if not isinstance(value, str) or value not in known:
        raise InvalidValue(field, value, "one of " + ", ".join(repr(str(each)) for each in known))
    return value


def _value(rule: str, shape: Shape, value: object) -> Value:
    match shape:
        case Shape.PERIOD | Shape.COUNT:
            if type(value) is not int or value < 1:
                raise InvalidValue(rule, value, "a whole number of at least 1")
            return value
        case Shape.SHARE:
            share = Rate(value, Per.ONCE) if isinstance(value, str) else None
            if share is None or share.numerator < 0:
                raise InvalidValue(rule, value, "a decimal string of at least zero, such as '0.50'")
            return share
        case Shape.WORDS:
            if not isinstance(value, list | tuple) or not value or not all(isinstance(word, str) for word in value):
                raise InvalidValue(rule, value, "a list of words")
            return tuple(value)
        case Shape.STATEMENT:
            return None
