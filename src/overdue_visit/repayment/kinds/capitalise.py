"""
Arrears capitalised: added to the principal, and repaid with it over the same term or another.
"""

from __future__ import annotations

import datetime as dt

import attrs

from overdue_visit.errors import InvalidValue
from overdue_visit.rate import Rate
from overdue_visit.repayment.debt import Debt, days
from overdue_visit.repayment.demands import demand, demand_flag
from overdue_visit.repayment.kinds.recast import AS_USUAL, Cut, Recast, Treatment, demand_recast, recast, treatment
from overdue_visit.repayment.kinds.shape import Shape
from overdue_visit.repayment.level import level
from overdue_visit.repayment.relief import AtMost, Relief

KIND = "capitalise"


@attrs.frozen(kw_only=True)
class Capitalise:
    """
    What becomes principal, and when it is repaid.

    Args:
        dates: The new due dates; left out, those of the running instalments.

        interest: What becomes of interest in arrears.

        charges: What becomes of penalties, fees and costs; where interest on them is not wanted or not lawful,
            ``"spread"`` or ``"waive"`` keeps them out of the principal.

        rate: The new rate; left out, the contract's.

        shape: Which function cuts the instalments; level unless given.

        at_most: What the household can pay by date, as in `Recast`.
    """

    dates: tuple[dt.date, ...] = attrs.field(default=(), converter=days)
    interest: Treatment = attrs.field(default=Treatment.CAPITALISE, converter=treatment)
    charges: Treatment = attrs.field(default=Treatment.CAPITALISE, converter=treatment)
    rate: Rate | None = None
    shape: Shape = level
    cut: Cut = AS_USUAL
    at_most: AtMost | None = attrs.field(default=None, hash=False)

    def __attrs_post_init__(self) -> None:
        demand_recast(rate=self.rate, shape=self.shape, cut=self.cut, at_most=self.at_most)


def capitalise(debt: Debt, request: Capitalise = Capitalise(), *, ways: bool = True) -> Relief:
    """
    Add the arrears to the principal and cut new instalments.

    Args:
        ways: Whether a refusal says how many more dates and what rate would help, too; see `filled`.

    Raises:
        CannotFit: If *at_most* is given and the dates leave a balance.
        InvalidValue: If there are neither dates nor running instalments, or dates do not rise.
    """
    demand(debt, Debt, "debt")
    demand_flag(ways, "ways")
    demand(request, Capitalise, "request")
    dates = request.dates or debt.dates_ahead
    if not dates:
        raise InvalidValue("dates", dates, "due dates, since no instalment is still to come")
    plan = Recast(
        kind=KIND,
        dates=dates,
        interest=request.interest,
        charges=request.charges,
        rate=request.rate,
        shape=request.shape,
        cut=request.cut,
        at_most=request.at_most,
        ways=ways,
    )
    return recast(debt, plan)
