"""
Flat or add-on interest: reckoned once on the whole principal for the whole time, and spread evenly over the rows.

It looks cheap and is not: interest is paid on principal that has long been repaid. Show the effective rate beside it.
"""

from __future__ import annotations

from overdue_visit.money import divide
from overdue_visit.repayment.demands import demand
from overdue_visit.repayment.running_balance import RunningBalance
from overdue_visit.repayment.schedule import Schedule
from overdue_visit.repayment.terms import Terms


def flat(terms: Terms) -> Schedule:
    """
    Make a schedule of flat interest: every row pays an equal part of the principal and of the whole interest.

    5,000 at 12 % flat in 18 months, whole units: 328 seventeen times and 324, of which 900 is interest.

    Returns:
        Interest and principal parts are rounded to minor units, their sum to the terms' unit; the last row takes the
        residue of both, the first if the terms say so.
    """
    demand(terms, Terms, "terms")
    accruals, rows = terms.accruals(), len(terms.dues)
    owed = terms.principal.minor
    interest = divide(owed * sum(accruals.numerators), accruals.denominator, terms.rounding)
    each = divide(owed * sum(accruals.numerators), accruals.denominator * rows, terms.rounding)
    part = divide(owed, rows, terms.instalment_rounding)
    instalment = max(divide(each + part, terms.unit, terms.instalment_rounding), 1) * terms.unit
    rows_paid = _rows(owed, interest, each, [instalment] * (rows - 1))
    if terms.residue == "first":
        rows_paid.reverse()
    running = RunningBalance.of(terms, accruals)
    for bears, paid in rows_paid:
        running.write(interest=bears, principal=paid)
    return running.schedule("flat", instalment=instalment)


def _rows(principal: int, interest: int, each: int, payments: list[int]) -> list[tuple[int, int]]:
    """Return the interest and principal of each row: the payments while they do not clear the debt, then the rest."""
    rows = []
    for payment in payments:
        if payment >= principal + interest:
            break
        repaid = min(max(payment - min(each, interest), 0), principal)
        borne = min(payment - repaid, interest)
        rows.append((borne, repaid))
        principal, interest = principal - repaid, interest - borne
    rows.append((interest, principal))
    return rows
