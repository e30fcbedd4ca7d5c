"""
Interest first, principal last (先息后本): each date pays the interest, and the last one the whole principal besides.
"""

from __future__ import annotations

from overdue_visit.repayment.demands import demand
from overdue_visit.repayment.running_balance import RunningBalance
from overdue_visit.repayment.schedule import Schedule
from overdue_visit.repayment.terms import Terms


def interest_first(terms: Terms) -> Schedule:
    """
    Make a schedule that pays interest on every date and the principal on the last.

    100 at 30 % in eight months: seven payments of 2.50, and 102.50.

    Returns:
        ``instalment`` is the interest where every period bears the same; the unit of instalments plays no part.
    """
    demand(terms, Terms, "terms")
    running = RunningBalance.of(terms)
    regular = running.accruals.regular
    level = running.interest() if regular else None
    while running.rows_left > 1:
        running.write(interest=running.interest())
    running.clear()
    return running.schedule("interest_first", instalment=level)
