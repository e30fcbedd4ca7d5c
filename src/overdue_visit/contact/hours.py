"""
Hours of the wall clock on certain days, each bound in or out.
"""

from __future__ import annotations

import datetime as dt

import attrs

from overdue_visit.contact import checks, words
from overdue_visit.contact.vocabulary import WEEK, Day
from overdue_visit.errors import InvalidValue

_ONE_DAY = dt.timedelta(days=1)


@attrs.frozen(kw_only=True)
class Hours:
    """
    A stretch of the wall clock on each of some days.

    Args:
        days: Days of the week, and ``Holiday``.

        end: None: the end of the day.

        start_included, end_included: Whether the very instant belongs to it.

        crosses_midnight: It ends on the next day; it belongs to the day on which it starts.

    Raises:
        InvalidValue: If no day is named, or the end is not after the start without crossing midnight, or is although
            it crosses.
    """

    days: tuple[Day, ...] = attrs.field(converter=words.days)
    start: dt.time
    end: dt.time | None = None
    start_included: bool = True
    end_included: bool = False
    crosses_midnight: bool = False

    def __attrs_post_init__(self) -> None:
        if not self.days:
            raise InvalidValue("days", self.days, "at least one day")
        checks.wall_time("start", self.start)
        for field in ("start_included", "end_included", "crosses_midnight"):
            checks.yes_or_no(field, getattr(self, field))
        if self.end is None:
            if self.crosses_midnight:
                raise InvalidValue("end", None, "a time on the next day, as it crosses midnight")
            return
        checks.wall_time("end", self.end)
        if self.crosses_midnight and self.end > self.start:
            raise InvalidValue("end", self.end, f"a time not after {self.start}, as it crosses midnight")
        if not self.crosses_midnight and self.end <= self.start:
            raise InvalidValue("end", self.end, f"a time after {self.start}, or crosses_midnight = true")

    def hold_on_the_day(self, time: dt.time) -> bool:
        """
        Tell whether a time of the day on which it starts lies inside.

        Raises:
            InvalidValue: If it is no time of day, or has an offset.
        """
        checks.wall_time("time", time)
        if time < self.start or (time == self.start and not self.start_included):
            return False
        return self.crosses_midnight or self._before_the_end(time)

    def hold_on_the_next_day(self, time: dt.time) -> bool:
        """
        Tell whether a time of the day after the one on which it starts lies inside.

        Raises:
            InvalidValue: If it is no time of day, or has an offset.
        """
        checks.wall_time("time", time)
        return self.crosses_midnight and self._before_the_end(time)

    def _before_the_end(self, time: dt.time) -> bool:
        return self.end is None or time < self.end or (time == self.end and self.end_included)

    @property
    def edges(self) -> tuple[dt.time, ...]:
        """The times at which it starts and ends."""
        return (self.start,) if self.end is None else (self.start, self.end)


@attrs.frozen
class Timetable:
    """Hours by day of the week; on public holidays the hours for ``Holiday`` alone, if there are any or it closes."""

    hours: tuple[Hours, ...]
    closed_on_holidays: bool = False
    by_day: dict[Day, tuple[Hours, ...]] = attrs.field(init=False, repr=False, eq=False)

    def __attrs_post_init__(self) -> None:
        by_day = {day: tuple(each for each in self.hours if day in each.days) for day in Day}
        object.__setattr__(self, "by_day", by_day)

    def open_at(self, wall: dt.datetime, holidays: frozenset[dt.date]) -> bool:
        """
        Tell whether a local time lies inside the hours.
        """
        day, time = wall.date(), wall.time()
        if any(each.hold_on_the_day(time) for each in self._of(day, holidays)):
            return True
        return any(each.hold_on_the_next_day(time) for each in self._of(day - _ONE_DAY, holidays))

    def may_open_on(self, day: dt.date, holidays: frozenset[dt.date]) -> bool:
        """
        Tell whether any of a day lies inside the hours.
        """
        if self._of(day, holidays):
            return True
        return any(each.crosses_midnight for each in self._of(day - _ONE_DAY, holidays))

    def _of(self, day: dt.date, holidays: frozenset[dt.date]) -> tuple[Hours, ...]:
        if day in holidays and (self.closed_on_holidays or self.by_day[Day.HOLIDAY]):
            return self.by_day[Day.HOLIDAY]
        return self.by_day[WEEK[day.weekday()]]

    @property
    def edges(self) -> tuple[dt.time, ...]:
        """The times at which any of the hours starts or ends."""
        return tuple({edge for each in self.hours for edge in each.edges})
