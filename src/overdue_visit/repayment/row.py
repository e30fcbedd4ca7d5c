"""
One row of a repayment schedule: whole minor units inside, `Money` on access.

A schedule of 360 rows is 360 tuples of integers and dates; an amount becomes `Money` when somebody asks for it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from itertools import repeat
from operator import itemgetter
from typing import NamedTuple, Self

from overdue_visit.errors import InvalidValue
from overdue_visit.instants import plain_date
from overdue_visit.money import CurrencyMismatch, Money

_Cells = tuple[int, dt.date, int, int, int, int, int, int, int, str]

PAYMENT, INTEREST, PRINCIPAL, FEE, PENALTY, CAPITALISED, BALANCE = (itemgetter(place) for place in range(2, 9))
"""Each takes the whole minor units of one column out of a row: ``sum(map(INTEREST, rows))``."""


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


class Row(_Cells):
    """
    One due date of a schedule: what is paid, what it is for, and what is owed after it.

    Always payment == interest + principal + fee + penalty. Capitalised is what joins the balance instead of being
    paid: balance == balance before - principal + capitalised.

    It is a tuple of its cells, made in bulk by `rows_of`; `Row.of` makes a single one and checks it.
    """

    __slots__ = ()

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
        amounts = _minor_units((payment, interest, principal, fee, penalty, capitalised, balance))
        if amounts[0] != sum(amounts[1:5]):
            raise InvalidValue("payment", payment, "the sum of interest, principal, fee and penalty")
        return cls((number, plain_date(due, field="due"), *amounts, payment.currency))

    @property
    def number(self) -> int:
        """Which row it is, from 1."""
        return self[0]

    @property
    def due(self) -> dt.date:
        """The day on which the payment is due."""
        return self[1]

    @property
    def payment(self) -> Money:
        """All that is to be paid on this date."""
        return Money.from_minor(self[2], self[9])

    @property
    def interest(self) -> Money:
        """The part of the payment that is interest."""
        return Money.from_minor(self[3], self[9])

    @property
    def principal(self) -> Money:
        """The part of the payment that lowers the balance."""
        return Money.from_minor(self[4], self[9])

    @property
    def fee(self) -> Money:
        """The part of the payment that is fees."""
        return Money.from_minor(self[5], self[9])

    @property
    def penalty(self) -> Money:
        """The part of the payment that is penalty interest."""
        return Money.from_minor(self[6], self[9])

    @property
    def capitalised(self) -> Money:
        """What joins the balance on this date instead of being paid."""
        return Money.from_minor(self[7], self[9])

    @property
    def balance(self) -> Money:
        """Principal still owed after this date."""
        return Money.from_minor(self[8], self[9])

    @property
    def currency(self) -> str:
        """ISO 4217 code of all amounts."""
        return self[9]

    @property
    def minor(self) -> MinorRow:
        """The same row as plain integers."""
        return MinorRow(*self[:9])

    def __repr__(self) -> str:
        cells = ", ".join(f"{name}={cell}" for name, cell in zip(MinorRow._fields[2:], self[2:9], strict=True))
        return f"Row({self[0]}, {self[1]}, {self[9]} minor units: {cells})"


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
    return tuple(map(Row, zip(*columns, repeat(currency), strict=False)))
