"""
Schedules whose payments stand in fixed proportions to each other: one exact figure, then whole minor units.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import attrs

from overdue_visit.errors import InvalidValue
from overdue_visit.money import Rounding, divide
from overdue_visit.repayment.accruals import Accruals
from overdue_visit.repayment.demands import as_tuple
from overdue_visit.repayment.proportion import paid_per_weight
from overdue_visit.repayment.running_balance import RunningBalance
from overdue_visit.repayment.terms import Terms
from overdue_visit.repayment.threshold import least


@attrs.frozen(kw_only=True)
class Weighted:
    """
    A plan whose date k pays x * weights[k].

    Args:
        weights: Whole numbers of at least zero, one a date. Dates after the last positive weight fall away.

        left: Minor units that the last date pays besides, such as a balloon.

        idle_pays: Dates of weight zero pay their interest; otherwise they pay nothing and it is capitalised.

        negative: A payment may be below its interest; the rest is capitalised.
    """

    terms: Terms
    accruals: Accruals
    weights: tuple[int, ...]
    left: int = 0
    idle_pays: bool = False
    negative: bool = False

    @classmethod
    def of(
        cls,
        terms: Terms,
        weights: Sequence[int],
        *,
        accruals: Accruals | None = None,
        left: int = 0,
        idle_pays: bool = False,
        negative: bool = False,
    ) -> Weighted:
        """
        Check the weights against the dates.

        Raises:
            InvalidValue: If there is not one weight for each date, one is negative or not an ``int``, or all are zero.
        """
        given = as_tuple(weights, "weights", accepted="whole numbers of at least 0, one for each due date")
        if len(given) != len(terms.dues):
            raise InvalidValue("weights", given, f"{len(terms.dues)} weights, one for each due date")
        if any(type(each) is not int or each < 0 for each in given) or not any(given):
            raise InvalidValue("weights", given, "whole numbers of at least 0, one of them positive")
        rows = max(place for place, each in enumerate(given) if each) + 1
        full = accruals or terms.accruals()
        kept = Accruals(full.numerators[:rows], full.denominator)
        return cls(terms=terms, accruals=kept, weights=given[:rows], left=left, idle_pays=idle_pays, negative=negative)

    def exact(self) -> Fraction:
        """
        Return what one weight pays, in minor units, not rounded.
        """
        bears = self.accruals.numerators
        if self.idle_pays:
            bears = tuple(each if weight else 0 for each, weight in zip(bears, self.weights, strict=True))
        return paid_per_weight(
            self.terms.principal.minor, bears, self.accruals.denominator, weights=self.weights, left=self.left
        )

    def amounts(self) -> tuple[int, ...]:
        """
        Return what each date is to pay before the residue, rounded to the terms' unit; 0 for a weight of zero.

        The terms' rule for the last payment is kept: all are a unit higher or lower where it needs that.
        """
        share, unit = self.exact(), self.terms.unit
        mode = self.terms.instalment_rounding
        rounded = tuple(
            max(divide(share.numerator * weight, share.denominator * unit, mode), 1) * unit if weight and share else 0
            for weight in self.weights
        )
        return self._on_one_side(rounded) if any(rounded) else rounded

    def _on_one_side(self, rounded: tuple[int, ...]) -> tuple[int, ...]:
        match self.terms.last_payment:
            case "lower":
                nothing = -(max(rounded) // self.terms.unit)
                steps = least(0, lambda more: more >= nothing and not self._ends_above(self._shifted(rounded, more)))
            case "higher":
                steps = -least(0, lambda fewer: not self._ends_below(self._shifted(rounded, -fewer)))
            case _:
                steps = 0
        return self._shifted(rounded, steps)

    def _shifted(self, amounts: tuple[int, ...], steps: int) -> tuple[int, ...]:
        return tuple(max(each + steps * self.terms.unit, 0) if each else 0 for each in amounts)

    def _ends_above(self, amounts: tuple[int, ...]) -> bool:
        run = self._run(amounts, negative=True)
        return run.last_payment > amounts[run.period - 1] + self.left

    def _ends_below(self, amounts: tuple[int, ...]) -> bool:
        run = self._run(amounts, negative=True)
        return run.period < len(amounts) or run.last_payment < amounts[-1] + self.left

    def run(self) -> RunningBalance:
        """
        Write every row; the residue goes where the terms say.

        Raises:
            InvalidValue: If a payment is below the interest and *negative* was not asked for.
        """
        amounts = self.amounts()
        if self.terms.residue == "first" and len(amounts) > 1 and amounts[0]:
            amounts = (self._first(amounts), *amounts[1:])
        return self._run(amounts, negative=self.negative)

    def _run(self, amounts: Sequence[int], *, negative: bool) -> RunningBalance:
        running = RunningBalance.of(self.terms, self.accruals)
        for amount, weight in zip(amounts, self.weights, strict=True):
            if not running.open:
                break
            running.pay(self._paid(running, amount, weight, negative=negative))
        return running

    def _paid(self, running: RunningBalance, amount: int, weight: int, *, negative: bool) -> int:
        if not weight:
            return running.interest() if self.idle_pays else 0
        return running.covering(amount, negative=negative)

    def _first(self, amounts: tuple[int, ...]) -> int:
        """Return the first payment that brings the last one nearest to what its weight pays."""
        grown, base = 1, 1
        for numerator in self.accruals.numerators[1:]:
            grown, base = grown * (self.accruals.denominator + numerator), base * self.accruals.denominator
        near = amounts[0] + divide(self._off(amounts) * base, grown, Rounding.HALF_EVEN)
        lowest = max(1, RunningBalance.of(self.terms, self.accruals).interest())
        later = amounts[1:]
        over = least(max(near, lowest), lambda each: each >= lowest and self._off((each, *later)) <= 0)
        return min(over, max(over - 1, lowest), key=lambda each: abs(self._off((each, *later))))

    def _off(self, amounts: tuple[int, ...]) -> int:
        run = self._run(amounts, negative=True)
        return run.last_payment - self.left - sum(amounts[run.period - 1 :])
