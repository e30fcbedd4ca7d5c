"""
Credit reporting and collection records in China.
"""

from __future__ import annotations

import datetime as dt

from overdue_visit.limitation import checks
from overdue_visit.limitation.result import Bound, Deadline, Fact, Ruling, State
from overdue_visit.limitation.rule_set import RuleSet, rules_or_shipped

_SET = "cn-credit-reports"


def negative_report(*, told_on: dt.date | None, report_on: dt.date, rules: RuleSet | None = None) -> Ruling:
    """
    Tell whether a default may be reported to the credit bureau: the person must have been told before.

    Args:
        told_on: The day on which the person was told that the default would be reported; None if not.

    Raises:
        InvalidValue: If a date is no date.
    """
    figure = rules_or_shipped(_SET, rules).figure("told_before")
    told, report = checks.day_or_none("told_on", told_on), checks.day("report_on", report_on)
    return Ruling(
        rule=figure.rule,
        code="negative_report_allowed",
        holds=told is not None and told <= report,
        source=figure.source,
        facts=(Fact("told_on", told), Fact("report_on", report)),
        moved_by=("told_earlier",),
    )


def negative_record(default_ended: dt.date | None, *, rules: RuleSet | None = None) -> Deadline:
    """
    Say until when the credit bureau keeps a default; after that it is deleted.

    Args:
        default_ended: The day on which the default ended; None while it lasts.

    Raises:
        InvalidValue: If the date is no date.
    """
    figure, ended = (
        rules_or_shipped(_SET, rules).figure("negative_record"),
        checks.day_or_none("default_ended", default_ended),
    )
    return Deadline(
        rule=figure.rule,
        day=None if ended is None else figure.last_day(ended),
        state=State.PENDING if ended is None else State.RUNNING,
        bound=Bound.UNTIL,
        source=figure.source,
        facts=(Fact("default_ended", ended),),
        moved_by=("default_goes_on",),
    )


def collection_records(made: dt.date, *, rules: RuleSet | None = None) -> Deadline:
    """
    Say until when a consumer finance company keeps a collection record, at least.

    Raises:
        InvalidValue: If the date is no date.
    """
    figure = rules_or_shipped(_SET, rules).figure("collection_records")
    return figure.deadline("made", made, bound=Bound.UNTIL, moved_by=("kept_longer",))
