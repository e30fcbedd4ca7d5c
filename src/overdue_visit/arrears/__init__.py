"""How late a loan is: ageing conventions, arrears by component, buckets, and the runs of days past due."""

from overdue_visit.arrears.buckets import Bucket, BucketGap, BucketOverlap, Buckets
from overdue_visit.arrears.convention import (
    NO_TOLERANCE,
    STATUTORY_ORDER,
    VILLAGE,
    AgeingConvention,
    Tolerance,
    days_past_due,
    delinquent_days,
)
from overdue_visit.arrears.episodes import Episode, episodes
from overdue_visit.arrears.measure import Arrears, InstalmentState, measure
from overdue_visit.arrears.monthly import MonthlyRun, monthly_runs

__all__ = [
    "NO_TOLERANCE",
    "STATUTORY_ORDER",
    "VILLAGE",
    "AgeingConvention",
    "Arrears",
    "Bucket",
    "BucketGap",
    "BucketOverlap",
    "Buckets",
    "Episode",
    "InstalmentState",
    "MonthlyRun",
    "Tolerance",
    "days_past_due",
    "delinquent_days",
    "episodes",
    "measure",
    "monthly_runs",
]
