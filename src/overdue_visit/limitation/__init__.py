"""
Deadlines and limits: notices, limitation and guarantee clocks, moratoria, extensions, records, each with its source.

The rules of a place have a module of their own: `reg_x`, `reg_f`, `cca`, `breathing_space`, `cards`, `loans`,
`credit_reports`. None of it is legal advice.
"""

from overdue_visit.limitation import breathing_space, cards, cca, credit_reports, loans, reg_f, reg_x
from overdue_visit.limitation.acts import Act, ActKind, Outcome, Proof, Signer
from overdue_visit.limitation.after_expiry import Defence, DefenceState, limitation_defence
from overdue_visit.limitation.clock import WEEKENDS, LimitationClock, Obstacle, ObstacleKind, limitation_clock
from overdue_visit.limitation.counting import AFTER, BEGINNING_WITH, CIVIL_CODE, Counting, Unit, end_of
from overdue_visit.limitation.effects import Effect, Reach
from overdue_visit.limitation.explaining import explain
from overdue_visit.limitation.figure import Figure, Shape
from overdue_visit.limitation.guarantee import (
    Guarantee,
    GuaranteeKind,
    GuaranteeStanding,
    GuaranteeState,
    guarantee_period,
    guarantee_standing,
)
from overdue_visit.limitation.result import Band, Bound, Deadline, Fact, Order, Ruling, State
from overdue_visit.limitation.rule_set import RuleSet, read, shipped
from overdue_visit.limitation.shapes import SHAPES
from overdue_visit.limitation.source import Confidence, Source

__all__ = [
    "AFTER",
    "BEGINNING_WITH",
    "CIVIL_CODE",
    "SHAPES",
    "WEEKENDS",
    "Act",
    "ActKind",
    "Band",
    "Bound",
    "Confidence",
    "Counting",
    "Deadline",
    "Defence",
    "DefenceState",
    "Effect",
    "Fact",
    "Figure",
    "Guarantee",
    "GuaranteeKind",
    "GuaranteeStanding",
    "GuaranteeState",
    "LimitationClock",
    "Obstacle",
    "ObstacleKind",
    "Order",
    "Outcome",
    "Proof",
    "Reach",
    "RuleSet",
    "Ruling",
    "Shape",
    "Signer",
    "Source",
    "State",
    "Unit",
    "breathing_space",
    "cards",
    "cca",
    "credit_reports",
    "end_of",
    "explain",
    "guarantee_period",
    "guarantee_standing",
    "limitation_clock",
    "limitation_defence",
    "loans",
    "read",
    "reg_f",
    "reg_x",
    "shipped",
]
