"""
Wall clocks: local midnights, and the first instant from which something holds, whatever the clocks do.
"""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Callable, Iterable
from zoneinfo import ZoneInfo

MICROSECOND = dt.timedelta(microseconds=1)
_ONE_DAY = dt.timedelta(days=1)
_MARGIN = dt.timedelta(hours=30)
_MIDNIGHT = dt.time()


@functools.lru_cache(maxsize=8192)
def midnight(day: dt.date, zone: ZoneInfo) -> dt.datetime:
    """
    Return the instant at which a day begins in a zone, in UTC; where clocks skip midnight, the first after it.
    """
    change = clock_change(day, zone)
    begins = dt.datetime.combine(day, _MIDNIGHT, zone).astimezone(dt.UTC)
    if change is not None and begins.astimezone(zone).time() != _MIDNIGHT:
        return change
    return begins


@functools.lru_cache(maxsize=8192)
def clock_change(day: dt.date, zone: ZoneInfo) -> dt.datetime | None:
    """
    Return the first instant of a new offset around a day, in UTC and to the second; None if the clocks do not change.

    The hours shortly before and after the day are looked at too: a change at midnight belongs to both days.
    """
    noon = dt.datetime.combine(day, dt.time(12), dt.UTC)
    low, high = noon - _MARGIN, noon + _MARGIN
    before = low.astimezone(zone).utcoffset()
    if high.astimezone(zone).utcoffset() == before:
        return None
    seconds = int((high - low).total_seconds())
    first, last = 0, seconds
    while last - first > 1:
        middle = (first + last) // 2
        if (low + dt.timedelta(seconds=middle)).astimezone(zone).utcoffset() == before:
            first = middle
        else:
            last = middle
    return low + dt.timedelta(seconds=last)


def first_instant(
    after: dt.datetime,
    zone: ZoneInfo,
    *,
    edges: Iterable[dt.time],
    holds: Callable[[dt.datetime], bool],
    days: int,
    on: Callable[[dt.date], bool] = lambda _: True,
) -> dt.datetime | None:
    """
    Find the first instant later than *after* at which *holds* becomes true, within so many days.

    It can become true only at an edge of the wall clock, a microsecond after one, at a midnight, or where the clocks
    change: those instants are tried, never the minutes between them.

    Args:
        edges: Times of day at which it may become true.

        holds: Asked with instants in UTC.

        on: Whether it can be true at all on a local day; a day on which it cannot is passed in one step.
    """
    times = tuple({*edges, _MIDNIGHT})
    day = after.astimezone(zone).date()
    waiting = _candidates(day, zone, times) if on(day) else ()
    for _ in range(days):
        day += _ONE_DAY
        following = _candidates(day, zone, times) if on(day) else ()
        found = [each for each in (*waiting, *following) if each > after]
        for each in sorted(found):
            if holds(each):
                return each
        waiting = following
    return None


def _candidates(day: dt.date, zone: ZoneInfo, times: Iterable[dt.time]) -> tuple[dt.datetime, ...]:
    change = clock_change(day, zone)
    folds = (0,) if change is None else (0, 1)
    exact = [
        dt.datetime.combine(day, time.replace(fold=fold), zone).astimezone(dt.UTC) for time in times for fold in folds
    ]
    if change is not None and _belongs(change, day, zone):
        exact.append(change)
    return (*exact, *(each + MICROSECOND for each in exact))


def _belongs(change: dt.datetime, day: dt.date, zone: ZoneInfo) -> bool:
    """
    Tell whether clocks change on a day or at its end; another day's change would come before that day's own hours.
    """
    return day in {change.astimezone(zone).date(), (change - MICROSECOND).astimezone(zone).date()}
