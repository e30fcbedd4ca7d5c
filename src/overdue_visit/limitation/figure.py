"""
One figure of a rule: a period, a count, a share, a list of words, or a bare statement, each with its source.
"""

from __future__ import annotations

import datetime as dt
import enum

import attrs

from overdue_visit.business_calendar import EVERY_DAY, BusinessCalendar
from overdue_visit.declared import check_fields
from overdue_visit.errors import InvalidValue
from overdue_visit.limitation import checks
from overdue_visit.limitation.counting import Counting, Unit
from overdue_visit.limitation.result import Bound, Deadline, Fact, State
from overdue_visit.limitation.source import Source
from overdue_visit.rate import Rate

Value = int | Rate | tuple[str, ...] | None


class Shape(enum.StrEnum):
    """What kind of figure it is."""

    PERIOD = "period"
    """A length of time, with its unit and its way of counting."""
    COUNT = "count"
    """A whole number."""
    SHARE = "share"
    """A part of something; ``"0.50"`` is a half."""
    WORDS = "words"
    """A list of codes."""
    STATEMENT = "statement"
    """A rule without a number."""


@attrs.frozen(kw_only=True)
class Figure:
    """
    One figure of a rule.

    Args:
        rule: Its rule set and name, such as ``"us-reg-x.live_contact"``.

        unit: Of a period.

        counting: Of a period.
    """

    rule: str
    shape: Shape
    source: Source
    value: Value = None
    unit: Unit | None = None
    counting: Counting | None = None

    def __attrs_post_init__(self) -> None:
        check_fields(self)

    @property
    def whole(self) -> int:
        """
        The number of a period or count.

        Raises:
            InvalidValue: If the figure is of another shape.
        """
        if not isinstance(self.value, int):
            raise InvalidValue(self.rule, self.value, "a whole number")
        return self.value

    @property
    def share(self) -> Rate:
        """
        The part, without a period.

        Raises:
            InvalidValue: If the figure is of another shape.
        """
        if not isinstance(self.value, Rate):
            raise InvalidValue(self.rule, self.value, "a share")
        return self.value

    @property
    def words(self) -> tuple[str, ...]:
        """
        The codes, in the order of the rule.

        Raises:
            InvalidValue: If the figure is of another shape.
        """
        if not isinstance(self.value, tuple):
            raise InvalidValue(self.rule, self.value, "a list of words")
        return self.value

    def last_day(self, event: dt.date, *, calendar: BusinessCalendar = EVERY_DAY) -> dt.date:
        """
        Return the last day of the period that an event starts, as the rule counts.

        Raises:
            InvalidValue: If the figure is no period, or *event* not a date.
        """
        if self.unit is None or self.counting is None:
            raise InvalidValue(self.rule, self.shape, "a period")
        return self.counting.last_day(event, self.whole, self.unit, calendar=calendar)

    def deadline(
        self,
        name: str,
        event: dt.date,
        *,
        bound: Bound,
        moved_by: tuple[str, ...] = (),
        paid_on: dt.date | None = None,
    ) -> Deadline:
        """
        Say what the period that one event starts sets a day for.

        Args:
            name: What the event is called among the facts, and in a refusal.

            paid_on: The day on which all was paid; a payment within the period ends the duty.

        Raises:
            InvalidValue: If the figure is no period, or a date is no date.
        """
        started, paid = checks.day(name, event), checks.day_or_none("paid_on", paid_on)
        day = self.last_day(started)
        needed = paid is None or paid > day
        return Deadline(
            rule=self.rule,
            day=day if needed else None,
            state=State.RUNNING if needed else State.NOT_REQUIRED,
            bound=bound,
            source=self.source,
            facts=(Fact(name, started), *(() if paid is None else (Fact("paid_on", paid),))),
            moved_by=moved_by,
        )

    def off_rest_days(self, day: dt.date, *, calendar: BusinessCalendar) -> dt.date:
        """
        Move a last day that is a day of rest, as the rule counts.

        Raises:
            InvalidValue: If the figure is no period.
        """
        if self.counting is None:
            raise InvalidValue(self.rule, self.shape, "a period")
        return checks.calendar(calendar).roll(checks.day("day", day), self.counting.rest_days)
