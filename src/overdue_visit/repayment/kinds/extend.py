"""
Term extension (展期): the same principal over more due dates, within the limits on extensions.
"""

from __future__ import annotations

import datetime as dt

import attrs

from overdue_visit.errors import InvalidValue
from overdue_visit.instants import plain_date
from overdue_visit.rate import Rate
from overdue_visit.repayment.debt import Debt, days
from overdue_visit.repayment.demands import demand, demand_flag
from overdue_visit.repayment.kinds.recast import AS_USUAL, Cut, Recast, Treatment, demand_recast, recast, treatment
from overdue_visit.repayment.kinds.rhythm import continued
from overdue_visit.repayment.kinds.shape import Shape
from overdue_visit.repayment.level import level
from overdue_visit.repayment.limits import ExtensionLimit
from overdue_visit.repayment.relief import AtMost, Relief

KIND = "extend"


@attrs.frozen(kw_only=True)
class UnderLimit:
    """
    The rule that bounds an extension, and what it looks at.

    Args:
        limit: Such as `limits.PERSONAL_LOANS`.

        drawn: The day the loan was drawn.

        maturity: The day it was to end before any extension.

        product_months: The longest term of the loan product, where the rule refers to it.
    """

    limit: ExtensionLimit
    drawn: dt.date
    maturity: dt.date
    product_months: int | None = None

    def __attrs_post_init__(self) -> None:
        demand(self.limit, ExtensionLimit, "limit")
        plain_date(self.drawn, field="drawn")
        plain_date(self.maturity, field="maturity")
        months = self.product_months
        if months is not None and (type(months) is not int or months < 1):
            raise InvalidValue("product_months", months, "the longest term of the product in months, or None")


@attrs.frozen(kw_only=True)
class Extend:
    """
    How much longer, and under which limit.

    Args:
        more: So many more due dates in the rhythm of the running ones; or

        dates: all new due dates, the last one after the running ones end.

        under: The limit; left out, nothing bounds the extension.

        interest: What becomes of interest in arrears; overdue principal always joins the new schedule.

        charges: What becomes of penalties, fees and costs.

        rate: The new rate; left out, the contract's.

        shape: Which function cuts the instalments; level unless given.

        at_most: What the household can pay by date, as in `Recast`.
    """

    more: int | None = None
    dates: tuple[dt.date, ...] = attrs.field(default=(), converter=days)
    under: UnderLimit | None = None
    interest: Treatment = attrs.field(default=Treatment.SPREAD, converter=treatment)
    charges: Treatment = attrs.field(default=Treatment.SPREAD, converter=treatment)
    rate: Rate | None = None
    shape: Shape = level
    cut: Cut = AS_USUAL
    at_most: AtMost | None = attrs.field(default=None, hash=False)

    def __attrs_post_init__(self) -> None:
        demand(self.under, UnderLimit, "under", none=True)
        demand_recast(rate=self.rate, shape=self.shape, cut=self.cut, at_most=self.at_most)
        if (self.more is None) == (not self.dates):
            raise InvalidValue("more", self.more, "either a number of more due dates or all dates")


def extend(debt: Debt, request: Extend, *, ways: bool = True) -> Relief:
    """
    Repay the principal, overdue and to come, over more dates.

    Args:
        ways: Whether a refusal says how many more dates and what rate would help, too; see `filled`.

    Raises:
        CannotFit: If *at_most* is given and the dates leave a balance.
        ExtensionBeyondLimit: If the last date is later than the limit allows.
        ExtensionTooLate: If the limit wants an extension asked for before the loan ends, and it has ended.
        InvalidValue: If the new dates do not rise, have no rhythm to continue, or end no later than the running ones.
    """
    demand(debt, Debt, "debt")
    demand_flag(ways, "ways")
    demand(request, Extend, "request")
    dates = request.dates or _longer(debt, request.more)
    if dates[-1] <= debt.last_due:
        raise InvalidValue("dates", dates[-1], f"a last date after {debt.last_due}, the end of the running instalments")
    if request.under is not None:
        _check(debt, request.under, dates[-1])
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


def _longer(debt: Debt, more: int | None) -> tuple[dt.date, ...]:
    running = tuple(flow.on for flow in debt.running)
    return debt.dates_ahead + continued(running, more or 0, field="running")


def _check(debt: Debt, under: UnderLimit, to: dt.date) -> None:
    in_force = debt.running[-1].on if debt.running else under.maturity
    under.limit.check_asked(debt.on, by=in_force)
    under.limit.check_reach(to, drawn=under.drawn, maturity=under.maturity, product_months=under.product_months)
