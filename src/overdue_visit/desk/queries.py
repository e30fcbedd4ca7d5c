"""
Questions to a desk: what is due, why, what happened, what was known on a day.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Generic, TypeVar

import attrs

from overdue_visit.case.case import Case, fold
from overdue_visit.case.header import Entry
from overdue_visit.desk.settings import Settings, codec
from overdue_visit.desk.unit import UnknownCase, opened
from overdue_visit.errors import InvalidValue
from overdue_visit.instants import day_of
from overdue_visit.next_steps import Step, next_steps

T = TypeVar("T")


@attrs.frozen
class Page(Generic[T]):
    """A page of answers; iterate over it, and ask for the next one with *after*."""

    items: tuple[T, ...]
    after: str | None
    """Hand this to the same question for the next page; None when this was the last."""

    def __iter__(self) -> Iterator[T]:
        return iter(self.items)

    def __len__(self) -> int:
        return len(self.items)


def worklist(settings: Settings, *, on: dt.date, officer: str | None, after: str | None, limit: int) -> Page[Step]:
    """
    Return what is due by a day, by case; only cases that may have something due are read.

    Args:
        officer: Only cases assigned to this officer.

        limit: How many cases a page looks at.
    """
    if type(limit) is not int or limit < 1:
        raise InvalidValue("limit", limit, "a whole number of at least 1")
    rows = settings.store.cases(
        settings.tenant,
        look_by=on,
        look_policy=settings.policy.digest,
        officer=officer,
        after=after,
        limit=limit,
    )
    steps = [step for row in rows for step in next_steps(opened(settings, row).case, settings.policy, on)]
    return Page(tuple(steps), rows[-1].case_id if len(rows) == limit else None)


def cases(settings: Settings, *, open_only: bool, after: str | None, limit: int) -> Page[Case]:
    """
    Return a page of cases by id.
    """
    if type(limit) is not int or limit < 1:
        raise InvalidValue("limit", limit, "a whole number of at least 1")
    rows = settings.store.cases(settings.tenant, open_only=open_only, after=after, limit=limit)
    return Page(tuple(opened(settings, row).case for row in rows), rows[-1].case_id if len(rows) == limit else None)


def history(settings: Settings, case_id: str) -> tuple[Entry, ...]:
    """
    Return a case's record in sequence, with the private values that were not erased.

    Raises:
        UnknownCase: If the tenant has no such case.
    """
    sealed = settings.store.facts(settings.tenant, case_id)
    if not sealed:
        raise UnknownCase.of(case_id, settings.tenant)
    return tuple(codec().open(each) for each in sealed)


def as_known(settings: Settings, case_id: str, day: dt.date) -> Case:
    """
    Return a case as it was known at the end of a day: with the conclusions recorded by then, and no others.

    Raises:
        UnknownCase: If there is no such case, or nothing was recorded of it by then.
    """
    known = [entry for entry in history(settings, case_id) if day_of(entry.header.recorded_at, settings.zone) <= day]
    if not known:
        raise UnknownCase("day", day.isoformat(), f"a day on or after {case_id} was opened")
    return fold(known)
