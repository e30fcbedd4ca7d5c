"""
What the ledger wrote down: payments, reversals, charges, and its own word on days past due.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

import attrs

from overdue_visit.errors import InvalidValue
from overdue_visit.loan.checks import check_amount, check_day, check_id
from overdue_visit.loan.schedule import Component
from overdue_visit.money import Money


@attrs.frozen
class Allocated:
    """
    Where the ledger itself put a part of a payment: on an instalment, by its number, or on a charge, by its ref.

    What it names may be gone: an instalment of a former schedule, a charge taken back. The money is then as good as
    money without an allocation.

    Args:
        component: The part of the instalment it covers; without it the instalment as a whole.

    Raises:
        InvalidValue: If it names neither an instalment nor a charge, or both.
    """

    amount: Money
    instalment: int | None = attrs.field(default=None, kw_only=True)
    component: Component | None = attrs.field(default=None, kw_only=True)
    charge: str | None = attrs.field(default=None, kw_only=True)

    def __attrs_post_init__(self) -> None:
        check_amount("allocation", self.amount)
        if (self.instalment is None) == (self.charge is None):
            raise InvalidValue("allocation", (self.instalment, self.charge), "either an instalment number or a charge")
        if self.component is not None and not isinstance(self.component, Component):
            raise InvalidValue("component", self.component, "one of " + ", ".join(Component))


def _allocations(given: Iterable[Allocated]) -> tuple[Allocated, ...]:
    return tuple(given)


@attrs.frozen
class Payment:
    """
    Money that came in.

    Args:
        on: Value date: the day it counts from.

        ref: The ledger's own reference, unique in the loan.

        booked: The day the ledger wrote it down; *on* when left out.

        allocation: Where the ledger put it; what it leaves out covers the oldest dues first.

    Raises:
        InvalidValue: If the amount is not positive, a day implausible, or more is allocated than was paid.
    """

    amount: Money
    on: dt.date
    booked: dt.date = attrs.field(default=attrs.Factory(lambda self: self.on, takes_self=True), kw_only=True)
    ref: str = attrs.field(kw_only=True)
    allocation: tuple[Allocated, ...] = attrs.field(default=(), kw_only=True, converter=_allocations)

    def __attrs_post_init__(self) -> None:
        check_amount("amount", self.amount)
        check_day("on", self.on)
        check_day("booked", self.booked)
        check_id("ref", self.ref)
        if self.allocation:
            total = Money.total((part.amount for part in self.allocation), self.amount.currency)
            if total > self.amount:
                raise InvalidValue("allocation", total, f"at most the {self.amount} paid")


@attrs.frozen
class Reversal:
    """
    A payment or charge taken back: from *on* it is as if it had never been.

    Args:
        ref: The reference of the payment or charge.

        on: Value date: the payment's own day for a bounced cheque, a later day where the money did count until then.

        booked: The day the ledger wrote it down; *on* when left out.
    """

    ref: str
    on: dt.date
    booked: dt.date = attrs.field(default=attrs.Factory(lambda self: self.on, takes_self=True), kw_only=True)

    def __attrs_post_init__(self) -> None:
        check_id("ref", self.ref)
        check_day("on", self.on)
        check_day("booked", self.booked)


@attrs.frozen
class Charge:
    """
    An amount owed besides the schedule: a late fee, penalty interest, costs.

    Args:
        on: The day it falls due.

        ref: The ledger's own reference, unique in the loan.

        booked: The day the ledger wrote it down; *on* when left out.
    """

    component: Component
    amount: Money
    on: dt.date
    booked: dt.date = attrs.field(default=attrs.Factory(lambda self: self.on, takes_self=True), kw_only=True)
    ref: str = attrs.field(kw_only=True)

    def __attrs_post_init__(self) -> None:
        if not isinstance(self.component, Component):
            raise InvalidValue("component", self.component, "one of " + ", ".join(Component))
        check_amount("amount", self.amount)
        check_day("on", self.on)
        check_day("booked", self.booked)
        check_id("ref", self.ref)


@attrs.frozen
class StatedArrears:
    """What the ledger itself says: so many days past due on that day, and how much, if it says that too."""

    days_past_due: int
    on: dt.date
    amount: Money | None = None

    def __attrs_post_init__(self) -> None:
        if type(self.days_past_due) is not int or self.days_past_due < 0:
            raise InvalidValue("days_past_due", self.days_past_due, "a whole number of at least 0")
        check_day("on", self.on)
        if self.amount is not None and self.amount.minor < 0:
            raise InvalidValue("amount", self.amount, "Money of at least zero")
