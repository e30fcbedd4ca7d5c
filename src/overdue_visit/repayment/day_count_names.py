"""
The day counts that a name alone settles, by the names that contracts and other systems use.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from overdue_visit.errors import InvalidValue
from overdue_visit.repayment.day_count import DayCount
from overdue_visit.repayment.day_count_actual import (
    ACT_360,
    ACT_364,
    ACT_365_25,
    ACT_365F,
    ACT_366,
    ACT_ACT_AFB,
    ACT_ACT_ISDA,
    ACT_ACT_YEAR_END,
)
from overdue_visit.repayment.day_count_thirty import (
    THIRTY_360,
    THIRTY_360_BOND,
    THIRTY_360_US,
    THIRTY_365,
    THIRTY_E_360,
)

DAY_COUNTS: Mapping[str, DayCount] = MappingProxyType(
    {
        each.name: each
        for each in (
            THIRTY_360,
            THIRTY_360_BOND,
            THIRTY_360_US,
            THIRTY_E_360,
            THIRTY_365,
            ACT_360,
            ACT_364,
            ACT_365F,
            ACT_365_25,
            ACT_366,
            ACT_ACT_ISDA,
            ACT_ACT_YEAR_END,
            ACT_ACT_AFB,
        )
    }
)
"""Day counts by name. 30E/360 ISDA, act/act ICMA and business/252 need more than a name: make them of their class."""


def named(name: str) -> DayCount:
    """
    Find a day count by its name, such as ``"act/365F"``.

    Raises:
        InvalidValue: If there is none of this name; it lists those that there are.
    """
    found = DAY_COUNTS.get(name) if isinstance(name, str) else None
    if found is None:
        raise InvalidValue("day_count", name, "one of " + ", ".join(repr(each) for each in DAY_COUNTS))
    return found
