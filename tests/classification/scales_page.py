"""
The reference page of the scales that ship, written from their data.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from overdue_visit.classification import SCALES, Condition, Confidence, Meaning, Scale, Source, Step, Test, scale
from overdue_visit.classification.texts import EN, ZH
from overdue_visit.rate import Rate

HEAD = """\
<!-- Written from the scales by tests/classification/test_reference.py; run it with `python -m` after a change. -->

# The scales that ship

Every number of every scale, with the rule it comes from, how sure that is, and the day somebody last looked. How scales
are used is told in [classification](classification.md), what they mean in [classes, floors and
days](../explanation/classes-floors-and-days.md).

```{warning}
This is not legal advice. It is what the project read, or was told, or remembers of public rules on the days shown.
Rules change, and yours may differ by licence, product and place. Have somebody who is answerable for it check every
number you rely on, those marked **from memory** first.
```

| how sure | what it means |
|---|---|
| text read | the text of the rule itself was read |
| secondary | somebody else reports or quotes the rule |
| **from memory** | nobody looked it up; it binds all the same, until an institution decides otherwise |

"""
MEANS = {
    Meaning.AT_LEAST: "A class is a **floor**: the institution may find the loan worse, never better.",
    Meaning.EXACTLY: "The rules give **the class itself**; an assessment of one's own has no place here.",
}
DUE_DAY = {
    0: "The due day is day 0: day 1 is the day after.",
    1: "The due day itself is day 1, if something is unpaid at its end.",
}
SURE = {
    Confidence.VERIFIED_TEXT: "text read",
    Confidence.SECONDARY: "secondary",
    Confidence.FROM_MEMORY: "**from memory**",
    Confidence.OWN_CHOICE: "own choice",
}
TESTS = {
    Test.KNOWN: "`{fact}` is known",
    Test.AT_LEAST: "`{fact}` at least {bound}",
    Test.OVER: "`{fact}` over {bound}",
    Test.AT_MOST: "`{fact}` at most {bound}",
    Test.UNDER: "`{fact}` under {bound}",
    Test.MONTHS: "`{fact}` {bound} months ago or more",
    Test.DAYS_OVER: "`{fact}` more than {bound} days ago",
    Test.WAS: "was `{bound}` before",
    Test.WAS_NOT: "was never `{bound}`",
}
_SOURCED = ["source", "how sure", "checked"]


def page() -> str:
    """
    Return the page as it should be.
    """
    scales = [scale(name) for name in SCALES]
    rows = [[f"[`{each.name}`](#{each.name})", each.title, *_counted(each)] for each in scales]
    overview = _table(["scale", "what it is", "text read", "secondary", "from memory"], rows)
    return HEAD + "\n".join(("How many entries of each scale are how sure:\n", overview, *map(section, scales)))


def sources(of: Scale) -> Iterator[Source]:
    """
    Yield the source of each entry of a scale.
    """
    yield of.counting.source
    yield from (step.source for ladder in of.ladders for step in ladder.steps)
    yield from (each.source for each in of.rules)
    yield from (each.source for each in of.instead_of_days)
    yield from (each.source for each in of.contagion)
    yield from (each.source for each in of.materiality)


def _counted(of: Scale) -> list[str]:
    found = [source.confidence for source in sources(of)]
    return [str(found.count(each)) for each in (Confidence.VERIFIED_TEXT, Confidence.SECONDARY, Confidence.FROM_MEMORY)]


def section(of: Scale) -> str:
    """
    Return the part of the page that is about one scale.
    """
    since = f"In force since {of.effective}. " if of.effective else ""
    parts = [f"## {of.name}\n\n{of.title}. {since}Looked at on {of.checked}.\n\n{MEANS[of.meaning]}\n", _classes(of)]
    parts += [f"### How {of.name} counts\n", _counting(of)]
    parts += [f"### Days of {of.name}\n", _steps(of)] if of.ladders else []
    parts += [f"### Instead of days in {of.name}\n", _instead_of_days(of)] if of.instead_of_days else []
    parts += [f"### Materiality of {of.name}\n", _materiality(of)] if of.materiality else []
    parts += [f"### Rules of {of.name}\n", _rules(of)] if of.rules else []
    parts += [f"### Contagion of {of.name}\n", _contagion(of)] if of.contagion else []
    parts += [f"### Facts that {of.name} reads\n", _facts(of)] if of.vocabulary else []
    return "\n".join(parts)


def _classes(of: Scale) -> str:
    rows = [
        [f"`{each.code}`", EN[f"class.{each.code}"], ZH[f"class.{each.code}"], "yes" if each.performing else "no"]
        for each in of.classes
    ]
    return _table(["class", "in English", "中文", "performing"], rows)


def _counting(of: Scale) -> str:
    return _table(["rule", *_SOURCED], [[DUE_DAY[of.counting.due_day_counts], *_source(of.counting.source)]])


def _steps(of: Scale) -> str:
    rows = [
        [ladder.facility, _days(step), f"`{step.class_}`", _conditions(step.excepted, " and "), *_source(step.source)]
        for ladder in of.ladders
        for step in ladder.steps
    ]
    return _table(["kind of loan", "days past due", "class", "unless", *_SOURCED], rows)


def _days(step: Step) -> str:
    if step.last_day is None:
        return f"{step.first_day} and more"
    return str(step.first_day) if step.first_day == step.last_day else f"{step.first_day} to {step.last_day}"


def _instead_of_days(of: Scale) -> str:
    rows = [[_conditions(each.when, " and "), f"`{each.class_}`", *_source(each.source)] for each in of.instead_of_days]
    return _table(["if the days are not known, but", "no step of days is worse than", *_SOURCED], rows)


def _materiality(of: Scale) -> str:
    rows = [
        [each.facility, str(each.absolute), _bound(each.relative), *_source(each.source)] for each in of.materiality
    ]
    return _table(["kind of loan", "more than", "and more than this share of exposure", *_SOURCED], rows)


def _rules(of: Scale) -> str:
    rows = []
    for each in of.rules:
        begins = _conditions(each.when, " and ") or ("" if each.previous else "always")
        ends = _conditions(each.lifted_by, " or " if each.any_lifts else " and ")
        cells = [f"`{each.code}`: {EN[f'rule.{each.code}']}", f"`{each.class_}`", _codes(each.previous), begins, ends]
        rows.append([*cells, *_source(each.source)])
    return _table(["rule", "class", "after the class", "begins when", "ends when", *_SOURCED], rows)


def _contagion(of: Scale) -> str:
    rows = []
    for each in of.contagion:
        over = "any" if each.over is None else f"over {_bound(each.over)}"
        rows.append([f"`{each.rule}`", _codes(each.spreads), over, f"`{each.to}`", *_source(each.source)])
    return _table(["rule", "loans in", "share of exposure", "put the others at least in", *_SOURCED], rows)


def _facts(of: Scale) -> str:
    return _table(
        ["fact", "kind", "meaning"], [[f"`{name}`", str(kind), EN[f"fact.{name}"]] for name, kind in of.vocabulary]
    )


def _codes(classes: Iterable[str]) -> str:
    return ", ".join(f"`{each}`" for each in classes)


def _conditions(conditions: Sequence[Condition], joined: str) -> str:
    return joined.join(map(_condition, conditions))


def _condition(condition: Condition) -> str:
    if condition.test not in (Test.IS, Test.IS_NOT):
        return TESTS[condition.test].format(fact=condition.fact, bound=_bound(condition.bound))
    if condition.test is Test.IS:
        return f"`{condition.fact}` is {_bound(condition.bound)}"
    return f"`{condition.fact}` is {_bound(not condition.bound)} or not known"


def _bound(bound: object) -> str:
    if isinstance(bound, bool):
        return "true" if bound else "false"
    return str(bound).removesuffix(" once") if isinstance(bound, Rate) else str(bound)


def _source(source: Source) -> list[str]:
    return [source.citation, SURE[source.confidence], source.checked.isoformat()]


def _table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [columns, ["---"] * len(columns), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines) + "\n"
