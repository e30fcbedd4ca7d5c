"""
A borrower's loans together: when a bad one pulls the others down.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from overdue_visit.classification.classification import Classification, classify
from overdue_visit.classification.facts import DatedClass, Facts
from overdue_visit.classification.rule import Contagion
from overdue_visit.classification.ruling import Reason
from overdue_visit.classification.scale import Scale
from overdue_visit.classification.source import Confidence, Source
from overdue_visit.declared import expect, several
from overdue_visit.errors import InvalidValue
from overdue_visit.money import Money

WORST_CLASS = "worst_class"
"""The institution's own choice that every loan of a borrower has at least the class of the worst."""


def classify_together(
    loans: Mapping[str, Facts],
    scale: Scale,
    *,
    contagion: str,
    histories: Mapping[str, Sequence[DatedClass]] | None = None,
) -> dict[str, Classification]:
    """
    Classify a borrower's loans, each with the floor that the others put under it.

    Args:
        loans: Facts by loan, all of one day.

        contagion: `WORST_CLASS`, or a rule that the scale has (`Scale.contagion`). One with a share needs each loan's
            exposure; the bad loans' exposure must be more than that share of all.

        histories: Earlier classes by loan.

    Raises:
        InvalidValue: If a value is of another kind, the rule is unknown, an exposure is missing, the days differ, or
            a loan's facts are refused; the error names the loan.
    """
    expect("scale", scale, Scale)
    known = _checked(loans, histories)
    rule = _rule(contagion, scale, loans)
    alone = {loan: _alone(loan, facts, scale, known.get(loan, ())) for loan, facts in loans.items()}
    floor = _floor(rule, loans, alone, scale)
    if floor is None:
        return alone
    imposed = Reason(rule=rule.rule, class_=floor, source=rule.source)
    return {
        loan: each
        if scale.rank(each.class_) >= scale.rank(floor)
        else classify(loans[loan], scale, history=known.get(loan, ()), imposed=(imposed,))
        for loan, each in alone.items()
    }


def _checked(
    loans: Mapping[str, Facts], histories: Mapping[str, Sequence[DatedClass]] | None
) -> dict[str, tuple[DatedClass, ...]]:
    expect("loans", loans, Mapping)
    expect("histories", histories, Mapping | None)
    for loan, facts in loans.items():
        expect("loans", loan, str)
        expect(f"loans.{loan}", facts, Facts)
    for loan in histories or {}:
        expect("histories", loan, str)
    return {loan: several(f"histories.{loan}", given, DatedClass) for loan, given in (histories or {}).items()}


def _alone(loan: str, facts: Facts, scale: Scale, history: Sequence[DatedClass]) -> Classification:
    try:
        return classify(facts, scale, history=history)
    except InvalidValue as refused:
        raise InvalidValue(f"loans.{loan}.{refused.field}", refused.value, refused.accepted) from None


def _rule(name: str, scale: Scale, loans: Mapping[str, Facts]) -> Contagion:
    days = sorted({facts.on for facts in loans.values()})
    if len(days) > 1:
        raise InvalidValue("loans", days[-1], f"facts of one day, {days[0]}")
    found = next((each for each in scale.contagion if each.rule == name), None)
    if found is not None:
        return found
    if name != WORST_CLASS:
        accepted = ", ".join([WORST_CLASS, *(each.rule for each in scale.contagion)])
        raise InvalidValue("contagion", name, f"one of {accepted}")
    checked = days[0] if days else dt.date.min
    source = Source(citation="the institution's own choice", confidence=Confidence.OWN_CHOICE, checked=checked)
    return Contagion(rule=WORST_CLASS, spreads=scale.codes[1:], to=None, over=None, source=source)


def _floor(
    rule: Contagion, loans: Mapping[str, Facts], alone: Mapping[str, Classification], scale: Scale
) -> str | None:
    bad = [loan for loan, each in alone.items() if each.class_ in rule.spreads]
    if not bad:
        return None
    if rule.over is not None:
        amounts = {loan: _exposure(loan, facts) for loan, facts in loans.items()}
        currency = amounts[bad[0]].currency
        total = Money.total(amounts.values(), currency).minor
        share = Money.total((amounts[loan] for loan in bad), currency).minor
        if share * rule.over.denominator <= total * rule.over.numerator:
            return None
    return rule.to or max((alone[loan].class_ for loan in bad), key=scale.rank)


def _exposure(loan: str, facts: Facts) -> Money:
    if facts.exposure is None:
        raise InvalidValue(f"loans.{loan}.exposure", None, "what is owed on the loan, as Money")
    return facts.exposure
