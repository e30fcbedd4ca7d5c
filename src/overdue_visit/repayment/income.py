"""
Incomes of a household: from what source, how much, and in which rhythm it comes.
"""

from __future__ import annotations

import calendar
import datetime as dt
import enum
from collections.abc import Sequence

import attrs

from overdue_visit.business_calendar import corresponding_day
from overdue_visit.errors import InvalidValue
from overdue_visit.instants import plain_date
from overdue_visit.money import Money, Rounding, divide
from overdue_visit.repayment.demands import as_tuple

_MONTHS_OF_A_YEAR = 12
_WEEKS_OF_A_YEAR = 52


class Rhythm(enum.StrEnum):
    """How often an income comes."""

    MONTHLY = "monthly"
    WEEKLY = "weekly"
    FORTNIGHTLY = "fortnightly"
    IRREGULAR = "irregular"
    """Different every month: the amounts of the months looked back on count by their mean."""
    YEARLY = "yearly"
    """Once or a few times a year, on known days: a harvest, a bonus."""


@attrs.frozen(kw_only=True)
class YearDay:
    """A day of the year, such as 20 September; 29 February counts as 28 February in other years."""

    month: int
    day: int

    def __attrs_post_init__(self) -> None:
        if type(self.month) is not int or not 1 <= self.month <= _MONTHS_OF_A_YEAR:
            raise InvalidValue("month", self.month, "a month from 1 to 12")
        longest = calendar.monthrange(2024, self.month)[1]
        if type(self.day) is not int or not 1 <= self.day <= longest:
            raise InvalidValue("day", self.day, f"a day from 1 to {longest} of month {self.month}")

    def within(self, year: int) -> dt.date:
        """
        Return the date in a year.
        """
        if type(year) is not int or not dt.MINYEAR <= year <= dt.MAXYEAR:
            raise InvalidValue("year", year, f"a year from {dt.MINYEAR} to {dt.MAXYEAR}")
        return corresponding_day(dt.date(year, self.month, 1), 0, anchor=self.day)


@attrs.frozen(kw_only=True)
class Income:
    """
    One income of the household; make it with `monthly`, `weekly`, `fortnightly`, `irregular` or `yearly`.

    Args:
        source: Where it comes from, such as ``"wages"`` or ``"maize"``.

        amounts: What comes each time; for an irregular income what came in each of the months looked back on; for a
            yearly one what comes on each of *days*.

    Raises:
        InvalidValue: If the rhythm is unknown, an amount is not Money of at least zero, currencies differ, or the days
            do not fit the rhythm.
    """

    source: str
    rhythm: Rhythm
    amounts: tuple[Money, ...]
    days: tuple[YearDay, ...] = ()

    def __attrs_post_init__(self) -> None:
        if not isinstance(self.source, str) or not self.source.strip():
            raise InvalidValue("source", self.source, "where the income comes from, in a word")
        if not isinstance(self.rhythm, Rhythm):
            raise InvalidValue("rhythm", self.rhythm, "one of " + ", ".join(repr(each.value) for each in Rhythm))
        _check_amounts(self.amounts)
        if self.rhythm is Rhythm.YEARLY:
            self._check_days()
        elif self.days != ():
            raise InvalidValue("days", self.days, f"none for a {self.rhythm.value} income")
        elif self.rhythm is not Rhythm.IRREGULAR and len(self.amounts) != 1:
            raise InvalidValue("amounts", self.amounts, "one amount, as it comes each time")

    def _check_days(self) -> None:
        if len(self.days) != len(self.amounts) or not all(isinstance(day, YearDay) for day in self.days):
            raise InvalidValue("days", self.days, "the day of the year of each amount")
        if len(set(self.days)) != len(self.days):
            raise InvalidValue("days", self.days, "each day of the year once")

    @classmethod
    def monthly(cls, source: str, amount: Money) -> Income:
        """
        Take an income that comes every month.
        """
        return cls(source=source, rhythm=Rhythm.MONTHLY, amounts=(amount,))

    @classmethod
    def weekly(cls, source: str, amount: Money) -> Income:
        """
        Take an income that comes every week.
        """
        return cls(source=source, rhythm=Rhythm.WEEKLY, amounts=(amount,))

    @classmethod
    def fortnightly(cls, source: str, amount: Money) -> Income:
        """
        Take an income that comes every second week.
        """
        return cls(source=source, rhythm=Rhythm.FORTNIGHTLY, amounts=(amount,))

    @classmethod
    def irregular(cls, source: str, amounts: Sequence[Money]) -> Income:
        """
        Take an income that differs from month to month, by what came in each of the last 1 to 12 months.
        """
        return cls(
            source=source,
            rhythm=Rhythm.IRREGULAR,
            amounts=as_tuple(amounts, "amounts", accepted="one to twelve amounts"),
        )

    @classmethod
    def yearly(cls, source: str, *times: tuple[YearDay, Money]) -> Income:
        """
        Take an income that comes on known days of the year: ``Income.yearly("maize", (YearDay(month=9, day=20), m))``.
        """
        for each in times:
            if not isinstance(each, tuple) or len(each) != 2:
                raise InvalidValue("times", each, "a YearDay and the amount that comes on it")
        return cls(
            source=source,
            rhythm=Rhythm.YEARLY,
            amounts=tuple(amount for _, amount in times),
            days=tuple(day for day, _ in times),
        )

    @property
    def seasonal(self) -> bool:
        """Whether it comes on days of the year, not all the time."""
        return self.rhythm is Rhythm.YEARLY

    @property
    def currency(self) -> str:
        """ISO 4217 code."""
        return self.amounts[0].currency

    @property
    def a_year(self) -> Money:
        """What comes in twelve months; a week counts 52 times, a fortnight 26 times, a mean is rounded down."""
        total = sum(each.minor for each in self.amounts)
        return Money.from_minor(divide(total * self._times, self._months, Rounding.DOWN), self.currency)

    @property
    def _times(self) -> int:
        return {
            Rhythm.MONTHLY: _MONTHS_OF_A_YEAR,
            Rhythm.IRREGULAR: _MONTHS_OF_A_YEAR,
            Rhythm.WEEKLY: _WEEKS_OF_A_YEAR,
            Rhythm.FORTNIGHTLY: _WEEKS_OF_A_YEAR // 2,
            Rhythm.YEARLY: 1,
        }[self.rhythm]

    @property
    def _months(self) -> int:
        return len(self.amounts) if self.rhythm is Rhythm.IRREGULAR else 1

    def arriving(self, start: dt.date, end: dt.date) -> Money:
        """
        Say what of a yearly income comes after *start*, through *end*; nothing for other rhythms.
        """
        plain_date(start, field="start")
        plain_date(end, field="end")
        minor = 0
        for year in range(start.year, end.year + 1) if self.seasonal else ():
            for day, amount in zip(self.days, self.amounts, strict=True):
                minor += amount.minor if start < day.within(year) <= end else 0
        return Money.from_minor(minor, self.currency)


def _check_amounts(amounts: tuple[Money, ...]) -> None:
    if not isinstance(amounts, tuple) or not 1 <= len(amounts) <= _MONTHS_OF_A_YEAR:
        raise InvalidValue("amounts", amounts, "one to twelve amounts")
    for amount in amounts:
        if not isinstance(amount, Money) or amount.minor < 0:
            raise InvalidValue("amounts", amount, "Money of at least zero")
        if amount.currency != amounts[0].currency:
            raise InvalidValue("amounts", amount.currency, f"{amounts[0].currency}, as the others have")
