"""
Whether a household gets through to its season: what it must spend comes before what it may be asked for.
"""

from __future__ import annotations

import datetime as dt

import attrs

from overdue_visit.money import Money
from overdue_visit.repayment.capacity import eves_of_income, held_on
from overdue_visit.repayment.contingency import NO_CONTINGENCY
from overdue_visit.repayment.household import Household
from overdue_visit.repayment.income import Income

_A_YEAR = dt.timedelta(days=366)


@attrs.frozen(kw_only=True)
class Gap:
    """
    Necessary spending that nothing covers before the season's money comes.

    Args:
        on: The leanest day.

        amount: What is missing through that day.
    """

    on: dt.date
    amount: Money


def monthly_deficit(household: Household) -> Money | None:
    """
    Say by how much necessary spending exceeds the averaged month's income; None where income covers it.
    """
    surplus = household.surplus
    return -surplus if surplus.minor < 0 else None


def gap_before_season(household: Household, *, since: dt.date) -> Gap | None:
    """
    Find the leanest day of the year ahead on which a household with seasonal income has spent more than it had.

    A deficit of every month counts as covered: it is told apart, and covered it leaves the gaps between the seasons.

    Args:
        since: The day of the talk: what came before it is spent, but for the savings.

    Returns:
        None for a household without seasonal income, or one that gets through.
    """
    if not household.seasonal:
        return None
    deficit = monthly_deficit(household)
    help_ = () if deficit is None else (Income.monthly("deficit", deficit),)
    covered = attrs.evolve(household, incomes=(*household.incomes, *help_), contingency=NO_CONTINGENCY)
    last = since + _A_YEAR
    days = sorted({*eves_of_income(covered, since, last), last})
    least, on = min(zip(held_on(covered, since, days), days, strict=True))
    return Gap(on=on, amount=Money.from_minor(-least, household.currency)) if least < 0 else None
