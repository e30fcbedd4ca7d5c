"""
Rates as exact rationals with their period; applying one is a single rounded division.
"""

from __future__ import annotations

import enum
import math
import re
from fractions import Fraction
from typing import Self

import attrs

from overdue_visit.errors import InvalidValue
from overdue_visit.money import Money, Rounding, divide


class Per(enum.StrEnum):
    """The period that a rate is quoted for."""

    YEAR = "year"
    MONTH = "month"
    DAY = "day"
    ONCE = "once"
    """A flat share, without a period."""


_PLAIN_RATE = re.compile(r"([+-]?)([0-9]{1,12})(?:\.([0-9]{1,18}))?(%?)")


@attrs.frozen(init=False, repr=False, order=False)
class Rate:
    """
    An exact rate: ``Rate("4.35%")`` is 0.0435 a year, ``Rate("0.0005", per="day")`` five ten-thousandths a day.

    Args:
        rate: A decimal string, with ``%`` for hundredths; floats are refused.

        per: The period it is quoted for.

    Raises:
        InvalidValue: If *rate* is not a plain decimal string or *per* is unknown.
    """

    numerator: int
    denominator: int
    per: Per

    def __init__(self, rate: str, per: Per | str = Per.YEAR) -> None:
        found = _PLAIN_RATE.fullmatch(rate) if isinstance(rate, str) else None
        if found is None:
            raise InvalidValue("rate", rate, "a decimal string such as '0.0435' or '4.35%'")
        sign, whole, fraction, percent = found[1], found[2], found[3] or "", found[4]
        numerator = int(whole + fraction)
        denominator = 10 ** (len(fraction) + (2 if percent else 0))
        self._set(-numerator if sign == "-" else numerator, denominator, per)

    def _set(self, numerator: int, denominator: int, per: Per | str) -> None:
        try:
            period = Per(per)
        except ValueError:
            raise InvalidValue("per", per, "one of " + ", ".join(repr(p.value) for p in Per)) from None
        common = math.gcd(numerator, denominator) or 1
        self.__attrs_init__(numerator // common, denominator // common, period)

    @classmethod
    def from_ratio(cls, numerator: int, denominator: int, per: Per | str = Per.YEAR) -> Self:
        """
        Take an exact ratio, such as a third: ``Rate.from_ratio(1, 3)``.

        Raises:
            InvalidValue: If either is not an ``int``, or *denominator* is not positive.
        """
        if type(numerator) is not int:
            raise InvalidValue("numerator", numerator, "an int")
        if type(denominator) is not int or denominator < 1:
            raise InvalidValue("denominator", denominator, "an int of at least 1")
        rate = cls.__new__(cls)
        rate._set(numerator, denominator, per)
        return rate

    @property
    def fraction(self) -> Fraction:
        """The exact value for one period."""
        return Fraction(self.numerator, self.denominator)

    def of(self, amount: Money, *, periods: Fraction | int = 1, rounding: Rounding) -> Money:
        """
        Take this rate of *amount* over a number of its periods.

        Args:
            periods: How many of the rate's own periods; ``Fraction(31, 365)`` for 31 days of a yearly rate.

        Returns:
            Whole minor units: one multiplication of integers, one division, rounded as *rounding* says.

        Raises:
            InvalidValue: If *periods* is not an ``int`` or ``Fraction``.
        """
        if type(periods) is not int and not isinstance(periods, Fraction):
            raise InvalidValue("periods", periods, "an int or Fraction")
        above = amount.minor * self.numerator * periods.numerator
        return Money.from_minor(divide(above, self.denominator * periods.denominator, rounding), amount.currency)

    def __str__(self) -> str:
        text = _decimal_text(self.numerator * 100, self.denominator)
        shown = f"{text}%" if text else f"{self.numerator}/{self.denominator}"
        return shown if self.per is Per.ONCE else f"{shown} per {self.per.value}"

    def __repr__(self) -> str:
        text = _decimal_text(self.numerator, self.denominator)
        if text:
            return f"Rate({text!r}, per={self.per.value!r})"
        return f"Rate.from_ratio({self.numerator}, {self.denominator}, per={self.per.value!r})"


def _decimal_text(numerator: int, denominator: int) -> str | None:
    twos = fives = 0
    rest = denominator
    while rest % 2 == 0:
        rest, twos = rest // 2, twos + 1
    while rest % 5 == 0:
        rest, fives = rest // 5, fives + 1
    if rest != 1:
        return None
    places = max(twos, fives)
    digits = str(abs(numerator) * 10**places // denominator).rjust(places + 1, "0")
    text = f"{digits[:-places]}.{digits[-places:]}".rstrip("0").rstrip(".") if places else digits
    return f"-{text}" if numerator < 0 else text
