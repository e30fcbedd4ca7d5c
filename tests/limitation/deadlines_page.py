"""
The reference page of the figures of deadlines and limits, written from the rule sets that ship.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from overdue_visit.limitation import SHAPES, Confidence, Counting, Figure, RuleSet, Shape, shipped
from overdue_visit.limitation.counting import COUNTINGS
from tests.limitation.figures_in_words import SAYS

HEAD = """\
<!-- Written from the rule sets by tests/limitation/test_reference.py; run it with `python -m` after a change. -->

# The figures of deadlines and limits

Every figure of every rule set, with the article it comes from, how sure that is, and the day somebody last looked. What
the functions do with them is told in [deadlines and limits](limitation.md), why clocks run as they do in [clocks that
run](../explanation/clocks-that-run.md).

```{warning}
This is not legal advice. It is what the project read, or was told, of public rules on the days shown. Rules change, and
yours may differ by licence, product and place. A missed deadline can cost a claim or a fine: have somebody who is
answerable for it check every figure you rely on, those that others report first.
```

| how sure | what it means |
|---|---|
| text read | the text of the rule itself was read |
| secondary | somebody else reports the rule |
| **from memory** | nobody looked it up; it binds all the same until somebody does |

How a period is counted:

"""
SURE = {
    Confidence.VERIFIED: "text read",
    Confidence.SECONDARY: "secondary",
    Confidence.MEMORY: "**from memory**",
}
ENDS = {"unadjusted": "stays", "following": "moves to the next working day"}


def page() -> str:
    """
    Return the page as it should be.
    """
    sets = [shipped(name) for name in SHAPES]
    rows = [[f"[`{each.name}`](#{each.name})", each.title, *_counted(each)] for each in sets]
    overview = _table(["rule set", "what it is", *(_plain(sure) for sure in SURE.values())], rows)
    ways = _table(
        ["counting", "the day of the event", "a last day of rest"], [_way(each) for each in COUNTINGS.values()]
    )
    return HEAD + "\n".join((ways, "How many figures of each set are how sure:\n", overview, *map(section, sets)))


def value(figure: Figure) -> str:
    """
    Write a figure's value as people read it.
    """
    match figure.shape:
        case Shape.PERIOD:
            return f"{figure.whole} {str(figure.unit).replace('_', ' ')}"
        case Shape.COUNT:
            return str(figure.whole)
        case Shape.SHARE:
            return str(figure.share).removesuffix(" once")
        case Shape.WORDS:
            return ", ".join(f"`{word}`" for word in figure.words)
        case Shape.STATEMENT:
            return ""


def _plain(text: str) -> str:
    return text.replace("*", "")


def _counted(of: RuleSet) -> list[str]:
    found = [figure.source.confidence for figure in of.figures]
    return [str(found.count(each)) for each in SURE]


def _way(counting: Counting) -> list[str]:
    first = "is day 1" if counting.first_day_counts else "is not counted: day 1 is the next"
    return [f"`{counting.name}`", first, ENDS[counting.rest_days.value]]


def section(of: RuleSet) -> str:
    """
    Return the part of the page that is about one rule set.
    """
    rows = []
    for figure in of.figures:
        says, named = SAYS[figure.rule]
        counted = f"`{figure.counting.name}`" if figure.counting else ""
        functions = ", ".join(f"`{each}`" for each in named)
        source = [figure.source.citation, SURE[figure.source.confidence], figure.source.checked.isoformat()]
        rows.append([f"`{figure.rule.partition('.')[2]}`", says, value(figure), counted, functions, *source])
    head = f"## {of.name}\n\n{of.title}. Jurisdiction: {of.jurisdiction}.\n\n"
    return head + _table(
        ["figure", "what it says", "value", "counting", "function", "source", "how sure", "checked"], rows
    )


def _table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [columns, ["---"] * len(columns), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines) + "\n"
