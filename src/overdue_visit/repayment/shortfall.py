"""
What exactly is missing for a plan to fit: money, months, or a lower rate.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import attrs

from overdue_visit.instants import plain_date
from overdue_visit.money import Money
from overdue_visit.rate import Rate
from overdue_visit.repayment.demands import demand
from overdue_visit.repayment.situation import Situation

_LONGEST_MONTHS = 600
_STEPS = 10_000
"""A rate that would fit is searched in hundredths of a percent."""


@attrs.frozen(kw_only=True)
class Shortfall:
    """
    The smallest of each thing that, granted alone, makes a plan fit; None where no amount of it would.

    Args:
        amount: More on every date.

        months: More months than the limits allow.

        rate: The highest rate, for the rate's own period, at which a plan fits.

        deficit: What necessary spending exceeds income by in a month; it must be covered first, besides. None where
            income covers it, or is not known.

        gap: Of a household with seasonal income, what necessary spending takes more than there is before the season's
            money comes, the deficit covered; it must be covered first, besides. None where it gets through.

        gap_on: The leanest day, through which the gap is reckoned.
    """

    amount: Money | None
    months: int | None
    rate: Rate | None
    deficit: Money | None = None
    gap: Money | None = None
    gap_on: dt.date | None = None

    def __attrs_post_init__(self) -> None:
        demand(self.amount, Money, "amount", none=True)
        demand(self.months, int, "months", accepted="a whole number of months", none=True)
        demand(self.rate, Rate, "rate", none=True)
        demand(self.deficit, Money, "deficit", none=True)
        demand(self.gap, Money, "gap", none=True)
        if self.gap is not None or self.gap_on is not None:
            plain_date(self.gap_on, field="gap_on")


def shortfall(now: Situation, fits: Callable[[Situation], bool]) -> Shortfall:
    """
    Search what is missing.

    Args:
        fits: Whether some plan fits a situation.

    Returns:
        An amount exact to the minor unit, whole months, and a rate in hundredths of a percent rounded down.
    """
    return Shortfall(amount=_amount(now, fits), months=_months(now, fits), rate=_rate(now, fits))


def _amount(now: Situation, fits: Callable[[Situation], bool]) -> Money | None:
    currency = now.debt.currency
    most = now.debt.owed.minor + max((flow.amount.minor for flow in now.debt.running), default=0)

    def enough(minor: int) -> bool:
        return fits(now.with_more(Money.from_minor(minor, currency)))

    found = _least(most, enough)
    return None if found is None else Money.from_minor(found, currency)


def _months(now: Situation, fits: Callable[[Situation], bool]) -> int | None:
    if now.longer is None:
        return None
    longer, has = now.longer, now.limits.longest_months
    return _least(_LONGEST_MONTHS - has, lambda more: fits(longer(has + more)))


def _rate(now: Situation, fits: Callable[[Situation], bool]) -> Rate | None:
    rate = now.debt.rate
    # The first step is the highest hundredth of a percent below the contract's rate.
    whole = -(-rate.numerator * _STEPS // rate.denominator)

    def at(steps: int) -> Rate:
        return Rate.from_ratio(steps, _STEPS, per=rate.per)

    def enough(lower: int) -> bool:
        return fits(attrs.evolve(now, debt=attrs.evolve(now.debt, rate=at(whole - lower))))

    found = _least(whole, enough)
    return None if found is None else at(whole - found)


def _least(most: int, enough: Callable[[int], bool]) -> int | None:
    """
    Search the smallest number from 1 to *most* that is enough, where more never is less; None where none is.
    """
    if most < 1 or not enough(most):
        return None
    fails, fits = 0, most
    while fits - fails > 1:
        tried = (fails + fits) // 2
        if enough(tried):
            fits = tried
        else:
            fails = tried
    return fits
