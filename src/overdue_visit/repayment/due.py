"""
What fell or falls due on a day: charged, paid, waived, and so still open, by component.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

import attrs

from overdue_visit.errors import InvalidValue
from overdue_visit.instants import plain_date
from overdue_visit.money import CurrencyMismatch, Money
from overdue_visit.repayment.amounts import COMPONENTS, Amounts
from overdue_visit.repayment.debt import Component
from overdue_visit.repayment.demands import demand, tuple_of
from overdue_visit.repayment.schedule import Schedule, demand_schedule


def _charged(amounts: Amounts) -> Amounts:
    # Before the defaults that look at its currency.
    demand(amounts, Amounts, "charged")
    return amounts


@attrs.frozen(kw_only=True)
class Due:
    """
    An instalment (or a charge) and what became of it. Always charged == paid + waived + open, component by component.

    Args:
        number: Its own in the loan, from 1.

        on: The day it falls due.

    Raises:
        InvalidValue: If more was paid and waived than charged, or a value is malformed.
        CurrencyMismatch: If the amounts have several currencies.
    """

    number: int
    on: dt.date
    charged: Amounts = attrs.field(converter=_charged)
    paid: Amounts = attrs.field(default=attrs.Factory(lambda self: Amounts(self.charged.currency), takes_self=True))
    waived: Amounts = attrs.field(default=attrs.Factory(lambda self: Amounts(self.charged.currency), takes_self=True))

    def __attrs_post_init__(self) -> None:
        if type(self.number) is not int or self.number < 1:
            raise InvalidValue("number", self.number, "a whole number of at least 1")
        plain_date(self.on)
        for field, amounts in (("paid", self.paid), ("waived", self.waived)):
            demand(amounts, Amounts, field)
        done = (self.paid + self.waived).minor
        if self.currency != self.paid.currency:
            raise CurrencyMismatch("paid", self.paid.currency, f"{self.currency}, as is charged")
        for component, settled, charged in zip(COMPONENTS, done, self.charged.minor, strict=True):
            if settled > charged:
                raise InvalidValue(
                    component.value, settled, f"at most {charged} minor units paid and waived, as charged"
                )

    @property
    def currency(self) -> str:
        """ISO 4217 code of all amounts."""
        return self.charged.currency

    @property
    def open(self) -> Amounts:
        """What is neither paid nor waived."""
        return self.charged - self.paid - self.waived


def dues_of(schedule: Schedule) -> tuple[Due, ...]:
    """
    Take the rows of a schedule as what falls due.
    """
    demand_schedule(schedule)
    return tuple(
        Due(
            number=row.number,
            on=row.due,
            charged=Amounts.of(
                {
                    Component.FEES: row.fee,
                    Component.PENALTY: row.penalty,
                    Component.INTEREST: row.interest,
                    Component.PRINCIPAL: row.principal,
                }
            ),
        )
        for row in schedule.rows
    )


def in_due_order(dues: Iterable[Due]) -> tuple[Due, ...]:
    """
    Sort by due date, then number; all of one currency, each number once.

    Raises:
        InvalidValue: If there is none, or a number occurs twice.
        CurrencyMismatch: If they have several currencies.
    """
    found = tuple(sorted(tuple_of(dues, Due, "dues"), key=lambda due: (due.on, due.number)))
    if not found:
        raise InvalidValue("dues", found, "one due amount at least")
    if len({due.number for due in found}) != len(found):
        raise InvalidValue("dues", [due.number for due in found], "numbers that occur once")
    for due in found:
        if due.currency != found[0].currency:
            raise CurrencyMismatch("dues", due.currency, f"{found[0].currency}, as the other dues have")
    return found


def open_in_all(dues: Iterable[Due], currency: str) -> Money:
    """
    Add up what is open.

    Raises:
        CurrencyMismatch: If one of them has another currency.
    """
    return Money.total((due.open.total for due in dues), currency)
