"""
Replay: what all entries of a loan come to, in whatever order they were entered.

Nothing is undone or patched. A backdated payment, a reversal or a correction is one more entry, and the whole history
is worked out again by value date; so the same entries always give the same state.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Literal

import attrs

from overdue_visit.errors import InvalidValue
from overdue_visit.instants import plain_date
from overdue_visit.money import CurrencyMismatch, Money
from overdue_visit.repayment.allocation import Allocated, parts_of
from overdue_visit.repayment.allocation_order import Order, demand_order
from overdue_visit.repayment.debt import Component
from overdue_visit.repayment.demands import as_tuple
from overdue_visit.repayment.due import Due
from overdue_visit.repayment.entries import Entry, Payment, Reversal, Waiver, standing
from overdue_visit.repayment.late_interest import Overdue, Reduction
from overdue_visit.repayment.open_dues import OpenDues, Taking


@attrs.frozen(kw_only=True)
class Booking:
    """
    What one entry did.

    Args:
        kind: ``"payment"``, ``"waiver"``, or ``"credit"`` for credit that met a due date.

        ref: Of the entry; ``None`` for credit.

        parts: What it met.

        left: What found nothing to meet: kept as credit or given back; of a waiver, what was not open any more.
    """

    kind: Literal["payment", "waiver", "credit"]
    ref: str | None
    on: dt.date
    parts: tuple[Allocated, ...]
    left: Money


@attrs.frozen(kw_only=True)
class Replayed:
    """
    The state after a day: always payments == paid on dues + credit + refunded.

    Args:
        dues: By date, with what was paid and waived.

        bookings: In the order in which they count.
    """

    through: dt.date
    dues: tuple[Due, ...]
    bookings: tuple[Booking, ...]
    credit: Money
    refunded: Money

    @property
    def open(self) -> Money:
        """All that is charged and neither paid nor waived, due or not."""
        return Money.total((due.open.total for due in self.dues), self.credit.currency)

    @property
    def past_due(self) -> Money:
        """What is open of the dates before the day."""
        late = (due.open.total for due in self.dues if due.on < self.through)
        return Money.total(late, self.credit.currency)

    @property
    def oldest_open(self) -> dt.date | None:
        """The first due date that is not settled, ``None`` where all are."""
        return next((due.on for due in self.dues if due.open), None)

    def overdue(self, number: int) -> Overdue:
        """
        Return one instalment as late interest sees it: what fell due, and when it became less.

        Raises:
            InvalidValue: If there is no such instalment.
        """
        due = next((each for each in self.dues if each.number == number), None)
        if due is None:
            raise InvalidValue("number", number, "one of " + ", ".join(str(each.number) for each in self.dues))
        return Overdue(
            due=due.on,
            principal=due.charged[Component.PRINCIPAL],
            interest=due.charged[Component.INTEREST],
            reductions=[
                _reduction(booking.on, part)
                for booking in self.bookings
                for part in booking.parts
                if _bears(part, number)
            ],
        )


_BEARING = (Component.PRINCIPAL, Component.INTEREST, Component.PENALTY)


def _bears(part: Allocated, number: int) -> bool:
    return part.number == number and part.component in _BEARING


def _reduction(on: dt.date, part: Allocated) -> Reduction:
    match part.component:
        case Component.PRINCIPAL:
            return Reduction(on=on, principal=part.amount)
        case Component.INTEREST:
            return Reduction(on=on, interest=part.amount)
        case _:
            return Reduction(on=on, penalty=part.amount)


def replay(dues: Iterable[Due], entries: Iterable[Entry], *, order: Order, through: dt.date) -> Replayed:
    """
    Work out a loan's state after a day from all that was entered.

    Entries count by value date, then sequence; those after the day do not count yet. Credit meets the next due dates,
    before the payments of those days.

    Args:
        dues: All that is charged, as charged.

        entries: In any order.

    Raises:
        InvalidValue: If a ref occurs twice or is unknown to its reversal, or a due amount was paid or waived already.
        CurrencyMismatch: If an entry has another currency than the debt.
    """
    plain_date(through, field="through")
    demand_order(order)
    sheet = OpenDues.of(dues)
    for due in sheet.dues:
        if due.paid or due.waived:
            raise InvalidValue("dues", due.number, "due amounts as charged; payments are entries")
    run = _Run(sheet, order)
    count = [entry for entry in standing(_checked(entries, sheet.currency)) if entry.on <= through]
    for due_on in (*sorted(set(sheet.dates)), dt.date.max):
        while count and count[0].on < due_on:
            run.enter(count.pop(0))
        if due_on <= through:
            run.use_credit(due_on)
    return Replayed(
        through=through,
        dues=sheet.as_dues(),
        bookings=tuple(run.bookings),
        credit=Money.from_minor(run.credit, sheet.currency),
        refunded=Money.from_minor(run.refunded, sheet.currency),
    )


def _checked(entries: Iterable[Entry], currency: str) -> tuple[Entry, ...]:
    found = as_tuple(entries, "entries", accepted="values of Payment, Reversal and Waiver")
    for entry in found:
        match entry:
            case Payment():
                amounts: Sequence[Money] = (entry.amount,)
            case Waiver():
                amounts = [part.amount for part in entry.parts]
            case Reversal():
                amounts = ()
            case _:
                raise InvalidValue("entries", entry, "Payment, Reversal or Waiver")
        for amount in amounts:
            if amount.currency != currency:
                raise CurrencyMismatch("entries", amount.currency, f"{currency}, as the debt has")
    return found


@attrs.define
class _Run:
    """One replay on its way."""

    sheet: OpenDues
    order: Order
    credit: int = 0
    refunded: int = 0
    bookings: list[Booking] = attrs.field(factory=list)

    def enter(self, entry: Payment | Waiver) -> None:
        """
        Let one entry count.
        """
        if isinstance(entry, Waiver):
            self._waive(entry)
            return
        order = entry.order or self.order
        takings, left = self.sheet.pour(entry.amount.minor, on=entry.on, order=order)
        if order.excess == "credit":
            self.credit += left
        else:
            self.refunded += left
        self._book("payment", entry.ref, entry.on, takings, left)

    def use_credit(self, on: dt.date) -> None:
        """
        Let what was paid too much meet a due date.
        """
        if not self.credit:
            return
        takings, self.credit = self.sheet.pour(self.credit, on=on, order=self.order)
        if takings:
            self._book("credit", None, on, takings, self.credit)

    def _waive(self, waiver: Waiver) -> None:
        takings: list[Taking] = []
        left = 0
        for part in waiver.parts:
            met, rest = self.sheet.waive(part.amount.minor, part.component, on=waiver.on)
            takings += met
            left += rest
        self._book("waiver", waiver.ref, waiver.on, takings, left)

    def _book(
        self,
        kind: Literal["payment", "waiver", "credit"],
        ref: str | None,
        on: dt.date,
        takings: Sequence[Taking],
        left: int,
    ) -> None:
        money = Money.from_minor(left, self.sheet.currency)
        self.bookings.append(Booking(kind=kind, ref=ref, on=on, parts=parts_of(self.sheet, takings), left=money))
