"""
Re-age: all that is outstanding spread over new due dates, with one of three treatments of interest.
"""

from __future__ import annotations

import datetime as dt
import enum

import attrs

from overdue_visit.errors import InvalidValue
from overdue_visit.money import Money
from overdue_visit.rate import Rate
from overdue_visit.repayment.cost import cost_of
from overdue_visit.repayment.debt import Debt, days
from overdue_visit.repayment.demands import demand, demand_flag
from overdue_visit.repayment.kinds.recast import AS_USUAL, Cut, Recast, Treatment, demand_recast, recast, treatment
from overdue_visit.repayment.relief import AtMost, Relief

KIND = "re_age"


class ReAgedInterest(enum.StrEnum):
    """What interest a re-aged loan bears."""

    CHARGED = "charged"
    """The contract's rate goes on over the new dates."""
    PAYABLE = "payable"
    """Only interest up to the day of the plan, in equal shares; no further interest."""
    FULL = "full"
    """Interest up to the day and that of the instalments still to come, in equal shares; nothing beyond it."""


def _interest(word: ReAgedInterest | str) -> ReAgedInterest:
    try:
        return ReAgedInterest(word)
    except ValueError:
        raise InvalidValue("interest", word, "one of " + ", ".join(repr(i.value) for i in ReAgedInterest)) from None


@attrs.frozen(kw_only=True)
class ReAge:
    """
    The new dates, and what interest is borne.

    Args:
        dates: The new due dates; the old ones still to come are replaced.

        interest: One of the three treatments.

        charges: What becomes of penalties, fees and costs.

        cut: How instalments are rounded.

        at_most: What the household can pay by date, as in `Recast`.
    """

    dates: tuple[dt.date, ...] = attrs.field(converter=days)
    interest: ReAgedInterest = attrs.field(default=ReAgedInterest.CHARGED, converter=_interest)
    charges: Treatment = attrs.field(default=Treatment.SPREAD, converter=treatment)
    cut: Cut = AS_USUAL
    at_most: AtMost | None = attrs.field(default=None, hash=False)

    def __attrs_post_init__(self) -> None:
        demand_recast(cut=self.cut, at_most=self.at_most)


def re_age(debt: Debt, request: ReAge, *, ways: bool = True) -> Relief:
    """
    Spread all that is outstanding over new dates; interest in arrears goes in equal shares.

    Re-ageing does not make the days past due undone: a lender keeps their history apart from the new schedule.

    Args:
        ways: Whether a refusal says how many more dates and what rate would help, too; see `filled`.

    Raises:
        CannotFit: If *at_most* is given and the dates leave a balance.
        InvalidValue: If dates do not rise or are not after the day of the debt's figures.
    """
    demand(debt, Debt, "debt")
    demand_flag(ways, "ways")
    demand(request, ReAge, "request")
    charged = request.interest is ReAgedInterest.CHARGED
    plan = Recast(
        kind=KIND,
        dates=request.dates,
        charges=request.charges,
        rate=None if charged else Rate("0", per=debt.rate.per),
        cut=request.cut,
        at_most=request.at_most,
        ways=ways,
    )
    if request.interest is not ReAgedInterest.FULL:
        return recast(debt, plan)
    to_come = Money.total((flow.amount for flow in debt.running), debt.currency) - debt.principal_not_due
    found = recast(attrs.evolve(debt, accrued=to_come), plan)
    return attrs.evolve(found, cost=cost_of(debt, found.instalments, forgiven=found.forgiven_total))
