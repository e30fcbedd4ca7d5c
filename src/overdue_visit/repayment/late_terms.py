"""
What paying late costs: the rate, when it starts, what it is charged on, and where it ends.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Literal, get_args

import attrs

from overdue_visit.errors import InvalidValue
from overdue_visit.money import Money, Rounding
from overdue_visit.rate import Rate
from overdue_visit.repayment.accrual import daily_ratio, demand_base, demand_days
from overdue_visit.repayment.debt import demand_rising
from overdue_visit.repayment.demands import demand, demand_flag, demand_rounding, tuple_of
from overdue_visit.repayment.frozen_days import FrozenDays
from overdue_visit.repayment.late_rate import demand_share

CountsFrom = Literal["due", "grace"]
"""Once grace has passed: whether interest counts from the day after the due date, or from the day after grace."""

Base = Literal["principal", "principal_and_interest"]
"""What late interest is charged on."""

MOST_GRACE_DAYS = 3660
"""Ten years: more is no grace but a mistake."""


@attrs.frozen(kw_only=True)
class LateCap:
    """
    The most that is charged: an amount, a share of what was overdue, or the lower of both.

    A share is rounded down, in the borrower's favour.

    Raises:
        InvalidValue: If neither is given, or one is below zero.
    """

    amount: Money | None = None
    share: Rate | None = None

    def __attrs_post_init__(self) -> None:
        if self.amount is None and self.share is None:
            raise InvalidValue("cap", None, "an amount, a share, or both")
        if self.amount is not None:
            demand_base(self.amount, "cap")
        if self.share is not None:
            demand_share("cap", self.share)

    def of(self, overdue: Money) -> Money:
        """
        Return the most that may be charged on what was overdue.

        Raises:
            CurrencyMismatch: If the cap is an amount of another currency.
        """
        demand(overdue, Money, "overdue")
        bounds = []
        if self.amount is not None:
            bounds.append(Money.total((self.amount,), overdue.currency))
        if self.share is not None:
            bounds.append(self.share.of(overdue, rounding=Rounding.DOWN))
        return min(bounds)


def _booked_on(days: Iterable[dt.date]) -> tuple[dt.date, ...]:
    return tuple_of(days, dt.date, "booked_on")


def _frozen(freezes: Iterable[FrozenDays]) -> tuple[FrozenDays, ...]:
    return tuple_of(freezes, FrozenDays, "frozen")


@attrs.frozen(kw_only=True)
class LateTerms:
    """
    The lender's terms for late interest.

    Args:
        rate: Of late interest, uplift included: see `late_rate.uplifted`.

        year_days: 360, as Chinese contracts have it, or 365.

        grace_days: Calendar days after the due date on which paying is still free of charge.

        counts_from: From when interest counts once grace has passed. What was paid within grace is never charged.

        base: What is charged; interest may be in the base or bear compound interest, not both.

        compound: Whether unpaid interest bears interest at the same rate (复利), apart from the penalty.

        penalty_on_penalty: Whether late interest that was booked and not paid bears late interest too. Contested in
            Chinese courts, so off; it needs *booked_on*.

        booked_on: Days at whose end late interest is booked (结息日), rising.

        cap: The most that all late interest of one due amount comes to.

        frozen: Days on which nothing accrues.

        rounding: Of each kind of late interest, once, to minor units.

    Raises:
        InvalidValue: If a value is out of range or two contradict each other; it is named.
    """

    rate: Rate
    year_days: int = 360
    grace_days: int = 0
    counts_from: CountsFrom = "due"
    base: Base = "principal"
    compound: bool = False
    penalty_on_penalty: bool = False
    booked_on: tuple[dt.date, ...] = attrs.field(default=(), converter=_booked_on)
    cap: LateCap | None = None
    frozen: tuple[FrozenDays, ...] = attrs.field(default=(), converter=_frozen)
    rounding: Rounding = Rounding.HALF_UP

    def __attrs_post_init__(self) -> None:
        daily_ratio(self.rate, self.year_days)
        demand_days("grace_days", self.grace_days, most=MOST_GRACE_DAYS)
        for field, word, words in (("counts_from", self.counts_from, CountsFrom), ("base", self.base, Base)):
            if word not in get_args(words):
                raise InvalidValue(field, word, "one of " + ", ".join(map(repr, get_args(words))))
        self._check_switches()
        if self.cap is not None and not isinstance(self.cap, LateCap):
            raise InvalidValue("cap", self.cap, "a LateCap, or None")
        demand_rounding(self.rounding)

    def _check_switches(self) -> None:
        demand_flag(self.compound, "compound")
        demand_flag(self.penalty_on_penalty, "penalty_on_penalty")
        if self.compound and self.base != "principal":
            raise InvalidValue("compound", self.compound, "False where the base has the interest in it already")
        demand_rising(self.booked_on, "booked_on", since=dt.date.min)
        if self.penalty_on_penalty and not self.booked_on:
            raise InvalidValue("booked_on", self.booked_on, "the days on which late interest is booked")
