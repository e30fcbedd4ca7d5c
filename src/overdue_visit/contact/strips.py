"""
A calendar cut into days: what is said when, as it lies on the wall clock of each.
"""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterator
from zoneinfo import ZoneInfo

import attrs

from overdue_visit.contact.wall_clock import MICROSECOND, clock_change
from overdue_visit.contact.week import Calendar, Stretch
from overdue_visit.instants import zone

_ONE_DAY = dt.timedelta(days=1)


@attrs.frozen(kw_only=True)
class Part:
    """
    A part of a stretch on one day.

    Args:
        begins, ends: After midnight by the wall clock; a limit that includes its last instant ends at that instant.
    """

    begins: dt.timedelta
    ends: dt.timedelta
    stretch: Stretch


@attrs.frozen(kw_only=True)
class Strip:
    """
    One day of a calendar.

    Args:
        parts: In order of time as it passed: where clocks were set back two lie over each other, where they were set
            forward there is a gap.
    """

    day: dt.date
    parts: tuple[Part, ...]


def strips(calendar: Calendar) -> tuple[Strip, ...]:
    """
    Cut a calendar into its days.
    """
    where = zone(calendar.zone)
    changes = [clock_change(day, where) for day in calendar.days]
    cuts = sorted({each for each in changes if each is not None})
    by_day: dict[dt.date, list[Part]] = {day: [] for day in calendar.days}
    for stretch in calendar.stretches:
        for day, part in _parts(stretch, cuts, where):
            if day in by_day:
                by_day[day].append(part)
    return tuple(Strip(day=day, parts=tuple(parts)) for day, parts in by_day.items())


def _parts(stretch: Stretch, cuts: list[dt.datetime], where: ZoneInfo) -> Iterator[tuple[dt.date, Part]]:
    points = [stretch.begins, *(cut for cut in cuts if stretch.begins < cut < stretch.ends), stretch.ends]
    for begins, ends in itertools.pairwise(points):
        wall = begins.astimezone(where).replace(tzinfo=None)
        first, last = _whole(wall), _whole(wall + (ends - begins))
        while first < last:
            midnight = dt.datetime.combine(first.date(), dt.time())
            until = min(last, midnight + _ONE_DAY)
            yield first.date(), Part(begins=first - midnight, ends=until - midnight, stretch=stretch)
            first = until


def _whole(wall: dt.datetime) -> dt.datetime:
    """
    Take back the microsecond by which an included bound lies inside.
    """
    return wall - MICROSECOND if wall.microsecond == 1 else wall
