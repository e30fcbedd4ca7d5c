"""
Fees of a loan: at the start, with every row, or added to the debt.
"""

from __future__ import annotations

from collections.abc import Callable

import attrs

from overdue_visit.errors import InvalidValue
from overdue_visit.money import CurrencyMismatch, Money
from overdue_visit.repayment.demands import demand, demand_function
from overdue_visit.repayment.level import level
from overdue_visit.repayment.row import BALANCE, CAPITALISED, FEE, INTEREST, PAYMENT, PENALTY, PRINCIPAL, rows_of
from overdue_visit.repayment.schedule import Schedule
from overdue_visit.repayment.terms import Terms

_COLUMNS = {"interests": INTEREST, "principals": PRINCIPAL, "penalties": PENALTY, "capitalised": CAPITALISED}


@attrs.frozen(kw_only=True)
class Fees:
    """
    What a loan costs besides interest; each fee stands alone, and all may occur together.

    Args:
        at_start: Paid on the day of drawing.

        each_row: Paid with every row, besides the terms' own fee.

        capitalised: Added to the debt on the day of drawing; it bears interest and is repaid with the principal.

    Raises:
        InvalidValue: If a fee is negative or not `Money`.
    """

    at_start: Money | None = None
    each_row: Money | None = None
    capitalised: Money | None = None

    def __attrs_post_init__(self) -> None:
        for field in ("at_start", "each_row", "capitalised"):
            fee = getattr(self, field)
            if fee is not None and (not isinstance(fee, Money) or fee.minor < 0):
                raise InvalidValue(field, fee, "Money of at least zero")


def with_fees(terms: Terms, fees: Fees, *, kind: Callable[[Terms], Schedule] = level) -> Schedule:
    """
    Make a schedule with its fees.

    A fee at the start is a row of its own on the day of drawing. A capitalised fee is part of what is owed on that day:
    ``opening`` of the schedule is the terms' principal and the fee.

    Args:
        kind: Makes the schedule from terms: `level`, `equal_principal`, or a function of terms alone.

    Raises:
        CurrencyMismatch: If a fee has another currency than the terms.
    """
    demand(terms, Terms, "terms")
    demand(fees, Fees, "fees")
    demand_function(kind, "kind", "a function that makes a schedule from terms, such as level")
    for field in ("at_start", "each_row", "capitalised"):
        fee = getattr(fees, field)
        if fee is not None and fee.currency != terms.currency:
            raise CurrencyMismatch(field, fee.currency, f"{terms.currency}, as the principal has")
    return paid_at_start(kind(financed(terms, fees)), fees.at_start)


def financed(terms: Terms, fees: Fees) -> Terms:
    """
    Return the terms with the capitalised fee in the principal, and the fee of each row.
    """
    none = Money.zero(terms.currency)
    each = (terms.fee or none) + (fees.each_row or none)
    return attrs.evolve(terms, principal=terms.principal + (fees.capitalised or none), fee=each or None)


def paid_at_start(schedule: Schedule, fee: Money | None) -> Schedule:
    """
    Return the schedule with a first row, on the day of drawing, that pays *fee* and nothing else.
    """
    if not fee:
        return schedule
    dues = (schedule.drawn, *(row.due for row in schedule.rows))
    paid = fee.minor
    columns = {name: (0, *map(column, schedule.rows)) for name, column in _COLUMNS.items()}
    rows = rows_of(
        schedule.currency,
        dues,
        payments=(paid, *map(PAYMENT, schedule.rows)),
        fees=(paid, *map(FEE, schedule.rows)),
        balances=(schedule.opening.minor, *map(BALANCE, schedule.rows)),
        **columns,
    )
    return attrs.evolve(schedule, rows=rows)
