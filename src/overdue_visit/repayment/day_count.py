"""
Day counts: how the time between two dates becomes a part of a year, exactly.

Each count is a value with a name that contracts use. The plain ones are constants here and in `day_count_thirty` and
`day_count_actual`; those that need more (a reference period, a calendar, a last day) are classes there. `named` finds
a constant by its name.
"""

from __future__ import annotations

import abc
import datetime as dt
import math
from collections.abc import Sequence
from fractions import Fraction

import attrs

from overdue_visit.errors import InvalidValue
from overdue_visit.instants import plain_date


@attrs.frozen
class Shares:
    """The parts of a year that consecutive periods are: ``numerators[k] / denominator``, in lowest terms together."""

    numerators: tuple[int, ...]
    denominator: int

    @classmethod
    def of(cls, numerators: Sequence[int], denominator: int) -> Shares:
        """
        Take numerators over one denominator and divide out what all have in common.
        """
        common = math.gcd(denominator, *set(numerators))
        if common == 1:
            return cls(tuple(numerators), denominator)
        return cls(tuple([each // common for each in numerators]), denominator // common)


@attrs.frozen
class DayCount(abc.ABC):
    """A rule that turns two dates into days and into an exact part of a year."""

    @property
    @abc.abstractmethod
    def name(self) -> str:
        """What contracts call it, such as ``"act/365F"``."""

    @abc.abstractmethod
    def _days(self, start: dt.date, end: dt.date) -> int:
        """Count the days of this rule from *start* to a later *end*."""

    @abc.abstractmethod
    def _fraction(self, start: dt.date, end: dt.date) -> Fraction:
        """Return the part of a year from *start* to a later *end*."""

    def days(self, start: dt.date, end: dt.date) -> int:
        """
        Count the days from *start* to *end* as this rule counts them; negative if *end* is earlier.

        Raises:
            InvalidValue: If either is not a plain date.
        """
        _demand_dates(start, end)
        return self._days(start, end) if start <= end else -self._days(end, start)

    def fraction(self, start: dt.date, end: dt.date) -> Fraction:
        """
        Return the exact part of a year from *start* to *end*; negative if *end* is earlier.

        Raises:
            InvalidValue: If either is not a plain date.
        """
        _demand_dates(start, end)
        return self._fraction(start, end) if start <= end else -self._fraction(end, start)

    def shares(self, drawn: dt.date, dues: Sequence[dt.date]) -> Shares:
        """
        Return the part of a year of each period from *drawn* through all *dues*, over one denominator.
        """
        demand_periods(drawn, dues)
        parts = [self._fraction(start, end) for start, end in zip((drawn, *dues), dues, strict=False)]
        denominator = math.lcm(*{part.denominator for part in parts})
        return Shares.of([part.numerator * (denominator // part.denominator) for part in parts], denominator)


def demand_periods(drawn: object, dues: object) -> None:
    """
    Refuse what is no start and dates after it.

    Raises:
        InvalidValue: If one of them is no plain date.
    """
    if type(dues) is tuple and set(map(type, (drawn, *dues))) == {dt.date}:
        return
    plain_date(drawn, field="drawn")
    if isinstance(dues, str) or not isinstance(dues, Sequence):
        raise InvalidValue("dues", dues, "dates, rising")
    for day in dues:
        plain_date(day, field="dues")


def _demand_dates(start: object, end: object) -> None:
    plain_date(start, field="start")
    plain_date(end, field="end")


@attrs.frozen
class EqualParts(DayCount):
    """
    Every period is the same *part* of a year, whatever its dates: ``EqualParts(Fraction(1, 26))`` for fortnights.

    Raises:
        InvalidValue: If *part* is not a positive ``Fraction``.
    """

    part: Fraction

    def __attrs_post_init__(self) -> None:
        if not isinstance(self.part, Fraction) or self.part <= 0:
            raise InvalidValue("part", self.part, "a positive Fraction of a year")

    @property
    def name(self) -> str:
        """What contracts call it."""
        return f"{self.part} of a year per period"

    def _days(self, start: dt.date, end: dt.date) -> int:
        return (end - start).days

    def _fraction(self, start: dt.date, end: dt.date) -> Fraction:
        return self.part if start < end else Fraction(0)

    def shares(self, drawn: dt.date, dues: Sequence[dt.date]) -> Shares:
        """
        Return the same part for every period.
        """
        demand_periods(drawn, dues)
        return Shares((self.part.numerator,) * len(dues), self.part.denominator)


def demand(day_count: object, field: str = "day_count") -> None:
    """
    Refuse what is not a `DayCount`.

    Raises:
        InvalidValue: If it is something else, such as a name; `day_count_names.named` finds a count by its name.
    """
    if not isinstance(day_count, DayCount):
        raise InvalidValue(field, day_count, 'a DayCount, such as ACT_365F or named("act/365F")')
