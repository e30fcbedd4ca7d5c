"""
What a plan costs both sides: the borrower in money and months, the lender in present value.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import attrs

from overdue_visit.money import Money
from overdue_visit.rate import Rate
from overdue_visit.repayment.debt import Debt
from overdue_visit.repayment.flows import Flow
from overdue_visit.repayment.npv_loss import FORBEARANCE_THRESHOLD, SUBSTANTIAL_CHANGE, loss, modification
from overdue_visit.repayment.whole_months import months_and_days


@attrs.frozen(kw_only=True)
class Cost:
    """
    What one plan costs the borrower and the lender, against paying all arrears at once and the rest as agreed.

    Args:
        total: All that the borrower pays from now on.

        extra_interest: How much more interest the borrower bears than as agreed; negative where interest is saved.

        months_more: Months, begun ones counted, that the last payment is later than agreed; negative where earlier.

        agreed: What the contract demands from *on* on, arrears first.

        instalments: What the borrower pays under the plan.

        effective: The original effective rate, at which the two are compared.
    """

    total: Money
    extra_interest: Money
    months_more: int
    on: dt.date
    agreed: tuple[Flow, ...] = attrs.field(repr=False)
    instalments: tuple[Flow, ...] = attrs.field(repr=False)
    effective: Rate

    # Present values cost more than the plan itself, and a search looks at many plans: they are reckoned when asked for.
    @property
    def npv_loss(self) -> Rate:
        """
        The lender's loss as a share of what the agreed flows are worth on the day, to 12 decimals.

        Time is actual days over 365. Negative where the plan is worth more.
        """
        return loss(self.agreed, self.instalments, effective=self.effective, on=self.on).share

    @property
    def is_diminished(self) -> bool:
        """Whether the loss is above the 1 % of the forbearance test (EBA/GL/2016/07, paragraph 51)."""
        return self.npv_loss.fraction > FORBEARANCE_THRESHOLD.fraction

    @property
    def modification(self) -> Rate:
        """By what share the value of the flows changes, in either direction; a plan charges no fee of its own."""
        return modification(self.agreed, self.instalments, effective=self.effective, on=self.on).share

    @property
    def is_substantial(self) -> bool:
        """Whether the change reaches the 10 % of the modification test (IFRS 9, B3.3.6)."""
        return self.modification.fraction >= SUBSTANTIAL_CHANGE.fraction


def cost_of(debt: Debt, instalments: Sequence[Flow], *, forgiven: Money) -> Cost:
    """
    Compare a plan's instalments with what the contract demands on the same day.

    Args:
        forgiven: What the lender gave up of what was owed; it is no interest saved.
    """
    total = Money.total((flow.amount for flow in instalments), debt.currency)
    agreed = debt.agreed
    as_agreed = Money.total((flow.amount for flow in agreed), debt.currency)
    last = instalments[-1].on if instalments else debt.on
    return Cost(
        total=total,
        extra_interest=total + forgiven - as_agreed,
        months_more=_months_later(debt.last_due, last),
        on=debt.on,
        agreed=agreed,
        instalments=tuple(instalments),
        effective=debt.effective,
    )


def _months_later(agreed: dt.date, last: dt.date) -> int:
    if last < agreed:
        return -months_and_days(last, agreed)[0]
    months, days = months_and_days(agreed, last)
    return months + (days > 0)
