"""
Discounting by whole and broken years: (1 + X) to the power of minus t.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from fractions import Fraction

import attrs

from overdue_visit.errors import InvalidValue
from overdue_visit.rate import Per, Rate
from overdue_visit.repayment.digits import EXACT, quotient
from overdue_visit.repayment.flows import TimedFlow
from overdue_visit.repayment.roots import Point, nearest_zero

_ONE = Decimal(1)
_ZERO = Decimal(0)

_PERIODS_A_YEAR = {Per.YEAR: 1, Per.MONTH: 12, Per.DAY: 365}


def growth(rate: Rate, years: Fraction | int) -> Decimal:
    """
    Return what one unit becomes in *years* at an effective *rate*, compounded once each of the rate's own periods.

    A year has 12 months and 365 days. Exact to 50 digits; negative *years* discount.

    Raises:
        InvalidValue: If the rate has no period, or is -100 % or less.
    """
    if not isinstance(rate, Rate) or rate.per not in _PERIODS_A_YEAR:
        raise InvalidValue("rate", rate, "an effective rate per year, month or day")
    grown = 1 + rate.fraction
    if grown <= 0:
        raise InvalidValue("rate", rate, "a rate above -100%")
    return power(quotient(grown), Fraction(years) * _PERIODS_A_YEAR[rate.per])


def power(base: Decimal, exponent: Fraction) -> Decimal:
    """
    Raise a positive *base* to a rational power, in sixty digits.
    """
    return EXACT.power(base, quotient(exponent))


@attrs.frozen
class Polynomial:
    """
    The value of flows in whole steps of time, as a function of the discount factor of one step.

    Args:
        terms: Amount and number of steps, the earliest first, each number of steps once and no amount zero; the first
            is at step 0.
    """

    terms: tuple[tuple[int, int], ...]
    _steps: tuple[tuple[Decimal, Decimal, int], ...] = attrs.field(init=False, eq=False, repr=False)
    """Size, size times number of steps, and steps since the term before."""

    def __attrs_post_init__(self) -> None:
        before, steps = 0, []
        for amount, number in self.terms:
            steps.append((Decimal(amount), Decimal(amount * number), number - before))
            before = number
        object.__setattr__(self, "_steps", tuple(steps))

    @property
    def sign_changes(self) -> int:
        """How often the amounts change their sign in the order of time."""
        signs = [amount > 0 for amount, _ in self.terms]
        return sum(a != b for a, b in itertools.pairwise(signs))

    @property
    def origin(self) -> Decimal:
        """The discount factor at a rate of zero."""
        return _ONE

    def at(self, x: Decimal) -> Point:
        """
        Evaluate the polynomial and its slope.
        """
        multiply, fma = EXACT.multiply, EXACT.fma
        powers: dict[int, Decimal] = {0: _ONE, 1: x}
        gain = loss = gain_slope = loss_slope = earliest = _ZERO
        factor = _ONE
        for amount, weighted, gap in self._steps:
            raised = powers.get(gap)
            if raised is None:
                raised = powers[gap] = EXACT.power(x, gap)
            factor = multiply(factor, raised)
            if amount > _ZERO:
                gain, gain_slope = fma(amount, factor, gain), fma(weighted, factor, gain_slope)
            else:
                loss, loss_slope = fma(amount, factor, loss), fma(weighted, factor, loss_slope)
            earliest = earliest or amount
        latest = multiply(self._steps[-1][0], factor).copy_abs() if self._steps else _ZERO
        slopes = EXACT.divide(gain_slope, x), EXACT.divide(loss_slope, x).copy_negate()
        return Point(x, gain, loss.copy_negate(), slopes[0], slopes[1], earliest.copy_abs(), latest)

    def outward(self, *, above: bool) -> Iterator[Decimal]:
        """
        Go to ever smaller factors (rates above zero) or ever larger ones (below), twice as far each time.
        """
        most = self.terms[-1][1] if self.terms else 1
        factor = EXACT.subtract(_ONE, EXACT.divide(_ONE, Decimal(4 * max(most, 1))))
        if not above:
            factor = EXACT.divide(_ONE, factor)
        while True:
            yield factor
            factor = EXACT.multiply(factor, factor)


@attrs.frozen
class Series:
    """
    Amounts in steps of a broken year: every time is a whole number of steps after the first.

    Use `series` to make one.
    """

    polynomial: Polynomial
    steps_a_year: int
    first: Fraction
    """Years from the start to the first amount."""

    def value(self, yearly: Decimal) -> Decimal:
        """
        Discount to the start at a yearly rate of *yearly*, such as ``Decimal("0.05")``.
        """
        base = EXACT.add(_ONE, yearly)
        point = self.polynomial.at(power(base, Fraction(-1, self.steps_a_year)))
        return EXACT.multiply(point.value, power(base, -self.first))

    def balancing_rate(self) -> Decimal:
        """
        Find the yearly rate at which all flows together are worth nothing (see `roots`).

        Raises:
            InvalidValue: If all flows have one sign, or no rate balances them.
        """
        factor = nearest_zero(self.polynomial)
        return EXACT.subtract(EXACT.power(factor, -self.steps_a_year), _ONE)


def series(amounts: Iterable[tuple[Fraction | int, int]]) -> Series:
    """
    Take years and whole amounts in any order; amounts at one time are added up.
    """
    by_time: dict[Fraction | int, int] = {}
    for years, amount in amounts:
        by_time[years] = by_time.get(years, 0) + amount
    times = sorted(years for years, amount in by_time.items() if amount)
    first = times[0] if times else Fraction(0)
    steps_a_year = math.lcm(*(Fraction(years - first).denominator for years in times))
    terms = tuple((by_time[years], int((years - first) * steps_a_year)) for years in times)
    return Series(Polynomial(terms), steps_a_year, Fraction(first))


def timed_series(flows: Sequence[TimedFlow]) -> Series:
    """
    Take flows as they are: paid by the borrower is positive.
    """
    return series((flow.years, flow.amount.minor) for flow in flows)


def whole_amounts(amounts: Sequence[Fraction]) -> tuple[int, ...]:
    """
    Bring fractions to one denominator and leave it out; the rate that balances them is the same.
    """
    denominator = math.lcm(*(amount.denominator for amount in amounts))
    return tuple(int(amount * denominator) for amount in amounts)
