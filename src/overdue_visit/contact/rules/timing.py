"""
Rules about the hour: windows of the law, hours that a person called inconvenient, a day that a debtor announced.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import ClassVar
from zoneinfo import ZoneInfo

import attrs

from overdue_visit.contact import checks
from overdue_visit.contact.hours import Hours, Timetable
from overdue_visit.contact.party import InconvenientTime
from overdue_visit.contact.rules.barred import Barred
from overdue_visit.contact.rules.question import Question
from overdue_visit.contact.rules.rule import Block, Rule
from overdue_visit.contact.vocabulary import WEEK, Day
from overdue_visit.contact.wall_clock import first_instant, midnight
from overdue_visit.errors import InvalidValue

HORIZON_DAYS = 1100
"""About three years: later openings are not looked for."""
_LONGEST_CLOSURE_DAYS = 400
_HOURS_OF_A_WEEK = 168
_ONE_DAY = dt.timedelta(days=1)


@attrs.frozen(kw_only=True)
class Window(Rule):
    """
    Contact within these hours only, by the wall clock where the consumer is.

    Args:
        hours: When it is allowed; a day without hours is closed.

        closed_on_holidays: No contact on public holidays; without it, hours for ``Holiday`` hold on them.

        agreement_replaces: Hours that the parties agreed on take the place of these.

    Raises:
        InvalidValue: If it closes on holidays and has hours for them.
    """

    kind: ClassVar[str] = "window"

    hours: tuple[Hours, ...] = attrs.field(metadata={"part": Hours})
    closed_on_holidays: bool = False
    agreement_replaces: bool = False
    timetable: Timetable = attrs.field(init=False, repr=False, eq=False)

    def _check(self) -> None:
        checks.values("hours", self.hours, Hours)
        if not self.hours:
            raise InvalidValue("hours", self.hours, "at least one stretch of hours")
        checks.yes_or_no("closed_on_holidays", self.closed_on_holidays)
        checks.yes_or_no("agreement_replaces", self.agreement_replaces)
        object.__setattr__(self, "timetable", Timetable(self.hours, self.closed_on_holidays))
        if self.closed_on_holidays and self.timetable.by_day[Day.HOLIDAY]:
            raise InvalidValue("closed_on_holidays", self.closed_on_holidays, "false where some hours are for Holiday")

    def _block(self, question: Question, at: dt.datetime, zone: ZoneInfo, /) -> Block | None:
        known = question.known
        agreed = known.agreed if self.agreement_replaces else None
        table = agreed or self.timetable

        def is_open(instant: dt.datetime) -> bool:
            return table.open_at(instant.astimezone(zone), known.holidays)

        if is_open(at):
            return None

        def opens_on(day: dt.date) -> bool:
            return table.may_open_on(day, known.holidays)

        return Block(first_instant(at, zone, edges=table.edges, holds=is_open, days=_LONGEST_CLOSURE_DAYS, on=opens_on))


@attrs.frozen(kw_only=True)
class InconvenientTimes(Rule):
    """
    No contact at times that the person, or a file about the person, calls inconvenient.

    Args:
        hours_a_week: Only so many hours of a week, in the order in which the person named them; None: all.

        beyond_hours_a_week: Only what lies beyond so many hours of a week; None: all. One of the two at most.
    """

    kind: ClassVar[str] = "inconvenient_times"

    hours_a_week: int | None = None
    beyond_hours_a_week: int | None = None

    def _check(self) -> None:
        for field in ("hours_a_week", "beyond_hours_a_week"):
            if getattr(self, field) is not None:
                checks.whole(field, getattr(self, field), 1, _HOURS_OF_A_WEEK - 1)
        if self.hours_a_week is not None and self.beyond_hours_a_week is not None:
            raise InvalidValue("beyond_hours_a_week", self.beyond_hours_a_week, "one of the two numbers of hours")

    def _has_matter(self, question: Question, /) -> bool:
        return bool(question.known.inconvenient_times)

    def _block(self, question: Question, at: dt.datetime, zone: ZoneInfo, /) -> Block | None:
        times = question.known.inconvenient_times
        facts = tuple(each for each in times if _inside(each, at, zone))
        barred = self.barred(times) if facts else None
        if not facts or (barred is not None and not barred.holds(at.astimezone(zone))):
            return None

        def is_convenient(instant: dt.datetime) -> bool:
            if barred is not None:
                return not barred.holds(instant.astimezone(zone))
            return not any(_inside(each, instant, zone) for each in times)

        edges = tuple({edge for each in times for edge in each.hours.edges})
        if barred is not None:
            edges = (*edges, *barred.edges(at.astimezone(zone).date()))
        return Block(first_instant(at, zone, edges=edges, holds=is_convenient, days=HORIZON_DAYS), facts)

    def barred(self, times: Sequence[InconvenientTime]) -> Barred | None:
        """
        Return what of the times binds; None if all of them do.
        """
        hours = self.hours_a_week or self.beyond_hours_a_week
        return None if hours is None else Barred(times, hours, self.beyond_hours_a_week is not None)


def _inside(time: InconvenientTime, at: dt.datetime, zone: ZoneInfo) -> bool:
    wall = at.astimezone(zone)
    day, hours = wall.date(), time.hours
    if WEEK[day.weekday()] in hours.days and time.holds_on(day) and hours.hold_on_the_day(wall.time()):
        return True
    before = day - _ONE_DAY
    return WEEK[before.weekday()] in hours.days and time.holds_on(before) and hours.hold_on_the_next_day(wall.time())


@attrs.frozen(kw_only=True)
class AnnouncedDay(Rule):
    """No contact before the reasonable day on which the debtor said they would pay or be in touch."""

    kind: ClassVar[str] = "announced_day"

    def _has_matter(self, question: Question, /) -> bool:
        return question.known.announcement is not None

    def _block(self, question: Question, at: dt.datetime, zone: ZoneInfo, /) -> Block | None:
        announced = question.known.announcement
        if announced is None or not announced.reasonable:
            return None
        begins = midnight(announced.on, zone)
        return Block(begins, (announced,)) if at < begins else None
