"""
Single bullet (一次还本付息, 利随本清): one payment at the end, of principal and all interest.
"""

from __future__ import annotations

import math

import attrs

from overdue_visit.repayment.accruals import Accruals
from overdue_visit.repayment.demands import demand, demand_flag
from overdue_visit.repayment.running_balance import RunningBalance
from overdue_visit.repayment.schedule import Schedule
from overdue_visit.repayment.terms import Terms


def bullet(terms: Terms, *, interest_on_interest: bool = False) -> Schedule:
    """
    Make a schedule of one row, on the last due date.

    Interest is simple: the principal times the exact factors of all periods together, rounded once. 10,000 at 6 % for
    half a year is 10,300.00.

    Args:
        interest_on_interest: On every due date before the last, interest joins the debt and bears interest itself;
            the sum is rounded once, at the end.
    """
    demand_flag(interest_on_interest, "interest_on_interest")
    demand(terms, Terms, "terms")
    every = terms.accruals()
    running = RunningBalance.of(
        attrs.evolve(terms, dues=terms.dues[-1:]), _grown(every) if interest_on_interest else _added(every)
    )
    running.clear()
    return running.schedule("bullet")


def _added(every: Accruals) -> Accruals:
    return Accruals((sum(every.numerators),), every.denominator)


def _grown(every: Accruals) -> Accruals:
    base = every.denominator ** len(every)
    return Accruals((math.prod(every.denominator + each for each in every.numerators) - base,), base)
