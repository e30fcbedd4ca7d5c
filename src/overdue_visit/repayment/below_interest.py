"""
The refusal of an instalment that would let the debt grow.
"""

from __future__ import annotations

from typing import ClassVar, Self

import attrs

from overdue_visit.errors import InvalidValue
from overdue_visit.money import Money


@attrs.frozen
class BelowInterest(InvalidValue):
    """An instalment does not cover the interest of its row, and nobody asked for a debt that grows."""

    code: ClassVar[str] = "below_interest"

    @classmethod
    def of_row(cls, row: int, *, instalment: int, interest: int, currency: str) -> Self:
        """
        Say what the row's interest is; amounts in minor units, rows counted from 1.
        """
        shown, least = (Money.from_minor(each, currency) for each in (instalment, interest))
        return cls("instalment", shown, f"at least {least}, the interest of row {row}, unless negative=True")
