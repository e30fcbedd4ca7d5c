"""
Level instalments with a balance that is never rounded: every cell is rounded on its own, to be shown.

This is how spreadsheets, textbooks and most Chinese loan sites print 等额本息. A lender's ledger cannot work so: from
row to row the shown balance may miss the shown principal by one unit. `level.level` makes the schedule to collect by.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import repeat
from operator import sub

import attrs

from overdue_visit.errors import InvalidValue
from overdue_visit.money import Money, Rounding, divide
from overdue_visit.repayment.accruals import Accruals
from overdue_visit.repayment.day_count import DayCount
from overdue_visit.repayment.level import demand_choices, exact_instalment, level_instalment
from overdue_visit.repayment.row import rows_of
from overdue_visit.repayment.schedule import Schedule
from overdue_visit.repayment.terms import Terms


@attrs.frozen
class _Exact:
    """A part of the debt as *above* / *below*, which grow with every row: reducing them would cost more."""

    above: int
    below: int

    def rounded(self, rounding: Rounding) -> int:
        """
        Return whole minor units.
        """
        return divide(self.above, self.below, rounding)


def carried_level(
    terms: Terms,
    *,
    instalment: Money | None = None,
    instalment_day_count: DayCount | None = None,
    stop_after: int | None = None,
) -> Schedule:
    """
    Make a level schedule whose balance is carried exactly and rounded only to be shown.

    Payments are shown rounded as the terms round instalments, interest and balances as they round interest; principal
    is payment less interest. The residue shows in the last row. The terms' choices of residue row, last payment and
    merge do not apply.

    Args:
        instalment: Pay exactly this much instead of the unrounded instalment.

        instalment_day_count: Reckons the instalment by another rule than the interest.

        stop_after: Show this many rows only; `Schedule.left` is what is then owed.

    Raises:
        InvalidValue: If *instalment* is below the interest of the first row, or *stop_after* is not a number of rows.
        CurrencyMismatch: If *instalment* has another currency than the terms.
    """
    demand_choices(terms, instalment, stop_after)
    accruals = terms.accruals()
    exact = exact_instalment(terms, day_count=instalment_day_count)
    shown = level_instalment(terms, day_count=instalment_day_count)
    if instalment is not None:
        if instalment.minor * accruals.denominator < terms.principal.minor * accruals.numerators[0]:
            raise InvalidValue("instalment", instalment, "at least the interest of the first row")
        exact, shown = Fraction(instalment.minor), instalment
    columns = _Columns(terms, accruals, given=instalment is not None)
    columns.fill(shown.minor, exact)
    return columns.schedule(shown, stop_after)


@attrs.define
class _Columns:
    terms: Terms
    accruals: Accruals
    given: bool = attrs.field(kw_only=True)
    payments: list[int] = attrs.field(factory=list)
    interests: list[int] = attrs.field(factory=list)
    balances: list[int] = attrs.field(factory=list)

    def fill(self, shown: int, instalment: Fraction) -> None:
        """
        Walk down to zero.
        """
        denominator, last = self.accruals.denominator, len(self.accruals) - 1
        balance = _Exact(self.terms.principal.minor * instalment.denominator, instalment.denominator)
        taken = instalment.numerator
        for row, numerator in enumerate(self.accruals.numerators):
            interest = _Exact(balance.above * numerator, balance.below * denominator)
            taken *= denominator
            left = _Exact(balance.above * denominator + interest.above - taken, interest.below)
            if row == last or left.above <= 0:
                self._add(self._closing(balance, interest), interest, 0)
                return
            self._add(shown, interest, left.rounded(self.terms.rounding))
            balance = left

    def _add(self, payment: int, interest: _Exact, balance: int) -> None:
        self.payments.append(payment)
        self.interests.append(interest.rounded(self.terms.rounding))
        self.balances.append(balance)

    def _closing(self, balance: _Exact, interest: _Exact) -> int:
        if not self.given:
            return balance.rounded(self.terms.rounding) + interest.rounded(self.terms.rounding)
        due = _Exact(balance.above * self.accruals.denominator + interest.above, interest.below)
        return due.rounded(self.terms.instalment_rounding)

    def schedule(self, instalment: Money, stop_after: int | None) -> Schedule:
        """
        Return the rows as a schedule, or the first of them.
        """
        terms, fee = self.terms, self.terms.fee.minor if self.terms.fee else 0
        rows = rows_of(
            terms.currency,
            terms.dues,
            payments=[payment + fee for payment in self.payments],
            interests=self.interests,
            principals=map(sub, self.payments, self.interests),
            balances=self.balances,
            fees=repeat(fee),
        )
        return Schedule(
            kind="level_carried",
            currency=terms.currency,
            drawn=terms.drawn,
            opening=terms.principal,
            rows=rows[:stop_after],
            instalment=instalment,
        )
