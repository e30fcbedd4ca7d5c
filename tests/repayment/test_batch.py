"""
The columns of a whole book are the schedules that its loans have one by one.
"""

from __future__ import annotations

import datetime as dt
import importlib
import subprocess
import sys

import pytest
from drawn_book import books, mixed, schedules_one_by_one
from hypothesis import example, given, settings
from hypothesis import strategies as st

from overdue_visit.errors import InvalidValue
from overdue_visit.money import LIMIT, Money, Rounding
from overdue_visit.rate import Per, Rate
from overdue_visit.repayment.level import level
from overdue_visit.repayment.periods import months_after
from overdue_visit.repayment.terms import Terms

np = pytest.importorskip("numpy")
batch = importlib.import_module("overdue_visit.repayment.batch")
instalments = importlib.import_module("overdue_visit.repayment.batch.instalments")

DRAWN = dt.date(2024, 1, 31)
EVERY_MODE = tuple(Rounding)
