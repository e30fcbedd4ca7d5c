"""
Interest that changes on the way: new rates from a day on, and days that bear none.

The interest of day d belongs to (d - 1, d]. A period's factor is divided over its calendar days, whatever the day
count: a rate that holds for 23 of 29 days bears 23/29 of that period's factor. Split at any day, the parts add up
exactly.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise

import attrs

from overdue_visit.errors import InvalidValue
from overdue_visit.instants import plain_date
from overdue_visit.rate import Per, Rate
from overdue_visit.repayment.accruals import Accruals
from overdue_visit.repayment.demands import as_tuple, tuple_of
from overdue_visit.repayment.frozen_days import FrozenDays, frozen_between
from overdue_visit.repayment.terms import Terms


@attrs.frozen
class RateChange:
    """
    From the day *on* interest is reckoned at *rate*: ``RateChange(date(2024, 2, 2), Rate("4%"))``.

    Raises:
        InvalidValue: If *on* is not a plain date, or *rate* is negative or a rate per once.
    """

    on: dt.date
    rate: Rate

    def __attrs_post_init__(self) -> None:
        plain_date(self.on)
        if not isinstance(self.rate, Rate) or self.rate.numerator < 0 or self.rate.per is Per.ONCE:
            raise InvalidValue("rate", self.rate, 'a Rate of at least zero per year, month or day: Rate("4.35%")')


def changing(terms: Terms, *, changes: Sequence[RateChange] = (), freezes: Sequence[FrozenDays] = ()) -> Accruals:
    """
    Return the interest factors of the terms' periods under new rates and frozen days, exactly.

    Raises:
        InvalidValue: If the changes do not rise in date, or the first is not after the day of drawing.
    """
    changes = checked_changes(terms, changes)
    freezes = tuple_of(freezes, FrozenDays, "frozen")
    starts = [terms.drawn, *(change.on - dt.timedelta(days=1) for change in changes), dt.date.max]
    rates = [terms.rate, *(change.rate for change in changes)]
    by_rate = {rate: attrs.evolve(terms, rate=rate).accruals() for rate in rates}
    spans = [(by_rate[rate], start, end) for rate, (start, end) in zip(rates, pairwise(starts), strict=True)]
    edges = zip((terms.drawn, *terms.dues), terms.dues, strict=False)
    factors = [_factor(period, edge, spans, freezes) for period, edge in enumerate(edges)]
    return over_one_denominator(factors)


def over_one_denominator(factors: Sequence[Fraction]) -> Accruals:
    """
    Take exact factors, one a period, as accruals.
    """
    denominator = math.lcm(*{each.denominator for each in factors})
    return Accruals(tuple(each.numerator * (denominator // each.denominator) for each in factors), denominator)


def checked_changes(terms: Terms, changes: Sequence[RateChange]) -> tuple[RateChange, ...]:
    """
    Return changes after the day of drawing, in rising order.

    Raises:
        InvalidValue: If that is not so.
    """
    before = terms.drawn
    found = as_tuple(changes, "changes", accepted="values of RateChange, rising in date")
    for change in found:
        if not isinstance(change, RateChange) or change.on <= before:
            raise InvalidValue("changes", change, f"a RateChange after {before}; changes rise in date")
        before = change.on
    return found


def _factor(
    period: int,
    edge: tuple[dt.date, dt.date],
    spans: Sequence[tuple[Accruals, dt.date, dt.date]],
    freezes: Sequence[FrozenDays],
) -> Fraction:
    start, end = edge
    total = Fraction(0)
    for accruals, since, until in spans:
        first, last = max(start, since), min(end, until)
        if first < last:
            days = (last - first).days - frozen_between(first, last, freezes)
            total += accruals.factor(period) * Fraction(days, (end - start).days)
    return total
