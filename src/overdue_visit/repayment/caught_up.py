"""
A loan's whole schedule after its arrears were moved: re-aged over new dates, or re-amortised over the old ones.

Rows that fell due unpaid stay in the schedule with what was paid of them, which may be nothing. Modelled on Apache
Fineract's transactions of these names.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

import attrs

from overdue_visit.errors import InvalidValue
from overdue_visit.instants import plain_date
from overdue_visit.money import Money, Rounding
from overdue_visit.rate import Rate
from overdue_visit.repayment.debt import Component, Part
from overdue_visit.repayment.demands import demand, tuple_of
from overdue_visit.repayment.flows import Flow
from overdue_visit.repayment.kinds.extras import Extras, with_extras
from overdue_visit.repayment.kinds.lines import Line, lines_of, scheduled
from overdue_visit.repayment.kinds.shape import Shape
from overdue_visit.repayment.kinds.shares import equal_shares
from overdue_visit.repayment.level import level
from overdue_visit.repayment.reschedule import financed_after
from overdue_visit.repayment.schedule import Schedule
from overdue_visit.repayment.terms import Terms


def _payments(given: Iterable[Flow]) -> tuple[Flow, ...]:
    return tuple_of(given, Flow, "payments")


@attrs.frozen(kw_only=True)
class Past:
    """
    How a loan was paid up to the day its arrears are moved.

    Args:
        on: The day; an instalment due on it counts as fallen due.

        payments: What was paid by then, taken by the oldest row first, its interest before its principal.

        down_payment: A share of the principal that was paid on the day of drawing, on top of *payments*.
    """

    on: dt.date
    payments: tuple[Flow, ...] = attrs.field(default=(), converter=_payments)
    down_payment: Rate | None = None

    def __attrs_post_init__(self) -> None:
        plain_date(self.on)
        demand(self.down_payment, Rate, "down_payment", none=True)


def re_aged(terms: Terms, past: Past, dues: Sequence[dt.date], *, shape: Shape = level) -> Schedule:
    """
    Spread all that is outstanding over new due dates; old ones still to come fall away.

    Interest since the last row that was paid in full, on all that is outstanding, is collected in equal shares over
    the new dates and bears none; the new schedule begins on the day.

    Args:
        shape: Cuts the schedule as agreed, and the new one.

    Raises:
        InvalidValue: If the new dates do not rise or are not after the day, or nothing is outstanding.
    """
    down, financed = financed_after(terms, past.down_payment)
    fallen, full = _paid(lines_of(shape(financed)), past)
    left = financed.principal - Money.from_minor(sum(line.principal for line in fallen), terms.currency)
    if not left:
        raise InvalidValue("payments", past.payments, "payments that leave something outstanding")
    if not dues or dues[0] <= past.on:
        raise InvalidValue("dues", dues, f"due dates after {past.on}")
    tail = shape(attrs.evolve(financed, principal=left, drawn=past.on, dues=tuple(dues)))
    payable = _payable(financed, past, left, fallen, full)
    collected = with_extras(tail, Extras(spread=(Part(Component.INTEREST, payable),) if payable else ()))
    return scheduled(
        (*down, *fallen, *lines_of(collected)),
        kind="re_aged",
        drawn=terms.drawn,
        opening=terms.principal,
        instalment=collected.rows[0].payment,
    )


def _payable(terms: Terms, past: Past, left: Money, fallen: Sequence[Line], full: int) -> Money:
    since = terms.dues[full - 1] if full else terms.drawn
    if past.on <= since:
        return Money.zero(terms.currency)
    accrued = attrs.evolve(terms, drawn=since, dues=(past.on,)).accruals().interest(left.minor, 0, terms.rounding)
    paid = sum(line.interest for line in fallen[full:])
    return Money.from_minor(max(accrued - paid, 0), terms.currency)


def re_amortised(terms: Terms, past: Past, *, shape: Shape = level) -> Schedule:
    """
    Spread what fell due unpaid over the due dates still to come, in equal shares on top of their instalments.

    The shares of principal are multiples of the terms' unit, the last one excepted.

    Args:
        shape: Cuts the schedule as agreed.

    Raises:
        InvalidValue: If no due date is still to come.
    """
    down, financed = financed_after(terms, past.down_payment)
    agreed = lines_of(shape(financed))
    fallen, _ = _paid(agreed, past)
    to_come = agreed[len(fallen) :]
    if not to_come:
        raise InvalidValue("on", past.on, f"a day before {terms.dues[-1]}, the last due date")
    due = agreed[: len(fallen)]
    missing = sum(line.principal for line in due) - sum(line.principal for line in fallen)
    principals = _shares(missing, to_come, terms, unit=terms.unit)
    interests = _shares(sum(line.interest for line in due) - sum(line.interest for line in fallen), to_come, terms)
    tail = tuple(
        attrs.evolve(line, interest=line.interest + interest, principal=line.principal + principal)
        for line, interest, principal in zip(to_come, interests, principals, strict=True)
    )
    return scheduled(
        (*down, *fallen, *tail),
        kind="re_amortised",
        drawn=terms.drawn,
        opening=terms.principal,
        instalment=Money.from_minor(tail[0].payment, terms.currency),
    )


def _paid(agreed: Sequence[Line], past: Past) -> tuple[tuple[Line, ...], int]:
    """
    Return the rows that fell due with what was paid of them, and how many in a row were paid in full.
    """
    held = sum(flow.amount.minor for flow in past.payments if flow.on <= past.on)
    fallen, full = [], 0
    for place, line in enumerate(line for line in agreed if line.due <= past.on):
        interest = min(held, line.interest)
        principal = min(held - interest, line.principal)
        held -= interest + principal
        fallen.append(Line(line.due, interest, principal))
        full += full == place and (interest, principal) == (line.interest, line.principal)
    return tuple(fallen), full


def _shares(amount: int, to_come: Sequence[Line], terms: Terms, *, unit: int = 1) -> Iterable[int]:
    owed = Money.from_minor(amount, terms.currency)
    shares = equal_shares(owed, len(to_come), unit=unit, rounding=Rounding.HALF_EVEN)
    return (share.minor for share in shares)
