"""
Equal principal (等额本金): every row repays the same principal, and the interest falls with the balance.
"""

from __future__ import annotations

from fractions import Fraction

import attrs

from overdue_visit.errors import InvalidValue
from overdue_visit.money import CurrencyMismatch, Money, divide
from overdue_visit.repayment.demands import demand
from overdue_visit.repayment.running_balance import RunningBalance
from overdue_visit.repayment.schedule import Schedule
from overdue_visit.repayment.terms import Terms


def equal_principal(terms: Terms, *, principal: Money | None = None) -> Schedule:
    """
    Make a schedule that repays the same principal on every date, and the interest on what is still owed.

    5,000 at 12 % in 18 months: 277.78 a month and 50.00 interest in the first, 277.74 and 2.78 in the last.

    Args:
        principal: Repay this much a date instead of an equal part; the last row takes the rest, and a debt that is
            repaid earlier has fewer rows.

    Returns:
        The principal part is rounded to the terms' unit; the residue goes to the first or last row, as the terms say.

    Raises:
        InvalidValue: If *principal* is not above zero.
        CurrencyMismatch: If *principal* has another currency than the terms.
    """
    demand(terms, Terms, "terms")
    part = _part(terms) if principal is None else _demanded(terms, principal)
    running = RunningBalance.of(terms)
    while running.open:
        first = running.period == 0 and principal is None and terms.residue == "first"
        paid = _first(terms, part) if first else part
        if running.rows_left == 1 or paid >= running.balance:
            running.clear()
        else:
            running.write(interest=running.interest(), principal=paid)
    return running.schedule("equal_principal")


def _demanded(terms: Terms, principal: Money) -> int:
    if not isinstance(principal, Money) or principal.minor <= 0:
        raise InvalidValue("principal", principal, "Money of more than zero")
    if principal.currency != terms.currency:
        raise CurrencyMismatch("principal", principal.currency, f"{terms.currency}, as the loan has")
    return principal.minor


def _part(terms: Terms) -> int:
    rows, unit = len(terms.dues), terms.unit
    part = max(divide(terms.principal.minor, rows * unit, terms.instalment_rounding), 1) * unit
    if terms.residue == "first" and part * (rows - 1) > terms.principal.minor:
        # Rounded up, the later rows alone would repay more than is owed and leave the first row less than nothing.
        return terms.principal.minor // (rows * unit) * unit
    return part


def _first(terms: Terms, part: int) -> int:
    return terms.principal.minor - part * (len(terms.dues) - 1)


@attrs.frozen(kw_only=True)
class EqualPrincipalTotals:
    """What loan sites print for equal principal: exact until shown, each figure rounded once."""

    first_payment: Money
    second_payment: Money
    second_last_payment: Money
    last_payment: Money
    monthly_decrease: Money
    """How much less the second payment is than the first; with equal periods every payment falls by this much."""
    total_interest: Money
    total_payment: Money


def equal_principal_totals(terms: Terms) -> EqualPrincipalTotals:
    """
    Return the figures of an equal-principal plan before any row is rounded.

    630,000 yuan at 4.9 % over 360 months begin with 4,322.50, fall by 7.15 a month and cost 464,336.25 in interest.
    """
    demand(terms, Terms, "terms")
    payments = exact_payments(terms)
    total = sum(payments, Fraction(0))
    second = payments[min(1, len(payments) - 1)]

    def shown(minor: Fraction) -> Money:
        return Money.from_minor(divide(minor.numerator, minor.denominator, terms.instalment_rounding), terms.currency)

    return EqualPrincipalTotals(
        first_payment=shown(payments[0]),
        second_payment=shown(second),
        second_last_payment=shown(payments[max(0, len(payments) - 2)]),
        last_payment=shown(payments[-1]),
        monthly_decrease=shown(payments[0] - second),
        total_interest=shown(total - terms.principal.minor),
        total_payment=shown(total),
    )


def exact_payments(terms: Terms) -> tuple[Fraction, ...]:
    """
    Return every payment of an equal-principal plan in minor units, not rounded.
    """
    demand(terms, Terms, "terms")
    accruals, rows = terms.accruals(), len(terms.dues)
    opening, below = terms.principal.minor, accruals.denominator * len(terms.dues)
    return tuple(
        Fraction(opening * (accruals.denominator + (rows - row) * bears), below)
        for row, bears in enumerate(accruals.numerators)
    )
