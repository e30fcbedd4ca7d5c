"""
Cash flows: money on a date, or a fraction of years after a start.

A positive amount is paid by the borrower; a negative one is paid out by the lender.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from typing import Protocol

import attrs

from overdue_visit.errors import InvalidValue
from overdue_visit.instants import plain_date
from overdue_visit.money import CurrencyMismatch, Money
from overdue_visit.repayment.demands import demand_function, demand_kept

Years = Callable[[dt.date, dt.date], Fraction]
"""How two dates become years, such as the ``fraction`` of a day count."""


def years_of_365_days(start: dt.date, end: dt.date) -> Fraction:
    """
    Count the days from *start* to *end* in years of 365 days (act/365 fixed).
    """
    return Fraction((end - start).days, 365)


@attrs.frozen
class Flow:
    """Money that moves on a date: ``Flow(date(2026, 9, 1), Money("120.00", "CNY"))`` is paid by the borrower."""

    on: dt.date
    amount: Money

    def __attrs_post_init__(self) -> None:
        plain_date(self.on)
        _demand_money(self.amount)


@attrs.frozen
class TimedFlow:
    """
    Money that moves *years* after the start, where a rule counts in months or weeks instead of dates.

    Raises:
        InvalidValue: If *years* is not an ``int`` or ``Fraction``, or the amount is not `Money`.
    """

    years: Fraction | int
    amount: Money

    def __attrs_post_init__(self) -> None:
        if isinstance(self.years, bool) or not isinstance(self.years, Fraction | int):
            raise InvalidValue("years", self.years, "a Fraction of years after the start, such as Fraction(1, 12)")
        _demand_money(self.amount)


class _Moves(Protocol):
    @property
    def amount(self) -> Money: ...


def _demand_money(amount: object) -> None:
    if not isinstance(amount, Money):
        raise InvalidValue("amount", amount, "Money")


def currency_of(flows: Sequence[_Moves], *, of: type[_Moves] = Flow, field: str = "flows") -> str:
    """
    Return the one currency of all flows.

    Args:
        of: `Flow` for dated ones, `TimedFlow` for those in years.

    Raises:
        InvalidValue: If there is no flow, or one is something else.
        CurrencyMismatch: If the flows have several currencies.
    """
    demand_kept(flows, of, field)
    amounts = [flow.amount for flow in flows]
    if not amounts:
        raise InvalidValue(field, flows, "at least one flow")
    currency = amounts[0].currency
    for amount in amounts:
        if amount.currency != currency:
            raise CurrencyMismatch(field, amount.currency, f"{currency}, as the first flow has")
    return currency


def timed(flows: Iterable[Flow], *, since: dt.date, years: Years = years_of_365_days) -> tuple[TimedFlow, ...]:
    """
    Place dated flows on a scale of years after *since*, in their order.

    Args:
        years: How dates become years; actual days over 365 unless given.
    """
    demand_function(years, "years", "a function of two dates, such as ACT_365F.fraction")
    return tuple(TimedFlow(years(since, flow.on), flow.amount) for flow in flows)
