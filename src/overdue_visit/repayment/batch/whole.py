"""
Whole numbers in columns: 64 bits each, and how a quotient of two becomes a whole number.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from overdue_visit.errors import InvalidValue
from overdue_visit.money import Rounding
from overdue_visit.repayment.demands import as_tuple

Whole = NDArray[np.int64]
"""A column of integers of 64 bits."""

MOST = 2**63 - 1
"""The largest number in a column."""


def column(numbers: Sequence[int] | Whole, field: str, *, most: int) -> Whole:
    """
    Take integers from 1 to *most* as a column.

    Raises:
        InvalidValue: If there are none, one is not an ``int``, or one is out of range; it is named.
    """
    if isinstance(numbers, np.ndarray):
        if numbers.dtype != np.int64 or numbers.ndim != 1:
            raise InvalidValue(field, numbers.dtype.name, "one column of int64")
        found = numbers.copy()
    else:
        numbers = as_tuple(numbers, field, accepted=f"ints from 1 to {most}")
        _demand_ints(numbers, field, most)
        found = np.array(numbers, dtype=np.int64)
    if not len(found):
        raise InvalidValue(field, (), "one loan at least")
    _demand_range(int(found.min()), int(found.max()), field, most)
    return found


def _demand_ints(numbers: Sequence[int], field: str, most: int) -> None:
    if set(map(type, numbers)) - {int}:
        odd = next(each for each in numbers if type(each) is not int)
        raise InvalidValue(field, odd, f"ints from 1 to {most}")
    # Before they become a column, which larger ones do not fit.
    _demand_range(min(numbers, default=1), max(numbers, default=1), field, most)


def _demand_range(least: int, largest: int, field: str, most: int) -> None:
    for each in (least, largest):
        if not 1 <= each <= most:
            raise InvalidValue(field, each, f"ints from 1 to {most}")


def quotients(above: Whole, below: Whole | int, rounding: Rounding, *, whole: Whole | int = 0) -> Whole:
    """
    Return *whole* + *above* / *below*, rounded once; none is negative, and 2 * *above* + *below* fits 64 bits.

    Args:
        whole: Decides what is even where a tie goes to the even neighbour.
    """
    match rounding:
        case Rounding.HALF_UP:
            return whole + (2 * above + below) // (2 * below)
        case Rounding.UP | Rounding.CEILING:
            return whole + (above + (below - 1)) // below
        case Rounding.HALF_EVEN:
            floor = above // below
            twice = 2 * (above - floor * below)
            floor = floor + whole
            up: Whole = ((twice > below) | ((twice == below) & (floor % 2 == 1))).astype(np.int64)
            return floor + up
        case Rounding.DOWN | Rounding.FLOOR:
            return whole + above // below
