"""
What a household can put toward its loan on each date ahead.

Two ways, both exact. *Averaged* takes the year's income in twelve equal months: right for wages, and what statements
of affairs do. *As it comes* walks along the days: what is paid on a date must have arrived, and enough must stay until
the next income; right for a family with one harvest.
"""

from __future__ import annotations

import calendar
import datetime as dt
import enum
from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate

import attrs

from overdue_visit.business_calendar import corresponding_day
from overdue_visit.errors import InvalidValue
from overdue_visit.instants import plain_date
from overdue_visit.money import Money
from overdue_visit.repayment.caps import Cap, demanded_caps
from overdue_visit.repayment.demands import as_tuple, demand
from overdue_visit.repayment.household import Household

_FOUR_WEEKS = 28
_WEEK_DAYS = 7
_WEEKS_OF_A_YEAR = 52
_MONTHS_OF_A_YEAR = 12
_ONE_DAY = dt.timedelta(days=1)
_LOOK_AHEAD = dt.timedelta(days=366)


class Reckoning(enum.StrEnum):
    """How capacity is reckoned."""

    AVERAGED = "averaged"
    AS_IT_COMES = "as_it_comes"


@attrs.frozen(kw_only=True)
class Capacities:
    """
    What can be paid on each of some rising dates, and what all of it may be until then.

    Paying on each date at most its amount, unspent amounts carried to no other date, keeps the household whole.
    """

    reckoning: Reckoning
    since: dt.date
    dates: tuple[dt.date, ...]
    amounts: tuple[Money, ...]

    def on(self, day: dt.date) -> Money:
        """
        Say what can be paid on one of the dates.

        Raises:
            InvalidValue: If *day* is not one of them.
        """
        if day not in self.dates:
            raise InvalidValue("day", day, f"one of the dates reckoned, {self.since} to {self.dates[-1]}")
        return self.amounts[self.dates.index(day)]

    @property
    def total(self) -> Money:
        """The sum over all dates."""
        return Money.total(self.amounts, self.amounts[0].currency)


def capacities(
    household: Household,
    dates: Sequence[dt.date],
    *,
    since: dt.date,
    reckoning: Reckoning | None = None,
    caps: Sequence[Cap] = (),
) -> Capacities:
    """
    Reckon what a household can put toward its loan on each date.

    Args:
        dates: Rising, all after *since*.

        since: The day of the talk: what came before it is spent.

        reckoning: As it comes where some income is seasonal, else averaged.

        caps: Ceilings besides the budget.

    Returns:
        Whole minor units, rounded down. Averaged: dates a month apart can take a month's capacity each, and dates four
        weeks apart or closer their part of the year, 52 weeks of which make twelve months.

    Raises:
        InvalidValue: If the dates do not rise or do not lie after *since*.
    """
    demand(household, Household, "household")
    days = _checked(dates, since)
    demand(reckoning, Reckoning, "reckoning", none=True)
    caps = demanded_caps(caps)
    chosen = reckoning or (Reckoning.AS_IT_COMES if household.seasonal else Reckoning.AVERAGED)
    reckon = _as_it_comes if chosen is Reckoning.AS_IT_COMES else _averaged
    amounts = reckon(household, days, since)
    if caps:
        most = min(cap.most_for(household) for cap in caps)
        amounts = tuple(min(amount, _part(most, days, place, since)) for place, amount in enumerate(amounts))
    return Capacities(reckoning=chosen, since=since, dates=days, amounts=amounts)


def _checked(dates: Sequence[dt.date], since: dt.date) -> tuple[dt.date, ...]:
    before = plain_date(since, field="since")
    days = as_tuple(dates, "dates", accepted="rising dates, at least one")
    for day in days:
        if plain_date(day, field="dates") <= before:
            raise InvalidValue("dates", day.isoformat(), f"a date after {before.isoformat()}")
        before = day
    if not days:
        raise InvalidValue("dates", dates, "at least one date")
    return days


def _averaged(household: Household, days: tuple[dt.date, ...], since: dt.date) -> tuple[Money, ...]:
    a_month = household.capacity
    amounts = [_part(a_month, days, place, since) for place in range(len(days))]
    if household.savings is not None:
        amounts[0] += household.savings
    return tuple(amounts)


