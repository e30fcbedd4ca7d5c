"""
Lines of a schedule being made or changed: what each date pays for, before payments and balances are added up.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from itertools import accumulate

import attrs

from overdue_visit.money import Money
from overdue_visit.repayment.row import rows_of
from overdue_visit.repayment.schedule import Schedule


@attrs.frozen
class Line:
    """What one date pays for, in whole minor units."""

    due: dt.date
    interest: int = 0
    principal: int = 0
    fee: int = 0
    penalty: int = 0
    capitalised: int = 0

    @property
    def payment(self) -> int:
        """All that is paid on the date."""
        return self.interest + self.principal + self.fee + self.penalty


def lines_of(schedule: Schedule) -> tuple[Line, ...]:
    """
    Take a schedule apart.
    """
    return tuple(
        Line(row.due, row.interest_minor, row.principal_minor, row.fee_minor, row.penalty_minor, row.capitalised_minor)
        for row in schedule.rows
    )


def scheduled(
    lines: Iterable[Line], *, kind: str, drawn: dt.date, opening: Money, instalment: Money | None = None
) -> Schedule:
    """
    Add lines up to a schedule: payments, numbers and balances.
    """
    made = tuple(lines)
    changes = (line.capitalised - line.principal for line in made)
    rows = rows_of(
        opening.currency,
        [line.due for line in made],
        payments=[line.payment for line in made],
        interests=[line.interest for line in made],
        principals=[line.principal for line in made],
        fees=[line.fee for line in made],
        penalties=[line.penalty for line in made],
        capitalised=[line.capitalised for line in made],
        balances=list(accumulate(changes, initial=opening.minor))[1:],
    )
    return Schedule(
        kind=kind, currency=opening.currency, drawn=drawn, opening=opening, rows=rows, instalment=instalment
    )
