"""
A policy from a parsed mapping or from TOML text.
"""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Iterator, Mapping, Sequence

from overdue_visit.errors import InvalidValue
from overdue_visit.policy import checks
from overdue_visit.policy.effective import Effective
from overdue_visit.policy.forms import read_date, read_table
from overdue_visit.policy.leaves import GROUPS, LEAVES, MissingSource, UnknownKey, form_of
from overdue_visit.policy.policy import Policy
from overdue_visit.policy.source import Confidence, Source

_HEAD = ("name", "version", "effective", "from_date", "extends", "checked")
_LEAF = ("value", "source", "confidence", "checked", "link")


def read(source: str | Mapping[str, object], *, bases: Sequence[Policy] = ()) -> Policy:
    """
    Read a policy from TOML text or from a mapping of the same shape.

    Every value is a table such as ``first_visit_day = { value = 7, source = "..." }``; ``confidence``, ``checked`` and
    ``link`` are optional. A *checked* date at the top holds for all values that have none of their own.

    Args:
        bases: Policies that the text may extend by name; it then holds only what differs.

    Raises:
        UnknownKey: If a key is not one of a policy's.

        MissingSource: If a value does not say where it comes from.

        InvalidValue: If the text is no TOML, a value is missing or not accepted, or two contradict each other.
    """
    given = _parsed(source) if isinstance(source, str) else source
    if not isinstance(given, Mapping):
        raise InvalidValue("policy", given, "TOML text or a mapping")
    values: dict[str, object] = {}
    sources: dict[str, Source] = {}
    head: dict[str, object] = {}
    base = _base(given.get("extends"), bases)
    if base is not None:
        values, sources = base.values(), dict(base.sources)
        head = {"effective": base.effective, "from_date": base.from_date}
    checked = read_date("checked", given["checked"]) if "checked" in given else None
    for key, leaf in _leaves(given):
        values[key], sources[key] = _read_leaf(key, leaf, checked)
    return Policy.from_values(values, sources, {**head, **_read_head(given)})


def _parsed(text: str) -> Mapping[str, object]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as refused:
        raise InvalidValue("policy", text, f"TOML; {refused}") from None
    except RecursionError:
        raise InvalidValue("policy", text, "TOML that is not nested so deeply") from None


def _base(name: object, bases: Sequence[Policy]) -> Policy | None:
    if name is None:
        return None
    for base in bases:
        if base.name == name:
            return base
    raise InvalidValue("extends", name, "one of " + ", ".join(repr(base.name) for base in bases))


def _read_head(given: Mapping[str, object]) -> dict[str, object]:
    for key in ("name", "version"):
        checks.text(key, given.get(key))
    head: dict[str, object] = {"name": given["name"], "version": given["version"]}
    if "effective" in given:
        checks.choice("effective", given["effective"], tuple(Effective))
        head["effective"] = Effective(str(given["effective"]))
    elif "extends" not in given:
        raise InvalidValue("effective", None, "one of " + ", ".join(repr(each.value) for each in Effective))
    if "from_date" in given:
        head["from_date"] = read_date("from_date", given["from_date"])
    return head


def _leaves(given: Mapping[str, object]) -> Iterator[tuple[str, object]]:
    for key, value in given.items():
        if key in GROUPS:
            if not isinstance(value, Mapping):
                raise InvalidValue(key, value, "a table")
            for name, leaf in value.items():
                yield f"{key}.{name}", leaf
        elif key in LEAVES:
            yield key, value
        elif key not in _HEAD:
            raise UnknownKey(str(key), value, "one of " + ", ".join((*_HEAD, *GROUPS, "grace_days, late_run, buckets")))


def _read_leaf(key: str, leaf: object, checked: dt.date | None) -> tuple[object, Source]:
    form = form_of(key, leaf)
    if not isinstance(leaf, Mapping):
        raise MissingSource(key, leaf, "a value with its source, such as { value = 7, source = 'board decision' }")
    try:
        read_table(key, leaf, _LEAF)
    except InvalidValue as refused:
        raise UnknownKey(refused.field, refused.value, refused.accepted) from None
    if "value" not in leaf:
        raise InvalidValue(f"{key}.value", None, "a value")
    if "source" not in leaf:
        raise MissingSource(key, leaf["value"], "a source: a citation, or the reason of your own choice")
    return form.read(key, leaf["value"]), _read_source(key, leaf, checked)


def _read_source(key: str, leaf: Mapping[str, object], checked: dt.date | None) -> Source:
    confidence = leaf.get("confidence", str(Confidence.OWN_CHOICE))
    checks.text(f"{key}.source", leaf["source"])
    checks.choice(f"{key}.confidence", confidence, tuple(Confidence))
    if "checked" in leaf:
        checked = read_date(f"{key}.checked", leaf["checked"])
    link = leaf.get("link")
    if link is not None:
        checks.text(f"{key}.link", link)
    try:
        return Source(str(leaf["source"]), Confidence(str(confidence)), checked, None if link is None else str(link))
    except InvalidValue as refused:
        raise InvalidValue(f"{key}.{refused.field}", refused.value, refused.accepted) from None
