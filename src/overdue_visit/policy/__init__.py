"""
Policy: every number the lender chose, one file a practice, each with its reason or source.

`village` ships; an institution writes its own in TOML (`load`, `load_file`) or changes some values in code
(`Policy.with_changes`). A policy is a value: its `Policy.digest` stands in the header of every fact decided under it.
"""

from __future__ import annotations

from overdue_visit.policy.contact import ContactPolicy
from overdue_visit.policy.effective import Effective
from overdue_visit.policy.escalation import EscalationPolicy
from overdue_visit.policy.files import load, load_file, village
from overdue_visit.policy.in_force import in_force
from overdue_visit.policy.late_run import LateRun
from overdue_visit.policy.leaves import MissingSource, UnknownKey
from overdue_visit.policy.notices import NoticePolicy, NotifiedBy
from overdue_visit.policy.plans import PlanPolicy
from overdue_visit.policy.policy import Policy, dump
from overdue_visit.policy.reasons import NEXT_STEPS, ReasonRule
from overdue_visit.policy.requests import RequestPolicy
from overdue_visit.policy.source import Confidence, Source
from overdue_visit.policy.standing import StandingPolicy
from overdue_visit.policy.table import markdown
from overdue_visit.policy.visits import TALK_CHANNELS, VisitPolicy

__all__ = [
    "NEXT_STEPS",
    "TALK_CHANNELS",
    "Confidence",
    "ContactPolicy",
    "Effective",
    "EscalationPolicy",
    "LateRun",
    "MissingSource",
    "NoticePolicy",
    "NotifiedBy",
    "PlanPolicy",
    "Policy",
    "ReasonRule",
    "RequestPolicy",
    "Source",
    "StandingPolicy",
    "UnknownKey",
    "VisitPolicy",
    "dump",
    "in_force",
    "load",
    "load_file",
    "markdown",
    "village",
]
