"""
What dated payments are worth on a day, and the rate at which they are worth nothing together.

Rates are effective: what one unit grows by in a year (a month, a day), compound interest included. Time is actual days
over 365 unless another measure is given.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from overdue_visit.errors import InvalidValue
from overdue_visit.instants import plain_date
from overdue_visit.money import Money, Rounding
from overdue_visit.rate import Per, Rate
from overdue_visit.repayment import digits
from overdue_visit.repayment.demands import as_tuple, demand, demand_rounding, tuple_of
from overdue_visit.repayment.digits import EXACT
from overdue_visit.repayment.discounting import growth, timed_series
from overdue_visit.repayment.flows import Flow, Years, currency_of, timed, years_of_365_days

_ONE = Decimal(1)


def exact_worth(flows: Sequence[Flow], *, effective: Rate, on: dt.date, years: Years = years_of_365_days) -> Decimal:
    """
    Discount (or compound) dated flows to one day, in minor units before any rounding.

    Args:
        flows: In any order; what the lender pays out is negative. None are worth nothing.

    Returns:
        About 50 digits; the same under any settings of the caller.

    Raises:
        InvalidValue: If the rate has no period, or is -100 % or less.
        CurrencyMismatch: If the flows have several currencies.
    """
    plain_date(on)
    yearly = EXACT.subtract(growth(effective, 1), _ONE)
    flows = as_tuple(flows, "flows", accepted="dated flows")
    if not flows:
        return Decimal(0)
    currency_of(flows)
    return timed_series(timed(flows, since=on, years=years)).value(yearly)


def worth(
    flows: Sequence[Flow],
    *,
    effective: Rate,
    on: dt.date,
    years: Years = years_of_365_days,
    rounding: Rounding = Rounding.HALF_UP,
) -> Money:
    """
    Say what dated flows, such as an offer of instalments, are worth on a day.

    Args:
        effective: The effective rate, such as ``Rate("6.17%")``; see `rate_per` for nominal ones.

        on: The day; flows before it are compounded to it.

    Returns:
        Whole minor units, one rounding of the sum.

    Raises:
        InvalidValue: If there are no flows, or the rate has no period, or is -100 % or less.
        CurrencyMismatch: If the flows have several currencies.
    """
    demand_rounding(rounding)
    currency = currency_of(flows)
    return digits.money(exact_worth(flows, effective=effective, on=on, years=years), currency, rounding=rounding)


def balancing_rate(
    flows: Sequence[Flow], *, years: Years = years_of_365_days, places: int = digits.RATE_DECIMALS
) -> Rate:
    """
    Find the effective yearly rate at which all dated flows together are worth nothing (internal rate of return).

    Where several rates would do: zero if it does, else the lowest above zero, else the one below nearest to it.

    Args:
        places: Decimals that are kept of the rate (as a fraction of one, not in percent), ties to even.

    Raises:
        InvalidValue: If the flows all have one sign, or no rate balances them.
        CurrencyMismatch: If the flows have several currencies.
    """
    digits.demand_places(places)
    currency_of(flows)
    since = min(flow.on for flow in flows)
    yearly = timed_series(timed(flows, since=since, years=years)).balancing_rate()
    return digits.rate(yearly, per=Per.YEAR, places=places)


def effective_rate(
    paid_out: Flow, repaid: Sequence[Flow], *, years: Years = years_of_365_days, places: int = digits.RATE_DECIMALS
) -> Rate:
    """
    Find the effective yearly rate of a loan from what was paid out and what is repaid.

    Args:
        paid_out: The amount the borrower received, as a positive or a negative amount.

    Raises:
        InvalidValue: If nothing is paid out or repaid, or no rate balances the two.
        CurrencyMismatch: If the flows have several currencies.
    """
    demand(paid_out, Flow, "paid_out")
    if not paid_out.amount:
        raise InvalidValue("paid_out", paid_out.amount, "an amount other than zero")
    received = Flow(paid_out.on, -abs(paid_out.amount))
    return balancing_rate((received, *tuple_of(repaid, Flow, "repaid")), years=years, places=places)


def rate_per(nominal: Rate, per: Per) -> Rate:
    """
    Divide a nominal yearly rate over its months or days: ``rate_per(Rate("5%"), Per.MONTH)`` is 5/1200 a month.

    Used as an effective rate, the result compounds once each month or day.

    Raises:
        InvalidValue: If *nominal* is not yearly, or *per* is neither month nor day.
    """
    demand(nominal, Rate, "nominal")
    if nominal.per is not Per.YEAR:
        raise InvalidValue("nominal", nominal, "a yearly rate")
    periods = {Per.MONTH: 12, Per.DAY: 365}.get(per)
    if periods is None:
        raise InvalidValue("per", per, "Per.MONTH or Per.DAY")
    return Rate.from_ratio(nominal.numerator, nominal.denominator * periods, per=per)


def yearly(effective: Rate, *, places: int = digits.RATE_DECIMALS) -> Rate:
    """
    Turn an effective rate per month or day into the effective rate per year.

    Raises:
        InvalidValue: If the rate has no period, or is -100 % or less.
    """
    digits.demand_places(places)
    return digits.rate(EXACT.subtract(growth(effective, Fraction(1)), _ONE), per=Per.YEAR, places=places)
