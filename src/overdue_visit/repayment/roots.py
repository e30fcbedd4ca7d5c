"""
The rate that balances a series of payments, found between bounds that are known to hold it.

One rule where several rates balance the same flows: zero if it does, else the lowest rate above zero, else the one
below zero that is nearest to it (Mortgage Conduct of Business sourcebook, MCOB 10.3.1B(2)). With one change of sign
there is only one rate (Descartes); with more, the rates are searched from zero outward, and no interval is left before
bounds on the value or the slope have shown what it holds. There is no guess and no random start: the same flows give
the same digits everywhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple, Protocol

from overdue_visit.errors import InvalidValue
from overdue_visit.repayment.digits import EXACT

_ZERO = Decimal(0)
_TWO = Decimal(2)
_CLOSE = Decimal("1e-48")
_TOUCHING = Decimal("1e-30")
_MOST_STEPS = 400
_MOST_POINTS = 10_000


class Point(NamedTuple):
    """What a curve is at *x*: its positive and its negative terms apart, each convex and monotone in *x*."""

    x: Decimal
    gain: Decimal
    """The sum of the positive terms."""
    loss: Decimal
    """The sum of the negative terms, without their sign."""
    gain_slope: Decimal
    loss_slope: Decimal
    earliest: Decimal
    """The size of the earliest term."""
    latest: Decimal
    """The size of the latest term."""

    @property
    def value(self) -> Decimal:
        """The curve itself."""
        return EXACT.subtract(self.gain, self.loss)

    @property
    def slope(self) -> Decimal:
        """How fast the curve rises."""
        return EXACT.subtract(self.gain_slope, self.loss_slope)


class Curve(Protocol):
    """The value of a series of flows as a function of one unknown, from which the rate follows."""

    @property
    def sign_changes(self) -> int:
        """How often the flows change their sign in the order of time."""
        ...

    @property
    def origin(self) -> Decimal:
        """The unknown at a rate of zero."""
        ...

    def at(self, x: Decimal) -> Point:
        """
        Evaluate the curve.
        """
        ...

    def outward(self, *, above: bool) -> Iterator[Decimal]:
        """
        Go from the origin to rates ever farther above, or below, zero.
        """
        ...


def nearest_zero(curve: Curve) -> Decimal:
    """
    Find the unknown at which the curve is zero, for the rate nearest to zero, those above zero first.

    Returns:
        At least 40 digits.

    Raises:
        InvalidValue: If all flows have one sign, no rate balances them, or so many do so nearly that ten thousand
            steps cannot tell them apart (five within five percentage points).
    """
    changes = curve.sign_changes
    if changes == 0:
        raise InvalidValue("flows", "all of one sign", "amounts paid out and amounts paid in")
    start = curve.at(curve.origin)
    if start.value == _ZERO:
        return curve.origin
    for above in (True, False):
        root = _outward(curve, start, above=above)
        if root is not None:
            return root
    raise InvalidValue("flows", f"{changes} changes of sign", "flows that some rate balances; these stay on one side")


def _outward(curve: Curve, start: Point, *, above: bool) -> Decimal | None:
    near = start
    for x in curve.outward(above=above):
        far = curve.at(x)
        root = _only_root(curve, near, far) if curve.sign_changes == 1 else _first_root(curve, near, far)
        if root is not None:
            return root
        # From here on the term at the end outweighs all others together, and does so ever more.
        if EXACT.multiply(_TWO, far.earliest if above else far.latest) > EXACT.add(far.gain, far.loss):
            return None
        near = far
    return None


def _only_root(curve: Curve, near: Point, far: Point) -> Decimal | None:
    return _close_in(curve, near, far) if _change(near, far) else None


def _first_root(curve: Curve, near: Point, far: Point) -> Decimal | None:
    waiting = [(near, far)]
    for _ in range(_MOST_POINTS):
        if not waiting:
            return None
        left, right = waiting.pop()
        if _apart((left.gain, right.gain), (left.loss, right.loss)):
            continue
        slopes = _slopes(left, right)
        if slopes[0] > _ZERO or slopes[1] < _ZERO:
            if _change(left, right):
                return _close_in(curve, left, right)
            continue
        if _stays(left, right, slopes) or _stays(right, left, slopes):
            continue
        middle = EXACT.divide(EXACT.add(left.x, right.x), _TWO)
        if EXACT.subtract(right.x, left.x).copy_abs() <= EXACT.multiply(_TOUCHING, middle.copy_abs()):
            return middle
        between = curve.at(middle)
        waiting += [(between, right), (left, between)]
    raise InvalidValue("flows", "nearly zero over a range of rates", "flows whose rates can be told apart")


def _apart(gains: tuple[Decimal, Decimal], losses: tuple[Decimal, Decimal]) -> bool:
    """
    Tell whether two sums that move monotonically between their ends cannot meet.
    """
    return min(gains) > max(losses) or min(losses) > max(gains)


def _slopes(left: Point, right: Point) -> tuple[Decimal, Decimal]:
    """
    Bound the slope between two points: each of its two parts is monotone.
    """
    gains, losses = sorted((left.gain_slope, right.gain_slope)), sorted((left.loss_slope, right.loss_slope))
    return EXACT.subtract(gains[0], losses[1]), EXACT.subtract(gains[1], losses[0])


def _stays(start: Point, end: Point, slopes: tuple[Decimal, Decimal]) -> bool:
    """
    Tell whether the value at *start* is too far from zero for the slopes to get there before *end*.
    """
    value, way = start.value, EXACT.subtract(end.x, start.x)
    farthest = [EXACT.fma(slope, way, value) for slope in slopes]
    return min(value, *farthest) > _ZERO or max(value, *farthest) < _ZERO


def _change(left: Point, right: Point) -> bool:
    return (left.value > _ZERO) != (right.value > _ZERO)


def _close_in(curve: Curve, left: Point, right: Point) -> Decimal:
    """
    Newton's steps where they stay between the bounds and shrink fast enough, else halving.
    """
    below, above = (left, right) if left.value < _ZERO else (right, left)
    point, last = (below if below.value.copy_abs() < above.value.copy_abs() else above), None
    for _ in range(_MOST_STEPS):
        step = _newton(point)
        if step is not None and step.copy_abs() <= EXACT.multiply(_CLOSE, point.x.copy_abs()):
            return EXACT.subtract(point.x, step)
        low, high = sorted((below.x, above.x))
        x = _inside(point, step, last, (low, high))
        last = step if x is not None else None
        x = EXACT.divide(EXACT.add(low, high), _TWO) if x is None else x
        if x in {low, high}:
            return x
        point = curve.at(x)
        below, above = (point, above) if point.value < _ZERO else (below, point)
    return point.x


def _newton(point: Point) -> Decimal | None:
    if point.value == _ZERO:
        return _ZERO
    slope = point.slope
    return None if slope == _ZERO else EXACT.divide(point.value, slope)


def _inside(
    point: Point, step: Decimal | None, last: Decimal | None, bounds: tuple[Decimal, Decimal]
) -> Decimal | None:
    """
    Take Newton's step, unless it leaves the bounds or shrinks too slowly.
    """
    if step is None or (last is not None and EXACT.multiply(_TWO, step.copy_abs()) >= last.copy_abs()):
        return None
    x = EXACT.subtract(point.x, step)
    return x if bounds[0] < x < bounds[1] else None
