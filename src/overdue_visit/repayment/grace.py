"""
Grace on a new schedule: dates that repay no principal, or put their interest off, before level instalments begin.
"""

from __future__ import annotations

from overdue_visit.errors import InvalidValue
from overdue_visit.repayment.demands import demand
from overdue_visit.repayment.running_balance import RunningBalance
from overdue_visit.repayment.schedule import Schedule
from overdue_visit.repayment.terms import Terms


def grace(terms: Terms, *, principal_rows: int, interest_rows: int = 0) -> Schedule:
    """
    Make a schedule that is level after some dates of grace; it has no more dates for it.

    5,000 at 12 % over 18 months, three of them interest only, whole units: 50, 50, 50, then 361.

    Args:
        principal_rows: First dates that repay no principal: they pay the interest only.

        interest_rows: First dates that pay no interest: it is put off, bears none itself, and is paid on top with the
            first date after.

    Returns:
        ``instalment`` is the level amount after the principal's grace.

    Raises:
        InvalidValue: If either is not a number of dates, or leaves no date to pay on.
    """
    demand(terms, Terms, "terms")
    _check(terms, principal_rows, "principal_rows")
    _check(terms, interest_rows, "interest_rows")
    running = RunningBalance.clearing_last(terms)
    instalment = running.recast(skip=principal_rows)
    while running.open:
        if running.rows_left == 1:
            running.clear()
            break
        _write(running, instalment, principal_rows, interest_rows)
    return running.schedule("grace", instalment=instalment)


def _check(terms: Terms, rows: int, field: str) -> None:
    if type(rows) is not int or not 0 <= rows < len(terms.dues):
        raise InvalidValue(field, rows, f"a number of dates from 0 to {len(terms.dues) - 1}")


def _write(running: RunningBalance, instalment: int, principal_rows: int, interest_rows: int) -> None:
    interest = running.interest()
    principal = 0 if running.period < principal_rows else min(max(instalment - interest, 0), running.balance)
    put_off = running.period < interest_rows and principal < running.balance
    paid = 0 if put_off else interest + running.deferred
    running.deferred = running.deferred + interest if put_off else 0
    running.write(interest=paid, principal=principal)
