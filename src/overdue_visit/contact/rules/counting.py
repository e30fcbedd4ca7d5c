"""
Rules that count: so many contacts within so many days, a cool-down after a conversation, days between messages.
"""

from __future__ import annotations

import abc
import bisect
import datetime as dt
import enum
from typing import ClassVar
from zoneinfo import ZoneInfo

import attrs

from overdue_visit.contact import checks
from overdue_visit.contact.contact import Contact
from overdue_visit.contact.rules.counted import Counted, Scope
from overdue_visit.contact.rules.question import Question
from overdue_visit.contact.rules.rule import NEVER, Block, Rule, distinct, farthest
from overdue_visit.contact.wall_clock import midnight
from overdue_visit.errors import InvalidValue

_MARGIN = dt.timedelta(days=2)


class Unit(enum.StrEnum):
    """Stretches of the calendar in which contacts are counted."""

    CALENDAR_WEEK = "calendar_week"
    """Monday to Sunday."""
    CALENDAR_MONTH = "calendar_month"
    EVER = "ever"


@attrs.frozen(kw_only=True)
class Counting(Rule):
    """A rule that passes while fewer than so many contacts are still within their time."""

    counts: Counted = attrs.field(metadata={"part": Counted})

    def _check(self) -> None:
        checks.value("counts", self.counts, Counted)

    @property
    @abc.abstractmethod
    def _room(self) -> int:
        """
        How many contacts within their time are too many for another one.
        """

    @property
    @abc.abstractmethod
    def _own_reach_days(self) -> int | None:
        """
        How many days back it looks, consents left aside.
        """

    @abc.abstractmethod
    def _expires(self, at: dt.datetime, zone: ZoneInfo) -> dt.datetime | None:
        """
        Return the instant from which a contact no longer counts; None: never.
        """

    @property
    def reach_days(self) -> int | None:
        """How many days back it looks; a consent that takes contacts out of the count may be older by its length."""
        consent = self.counts.not_consented
        own = self._own_reach_days
        counted = None if own is None else own + (consent.lasting_days if consent is not None else 0)
        return farthest((counted, *(each.reach_days for each in self.unless)))

    def _block(self, question: Question, at: dt.datetime, zone: ZoneInfo, /) -> Block | None:
        debts = question.debts if Scope.DEBT in self.counts.scope else question.debts[:1]
        blocks = [block for debt in debts if (block := self._block_for(debt, question, at, zone)) is not None]
        if not blocks:
            return None
        instants = [each.until for each in blocks if each.until is not None]
        until = max(instants) if len(instants) == len(blocks) else None
        return Block(until, distinct(blocks))

    def _block_for(self, debt: str, question: Question, at: dt.datetime, zone: ZoneInfo) -> Block | None:
        if self._room == 0:
            return NEVER
        within = question.once((id(self), debt, zone), lambda: self._within(debt, question, zone))
        if len(within) < self._room:
            return None
        until = self._full_until(within, question, zone)
        if until is not None and until <= at:
            return None
        # Later contacts expire later: the newest first, those that still count come before those that do not.
        counted = bisect.bisect_left(within, True, key=lambda each: not self._still_counts(each, at, zone))  # noqa: FBT003
        return Block(until, within[:counted])

    def _full_until(self, within: tuple[Contact, ...], question: Question, zone: ZoneInfo) -> dt.datetime | None:
        """
        Return the instant from which too few of the contacts, the newest first, still count; None: never.
        """
        until = self._expires(within[self._room - 1].at, zone)
        if not self.counts.several_channels:
            return until
        other = next((each for each in within if each.channel is not question.proposed.channel), None)
        mixed_until = question.proposed.at if other is None else self._expires(other.at, zone)
        return min((each for each in (until, mixed_until) if each is not None), default=None)

    def _within(self, debt: str, question: Question, zone: ZoneInfo) -> tuple[Contact, ...]:
        """
        Return the contacts that count and may not yet have expired, the newest first.
        """
        reach = self._own_reach_days
        since = None if reach is None else question.proposed.at - dt.timedelta(days=reach) - _MARGIN
        return self.counts.newest_first(question, debt, zone, since=since)

    def _has_matter(self, question: Question, /) -> bool:
        return bool(question.history) or self._room == 0

    def _still_counts(self, contact: Contact, at: dt.datetime, zone: ZoneInfo) -> bool:
        expires = self._expires(contact.at, zone)
        return expires is None or expires > at


@attrs.frozen(kw_only=True)
class Limit(Counting):
    """
    At most so many contacts, the proposed one included, within a stretch of time.

    Args:
        within_days: Consecutive calendar days, that of the first contact included; 1: the calendar day.

        within_minutes: Minutes by the clock.

        within: A stretch of the calendar. Exactly one of the three is given.
    """

    kind: ClassVar[str] = "limit"

    at_most: int
    within_days: int | None = None
    within_minutes: int | None = None
    within: Unit | None = None

    def _check(self) -> None:
        super()._check()
        checks.whole("at_most", self.at_most, 0, 1000)
        given = [each for each in (self.within_days, self.within_minutes, self.within) if each is not None]
        if len(given) != 1:
            raise InvalidValue("within", given, "exactly one of within_days, within_minutes and within")
        if self.within_days is not None:
            checks.whole("within_days", self.within_days, 1, 3660)
        if self.within_minutes is not None:
            checks.whole("within_minutes", self.within_minutes, 1, 1440)
        object.__setattr__(self, "within", checks.word_or_none(Unit, "within", self.within))

    @property
    def _room(self) -> int:
        return self.at_most

    @property
    def _own_reach_days(self) -> int | None:
        if self.within is not None:
            return {Unit.CALENDAR_WEEK: 7, Unit.CALENDAR_MONTH: 31, Unit.EVER: None}[self.within]
        return self.within_days or 1

    def _expires(self, at: dt.datetime, zone: ZoneInfo) -> dt.datetime | None:
        if self.within_minutes is not None:
            return at + dt.timedelta(minutes=self.within_minutes)
        day = at.astimezone(zone).date()
        if self.within_days is not None:
            return midnight(day + dt.timedelta(days=self.within_days), zone)
        if self.within is Unit.EVER:
            return None
        return midnight(_next_stretch(day, self.within), zone)


def _next_stretch(day: dt.date, unit: Unit | None) -> dt.date:
    if unit is Unit.CALENDAR_WEEK:
        return day + dt.timedelta(days=7 - day.weekday())
    return (day.replace(day=1) + dt.timedelta(days=32)).replace(day=1)


@attrs.frozen(kw_only=True)
class CoolDown(Counting):
    """
    No contact within so many consecutive days after a contact that counts, the day of that one being the first.

    Args:
        days: 7: after a Friday, not before the next Friday.
    """

    kind: ClassVar[str] = "cool_down"

    days: int

    def _check(self) -> None:
        super()._check()
        checks.whole("days", self.days, 1, 3660)

    @property
    def _room(self) -> int:
        return 1

    @property
    def _own_reach_days(self) -> int | None:
        return self.days

    def _expires(self, at: dt.datetime, zone: ZoneInfo) -> dt.datetime | None:
        return midnight(at.astimezone(zone).date() + dt.timedelta(days=self.days), zone)


@attrs.frozen(kw_only=True)
class Spacing(CoolDown):
    """So many days from one such contact to the next: with 2, after the 18th not before the 20th."""

    kind: ClassVar[str] = "spacing"
