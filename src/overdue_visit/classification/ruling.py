"""
The class by the rules alone: every floor that applies, and the worst of them.
"""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from overdue_visit.classification.condition import DAYS_PAST_DUE, Test, View
from overdue_visit.classification.facts import DatedClass, Facts
from overdue_visit.classification.rule import InsteadOfDays, Ladder, Rule, Step
from overdue_visit.classification.scale import Scale
from overdue_visit.classification.source import Confidence, Source
from overdue_visit.declared import check_fields
from overdue_visit.errors import InvalidValue

OWN_ASSESSMENT = "own_assessment"
ARREARS_LEFT = "arrears_left"
"""The days past due are not known, but that something overdue is not paid."""
DAYS_NOT_KNOWN = "days_not_known"
"""The days past due are not known, and nothing shows that the latest class has changed."""
INSTEAD_OF_DAYS = "instead_of_days"
"""The days past due are not known, and what is known stands for them."""


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

    def __attrs_post_init__(self) -> None:
        check_fields(self)


@attrs.frozen(kw_only=True)
class Ruling:
    """The worst floor, and all that led to it."""

    class_: str
    rank: int
    floor: str
    """The class by the rules alone, without the institution's own assessment."""
    at_worst: str
    """The class that it could be where the days past due are not known."""
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
        if scale.ladders and self.view.days is None and _instead_of_days(scale, self.view) is None:
            missing.add(DAYS_PAST_DUE)
        return tuple(sorted(missing))


def rule_on(facts: Facts, scale: Scale, past: tuple[DatedClass, ...], imposed: Sequence[Reason] = ()) -> Ruling:
    """
    Judge checked facts.

    Args:
        past: The loan's earlier classes, checked by `Scale.past`.

        imposed: Floors from outside the scale.

    Raises:
        InvalidValue: If the days past due are not known, and nothing that is known says how bad the loan is.
    """
    view = View(facts=facts, days=scale.days(facts), past=past)
    step, aside = _step(scale, view)
    rules = tuple(rule for rule in scale.rules if rule.applies(view))
    reasons = [_of_step(step, view)] if step else []
    reasons += [Reason(rule=rule.code, class_=rule.class_, source=rule.source) for rule in rules]
    reasons += imposed
    reasons += _arrears_left(scale, view)
    worst = _at_worst(scale, view)
    reasons += _latest(scale, view, reasons, worst)
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
        at_worst=scale.codes[max(rank, worst)],
        view=view,
        step=step,
        rules=rules,
        reasons=tuple(reasons),
        set_aside=tuple(_of_step(each, view) for each in aside),
    )


def _step(scale: Scale, view: View) -> tuple[Step | None, tuple[Step, ...]]:
    ladder = None if view.days is None else scale.ladder(view.facts.facility)
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


def _instead_of_days(scale: Scale, view: View) -> InsteadOfDays | None:
    return next((each for each in scale.instead_of_days if each.holds(view)), None)


def _arrears_left(scale: Scale, view: View) -> list[Reason]:
    if view.days is not None or view.facts.all_arrears_paid is not False:
        return []
    ladder = scale.ladder(view.facts.facility)
    if ladder is None:
        return []
    step, _ = ladder.at(1, view)
    return [Reason(rule=ARREARS_LEFT, class_=step.class_, source=step.source)]


def _at_worst(scale: Scale, view: View) -> int:
    """
    Return the rank of the worst class that days past due which are not known leave open.
    """
    if view.days is not None:
        return 0
    stands = _instead_of_days(scale, view)
    if stands is not None:
        return scale.rank(stands.class_)
    own = scale.ladder(view.facts.facility)
    return max((_worst_of(each, scale, view) for each in ([own] if own else scale.ladders)), default=0)


def _worst_of(ladder: Ladder, scale: Scale, view: View) -> int:
    late = attrs.evolve(view, days=ladder.steps[-1].first_day)
    step, _ = ladder.at(ladder.steps[-1].first_day, late)
    return max([scale.rank(step.class_), *(scale.rank(rule.class_) for rule in scale.rules if rule.applies(late))])


def _latest(scale: Scale, view: View, reasons: Sequence[Reason], worst: int) -> list[Reason]:
    """
    Return what stands in for days that are not known: what establishes a class without them, or the latest class.
    """
    stands = _instead_of_days(scale, view) if view.days is None else None
    found = [Reason(rule=INSTEAD_OF_DAYS, class_=stands.class_, source=stands.source)] if stands else []
    supported = [scale.rank(reason.class_) for reason in (*reasons, *found)]
    supported += [] if view.facts.assessed is None else [scale.rank(view.facts.assessed)]
    if worst <= max(supported, default=0):
        return found
    if not view.past:
        accepted = f"the days past due, or oldest_due: without them {scale.name} cannot tell how bad the loan is"
        raise InvalidValue(DAYS_PAST_DUE, None, accepted)
    latest = view.past[-1]
    citation = f"the days past due are not known; the class of {latest.on} stands until they are"
    source = Source(citation=citation, confidence=Confidence.OWN_CHOICE, checked=view.facts.on)
    return [*found, Reason(rule=DAYS_NOT_KNOWN, class_=latest.class_, source=source)]


def _own_assessment(facts: Facts, class_: str) -> Reason:
    source = Source(citation="the institution's own assessment", confidence=Confidence.OWN_CHOICE, checked=facts.on)
    return Reason(rule=OWN_ASSESSMENT, class_=class_, source=source)
