"""
Instalments that step up: small ones now, larger ones as the household recovers.
"""

from __future__ import annotations

import datetime as dt
import functools

import attrs

from overdue_visit.errors import InvalidValue
from overdue_visit.rate import Rate
from overdue_visit.repayment.debt import Debt, days
from overdue_visit.repayment.demands import demand
from overdue_visit.repayment.kinds.recast import AS_USUAL, Cut, Recast, Treatment, demand_recast, recast, treatment
from overdue_visit.repayment.relief import Relief
from overdue_visit.repayment.stepped import ratio_of_steps, stepped

KIND = "step_up"


@attrs.frozen(kw_only=True)
class StepUp:
    """
    How instalments grow.

    Args:
        ratio: Each step's instalment as a share of the one before: ``Rate("125%", per="once")`` is a quarter more.

        every: Due dates between steps: 12 for a step a year on monthly dates.

        dates: The due dates; left out, those of the running instalments.

        interest: What becomes of interest in arrears.

        charges: What becomes of penalties, fees and costs.
    """

    ratio: Rate
    every: int = 12
    dates: tuple[dt.date, ...] = attrs.field(default=(), converter=days)
    interest: Treatment = attrs.field(default=Treatment.SPREAD, converter=treatment)
    charges: Treatment = attrs.field(default=Treatment.SPREAD, converter=treatment)
    cut: Cut = AS_USUAL

    def __attrs_post_init__(self) -> None:
        ratio_of_steps(self.ratio)
        if type(self.every) is not int or self.every < 1:
            raise InvalidValue("every", self.every, "a whole number of dates, at least 1")
        demand_recast(cut=self.cut)


def step_up(debt: Debt, request: StepUp) -> Relief:
    """
    Repay all principal, overdue and to come, in instalments that grow by steps.

    Raises:
        InvalidValue: If the ratio is not above zero, *every* is not a positive ``int``, or there are no dates.
    """
    demand(debt, Debt, "debt")
    demand(request, StepUp, "request")
    plan = Recast(
        kind=KIND,
        dates=request.dates or debt.dates_ahead,
        interest=request.interest,
        charges=request.charges,
        shape=functools.partial(stepped, ratio=request.ratio, every=request.every),
        cut=request.cut,
    )
    return recast(debt, plan)
