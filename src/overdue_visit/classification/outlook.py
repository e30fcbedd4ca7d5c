"""
What would change a class: the next day on which time alone does, and the conditions that make it better.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

import attrs

from overdue_visit.classification.condition import ALL_ARREARS_PAID, DAYS_PAST_DUE, Condition, Test
from overdue_visit.classification.elapsed import days_on
from overdue_visit.classification.facts import DatedClass, Facts
from overdue_visit.classification.rule import Rule, Step
from overdue_visit.classification.ruling import (
    ARREARS_LEFT,
    DAYS_NOT_KNOWN,
    OWN_ASSESSMENT,
    Reason,
    Ruling,
    rule_on,
)
from overdue_visit.classification.scale import Scale
from overdue_visit.declared import check_fields

_OF_DAYS = (DAYS_PAST_DUE, DAYS_NOT_KNOWN, ARREARS_LEFT)
_ALL_PAID = Condition(ALL_ARREARS_PAID, Test.IS, bound=True)


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

    def __attrs_post_init__(self) -> None:
        check_fields(self)


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

    def __attrs_post_init__(self) -> None:
        check_fields(self)


def changes(
    facts: Facts, scale: Scale, past: tuple[DatedClass, ...], imposed: Sequence[Reason], now: Ruling
) -> tuple[Change, ...]:
    """
    Return what would change a ruling: the next change by time, if there is one, then the way to a better class.

    The class of today is one of the classes that the loan had by the time anything changes: what holds a loan in a
    class once it is there is asked for too, also where the history does not show that class yet.
    """
    held = now
    if not past or past[-1].class_ != now.class_:
        held = rule_on(facts, scale, (*past, DatedClass(facts.on, now.class_)), imposed)
    found = (_by_time(scale, held, imposed, now.class_), _by_needs(scale, held, now.rank))
    return tuple(each for each in found if each)


def _by_time(scale: Scale, held: Ruling, imposed: Sequence[Reason], class_: str) -> Change | None:
    facts = held.view.facts
    days = {day for day in _days(facts, scale, held) if day and day > facts.on}
    tomorrow = {days_on(facts.on, 1)} if held.class_ != class_ else set()
    for day in sorted(day for day in days | tomorrow if day):
        then = rule_on(facts.later(day), scale, held.view.past, imposed)
        if then.class_ != class_:
            return Change(to=then.class_, on=day)
    return None


def _days(facts: Facts, scale: Scale, held: Ruling) -> Iterator[dt.date | None]:
    ladder = scale.ladder(facts.facility)
    steps = ladder.steps if ladder else ()
    conditions = [each for step in steps for each in step.excepted]
    conditions += [each for rule in scale.rules for each in (*rule.when, *rule.lifted_by)]
    for condition in conditions:
        yield condition.turns_on(held.view)
    bounds = [int(str(each.bound)) for each in conditions if each.fact == DAYS_PAST_DUE]
    for days in {*(step.first_day for step in steps), *bounds, *(bound + 1 for bound in bounds)}:
        yield _day_of(days, facts, scale, held)


def _day_of(days: int, facts: Facts, scale: Scale, held: Ruling) -> dt.date | None:
    if facts.all_arrears_paid:
        return None
    if facts.oldest_due is not None:
        return scale.counting.day(facts.oldest_due, days)
    return days_on(facts.on, days - held.view.days) if held.view.days else None


def _by_needs(scale: Scale, held: Ruling, rank: int) -> Change | None:
    binding = [each for each in held.reasons if scale.rank(each.class_) >= rank]
    needs = [_need(each, scale, held, rank) for each in binding]
    if not rank or not needs or not all(needs):
        return None
    asked = [each for each in needs if each]
    all_paid = any(_ALL_PAID in each.conditions and not each.any_one for each in asked)
    if all_paid:
        asked = [each for each in asked if each.rule not in _OF_DAYS]
        asked = asked or [Need(rule=ARREARS_LEFT, conditions=(_ALL_PAID,))]
    left = [scale.rank(each.class_) for each in held.reasons if each not in binding and each.rule not in _OF_DAYS]
    step = _step_left(scale, held, rank, all_paid=all_paid)
    left += [scale.rank(step.class_)] if step else []
    return Change(to=scale.codes[max(left, default=0)], needs=tuple(asked))


def _step_left(scale: Scale, held: Ruling, rank: int, *, all_paid: bool) -> Step | None:
    """
    Return the step of days that remains: the first once all is paid, else the worst that is better than *rank*.
    """
    ladder = scale.ladder(held.view.facts.facility)
    if ladder is None or all_paid:
        return ladder.at(0, held.view)[0] if ladder else None
    if held.step is not None and scale.rank(held.step.class_) < rank:
        return held.step
    return max(
        (each for each in ladder.steps if scale.rank(each.class_) < rank), key=lambda each: each.first_day, default=None
    )


def _need(reason: Reason, scale: Scale, held: Ruling, rank: int) -> Need | None:
    if reason.rule in (DAYS_PAST_DUE, DAYS_NOT_KNOWN):
        return _need_of_days(scale, held, rank, reason.rule)
    if reason.rule == ARREARS_LEFT:
        return Need(rule=ARREARS_LEFT, conditions=(_ALL_PAID,))
    if reason.rule == OWN_ASSESSMENT:
        return Need(rule=OWN_ASSESSMENT, conditions=())
    rule = next((each for each in held.rules if each.code == reason.rule), None)
    return _need_of_rule(rule, held) if rule else Need(rule=reason.rule, conditions=())


def _need_of_days(scale: Scale, held: Ruling, rank: int, rule: str) -> Need | None:
    step = _step_left(scale, held, rank, all_paid=False)
    if step is None or step.last_day is None:
        return Need(rule=rule, conditions=()) if rule == DAYS_NOT_KNOWN else None
    return Need(rule=rule, conditions=(Condition(DAYS_PAST_DUE, Test.AT_MOST, step.last_day),))


def _need_of_rule(rule: Rule, held: Ruling) -> Need | None:
    if rule.lifted_by:
        unmet = tuple(each for each in rule.lifted_by if not each.holds(held.view))
        days = [each.turns_on(held.view) for each in unmet]
        return Need(
            rule=rule.code,
            conditions=unmet,
            any_one=rule.any_lifts,
            not_before=None if rule.any_lifts else max((day for day in days if day), default=None),
        )
    ends = tuple(end for end in (each.opposite() for each in rule.when) if end)
    return Need(rule=rule.code, conditions=ends, any_one=True) if ends else None
