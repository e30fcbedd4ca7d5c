"""
Rate changes on a level plan: keep the number of instalments, or keep the instalment.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Literal, get_args

import attrs

from overdue_visit.errors import InvalidValue
from overdue_visit.money import divide
from overdue_visit.repayment.accruals import Accruals
from overdue_visit.repayment.changing_interest import RateChange, changing, checked_changes
from overdue_visit.repayment.demands import as_tuple, demand, demand_flag
from overdue_visit.repayment.frozen_days import FrozenDays
from overdue_visit.repayment.level import level
from overdue_visit.repayment.running_balance import RunningBalance
from overdue_visit.repayment.schedule import Schedule
from overdue_visit.repayment.terms import Terms

Keep = Literal["term", "instalment"]
"""What stays as it was when the rate changes."""


def with_rate_changes(
    terms: Terms,
    changes: Sequence[RateChange],
    *,
    keep: Keep = "term",
    further: Iterable[dt.date] = (),
    freezes: Sequence[FrozenDays] = (),
    nudge: bool = False,
) -> Schedule:
    """
    Make a level plan whose rate changes on the way.

    100 at 7 % in six months, 4 % from the day after the first payment: 17.01, then 16.88 four times and 16.89.

    Args:
        keep: ``"term"``: from the row in which a rate begins, a new level instalment over the dates left, reckoned as
            if no change came after.
            ``"instalment"``: the first instalment goes on; after a fall of the rate there are fewer rows, after a rise
            more, on the *further* dates. What no date is left for, the last one pays.

        further: Dates after the terms' own, used as far as needed when the instalment is kept.

        freezes: Days without interest.

        nudge: Spread what the last payment is off by, as `level` does, for every new instalment.

    Returns:
        ``instalment`` is the last level amount.

    Raises:
        InvalidValue: If changes or dates do not rise, *keep* is unknown, or the kept instalment is below the interest
            of a row.
    """
    demand(terms, Terms, "terms")
    demand_flag(nudge, "nudge")
    if keep not in get_args(Keep):
        raise InvalidValue("keep", keep, "'term' or 'instalment'")
    more = as_tuple(further, "further", accepted="dates after the terms' own")
    if more and keep == "term":
        raise InvalidValue("further", more, "no further dates where the term is kept")
    changes = checked_changes(terms, changes)
    ahead = attrs.evolve(terms, dues=terms.dues + more) if more else terms
    running = RunningBalance.clearing_last(ahead, changing(ahead, changes=changes, freezes=freezes))
    instalment = _first(terms, nudge=nudge)
    known = 0
    while running.open:
        begun = _begun(running, changes)
        if keep == "term" and begun > known:
            expected = changing(ahead, changes=changes[:begun])
            instalment = running.recast(expected=expected)
            instalment = nudged(running, instalment, expected) if nudge else instalment
        if keep == "term" and begun > known and instalment < running.interest():
            # The rate fell within this period, which still bears the old one: it pays its interest, the next is recast.
            running.pay(running.interest())
            continue
        known = begun
        running.pay(running.covering(instalment))
    return running.schedule("rate_changes", instalment=instalment)


def _first(terms: Terms, *, nudge: bool) -> int:
    plan = level(terms, nudge=nudge)
    return plan.instalment.minor if plan.instalment else 0


def _begun(running: RunningBalance, changes: Sequence[RateChange]) -> int:
    """Count the changes that begin before or in the next row's period."""
    end = running.terms.dues[running.period]
    return sum(change.on <= end for change in changes)


def nudged(running: RunningBalance, instalment: int, expected: Accruals) -> int:
    """
    Spread what the last payment would be off by over the dates left, once, if that brings it nearer to the instalment.

    Nothing is moved where it is off by no more than half a minor unit a row (as Apache Fineract does).
    """
    rows, unit = running.rows_left, running.terms.unit
    off = _off(running, instalment, expected)
    if abs(off) <= rows // 2:
        return instalment
    moved = instalment + divide(off, rows * unit, running.terms.instalment_rounding) * unit
    return moved if moved > 0 and abs(_off(running, moved, expected)) < abs(off) else instalment


def _off(running: RunningBalance, instalment: int, expected: Accruals) -> int:
    balance, mode, last = running.balance, running.terms.rounding, len(expected) - 1
    for period in range(running.period, last):
        balance += expected.interest(balance, period, mode) - instalment
    return balance + expected.interest(balance, last, mode) - instalment
