"""
Allocation: which part of a payment meets which part of what is owed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence

import attrs

from overdue_visit.errors import InvalidValue
from overdue_visit.instants import plain_date
from overdue_visit.money import CurrencyMismatch, Money
from overdue_visit.repayment.accrual import demand_base
from overdue_visit.repayment.allocation_order import Bucket, Order, When, demand_order
from overdue_visit.repayment.debt import Component, Part, amounts_by_component
from overdue_visit.repayment.demands import tuple_of
from overdue_visit.repayment.due import Due
from overdue_visit.repayment.open_dues import OpenDues, Taking


@attrs.frozen(kw_only=True)
class Allocated:
    """
    A part of a payment, and what it met.

    Args:
        number: Of the instalment.

        due: The day the instalment is due.

        when: Past due, due or in advance, seen from the day of the payment.
    """

    number: int
    due: dt.date
    when: When
    component: Component
    amount: Money


@attrs.frozen(kw_only=True)
class Allocation:
    """
    Where a payment went. Always amount == parts + credit + refund.

    Args:
        on: The day on which the payment counts.

        parts: In the order in which they were met.

        credit: What found nothing to meet and is kept for the next due date.

        refund: What found nothing to meet and is given back.

        dues: All due amounts afterwards, by date.
    """

    on: dt.date
    amount: Money
    parts: tuple[Allocated, ...]
    credit: Money
    refund: Money
    dues: tuple[Due, ...]

    @property
    def allocated(self) -> Money:
        """What met something."""
        return self.amount - self.credit - self.refund

    @property
    def by_bucket(self) -> Mapping[Bucket, Money]:
        """What each bucket received, of those that received something."""
        found: dict[Bucket, Money] = {}
        for part in self.parts:
            bucket = Bucket(part.when, part.component)
            held = found.get(bucket)
            found[bucket] = part.amount if held is None else held + part.amount
        return found


def allocate(amount: Money, dues: Iterable[Due], *, on: dt.date, order: Order) -> Allocation:
    """
    Allocate one payment.

    Args:
        dues: All that is charged, in any order; what is settled may be among it.

        on: The day on which the payment counts; it decides what is past due, due or in advance.

    Returns:
        Each part with what it met. A bucket gets money only when those before it in the order are fully met.

    Raises:
        InvalidValue: If the amount is below zero, or there is nothing charged.
        CurrencyMismatch: If the payment has another currency than the debt.
    """
    demand_base(amount, "amount")
    plain_date(on)
    demand_order(order)
    sheet = OpenDues.of(dues)
    if amount.currency != sheet.currency:
        raise CurrencyMismatch("amount", amount.currency, f"{sheet.currency}, as the debt has")
    takings, left = sheet.pour(amount.minor, on=on, order=order)
    rest, none = Money.from_minor(left, amount.currency), Money.zero(amount.currency)
    return Allocation(
        on=on,
        amount=amount,
        parts=parts_of(sheet, takings),
        credit=rest if order.excess == "credit" else none,
        refund=rest if order.excess == "refund" else none,
        dues=sheet.as_dues(),
    )


def allocate_each(
    amounts: Sequence[Money], dues: Iterable[Due], *, on: dt.date, order: Order
) -> tuple[Allocation, ...]:
    """
    Allocate several payments of one day, each to what the ones before left open.
    """
    found: list[Allocation] = []
    left = tuple_of(dues, Due, "dues")
    for amount in tuple_of(amounts, Money, "amounts"):
        found.append(allocate(amount, left, on=on, order=order))
        left = found[-1].dues
    return tuple(found)


def parts_of(sheet: OpenDues, takings: Iterable[Taking]) -> tuple[Allocated, ...]:
    """
    Read what a sheet took as values.
    """
    return tuple(
        Allocated(
            number=sheet.dues[taking.place].number,
            due=sheet.dues[taking.place].on,
            when=taking.when,
            component=taking.component,
            amount=Money.from_minor(taking.minor, sheet.currency),
        )
        for taking in takings
    )


def waive(dues: Iterable[Due], amounts: Iterable[Part], *, on: dt.date, principal: bool = False) -> tuple[Due, ...]:
    """
    Waive amounts by component, of the oldest due amounts first.

    Args:
        principal: Whether principal may be waived; a waiver of interest or charges never touches it.

    Raises:
        InvalidValue: If more is waived than is open, a component is named twice, or principal without saying so.
        CurrencyMismatch: If a waiver has another currency.
    """
    sheet = OpenDues.of(dues)
    for component, amount in amounts_by_component(amounts, sheet.currency).items():
        if component is Component.PRINCIPAL and amount and not principal:
            raise InvalidValue("principal", amount, "principal=True where principal is meant to be waived")
        _, left = sheet.waive(amount.minor, component, on=on)
        if left:
            most = amount - Money.from_minor(left, amount.currency)
            raise InvalidValue(component.value, amount, f"at most what is open, {most}")
    return sheet.as_dues()
