"""
The annual percentage rate of the United States by the actuarial method: unit-period rate times unit-periods a year.

A flow after t full unit-periods and a fraction f of one is worth amount / ((1 + f i) (1 + i)^t) at the rate i of one
unit-period: whole unit-periods compound, the odd days bear simple interest (Regulation Z, 12 CFR 1026, Appendix J,
(b)(8)). Shown with two decimals.
"""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction

import attrs

from overdue_visit.errors import InvalidValue
from overdue_visit.money import Money
from overdue_visit.repayment import unit_period
from overdue_visit.repayment.apr import Apr, AprMethod
from overdue_visit.repayment.demands import demand
from overdue_visit.repayment.digits import EXACT, quotient
from overdue_visit.repayment.flows import Flow, currency_of
from overdue_visit.repayment.roots import Point, nearest_zero
from overdue_visit.repayment.unit_period import UnitPeriod

PLACES = 2

_LEAST_GROWTH = Decimal("1e-50")
_ONE = Decimal(1)
_ZERO = Decimal(0)


@attrs.frozen
class UnitFlow:
    """
    Money that moves *full* unit-periods and a *fraction* of one after the start; paid by the borrower is positive.

    Raises:
        InvalidValue: If *full* is not a whole number of at least 0, or *fraction* not in [0, 1).
    """

    full: int
    fraction: Fraction
    amount: Money

    def __attrs_post_init__(self) -> None:
        if type(self.full) is not int or self.full < 0:
            raise InvalidValue("full", self.full, "a whole number of unit-periods, at least 0")
        if not isinstance(self.fraction, Fraction) or not 0 <= self.fraction < 1:
            raise InvalidValue("fraction", self.fraction, "a Fraction of a unit-period, at least 0 and below 1")
        if not isinstance(self.amount, Money):
            raise InvalidValue("amount", self.amount, "Money")


def apr(flows: Sequence[UnitFlow], *, per_year: Fraction | int) -> Apr:
    """
    Compute the rate from flows placed in unit-periods.

    Args:
        flows: Advances negative, payments positive, any order.

        per_year: Unit-periods in a year, such as 12, 26, or ``Fraction(365, 255)`` for a single payment after 255 days.

    Raises:
        InvalidValue: If *per_year* is not positive, there are no advances or no payments, or no rate balances them.
        CurrencyMismatch: If the flows have several currencies.
    """
    if isinstance(per_year, bool) or not isinstance(per_year, int | Fraction) or per_year <= 0:
        raise InvalidValue("per_year", per_year, "unit-periods in a year, such as 12 or Fraction(52, 2)")
    currency_of(flows, of=UnitFlow)
    by_time: dict[tuple[int, Fraction], int] = {}
    for flow in flows:
        when = flow.full, flow.fraction
        by_time[when] = by_time.get(when, 0) + flow.amount.minor
    curve = _UnitCurve(tuple((*when, by_time[when]) for when in sorted(by_time) if by_time[when]))
    growth = nearest_zero(curve)
    yearly = EXACT.multiply(EXACT.subtract(growth, _ONE), quotient(Fraction(per_year)))
    return Apr.of(yearly, places=PLACES, method=AprMethod.US_ACTUARIAL)


def apr_on_dates(flows: Sequence[Flow], *, unit: UnitPeriod | None = None) -> Apr:
    """
    Compute the rate from dated flows, counted from the first advance.

    Args:
        unit: The unit-period; found from the dates unless given (see `unit_period.find`).

    Raises:
        InvalidValue: As for `apr`, or if a payment is before the first advance.
        CurrencyMismatch: If the flows have several currencies.
    """
    currency_of(flows)
    demand(unit, UnitPeriod, "unit", none=True)
    advanced = [flow.on for flow in flows if flow.amount.minor < 0]
    if not advanced:
        raise InvalidValue("flows", "none paid out", "at least one advance, a negative amount")
    start = min(advanced)
    found = unit or unit_period.find([flow.on for flow in flows])
    return apr([_placed(flow, start, found) for flow in flows], per_year=found.per_year)


def _placed(flow: Flow, start: dt.date, unit: UnitPeriod) -> UnitFlow:
    full, fraction = unit.count(start, flow.on)
    return UnitFlow(full, fraction, flow.amount)


@attrs.frozen
class _UnitCurve:
    """The value of flows as a function of 1 + i; full unit-periods, fraction and amount of each, the earliest first."""

    terms: tuple[tuple[int, Fraction, int], ...]

    @property
    def sign_changes(self) -> int:
        """How often the amounts change their sign in the order of time."""
        signs = [amount > 0 for _, _, amount in self.terms]
        return sum(a != b for a, b in itertools.pairwise(signs))

    @property
    def origin(self) -> Decimal:
        """1 + i at a rate of zero."""
        return _ONE

    def at(self, x: Decimal) -> Point:
        """
        Evaluate the value and its slope.
        """
        rate, discount = EXACT.subtract(x, _ONE), EXACT.divide(_ONE, x)
        sums = {True: (_ZERO, _ZERO), False: (_ZERO, _ZERO)}
        sizes = [_ZERO]
        factor, before, odd = _ONE, 0, _OddDays(rate)
        for full, fraction, amount in self.terms:
            factor = EXACT.multiply(factor, EXACT.power(discount, full - before))
            before = full
            simple, odd_slope = odd.of(fraction)
            size = EXACT.multiply(Decimal(abs(amount)), EXACT.multiply(factor, simple))
            slope = EXACT.multiply(size, EXACT.fma(Decimal(full), discount, odd_slope))
            value, slopes = sums[amount > 0]
            sums[amount > 0] = EXACT.add(value, size), EXACT.subtract(slopes, slope)
            sizes.append(size)
        (gain, gain_slope), (loss, loss_slope) = sums[True], sums[False]
        return Point(x, gain, loss, gain_slope, loss_slope, sizes[min(1, len(sizes) - 1)], sizes[-1])

    def outward(self, *, above: bool) -> Iterator[Decimal]:
        """
        Go to ever larger growth (rates above zero) or ever smaller (below), twice as far each time.

        Below zero it ends: a loss in the odd days alone can be larger than simple interest of -100 % explains.
        """
        most = self.terms[-1][0] if self.terms else 0
        growth = EXACT.subtract(_ONE, EXACT.divide(_ONE, Decimal(4 * (most + 1))))
        if above:
            growth = EXACT.divide(_ONE, growth)
        while growth > _LEAST_GROWTH:
            yield growth
            growth = EXACT.multiply(growth, growth)


@attrs.define
class _OddDays:
    """The discount of each fraction of a unit-period at one rate, and how fast it falls; each computed once."""

    rate: Decimal
    known: dict[Fraction, tuple[Decimal, Decimal]] = attrs.field(factory=dict)

    def of(self, fraction: Fraction) -> tuple[Decimal, Decimal]:
        if not fraction:
            return _ONE, _ZERO
        if fraction not in self.known:
            part = quotient(fraction)
            simple = EXACT.divide(_ONE, EXACT.fma(part, self.rate, _ONE))
            self.known[fraction] = simple, EXACT.multiply(part, simple)
        return self.known[fraction]
