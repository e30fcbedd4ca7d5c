"""
The runs of consecutive days on which a loan was past due.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import attrs

from overdue_visit.arrears.convention import VILLAGE, AgeingConvention
from overdue_visit.arrears.position import (
    counts_from,
    cover,
    oldest_unpaid,
    owed,
    paid_through,
    version_counts_from,
)
from overdue_visit.loan import Loan

_ONE_DAY = dt.timedelta(days=1)


@attrs.frozen
class Episode:
    """
    One run of consecutive days past due.

    Args:
        cleared_on: The day whose payment, or other entry, ended it; None while it runs. Counted at the start of day
            that day itself is still past due; counted through the day it is not.

        last_day: Its last day past due; the last day looked at while it runs.
    """

    first_day: dt.date
    cleared_on: dt.date | None
    max_days_past_due: int
    last_day: dt.date

    @property
    def days(self) -> int:
        """How many days it lasted so far."""
        return (self.last_day - self.first_day).days + 1


@attrs.frozen
class _Stretch:
    """Days on which nothing changed, and the oldest due that was unpaid on them."""

    first_day: dt.date
    last_day: dt.date
    oldest: dt.date


@attrs.define
class _Run:
    first_day: dt.date
    last_day: dt.date
    anchor: dt.date
    worst: int


def episodes(loan: Loan, *, until: dt.date, convention: AgeingConvention = VILLAGE) -> tuple[Episode, ...]:
    """
    Find every run of days past due through *until*, the first one first.

    The same as measuring day by day: each day counts what is dated by then, so a payment that was reversed later had
    ended the run until its reversal.
    """
    return tuple(
        Episode(run.first_day, _cleared_on(loan, run, until, convention), run.worst, run.last_day)
        for run in _runs(loan, until, convention)
    )


def _cleared_on(loan: Loan, run: _Run, until: dt.date, convention: AgeingConvention) -> dt.date | None:
    if convention.payments == "through":
        return None if run.last_day == until else run.last_day + _ONE_DAY
    if run.last_day < until:
        return run.last_day
    # What is dated on the last day itself counts from the day after, which is past due unless it cleared the arrears.
    oldest = _oldest_after(loan, until, convention)
    return until if oldest is None or convention.first_late_day(oldest) > until + _ONE_DAY else None


def first_late_due(loan: Loan, *, on: dt.date, convention: AgeingConvention) -> dt.date | None:
    """
    Return the due date with which the run that holds *on* began; None if the loan is not past due then.
    """
    runs = _runs(loan, on, convention)
    return runs[-1].anchor if runs and runs[-1].last_day == on else None


def _runs(loan: Loan, until: dt.date, convention: AgeingConvention) -> list[_Run]:
    runs: list[_Run] = []
    for stretch in _late_stretches(loan, until, convention):
        if not runs or runs[-1].last_day + _ONE_DAY < stretch.first_day:
            runs.append(_Run(stretch.first_day, stretch.last_day, stretch.oldest, 0))
        run = runs[-1]
        run.last_day = stretch.last_day
        run.anchor = min(run.anchor, stretch.oldest)  # a reversal may show that an earlier due was late all along
        counted_from = stretch.oldest if convention.anchor == "oldest_unpaid" else run.anchor
        run.worst = max(run.worst, convention.days_since(counted_from, on=stretch.last_day))
    return runs


def _late_stretches(loan: Loan, until: dt.date, convention: AgeingConvention) -> Iterator[_Stretch]:
    for stretch in _stretches(loan, until, convention):
        late_from = max(stretch.first_day, convention.first_late_day(stretch.oldest))
        if late_from <= stretch.last_day:
            yield _Stretch(late_from, stretch.last_day, stretch.oldest)


def _stretches(loan: Loan, until: dt.date, convention: AgeingConvention) -> Iterator[_Stretch]:
    seen_after = dt.timedelta(days=0 if convention.payments == "through" else 1)
    changes = [change for change in _changes(loan, convention) if change + seen_after <= until]
    starts = [dt.date.min, *(change + seen_after for change in changes)]
    ends = [*(start - _ONE_DAY for start in starts[1:]), until]
    for start, end, change in zip(starts, ends, [dt.date.min, *changes], strict=True):
        oldest = _oldest_after(loan, change, convention)
        if oldest is not None:
            yield _Stretch(start, end, oldest)


def _oldest_after(loan: Loan, until: dt.date, convention: AgeingConvention) -> dt.date | None:
    dues = owed(loan, on=dt.date.max, until=until, convention=convention)
    cover(dues, paid_through(loan, until, convention))
    return oldest_unpaid(dues, convention)


def _changes(loan: Loan, convention: AgeingConvention) -> list[dt.date]:
    days = {counts_from(payment, convention) for payment in loan.payments}
    days.update(counts_from(reversal, convention) for reversal in loan.reversals)
    days.update(version_counts_from(version, convention) for version in loan.versions[1:])
    if convention.basis == "booked":
        days.update(charge.booked for charge in loan.charges)
    return sorted(days)
