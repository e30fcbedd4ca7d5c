"""
The annual percentage rate of charge of the European Union: the effective yearly rate X of the basic equation.

Sum of C (1 + X)^-t over the drawdowns equals sum of D (1 + X)^-s over the payments (Directive 2008/48/EC and Directive
2014/17/EU, Annex I part I). A year has 365 days (a leap year 366), 52 weeks or twelve equal months. One decimal; if
the figure at the second decimal is five or more, the first rises by one.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from fractions import Fraction

from overdue_visit.business_calendar import corresponding_day
from overdue_visit.errors import InvalidValue
from overdue_visit.instants import plain_date
from overdue_visit.money import Money
from overdue_visit.repayment.apr import Apr, AprMethod
from overdue_visit.repayment.discounting import timed_series
from overdue_visit.repayment.flows import Flow, TimedFlow, Years, currency_of, timed
from overdue_visit.repayment.whole_months import months_and_days

PLACES = 1


def apr(flows: Sequence[TimedFlow]) -> Apr:
    """
    Compute the rate from flows at times in years.

    Args:
        flows: Drawdowns negative, repayments and charges positive; any order. Months are twelfths of a year.

    Raises:
        InvalidValue: If there are no drawdowns or no payments, or no rate balances them.
        CurrencyMismatch: If the flows have several currencies.
    """
    currency_of(flows, of=TimedFlow)
    return Apr.of(timed_series(flows).balancing_rate(), places=PLACES, method=AprMethod.EU)


def repeated(amount: Money, count: int, *, first: Fraction, step: Fraction) -> tuple[TimedFlow, ...]:
    """
    Place the same amount *count* times, the first after *first* years and each *step* years later.

    Raises:
        InvalidValue: If *count* is not a whole number of at least 1.
    """
    if type(count) is not int or count < 1:
        raise InvalidValue("count", count, "a whole number of at least 1")
    for field, years in (("first", first), ("step", step)):
        if isinstance(years, bool) or not isinstance(years, Fraction | int):
            raise InvalidValue(field, years, "a Fraction of years, such as Fraction(1, 12)")
    return tuple(TimedFlow(first + number * step, amount) for number in range(count))


def whole_months_then_days(start: dt.date, end: dt.date) -> Fraction:
    """
    Count the years from *start* to *end* in equal months, and the days that remain at the start.

    The months are counted back from *end*; what remains is divided by the days of the year that ends where they
    begin, 365 or 366 (Directive 2014/17/EU, Annex I part I, remark (c)).

    Raises:
        InvalidValue: If *end* is before *start*.
    """
    months, days = months_and_days(start, end)
    if not days:
        return Fraction(months, 12)
    anchor = corresponding_day(end, -months)
    return Fraction(months, 12) + Fraction(days, (anchor - corresponding_day(anchor, -12)).days)


def whole_weeks(start: dt.date, end: dt.date) -> Fraction:
    """
    Count the years from *start* to *end* in 52nds, where they are whole weeks apart.

    Raises:
        InvalidValue: If they are not.
    """
    plain_date(start, field="start")
    weeks, days = divmod((plain_date(end, field="end") - start).days, 7)
    if days or weeks < 0:
        raise InvalidValue("end", end, f"a date a whole number of weeks after {start}")
    return Fraction(weeks, 52)


def apr_on_dates(flows: Sequence[Flow], *, years: Years = whole_months_then_days) -> Apr:
    """
    Compute the rate from dated flows, counted from the first drawdown.

    Args:
        years: How dates become years: `whole_months_then_days` unless given, or `whole_weeks`.

    Raises:
        InvalidValue: As for `apr`, or if a payment is before the first drawdown.
        CurrencyMismatch: If the flows have several currencies.
    """
    currency_of(flows)
    drawn = [flow.on for flow in flows if flow.amount.minor < 0]
    if not drawn:
        raise InvalidValue("flows", "none paid out", "at least one drawdown, a negative amount")
    return apr(timed(flows, since=min(drawn), years=years))
