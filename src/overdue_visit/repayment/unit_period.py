"""
Unit-periods of Regulation Z: how time is counted for the annual percentage rate of the United States.

12 CFR 1026, Appendix J, (b)(3) to (b)(5).
"""

from __future__ import annotations

import datetime as dt
import enum
import itertools
from collections import Counter
from collections.abc import Sequence
from fractions import Fraction

import attrs

from overdue_visit.business_calendar import corresponding_day
from overdue_visit.errors import InvalidValue
from overdue_visit.repayment.whole_months import months_and_days

_MONTH_DAYS = 30
_HALF_MONTH_DAYS = 15
_YEAR_DAYS = 365


class Unit(enum.StrEnum):
    """What a unit-period is made of."""

    DAY = "day"
    WEEK = "week"
    HALF_MONTH = "half_month"
    MONTH = "month"
    YEAR = "year"
    TERM = "term"
    """The whole term of a single advance with a single payment, less than a year."""


_MOST = {Unit.DAY: 1, Unit.WEEK: 52, Unit.HALF_MONTH: 1, Unit.MONTH: 11, Unit.YEAR: 1}


@attrs.frozen
class UnitPeriod:
    """
    A standard interval of time: ``UnitPeriod(Unit.WEEK, 2)`` is a fortnight.

    Args:
        many: How many weeks (up to 52) or months (up to 11); days of the term for `Unit.TERM`; else 1.

    Raises:
        InvalidValue: If the unit is unknown, or *many* is not one of those.
    """

    unit: Unit
    many: int = 1

    def __attrs_post_init__(self) -> None:
        if not isinstance(self.unit, Unit):
            raise InvalidValue("unit", self.unit, "a Unit, such as Unit.MONTH")
        most = _MOST.get(self.unit, _YEAR_DAYS + 1)
        if type(self.many) is not int or not 1 <= self.many <= most:
            raise InvalidValue("many", self.many, f"a whole number from 1 to {most} for {self.unit.value}")

    @property
    def per_year(self) -> Fraction:
        """How many there are in a year: 12 months, 24 half months, 52 weeks, 365 days."""
        a_year = {Unit.WEEK: 52, Unit.HALF_MONTH: 24, Unit.MONTH: 12, Unit.YEAR: 1}.get(self.unit, _YEAR_DAYS)
        return Fraction(a_year, self.many)

    def count(self, start: dt.date, end: dt.date) -> tuple[int, Fraction]:
        """
        Count the full unit-periods from *start* to *end*, and the fraction of one that is left.

        Months are counted back from *end*, days forward from *start*; a month has 30 days (Appendix J (b)(5)).

        Raises:
            InvalidValue: If *end* is before *start*.
        """
        if end < start:
            raise InvalidValue("end", end, f"a date not before {start}")
        if self.unit in {Unit.DAY, Unit.WEEK, Unit.TERM}:
            length = self.many * (7 if self.unit is Unit.WEEK else 1)
            return _split((end - start).days, length)
        months, days = months_and_days(start, end)
        if self.unit is Unit.YEAR:
            years, over = divmod(months, 12)
            odd_days = (corresponding_day(end, -12 * years) - start).days
            return years, Fraction(odd_days, _YEAR_DAYS) if days else Fraction(over, 12)
        length = _HALF_MONTH_DAYS if self.unit is Unit.HALF_MONTH else _MONTH_DAYS * self.many
        return _split(_MONTH_DAYS * months + days, length)


def _split(days: int, length: int) -> tuple[int, Fraction]:
    full, over = divmod(days, length)
    return full, Fraction(over, length)


@attrs.frozen
class _Period:
    """The time between two dates of a transaction, as a unit-period, or as days that make none."""

    days: int
    unit: UnitPeriod | None


def find(dates: Sequence[dt.date]) -> UnitPeriod:
    """
    Find the unit-period of a transaction from the dates of its advances and payments (Appendix J (b)(4)).

    It is the period that occurs most often, the shorter of two that occur equally often; else the whole interval
    nearest to the average of all periods. With one advance and one payment it is the term, at most a year.

    Args:
        dates: In any order, the first is the advance; equal dates count once.

    Raises:
        InvalidValue: If there are fewer than two different dates.
    """
    days = sorted(set(dates))
    if len(days) < 2:
        raise InvalidValue("dates", dates, "at least two different dates")
    if len(days) == 2:
        return _term(days[0], days[1])
    periods = [_between(start, end) for start, end in itertools.pairwise(days)]
    if _is_twice_monthly(days[1:]):
        return UnitPeriod(Unit.HALF_MONTH)
    counts = Counter(period.unit for period in periods if period.unit is not None)
    common = [unit for unit, times in counts.items() if times > 1 and times == max(counts.values())]
    if common:
        return min(common, key=lambda unit: 1 / unit.per_year)
    return _nearest(Fraction((days[-1] - days[0]).days, len(periods)))


def _term(start: dt.date, end: dt.date) -> UnitPeriod:
    months, days = months_and_days(start, end)
    if months >= 12:
        return UnitPeriod(Unit.YEAR)
    return UnitPeriod(Unit.TERM, (end - start).days) if days or not months else UnitPeriod(Unit.MONTH, months)


def _between(start: dt.date, end: dt.date) -> _Period:
    months, days = months_and_days(start, end)
    length = (end - start).days
    if not days and months:
        unit = UnitPeriod(Unit.YEAR) if months == 12 else UnitPeriod(Unit.MONTH, months) if months < 12 else None
        return _Period(length, unit)
    if length % 7 == 0 and length <= 364:
        return _Period(length, UnitPeriod(Unit.WEEK, length // 7))
    return _Period(length, UnitPeriod(Unit.DAY) if length == 1 else None)


def _is_twice_monthly(days: Sequence[dt.date]) -> bool:
    """
    Tell whether payments fall on two days of each month, half a month apart.
    """
    gaps = [(end - start).days for start, end in itertools.pairwise(days)]
    if len(days) < 3 or not all(13 <= gap <= 16 for gap in gaps) or len(set(gaps)) == 1:
        return False
    return all(not months_and_days(start, end)[1] for start, end in zip(days, days[2:], strict=False))


def _nearest(days: Fraction) -> UnitPeriod:
    weeks = [(Fraction(7 * many), UnitPeriod(Unit.WEEK, many)) for many in range(1, 53)]
    months = [(Fraction(_MONTH_DAYS * many), UnitPeriod(Unit.MONTH, many)) for many in range(1, 12)]
    others = [
        (Fraction(1), UnitPeriod(Unit.DAY)),
        (Fraction(_HALF_MONTH_DAYS), UnitPeriod(Unit.HALF_MONTH)),
        (Fraction(_YEAR_DAYS), UnitPeriod(Unit.YEAR)),
    ]
    return min(weeks + months + others, key=lambda choice: (abs(choice[0] - days), choice[0]))[1]
