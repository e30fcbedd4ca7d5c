"""
The figures as a page that is read in half a minute, and as JSON.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Mapping

import attrs

from overdue_visit import Money
from overdue_visit.wording import ENGLISH, format_money
from replay.figures import Arrears, Figures

INDENT = " " * 20


def page(figures: Figures, title: str) -> str:
    """
    Return the page.
    """
    heading = f"{title}: {figures.first} to {figures.last}, {figures.days} business days"
    how = "each lived through: the relay in the morning, a simulated officer by day, close of business at night"
    rows = [f"  {name:<16}  {_wrapped(text)}" for name, text in _rows(figures)]
    bad = [f"    {row}" for row in figures.bad_rows]
    return "\n".join([heading, how, "", *rows, *(["", "  rows that could not be used", *bad] if bad else [])])


def _rows(figures: Figures) -> Iterator[tuple[str, str]]:
    count = figures.count
    yield "loans", f"{figures.loans}; {figures.loans_with_case} of them fell behind, in {figures.opened} cases"
    yield "arrears", _arrears(figures)
    yield "cases now", _listed(figures.states, "state") or "none open"
    yield "closed", _listed(figures.closed, "closed") or "none"
    yield "first talk", _first_talk(figures)
    yield "visits", f"{count('talk_held')} talks, {count('visit_attempted')} closed doors"
    yield "plans", _plans(figures)
    yield "instalments", _listed(figures.instalments, "outcome") or "none judged yet"
    yield "recovered", f"{count('recovered')} times; good standing restored {count('standing_restored')} times"
    yield "relapsed", f"{sum(figures.relapses.values())} times{_because(figures.relapses)}"
    yield "escalated", f"{count('escalated')}, {count('recalled')} taken back"
    for number, (kind, outcomes) in enumerate(figures.notices.items()):
        name = ENGLISH.text(f"notice.{kind}.name")
        told = ", ".join(f"{times} {outcome}" for outcome, times in sorted(outcomes.items(), key=_most_first))
        yield "" if number else "notices", f"{name}: {told}"
    yield "reasons", _listed(figures.reasons, "reason") or "none told"


def _most_first(counted: tuple[str, int]) -> tuple[int, str]:
    return -counted[1], counted[0]


def _first_talk(figures: Figures) -> str:
    days = figures.first_visit_days
    if not days:
        return "none yet"
    return (
        f"on day {days[0]} to {days[-1]} past due, half of them by day {figures.median_visit_day:g} ({len(days)} cases)"
    )


def _plans(figures: Figures) -> str:
    ends = {word: figures.count(f"plan_{word}") for word in ("completed", "broken", "withdrawn")}
    told = ", ".join(f"{times} {word}" for word, times in (ends | {"running": figures.running}).items())
    return f"{figures.count('plan_agreed')} agreed: {told}"


def _because(relapses: Mapping[str, int]) -> str:
    return f": {_listed(relapses, 'cause')}" if relapses else ""


def _arrears(figures: Figures) -> str:
    first, last = figures.arrears[0], figures.arrears[-1]
    worst = max(figures.arrears, key=lambda each: [money.minor for money in each.total])
    told = (("after the first month", first), ("at most", worst), ("at the end", last))
    return "; ".join(f"{_amounts(each)} {when} ({each.on}, {each.loans} loans)" for when, each in told)


def _amounts(arrears: Arrears) -> str:
    return " and ".join(format_money(money, "en") for money in arrears.total)


def _listed(counts: Mapping[str, int], family: str) -> str:
    """
    List counts by the names of their codes, in the order in which the catalogue has them.
    """
    order = [code.removeprefix(f"{family}.") for code in ENGLISH.texts if code.startswith(f"{family}.")]
    known = {code: counts[code] for code in order if code in counts}
    counts = {**known, **counts}
    return ", ".join(f"{ENGLISH.name(family, code)} ({count})" for code, count in counts.items())


def _wrapped(text: str) -> str:
    lines, line = [], ""
    for word in text.split(" "):
        if line and len(line) + len(word) > 90:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}".strip()
    return f"\n{INDENT}".join([*lines, line])


def as_json(figures: Figures) -> str:
    """
    Return the figures as JSON: amounts as texts with their currency, days as ISO dates.
    """
    plain = attrs.asdict(figures, recurse=False) | {"median_visit_day": figures.median_visit_day}
    return json.dumps(plain, indent=2, default=_plain)


def _plain(value: object) -> object:
    match value:
        case Money():
            return str(value)
        case dt.date():
            return value.isoformat()
        case _:
            return attrs.asdict(value, recurse=False)
