"""
A schedule that fills each date up to what the household can pay: harvest months take more, lean months less.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import attrs

from overdue_visit.money import Money, Rounding, divide
from overdue_visit.rate import Rate
from overdue_visit.repayment.debt import Component, Part
from overdue_visit.repayment.demands import demand, demand_flag, tuple_of
from overdue_visit.repayment.kinds.lines import Line, scheduled
from overdue_visit.repayment.relief import AtMost, CannotFit, demand_at_most, room_on
from overdue_visit.repayment.schedule import Schedule
from overdue_visit.repayment.terms import Terms

KIND = "filled"
_MOST_DATES = 600
_STEPS = 10_000
"""A rate that would fit is searched in hundredths of a percent."""


def filled(terms: Terms, *, at_most: AtMost, beside: Sequence[Part] = (), ways: bool = True) -> Schedule:
    """
    Repay on each date as much as the household can, until nothing is owed: the fewest dates, the least interest.

    A payment takes the interest of its period first, then what is collected beside the principal, then principal.
    Interest that a lean date cannot pay joins the balance (the row's ``capitalised``). Payments but the last are whole
    multiples of the terms' *unit*, rounded down.

    Args:
        at_most: What the household can pay by date; a date that is not bounded pays all that is owed.

        beside: Arrears to collect that bear no interest, in this order.

        ways: Whether a refusal says how many more dates and what rate would help, too: that takes longer than the plan.

    Raises:
        CannotFit: If the dates together leave a balance; it names the amount, the dates and the rate that are missing.
    """
    demand(terms, Terms, "terms")
    demand_at_most(at_most)
    demand_flag(ways, "ways")
    filling = _Filling(
        terms=terms,
        rooms=tuple(room_on(at_most, on, currency=terms.currency) for on in terms.dues),
        beside=tuple((part.component, part.amount.minor) for part in tuple_of(beside, Part, "beside")),
    )
    lines, left = filling.lines(terms.rate)
    if left:
        raise filling.missing(lines[-1], left, ways=ways)
    return scheduled(lines, kind=KIND, drawn=terms.drawn, opening=terms.principal)


@attrs.frozen(kw_only=True)
class _Filling:
    terms: Terms
    rooms: tuple[int | None, ...]
    """What each date can pay, in minor units."""
    beside: tuple[tuple[Component, int], ...]

    def lines(self, rate: Rate) -> tuple[list[Line], int]:
        """
        Return the rows at a rate, and what they leave owed.
        """
        accruals = attrs.evolve(self.terms, rate=rate).accruals()
        balance, beside, lines = self.terms.principal.minor, self.beside, list[Line]()
        for place, (on, room) in enumerate(zip(self.terms.dues, self.rooms, strict=True)):
            interest = accruals.interest(balance, place, self.terms.rounding)
            owed = balance + interest + sum(amount for _, amount in beside)
            payment = owed if room is None or room >= owed else room // self.terms.unit * self.terms.unit
            paid = min(payment, interest)
            taken, beside = _taken(beside, payment - paid)
            principal = payment - paid - sum(taken.values())
            lines.append(_line(on, interest, paid, principal, taken))
            balance += interest - paid - principal
            if payment == owed:
                break
        return lines, balance + sum(amount for _, amount in beside)

    def missing(self, last: Line, left: int, *, ways: bool) -> CannotFit:
        """
        Say what would make it fit: more money on the last date, more dates, or a lower rate.
        """
        unused = (self.rooms[-1] or 0) - last.payment
        amount = Money.from_minor(left - unused, self.terms.currency)
        if not ways:
            return CannotFit(KIND, self.terms.dues[-1], amount)
        return CannotFit(KIND, self.terms.dues[-1], amount, self._more_dates(left), self._lower_rate())

    def _more_dates(self, left: int) -> int | None:
        bounds = [room for room in self.rooms if room is not None]
        mean = divide(sum(bounds), len(bounds) * self.terms.unit, Rounding.DOWN) * self.terms.unit
        accruals, last = self.terms.accruals(), len(self.terms.dues) - 1
        for more in range(1, _MOST_DATES + 1):
            interest = accruals.interest(left, last, self.terms.rounding)
            if mean <= interest:
                return None
            left += interest - mean
            if left <= 0:
                return more
        return None

    def _lower_rate(self) -> Rate | None:
        own = self.terms.rate
        fits, fails = -1, own.numerator * _STEPS // own.denominator + 1
        while fails - fits > 1:
            tried = (fits + fails) // 2
            if self.lines(Rate.from_ratio(tried, _STEPS, per=own.per))[1]:
                fails = tried
            else:
                fits = tried
        return None if fits < 0 else Rate.from_ratio(fits, _STEPS, per=own.per)


def _taken(
    beside: tuple[tuple[Component, int], ...], room: int
) -> tuple[dict[Component, int], tuple[tuple[Component, int], ...]]:
    taken: dict[Component, int] = {}
    rest = []
    for component, amount in beside:
        paid = min(amount, room)
        room -= paid
        taken[component] = taken.get(component, 0) + paid
        if amount > paid:
            rest.append((component, amount - paid))
    return taken, tuple(rest)


def _line(on: dt.date, interest: int, paid: int, principal: int, taken: dict[Component, int]) -> Line:
    return Line(
        on,
        interest=paid + taken.get(Component.INTEREST, 0),
        principal=principal,
        fee=taken.get(Component.FEES, 0) + taken.get(Component.COSTS, 0),
        penalty=taken.get(Component.PENALTY, 0),
        capitalised=interest - paid,
    )
