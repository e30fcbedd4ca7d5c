"""
Deadlines and limits in words: what the rule says, its source, the facts used, and what would move it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping

from overdue_visit.errors import InvalidValue
from overdue_visit.limitation.after_expiry import Defence
from overdue_visit.limitation.clock import LimitationClock
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
        InvalidValue: If there are no words in that language, or *result* is nothing that a rule gave.
    """
    if language not in TEXTS:
        raise InvalidValue("language", language, "one of " + ", ".join(repr(each) for each in TEXTS))
    words = {**TEXTS[language], **(texts or {})}
    return "\n".join(_lines(result, words, _SEPARATORS[language]))


def _lines(result: Explained, words: Mapping[str, str], between: tuple[str, str]) -> Iterator[str]:
    match result:
        case Deadline() | Ruling() | Band() | Order() | Defence():
            yield _headline(result, words, between[1])
            yield from _grounds(result, words, between)
        case LimitationClock():
            yield from _lines(result.deadline, words, between)
            for effect in result.effects:
                act, outcome = words[f"act.{effect.act.kind}"], words[f"outcome.{effect.outcome}"]
                yield words["line.act"].format(on=effect.act.on.isoformat(), act=act, outcome=outcome)
        case GuaranteeStanding():
            yield words[f"guarantee.{result.state}"]
            yield from _lines(result.period, words, between)
            if result.debt_limitation is not None:
                yield from _lines(result.debt_limitation, words, between)
        case LiveContact():
            for deadline in result.deadlines:
                yield from _lines(deadline, words, between)
        case ValidationPeriod():
            yield from _lines(result.assumed_receipt, words, between)
            yield from _lines(result.end, words, between)
        case _:
            raise InvalidValue("result", result, "a Deadline, Ruling, Band, Order, or what holds them")


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
    source, (pause, comma) = result.source, between
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
