"""
The shape of a schedule that is made anew: which function cuts its instalments.
"""

from __future__ import annotations

from collections.abc import Callable

from overdue_visit.repayment.day_count import EqualParts
from overdue_visit.repayment.level import level
from overdue_visit.repayment.schedule import Schedule
from overdue_visit.repayment.terms import Terms

Shape = Callable[[Terms], Schedule]
"""How a schedule is cut from its terms, such as `level` or ``functools.partial(filled, at_most=capacities)``."""


def level_by_first_period(terms: Terms) -> Schedule:
    """
    Make a level schedule whose instalment is reckoned as if every period were as long as the first one.

    Interest is that of the periods as they are; the last row takes the difference. This
    gives the published instalments of Apache Fineract's loans by actual days.
    """
    first = EqualParts(terms.day_count.fraction(terms.drawn, terms.dues[0]))
    return level(terms, instalment_day_count=first)
