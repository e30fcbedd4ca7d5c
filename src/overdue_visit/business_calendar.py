"""
Days of the calendar: months on, and which days the lender works, given as data.
"""

from __future__ import annotations

import calendar
import datetime as dt
import enum

import attrs

from overdue_visit.errors import InvalidValue
from overdue_visit.instants import plain_date

_ONE_DAY = dt.timedelta(days=1)
_LONGEST_CLOSURE = 366


class Roll(enum.StrEnum):
    """Where a date that falls on a day of rest moves to."""

    UNADJUSTED = "unadjusted"
    FOLLOWING = "following"
    PRECEDING = "preceding"
    MODIFIED_FOLLOWING = "modified_following"
    """Following, but back to the preceding business day where that would leave the month."""


@attrs.frozen(kw_only=True)
class BusinessCalendar:
    """
    The lender's working days.

    Args:
        weekend: Days of rest, Monday is 0.

        holidays: Dates of rest besides the weekend.

        workdays: Dates worked although they fall on a weekend or holiday (调休).

    Raises:
        InvalidValue: If every day is a day of rest, a weekday is not 0 to 6, or a date is both holiday and workday.
    """

    name: str = "weekends"
    weekend: frozenset[int] = frozenset({5, 6})
    holidays: frozenset[dt.date] = frozenset()
    workdays: frozenset[dt.date] = frozenset()

    def __attrs_post_init__(self) -> None:
        if not isinstance(self.weekend, frozenset) or any(type(each) is not int for each in self.weekend):
            raise InvalidValue("weekend", self.weekend, "a frozenset of days, 0 (Monday) to 6")
        if not self.weekend <= set(range(7)) or len(self.weekend) == 7:
            raise InvalidValue("weekend", sorted(self.weekend), "days 0 (Monday) to 6, and not all of them")
        _demand_dates("holidays", self.holidays)
        _demand_dates("workdays", self.workdays)
        both = self.holidays & self.workdays
        if both:
            raise InvalidValue("workdays", min(both), "dates that are not also holidays")

    def is_business_day(self, day: dt.date) -> bool:
        """
        Tell whether the lender works on *day*.
        """
        if day in self.workdays:
            return True
        return day.weekday() not in self.weekend and day not in self.holidays

    def on_or_after(self, day: dt.date) -> dt.date:
        """
        Return *day* itself if worked, else the next business day.
        """
        return self._seek(day, _ONE_DAY)

    def on_or_before(self, day: dt.date) -> dt.date:
        """
        Return *day* itself if worked, else the business day before it.
        """
        return self._seek(day, -_ONE_DAY)

    def _seek(self, day: dt.date, step: dt.timedelta) -> dt.date:
        found = plain_date(day, field="day")
        for _ in range(_LONGEST_CLOSURE):
            if self.is_business_day(found):
                return found
            found += step
        raise InvalidValue("holidays", self.name, f"a business day within {_LONGEST_CLOSURE} days of {day}")

    def roll(self, day: dt.date, roll: Roll) -> dt.date:
        """
        Move a date that falls on a day of rest as *roll* says.

        Raises:
            InvalidValue: If *roll* is no such rule, *day* is not a plain date, or no business day is near.
        """
        match roll:
            case Roll.UNADJUSTED:
                return plain_date(day, field="day")
            case Roll.FOLLOWING:
                return self.on_or_after(day)
            case Roll.PRECEDING:
                return self.on_or_before(day)
            case Roll.MODIFIED_FOLLOWING:
                following = self.on_or_after(day)
                return following if following.month == day.month else self.on_or_before(day)
            case _:
                raise InvalidValue("roll", roll, "one of " + ", ".join(repr(each.value) for each in Roll))

    def add(self, day: dt.date, business_days: int) -> dt.date:
        """
        Go *business_days* business days on from *day* (back if negative); *day* itself is not counted.

        Raises:
            InvalidValue: If *business_days* is not an ``int``, *day* is not a plain date, or no business day is near.
        """
        if type(business_days) is not int:
            raise InvalidValue("business_days", business_days, "a whole number of days")
        step = _ONE_DAY if business_days >= 0 else -_ONE_DAY
        found = plain_date(day, field="day")
        for _ in range(abs(business_days)):
            found = self._seek(found + step, step)
        return found

    def days_between(self, start: dt.date, end: dt.date) -> int:
        """
        Count the business days after *start*, through *end*; 0 if *end* is not later.

        Raises:
            InvalidValue: If one is not a plain date.
        """
        days = (plain_date(end, field="end") - plain_date(start, field="start")).days
        return sum(self.is_business_day(start + dt.timedelta(days=n)) for n in range(1, days + 1))


def _demand_dates(field: str, days: object) -> None:
    if not isinstance(days, frozenset):
        raise InvalidValue(field, days, "a frozenset of dates")
    for day in days:
        plain_date(day, field=field)


EVERY_DAY = BusinessCalendar(name="every_day", weekend=frozenset())
"""Every calendar day is a business day."""


def corresponding_day(day: dt.date, months: int, *, anchor: int | None = None) -> dt.date:
    """
    Go *months* months on from *day*, or back if negative; where the month is too short, to its last day.

    Args:
        anchor: The day of the month to come to; that of *day* unless given, so that 31 January leads from 28 February
            to 31 March.

    Raises:
        OverflowError: If that is before the year 1 or after the year 9999.
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not dt.MINYEAR <= year <= dt.MAXYEAR:
        raise OverflowError(f"{months} months from {day}")
    longest = calendar.monthrange(year, month + 1)[1]
    return dt.date(year, month + 1, min(day.day if anchor is None else anchor, longest))
