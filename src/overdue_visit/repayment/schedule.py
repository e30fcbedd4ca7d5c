"""
A repayment schedule: dated rows, and what they add up to.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import attrs

from overdue_visit.errors import InvalidValue
from overdue_visit.instants import plain_date
from overdue_visit.money import Money
from overdue_visit.repayment.demands import demand, demand_kept, demand_word
from overdue_visit.repayment.flows import Flow
from overdue_visit.repayment.row import CAPITALISED, FEE, INTEREST, PAYMENT, PENALTY, Row


@attrs.frozen(kw_only=True)
class Schedule:
    """
    What is paid when, from the day the money was paid out.

    Args:
        kind: How it was made, such as ``"level"`` or ``"equal_principal"``.

        drawn: The day on which interest starts.

        opening: What was owed on that day.

        instalment: The one amount that every row but the residue's pays, where the kind has one.
    """

    kind: str
    currency: str
    drawn: dt.date
    opening: Money
    rows: tuple[Row, ...]
    instalment: Money | None = None

    @property
    def total_paid(self) -> Money:
        """All payments together."""
        return self._total(PAYMENT)

    @property
    def total_interest(self) -> Money:
        """All interest that the payments contain; interest that was capitalised is not in it."""
        return self._total(INTEREST)

    @property
    def total_fees(self) -> Money:
        """All fees that the payments contain."""
        return self._total(FEE)

    @property
    def total_penalty(self) -> Money:
        """All penalty interest that the payments contain."""
        return self._total(PENALTY)

    @property
    def total_capitalised(self) -> Money:
        """All that joined the balance instead of being paid."""
        return self._total(CAPITALISED)

    @property
    def cost(self) -> Money:
        """What the borrower pays above what was owed at the start and is not left at the end."""
        return self.total_paid + self.left - self.opening

    @property
    def left(self) -> Money:
        """What is still owed after the last row; zero unless the schedule stops before the debt does."""
        return self.rows[-1].balance if self.rows else self.opening

    @property
    def last_due(self) -> dt.date:
        """The date of the last row."""
        return self.rows[-1].due if self.rows else self.drawn

    def flows(self) -> tuple[Flow, ...]:
        """
        Return what the borrower pays, dated; rows that pay nothing are left out.
        """
        return tuple(Flow(row.due, row.payment) for row in self.rows if PAYMENT(row))

    def _total(self, column: Callable[[Row], int]) -> Money:
        return Money.from_minor(sum(map(column, self.rows)), self.currency)


def demand_schedule(schedule: object) -> None:
    """
    Refuse what is no schedule, or one whose cells are of other types: making one checks nothing, for speed.

    Raises:
        InvalidValue: If it is something else; the cell is named.
    """
    if not isinstance(schedule, Schedule):
        raise InvalidValue("schedule", schedule, "Schedule")
    demand_word(schedule.kind, "kind", "the name of a kind of schedule")
    Money.zero(schedule.currency)
    plain_date(schedule.drawn, field="drawn")
    demand(schedule.opening, Money, "opening")
    demand(schedule.instalment, Money, "instalment", none=True)
    demand_kept(schedule.rows, Row, "rows")
