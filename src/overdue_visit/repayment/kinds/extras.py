"""
Arrears collected with a new schedule's instalments, beside the principal and bearing no interest.
"""

from __future__ import annotations

import datetime as dt

import attrs

from overdue_visit.money import Money, Residue, Rounding
from overdue_visit.repayment.debt import Component, Part
from overdue_visit.repayment.kinds.lines import Line, lines_of, scheduled
from overdue_visit.repayment.kinds.shares import equal_shares
from overdue_visit.repayment.schedule import Schedule

_COLUMNS = {
    Component.INTEREST: "interest",
    Component.PENALTY: "penalty",
    Component.FEES: "fee",
    Component.COSTS: "fee",
}


@attrs.frozen(kw_only=True)
class Extras:
    """
    What is collected beside the principal.

    Args:
        spread: In equal shares over all dates from *start*.

        first: With the first of them.

        start: The first date that takes any; left out, the schedule's first.
    """

    spread: tuple[Part, ...] = ()
    first: tuple[Part, ...] = ()
    start: dt.date | None = None
    unit: int = 1
    rounding: Rounding = Rounding.HALF_UP
    residue: Residue = "last"


def with_extras(schedule: Schedule, extras: Extras) -> Schedule:
    """
    Add what is collected beside the principal to a schedule's rows; interest goes to interest, costs to fees.

    The schedule's ``instalment`` stays the level amount without them.
    """
    if not extras.spread and not extras.first:
        return schedule
    lines = lines_of(schedule)
    skipped = 0 if extras.start is None else sum(line.due < extras.start for line in lines)
    added = {name: [0] * len(lines) for name in ("interest", "penalty", "fee")}
    for part in extras.spread:
        column = added[_COLUMNS[part.component]]
        for place, share in enumerate(_shares(part, extras, len(lines) - skipped), start=skipped):
            column[place] += share.minor
    for part in extras.first:
        added[_COLUMNS[part.component]][skipped] += part.amount.minor
    return scheduled(
        map(_with, lines, added["interest"], added["penalty"], added["fee"]),
        kind=schedule.kind,
        drawn=schedule.drawn,
        opening=schedule.opening,
        instalment=schedule.instalment,
    )


def _shares(part: Part, extras: Extras, count: int) -> tuple[Money, ...]:
    return equal_shares(part.amount, count, unit=extras.unit, rounding=extras.rounding, residue=extras.residue)


def _with(line: Line, interest: int, penalty: int, fee: int) -> Line:
    return Line(
        line.due, line.interest + interest, line.principal, line.fee + fee, line.penalty + penalty, line.capitalised
    )
