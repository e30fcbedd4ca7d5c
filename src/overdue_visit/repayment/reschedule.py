"""
A loan's whole schedule after one change to it: rows before the change as they were, rows from it on made anew.

Modelled on Apache Fineract's reschedule requests: due dates without principal are added again at the end, and a date
that moves takes the later ones along.
"""

from __future__ import annotations

import datetime as dt
from typing import Literal, get_args

import attrs

from overdue_visit.errors import InvalidValue
from overdue_visit.instants import plain_date
from overdue_visit.money import Money, Rounding
from overdue_visit.rate import Per, Rate
from overdue_visit.repayment.demands import demand
from overdue_visit.repayment.kinds.lines import Line, lines_of, scheduled
from overdue_visit.repayment.kinds.rhythm import rhythm_of
from overdue_visit.repayment.kinds.shape import Shape
from overdue_visit.repayment.kinds.shares import equal_shares
from overdue_visit.repayment.level import level
from overdue_visit.repayment.schedule import Schedule
from overdue_visit.repayment.terms import Terms

Bearing = Literal["balance", "flat"]
"""Whether interest is borne by the balance, or by the first principal throughout."""


@attrs.frozen(kw_only=True)
class Change:
    """
    What changes, and from which due date on.

    Args:
        since: The first due date that changes; rows due before it stay.

        more_dates: So many more due dates at the end.

        moved_to: The new day of the first changed due date; later ones follow it in the old rhythm.

        rate: The rate of the changed rows.

        without_principal: So many changed rows pay interest only; as many due dates are added at the end.
    """

    since: dt.date
    more_dates: int = 0
    moved_to: dt.date | None = None
    rate: Rate | None = None
    without_principal: int = 0

    def __attrs_post_init__(self) -> None:
        plain_date(self.since, field="since")
        for field, count in (("more_dates", self.more_dates), ("without_principal", self.without_principal)):
            if type(count) is not int or count < 0:
                raise InvalidValue(field, count, "a whole number of due dates, at least 0")


def reschedule(
    terms: Terms,
    change: Change,
    *,
    bearing: Bearing = "balance",
    down_payment: Rate | None = None,
    shape: Shape = level,
) -> Schedule:
    """
    Make the schedule of a level (or flat) loan after a change.

    Args:
        down_payment: A share of the principal, paid on the day of drawing; *shape* cuts the rows of a level loan.

    Raises:
        InvalidValue: If no due date is left to change, or a value is unknown.
    """
    demand(terms, Terms, "terms")
    if bearing not in get_args(Bearing):
        raise InvalidValue("bearing", bearing, "'balance' or 'flat'")
    down, financed = financed_after(terms, down_payment)
    before = _unchanged(terms, change)
    flat = bearing == "flat"
    agreed = _flat_tail(financed, 0, base=financed, before=0) if flat else lines_of(shape(financed))
    head = agreed[:before]
    left = attrs.evolve(
        financed,
        principal=financed.principal - Money.from_minor(sum(line.principal for line in head), terms.currency),
        rate=financed.rate if change.rate is None else change.rate,
        drawn=terms.dues[before - 1] if before else terms.drawn,
        dues=_dues(terms, change, before),
    )
    free = change.without_principal
    tail = _flat_tail(left, free, base=financed, before=before) if flat else _tail(left, free, shape)
    return scheduled(
        (*down, *head, *tail),
        kind="rescheduled",
        drawn=terms.drawn,
        opening=terms.principal,
        instalment=Money.from_minor(tail[free].payment, terms.currency),
    )


def _unchanged(terms: Terms, change: Change) -> int:
    before = sum(due < change.since for due in terms.dues)
    if before == len(terms.dues):
        raise InvalidValue("since", change.since, f"a day up to {terms.dues[-1]}, the last due date")
    return before


def financed_after(terms: Terms, down_payment: Rate | None) -> tuple[tuple[Line, ...], Terms]:
    """
    Return the row of a down payment on the day of drawing, and the terms of what is left.

    Raises:
        InvalidValue: If the down payment is not a share from 0 up to, not including, 1.
    """
    if down_payment is None:
        return (), terms
    if down_payment.per is not Per.ONCE or not 0 <= down_payment.fraction < 1:
        raise InvalidValue("down_payment", down_payment, "a share below 1, such as Rate('25%', per='once')")
    paid = down_payment.of(terms.principal, rounding=Rounding.HALF_UP)
    return (Line(terms.drawn, principal=paid.minor),), attrs.evolve(terms, principal=terms.principal - paid)


def _dues(terms: Terms, change: Change, before: int) -> tuple[dt.date, ...]:
    kept = terms.dues[before:]
    more = change.more_dates + change.without_principal
    if change.moved_to is None and not more:
        return kept
    rhythm = rhythm_of((terms.drawn, *terms.dues), field="dues")
    if change.moved_to is None:
        return kept + rhythm.after(kept[-1], more)
    return rhythm.starting(change.moved_to, len(kept) + more)


def _tail(terms: Terms, without_principal: int, shape: Shape) -> tuple[Line, ...]:
    accruals, balance = terms.accruals(), terms.principal.minor
    free = tuple(
        Line(due, interest=accruals.interest(balance, place, terms.rounding))
        for place, due in enumerate(terms.dues[:without_principal])
    )
    drawn = free[-1].due if free else terms.drawn
    return free + lines_of(shape(attrs.evolve(terms, drawn=drawn, dues=terms.dues[without_principal:])))


def _flat_tail(terms: Terms, without_principal: int, *, base: Terms, before: int) -> tuple[Line, ...]:
    # Flat interest is borne by regular periods: a due date that moved does not make its row dearer.
    count = len(terms.dues)
    missing = before + count - len(base.dues)
    more = rhythm_of((base.drawn, *base.dues), field="dues").after(base.dues[-1], missing) if missing else ()
    regular = attrs.evolve(terms, drawn=base.drawn, dues=base.dues + more).accruals()
    shares = equal_shares(
        terms.principal,
        count - without_principal,
        unit=terms.unit,
        rounding=terms.instalment_rounding,
        residue=terms.residue,
    )
    principals = [0] * without_principal + [share.minor for share in shares]
    return tuple(
        Line(due, regular.interest(base.principal.minor, before + place, terms.rounding), principal)
        for place, (due, principal) in enumerate(zip(terms.dues, principals, strict=True))
    )
