"""
The level instalments of a book: the exact ones, rounded once.

An instalment is principal times a ratio that rate and count alone decide. The ratio is taken to 62 binary places, and
multiplied in halves of 31 bits; where the places beyond could change the rounding, the whole fraction is divided.
"""

from __future__ import annotations

import numpy as np

from overdue_visit.errors import InvalidValue
from overdue_visit.money import LIMIT, Rounding, divide
from overdue_visit.repayment.batch.book import Book
from overdue_visit.repayment.batch.whole import Whole
from overdue_visit.repayment.level import annuity_ratio
from overdue_visit.repayment.periods import MOST_DATES

_PLACES = 62
_ONE = 2**_PLACES
_HALF = _ONE // 2
_LIMB = _PLACES // 2
_LOW = 2**_LIMB - 1


def rounded(book: Book, rounding: Rounding) -> Whole:
    """
    Return the level instalment of each loan, in minor units, at least one.

    Raises:
        InvalidValue: If an instalment is larger than `Money` may be.
    """
    products, product_of = np.unique(book.rate_of * (MOST_DATES + 1) + book.counts, return_inverse=True)
    ratios = [_ratio(book, int(product)) for product in products]
    found, sure = _multiplied(book.principals, _taken(ratios)[product_of], rounding)
    for loan in np.flatnonzero(~sure).tolist():
        above, below = ratios[product_of[loan]]
        found[loan] = _exact(int(book.principals[loan]), above, below, rounding)
    return np.maximum(found, 1)


def _exact(principal: int, above: int, below: int, rounding: Rounding) -> int:
    found = divide(principal * above, below, rounding)
    if found > LIMIT:
        raise InvalidValue("principals", principal, f"a loan whose instalment is at most {LIMIT} minor units")
    return found


def _ratio(book: Book, product: int) -> tuple[int, int]:
    rate, count = divmod(product, MOST_DATES + 1)
    return annuity_ratio(*book.factors[rate], count)


def _taken(ratios: list[tuple[int, int]]) -> Whole:
    """Return each ratio's first places, or 0 where it is no proper fraction or stops within them."""
    cut = [divmod(above << _PLACES, below) if above < below else (0, 0) for above, below in ratios]
    return np.array([places if rest else 0 for places, rest in cut], dtype=np.int64)


def _multiplied(
    principals: Whole, ratios: Whole, rounding: Rounding
) -> tuple[Whole, np.ndarray[tuple[int], np.dtype[np.bool_]]]:
    """Return principals times ratios, rounded, and where that is certain."""
    high, low = principals >> _LIMB, principals & _LOW
    above, below = ratios >> _LIMB, ratios & _LOW
    last = low * below
    middle = high * below + low * above + (last >> _LIMB)
    whole = high * above + (middle >> _LIMB)
    least = ((middle & _LOW) << _LIMB) | (last & _LOW)
    # The places cut off add more than nothing and less than the principal.
    most = least + principals
    match rounding:
        case Rounding.DOWN | Rounding.FLOOR:
            up, sure = np.zeros(len(whole), dtype=np.bool_), most <= _ONE
        case Rounding.UP | Rounding.CEILING:
            up, sure = np.ones(len(whole), dtype=np.bool_), most <= _ONE
        case _:
            up = least >= _HALF
            sure = (most <= _HALF) | (up & (most <= _ONE))
    return whole + up, sure & (ratios > 0)
