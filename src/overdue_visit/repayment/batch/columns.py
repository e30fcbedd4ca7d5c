"""
Schedules in columns: a row of each column is a month, a place in the row is a loan.
"""

from __future__ import annotations

import datetime as dt

import attrs
import numpy as np
from numpy.typing import NDArray

from overdue_visit.errors import InvalidValue
from overdue_visit.money import Money
from overdue_visit.repayment import periods
from overdue_visit.repayment.batch.book import Book
from overdue_visit.repayment.batch.whole import Whole
from overdue_visit.repayment.row import Row, rows_of
from overdue_visit.repayment.schedule import Schedule

_LARGEST = 2**63 - 1


@attrs.frozen(kw_only=True, eq=False)
class LevelColumns:
    """
    The level schedules of a book in minor units: ``balances[k, n]`` is what loan n owes after its row k + 1.

    A loan that is paid off has zeros from there on.

    Args:
        instalments: Of each loan.

        interests: By month and loan.

        balances: By month and loan.

        lengths: How many rows each loan has; fewer than asked for where rounding up cleared a small debt early.
    """

    book: Book
    instalments: Whole
    interests: Whole
    balances: Whole
    lengths: Whole

    @property
    def principals(self) -> Whole:
        """What of each payment lowers the balance, by month and loan."""
        before = np.vstack((self.book.principals[np.newaxis], self.balances[:-1]))
        return before - self.balances

    @property
    def payments(self) -> Whole:
        """What is paid, by month and loan."""
        return self.principals + self.interests

    @property
    def total_interest(self) -> Whole | NDArray[np.object_]:
        """All interest of each loan; as Python integers where 64 bits might not hold a sum."""
        largest = int(self.interests.max(initial=0))
        if largest * len(self.interests) > _LARGEST:
            return np.asarray(self.interests.astype(object).sum(axis=0), dtype=object)
        return np.asarray(self.interests.sum(axis=0), dtype=np.int64)

    def schedule(self, loan: int, *, drawn: dt.date) -> Schedule:
        """
        Return the schedule of one loan with its dates: what `repayment.level` makes of the same terms.

        Args:
            loan: Its place in the book, from 0.

            drawn: The day on which interest starts; the dates are the same day of the months after.

        Raises:
            InvalidValue: If there is no such loan.
        """
        if type(loan) is not int or not 0 <= loan < len(self.book):
            raise InvalidValue("loan", loan, f"a place in the book, from 0 to {len(self.book) - 1}")
        currency = self.book.currency
        return Schedule(
            kind="level",
            currency=currency,
            drawn=drawn,
            opening=Money.from_minor(int(self.book.principals[loan]), currency),
            rows=self._rows(loan, periods.months_after(drawn, int(self.lengths[loan]))),
            instalment=Money.from_minor(int(self.instalments[loan]), currency),
        )

    def _rows(self, loan: int, dues: tuple[dt.date, ...]) -> tuple[Row, ...]:
        interests = self.interests[: len(dues), loan].tolist()
        balances = self.balances[: len(dues), loan].tolist()
        before = [int(self.book.principals[loan]), *balances]
        principals = [owed - left for owed, left in zip(before, balances, strict=False)]
        return rows_of(
            self.book.currency,
            dues,
            payments=[interest + principal for interest, principal in zip(interests, principals, strict=True)],
            interests=interests,
            principals=principals,
            balances=balances,
        )
