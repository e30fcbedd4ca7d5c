"""
A balance that goes down row by row in whole minor units, and becomes a schedule.

The kinds of schedule differ in what each row pays; how a payment divides into interest and principal, how the last row
clears the balance and how fees and a tiny last row are treated is the same for all, and stands here.
"""

from __future__ import annotations

from collections.abc import Sequence
from operator import add
from typing import Self

import attrs

from overdue_visit.errors import InvalidValue
from overdue_visit.money import Money, divide
from overdue_visit.repayment.accruals import Accruals
from overdue_visit.repayment.below_interest import BelowInterest
from overdue_visit.repayment.proportion import level_from
from overdue_visit.repayment.row import rows_of
from overdue_visit.repayment.schedule import Schedule
from overdue_visit.repayment.terms import Terms


@attrs.define
class RunningBalance:
    """
    What is owed after the rows written so far.

    Args:
        balance: Principal owed now, in minor units.

        deferred: Interest put off earlier, owed without interest on it, in minor units.
    """

    terms: Terms
    accruals: Accruals
    balance: int
    deferred: int = 0
    cleared: int = attrs.field(default=0, init=False)
    """Deferred interest that the last row pays, in minor units."""
    interests: list[int] = attrs.field(factory=list, init=False)
    principals: list[int] = attrs.field(factory=list, init=False)
    capitalised: list[int] = attrs.field(factory=list, init=False)
    balances: list[int] = attrs.field(factory=list, init=False)

    @classmethod
    def of(cls, terms: Terms, accruals: Accruals | None = None) -> Self:
        """
        Start on the day the money was drawn.

        Args:
            accruals: Interest factors other than the terms' own, such as those of changing rates.
        """
        return cls(terms, accruals or terms.accruals(), terms.principal.minor)

    @classmethod
    def clearing_last(cls, terms: Terms, accruals: Accruals | None = None) -> Self:
        """
        Start a balance that the last row clears, whatever it takes.

        Raises:
            InvalidValue: If the terms want the residue in the first row, or a last payment on one side of the others:
                kinds whose payments change on the way cannot promise that.
        """
        if terms.residue != "last":
            raise InvalidValue("residue", terms.residue, "'last' for this kind of schedule")
        if terms.last_payment != "nearest":
            raise InvalidValue("last_payment", terms.last_payment, "'nearest' for this kind of schedule")
        return cls.of(terms, accruals)

    @property
    def period(self) -> int:
        """The next row, counted from 0."""
        return len(self.balances)

    @property
    def rows_left(self) -> int:
        """How many due dates are still to come."""
        return len(self.accruals) - self.period

    @property
    def open(self) -> bool:
        """Whether something is owed and a due date is left."""
        return self.balance > 0 and self.rows_left > 0

    def interest(self) -> int:
        """
        Return the interest of the next row, rounded once.
        """
        return self.accruals.interest(self.balance, self.period, self.terms.rounding)

    def write(self, *, interest: int = 0, principal: int = 0, capitalised: int = 0) -> None:
        """
        Write the next row: what is paid of each, and what joins the balance instead.
        """
        self.balance += capitalised - principal
        self.interests.append(interest)
        self.principals.append(principal)
        self.capitalised.append(capitalised)
        self.balances.append(self.balance)

    def pay(self, amount: int, *, deferred: int = 0) -> None:
        """
        Pay *amount* on the next date, interest first; the last date, or more than is owed, clears the debt.

        Interest that the amount does not cover is capitalised; `covering` refuses that beforehand.

        Args:
            deferred: Paid of the deferred interest, besides *amount*.
        """
        interest = self.interest()
        if self.rows_left == 1 or amount >= self.balance + interest:
            self.clear()
        elif amount < interest:
            self.deferred -= deferred
            self.write(interest=amount + deferred, capitalised=interest - amount)
        else:
            self.deferred -= deferred
            self.write(interest=interest + deferred, principal=amount - interest)

    def clear(self) -> None:
        """
        Pay all that is owed on the next date.
        """
        interest = self.interest() + self.deferred
        self.cleared, self.deferred = self.deferred, 0
        self.write(interest=interest, principal=self.balance)

    def covering(self, amount: int, *, negative: bool = False) -> int:
        """
        Return *amount* if it may be paid on the next date: an instalment covers its interest, unless otherwise asked.

        Where rounding alone pushed it below the interest, by no more than a unit, the interest is paid. The last date
        clears the balance, whatever the amount.

        Raises:
            BelowInterest: If *amount* is further below the interest and *negative* is false.
        """
        interest = self.interest()
        if negative or amount >= interest or self.rows_left == 1:
            return amount
        if interest - amount <= self.terms.unit:
            return interest
        raise BelowInterest.of_row(self.period + 1, instalment=amount, interest=interest, currency=self.terms.currency)

    def recast(self, *, skip: int = 0, expected: Accruals | None = None) -> int:
        """
        Return the level instalment that clears the balance over the dates left, rounded to the terms' unit.

        Args:
            skip: Dates that come before the first instalment and pay their interest only.

            expected: The interest factors of all periods as they look now, where later changes are not known yet.
        """
        accruals = expected or self.accruals
        exact = level_from(self.balance, accruals.numerators[self.period + skip :], accruals.denominator)
        units = divide(exact.numerator, exact.denominator * self.terms.unit, self.terms.instalment_rounding)
        return max(units, 1) * self.terms.unit

    @property
    def last_payment(self) -> int:
        """What the last written row pays, without its fee."""
        return self.interests[-1] + self.principals[-1]

    def schedule(self, kind: str, *, instalment: int | None = None) -> Schedule:
        """
        Make the schedule of the rows written; a tiny last row joins the one before, and every row gets its fee.

        Args:
            instalment: The one amount that all regular rows pay, where the kind has one.
        """
        self._merge()
        fee = self.terms.fee.minor if self.terms.fee else 0
        payments: Sequence[int] = list(map(add, self.interests, self.principals))
        currency = self.terms.currency
        return Schedule(
            kind=kind,
            currency=currency,
            drawn=self.terms.drawn,
            opening=self.terms.principal,
            instalment=None if instalment is None else Money.from_minor(instalment, currency),
            rows=rows_of(
                currency,
                self.terms.dues,
                payments=[each + fee for each in payments],
                interests=self.interests,
                principals=self.principals,
                fees=[fee] * len(payments),
                capitalised=self.capitalised,
                balances=self.balances,
            ),
        )

    def _merge(self) -> None:
        limit = self.terms.merge_below
        if limit is None or self.period < 2 or self.balance or self.last_payment >= limit.minor:
            return
        for column in (self.interests, self.principals, self.capitalised):
            del column[-1]
        # The row's own interest is no longer borne, but what was put off to it is still owed.
        self.interests[-1] += self.cleared
        self.principals[-1] += self.balances.pop(-2)
