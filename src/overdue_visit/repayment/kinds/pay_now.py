"""
Paying all arrears at once: for a date that was forgotten, not for a household in trouble.
"""

from __future__ import annotations

import datetime as dt

import attrs

from overdue_visit.instants import plain_date
from overdue_visit.repayment.debt import Debt, demand_rising
from overdue_visit.repayment.demands import demand
from overdue_visit.repayment.flows import Flow
from overdue_visit.repayment.relief import Relief, beside

KIND = "pay_now"


@attrs.frozen(kw_only=True)
class PayNow:
    """
    All arrears on one day.

    Args:
        on: The day; left out, the day of the debt's figures.
    """

    on: dt.date | None = None

    def __attrs_post_init__(self) -> None:
        if self.on is not None:
            plain_date(self.on)


def pay_now(debt: Debt, request: PayNow = PayNow()) -> Relief:
    """
    Pay all arrears on one day; the running instalments stay as agreed.

    Raises:
        InvalidValue: If the day is before that of the debt's figures.
    """
    demand(debt, Debt, "debt")
    demand(request, PayNow, "request")
    on = debt.on if request.on is None else request.on
    demand_rising((on,), "on", since=debt.on)
    return beside(debt, KIND, (Flow(on, debt.in_arrears),))
