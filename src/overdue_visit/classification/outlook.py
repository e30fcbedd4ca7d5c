"""
What would change a class: the next day on which time alone does, and the conditions that make it better.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

import attrs

from overdue_visit.classification.condition import DAYS_PAST_DUE, Condition, Test
from overdue_visit.classification.facts import DatedClass, Facts
from overdue_visit.classification.rule import Rule, Step
from overdue_visit.classification.ruling import OWN_ASSESSMENT, Reason, Ruling, rule_on
from overdue_visit.classification.scale import Scale

_ONE_DAY = dt.timedelta(days=1)


@attrs.frozen(kw_only=True)
class Need:
    """
    What one rule asks for before it lets go.

    Args:
        conditions: Those not yet met.

        any_one: Whether one of them is enough.

        not_before: The first day on which time allows it; ``None`` if time is no matter, or not known.
    """

    rule: str
    conditions: tuple[Condition, ...]
    any_one: bool = False
    not_before: dt.date | None = None


@attrs.frozen(kw_only=True)
class Change:
    """
    One way in which the class would become another.

    Args:
        to: The class then.

        on: The day on which it does if nothing but time passes and nothing is paid; ``None`` for a change by *needs*.

        needs: What must all be met; empty for a change by time.
    """

    to: str
    on: dt.date | None = None
    needs: tuple[Need, ...] = ()


def changes(
    facts: Facts, scale: Scale, past: tuple[DatedClass, ...], imposed: Sequence[Reason], now: Ruling
) -> tuple[Change, ...]:
    """
    Return what would change a ruling: the next change by time, if there is one, then the way to a better class.
    """
    found = [each for each in (_by_time(facts, scale, past, imposed, now), _by_needs(scale, now)) if each]
    return tuple(found)


def _by_time(
    facts: Facts, scale: Scale, past: tuple[DatedClass, ...], imposed: Sequence[Reason], now: Ruling
) -> Change | None:
    for day in sorted({day for day in _days(facts, scale, now) if day > facts.on}):
        then = rule_on(facts.later(day), scale, past, imposed)
        if then.class_ != now.class_:
            return Change(to=then.class_, on=day)
    return None


def _days(facts: Facts, scale: Scale, now: Ruling) -> Iterator[dt.date]:
    ladder = scale.ladder(facts.facility)
    steps = ladder.steps if ladder else ()
    conditions = [each for step in steps for each in step.excepted]
    conditions += [each for rule in scale.rules for each in (*rule.when, *rule.lifted_by)]
    for condition in conditions:
        turns = condition.turns_on(now.view)
        if turns is not None:
            yield turns
    bounds = [int(str(each.bound)) for each in conditions if each.fact == DAYS_PAST_DUE]
    for days in {*(step.first_day for step in steps), *bounds, *(bound + 1 for bound in bounds)}:
        reached = _day_of(days, facts, scale, now)
        if reached is not None:
            yield reached


def _day_of(days: int, facts: Facts, scale: Scale, now: Ruling) -> dt.date | None:
    if facts.all_arrears_paid:
        return None
    if facts.oldest_due is not None:
        return scale.counting.day(facts.oldest_due, days)
    return facts.on + (days - now.view.days) * _ONE_DAY if now.view.days else None


def _by_needs(scale: Scale, now: Ruling) -> Change | None:
    if now.rank == 0:
        return None
    binding = [each for each in now.reasons if scale.rank(each.class_) == now.rank]
    needs = [_need(each, scale, now) for each in binding]
    if not all(needs):
        return None
    left = [scale.rank(each.class_) for each in now.reasons if scale.rank(each.class_) < now.rank]
    lower = _lower_step(scale, now) if any(each.rule == DAYS_PAST_DUE for each in binding) else None
    left += [scale.rank(lower.class_)] if lower else []
    return Change(to=scale.codes[max(left, default=0)], needs=tuple(each for each in needs if each))


def _need(reason: Reason, scale: Scale, now: Ruling) -> Need | None:
    if reason.rule == DAYS_PAST_DUE:
        return _need_of_days(scale, now)
    if reason.rule == OWN_ASSESSMENT:
        return Need(rule=OWN_ASSESSMENT, conditions=())
    rule = next((each for each in now.rules if each.code == reason.rule), None)
    return _need_of_rule(rule, now) if rule else Need(rule=reason.rule, conditions=())


def _need_of_days(scale: Scale, now: Ruling) -> Need | None:
    lower = _lower_step(scale, now)
    if lower is None or lower.last_day is None:
        return None
    return Need(rule=DAYS_PAST_DUE, conditions=(Condition(DAYS_PAST_DUE, Test.AT_MOST, lower.last_day),))


def _lower_step(scale: Scale, now: Ruling) -> Step | None:
    ladder = scale.ladder(now.view.facts.facility)
    if ladder is None or now.step is None:
        return None
    place = ladder.steps.index(now.step)
    return ladder.steps[place - 1] if place else None


def _need_of_rule(rule: Rule, now: Ruling) -> Need | None:
    if rule.lifted_by:
        unmet = tuple(each for each in rule.lifted_by if not each.holds(now.view))
        days = [each.turns_on(now.view) for each in unmet]
        return Need(
            rule=rule.code,
            conditions=unmet,
            any_one=rule.any_lifts,
            not_before=None if rule.any_lifts else max((day for day in days if day), default=None),
        )
    ends = tuple(end for end in (each.opposite() for each in rule.when) if end)
    return Need(rule=rule.code, conditions=ends, any_one=True) if ends else None
