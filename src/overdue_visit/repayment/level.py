"""
Level instalments (等额本息): every row pays the same, the residue row excepted.

The instalment is P * (f1 * f2 * ... * fn) / g, where f = 1 + the interest factor of a period and g = 1 + g * f from the
second period on: exact for periods of any length, without a search. It is rounded once; then the rows are whole
minor units. 10,000 at 12 % in six months of 2024, by actual days: 1,725.56 five times, and 1,725.59.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Iterable
from fractions import Fraction
from itertools import repeat
from operator import sub

import attrs

from overdue_visit.errors import InvalidValue
from overdue_visit.money import CurrencyMismatch, Money, Rounding, divide
from overdue_visit.repayment import day_count as day_counts
from overdue_visit.repayment.accruals import Accruals
from overdue_visit.repayment.day_count import DayCount
from overdue_visit.repayment.demands import demand, demand_flag
from overdue_visit.repayment.level_walk import Walk
from overdue_visit.repayment.row import Row, rows_of
from overdue_visit.repayment.schedule import Schedule
from overdue_visit.repayment.terms import Terms
from overdue_visit.repayment.threshold import least


def exact_instalment(terms: Terms, *, day_count: DayCount | None = None) -> Fraction:
    """
    Return the level instalment in minor units, not rounded.

    Args:
        day_count: Reckons the instalment by another rule than the interest: lenders that charge actual days often
            keep the instalment of twelve equal months.
    """
    above, below = _closed_form(terms.principal.minor, _accruals(terms, day_count))
    return Fraction(above, below)


def level_instalment(terms: Terms, *, day_count: DayCount | None = None) -> Money:
    """
    Return the level instalment, rounded to the terms' unit; at least one unit.

    Args:
        day_count: Reckons the instalment by another rule than the interest.
    """
    return Money.from_minor(_rounded(terms, _accruals(terms, day_count)), terms.currency)


def level(
    terms: Terms,
    *,
    instalment: Money | None = None,
    instalment_day_count: DayCount | None = None,
    nudge: bool = False,
    stop_after: int | None = None,
    negative: bool = False,
) -> Schedule:
    """
    Make a schedule of level instalments; the last row clears the balance.

    An instalment that was rounded up may clear a small debt early: the schedule then has fewer rows.

    Args:
        instalment: Pay this much instead of the computed instalment; the last row still clears the balance.

        instalment_day_count: Reckons the instalment by another rule than the interest.

        nudge: If the last payment is off by more than half a minor unit a row, spread what it is off over the rows,
            once, and keep that if it is then less off (as Apache Fineract does).

        stop_after: Show this many rows only: the term is shorter than the time that the instalment is reckoned over,
            and `Schedule.left` is what is owed at its end.

        negative: Allow a payment below the interest: what is not paid is capitalised, and reported in the rows.

    Raises:
        InvalidValue: If the instalment is below the interest of a row and *negative* was not asked for, or *stop_after*
            is not a number of rows.
        CurrencyMismatch: If *instalment* has another currency than the terms.
    """
    demand_choices(terms, instalment, stop_after)
    demand_flag(nudge, "nudge")
    demand_flag(negative, "negative")
    walk, first = Walk.of(terms), None
    if instalment_day_count is not None:
        day_counts.demand(instalment_day_count)
    if instalment is not None:
        each = instalment.minor
    else:
        each = _chosen(terms, walk, instalment_day_count, nudge=nudge)
        first = _first_payment(walk, each) if terms.residue == "first" else None
    if first is None and terms.merge_below is None and terms.fee is None:
        rows = walk.plain_rows(each, terms.dues, terms.currency)
        if rows is not None:
            return _schedule(terms, each, rows[:stop_after])
    balances = walk.balances(each, first=first)
    if not negative:
        walk.demand_falling(balances, each, terms.currency)
    payments = [each] * len(balances)
    if first is not None:
        payments[0] = first
    payments[-1] += balances[-1]
    balances[-1] = 0
    if terms.merge_below is not None:
        _merge(payments, balances, terms.merge_below)
    return _schedule(terms, each, _rows(terms, payments, balances)[:stop_after])


def demand_choices(terms: Terms, instalment: Money | None, stop_after: int | None) -> None:
    """
    Refuse an instalment or a number of rows that no schedule of these terms can have.

    Raises:
        InvalidValue: If *instalment* is not more than zero, or *stop_after* is not a number of rows.
        CurrencyMismatch: If *instalment* has another currency than the terms.
    """
    demand(terms, Terms, "terms")
    if instalment is not None:
        if not isinstance(instalment, Money) or instalment.minor <= 0:
            raise InvalidValue("instalment", instalment, "Money of more than zero")
        if instalment.currency != terms.currency:
            raise CurrencyMismatch("instalment", instalment.currency, f"{terms.currency}, as the principal has")
    if stop_after is not None and (type(stop_after) is not int or not 1 <= stop_after <= len(terms.dues)):
        raise InvalidValue("stop_after", stop_after, f"a number of rows from 1 to {len(terms.dues)}")


def _accruals(terms: Terms, day_count: DayCount | None) -> Accruals:
    demand(terms, Terms, "terms")
    if day_count is not None:
        day_counts.demand(day_count)
    return terms.accruals(day_count)


def _closed_form(principal: int, accruals: Accruals) -> tuple[int, int]:
    """Return the instalment as numerator and denominator; not reduced, for that costs more than all the rest."""
    if accruals.regular:
        above, below = annuity_ratio(accruals.numerators[0], accruals.denominator, len(accruals))
        return principal * above, below
    below = accruals.denominator
    factors = [below + each for each in accruals.numerators]
    weight, base = 1, 1
    for factor in factors[1:]:
        base *= below
        weight = base + weight * factor
    return principal * math.prod(factors), below * weight


@functools.lru_cache(maxsize=256)
def annuity_ratio(bears: int, below: int, periods: int) -> tuple[int, int]:
    """
    Return what part of the principal the level instalment of equal periods is, as numerator and denominator.

    Args:
        bears: Interest of one period on *below* units.
    """
    # Loans of one product share their rate and length, and these powers cost as much as a whole short schedule.
    if bears == 0:
        return 1, periods
    grown, base = (below + bears) ** periods, below**periods
    return bears * grown, below * (grown - base)


def _rounded(terms: Terms, accruals: Accruals) -> int:
    above, below = _closed_form(terms.principal.minor, accruals)
    below *= terms.unit
    if terms.instalment_rounding is Rounding.HALF_UP:
        # What `divide` does, in one division of these large numbers; nothing here is negative.
        return ((2 * above + below) // (2 * below) or 1) * terms.unit
    return (divide(above, below, terms.instalment_rounding) or 1) * terms.unit


def _chosen(terms: Terms, walk: Walk, day_count: DayCount | None, *, nudge: bool) -> int:
    found = _rounded(terms, walk.accruals if day_count is None else _accruals(terms, day_count))
    if nudge:
        found = _nudged(terms, walk, found)
    if terms.last_payment == "lower":
        found = least(found, lambda each: each > 0 and walk.residue(each) <= 0, step=terms.unit)
    elif terms.last_payment == "higher":
        found = _highest(terms, walk, found)
    return _at_least_interest(terms, walk, found) if walk.accruals.regular else found


def _highest(terms: Terms, walk: Walk, near: int) -> int:
    """Return the highest instalment that is not above the last payment; one unit where even that ends a plan early."""
    if walk.residue(terms.unit) < 0:
        return terms.unit
    return -least(-near, lambda each: each >= 0 or walk.residue(-each) >= 0, step=terms.unit)


def _nudged(terms: Terms, walk: Walk, instalment: int) -> int:
    rows, off = len(walk.accruals), walk.balances(instalment)[-1]
    if abs(off) <= rows // 2:
        return instalment
    moved = instalment + divide(off, rows * terms.unit, terms.instalment_rounding) * terms.unit
    return moved if moved > 0 and abs(walk.balances(moved)[-1]) < abs(off) else instalment


def _at_least_interest(terms: Terms, walk: Walk, instalment: int) -> int:
    # Rounding may push a long plan's instalment, which is hardly more than the interest, below it.
    accruals = walk.accruals
    if len(accruals) == 1 or (instalment - 1) * accruals.denominator >= walk.opening * accruals.numerators[0]:
        return instalment
    interest = accruals.interest(walk.opening, 0, walk.rounding)
    return max(instalment, divide(interest, terms.unit, Rounding.UP) * terms.unit)


def _first_payment(walk: Walk, instalment: int) -> int | None:
    """Return the first payment that brings the last one nearest to the level, or nothing where one row is all."""
    if len(walk.accruals) == 1:
        return None
    factors = [walk.accruals.denominator + each for each in walk.accruals.numerators[1:]]
    grown, base = math.prod(factors), walk.accruals.denominator ** len(factors)
    near = instalment + divide(walk.residue(instalment) * base, grown, Rounding.HALF_EVEN)
    lowest = max(1, walk.accruals.interest(walk.opening, 0, walk.rounding))
    over = least(max(near, lowest), lambda each: each >= lowest and walk.residue(instalment, first=each) <= 0)
    return min(over, max(over - 1, lowest), key=lambda each: abs(walk.residue(instalment, first=each)))


def _merge(payments: list[int], balances: list[int], merge_below: Money) -> None:
    if len(payments) > 1 and payments[-1] < merge_below.minor:
        del payments[-1]
        payments[-1] += balances[-2]
        del balances[-2]


def _schedule(terms: Terms, instalment: int, rows: tuple[Row, ...]) -> Schedule:
    return Schedule(
        kind="level",
        currency=terms.currency,
        drawn=terms.drawn,
        opening=terms.principal,
        rows=rows,
        instalment=Money.from_minor(instalment, terms.currency),
    )


def _rows(terms: Terms, payments: list[int], balances: list[int]) -> tuple[Row, ...]:
    falls = list(map(sub, [terms.principal.minor, *balances], balances))
    rises: Iterable[int] = repeat(0)
    principals, fee = falls, terms.fee.minor if terms.fee else 0
    if min(falls) < 0:
        principals, rises = [max(0, each) for each in falls], [max(0, -each) for each in falls]
    return rows_of(
        terms.currency,
        terms.dues,
        payments=[each + fee for each in payments] if fee else payments,
        interests=map(sub, payments, principals),
        principals=principals,
        fees=repeat(fee),
        capitalised=rises,
        balances=balances,
    )


@attrs.frozen(kw_only=True)
class LevelTotals:
    """What loan sites print for a level plan: the unrounded instalment times the rows, each figure rounded once."""

    instalment: Money
    total_paid: Money
    total_interest: Money


def level_totals(terms: Terms) -> LevelTotals:
    """
    Return the figures of a level plan before any row is rounded.

    They differ from a schedule's sums by what rounding to minor units moves: 1,000,000 yuan at 4.9 % over 360 months
    cost 910,616.19 in interest here.
    """
    above, below = _closed_form(terms.principal.minor, terms.accruals())
    rows, mode = len(terms.dues), terms.instalment_rounding
    paid = divide(above * rows, below, mode)
    return LevelTotals(
        instalment=Money.from_minor(divide(above, below, mode), terms.currency),
        total_paid=Money.from_minor(paid, terms.currency),
        total_interest=Money.from_minor(paid, terms.currency) - terms.principal,
    )
