"""
Deadlines and limits in words: what the rule says, its source, the facts used, and what would move it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping

from overdue_visit.declared import expect
from overdue_visit.errors import InvalidValue
from overdue_visit.limitation.after_expiry import Defence
from overdue_visit.limitation.clock import LimitationClock
from overdue_visit.limitation.effects import Effect
from overdue_visit.limitation.guarantee import GuaranteeStanding
from overdue_visit.limitation.reg_f import ValidationPeriod
from overdue_visit.limitation.reg_x import LiveContact
from overdue_visit.limitation.result import Band, Deadline, FactValue, HasSource, Order, Ruling
from overdue_visit.limitation.texts import TEXTS

Explained = (
    Deadline | Ruling | Band | Order | Defence | LimitationClock | GuaranteeStanding | LiveContact | ValidationPeriod
)
_SEPARATORS = {"en": ("; ", ", "), "zh": ("；", "、")}


def explain(result: Explained, *, language: str = "en", texts: Mapping[str, str] | None = None) -> str:
    """
    Put a result into words, one line for the rule, its source, the facts, and what would move it.

    Args:
        language: ``"en"`` or ``"zh"``.

        texts: A host's own words by code; they go before those that ship.

    Raises:
        InvalidValue: If there are no words in that language, *result* is nothing that a rule gave, or a host's words
            are no texts, or want a figure that there is not.
    """
    if not isinstance(language, str) or language not in TEXTS:
        raise InvalidValue("language", language, "one of " + ", ".join(repr(each) for each in TEXTS))
    expect("texts", texts, Mapping | None)
    for code, template in (texts or {}).items():
        expect("texts", code, str)
        expect(f"texts.{code}", template, str)
    words = {**TEXTS[language], **(texts or {})}
    try:
        return "\n".join(_lines(result, words, _SEPARATORS[language]))
    except (KeyError, IndexError, ValueError, AttributeError) as missing:
        if isinstance(missing, InvalidValue):
            raise
        raise InvalidValue("texts", str(missing), "words for every code, with no figures but the rule's own") from None


def _lines(result: Explained, words: Mapping[str, str], between: tuple[str, str]) -> Iterator[str]:
    match result:
        case Deadline() | Ruling() | Band() | Order() | Defence():
            yield _headline(result, words, between[1])
            yield from _grounds(result, words, between)
        case LimitationClock():
            yield from _lines(result.deadline, words, between)
            for obstacle in result.suspended_by:
                kind, removed = words[f"obstacle.{obstacle.kind}"], _shown(obstacle.removed, words, between[1])
                yield words["line.obstacle"].format(since=obstacle.since.isoformat(), obstacle=kind, removed=removed)
            yield from (_act(effect, words) for effect in result.effects)
        case GuaranteeStanding():
            yield words[f"guarantee.{result.state}"]
            for part in (result.claim, result.period, result.debt_limitation, result.revival):
                yield from () if part is None else _lines(part, words, between)
        case LiveContact():
            for deadline in result.deadlines:
                yield from _lines(deadline, words, between)
        case ValidationPeriod():
            yield from _lines(result.assumed_receipt, words, between)
            yield from _lines(result.end, words, between)
        case _:
            raise InvalidValue("result", result, "a Deadline, Ruling, Band, Order, or what holds them")


def _act(effect: Effect, words: Mapping[str, str]) -> str:
    line = words["line.act"].format(
        on=effect.act.on.isoformat(),
        act=words[f"act.{effect.act.kind}"],
        outcome=words[f"outcome.{effect.outcome}"],
        citation=effect.source.citation,
    )
    for reach in effect.reaches:
        line += words["line.reach"].format(reach=words[reach.rule], citation=reach.source.citation)
    return line


def _headline(result: Deadline | Ruling | Band | Order | Defence, words: Mapping[str, str], comma: str) -> str:
    sentence = words[result.rule]
    match result:
        case Deadline():
            if result.day is None:
                return words[f"state.{result.state}"]
            return sentence.format(day=result.day.isoformat(), earliest=result.earliest)
        case Ruling():
            return f"{words['yes' if result.holds else 'no']} {sentence.format(most=result.most)}"
        case Band():
            return sentence.format(least=result.least, most=result.most)
        case Order():
            return sentence.format(order=comma.join(words.get(f"order.{each}", each) for each in result.order))
        case Defence():
            return f"{words[f'defence.{result.state}']} {sentence}"


def _grounds(result: HasSource, words: Mapping[str, str], between: tuple[str, str]) -> Iterator[str]:
    pause, comma = between
    for source in (result.source, *(result.also if isinstance(result, Deadline) else ())):
        yield words["line.source"].format(
            citation=source.citation,
            confidence=words[f"confidence.{source.confidence}"],
            checked=source.checked.isoformat(),
        )
    if result.facts:
        facts = (f"{words[f'fact.{fact.name}']} {_shown(fact.value, words, comma)}" for fact in result.facts)
        yield words["line.facts"].format(facts=pause.join(facts))
    if result.moved_by:
        yield words["line.moves"].format(moves=pause.join(words[f"move.{code}"] for code in result.moved_by))


def _shown(value: FactValue, words: Mapping[str, str], comma: str) -> str:
    match value:
        case None | ():
            return words["fact.none"]
        case bool():
            return words["fact.yes" if value else "fact.no"]
        case dt.date():
            return value.isoformat()
        case tuple():
            return comma.join(_shown(each, words, comma) for each in value)
        case str():
            return words.get(f"guarantee_kind.{value}", value)
        case _:
            return str(value)
