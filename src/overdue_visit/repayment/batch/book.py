"""
A loan book in columns: what each loan is, checked once.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Self

import attrs
import numpy as np

from overdue_visit.errors import InvalidValue
from overdue_visit.money import LIMIT, Money
from overdue_visit.rate import Per, Rate
from overdue_visit.repayment.accruals import Accruals
from overdue_visit.repayment.batch.whole import Whole, column
from overdue_visit.repayment.demands import as_tuple
from overdue_visit.repayment.periods import MOST_DATES

_MOST_SHARED = 2**31


@attrs.frozen(kw_only=True, eq=False)
class Book:
    """
    Loans of one currency, each with equal monthly instalments: number n of every column is loan n.

    Args:
        principals: Of each loan, in minor units.

        counts: Of monthly instalments.

        rates: Those that occur.

        rate_of: The place in *rates* of each loan's own.

        factors: The interest of a month by rate, above and below the line, in lowest terms or over one denominator.
    """

    currency: str
    principals: Whole
    counts: Whole
    rates: tuple[Rate, ...]
    rate_of: Whole
    factors: tuple[tuple[int, int], ...]

    @classmethod
    def of(
        cls,
        principals: Sequence[int] | Whole,
        *,
        currency: str,
        rates: Rate | Sequence[Rate],
        counts: int | Sequence[int] | Whole,
    ) -> Self:
        """
        Check and take loans.

        Args:
            principals: In minor units.

            rates: Of each loan, yearly or monthly; a single one is that of all.

            counts: Of monthly instalments of each loan; a single one is that of all.

        Raises:
            InvalidValue: If a value is out of range or of the wrong kind, or the columns differ in length.
        """
        Money.zero(currency)
        lent = column(principals, "principals", most=LIMIT)
        number = len(lent)
        months = column([counts] * number if isinstance(counts, int) else counts, "counts", most=MOST_DATES)
        _demand_length("counts", len(months), number)
        if isinstance(rates, Rate):
            apart: tuple[Rate, ...] = (rates,)
            rate_of: Whole = np.zeros(number, dtype=np.int64)
        else:
            rates = as_tuple(rates, "rates", accepted="a Rate, or one for each loan")
            _demand_length("rates", len(rates), number)
            apart, rate_of = _apart(rates)
        return cls(
            currency=currency,
            principals=lent,
            counts=months,
            rates=apart,
            rate_of=rate_of,
            factors=_monthly(apart),
        )

    def __len__(self) -> int:
        return len(self.principals)


def _demand_length(field: str, length: int, number: int) -> None:
    if length != number:
        raise InvalidValue(field, length, f"{number} of them, one for each principal")


def _apart(rates: Sequence[Rate]) -> tuple[tuple[Rate, ...], Whole]:
    """Return the different rates, and which of them each loan has."""
    # A book has few rates, and most of its loans hold the same object: it is looked at once.
    by_id = {id(each): each for each in rates}
    for each in by_id.values():
        if not isinstance(each, Rate):
            raise InvalidValue("rates", each, "a Rate for each loan")
    places: dict[Rate, int] = {}
    for each in by_id.values():
        places.setdefault(each, len(places))
    place_of = {name: places[each] for name, each in by_id.items()}
    return tuple(places), np.fromiter((place_of[id(each)] for each in rates), dtype=np.int64, count=len(rates))


def _monthly(rates: tuple[Rate, ...]) -> tuple[tuple[int, int], ...]:
    for rate in rates:
        if rate.numerator < 0 or rate.per not in (Per.YEAR, Per.MONTH):
            raise InvalidValue("rates", rate, 'Rates of at least zero per year or month: Rate("4.35%")')
    months = [Accruals.of_months(rate, 1) for rate in rates]
    shared = math.lcm(*(each.denominator for each in months))
    if shared > _MOST_SHARED:
        return tuple((each.numerators[0], each.denominator) for each in months)
    # Dividing a whole column by one number is three times as fast as by a number each.
    return tuple((each.numerators[0] * (shared // each.denominator), shared) for each in months)
