"""
Payment holiday or moratorium: some dates without an instalment, in the middle of a level plan or at its start.
"""

from __future__ import annotations

from typing import Literal, get_args

import attrs

from overdue_visit.errors import InvalidValue
from overdue_visit.money import Money
from overdue_visit.repayment.demands import demand
from overdue_visit.repayment.level import level_instalment
from overdue_visit.repayment.running_balance import RunningBalance
from overdue_visit.repayment.schedule import Schedule
from overdue_visit.repayment.terms import Terms

HolidayInterest = Literal["capitalised", "deferred", "waived"]
"""What becomes of a holiday's interest: it joins the debt, is paid later without interest on it, or is not charged."""


def holiday(terms: Terms, *, after: int, rows: int, interest: HolidayInterest = "capitalised") -> Schedule:
    """
    Make a level plan with a holiday; the terms' due dates are all dates, those of the holiday among them.

    A plan of 12 instalments with a holiday of 2 needs 14 due dates: the instalments after the holiday are those of the
    plan without it, two dates later.

    Args:
        after: How many instalments are paid before the holiday; 0 begins with it.

        rows: How many dates the holiday has.

        interest: ``"capitalised"``: it joins the debt on each date, and the dates left pay a new level instalment.
            ``"deferred"``: it is added in equal parts to the dates left, the residue to the last, without interest on
            it. ``"waived"``: it is not charged.

    Returns:
        A row for each date; those of the holiday pay nothing (but the terms' fee). ``instalment`` is the level amount
        after the holiday, without a deferred part.

    Raises:
        InvalidValue: If the holiday leaves no date to pay on, or *interest* is unknown.
    """
    demand(terms, Terms, "terms")
    _check(terms, after, rows, interest)
    running = RunningBalance.clearing_last(terms)
    before = _instalment_before(terms, after, rows)
    for _ in range(after):
        if running.open:
            running.pay(running.covering(before))
    for _ in range(rows):
        if running.open:
            _rest(running, interest)
    instalment = running.recast() if interest == "capitalised" and running.open else before
    parts = _parts(running)
    while running.open:
        running.pay(running.covering(instalment), deferred=parts[-running.rows_left])
    return running.schedule("holiday", instalment=instalment)


def _check(terms: Terms, after: int, rows: int, interest: str) -> None:
    if interest not in get_args(HolidayInterest):
        raise InvalidValue("interest", interest, "'capitalised', 'deferred' or 'waived'")
    if type(after) is not int or not 0 <= after < len(terms.dues):
        raise InvalidValue("after", after, f"a number of instalments from 0 to {len(terms.dues) - 1}")
    left = len(terms.dues) - after - 1
    if type(rows) is not int or not 1 <= rows <= left:
        raise InvalidValue("rows", rows, f"a number of dates from 1 to {left}, so that one is left to pay on")


def _instalment_before(terms: Terms, after: int, rows: int) -> int:
    """Return the level instalment of the plan without its holiday."""
    if after:
        plain = attrs.evolve(terms, dues=terms.dues[: len(terms.dues) - rows])
    else:
        plain = attrs.evolve(terms, drawn=terms.dues[rows - 1], dues=terms.dues[rows:])
    return level_instalment(plain).minor


def _rest(running: RunningBalance, interest: HolidayInterest) -> None:
    borne = running.interest()
    if interest == "deferred":
        running.deferred += borne
    running.write(capitalised=borne if interest == "capitalised" else 0)


def _parts(running: RunningBalance) -> tuple[int, ...]:
    if not running.rows_left:
        return ()
    owed = Money.from_minor(running.deferred, running.terms.currency)
    return tuple(part.minor for part in owed.split(running.rows_left))
