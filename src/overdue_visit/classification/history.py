"""
The classes that a loan had, from what was known of it day by day.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from overdue_visit.classification.facts import DatedClass, Facts
from overdue_visit.classification.ruling import rule_on
from overdue_visit.classification.scale import Scale
from overdue_visit.declared import expect, several
from overdue_visit.errors import InvalidValue


def history(facts: Iterable[Facts], scale: Scale, *, before: Sequence[DatedClass] = ()) -> tuple[DatedClass, ...]:
    """
    Fold dated facts into dated classes: one entry for each day on which the class changed.

    The order of the facts is no matter, and facts given twice count once. Entries of *before* from the first of these
    facts on are judged anew, so that a late correction replaces what it changes.

    Args:
        before: The history so far, oldest first.

    Raises:
        InvalidValue: If a value is of another kind, two different sets of facts are of one day, one is not what the
            scale reads, or the days past due of the first are not known and nothing else says how bad the loan is.
    """
    expect("scale", scale, Scale)
    by_day = _by_day(facts)
    days = sorted(by_day)
    classes = list(scale.past(several("before", before, DatedClass), on=dt.date.max))
    if days:
        classes = [each for each in classes if each.on < days[0]]
    for day in days:
        scale.check(by_day[day])
        ruling = rule_on(by_day[day], scale, tuple(classes))
        if not classes or classes[-1].class_ != ruling.class_:
            rules = tuple(each.rule for each in ruling.reasons if each.class_ == ruling.class_)
            classes.append(DatedClass(day, ruling.class_, rules))
    return tuple(classes)


def _by_day(facts: Iterable[Facts]) -> dict[dt.date, Facts]:
    by_day: dict[dt.date, Facts] = {}
    for each in several("facts", facts, Facts):
        if by_day.setdefault(each.on, each) != each:
            raise InvalidValue("facts", each.on, "one set of facts a day")
    return by_day
