"""
The terms of a loan: all that a schedule is made of, with one documented default for each choice.
"""

from __future__ import annotations

import datetime as dt
from typing import Literal

import attrs

from overdue_visit.errors import InvalidValue
from overdue_visit.instants import plain_date
from overdue_visit.money import CurrencyMismatch, Money, Residue, Rounding
from overdue_visit.rate import Per, Rate
from overdue_visit.repayment import day_count as day_counts
from overdue_visit.repayment import periods
from overdue_visit.repayment.accruals import Accruals
from overdue_visit.repayment.day_count import DayCount
from overdue_visit.repayment.day_count_thirty import THIRTY_360

LastPayment = Literal["nearest", "lower", "higher"]
"""How the last payment compares with the level instalment: as rounding leaves it, not above it, or not below it."""


@attrs.frozen(kw_only=True)
class Terms:
    """
    What is lent, at what rate, and when it is to be paid back.

    Args:
        principal: What is owed on the day it is drawn.

        rate: Per year, month or day; never negative.

        drawn: The day on which interest starts.

        dues: The due dates, rising, the first after *drawn*.

        day_count: How dates become interest; whole months unless given.

        rounding: Of interest to minor units.

        instalment_rounding: Of the level instalment to *unit*.

        unit: Minor units that an instalment is a multiple of: 100 for whole yuan.

        residue: Which row takes what rounding leaves.

        last_payment: Where a level instalment may be a unit higher or lower: whether the last payment must not be
            above it (``"lower"``), not below it (``"higher"``), or comes as it comes (``"nearest"``).

        merge_below: A last payment smaller than this joins the one before.

        compounding: How often a year the yearly rate is compounded, where that is not at every payment: 2 for Canadian
            mortgages. Interest between is a root, kept to 40 decimals.

        fee: Paid with every row, on top.

    Raises:
        InvalidValue: If a value is out of range or of the wrong kind; it is named.
        CurrencyMismatch: If the amounts have several currencies.
    """

    principal: Money
    rate: Rate
    drawn: dt.date
    dues: tuple[dt.date, ...]
    day_count: DayCount = THIRTY_360
    rounding: Rounding = Rounding.HALF_UP
    instalment_rounding: Rounding = Rounding.HALF_UP
    unit: int = 1
    residue: Residue = "last"
    last_payment: LastPayment = "nearest"
    merge_below: Money | None = None
    compounding: int | None = None
    fee: Money | None = None
    monthly: bool = attrs.field(init=False, default=False, eq=False, repr=False)
    """Whether every period is a month from anchor day to anchor day."""

    def __attrs_post_init__(self) -> None:
        if not isinstance(self.principal, Money) or self.principal.minor <= 0:
            raise InvalidValue("principal", self.principal, "Money of more than zero")
        self._check_rate()
        self._check_dates()
        self._check_choices()
        if self.merge_below is not None:
            _demand_amount("merge_below", self.merge_below, self.principal.currency)
        if self.fee is not None:
            _demand_amount("fee", self.fee, self.principal.currency)

    def _check_rate(self) -> None:
        if not isinstance(self.rate, Rate) or self.rate.numerator < 0 or self.rate.per is Per.ONCE:
            raise InvalidValue("rate", self.rate, 'a Rate of at least zero per year, month or day: Rate("4.35%")')
        if self.compounding is None:
            return
        if type(self.compounding) is not int or not 1 <= self.compounding <= 366:
            raise InvalidValue("compounding", self.compounding, "times a year, a whole number from 1 to 366")
        if self.rate.per is not Per.YEAR:
            raise InvalidValue("rate", self.rate, "a yearly rate, because it is compounded so many times a year")

    def _check_dates(self) -> None:
        plain_date(self.drawn, field="drawn")
        if not isinstance(self.dues, tuple):
            raise InvalidValue("dues", self.dues, "a tuple of dates")
        # Most loans are paid monthly: such dates rise, and their interest needs no count of days.
        if self.dues and type(self.dues[0]) is dt.date and periods.are_monthly((self.drawn, *self.dues)):
            object.__setattr__(self, "monthly", True)
            return
        periods.demand_rising(self.dues, "dues", after=self.drawn)

    def _check_choices(self) -> None:
        day_counts.demand(self.day_count)
        _demand_rounding("rounding", self.rounding)
        _demand_rounding("instalment_rounding", self.instalment_rounding)
        if type(self.unit) is not int or self.unit < 1:
            raise InvalidValue("unit", self.unit, "a whole number of minor units, at least 1")
        if self.residue not in ("first", "last"):
            raise InvalidValue("residue", self.residue, "'first' or 'last'")
        if self.last_payment not in ("nearest", "lower", "higher"):
            raise InvalidValue("last_payment", self.last_payment, "'nearest', 'lower' or 'higher'")

    @property
    def currency(self) -> str:
        """ISO 4217 code of all amounts."""
        return self.principal.currency

    def accruals(self, day_count: DayCount | None = None) -> Accruals:
        """
        Return the exact interest factor of every period.

        Args:
            day_count: Counts by another rule than the terms' own.
        """
        if day_count is not None:
            day_counts.demand(day_count)
        counted = day_count or self.day_count
        if self.monthly and counted is THIRTY_360 and self.compounding is None and self.rate.per is not Per.DAY:
            return Accruals.of_months(self.rate, len(self.dues))
        return Accruals.of(self.rate, counted, self.drawn, self.dues, compounding=self.compounding)


def _demand_rounding(field: str, mode: object) -> None:
    if not isinstance(mode, Rounding):
        raise InvalidValue(field, mode, "a Rounding, such as Rounding.HALF_UP")


def _demand_amount(field: str, amount: object, currency: str) -> None:
    if not isinstance(amount, Money) or amount.minor < 0:
        raise InvalidValue(field, amount, "Money of at least zero")
    if amount.currency != currency:
        raise CurrencyMismatch(field, amount.currency, f"{currency}, as the principal has")
