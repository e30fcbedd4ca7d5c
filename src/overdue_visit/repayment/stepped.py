"""
Steps: instalments that rise or fall from block to block, by a ratio or by amounts that are named.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import attrs

from overdue_visit.errors import InvalidValue
from overdue_visit.money import CurrencyMismatch, Money
from overdue_visit.rate import Per, Rate
from overdue_visit.repayment.demands import as_tuple, demand, demand_flag
from overdue_visit.repayment.level import level
from overdue_visit.repayment.running_balance import RunningBalance
from overdue_visit.repayment.schedule import Schedule
from overdue_visit.repayment.terms import Terms
from overdue_visit.repayment.weighted import Weighted


def stepped(terms: Terms, *, ratio: Rate | Fraction, every: int, negative: bool = False) -> Schedule:
    """
    Make a schedule whose instalments are *ratio* times as high from block to block.

    200,000 at 6 % over 20 years, 3 % more each year: 1,130.33 a month in the first year, 1,982.05 in the last. A ratio
    of 1 is the level plan.

    Args:
        ratio: Above 1 steps up, below 1 steps down: ``Rate("103%", per="once")`` or ``Fraction(103, 100)``.

        every: Dates in a block.

        negative: Allow early instalments below the interest: the rest is capitalised, and reported in the rows.

    Raises:
        InvalidValue: If *ratio* is not above zero, *every* is not a positive ``int``, or an instalment is below its
            interest and *negative* was not asked for.
    """
    demand(terms, Terms, "terms")
    demand_flag(negative, "negative")
    step = ratio_of_steps(ratio)
    if step == 1 and type(every) is int and every >= 1:
        return attrs.evolve(level(terms, negative=negative), kind="stepped")
    plan = Weighted.of(terms, _weights(len(terms.dues), step, every), negative=negative)
    return plan.run().schedule("stepped")


def ratio_of_steps(ratio: Rate | Fraction) -> Fraction:
    """
    Return how instalments grow from block to block.

    Raises:
        InvalidValue: If *ratio* is no share or fraction above zero.
    """
    if isinstance(ratio, Rate) and ratio.per is Per.ONCE:
        ratio = ratio.fraction
    if not isinstance(ratio, Fraction) or ratio <= 0:
        raise InvalidValue("ratio", ratio, 'a Rate or Fraction above zero, such as Rate("103%", per="once")')
    return ratio


def _weights(rows: int, step: Fraction, every: int) -> tuple[int, ...]:
    if type(every) is not int or every < 1:
        raise InvalidValue("every", every, "a whole number of dates, at least 1")
    last = (rows - 1) // every
    blocks = [step.numerator**block * step.denominator ** (last - block) for block in range(last + 1)]
    return tuple(blocks[row // every] for row in range(rows))


@attrs.frozen(kw_only=True)
class SteppedTotals:
    """What brochures print for steps: each block's rounded instalment, and these added up."""

    instalments: tuple[Money, ...]
    """One a block."""
    total_paid: Money
    total_interest: Money


def stepped_totals(terms: Terms, *, ratio: Rate | Fraction, every: int) -> SteppedTotals:
    """
    Return the instalments of a stepped plan and their sum, before the last row takes what rounding leaves.

    Raises:
        InvalidValue: If *ratio* is not above zero or *every* is not a positive ``int``.
    """
    demand(terms, Terms, "terms")
    amounts = Weighted.of(terms, _weights(len(terms.dues), ratio_of_steps(ratio), every)).amounts()
    paid = Money.from_minor(sum(amounts), terms.currency)
    return SteppedTotals(
        instalments=tuple(Money.from_minor(each, terms.currency) for each in amounts[::every]),
        total_paid=paid,
        total_interest=paid - terms.principal,
    )


def stepped_amounts(terms: Terms, *, amounts: Sequence[Money], every: int, negative: bool = False) -> Schedule:
    """
    Make a schedule that pays the named amounts block by block, and then the level instalment that clears the rest.

    Args:
        amounts: What each date of the first, second ... block pays; fewer blocks than the dates have, so that at least
            one is left to clear the debt.

        every: Dates in a block.

        negative: Allow an amount below the interest: the rest is capitalised, and reported in the rows.

    Raises:
        InvalidValue: If an amount is negative, blocks are missing or too many, or an amount is below its interest and
            *negative* was not asked for.
        CurrencyMismatch: If an amount has another currency than the terms.
    """
    demand(terms, Terms, "terms")
    demand_flag(negative, "negative")
    if type(every) is not int or every < 1:
        raise InvalidValue("every", every, "a whole number of dates, at least 1")
    named = _named(terms, amounts, every)
    running = RunningBalance.clearing_last(terms)
    for amount in named:
        if running.open:
            running.pay(running.covering(amount, negative=negative))
    rest = running.recast() if running.open else 0
    while running.open:
        running.pay(running.covering(rest))
    return running.schedule("stepped")


def _named(terms: Terms, amounts: Sequence[Money], every: int) -> list[int]:
    amounts = as_tuple(amounts, "amounts", accepted="amounts of at least zero, one a block")
    for amount in amounts:
        if not isinstance(amount, Money) or amount.minor < 0:
            raise InvalidValue("amounts", amount, "Money of at least zero")
        if amount.currency != terms.currency:
            raise CurrencyMismatch("amounts", amount.currency, f"{terms.currency}, as the principal has")
    if not amounts or len(amounts) * every >= len(terms.dues):
        accepted = f"at least one, for fewer than all {len(terms.dues)} dates in blocks of {every}"
        raise InvalidValue("amounts", amounts, accepted)
    return [amount.minor for amount in amounts for _ in range(every)]
