"""
What is entered about a loan's payments: payments, their reversals, and waivers.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

import attrs

from overdue_visit.errors import InvalidValue
from overdue_visit.instants import plain_date
from overdue_visit.money import Money
from overdue_visit.repayment.allocation_order import Order
from overdue_visit.repayment.debt import Component, Part
from overdue_visit.repayment.demands import demand_flag, tuple_of


@attrs.frozen(kw_only=True)
class Payment:
    """
    Money that came in.

    Args:
        ref: Its own name, once among all payments and waivers.

        on: The day on which it counts (value date), however late it is entered.

        sequence: Its place among entries of the same day; of equal places the lower *ref* comes first.

        order: Its own order of allocation, where the loan's does not apply.

    Raises:
        InvalidValue: If a value is malformed or the amount is not above zero.
    """

    ref: str
    on: dt.date
    amount: Money
    sequence: int = 0
    order: Order | None = None

    def __attrs_post_init__(self) -> None:
        _demand_entry(self.ref, self.on, self.sequence)
        if not isinstance(self.amount, Money) or self.amount.minor <= 0:
            raise InvalidValue("amount", self.amount, "Money of more than zero")
        if self.order is not None and not isinstance(self.order, Order):
            raise InvalidValue("order", self.order, "an Order, or None")


@attrs.frozen
class Reversal:
    """The payment or waiver *ref* did not hold (a returned debit, a mistake): it counts as if it had never been."""

    ref: str

    def __attrs_post_init__(self) -> None:
        if not isinstance(self.ref, str) or not self.ref:
            raise InvalidValue("ref", self.ref, "the name of a payment or waiver")


def _parts(parts: Iterable[Part]) -> tuple[Part, ...]:
    return tuple_of(parts, Part, "parts")


@attrs.frozen(kw_only=True)
class Waiver:
    """
    What the lender gave up on a day, by component, of the oldest due amounts first.

    Args:
        principal: Whether principal may be among it.

    Raises:
        InvalidValue: If a component occurs twice, nothing is waived, or principal is waived without saying so.
    """

    ref: str
    on: dt.date
    parts: tuple[Part, ...] = attrs.field(converter=_parts)
    sequence: int = 0
    principal: bool = False

    def __attrs_post_init__(self) -> None:
        _demand_entry(self.ref, self.on, self.sequence)
        demand_flag(self.principal, "principal")
        components = [part.component for part in self.parts]
        if len(set(components)) != len(components) or not any(part.amount for part in self.parts):
            raise InvalidValue("parts", [each.value for each in components], "amounts, each component once")
        if Component.PRINCIPAL in components and not self.principal:
            raise InvalidValue("principal", self.principal, "True where principal is meant to be waived")


Entry = Payment | Reversal | Waiver
"""One thing that may be entered."""


def standing(entries: tuple[Entry, ...]) -> list[Payment | Waiver]:
    """
    Return the payments and waivers that were not reversed, by day, sequence and ref.

    Raises:
        InvalidValue: If a ref occurs twice, is reversed twice, or is reversed and unknown.
    """
    found: dict[str, Payment | Waiver] = {}
    reversed_refs: set[str] = set()
    for entry in entries:
        seen = reversed_refs if isinstance(entry, Reversal) else found
        if entry.ref in seen:
            raise InvalidValue("ref", entry.ref, "a payment, a waiver or a reversal entered once")
        if isinstance(entry, Reversal):
            reversed_refs.add(entry.ref)
        else:
            found[entry.ref] = entry
    for ref in sorted(reversed_refs - found.keys()):
        raise InvalidValue("ref", ref, "the ref of a payment or waiver among the entries")
    left = (entry for ref, entry in found.items() if ref not in reversed_refs)
    return sorted(left, key=lambda entry: (entry.on, entry.sequence, entry.ref))


def _demand_entry(ref: object, on: object, sequence: object) -> None:
    if not isinstance(ref, str) or not ref:
        raise InvalidValue("ref", ref, "the entry's own name, such as 'm-1'")
    plain_date(on)
    if type(sequence) is not int:
        raise InvalidValue("sequence", sequence, "an int")
