"""
Arrears that are large enough to count: an absolute limit and a share, both exceeded, on consecutive days.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import attrs

from overdue_visit.classification.source import Source
from overdue_visit.declared import check_fields, expect, several
from overdue_visit.errors import InvalidValue
from overdue_visit.instants import plain_date
from overdue_visit.money import Money
from overdue_visit.rate import Rate


@attrs.frozen(kw_only=True)
class Materiality:
    """The two limits for one kind of loan; arrears count only above both."""

    facility: str
    absolute: Money
    relative: Rate
    """Share of the whole exposure."""
    source: Source

    def __attrs_post_init__(self) -> None:
        check_fields(self)

    def exceeded(self, arrears: Money, exposure: Money | None = None) -> bool:
        """
        Tell whether *arrears* are above both limits; without *exposure*, above the absolute one.

        Raises:
            CurrencyMismatch: If an amount has another currency than the limit.
            InvalidValue: If an amount is no `Money`.
        """
        expect("arrears", arrears, Money)
        expect("exposure", exposure, Money | None)
        if not arrears > self.absolute:
            return False
        if exposure is None:
            return True
        owed = (exposure - Money.zero(self.absolute.currency)).minor
        return arrears.minor * self.relative.denominator > owed * self.relative.numerator


@attrs.frozen
class Balance:
    """What was past due, and owed altogether, from a day on until the next balance."""

    on: dt.date
    arrears: Money
    exposure: Money

    def __attrs_post_init__(self) -> None:
        check_fields(self)


def days_above(balances: Sequence[Balance], limits: Materiality, *, on: dt.date) -> int:
    """
    Count the days in a row, up to *on*, on which arrears were above both limits.

    The first day above is day 0. One balance at or below a limit starts the count anew.

    Args:
        balances: In order of their days.

    Raises:
        InvalidValue: If the balances are out of order, or a value is of another kind.
    """
    expect("limits", limits, Materiality)
    plain_date(on)
    start: dt.date | None = None
    last: dt.date | None = None
    for balance in several("balances", balances, Balance):
        if last is not None and balance.on <= last:
            raise InvalidValue("balances", balance.on, f"days in rising order, after {last}")
        last = balance.on
        if balance.on > on:
            continue
        above = limits.exceeded(balance.arrears, balance.exposure)
        start = (start or balance.on) if above else None
    return 0 if start is None else (on - start).days


def consecutive_days(days: int, *, interrupted_on_day: int | None = None) -> int:
    """
    Return what is left of a count of days when arrears fell to a limit on one of them: the days after it.

    Raises:
        InvalidValue: If a number is negative, or the interruption comes after the count.
    """
    last_broken = 0 if interrupted_on_day is None else interrupted_on_day
    for field, value in (("days", days), ("interrupted_on_day", last_broken)):
        if type(value) is not int or value < 0:
            raise InvalidValue(field, value, "a whole number of at least 0")
    if interrupted_on_day is None:
        return days
    if interrupted_on_day > days:
        raise InvalidValue("interrupted_on_day", interrupted_on_day, f"a day of the count, at most {days}")
    return days - interrupted_on_day
