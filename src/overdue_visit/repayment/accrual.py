"""
Simple interest by days, kept exact until it is charged.

Interest that is split at any day adds up to the same as interest in one piece, because the remainder of every part is
carried: nothing is rounded but the sum.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from fractions import Fraction
from math import gcd
from typing import Self

import attrs

from overdue_visit.errors import InvalidValue
from overdue_visit.money import CurrencyMismatch, Money, Rounding, divide
from overdue_visit.rate import Per, Rate
from overdue_visit.repayment import day_count as day_counts
from overdue_visit.repayment.day_count import DayCount
from overdue_visit.repayment.demands import demand_rounding, tuple_of

_MONTHS_A_YEAR = 12


@attrs.frozen
class Accrued:
    """
    Interest that has accrued: exactly ``numerator / denominator`` minor units of *currency*, in lowest terms.

    Raises:
        InvalidValue: If a number is no ``int``, *denominator* is not positive, or the currency is unknown.
    """

    numerator: int
    denominator: int
    currency: str

    def __attrs_post_init__(self) -> None:
        if type(self.numerator) is not int:
            raise InvalidValue("numerator", self.numerator, "an int")
        if type(self.denominator) is not int or self.denominator < 1:
            raise InvalidValue("denominator", self.denominator, "an int of at least 1")
        Money.zero(self.currency)
        common = gcd(self.numerator, self.denominator)
        object.__setattr__(self, "numerator", self.numerator // common)
        object.__setattr__(self, "denominator", self.denominator // common)

    @classmethod
    def none(cls, currency: str) -> Self:
        """
        Take no interest at all.
        """
        return cls(0, 1, currency)

    def rounded(self, rounding: Rounding = Rounding.HALF_UP) -> Money:
        """
        Charge it: one division, rounded as *rounding* says.
        """
        demand_rounding(rounding)
        return Money.from_minor(divide(self.numerator, self.denominator, rounding), self.currency)

    def __add__(self, other: Accrued) -> Accrued:
        if not isinstance(other, Accrued):
            raise InvalidValue("accrued", other, "Accrued")
        if other.currency != self.currency:
            raise CurrencyMismatch("currency", other.currency, f"{self.currency}, as the other interest has")
        numerator = self.numerator * other.denominator + other.numerator * self.denominator
        return Accrued(numerator, self.denominator * other.denominator, self.currency)


def accrue(base: Money, rate: Rate, *, days: int, year_days: int = 365) -> Accrued:
    """
    Accrue simple interest: base x rate x days / year_days, not rounded.

    Args:
        rate: Per year, month or day; a month is a twelfth of *year_days*, a daily rate needs none.

        days: Days on which the base is owed.

        year_days: Days that the contract calls a year, 360 or 365 mostly (年利率 / 360 = 日利率).

    Raises:
        InvalidValue: If a value is out of range; it is named.
    """
    demand_base(base)
    demand_days("days", days)
    numerator, denominator = daily_ratio(rate, year_days)
    return Accrued(base.minor * numerator * days, denominator, base.currency)


def accrue_between(base: Money, rate: Rate, start: dt.date, end: dt.date, *, day_count: DayCount) -> Accrued:
    """
    Accrue simple interest from *start* to *end* as a day count has it, not rounded.

    Raises:
        InvalidValue: If *end* is before *start*, or another value is out of range.
    """
    demand_base(base)
    demand_rate(rate)
    day_counts.demand(day_count)
    if day_count.days(start, end) < 0:
        raise InvalidValue("end", end, f"{start} or later")
    if rate.per is Per.DAY:
        periods = Fraction(day_count.days(start, end))
    else:
        periods = day_count.fraction(start, end) * (_MONTHS_A_YEAR if rate.per is Per.MONTH else 1)
    numerator = base.minor * rate.numerator * periods.numerator
    return Accrued(numerator, rate.denominator * periods.denominator, base.currency)


def postings(accrued: Iterable[Accrued], *, rounding: Rounding = Rounding.HALF_UP) -> tuple[Money, ...]:
    """
    Turn consecutive interest into whole amounts to book, carrying every remainder.

    Returns:
        As many amounts as parts; after each, the sum booked is the exact sum so far, rounded once.

    Raises:
        CurrencyMismatch: If the parts have several currencies.
    """
    demand_rounding(rounding)
    booked: list[Money] = []
    exact: Accrued | None = None
    so_far = 0
    for part in tuple_of(accrued, Accrued, "accrued"):
        exact = part if exact is None else exact + part
        now = divide(exact.numerator, exact.denominator, rounding)
        booked.append(Money.from_minor(now - so_far, part.currency))
        so_far = now
    return tuple(booked)


def daily_ratio(rate: Rate, year_days: int) -> tuple[int, int]:
    """
    Return the exact interest of one minor unit on one day, as numerator and denominator.

    Raises:
        InvalidValue: If the rate is negative or has no period, or the year is not 360 to 366 days long.
    """
    demand_rate(rate)
    if type(year_days) is not int or not 360 <= year_days <= 366:
        raise InvalidValue("year_days", year_days, "the days of a year as contracts count them, from 360 to 366")
    match rate.per:
        case Per.DAY:
            return rate.numerator, rate.denominator
        case Per.MONTH:
            return rate.numerator * _MONTHS_A_YEAR, rate.denominator * year_days
        case _:
            return rate.numerator, rate.denominator * year_days


def demand_base(base: object, field: str = "base") -> None:
    """
    Refuse an amount that is not `Money` of at least zero.
    """
    if not isinstance(base, Money) or base.minor < 0:
        raise InvalidValue(field, base, "Money of at least zero")


def demand_days(field: str, days: object, *, most: int | None = None) -> None:
    """
    Refuse a count of days that is not an ``int`` of at least zero, and at most *most* where that is given.
    """
    if type(days) is not int or days < 0:
        raise InvalidValue(field, days, "a whole number of days, at least 0")
    if most is not None and days > most:
        raise InvalidValue(field, days, f"at most {most} days")


def demand_rate(rate: object, field: str = "rate") -> None:
    """
    Refuse a rate that is negative or has no period.
    """
    if not isinstance(rate, Rate) or rate.numerator < 0 or rate.per is Per.ONCE:
        raise InvalidValue(field, rate, 'a Rate of at least zero per year, month or day: Rate("6.525%")')
