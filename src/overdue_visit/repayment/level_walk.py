"""
The walk of a balance down a level schedule, in whole minor units: interest is added and rounded, an instalment taken.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from operator import ge
from typing import Self

import attrs

from overdue_visit.money import Rounding
from overdue_visit.repayment.accruals import Accruals
from overdue_visit.repayment.below_interest import BelowInterest
from overdue_visit.repayment.row import PRINCIPAL, Row
from overdue_visit.repayment.terms import Terms


@attrs.frozen
class Walk:
    """A balance and the periods ahead of it."""

    opening: int
    accruals: Accruals
    rounding: Rounding

    @classmethod
    def of(cls, terms: Terms) -> Self:
        """
        Start at the day the money was drawn.
        """
        return cls(terms.principal.minor, terms.accruals(), terms.rounding)

    def balances(self, instalment: int, *, first: int | None = None) -> list[int]:
        """
        Return the balance after each row, if each pays *instalment* and the first pays *first*.

        It ends with the last row, or the first that leaves nothing owed. The last balance is the residue: what the
        last payment must be more than *instalment*, or less.
        """
        ahead = self.accruals.numerators
        if first is None:
            found = self._walked(self.opening, instalment, ahead)
        else:
            balance = self.opening + self.accruals.interest(self.opening, 0, self.rounding) - first
            found = [balance, *self._walked(balance, instalment, ahead[1:])]
        if len(found) > 1 and found[-2] <= 0:
            del found[next(place for place, left in enumerate(found) if left <= 0) + 1 :]
        return found

    def residue(self, instalment: int, *, first: int | None = None) -> int:
        """
        Return what the last payment must be more than *instalment*; rows that nothing is left for count as missing.
        """
        balances = self.balances(instalment, first=first)
        return balances[-1] - (len(self.accruals) - len(balances)) * instalment

    def demand_falling(self, balances: Sequence[int], instalment: int, currency: str) -> None:
        """
        Refuse an instalment that leaves a balance higher than it was; the residue is not looked at.

        Raises:
            BelowInterest: If it is below the interest of a row.
        """
        before = [self.opening, *balances[:-1]]
        # Where all periods bear the same, a balance that falls once keeps falling.
        falls = before[:2] if self.accruals.regular else before
        if all(map(ge, falls, falls[1:])):
            return
        row = next(place for place, left in enumerate(before[1:]) if left > before[place])
        interest = self.accruals.interest(before[row], row, self.rounding)
        raise BelowInterest.of_row(row + 1, instalment=instalment, interest=interest, currency=currency)

    def plain_rows(self, instalment: int, dues: Sequence[dt.date], currency: str) -> tuple[Row, ...] | None:
        """
        Return the rows of the ordinary schedule in one pass, or nothing if it is not ordinary.

        Ordinary is: equal periods, a rounding that is a floor, a balance that falls and lasts until the last row.
        """
        if not self.accruals.regular or self.rounding is Rounding.HALF_EVEN:
            return None
        scale, offset = _affine(self.accruals.denominator, self.rounding)
        numerator, denominator = scale * self.accruals.numerators[0], scale * self.accruals.denominator
        balance = self.opening
        rows: list[Row] = []
        add = rows.append
        for number, due in enumerate(dues, 1):
            interest = (balance * numerator + offset) // denominator
            principal = instalment - interest
            balance -= principal
            add(Row(number, due, instalment, interest, principal, 0, 0, 0, balance, currency))
        before = balance + principal
        if before <= 0 or PRINCIPAL(rows[0]) < 0:
            return None
        rows[-1] = Row(number, due, before + interest, interest, before, 0, 0, 0, 0, currency)
        return tuple(rows)

    def _walked(self, balance: int, instalment: int, numerators: tuple[int, ...]) -> list[int]:
        if self.rounding is Rounding.HALF_EVEN:
            return _walked_half_even(balance, instalment, numerators, self.accruals.denominator)
        scale, offset = _affine(self.accruals.denominator, self.rounding)
        denominator = scale * self.accruals.denominator
        found: list[int] = []
        add = found.append
        if self.accruals.regular:
            numerator = scale * self.accruals.numerators[0]
            for _ in numerators:
                balance += (balance * numerator + offset) // denominator - instalment
                add(balance)
            return found
        for numerator in numerators:
            balance += (balance * scale * numerator + offset) // denominator - instalment
            add(balance)
        return found


def _affine(denominator: int, rounding: Rounding) -> tuple[int, int]:
    """Return scale and offset: for x of at least zero, rounding x / d is the floor of (scale x + offset) / scale d."""
    match rounding:
        case Rounding.HALF_UP:
            return 2, denominator
        case Rounding.UP | Rounding.CEILING:
            return 1, denominator - 1
        case _:
            return 1, 0


def _walked_half_even(balance: int, instalment: int, numerators: tuple[int, ...], denominator: int) -> list[int]:
    found = []
    double = 2 * denominator
    for numerator in numerators:
        interest, rest = divmod(2 * balance * numerator + denominator, double)
        if not rest and interest % 2:
            interest -= 1
        balance += interest - instalment
        found.append(balance)
    return found
