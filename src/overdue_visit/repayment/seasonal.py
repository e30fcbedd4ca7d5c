"""
Seasonal payments: what is paid on each date follows the harvest, in proportion to weights.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, get_args

import attrs

from overdue_visit.errors import InvalidValue
from overdue_visit.repayment.demands import demand, demand_flag
from overdue_visit.repayment.level import level
from overdue_visit.repayment.schedule import Schedule
from overdue_visit.repayment.terms import Terms
from overdue_visit.repayment.weighted import Weighted

BetweenHarvests = Literal["capitalised", "paid"]
"""What becomes of the interest on dates without a payment: it joins the debt, or it alone is paid."""


def seasonal(
    terms: Terms, *, weights: Sequence[int], interest: BetweenHarvests = "capitalised", negative: bool = False
) -> Schedule:
    """
    Make a schedule whose payments are in proportion to *weights*, one weight for each date.

    A household that sells in October and a little in April pays 10 and 2 there and 0 in the other months. Equal weights
    are the level plan. Dates after the last positive weight fall away: the debt is cleared with it.

    Args:
        weights: Whole numbers of at least zero.

        interest: On a date of weight zero interest is ``"capitalised"`` (nothing is paid, the interest joins the debt
            and bears interest itself) or ``"paid"`` (the date pays the interest and nothing else).

        negative: Allow a payment of a small weight below its interest: the rest is capitalised.

    Raises:
        InvalidValue: If there is not one weight a date, one is negative, all are zero, *interest* is unknown, or a
            payment is below its interest and *negative* was not asked for.
    """
    demand(terms, Terms, "terms")
    demand_flag(negative, "negative")
    if interest not in get_args(BetweenHarvests):
        raise InvalidValue("interest", interest, "'capitalised' or 'paid'")
    plan = Weighted.of(terms, weights, idle_pays=interest == "paid", negative=negative)
    if len(plan.weights) == len(terms.dues) and len(set(plan.weights)) == 1:
        return attrs.evolve(level(terms, negative=negative), kind="seasonal")
    return plan.run().schedule("seasonal")
