"""
What interest each period of a schedule bears: exact factors over one denominator.
"""

from __future__ import annotations

import datetime as dt
import decimal
import functools
import math
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from operator import sub

import attrs

from overdue_visit.money import Rounding, divide
from overdue_visit.rate import Per, Rate
from overdue_visit.repayment.day_count import DayCount, Shares
from overdue_visit.repayment.day_count_actual import Actual

ROOT_DECIMALS = 40
"""Decimals of a factor that is a root, where the rate is compounded at another rhythm than it is paid."""

_POWERS = decimal.Context(prec=70, Emin=-999_999, Emax=999_999, rounding=decimal.ROUND_HALF_EVEN)
_MONTHS_A_YEAR = 12


@attrs.frozen
class Accruals:
    """
    The interest that one unit of balance bears in each period: ``numerators[k] / denominator``, period 0 first.

    Whole integers, so interest is one multiplication and one rounded division.
    """

    numerators: tuple[int, ...]
    denominator: int
    regular: bool = attrs.field(init=False, repr=False)
    """Whether every period bears the same."""

    @regular.default
    def _is_regular(self) -> bool:
        return self.numerators.count(self.numerators[0]) == len(self.numerators)

    @classmethod
    def of(
        cls,
        rate: Rate,
        day_count: DayCount,
        drawn: dt.date,
        dues: Sequence[dt.date],
        *,
        compounding: int | None = None,
    ) -> Accruals:
        """
        Reckon the factors of a rate over consecutive periods.

        A yearly rate bears its part of a year, a monthly rate twelve times that, a daily rate the days as the day
        count has them. With *compounding*, interest is what the yearly rate grows to in the period, compounded so
        many times a year.
        """
        shares = _days(day_count, drawn, dues) if rate.per is Per.DAY else day_count.shares(drawn, dues)
        if compounding is not None:
            shares = _compounded(rate, shares, compounding)
            return cls(shares.numerators, shares.denominator)
        times = rate.numerator * (_MONTHS_A_YEAR if rate.per is Per.MONTH else 1)
        above, below = shares.numerators, shares.denominator * rate.denominator
        if above.count(above[0]) == len(above):
            return _regular(above[0] * times, below, len(above))
        common = math.gcd(times * math.gcd(*set(above)), below)
        return cls(tuple([each * times // common for each in above]), below // common)

    @classmethod
    def of_months(cls, rate: Rate, months: int) -> Accruals:
        """
        Reckon the factors of a yearly or monthly rate over whole months, each a twelfth of a year.
        """
        a_year = 1 if rate.per is Per.MONTH else _MONTHS_A_YEAR
        return _regular(rate.numerator, rate.denominator * a_year, months)

    def interest(self, balance: int, period: int, rounding: Rounding) -> int:
        """
        Return the interest on *balance* minor units in a period, counted from 0, rounded once.
        """
        return divide(balance * self.numerators[period], self.denominator, rounding)

    def factor(self, period: int) -> Fraction:
        """
        Return the exact interest factor of a period, counted from 0.
        """
        return Fraction(self.numerators[period], self.denominator)

    def __len__(self) -> int:
        return len(self.numerators)


@functools.lru_cache(maxsize=256)
def _regular(above: int, below: int, periods: int) -> Accruals:
    # Loans of one product share their rate and length.
    common = math.gcd(above, below)
    return Accruals((above // common,) * periods, below // common)


def _days(day_count: DayCount, drawn: dt.date, dues: Sequence[dt.date]) -> Shares:
    if isinstance(day_count, Actual):
        ordinals = [day.toordinal() for day in (drawn, *dues)]
        return Shares(tuple(map(sub, ordinals[1:], ordinals)), 1)
    return Shares(tuple(day_count.days(a, b) for a, b in zip((drawn, *dues), dues, strict=False)), 1)


def _compounded(rate: Rate, shares: Shares, times: int) -> Shares:
    growth = 1 + rate.fraction / times
    made: dict[int, Fraction] = {}
    for each in set(shares.numerators):
        made[each] = _grown(growth, Fraction(each * times, shares.denominator)) - 1
    denominator = math.lcm(*(part.denominator for part in made.values()))
    whole = {each: part.numerator * (denominator // part.denominator) for each, part in made.items()}
    return Shares.of([whole[each] for each in shares.numerators], denominator)


def _grown(growth: Fraction, exponent: Fraction) -> Fraction:
    if exponent.denominator == 1:
        return growth**exponent.numerator
    base = _POWERS.divide(Decimal(growth.numerator), Decimal(growth.denominator))
    power = _POWERS.divide(Decimal(exponent.numerator), Decimal(exponent.denominator))
    exact = _POWERS.power(base, power)
    return Fraction(exact.quantize(Decimal((0, (1,), -ROOT_DECIMALS)), context=_POWERS))
