"""
Balloon: level payments that leave a large rest, which the last date pays with its instalment.
"""

from __future__ import annotations

from overdue_visit.errors import InvalidValue
from overdue_visit.money import CurrencyMismatch, Money, divide
from overdue_visit.repayment.accruals import Accruals
from overdue_visit.repayment.demands import demand
from overdue_visit.repayment.proportion import level_from
from overdue_visit.repayment.running_balance import RunningBalance
from overdue_visit.repayment.schedule import Schedule
from overdue_visit.repayment.terms import Terms
from overdue_visit.repayment.weighted import Weighted


def balloon(terms: Terms, *, balloon: Money) -> Schedule:
    """
    Make a schedule of level instalments that leaves *balloon*, paid on the last date together with its instalment.

    A balloon of the whole principal is `interest_first`; a balloon of nothing is `level`.

    Raises:
        InvalidValue: If *balloon* is negative or more than the principal.
        CurrencyMismatch: If it has another currency than the terms.
    """
    demand(terms, Terms, "terms")
    if not isinstance(balloon, Money) or not 0 <= balloon.minor <= terms.principal.minor:
        raise InvalidValue("balloon", balloon, f"Money from zero to {terms.principal}, the principal")
    if balloon.currency != terms.currency:
        raise CurrencyMismatch("balloon", balloon.currency, f"{terms.currency}, as the principal has")
    plan = Weighted.of(terms, (1,) * len(terms.dues), left=balloon.minor)
    instalment = plan.amounts()[-1]
    return plan.run().schedule("balloon", instalment=instalment)


def amortised_over(terms: Terms, *, rows: int) -> Schedule:
    """
    Make a schedule whose instalment would repay the debt in *rows* dates, but that ends on the terms' last date.

    What is then left is the balloon, paid on the last date with its instalment. 200,000 at 6 % reckoned over 360
    months and ended after 180: 1,199.10 a month, and about 142,098 at the end.

    Args:
        rows: How many periods of equal interest the instalment is reckoned over.

    Raises:
        InvalidValue: If *rows* is fewer than the due dates, or the periods do not all bear the same interest.
    """
    demand(terms, Terms, "terms")
    accruals = terms.accruals()
    if type(rows) is not int or rows < len(accruals):
        raise InvalidValue("rows", rows, f"a whole number of at least {len(accruals)}, the due dates")
    if not accruals.regular:
        raise InvalidValue("dues", terms.dues[0], "periods of equal interest, so that they can be continued")
    instalment = _rounded(terms, accruals, rows)
    running = RunningBalance.clearing_last(terms, accruals)
    while running.open:
        running.pay(running.covering(instalment))
    return running.schedule("balloon", instalment=instalment)


def _rounded(terms: Terms, accruals: Accruals, rows: int) -> int:
    exact = level_from(terms.principal.minor, accruals.numerators[:1] * rows, accruals.denominator)
    units = divide(exact.numerator, exact.denominator * terms.unit, terms.instalment_rounding)
    return max(units, 1) * terms.unit
