"""
The instants at which a verdict can change, found in the values that it is made from and never by trying minutes.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar
from zoneinfo import ZoneInfo

import attrs

from overdue_visit.contact.contact import Contact
from overdue_visit.contact.known import Known
from overdue_visit.contact.rules.counting import Limit
from overdue_visit.contact.rules.overlay import Rules, every_rule
from overdue_visit.contact.rules.timing import InconvenientTimes
from overdue_visit.contact.wall_clock import MICROSECOND, clock_change

_Kind = TypeVar("_Kind", dt.time, dt.datetime)
_ONE_DAY = dt.timedelta(days=1)
_MIDNIGHT = dt.time()


def turning_points(
    begins: dt.datetime, ends: dt.datetime, *, history: Sequence[Contact], rules: Rules, known: Known
) -> tuple[dt.datetime, ...]:
    """
    List the instants after *begins* and before *ends* between which no verdict changes, in order.

    Rules count in days and hours of the wall clock, so these are its midnights and every time of day that stands in
    the rules or is known of the person, in each candidate zone, changes of the clocks, instants that are known, and
    minutes after contacts. A bound that is included ends a microsecond later, so each comes twice.
    """
    times = {_MIDNIGHT, *_of_kind(dt.time, (rules, known))}
    exact = {*_of_kind(dt.datetime, known), *(each.at for each in history), *_minutes_later(history, rules)}
    for zone in known.places:
        day = begins.astimezone(zone).date()
        exact.update(_of_the_clock(begins, ends, times.union(_of_barred_hours(day, rules, known)), zone))
    both = (instant for each in exact for instant in (each, each + MICROSECOND))
    return tuple(sorted({each for each in both if begins < each < ends}))


def _minutes_later(history: Sequence[Contact], rules: Rules) -> Iterator[dt.datetime]:
    counting = (rule for _, rule in every_rule(rules) if isinstance(rule, Limit))
    for minutes in {rule.within_minutes for rule in counting if rule.within_minutes is not None}:
        yield from (each.at + dt.timedelta(minutes=minutes) for each in history)


def _of_barred_hours(day: dt.date, rules: Rules, known: Known) -> Iterator[dt.time]:
    for _, rule in every_rule(rules):
        barred = rule.barred(known.inconvenient_times) if isinstance(rule, InconvenientTimes) else None
        if barred is not None:
            yield from barred.edges(day)


def _of_the_clock(
    begins: dt.datetime, ends: dt.datetime, times: Iterable[dt.time], zone: ZoneInfo
) -> Iterator[dt.datetime]:
    day, last = begins.astimezone(zone).date(), ends.astimezone(zone).date()
    while day <= last:
        change = clock_change(day, zone)
        if change is not None:
            yield change
        for time in times:
            for fold in (0,) if change is None else (0, 1):
                yield dt.datetime.combine(day, time.replace(fold=fold), zone).astimezone(dt.UTC)
        day += _ONE_DAY


def _of_kind(kind: type[_Kind], value: object) -> Iterator[_Kind]:
    """
    Yield what stands in a value, however deep, and is of a kind.
    """
    held = type(value)
    parts: Iterable[object] = ()
    if isinstance(value, kind):
        yield value
    elif isinstance(value, tuple | list | frozenset):
        parts = value
    elif attrs.has(held):
        parts = (getattr(value, field.name) for field in attrs.fields(held))
    for part in parts:
        yield from _of_kind(kind, part)
