"""
Credit cards in China: collections that count, instalment plans, recordings.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from overdue_visit.limitation import checks
from overdue_visit.limitation.result import Bound, Deadline, Fact, Ruling
from overdue_visit.limitation.rule_set import RuleSet, rules_or_shipped

_SET = "cn-cards"


def effective_collections(
    collections: Iterable[dt.date], *, overdue_since: dt.date | None = None, rules: RuleSet | None = None
) -> Ruling:
    """
    Tell whether enough effective collections were made, each far enough from the one before it.

    Args:
        collections: Days of collections whose receipt can be proved, in any order.

        overdue_since: The day the limit or term was exceeded; a collection on or before it does not count.

    Raises:
        InvalidValue: If a date is no date.
    """
    chosen = rules_or_shipped(_SET, rules)
    spacing, needed = chosen.figure("collection_spacing"), chosen.figure("collections_needed")
    since = checks.day_or_none("overdue_since", overdue_since)
    made = checks.days("collections", collections)
    counted: list[dt.date] = []
    for day in made:
        after_term = since is None or day > since
        if after_term and (not counted or (day - counted[-1]).days >= spacing.whole):
            counted.append(day)
    return Ruling(
        rule=spacing.rule,
        code="effective_collections",
        holds=len(counted) >= needed.whole,
        source=spacing.source,
        facts=(Fact("collections", made), Fact("counted", tuple(counted)), Fact("overdue_since", since)),
        moved_by=("later_collection", "receipt_not_proved"),
    )


def unpaid_after_collections(last_needed: dt.date, *, rules: RuleSet | None = None) -> Deadline:
    """
    Say until when a card debt must stay unpaid after the last collection needed before criminal law looks at it.

    Raises:
        InvalidValue: If the date is no date.
    """
    figure, on = (
        rules_or_shipped(_SET, rules).figure("unpaid_after_collections"),
        checks.day("last_needed", last_needed),
    )
    moved_by = ("payment_in_full", "receipt_not_proved")
    return figure.deadline("last_collection", on, bound=Bound.UNTIL, moved_by=moved_by)


def instalment_plan(months: int, *, rules: RuleSet | None = None) -> Ruling:
    """
    Tell whether a personalised instalment plan for a card may run that many months.

    Raises:
        InvalidValue: If *months* is not a positive ``int``.
    """
    figure, asked = rules_or_shipped(_SET, rules).figure("instalment_plan"), checks.count("months", months)
    return Ruling(
        rule=figure.rule,
        code="instalment_plan_allowed",
        holds=asked <= figure.whole,
        most=figure.whole,
        source=figure.source,
        facts=(Fact("months", asked),),
        moved_by=("fewer_months",),
    )


def recordings(made: dt.date, *, rules: RuleSet | None = None) -> Deadline:
    """
    Say until when the recording of a card collection is kept, at least.

    Raises:
        InvalidValue: If the date is no date.
    """
    figure = rules_or_shipped(_SET, rules).figure("recordings")
    return figure.deadline("made", made, bound=Bound.UNTIL, moved_by=("kept_longer",))
