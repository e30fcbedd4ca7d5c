"""
Decimals that depend on no one's settings: a private context, and rounding to stated digits.
"""

from __future__ import annotations

import decimal
from decimal import Decimal
from fractions import Fraction

from overdue_visit.errors import InvalidValue
from overdue_visit.money import Money, Rounding
from overdue_visit.rate import Per, Rate

Ratio = Rate | Fraction | Decimal | int
"""A rate for one period, or a plain number, never a float."""

WORKING_DIGITS = 60
RATE_DECIMALS = 30
"""Decimals of a rate that is a root or a power, and so has no exact value."""

_MODES = {
    Rounding.DOWN: decimal.ROUND_DOWN,
    Rounding.UP: decimal.ROUND_UP,
    Rounding.FLOOR: decimal.ROUND_FLOOR,
    Rounding.CEILING: decimal.ROUND_CEILING,
    Rounding.HALF_UP: decimal.ROUND_HALF_UP,
    Rounding.HALF_EVEN: decimal.ROUND_HALF_EVEN,
}


def context(digits: int) -> decimal.Context:
    """
    Make a context of its own: *digits* significant digits, ties to even, no practical bound on exponents.
    """
    return decimal.Context(
        prec=digits,
        rounding=decimal.ROUND_HALF_EVEN,
        Emin=decimal.MIN_EMIN,
        Emax=decimal.MAX_EMAX,
        capitals=1,
        clamp=0,
        flags=[],
        traps=[decimal.InvalidOperation, decimal.DivisionByZero, decimal.Overflow],
    )


EXACT = context(WORKING_DIGITS)
"""The context of all powers and roots."""


def fraction(value: Ratio, *, field: str) -> Fraction:
    """
    Take a number exactly; a `Rate` is its value for one of its own periods.

    Raises:
        InvalidValue: If *value* is a float, a bool, not finite, or no number.
    """
    if isinstance(value, Rate):
        return value.fraction
    finite = isinstance(value, Decimal) and value.is_finite()
    if finite or isinstance(value, Fraction) or type(value) is int:
        return Fraction(value)
    raise InvalidValue(field, value, "a finite Decimal, a Fraction, an int or a Rate")


def quotient(exact: Fraction, *, digits: int = WORKING_DIGITS) -> Decimal:
    """
    Write a fraction with *digits* significant digits, ties to even.
    """
    return context(digits).divide(Decimal(exact.numerator), Decimal(exact.denominator))


def rounded(value: Decimal, *, places: int, rounding: Rounding) -> Decimal:
    """
    Round to *places* decimals.
    """
    unit = Decimal((0, (1,), -places))
    wide = context(max(WORKING_DIGITS, value.adjusted() + places + 2))
    return value.quantize(unit, rounding=_MODES[rounding], context=wide)


def whole(value: Decimal, *, rounding: Rounding) -> int:
    """
    Round to a whole number, such as minor units.
    """
    return int(rounded(_settled(value), places=0, rounding=rounding))


def _settled(value: Decimal) -> Decimal:
    # A tie or a whole number that was computed with powers may miss itself by the last of sixty digits.
    return rounded(value, places=RATE_DECIMALS, rounding=Rounding.HALF_EVEN)


def money(minor: Decimal, currency: str, *, rounding: Rounding) -> Money:
    """
    Round minor units to an amount.
    """
    return Money.from_minor(whole(minor, rounding=rounding), currency)


def rate(value: Decimal, *, per: Per, places: int = RATE_DECIMALS) -> Rate:
    """
    Keep *places* decimals of a computed rate, ties to even.
    """
    kept = Fraction(rounded(value, places=places, rounding=Rounding.HALF_EVEN))
    return Rate.from_ratio(kept.numerator, kept.denominator, per=per)


def demand_places(places: object, *, field: str = "places", most: int = RATE_DECIMALS) -> None:
    """
    Refuse a number of decimals that is not an ``int`` from 0 to *most*.

    Raises:
        InvalidValue: If it is something else.
    """
    if type(places) is not int or not 0 <= places <= most:
        raise InvalidValue(field, places, f"a whole number of decimals from 0 to {most}")
