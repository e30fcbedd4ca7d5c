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


Fits = Callable[[Situation, str], bool]
"""Whether a kind of plan fits a situation."""


def shortfall(now: Situation, fits: Fits) -> Shortfall:
    """
    Search what is missing.

    Args:
        fits: Whether a kind of plan fits a situation; each that the limits allow is asked about.

    Returns:
        An amount exact to the minor unit, whole months, and a rate in hundredths of a percent rounded down.
    """
    return Shortfall(amount=_amount(now, fits), months=_months(now, fits), rate=_rate(now, fits))


def _amount(now: Situation, fits: Fits) -> Money | None:
    currency = now.debt.currency
    most = now.debt.owed.minor + max((flow.amount.minor for flow in now.debt.running), default=0)
    found = _least(now, most, lambda minor: now.with_more(Money.from_minor(minor, currency)), fits)
    return None if found is None else Money.from_minor(found, currency)


def _months(now: Situation, fits: Fits) -> int | None:
    if now.longer is None:
        return None
    longer, has = now.longer, now.limits.longest_months
    return _least(now, _LONGEST_MONTHS - has, lambda more: longer(has + more), fits)


def _rate(now: Situation, fits: Fits) -> Rate | None:
    rate = now.debt.rate
    # The first step is the highest hundredth of a percent below the contract's rate.
    whole = -(-rate.numerator * _STEPS // rate.denominator)

    def at(steps: int) -> Rate:
        return Rate.from_ratio(steps, _STEPS, per=rate.per)

    found = _least(now, whole, lambda lower: now.with_rate(at(whole - lower)), fits)
    return None if found is None else at(whole - found)


def _least(now: Situation, most: int, granted: Callable[[int], Situation], fits: Fits) -> int | None:
    """
    Search the smallest number from 1 to *most* that, granted, makes a plan of some kind fit; None where none does.

    More is taken never to be less.
    """
    if most < 1:
        return None
    kinds = list(now.limits.kinds)

    def enough(number: int) -> bool:
        situation = granted(number)
        found = next((kind for kind in kinds if fits(situation, kind)), None)
        if found is not None:
            # The kind that fits is the likeliest to fit a little less, too.
            kinds.sort(key=lambda kind: kind != found)
        return found is not None

    if not enough(most):
        return None
    fails, suffices = 0, most
    while suffices - fails > 1:
        tried = (fails + suffices) // 2
        if enough(tried):
            suffices = tried
        else:
            fails = tried
    return suffices
