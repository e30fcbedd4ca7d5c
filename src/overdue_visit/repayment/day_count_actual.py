"""
Day counts of actual days: over a fixed year, over the calendar's years, over a reference period, or business days.
"""

from __future__ import annotations

import calendar
import datetime as dt
import enum
import functools
from collections.abc import Sequence
from fractions import Fraction
from operator import sub

import attrs

from overdue_visit.business_calendar import BusinessCalendar
from overdue_visit.errors import InvalidValue
from overdue_visit.repayment import periods
from overdue_visit.repayment.day_count import DayCount, Shares, demand_periods
from overdue_visit.repayment.demands import demand

_ONE_DAY = dt.timedelta(days=1)


class _ActualDays(DayCount):
    def _days(self, start: dt.date, end: dt.date) -> int:
        return (end - start).days


@attrs.frozen
class Actual(_ActualDays):
    """
    Actual days over a year of fixed length: *year* is 360, 364, 365, 365 1/4 or 366 days, or any other.

    Raises:
        InvalidValue: If *year* is not a positive ``Fraction``.
    """

    label: str
    year: Fraction

    def __attrs_post_init__(self) -> None:
        if not isinstance(self.year, Fraction) or self.year <= 0:
            raise InvalidValue("year", self.year, "a positive Fraction of days, such as Fraction(365)")

    @property
    def name(self) -> str:
        """What contracts call it."""
        return self.label

    def _fraction(self, start: dt.date, end: dt.date) -> Fraction:
        return (end - start).days / self.year

    def shares(self, drawn: dt.date, dues: Sequence[dt.date]) -> Shares:
        """
        Return the days of each period over the days of the year.
        """
        demand_periods(drawn, dues)
        ordinals = [day.toordinal() for day in (drawn, *dues)]
        above, below = self.year.denominator, self.year.numerator
        return Shares.of([days * above for days in map(sub, ordinals[1:], ordinals)], below)


class YearCut(enum.Enum):
    """Which day the days of a year are counted from when a period crosses New Year."""

    ISDA = "act/act ISDA"
    """From 1 January: a period's first day belongs to it, its last does not (2006 ISDA Definitions 4.16(b))."""
    YEAR_END = "act/act cut at 31 December"
    """From 31 December: a period's last day belongs to it, its first does not (Apache Fineract)."""


@attrs.frozen
class ActualActual(_ActualDays):
    """Actual days over 366 for those that lie in a leap year, over 365 for the others."""

    cut: YearCut

    @property
    def name(self) -> str:
        """What contracts call it."""
        return self.cut.value

    def _fraction(self, start: dt.date, end: dt.date) -> Fraction:
        if self.cut is YearCut.YEAR_END:
            return self._from_new_year(start + _ONE_DAY, end + _ONE_DAY)
        return self._from_new_year(start, end)

    def _from_new_year(self, start: dt.date, end: dt.date) -> Fraction:
        if start.year == end.year:
            return Fraction((end - start).days, _length(start.year))
        before = Fraction((dt.date(start.year + 1, 1, 1) - start).days, _length(start.year))
        after = Fraction((end - dt.date(end.year, 1, 1)).days, _length(end.year))
        return before + (end.year - start.year - 1) + after


@attrs.frozen
class ActualAFB(_ActualDays):
    """
    Whole years counted back from the end, and the days left over 366 if 29 February is among them, else 365.

    As the Association Française des Banques wrote it down in 1994; a whole year back from 28 February is the last day
    of the February before.
    """

    @property
    def name(self) -> str:
        """What contracts call it."""
        return "act/act AFB"

    def _fraction(self, start: dt.date, end: dt.date) -> Fraction:
        years = max(0, end.year - start.year - 1)
        while self._years_before(end, years + 1) >= start:
            years += 1
        rest = self._years_before(end, years)
        return years + Fraction((rest - start).days, 366 if _holds_leap_day(start, rest) else 365)

    @staticmethod
    def _years_before(end: dt.date, years: int) -> dt.date:
        if not years:
            return end
        year, day = end.year - years, end.day
        if end.month == 2 and day >= 28:
            day = calendar.monthrange(year, 2)[1]
        return dt.date(year, end.month, day)


