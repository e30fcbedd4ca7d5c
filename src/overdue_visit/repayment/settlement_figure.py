"""
What settles a loan early: the balance and the interest that has accrued on it.
"""

from __future__ import annotations

import datetime as dt
import enum
from fractions import Fraction

import attrs

from overdue_visit.errors import InvalidValue
from overdue_visit.instants import plain_date
from overdue_visit.money import Money, Rounding
from overdue_visit.rate import Per, Rate
from overdue_visit.repayment.accrual import demand_base
from overdue_visit.repayment.demands import demand, demand_function, demand_rounding
from overdue_visit.repayment.flows import Years
from overdue_visit.repayment.schedule import Schedule, demand_schedule
from overdue_visit.repayment.whole_months import months_and_days


class InterestUntil(enum.StrEnum):
    """Through which day a borrower who settles early pays interest."""

    SETTLEMENT_DATE = "settlement_date"
    END_OF_PERIOD = "end_of_period"
    """Of the instalment period in which the loan is settled."""


def _until(word: InterestUntil | str) -> InterestUntil:
    try:
        return InterestUntil(word)
    except ValueError:
        accepted = " or ".join(repr(until.value) for until in InterestUntil)
        raise InvalidValue("until", word, accepted) from None


@attrs.frozen(kw_only=True)
class SettlementFigure:
    """What is to be paid on a day so that nothing is owed afterwards."""

    on: dt.date
    balance: Money
    interest: Money
    """Accrued since the last due date."""

    @property
    def total(self) -> Money:
        """Balance and interest together."""
        return self.balance + self.interest


@attrs.frozen(kw_only=True)
class Accrual:
    """
    How interest accrues inside an instalment period, and how it is rounded.

    Args:
        rate: Nominal, per year, month or day.

        until: Whether interest runs to the day of settlement or to the end of the period.

        years: How two dates become years. Left out, a period of whole months is so many twelfths of a year, any other
            its days over 365, and part of a period is its share of the period's days.

        rounding: Of the interest, once.

    Raises:
        InvalidValue: If the rate has no period or is negative.
    """

    rate: Rate
    until: InterestUntil = attrs.field(default=InterestUntil.SETTLEMENT_DATE, converter=_until)
    years: Years | None = None
    rounding: Rounding = Rounding.HALF_UP

    def __attrs_post_init__(self) -> None:
        if not isinstance(self.rate, Rate) or self.rate.per is Per.ONCE or self.rate.numerator < 0:
            raise InvalidValue("rate", self.rate, "a Rate of at least 0 per year, month or day")
        if self.years is not None:
            demand_function(self.years, "years", "a function of two dates, such as ACT_365F.fraction, or None")
        demand_rounding(self.rounding)

    def interest(self, balance: Money, *, start: dt.date, end: dt.date, on: dt.date) -> Money:
        """
        Compute the interest on *balance* from *start* to the day *on* of the period that ends on *end*.

        Raises:
            InvalidValue: If *end* is not after *start*, or *on* not between them.
        """
        demand_base(balance, "balance")
        if not plain_date(start, field="start") < plain_date(end, field="end"):
            raise InvalidValue("end", end, f"a date after {start}")
        if not start <= plain_date(on) <= end:
            raise InvalidValue("on", on, f"a date from {start} to {end}")
        until = end if self.until is InterestUntil.END_OF_PERIOD else on
        years = self._years(start, end, until)
        periods = years * {Per.YEAR: 1, Per.MONTH: 12, Per.DAY: 365}[self.rate.per]
        return self.rate.of(balance, periods=periods, rounding=self.rounding)

    def _years(self, start: dt.date, end: dt.date, until: dt.date) -> Fraction:
        if self.years is not None:
            return self.years(start, until)
        months, odd_days = months_and_days(start, end)
        days = (end - start).days
        whole = Fraction(days, 365) if odd_days else Fraction(months, 12)
        return whole * Fraction((until - start).days, days)


def figure(balance: Money, *, start: dt.date, end: dt.date, on: dt.date, accrual: Accrual) -> SettlementFigure:
    """
    Compute what settles *balance* on a day of the instalment period from *start* to *end*.

    Raises:
        InvalidValue: If the balance is negative, or the dates are not in order.
    """
    demand(accrual, Accrual, "accrual")
    return SettlementFigure(on=on, balance=balance, interest=accrual.interest(balance, start=start, end=end, on=on))


def of_schedule(schedule: Schedule, *, on: dt.date, accrual: Accrual, paid_rows: int | None = None) -> SettlementFigure:
    """
    Compute what settles a schedule that is paid up, on a day.

    Args:
        paid_rows: How many rows are paid; left out, those due before *on*. Settled on a due date, the figure is that
            row's payment and the balance after it; on the last, the last payment.

    Raises:
        InvalidValue: If *on* is not within the period after the paid rows.
    """
    demand_schedule(schedule)
    demand(accrual, Accrual, "accrual")
    rows = schedule.rows
    paid = sum(row.due < plain_date(on) for row in rows) if paid_rows is None else paid_rows
    if type(paid) is not int or not 0 <= paid <= len(rows):
        raise InvalidValue("paid_rows", paid, f"a number of rows from 0 to {len(rows)}")
    balance = rows[paid - 1].balance if paid else schedule.opening
    start = rows[paid - 1].due if paid else schedule.drawn
    if paid == len(rows):
        if on < start:
            raise InvalidValue("on", on, f"a date not before {start}, the last that is paid")
        return SettlementFigure(on=on, balance=balance, interest=Money.zero(schedule.currency))
    return figure(balance, start=start, end=rows[paid].due, on=on, accrual=accrual)
