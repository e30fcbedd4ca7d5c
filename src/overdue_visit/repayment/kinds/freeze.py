"""
An interest freeze: for some days no interest accrues, and the instalments or the last of them fall.
"""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Iterable
from typing import get_args

import attrs

from overdue_visit.business_calendar import corresponding_day
from overdue_visit.errors import InvalidValue
from overdue_visit.repayment.debt import Debt, days
from overdue_visit.repayment.demands import demand, tuple_of
from overdue_visit.repayment.freeze import Saving, frozen
from overdue_visit.repayment.frozen_days import FrozenDays
from overdue_visit.repayment.kinds.recast import AS_USUAL, Cut, Recast, Treatment, demand_recast, recast, treatment
from overdue_visit.repayment.relief import Relief

KIND = "freeze"


def _frozen(given: Iterable[FrozenDays]) -> tuple[FrozenDays, ...]:
    return tuple_of(given, FrozenDays, "frozen")


@attrs.frozen(kw_only=True)
class Freeze:
    """
    When no interest accrues, and which instalments are lower for it.

    Args:
        months: So many months from the day of the debt's figures; or

        frozen: the days without interest; a day in several of them counts once.

        dates: The due dates; left out, those of the running instalments.

        saving: ``"every"``: every instalment is lower. ``"last"``: the instalments stay what they would be without the
            freeze, and the last ones are lower or fall away.

        interest: What becomes of interest in arrears.

        charges: What becomes of penalties, fees and costs.
    """

    months: int | None = None
    frozen: tuple[FrozenDays, ...] = attrs.field(default=(), converter=_frozen)
    dates: tuple[dt.date, ...] = attrs.field(default=(), converter=days)
    saving: Saving = "every"
    interest: Treatment = attrs.field(default=Treatment.SPREAD, converter=treatment)
    charges: Treatment = attrs.field(default=Treatment.SPREAD, converter=treatment)
    cut: Cut = AS_USUAL

    def __attrs_post_init__(self) -> None:
        demand_recast(cut=self.cut)
        if (self.months is None) == (not self.frozen):
            raise InvalidValue("months", self.months, "either a number of months or frozen days")
        if self.months is not None and (type(self.months) is not int or self.months < 1):
            raise InvalidValue("months", self.months, "a whole number of months, at least 1")
        if self.saving not in get_args(Saving):
            raise InvalidValue("saving", self.saving, "'every' or 'last'")


def freeze(debt: Debt, request: Freeze) -> Relief:
    """
    Charge no interest for the frozen days and cut the instalments anew.

    Raises:
        InvalidValue: If there are neither dates nor running instalments, or dates do not rise.
    """
    demand(debt, Debt, "debt")
    demand(request, Freeze, "request")
    dates = request.dates or debt.dates_ahead
    freezes = request.frozen
    if request.months is not None:
        freezes = (FrozenDays(debt.on + dt.timedelta(days=1), corresponding_day(debt.on, request.months)),)
    plan = Recast(
        kind=KIND,
        dates=dates,
        interest=request.interest,
        charges=request.charges,
        shape=functools.partial(frozen, freezes=freezes, saving=request.saving),
        cut=request.cut,
    )
    return recast(debt, plan)
