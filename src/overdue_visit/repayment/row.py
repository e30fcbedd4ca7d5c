"""
One row of a repayment schedule: whole minor units inside, `Money` on access.

A schedule of 360 rows holds integers and dates only; an amount becomes `Money` when somebody asks for it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from itertools import repeat
from operator import attrgetter
from typing import NamedTuple, Self

import msgspec

from overdue_visit.errors import InvalidValue
from overdue_visit.instants import plain_date
from overdue_visit.money import CurrencyMismatch, Money


class MinorRow(NamedTuple):
    """A row as plain numbers: every amount in whole minor units."""

    number: int
    due: dt.date
    payment: int
    interest: int
    principal: int
    fee: int
    penalty: int
    capitalised: int
    balance: int


# A schedule makes as many of these as it has dates: an attrs class or a tuple costs more than the row's arithmetic.
class Row(msgspec.Struct, frozen=True, gc=False):
    """
    One due date of a schedule: what is paid, what it is for, and what is owed after it.

    Always payment == interest + principal + fee + penalty. Capitalised is what joins the balance instead of being
    paid: balance == balance before - principal + capitalised.

    `rows_of` makes them in bulk and checks nothing; `Row.of` makes a single one and checks it.
    """

    number: int
    """Which row it is, from 1."""
    due: dt.date
    """The day on which the payment is due."""
    payment_minor: int
    interest_minor: int
    principal_minor: int
    fee_minor: int
    penalty_minor: int
    capitalised_minor: int
    balance_minor: int
    currency: str
    """ISO 4217 code of all amounts."""

    @classmethod
    def of(
        cls,
        *,
        number: int,
        due: dt.date,
        payment: Money,
        interest: Money,
        principal: Money,
        balance: Money,
        fee: Money | None = None,
        penalty: Money | None = None,
        capitalised: Money | None = None,
    ) -> Self:
        """
        Make one row and check it.

        Raises:
            InvalidValue: If the parts do not add up to the payment, or *number* is not a positive ``int``.
            CurrencyMismatch: If the amounts have several currencies.
        """
        if type(number) is not int or number < 1:
            raise InvalidValue("number", number, "a whole number of at least 1")
        paid, *parts, owed = _minor_units((payment, interest, principal, fee, penalty, capitalised, balance))
        bears, falls, charged, late, joins = parts
        if paid != bears + falls + charged + late:
            raise InvalidValue("payment", payment, "the sum of interest, principal, fee and penalty")
        day = plain_date(due, field="due")
        return cls(number, day, paid, bears, falls, charged, late, joins, owed, payment.currency)

    @property
    def payment(self) -> Money:
        """All that is to be paid on this date."""
        return Money.from_minor(self.payment_minor, self.currency)

    @property
    def interest(self) -> Money:
        """The part of the payment that is interest."""
        return Money.from_minor(self.interest_minor, self.currency)

    @property
    def principal(self) -> Money:
        """The part of the payment that lowers the balance."""
        return Money.from_minor(self.principal_minor, self.currency)

    @property
    def fee(self) -> Money:
        """The part of the payment that is fees."""
        return Money.from_minor(self.fee_minor, self.currency)

    @property
    def penalty(self) -> Money:
        """The part of the payment that is penalty interest."""
        return Money.from_minor(self.penalty_minor, self.currency)

    @property
    def capitalised(self) -> Money:
        """What joins the balance on this date instead of being paid."""
        return Money.from_minor(self.capitalised_minor, self.currency)

    @property
    def balance(self) -> Money:
        """Principal still owed after this date."""
        return Money.from_minor(self.balance_minor, self.currency)

    @property
    def minor(self) -> MinorRow:
        """The same row as plain integers."""
        return MinorRow(
            self.number,
            self.due,
            self.payment_minor,
            self.interest_minor,
            self.principal_minor,
            self.fee_minor,
            self.penalty_minor,
            self.capitalised_minor,
            self.balance_minor,
        )

    def __repr__(self) -> str:
        cells = ", ".join(f"{name}={cell}" for name, cell in zip(MinorRow._fields[2:], self.minor[2:], strict=True))
        return f"Row({self.number}, {self.due}, {self.currency} minor units: {cells})"


PAYMENT, INTEREST, PRINCIPAL, FEE, PENALTY, CAPITALISED, BALANCE = (
    attrgetter(f"{name}_minor") for name in MinorRow._fields[2:]
)
"""Each takes the whole minor units of one column out of a row: ``sum(map(INTEREST, rows))``."""


def _minor_units(amounts: Sequence[Money | None]) -> tuple[int, ...]:
    currency = None
    for amount in amounts:
        if amount is None:
            continue
        if not isinstance(amount, Money):
            raise InvalidValue("amount", amount, "Money")
        if currency is not None and amount.currency != currency:
            raise CurrencyMismatch("currency", amount.currency, f"{currency}, as the other amounts have")
        currency = amount.currency
    return tuple(0 if amount is None else amount.minor for amount in amounts)


def rows_of(
    currency: str,
    dues: Iterable[dt.date],
    *,
    payments: Iterable[int],
    interests: Iterable[int],
    principals: Iterable[int],
    balances: Iterable[int],
    fees: Iterable[int] = repeat(0),
    penalties: Iterable[int] = repeat(0),
    capitalised: Iterable[int] = repeat(0),
) -> tuple[Row, ...]:
    """
    Make all rows of a schedule from its columns of whole minor units, numbered from 1.

    Columns that are not given are zero. The caller's arithmetic must keep payment == interest + principal + fee +
    penalty; this is the fast way and checks nothing. It ends with the shortest column.
    """
    numbers = range(1, 1_000_000)
    columns = (numbers, dues, payments, interests, principals, fees, penalties, capitalised, balances)
    return tuple(map(Row, *columns, repeat(currency)))
