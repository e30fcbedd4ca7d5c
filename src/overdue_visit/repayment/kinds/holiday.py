"""
A payment holiday: some due dates pay nothing, all later ones move on by as many.
"""

from __future__ import annotations

import datetime as dt
import functools
from typing import get_args

import attrs

from overdue_visit.errors import InvalidValue
from overdue_visit.repayment.debt import Debt, days
from overdue_visit.repayment.demands import demand
from overdue_visit.repayment.holiday import HolidayInterest
from overdue_visit.repayment.holiday import holiday as schedule_with_holiday
from overdue_visit.repayment.kinds.recast import AS_USUAL, Cut, Recast, Treatment, demand_recast, recast, treatment
from overdue_visit.repayment.kinds.rhythm import continued
from overdue_visit.repayment.relief import Relief

KIND = "holiday"


@attrs.frozen(kw_only=True)
class Holiday:
    """
    How many due dates pay nothing, and what becomes of their interest.

    Args:
        periods: Due dates without a payment.

        interest: ``"capitalised"``: it joins the principal on each due date. ``"deferred"``: it is collected in equal
            parts over the later dates, bearing none. ``"waived"``: none is charged.

        dates: All due dates from now on, those of the holiday first; left out, the running ones and *periods* more in
            their rhythm.

        arrears_interest: What becomes of interest in arrears; shares start with the first payment.

        charges: What becomes of penalties, fees and costs.
    """

    periods: int
    interest: HolidayInterest = "deferred"
    dates: tuple[dt.date, ...] = attrs.field(default=(), converter=days)
    arrears_interest: Treatment = attrs.field(default=Treatment.SPREAD, converter=treatment)
    charges: Treatment = attrs.field(default=Treatment.SPREAD, converter=treatment)
    cut: Cut = AS_USUAL

    def __attrs_post_init__(self) -> None:
        demand_recast(cut=self.cut)
        if type(self.periods) is not int or self.periods < 1:
            raise InvalidValue("periods", self.periods, "a whole number of due dates, at least 1")
        if self.interest not in get_args(HolidayInterest):
            raise InvalidValue("interest", self.interest, "'capitalised', 'deferred' or 'waived'")


def holiday(debt: Debt, request: Holiday) -> Relief:
    """
    Leave out the next payments and repay all principal, overdue and to come, on the dates after them.

    Raises:
        InvalidValue: If no due date would be left to pay, or the running dates have no rhythm to continue.
    """
    demand(debt, Debt, "debt")
    demand(request, Holiday, "request")
    dates = request.dates or _shifted(debt, request.periods)
    if len(dates) <= request.periods:
        raise InvalidValue("periods", request.periods, f"fewer than the {len(dates)} due dates")
    plan = Recast(
        kind=KIND,
        dates=dates,
        interest=request.arrears_interest,
        charges=request.charges,
        shape=functools.partial(schedule_with_holiday, after=0, rows=request.periods, interest=request.interest),
        cut=request.cut,
        extras_from=dates[request.periods],
    )
    return recast(debt, plan)


def _shifted(debt: Debt, periods: int) -> tuple[dt.date, ...]:
    running = tuple(flow.on for flow in debt.running)
    return debt.dates_ahead + continued(running, periods, field="running")
