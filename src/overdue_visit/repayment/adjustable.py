"""
Adjustable rates: the rate is reset at certain payments, the payment with it or not, and a cap may hold it down.

A capped payment can fall short of the interest. What it falls short by joins the debt: the rows show it as
capitalised, `Schedule.total_capitalised` adds it up, and *most_owed* bounds it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import attrs

from overdue_visit.errors import InvalidValue
from overdue_visit.money import divide
from overdue_visit.rate import Per, Rate
from overdue_visit.repayment.accruals import Accruals
from overdue_visit.repayment.changing_interest import over_one_denominator
from overdue_visit.repayment.demands import as_tuple, demand, demand_flag
from overdue_visit.repayment.level import level_instalment
from overdue_visit.repayment.running_balance import RunningBalance
from overdue_visit.repayment.schedule import Schedule
from overdue_visit.repayment.terms import Terms


@attrs.frozen(kw_only=True)
class Reset:
    """
    A new rate from a certain row on.

    Args:
        row: The first row that bears it, counted from 1; at least 2.

        rate: Per year, month or day, like the terms' own.

        recast: Reckon a new level payment over the rows left; otherwise the payment goes on as it is.

        payment_cap: The new payment is at most this share of the one before: ``Rate("107.5%", per="once")``.

    Raises:
        InvalidValue: If a value is out of range, or a cap is given without a recast.
    """

    row: int
    rate: Rate
    recast: bool = True
    payment_cap: Rate | None = None

    def __attrs_post_init__(self) -> None:
        if type(self.row) is not int or self.row < 2:
            raise InvalidValue("row", self.row, "a row number of at least 2; the first rate is the terms'")
        if not isinstance(self.rate, Rate) or self.rate.numerator < 0 or self.rate.per is Per.ONCE:
            raise InvalidValue("rate", self.rate, 'a Rate of at least zero per year, month or day: Rate("4.35%")')
        if type(self.recast) is not bool:
            raise InvalidValue("recast", self.recast, "True or False")
        if self.payment_cap is not None:
            _demand_share("payment_cap", self.payment_cap)
            if not self.recast:
                raise InvalidValue("payment_cap", self.payment_cap, "no cap where the payment is not recast")


def _demand_share(field: str, share: object) -> None:
    if not isinstance(share, Rate) or share.per is not Per.ONCE or share.numerator < share.denominator:
        raise InvalidValue(field, share, 'a share of at least 100%, such as Rate("107.5%", per="once")')


def adjustable(
    terms: Terms, resets: Sequence[Reset], *, most_owed: Rate | None = None, negative: bool = False
) -> Schedule:
    """
    Make a plan whose rate is reset on the way.

    65,000 at 10 % over 360 months, 12 % from the 13th, payments capped at 107.5 %: 570.42 rises to 613.20, not to
    667.30, and 420.90 of the second year's interest joins the debt.

    Args:
        resets: In rising order of rows.

        most_owed: The most that may be owed, as a share of the principal: ``Rate("125%", per="once")``. The first
            payment that would leave more is recast without a cap.

        negative: Allow payments below the interest; without it they are refused.

    Returns:
        ``instalment`` is the first payment. A debt that is cleared early has fewer rows.

    Raises:
        InvalidValue: If the resets do not rise or lie outside the plan, *most_owed* is below 100 %, or a payment is
            below its interest and *negative* was not asked for.
    """
    demand(terms, Terms, "terms")
    demand_flag(negative, "negative")
    resets = _checked(terms, resets)
    if most_owed is not None:
        _demand_share("most_owed", most_owed)
    by_rate = _by_rate(terms, resets)
    by_row = {reset.row - 1: reset for reset in resets}
    running = RunningBalance.clearing_last(terms, _accruals(terms, resets, by_rate))
    expected = by_rate[terms.rate]
    first = payment = level_instalment(terms).minor
    while running.open:
        reset = by_row.get(running.period)
        if reset is not None:
            expected = by_rate[reset.rate]
            payment = _recast(running, reset, payment, expected)
        if most_owed is not None and _owes_more(running, payment, most_owed):
            payment = max(running.recast(expected=expected), running.interest())
        running.pay(running.covering(payment, negative=negative))
    return running.schedule("adjustable", instalment=first)


def _checked(terms: Terms, resets: Sequence[Reset]) -> tuple[Reset, ...]:
    before = 1
    found = as_tuple(resets, "resets", accepted="values of Reset, in rising order of rows")
    for reset in found:
        if not isinstance(reset, Reset) or not before < reset.row <= len(terms.dues):
            accepted = f"a Reset at a row from {before + 1} to {len(terms.dues)}; resets rise"
            raise InvalidValue("resets", reset, accepted)
        before = reset.row
    return found


def _by_rate(terms: Terms, resets: Sequence[Reset]) -> dict[Rate, Accruals]:
    rates = {terms.rate, *(reset.rate for reset in resets)}
    return {rate: attrs.evolve(terms, rate=rate).accruals() for rate in rates}


def _accruals(terms: Terms, resets: Sequence[Reset], by_rate: Mapping[Rate, Accruals]) -> Accruals:
    """Return each row's factor under its own rate, over one denominator."""
    changes = {reset.row - 1: reset.rate for reset in resets}
    rate, factors = terms.rate, []
    for period in range(len(terms.dues)):
        rate = changes.get(period, rate)
        factors.append(by_rate[rate].factor(period))
    return over_one_denominator(factors)


def _recast(running: RunningBalance, reset: Reset, payment: int, expected: Accruals) -> int:
    """Return the payment after a reset, as if its rate held to the end."""
    if not reset.recast:
        return payment
    fresh, cap = running.recast(expected=expected), reset.payment_cap
    if cap is None:
        return fresh
    terms = running.terms
    most = divide(payment * cap.numerator, cap.denominator * terms.unit, terms.instalment_rounding) * terms.unit
    return min(fresh, most)


def _owes_more(running: RunningBalance, payment: int, most_owed: Rate) -> bool:
    after = running.balance + running.interest() - payment
    return after * most_owed.denominator > running.terms.principal.minor * most_owed.numerator
