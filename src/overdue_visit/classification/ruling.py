"""
The class by the rules alone: every floor that applies, and the worst of them.
"""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from overdue_visit.classification.condition import DAYS_PAST_DUE, Test, View
from overdue_visit.classification.facts import DatedClass, Facts
from overdue_visit.classification.rule import Rule, Step
from overdue_visit.classification.scale import Scale
from overdue_visit.classification.source import Confidence, Source

OWN_ASSESSMENT = "own_assessment"


@attrs.frozen(kw_only=True)
class Reason:
    """
    One rule that holds a loan in a class, or that an exception sets aside.

    Args:
        rule: Its code; ``days_past_due`` for a step of days.

        class_: The class that it asks for at least.

        days: The days past due that were counted, for a step of days.

        first_day: The first day of that step.

        last_day: Its last; ``None`` if it has none.
    """

    rule: str
    class_: str
    source: Source
    days: int | None = None
    first_day: int | None = None
    last_day: int | None = None


@attrs.frozen(kw_only=True)
class Ruling:
    """The worst floor, and all that led to it."""

    class_: str
    rank: int
    floor: str
    """The class by the rules alone, without the institution's own assessment."""
    view: View
    step: Step | None
    rules: tuple[Rule, ...]
    """The rules that apply."""
    reasons: tuple[Reason, ...]
    """The hardest first."""
    set_aside: tuple[Reason, ...]

    def unknown(self, scale: Scale) -> tuple[str, ...]:
        """
        Return the names of facts that were asked for and not given, sorted.
        """
        missing = {
            each.fact
            for rule in self.rules
            for each in rule.lifted_by
            if each.test is not Test.KNOWN and each.holds(self.view) is None
        }
        if scale.ladders and self.view.days is None:
            missing.add(DAYS_PAST_DUE)
        return tuple(sorted(missing))


def rule_on(facts: Facts, scale: Scale, past: tuple[DatedClass, ...], imposed: Sequence[Reason] = ()) -> Ruling:
    """
    Judge checked facts.

    Args:
        past: The loan's earlier classes, checked by `Scale.past`.

        imposed: Floors from outside the scale.
    """
    view = View(facts=facts, days=scale.days(facts), past=past)
    step, aside = _step(scale, view)
    rules = tuple(rule for rule in scale.rules if rule.applies(view))
    reasons = [_of_step(step, view)] if step else []
    reasons += [Reason(rule=rule.code, class_=rule.class_, source=rule.source) for rule in rules]
    reasons += imposed
    floor = max((scale.rank(reason.class_) for reason in reasons), default=0)
    rank = floor
    if facts.assessed is not None and scale.rank(facts.assessed) > floor:
        rank = scale.rank(facts.assessed)
        reasons.append(_own_assessment(facts, facts.assessed))
    if rank:
        reasons = [reason for reason in reasons if scale.rank(reason.class_)]
    reasons.sort(key=lambda reason: -scale.rank(reason.class_))
    return Ruling(
        class_=scale.codes[rank],
        rank=rank,
        floor=scale.codes[floor],
        view=view,
        step=step,
        rules=rules,
        reasons=tuple(reasons),
        set_aside=tuple(_of_step(each, view) for each in aside),
    )


def _step(scale: Scale, view: View) -> tuple[Step | None, tuple[Step, ...]]:
    ladder = scale.ladder(view.facts.facility)
    if ladder is None or view.days is None:
        return None, ()
    return ladder.at(view.days, view)


def _of_step(step: Step, view: View) -> Reason:
    return Reason(
        rule=DAYS_PAST_DUE,
        class_=step.class_,
        source=step.source,
        days=view.days,
        first_day=step.first_day,
        last_day=step.last_day,
    )


def _own_assessment(facts: Facts, class_: str) -> Reason:
    source = Source(citation="the institution's own assessment", confidence=Confidence.OWN_CHOICE, checked=facts.on)
    return Reason(rule=OWN_ASSESSMENT, class_=class_, source=source)
