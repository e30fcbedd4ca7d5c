"""
How much of the times that a person called inconvenient a law makes binding: so many hours of each week, and no more.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

import attrs

from overdue_visit.contact.party import InconvenientTime
from overdue_visit.contact.vocabulary import WEEK

_DAY, _WEEK = dt.timedelta(days=1), dt.timedelta(days=7)
_MIDNIGHT = dt.time()
_ANY_MIDNIGHT = dt.datetime.combine(dt.date(2026, 1, 5), _MIDNIGHT)
Stretch = tuple[dt.timedelta, dt.timedelta]
"""From the first instant on until the second, both counted from Monday 0:00 by the wall clock."""


@attrs.frozen
class Barred:
    """
    The times of each week that lie within so many hours, or beyond them.

    Hours are taken in the order in which the person named them, those of one request from Monday on, until so many
    are full; what comes twice counts once. A stretch belongs to the week in which it begins.
    """

    times: Sequence[InconvenientTime]
    hours: int
    beyond: bool
    weeks: dict[dt.date, tuple[Stretch, ...]] = attrs.field(factory=dict, init=False, repr=False, eq=False)

    def holds(self, wall: dt.datetime) -> bool:
        """
        Tell whether a local time lies inside.
        """
        monday = wall.date() - wall.weekday() * _DAY
        since = wall.replace(tzinfo=None) - dt.datetime.combine(monday, _MIDNIGHT)
        return any(begins <= since < ends for begins, ends in self._of(monday)) or any(
            begins <= since + _WEEK < ends for begins, ends in self._of(monday - _WEEK)
        )

    def edges(self, day: dt.date) -> tuple[dt.time, ...]:
        """
        List the times of day at which any of it begins or ends, in the week of a day and wherever requests change.
        """
        changes = [change for each in self.times for change in (each.since, each.until) if change is not None]
        mondays = {each - each.weekday() * _DAY for each in (day, *changes)}
        weeks = {monday + step for monday in mondays for step in (-_WEEK, 0 * _DAY, _WEEK)}
        at = (edge % _DAY for monday in weeks for stretch in self._of(monday) for edge in stretch)
        return tuple({(_ANY_MIDNIGHT + each).time() for each in at})

    def _of(self, monday: dt.date) -> tuple[Stretch, ...]:
        if monday not in self.weeks:
            within, rest = _split(self.times, monday, self.hours * dt.timedelta(hours=1))
            self.weeks[monday] = rest if self.beyond else within
        return self.weeks[monday]


def _split(
    times: Sequence[InconvenientTime], monday: dt.date, most: dt.timedelta
) -> tuple[tuple[Stretch, ...], tuple[Stretch, ...]]:
    within: list[Stretch] = []
    beyond: list[Stretch] = []
    for stretch in _stretches(times, monday):
        for begins, ends in _without(stretch, [*within, *beyond]):
            full = min(ends, begins + most)
            most -= full - begins
            within.extend([(begins, full)] if begins < full else [])
            beyond.extend([(full, ends)] if full < ends else [])
    return tuple(within), tuple(beyond)


def _stretches(times: Sequence[InconvenientTime], monday: dt.date) -> Iterator[Stretch]:
    for each in times:
        for number, name in enumerate(WEEK):
            if name in each.hours.days and each.holds_on(monday + number * _DAY):
                midnight = number * _DAY
                ends = midnight + (_DAY if each.hours.end is None else _after_midnight(each.hours.end))
                yield midnight + _after_midnight(each.hours.start), ends + each.hours.crosses_midnight * _DAY


def _after_midnight(time: dt.time) -> dt.timedelta:
    return dt.datetime.combine(_ANY_MIDNIGHT, time) - _ANY_MIDNIGHT


def _without(stretch: Stretch, taken: Sequence[Stretch]) -> list[Stretch]:
    """
    Return what of a stretch is not taken yet, in order.
    """
    left = [stretch]
    for begins, ends in taken:
        parts = [part for first, last in left for part in ((first, min(last, begins)), (max(first, ends), last))]
        left = [(first, last) for first, last in parts if first < last]
    return left
