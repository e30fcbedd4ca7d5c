"""
The schedules of a whole loan book at once, as columns of integers. Needs the extra ``batch``.

Importing this package without numpy raises `MissingExtra`. The figures are those of `repayment.level`, row by row and
to the minor unit: numpy holds and multiplies whole numbers here, never a float.
"""

from __future__ import annotations

from overdue_visit.errors import MissingExtra

try:
    import numpy as np  # noqa: F401 - asked for here so that its absence is told in one place
except ImportError as _missing:
    raise MissingExtra("overdue_visit.repayment.batch", "numpy", "batch") from _missing

from overdue_visit.repayment.batch.book import Book
from overdue_visit.repayment.batch.columns import LevelColumns
from overdue_visit.repayment.batch.level_book import level

__all__ = ["Book", "LevelColumns", "level"]
