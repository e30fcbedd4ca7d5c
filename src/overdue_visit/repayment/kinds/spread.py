"""
Arrears spread over dates beside the running instalments.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import attrs

from overdue_visit.errors import InvalidValue
from overdue_visit.money import Money, Residue, Rounding, divide
from overdue_visit.repayment.debt import Debt, days, demand_rising
from overdue_visit.repayment.demands import demand
from overdue_visit.repayment.flows import Flow
from overdue_visit.repayment.kinds.shares import demand_cut, equal_shares
from overdue_visit.repayment.relief import AtMost, CannotFit, Relief, beside, demand_at_most, room_on

KIND = "spread"


@attrs.frozen(kw_only=True)
class Spread:
    """
    Dates that take a part of the arrears each.

    Args:
        dates: When parts are paid: the running due dates, the household's market days, the days after harvest; rising.

        at_most: What the household can pay by date, running instalment included. Given, each date is filled up to it,
            earliest first, until the arrears are paid: the fewest dates, and harvest months take more. Left out, the
            parts are equal.

        unit: Minor units that each part but the residue's is a multiple of.

        rounding: Of an equal part.

        residue: Which equal part takes what does not divide.
    """

    dates: tuple[dt.date, ...] = attrs.field(converter=days)
    at_most: AtMost | None = attrs.field(default=None, hash=False)
    unit: int = 1
    rounding: Rounding = Rounding.HALF_UP
    residue: Residue = "last"

    def __attrs_post_init__(self) -> None:
        demand_at_most(self.at_most)
        if not self.dates:
            raise InvalidValue("dates", self.dates, "at least one date")
        if type(self.unit) is not int or self.unit < 1:
            raise InvalidValue("unit", self.unit, "a whole number of minor units, at least 1")
        demand_cut(self.rounding, self.residue)


def spread(debt: Debt, request: Spread) -> Relief:
    """
    Pay the arrears in parts beside the running instalments; they bear no further interest.

    Returns:
        A plan whose parts add up to the arrears exactly. Dates that are not needed carry no part.

    Raises:
        CannotFit: If the household cannot pay a running instalment, or the dates together leave too little room.
        InvalidValue: If dates do not rise or are before the day of the debt's figures.
    """
    demand(debt, Debt, "debt")
    demand(request, Spread, "request")
    demand_rising(request.dates, "dates", since=debt.on)
    if request.at_most is None:
        shares = equal_shares(
            debt.in_arrears,
            len(request.dates),
            unit=request.unit,
            rounding=request.rounding,
            residue=request.residue,
        )
        return beside(debt, KIND, tuple(map(Flow, request.dates, shares)))
    return beside(debt, KIND, _filled(debt, request))


def _filled(debt: Debt, request: Spread) -> Sequence[Flow]:
    rooms = _rooms(debt, request)
    rest = debt.in_arrears.minor
    parts: list[Flow] = []
    for on, room in zip(request.dates, rooms, strict=True):
        part = rest if room is None or room >= rest else room // request.unit * request.unit
        parts.append(Flow(on, Money.from_minor(part, debt.currency)))
        rest -= part
    if rest:
        usable = sum(part.amount.minor for part in parts)
        more = divide(rest * len(parts), usable, Rounding.CEILING) if usable else None
        raise CannotFit(KIND, request.dates[-1], _missing(rest, rooms[-1], parts[-1], debt.currency), more)
    return parts


def _missing(rest: int, room: int | None, last: Flow, currency: str) -> Money:
    """
    Return what the last date lacks: the rest, less what a unit left unused there.
    """
    unused = 0 if room is None else room - last.amount.minor
    return Money.from_minor(rest - unused, currency)


def _rooms(debt: Debt, request: Spread) -> Sequence[int | None]:
    running = {flow.on: flow.amount.minor for flow in debt.running}
    for on, due in running.items():
        bound = room_on(request.at_most, on, currency=debt.currency)
        if bound is not None and bound < due:
            raise CannotFit(KIND, on, Money.from_minor(due - bound, debt.currency))
    bounds = [room_on(request.at_most, on, currency=debt.currency) for on in request.dates]
    return [
        None if bound is None else bound - running.get(on, 0) for on, bound in zip(request.dates, bounds, strict=True)
    ]
