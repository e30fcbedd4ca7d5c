"""
Reads rule sets from TOML: every key is known, every rule has its source, and what is wrong is named with its place.
"""

from __future__ import annotations

import datetime as dt
import functools
import importlib.resources
import tomllib
from collections.abc import Mapping
from typing import TypeVar, cast

import attrs

from overdue_visit.contact import checks
from overdue_visit.contact.rules.counting import CoolDown, Limit, Spacing
from overdue_visit.contact.rules.resting import PlanSigned, Resting
from overdue_visit.contact.rules.rule import Rule
from overdue_visit.contact.rules.rule_set import RuleSet
from overdue_visit.contact.rules.source import Source
from overdue_visit.contact.rules.stopping import (
    Attorney,
    AuthorisedChannels,
    OnlyIf,
    Places,
    Stop,
    ThirdParty,
    VisitCondition,
)
from overdue_visit.contact.rules.timing import AnnouncedDay, InconvenientTimes, Window
from overdue_visit.errors import InvalidValue

_Made = TypeVar("_Made")
Table = Mapping[str, object]

KINDS: dict[str, type[Rule]] = {
    each.kind: each
    for each in (
        AnnouncedDay,
        Attorney,
        AuthorisedChannels,
        CoolDown,
        InconvenientTimes,
        Limit,
        OnlyIf,
        Places,
        PlanSigned,
        Resting,
        Spacing,
        Stop,
        ThirdParty,
        VisitCondition,
        Window,
    )
}
_HEADER = ("id", "title", "jurisdiction", "checked", "link", "binds", "products", "not_products", "effective", "rule")
_NEEDED = ("title", "jurisdiction")
_SOURCE = ("citation", "confidence", "checked", "link", "note")
_FOLDER = "rule_sets"


def parse(text: str) -> RuleSet:
    """
    Read a rule set from TOML text.

    Raises:
        InvalidValue: If it is no TOML, a key is unknown, a source is missing, or values contradict each other; the
            field names the set, the rule and the key.
    """
    checks.value("rule set", text, str)
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise InvalidValue("rule set", str(error), "TOML text") from None
    return from_table(table)


def named(name: str) -> RuleSet:
    """
    Return a rule set that ships, such as ``"us-regf"``.

    Raises:
        InvalidValue: If none of that name ships.
    """
    if name not in names():
        raise InvalidValue("rule set", name, "one of " + ", ".join(names()))
    return _shipped(name)


@functools.cache
def _shipped(name: str) -> RuleSet:
    return parse(_folder().joinpath(f"{name}.toml").read_text(encoding="utf-8"))


@functools.cache
def names() -> tuple[str, ...]:
    """
    Name the rule sets that ship, in alphabetical order.
    """
    found = (each.name for each in _folder().iterdir())
    return tuple(sorted(name.removesuffix(".toml") for name in found if name.endswith(".toml")))


def _folder() -> importlib.resources.abc.Traversable:
    return importlib.resources.files("overdue_visit.contact").joinpath(_FOLDER)


def from_table(table: Table) -> RuleSet:
    """
    Read a rule set from a parsed mapping.

    Raises:
        InvalidValue: As `parse` does.
    """
    name = _table("rule set", table).get("id")
    if not isinstance(name, str) or not name.strip():
        raise InvalidValue("rule set.id", name, "the name of the rule set")
    _refuse_unknown(name, table, _HEADER)
    for key in _NEEDED:
        if key not in table:
            raise InvalidValue(f"{name}.{key}", None, "a value; it is missing")
    effective = _table(f"{name}.effective", table.get("effective", {}))
    _refuse_unknown(f"{name}.effective", effective, ("from", "until"))
    rules = table.get("rule")
    if not isinstance(rules, list) or not rules:
        raise InvalidValue(f"{name}.rule", rules, "at least one [[rule]]")
    header = {key: _plain(value) for key, value in table.items() if key not in {"effective", "rule", "link"}}
    header["rules"] = tuple(_rule(name, position, _table(name, each), table) for position, each in enumerate(rules, 1))
    header["effective_from"], header["effective_until"] = effective.get("from"), effective.get("until")
    return _made(RuleSet, name, header)


def _rule(name: str, position: int, table: Table, header: Table) -> Rule:
    own = table.get("id")
    place = f"{name}.{own}" if isinstance(own, str) and own else f"{name}.rule {position}"
    kind = KINDS.get(str(table.get("kind")))
    if kind is None:
        raise InvalidValue(f"{place}.kind", table.get("kind"), "one of " + ", ".join(sorted(KINDS)))
    held = {key: value for key, value in table.items() if key not in {*_SOURCE, "kind"}}
    values = _values(kind, place, held)
    source = {key: table.get(key, header.get(key) if key in {"checked", "link"} else None) for key in _SOURCE}
    values["source"] = _made(Source, place, source)
    return _made(kind, place, values)


def _values(kind: type, place: str, table: Table) -> dict[str, object]:
    """
    Turn a table into the arguments of an attrs class; tables within it become the classes that its fields name.
    """
    fields = {field.name: field for field in attrs.fields(kind) if field.init and field.name != "source"}
    _refuse_unknown(place, table, tuple(fields))
    values: dict[str, object] = {}
    for key, value in table.items():
        part = cast("type | None", fields[key].metadata.get("part"))
        values[key] = _plain(value) if part is None else _parts(part, f"{place}.{key}", value)
    missing = [name for name, field in fields.items() if field.default is attrs.NOTHING and name not in table]
    if missing:
        raise InvalidValue(f"{place}.{missing[0]}", None, "a value; it is missing")
    return values


def _parts(part: type, place: str, value: object) -> object:
    if isinstance(value, list):
        return tuple(_made(part, place, _values(part, place, _table(place, each))) for each in value)
    return _made(part, place, _values(part, place, _table(place, value)))


def _made(kind: type[_Made], place: str, values: Mapping[str, object]) -> _Made:
    try:
        return kind(**values)
    except InvalidValue as error:
        field = error.field if error.field.startswith(f"{place}.") else f"{place}.{_key(error, values)}"
        raise InvalidValue(field, error.value, error.accepted) from None


def _key(error: InvalidValue, values: Mapping[str, object]) -> str:
    """
    Return the key of a refused value: a word of a catalogue is refused by the catalogue's name, not the key's.
    """
    if error.field in values:
        return error.field
    holding = (key for key, value in values.items() if isinstance(value, tuple) and error.value in (value, *value))
    return next(holding, error.field)


def _plain(value: object) -> object:
    return tuple(map(_plain, value)) if isinstance(value, list) else value


def _table(place: str, value: object) -> Table:
    if not isinstance(value, Mapping):
        raise InvalidValue(place, value, "a table")
    return value


def _refuse_unknown(place: str, table: Table, accepted: tuple[str, ...]) -> None:
    for key in table:
        if key not in accepted:
            raise InvalidValue(f"{place}.{key}", table[key], "no such key; known are " + ", ".join(sorted(accepted)))


def numbers(rule: Rule) -> dict[str, int | dt.time]:
    """
    Return the numbers of a rule by name, for explaining it; hours and conditions have their own values.

    Raises:
        InvalidValue: If it is no rule.
    """
    checks.value("rule", rule, Rule)
    held = ((field.name, getattr(rule, field.name)) for field in attrs.fields(type(rule)) if field.init)
    return {name: value for name, value in held if isinstance(value, int | dt.time) and not isinstance(value, bool)}
