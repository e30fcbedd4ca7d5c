"""
How the law counts days: whether the first day counts, where a month ends, what a day of rest does, when a day is over.
"""

from __future__ import annotations

import datetime as dt
import enum

import attrs

from overdue_visit.business_calendar import EVERY_DAY, BusinessCalendar, Roll, corresponding_day
from overdue_visit.declared import check_fields, expect
from overdue_visit.errors import InvalidValue
from overdue_visit.instants import local, plain_date

_ONE_DAY = dt.timedelta(days=1)
_LONGEST = {"days": 36_600, "business_days": 3_660, "months": 1_200, "years": 100}


class Unit(enum.StrEnum):
    """What a period is counted in."""

    DAYS = "days"
    BUSINESS_DAYS = "business_days"
    """Days that are neither of the weekend nor holidays of the calendar handed in."""
    MONTHS = "months"
    YEARS = "years"


@attrs.frozen(kw_only=True)
class Counting:
    """
    One way to count a period.

    Args:
        name: Its name in the data of the rules.

        first_day_counts: Whether the day of the event is the first day of the period, or the day after it is.

        rest_days: Where a last day that is a day of rest moves to.
    """

    name: str
    first_day_counts: bool = False
    rest_days: Roll = Roll.UNADJUSTED

    def __attrs_post_init__(self) -> None:
        check_fields(self)

    def last_day(
        self, event: dt.date, length: int, unit: Unit | str = Unit.DAYS, *, calendar: BusinessCalendar = EVERY_DAY
    ) -> dt.date:
        """
        Return the last day of a period that an event starts.

        Months and years end on the day that corresponds to the day before the first counted one; where the month has no
        such day, on its last. A period whose first day counts is one that the day before would have started.

        Args:
            calendar: The days of rest, for business days and for a last day that is a day of rest.

        Raises:
            InvalidValue: If *event* is not a date, *length* not a positive ``int``, the unit unknown, or the end
                is not in the years 1 to 9999.
        """
        day = plain_date(event, field="event")
        expect("calendar", calendar, BusinessCalendar)
        known = _unit(unit)
        if type(length) is not int or not 1 <= length <= _LONGEST[known]:
            raise InvalidValue("length", length, f"a whole number from 1 to {_LONGEST[known]}")
        try:
            before_first = day - _ONE_DAY if self.first_day_counts else day
            return calendar.roll(_ahead(before_first, length, known, calendar), self.rest_days)
        except OverflowError:
            raise InvalidValue("event", event, "a date whose period ends in the years 1 to 9999") from None


CIVIL_CODE = Counting(name="civil_code", rest_days=Roll.FOLLOWING)
"""China: the day of the event does not count; the corresponding day, else the month's last; a last day of rest moves to
the next working day (Civil Code arts. 200-203)."""

AFTER = Counting(name="after")
""""Within so many days of" or "after": the day of the event does not count, and days of rest move nothing."""

BEGINNING_WITH = Counting(name="beginning_with", first_day_counts=True)
""""A period beginning with the day on which": the day of the event is day one, and days of rest move nothing."""

COUNTINGS: dict[str, Counting] = {each.name: each for each in (CIVIL_CODE, AFTER, BEGINNING_WITH)}
"""The ways of counting, by name."""


def _unit(unit: Unit | str) -> Unit:
    try:
        return Unit(unit)
    except (ValueError, TypeError):
        raise InvalidValue("unit", unit, "one of " + ", ".join(repr(each.value) for each in Unit)) from None


def _ahead(day: dt.date, length: int, unit: Unit, calendar: BusinessCalendar) -> dt.date:
    match unit:
        case Unit.DAYS:
            return day + dt.timedelta(days=length)
        case Unit.BUSINESS_DAYS:
            return calendar.add(day, length)
        case Unit.MONTHS:
            return corresponding_day(day, length)
        case Unit.YEARS:
            return corresponding_day(day, 12 * length)


def end_of(last_day: dt.date, where: dt.tzinfo, *, closes: dt.time | None = None) -> dt.datetime:
    """
    Return the instant at which a last day is over, in UTC.

    Args:
        closes: The end of business hours on that day, where the act needs an open counter; without it the day ends at
            24:00 (Civil Code art. 203).

    Raises:
        InvalidValue: If a value is of another kind, or the day after *last_day* is in no calendar.
    """
    day = plain_date(last_day, field="last_day")
    expect("where", where, dt.tzinfo)
    expect("closes", closes, dt.time | None)
    if closes is None and day == dt.date.max:
        raise InvalidValue("last_day", day, "a day with another one after it")
    return local(day, closes, where) if closes is not None else local(day + _ONE_DAY, dt.time.min, where)
