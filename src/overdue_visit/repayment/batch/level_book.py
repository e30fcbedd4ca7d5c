"""
Level instalments of a whole book: every loan's balance walks down month by month, all loans at once.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import attrs
import numpy as np

from overdue_visit.money import Money, Rounding
from overdue_visit.rate import Rate
from overdue_visit.repayment import periods
from overdue_visit.repayment.batch import instalments
from overdue_visit.repayment.batch.book import Book
from overdue_visit.repayment.batch.columns import LevelColumns
from overdue_visit.repayment.batch.whole import MOST, Whole, quotients
from overdue_visit.repayment.demands import demand_rounding
from overdue_visit.repayment.level import level as one_loan
from overdue_visit.repayment.row import BALANCE, INTEREST
from overdue_visit.repayment.terms import Terms

_BLOCK = 8192
"""Loans that go down together: their columns stay in the processor's own memory."""

_SOME_DAY = dt.date(2000, 1, 1)


def level(
    principals: Sequence[int] | Whole,
    *,
    currency: str,
    rates: Rate | Sequence[Rate],
    counts: int | Sequence[int] | Whole,
    rounding: Rounding = Rounding.HALF_UP,
    instalment_rounding: Rounding = Rounding.HALF_UP,
) -> LevelColumns:
    """
    Make the level schedules of many loans with equal months, exactly those of `repayment.level`.

    Whole months (30/360), the residue in the last row, instalments to the minor unit. Memory is 16 bytes a row; a large
    book is done in parts.

    Args:
        principals: In minor units.

        rates: Of each loan, yearly or monthly; a single one is that of all.

        counts: Of monthly instalments of each loan; a single one is that of all.

        rounding: Of interest.

        instalment_rounding: Of the instalment.

    Raises:
        InvalidValue: If a value is out of range or of the wrong kind, or the columns differ in length.
    """
    for field, mode in (("rounding", rounding), ("instalment_rounding", instalment_rounding)):
        demand_rounding(mode, field)
    book = Book.of(principals, currency=currency, rates=rates, counts=counts)
    each = instalments.rounded(book, instalment_rounding)
    shape = (int(book.counts.max()), len(book))
    made = LevelColumns(
        book=book,
        instalments=each,
        interests=np.zeros(shape, dtype=np.int64),
        balances=np.zeros(shape, dtype=np.int64),
        lengths=np.ones(len(book), dtype=np.int64),
    )
    factors = _Factors.of(book)
    for start in range(0, len(book), _BLOCK):
        _walk(made, slice(start, start + _BLOCK), factors, rounding)
    for loan in np.flatnonzero(factors.too_wide).tolist():
        _exactly(made, loan, rounding, instalment_rounding)
    return made


@attrs.frozen(eq=False)
class _Factors:
    """The interest of a month by loan: *above* / *below*; how wide the products get decides how it is divided."""

    above: Whole
    below: Whole | int
    direct: np.ndarray[tuple[int], np.dtype[np.bool_]]
    too_wide: np.ndarray[tuple[int], np.dtype[np.bool_]]

    @classmethod
    def of(cls, book: Book) -> _Factors:
        """
        Look at each rate once: the largest principal that it can be multiplied with.
        """
        wide = [_too_wide(*factor) for factor in book.factors]
        # What does not fit is walked without interest, and then made anew.
        factors = [(0, 1) if odd else factor for factor, odd in zip(book.factors, wide, strict=True)]
        belows = {below for _, below in factors}
        above = np.array([above for above, _ in factors], dtype=np.int64)[book.rate_of]
        below = np.array([below for _, below in factors], dtype=np.int64)[book.rate_of]
        direct = np.array([_most_direct(*factor) for factor in factors], dtype=np.int64)[book.rate_of]
        return cls(
            above,
            belows.pop() if len(belows) == 1 else below,
            book.principals <= direct,
            np.array(wide)[book.rate_of],
        )

    def interest_of(self, block: slice) -> _Interest:
        """
        Take the factors of some loans.
        """
        below = self.below if isinstance(self.below, int) else self.below[block]
        return _Interest(self.above[block], below, bool(self.direct[block].all()))


def _too_wide(above: int, below: int) -> bool:
    return 2 * below * above + 2 * below > MOST


def _most_direct(above: int, below: int) -> int:
    return min(MOST, (MOST - below) // (2 * above)) if above else MOST


@attrs.frozen(eq=False)
class _Interest:
    """The interest that a month adds to the balances of some loans."""

    above: Whole
    below: Whole | int
    direct: bool

    def on(self, balances: Whole, rounding: Rounding) -> Whole:
        """
        Return the interest on each balance, rounded once.
        """
        if self.direct:
            return quotients(balances * self.above, self.below, rounding)
        # Whole times of the divisor bear whole interest; only the rest of the balance is divided.
        times = balances // self.below
        rest = balances - times * self.below
        return quotients(rest * self.above, self.below, rounding, whole=times * self.above)


def _walk(made: LevelColumns, block: slice, factors: _Factors, rounding: Rounding) -> None:
    interest_of, counts = factors.interest_of(block), made.book.counts[block]
    balances, each = made.book.principals[block], made.instalments[block]
    for row in range(int(counts.max())):
        interests = interest_of.on(balances, rounding)
        if row == 0:
            # Rounding may push a long loan's instalment, which is hardly more than the interest, below it.
            each = made.instalments[block] = np.maximum(each, interests)
        left = balances + interests - each
        left *= (left > 0) & (counts > row + 1)
        made.interests[row, block] = interests
        made.balances[row, block] = left
        made.lengths[block] += left > 0
        balances = left
        if not left.any():
            return


def _exactly(made: LevelColumns, loan: int, rounding: Rounding, instalment_rounding: Rounding) -> None:
    """Put the schedule of one loan in its place, made on its own with integers of any width."""
    book = made.book
    schedule = one_loan(
        Terms(
            principal=Money.from_minor(int(book.principals[loan]), book.currency),
            rate=book.rates[int(book.rate_of[loan])],
            drawn=_SOME_DAY,
            dues=periods.months_after(_SOME_DAY, int(book.counts[loan])),
            rounding=rounding,
            instalment_rounding=instalment_rounding,
        )
    )
    length = len(schedule.rows)
    for column, taken in ((made.interests, INTEREST), (made.balances, BALANCE)):
        column[:, loan] = 0
        column[:length, loan] = list(map(taken, schedule.rows))
    made.lengths[loan] = length
    if schedule.instalment is not None:
        made.instalments[loan] = schedule.instalment.minor