def _part(a_month: Money, days: tuple[dt.date, ...], place: int, since: dt.date) -> Money:
    before, day = _span(days, place, since)
    apart = (day - before).days
    if apart > _FOUR_WEEKS or (apart == _FOUR_WEEKS and _is_february(days, before, day)):
        return a_month
    return Money.from_minor(
        a_month.minor * _MONTHS_OF_A_YEAR * apart // (_WEEKS_OF_A_YEAR * _WEEK_DAYS), a_month.currency
    )


def _is_february(days: tuple[dt.date, ...], before: dt.date, day: dt.date) -> bool:
    """Tell a month of four weeks from a rhythm of four weeks, which takes thirteen payments a year."""
    weeks = dt.timedelta(days=_FOUR_WEEKS)
    return corresponding_day(before, 1) == day and before - weeks not in days and day + weeks not in days


def _span(days: tuple[dt.date, ...], place: int, since: dt.date) -> tuple[dt.date, dt.date]:
    if place:
        return days[place - 1], days[place]
    # The first date comes when it comes; its part is that of the rhythm which follows.
    return (days[0], days[1]) if len(days) > 1 else (since, days[0])


def _as_it_comes(household: Household, days: tuple[dt.date, ...], since: dt.date) -> tuple[Money, ...]:
    paid, amounts = 0, []
    for most in _free_until(household, days, since):
        amounts.append(Money.from_minor(max(most - paid, 0), household.currency))
        paid = max(paid, most)
    return tuple(amounts)


def _free_until(household: Household, days: tuple[dt.date, ...], since: dt.date) -> list[int]:
    # What may be gone by a date is the least that the household will hold on any later one, within a year of the last.
    last = days[-1] + _LOOK_AHEAD
    watched = sorted({*days, *eves_of_income(household, days[0], last), last}, reverse=True)
    held = held_on(household, since, watched)
    least, free = held[0], {}
    for day, amount in zip(watched, held, strict=True):
        least = free[day] = min(least, amount)
    return [free[day] for day in days]


def eves_of_income(household: Household, first: dt.date, last: dt.date) -> list[dt.date]:
    """
    Return the days before seasonal money comes, after *first* through *last*: the leanest days of a household.
    """
    # Everyday money only rises or only falls, so between two of the dates the leanest day is the eve of an income.
    arrivals = [
        day.within(year)
        for income in household.incomes
        for day in income.days
        for year in range(first.year, last.year + 1)
    ]
    return [day - _ONE_DAY for day in arrivals if first < day <= last]


def held_on(household: Household, since: dt.date, days: Sequence[dt.date]) -> list[int]:
    """
    Return what a household holds at the end of each day, in minor units; below zero where spending was not covered.
    """
    saved = household.savings.minor if household.savings is not None else 0
    arrivals = _arrivals(household, since, max(days))
    dates, sums = [on for on, _ in arrivals], list(accumulate((minor for _, minor in arrivals), initial=saved))
    everyday = household.everyday
    return [spread(everyday, since, day) + sums[bisect_right(dates, day)] for day in days]


def _arrivals(household: Household, since: dt.date, last: dt.date) -> list[tuple[dt.date, int]]:
    """Return what of the seasonal incomes comes on which day, after *since* through *last*, by day."""
    dated = [
        (day.within(year), amount.minor)
        for income in household.incomes
        for day, amount in zip(income.days, income.amounts, strict=False)
        for year in range(since.year, last.year + 1)
    ]
    return sorted(each for each in dated if since < each[0] <= last)


def spread(a_month: Money, since: dt.date, day: dt.date) -> int:
    """
    Say what of a monthly amount falls after *since*, through *day*, evenly over the days of each month.

    Returns:
        Minor units, whole months exactly, parts of a month rounded down once each.
    """
    months = (day.year - since.year) * _MONTHS_OF_A_YEAR + day.month - since.month
    return months * a_month.minor + _lived(a_month, day) - _lived(a_month, since)


def _lived(a_month: Money, day: dt.date) -> int:
    return a_month.minor * day.day // calendar.monthrange(day.year, day.month)[1]
