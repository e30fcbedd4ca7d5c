"""
Moratoria in England and Wales: breathing space and mental health crisis (SI 2020/1311).
"""

from __future__ import annotations

import datetime as dt

from overdue_visit.limitation import checks
from overdue_visit.limitation.result import Bound, Deadline, Fact, State
from overdue_visit.limitation.rule_set import RuleSet, rules_or_shipped

_SET = "uk-breathing-space"


def breathing_space(start: dt.date, *, rules: RuleSet | None = None) -> Deadline:
    """
    Say the last day of a breathing space.

    Args:
        start: Its first day: the day after the entry on the register.

    Raises:
        InvalidValue: If the date is no date.
    """
    figure = rules_or_shipped(_SET, rules).figure("breathing_space")
    moved_by = ("cancelled", "debtor_died", "debt_solution")
    return figure.deadline("start", start, bound=Bound.UNTIL, moved_by=moved_by)


def midway_review(start: dt.date, *, rules: RuleSet | None = None) -> Deadline:
    """
    Say between which days the debt adviser reviews a breathing space: ``earliest`` and ``day``.

    Raises:
        InvalidValue: If the date is no date.
    """
    chosen, first = rules_or_shipped(_SET, rules), checks.day("start", start)
    figure = chosen.figure("review_until")
    return Deadline(
        rule=figure.rule,
        day=figure.last_day(first),
        earliest=chosen.figure("review_from").last_day(first),
        bound=Bound.BY,
        source=figure.source,
        facts=(Fact("start", first),),
        moved_by=("cancelled",),
    )


def next_breathing_space(last_end: dt.date, *, rules: RuleSet | None = None) -> Deadline:
    """
    Say from which day a debtor may apply for another breathing space.

    Raises:
        InvalidValue: If the date is no date.
    """
    figure = rules_or_shipped(_SET, rules).figure("once_every")
    return figure.deadline("last_end", last_end, bound=Bound.NOT_BEFORE, moved_by=("cancelled",))


def crisis_moratorium(
    start: dt.date, *, treatment_ended: dt.date | None = None, rules: RuleSet | None = None
) -> Deadline:
    """
    Say the last day of a mental health crisis moratorium.

    Args:
        treatment_ended: The day on which crisis treatment ended; None while it goes on, and the moratorium with it.

    Raises:
        InvalidValue: If a date is no date, or the treatment ended before the moratorium began.
    """
    figure, first = rules_or_shipped(_SET, rules).figure("after_treatment"), checks.day("start", start)
    ended = checks.day_or_none("treatment_ended", treatment_ended)
    if ended is not None:
        checks.not_before("treatment_ended", ended, first, "start")
    return Deadline(
        rule=figure.rule,
        day=None if ended is None else figure.last_day(ended),
        state=State.PENDING if ended is None else State.RUNNING,
        bound=Bound.UNTIL,
        source=figure.source,
        facts=(Fact("start", first), Fact("treatment_ended", ended)),
        moved_by=("treatment_goes_on", "cancelled", "debtor_died"),
    )
