"""
A scale from TOML text or from a mapping of the same shape, checked as a whole.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import itertools
import json
import tomllib
from collections.abc import Mapping

from overdue_visit.classification.condition import OF_EVERY_SCALE, TESTS, Bound, Condition, Test
from overdue_visit.classification.facts import FactKind
from overdue_visit.classification.materiality import Materiality
from overdue_visit.classification.rule import Contagion, InsteadOfDays, Ladder, Rule, Step
from overdue_visit.classification.scale import Counting, Level, Meaning, Scale
from overdue_visit.classification.table import Table
from overdue_visit.errors import InvalidValue
from overdue_visit.money import Money

Vocabulary = Mapping[str, FactKind]


def read_scale(content: str | Mapping[str, object]) -> Scale:
    """
    Read a scale; `scale` returns those that ship.

    Raises:
        InvalidValue: If it is no TOML, a key is unknown, a citation missing, a class or fact not declared, the days of
            a ladder have a gap or overlap, or a number is negative. The error names scale, class or rule, and key.
    """
    try:
        parsed = tomllib.loads(content) if isinstance(content, str) else content
    except tomllib.TOMLDecodeError as broken:
        raise InvalidValue("scale", content, f"TOML ({broken})") from None
    top = Table.of("scale", parsed)
    top = top.called(top.code("name"))
    checked = top.date("checked")
    classes = _classes(top)
    codes = tuple(level.code for level in classes)
    vocabulary = _vocabulary(top)
    read = Scale(
        name=top.code("name"),
        title=top.text("title"),
        meaning=top.choice("meaning", Meaning),
        classes=classes,
        counting=_counting(top.table("counting"), checked),
        ladders=_ladders(top, codes, vocabulary, checked),
        rules=_rules(top, codes, vocabulary, checked),
        instead_of_days=tuple(_instead_of_days(row, codes, vocabulary, checked) for row in top.rows("instead_of_days")),
        contagion=tuple(_contagion(row, codes, checked) for row in top.rows("contagion")),
        materiality=_materiality(top.table("materiality"), checked),
        vocabulary=tuple((name, kind) for name, kind in vocabulary.items() if name not in OF_EVERY_SCALE),
        checked=checked,
        effective=top.date("effective") if "effective" in top.content else None,
        digest=_digest(top),
    )
    top.done()
    return read


def _digest(top: Table) -> str:
    try:
        return hashlib.sha256(json.dumps(top.content, sort_keys=True, default=str).encode()).hexdigest()
    except (TypeError, ValueError, RecursionError):
        raise InvalidValue("scale", top.content, "values that a TOML file can hold") from None


def _classes(top: Table) -> tuple[Level, ...]:
    levels = []
    for row in top.rows("classes"):
        levels.append(Level(row.code("code"), row.yes_no("performing")))
        row.done()
    codes = [level.code for level in levels]
    if len(levels) < 2 or len(set(codes)) < len(codes):
        raise InvalidValue(top.field("classes"), codes, "two or more classes, each once, from best to worst")
    for better, worse in itertools.pairwise(levels):
        if worse.performing and not better.performing:
            raise InvalidValue(
                f"{top.path}.{worse.code}.performing", worse.performing, "false: a better class is not performing"
            )
    return tuple(levels)


def _vocabulary(top: Table) -> dict[str, FactKind]:
    facts = top.table("facts")
    own = {name: facts.choice(name, FactKind) for name in facts.content}
    for name, kind in own.items():
        if name in OF_EVERY_SCALE:
            raise InvalidValue(facts.field(name), kind.value, "another name: every scale has this fact")
    return {**OF_EVERY_SCALE, **own}


def _counting(table: Table, checked: dt.date) -> Counting:
    due_day_counts = table.whole("due_day_counts")
    if due_day_counts > 1:
        raise InvalidValue(table.field("due_day_counts"), due_day_counts, "0 or 1")
    counting = Counting(due_day_counts=due_day_counts, source=table.source(checked))
    table.done()
    return counting


def _ladders(top: Table, codes: tuple[str, ...], vocabulary: Vocabulary, checked: dt.date) -> tuple[Ladder, ...]:
    table = top.table("ladders")
    ladders = []
    for facility in table.content:
        rows = [row.called(f"{top.path}.{facility}.{row.get('class')}") for row in table.rows(facility)]
        steps = tuple(_step(row, codes, vocabulary, checked) for row in rows)
        _check_steps(rows, steps, codes)
        ladders.append(Ladder(facility=facility, steps=steps))
    return tuple(ladders)


def _step(row: Table, codes: tuple[str, ...], vocabulary: Vocabulary, checked: dt.date) -> Step:
    step = Step(
        class_=_class(row, "class", codes),
        first_day=row.whole("first_day"),
        last_day=row.whole_or_none("last_day"),
        excepted=_conditions(row, "excepted", vocabulary, codes),
        source=row.source(checked),
    )
    row.done()
    return step


def _check_steps(rows: list[Table], steps: tuple[Step, ...], codes: tuple[str, ...]) -> None:
    expected: int | None = 0
    rank = -1
    for row, step in zip(rows, steps, strict=True):
        if step.first_day != expected:
            accepted = "no step: the one before has no last day" if expected is None else f"{expected}, so that no day"
            raise InvalidValue(row.field("first_day"), step.first_day, f"{accepted} is left out or counted twice")
        if step.last_day is not None and step.last_day < step.first_day:
            raise InvalidValue(row.field("last_day"), step.last_day, f"a day from {step.first_day} on")
        if codes.index(step.class_) <= rank:
            raise InvalidValue(row.field("class"), step.class_, "a worse class than that of the days before")
        rank = codes.index(step.class_)
        expected = None if step.last_day is None else step.last_day + 1
    if expected is not None:
        path = rows[-1].field("last_day") if rows else "ladder"
        raise InvalidValue(path, expected - 1 if rows else None, "no last day for the last step")


def _rules(top: Table, codes: tuple[str, ...], vocabulary: Vocabulary, checked: dt.date) -> tuple[Rule, ...]:
    rules: list[Rule] = []
    for row in top.rows("rules"):
        named = row.called(f"{top.path}.{row.get('rule')}")
        any_lifts = "lifted_by_any" in named.content
        lifted = "lifted_by_any" if any_lifts else "lifted_by"
        rule = Rule(
            code=named.code("rule"),
            class_=_class(named, "class", codes),
            previous=_class_list(named, "previous", codes),
            when=_conditions(named, "when", vocabulary, codes),
            lifted_by=_conditions(named, lifted, vocabulary, codes),
            any_lifts=any_lifts,
            source=named.source(checked),
        )
        named.done()
        if any(rule.code == each.code for each in rules):
            raise InvalidValue(named.field("rule"), rule.code, "a code that no other rule of the scale has")
        if not (rule.previous or rule.when or rule.lifted_by):
            raise InvalidValue(
                named.field("when"), None, "previous, when or lifted_by: else it holds every loan always"
            )
        rules.append(rule)
    return tuple(rules)


def _instead_of_days(row: Table, codes: tuple[str, ...], vocabulary: Vocabulary, checked: dt.date) -> InsteadOfDays:
    found = InsteadOfDays(
        class_=_class(row, "class", codes),
        when=_conditions(row, "when", vocabulary, codes),
        source=row.source(checked),
    )
    row.done()
    if not found.when:
        raise InvalidValue(row.field("when"), (), "what establishes it")
    return found


def _contagion(row: Table, codes: tuple[str, ...], checked: dt.date) -> Contagion:
    contagion = Contagion(
        rule=row.code("rule"),
        spreads=_class_list(row, "spreads", codes),
        to=_class(row, "to", codes),
        over=row.share("over") if "over" in row.content else None,
        source=row.source(checked),
    )
    row.done()
    if not contagion.spreads:
        raise InvalidValue(row.field("spreads"), (), "the classes that spread")
    return contagion


def _materiality(table: Table, checked: dt.date) -> tuple[Materiality, ...]:
    found = []
    for facility in table.content:
        limits = table.table(facility)
        currency = limits.text("currency")
        absolute = Money(limits.text("absolute"), currency)
        if absolute.minor < 0:
            raise InvalidValue(limits.field("absolute"), str(absolute), "an amount of at least 0")
        found.append(
            Materiality(
                facility=facility,
                absolute=absolute,
                relative=limits.share("relative"),
                source=limits.source(checked),
            )
        )
        limits.done()
    return tuple(found)


def _class(table: Table, key: str, codes: tuple[str, ...]) -> str:
    class_ = table.code(key)
    if class_ not in codes:
        raise InvalidValue(table.field(key), class_, "one of the classes " + ", ".join(codes))
    return class_


def _class_list(table: Table, key: str, codes: tuple[str, ...]) -> tuple[str, ...]:
    found = table.codes(key)
    for class_ in found:
        if class_ not in codes:
            raise InvalidValue(table.field(key), class_, "classes of " + ", ".join(codes))
    return found


def _conditions(table: Table, key: str, vocabulary: Vocabulary, codes: tuple[str, ...]) -> tuple[Condition, ...]:
    return tuple(_condition(row, vocabulary, codes) for row in table.rows(key))


def _condition(row: Table, vocabulary: Vocabulary, codes: tuple[str, ...]) -> Condition:
    for test in (Test.WAS, Test.WAS_NOT):
        if test.value in row.content:
            class_ = _class(row, test.value, codes)
            row.done()
            return Condition("class", test, class_)
    fact = row.code("fact")
    kind = vocabulary.get(fact)
    if kind is None:
        raise InvalidValue(row.field("fact"), fact, "a fact named under [facts]: " + ", ".join(vocabulary))
    allowed = [test for test in TESTS[kind] if test.value in row.content]
    if len(allowed) != 1:
        accepted = "one of " + ", ".join(test.value for test in TESTS[kind])
        raise InvalidValue(row.path, dict(row.content), f"a fact and {accepted}")
    condition = Condition(fact, allowed[0], _bound(row, allowed[0], kind))
    row.done()
    return condition


def _bound(row: Table, test: Test, kind: FactKind) -> Bound:
    if test in (Test.IS, Test.IS_NOT, Test.KNOWN):
        return row.yes_no(test.value)
    return row.share(test.value) if kind is FactKind.SHARE else row.whole(test.value)
