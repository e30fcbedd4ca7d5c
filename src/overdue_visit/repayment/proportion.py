"""
The closed form behind every schedule: how much one weight must pay so that weighted payments clear a debt.

With period factors f = 1 + interest, a debt P grows to P * f1 * ... * fn; a payment of x * w on date k grows to
x * w * f(k+1) * ... * fn. Both are equal for one x, which is one exact division: periods of any length, weights of any
pattern, no search. All weights 1 give the level instalment.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from overdue_visit.errors import InvalidValue


def paid_per_weight(
    opening: int, numerators: Sequence[int], denominator: int, *, weights: Sequence[int], left: int = 0
) -> Fraction:
    """
    Return what one weight pays, in minor units, not rounded.

    Args:
        opening: Minor units owed at the start.

        numerators: The interest factor of each period, over *denominator*.

        weights: What each date pays in proportion to the others; zero pays nothing.

        left: Minor units still owed after the last date.

    Raises:
        InvalidValue: If no weight is positive.
    """
    grown, weight, base = opening, 0, 1
    for numerator, share in zip(numerators, weights, strict=True):
        factor = denominator + numerator
        base *= denominator
        grown *= factor
        weight = weight * factor + share * base
    if weight <= 0:
        raise InvalidValue("weights", tuple(weights), "at least one positive weight")
    return Fraction(grown - left * base, weight)


def level_from(opening: int, numerators: Sequence[int], denominator: int, *, left: int = 0) -> Fraction:
    """
    Return the level payment over the periods given, in minor units, not rounded.
    """
    return paid_per_weight(opening, numerators, denominator, weights=(1,) * len(numerators), left=left)
