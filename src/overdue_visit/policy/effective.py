"""
Which cases a new version of a policy applies to.
"""

from __future__ import annotations

import enum


class Effective(enum.StrEnum):
    """Which cases a version applies to from its date on."""

    NEW_CASES = "new_cases"
    """Cases opened on that date or later; running cases keep theirs."""
    FROM_DATE = "from_date"
    """Every case."""
    AT_NEXT_STEP = "at_next_step"
    """Every case, but a period that is running ends under the version it began with."""
