"""
Classification: which class the law sees a loan in, why, and what would change it.

`classify` judges `Facts` by a `Scale`; `scale` returns those that ship, `read_scale` reads an institution's own. Every
number of a scale has its citation and confidence. None of it is legal advice.
"""

from __future__ import annotations

from overdue_visit.classification.classification import Classification, classify
from overdue_visit.classification.condition import Condition, Test
from overdue_visit.classification.contagion import WORST_CLASS, classify_together
from overdue_visit.classification.delinquency import Delinquency, PeriodicPayment, delinquency, monthly_due_days
from overdue_visit.classification.elapsed import Elapsed
from overdue_visit.classification.explain import explain
from overdue_visit.classification.facts import DatedClass, FactKind, Facts
from overdue_visit.classification.history import history
from overdue_visit.classification.materiality import Balance, Materiality, consecutive_days, days_above
from overdue_visit.classification.outlook import Change, Need
from overdue_visit.classification.reading import read_scale
from overdue_visit.classification.rule import Contagion, InsteadOfDays, Ladder, Rule, Step
from overdue_visit.classification.ruling import Reason
from overdue_visit.classification.scale import Counting, Level, Meaning, Scale
from overdue_visit.classification.shipped import SCALES, scale
from overdue_visit.classification.source import Confidence, Source

__all__ = [
    "SCALES",
    "WORST_CLASS",
    "Balance",
    "Change",
    "Classification",
    "Condition",
    "Confidence",
    "Contagion",
    "Counting",
    "DatedClass",
    "Delinquency",
    "Elapsed",
    "FactKind",
    "Facts",
    "InsteadOfDays",
    "Ladder",
    "Level",
    "Materiality",
    "Meaning",
    "Need",
    "PeriodicPayment",
    "Reason",
    "Rule",
    "Scale",
    "Source",
    "Step",
    "Test",
    "classify",
    "classify_together",
    "consecutive_days",
    "days_above",
    "delinquency",
    "explain",
    "history",
    "monthly_due_days",
    "read_scale",
    "scale",
]
