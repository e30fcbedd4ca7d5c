"""
A debt followed without rounding, as textbooks and disclosure examples do; each figure is rounded once, when shown.

A schedule in minor units differs from it by what its rows round. Both are right; a contract says which one holds.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Self

import attrs

from overdue_visit.errors import InvalidValue
from overdue_visit.money import Money, Rounding, divide
from overdue_visit.repayment.payment_rules import PaymentRule
from overdue_visit.repayment.proportion import level_from
from overdue_visit.repayment.terms import Terms


@attrs.frozen(kw_only=True)
class Unrounded:
    """
    What is owed, exactly, before so many equal periods.

    Args:
        owed: In minor units, not rounded.

        factor: The interest factor of one period.

        rows: Periods left.
    """

    owed: Fraction
    factor: Fraction
    rows: int
    currency: str

    @classmethod
    def of(cls, terms: Terms) -> Self:
        """
        Start on the day of drawing.

        Raises:
            InvalidValue: If the periods do not all bear the same interest.
        """
        accruals = terms.accruals()
        if not accruals.regular:
            raise InvalidValue("dues", terms.dues[0], "periods of equal interest")
        return cls(
            owed=Fraction(terms.principal.minor),
            factor=accruals.factor(0),
            rows=len(terms.dues),
            currency=terms.currency,
        )

    @property
    def instalment(self) -> Fraction:
        """The level instalment that clears the debt over the periods left, in minor units."""
        bears = (self.factor.numerator,) * self.rows
        return level_from(1, bears, self.factor.denominator) * self.owed

    def interest(self) -> Fraction:
        """
        Return the interest of the next period, in minor units.
        """
        return self.owed * self.factor

    def after(self, rows: int, *, paying: Fraction | None = None) -> Self:
        """
        Return the debt after some payments.

        Args:
            paying: The payment of each period, in minor units; the level instalment unless given, 0 to let the debt
                grow.

        Raises:
            InvalidValue: If *rows* is not a number of periods that are left.
        """
        if type(rows) is not int or not 0 <= rows <= self.rows:
            raise InvalidValue("rows", rows, f"a number of periods from 0 to {self.rows}")
        payment = self.instalment if paying is None and rows else paying or Fraction(0)
        grown = (1 + self.factor) ** rows
        paid = payment * ((grown - 1) / self.factor if self.factor else rows)
        return attrs.evolve(self, owed=self.owed * grown - paid, rows=self.rows - rows)

    def at(self, factor: Fraction, *, rows: int | None = None) -> Self:
        """
        Return the same debt at another interest factor from now on, and over another number of periods if given.
        """
        return attrs.evolve(self, factor=factor, rows=self.rows if rows is None else rows)

    def payments(self, rule: PaymentRule) -> tuple[Fraction, ...]:
        """
        Return all payments of a rule, in minor units; the last period left clears what is owed.

        Raises:
            InvalidValue: If a payment is below its interest, so that the debt would grow.
        """
        found: list[Fraction] = []
        owed = self.owed
        while owed > 0 and len(found) < self.rows:
            interest = owed * self.factor
            payment = rule.payment(owed, interest)
            last = len(found) + 1 == self.rows or payment >= owed + interest
            if not last and payment < interest:
                raise InvalidValue("rule", rule, "payments of at least the interest")
            found.append(owed + interest if last else payment)
            owed += interest - found[-1]
        return tuple(found)

    def money(self, minor: Fraction, *, rounding: Rounding = Rounding.HALF_UP) -> Money:
        """
        Round exact minor units to an amount.
        """
        return Money.from_minor(divide(minor.numerator, minor.denominator, rounding), self.currency)
