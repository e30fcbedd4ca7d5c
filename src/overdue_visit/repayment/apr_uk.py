"""
The annual percentage rate of the United Kingdom: the effective yearly rate that equates all advances and payments.

Where several rates would do, it is the positive one nearest to zero, else the negative one nearest to zero (FCA
handbook, MCOB 10.3.1B(2)). Shown with one decimal, five rounds up.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from overdue_visit.errors import InvalidValue
from overdue_visit.money import Money
from overdue_visit.repayment.apr import Apr, AprMethod
from overdue_visit.repayment.discounting import timed_series
from overdue_visit.repayment.flows import Flow, TimedFlow, Years, currency_of, timed, years_of_365_days

PLACES = 1


def apr(flows: Sequence[TimedFlow]) -> Apr:
    """
    Compute the rate from flows at times in years.

    Args:
        flows: Advances negative, payments of the borrower positive, charges of the credit included; any order.

    Raises:
        InvalidValue: If there are no advances or no payments, or no rate balances them.
        CurrencyMismatch: If the flows have several currencies.
    """
    currency_of(flows, of=TimedFlow)
    return Apr.of(timed_series(flows).balancing_rate(), places=PLACES, method=AprMethod.UK)


def apr_on_dates(flows: Sequence[Flow], *, years: Years = years_of_365_days) -> Apr:
    """
    Compute the rate from dated flows.

    Args:
        years: How days become years; actual days over 365 unless given.

    Raises:
        InvalidValue: As for `apr`.
        CurrencyMismatch: If the flows have several currencies.
    """
    currency_of(flows)
    return apr(timed(flows, since=min(flow.on for flow in flows), years=years))


def after_days(days: Fraction | int, amount: Money, *, year_days: Fraction | int) -> TimedFlow:
    """
    Place an amount a number of days after the start, in years of *year_days* days: 365, or 365 1/4.

    Raises:
        InvalidValue: If the days are negative, the days of a year not positive, or one is no ``int`` or ``Fraction``.
    """
    if not _is_exact(days) or days < 0:
        raise InvalidValue("days", days, "an int or Fraction of days after the start, at least 0")
    if not _is_exact(year_days) or year_days <= 0:
        raise InvalidValue("year_days", year_days, "days of a year, such as 365 or Fraction(1461, 4)")
    return TimedFlow(Fraction(days) / Fraction(year_days), amount)


def _is_exact(number: object) -> bool:
    return isinstance(number, int | Fraction) and not isinstance(number, bool)