@attrs.frozen
class ActualICMA(_ActualDays):
    """
    Actual days over the days of the reference period, times the periods in a year (ICMA Rule 251).

    What lies outside the reference period is measured on the regular periods before and after it. These keep the
    reference's day of the month, or the month's end if both its dates are at a month's end.

    Args:
        reference_start: First day of a regular period.

        reference_end: Its last day, the first of the next.

        frequency: Regular periods in a year: 1, 2, 3, 4, 6 or 12.

    Raises:
        InvalidValue: If the reference period does not rise, or *frequency* does not divide a year into whole months.
    """

    reference_start: dt.date
    reference_end: dt.date
    frequency: int

    def __attrs_post_init__(self) -> None:
        periods.demand_rising((self.reference_start, self.reference_end), "reference")
        if type(self.frequency) is not int or self.frequency < 1 or 12 % self.frequency:
            raise InvalidValue("frequency", self.frequency, "periods in a year: 1, 2, 3, 4, 6 or 12")

    @property
    def name(self) -> str:
        """What contracts call it."""
        return "act/act ICMA"

    def _fraction(self, start: dt.date, end: dt.date) -> Fraction:
        total = Fraction(0)
        at = self._period_of(start)
        while self._edge(at) < end:
            first, last = self._edge(at), self._edge(at + 1)
            total += Fraction((min(end, last) - max(start, first)).days, (last - first).days)
            at += 1
        return total / self.frequency

    def _period_of(self, day: dt.date) -> int:
        months = 12 // self.frequency
        at = (12 * (day.year - self.reference_start.year) + day.month - self.reference_start.month) // months
        while self._edge(at) > day:
            at -= 1
        while self._edge(at + 1) <= day:
            at += 1
        return at

    def _edge(self, at: int) -> dt.date:
        if at == 0:
            return self.reference_start
        if at == 1:
            return self.reference_end
        origin = self.reference_start
        month = 12 * origin.year + origin.month - 1 + at * (12 // self.frequency)
        return periods.in_month(month, self._anchor())

    def _anchor(self) -> int:
        ends = (self.reference_start, self.reference_end)
        if all(day.day == calendar.monthrange(day.year, day.month)[1] for day in ends):
            return 31
        return max(day.day for day in ends)


@attrs.frozen
class Business252(DayCount):
    """Business days over 252 (Brazil): the first day counts if it is worked, the last does not."""

    calendar: BusinessCalendar

    def __attrs_post_init__(self) -> None:
        demand(self.calendar, BusinessCalendar, "calendar")

    @property
    def name(self) -> str:
        """What contracts call it."""
        return "business/252"

    def _days(self, start: dt.date, end: dt.date) -> int:
        return self.calendar.days_between(start - _ONE_DAY, end - _ONE_DAY)

    def _fraction(self, start: dt.date, end: dt.date) -> Fraction:
        return Fraction(self._days(start, end), 252)


@functools.cache
def _length(year: int) -> int:
    return 366 if calendar.isleap(year) else 365


def _holds_leap_day(start: dt.date, end: dt.date) -> bool:
    return any(start <= dt.date(year, 2, 29) < end for year in {start.year, end.year} if calendar.isleap(year))


ACT_360 = Actual("act/360", Fraction(360))
"""Actual days over 360."""
ACT_364 = Actual("act/364", Fraction(364))
"""Actual days over 364: 52 weeks."""
ACT_365F = Actual("act/365F", Fraction(365))
"""Actual days over 365, in leap years too."""
ACT_365_25 = Actual("act/365.25", Fraction(1461, 4))
"""Actual days over 365 1/4."""
ACT_366 = Actual("act/366", Fraction(366))
"""Actual days over 366."""
ACT_ACT_ISDA = ActualActual(YearCut.ISDA)
"""Actual days over the actual length of the year they lie in."""
ACT_ACT_YEAR_END = ActualActual(YearCut.YEAR_END)
"""The same, with years cut at 31 December."""
ACT_ACT_AFB = ActualAFB()
"""Whole years counted back from the end, and the rest over 365 or 366."""
