"""
Late interest on one overdue amount: penalty interest (罚息) and compound interest on unpaid interest (复利).

Principal and interest are owed in minor units for days; the exact product is kept, and each kind of late interest is
divided and rounded once. So what one day adds, summed over any days, is what all of them cost together.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Iterable
from itertools import pairwise

import attrs

from overdue_visit.errors import InvalidValue
from overdue_visit.instants import plain_date
from overdue_visit.money import CurrencyMismatch, Money, divide
from overdue_visit.repayment.accrual import daily_ratio, demand_base
from overdue_visit.repayment.demands import demand, tuple_of
from overdue_visit.repayment.frozen_days import frozen_between
from overdue_visit.repayment.late_terms import LateTerms

_REDUCED = ("principal", "interest", "penalty")
"""What a payment or waiver may reduce."""


@attrs.frozen(kw_only=True)
class Reduction:
    """
    What was paid or waived on a day; it still bears late interest on that day, and no longer from the next.

    Raises:
        InvalidValue: If an amount is below zero, or *on* is no plain date.
    """

    on: dt.date
    principal: Money | None = None
    interest: Money | None = None
    penalty: Money | None = None

    def __attrs_post_init__(self) -> None:
        plain_date(self.on)
        for field, amount in (("principal", self.principal), ("interest", self.interest), ("penalty", self.penalty)):
            if amount is not None:
                demand_base(amount, field)


def _principal(amount: Money) -> Money:
    # Before the default of the interest, which looks at its currency.
    demand_base(amount, "principal")
    return amount


def _by_day(reductions: Iterable[Reduction]) -> tuple[Reduction, ...]:
    return tuple(sorted(tuple_of(reductions, Reduction, "reductions"), key=lambda reduction: reduction.on))


@attrs.frozen(kw_only=True)
class Overdue:
    """
    An amount that fell due, and what became less of it since.

    Args:
        due: The last day on which paying was in time; for a loan used for something else, the last day before that.

        reductions: Payments and waivers, in any order.

    Raises:
        InvalidValue: If an amount is below zero, or more was paid than was due.
        CurrencyMismatch: If the amounts have several currencies.
    """

    due: dt.date
    principal: Money = attrs.field(converter=_principal)
    interest: Money = attrs.field(
        default=attrs.Factory(lambda self: Money.zero(self.principal.currency), takes_self=True)
    )
    reductions: tuple[Reduction, ...] = attrs.field(default=(), converter=_by_day)

    def __attrs_post_init__(self) -> None:
        plain_date(self.due, field="due")
        demand_base(self.interest, "interest")
        if self.interest.currency != self.principal.currency:
            raise CurrencyMismatch("interest", self.interest.currency, f"{self.currency}, as the principal has")
        for field, owed in (("principal", self.principal), ("interest", self.interest)):
            paid = Money.total(self._paid(field), self.currency)
            if paid > owed:
                raise InvalidValue("reductions", paid, f"at most {owed} of {field}, which fell due")
        Money.total(self._paid("penalty"), self.currency)

    @property
    def currency(self) -> str:
        """ISO 4217 code of all amounts."""
        return self.principal.currency

    def _paid(self, field: str) -> list[Money]:
        amounts = (getattr(reduction, field) for reduction in self.reductions)
        return [amount for amount in amounts if amount is not None]

    def paid_through(self, day: dt.date, field: str) -> int:
        """
        Return what was paid or waived of one part through *day*, in minor units.
        """
        plain_date(day, field="day")
        if field not in _REDUCED:
            raise InvalidValue("field", field, "one of " + ", ".join(map(repr, _REDUCED)))
        reductions = self.reductions[: bisect_right(self.reductions, day, key=lambda each: each.on)]
        amounts = (getattr(reduction, field) for reduction in reductions)
        return sum(amount.minor for amount in amounts if amount is not None)


@attrs.frozen(kw_only=True)
class LateInterest:
    """
    Late interest charged on one overdue amount through a day.

    Args:
        days: Days on which it accrued.

        frozen_days: Days that were free because of a freeze.

        penalty: On the overdue base (罚息).

        compound: On unpaid interest (复利).

        on_penalty: On late interest booked before and not paid.

        above_cap: What a cap took off, from the last of these first.
    """

    on: dt.date
    days: int
    frozen_days: int
    penalty: Money
    compound: Money
    on_penalty: Money
    above_cap: Money

    @property
    def total(self) -> Money:
        """All late interest."""
        return self.penalty + self.compound + self.on_penalty


@attrs.define
class _Owed:
    """Minor units times days, by what they bear: exact, and not yet multiplied with a rate."""

    numerator: int
    denominator: int
    terms: LateTerms
    days: int = 0
    penalty: int = 0
    compound: int = 0
    on_penalty: int = 0
    booked: int = 0

    def add(self, days: int, bases: tuple[int, int, int]) -> None:
        """
        Owe the bases for some more days.
        """
        base, interest, booked = bases
        self.days += days if any(bases) else 0
        self.penalty += base * days
        self.compound += interest * days
        self.on_penalty += booked * days

    def charged(self) -> tuple[int, int, int]:
        """
        Return the three kinds of late interest so far, each rounded once.
        """
        kinds = (self.penalty, self.compound, self.on_penalty)
        penalty, compound, on_penalty = (
            divide(kind * self.numerator, self.denominator, self.terms.rounding) for kind in kinds
        )
        return penalty, compound, on_penalty


def late_interest(overdue: Overdue, *, on: dt.date, terms: LateTerms) -> LateInterest:
    """
    Charge late interest through a day; a payment on that day is still charged for it.

    Returns:
        Nothing on and before the due date and through grace; amounts rounded once, as the terms say. What one more day
        costs is the difference of two days' totals.

    Raises:
        InvalidValue: If *on* is no plain date.
        CurrencyMismatch: If the cap has another currency.

    Source: 银发〔2003〕251号, item 3: from the first overdue day until all is paid, at the contract's rate and the
    uplift; unpaid interest bears compound interest at that rate.
    """
    demand(overdue, Overdue, "overdue")
    plain_date(on)
    demand(terms, LateTerms, "terms")
    grace_ends = overdue.due + dt.timedelta(days=terms.grace_days)
    start = overdue.due if terms.counts_from == "due" else grace_ends
    owed = _Owed(*daily_ratio(terms.rate, terms.year_days), terms)
    if on > grace_ends:
        _accrue(owed, overdue, start, grace_ends, on)
    return _capped(owed, overdue, on, frozen_between(start, on, terms.frozen) if on > grace_ends else 0)


def _accrue(owed: _Owed, overdue: Overdue, start: dt.date, grace_ends: dt.date, on: dt.date) -> None:
    terms = owed.terms
    cuts = {each.on for each in overdue.reductions} | set(terms.booked_on) | {grace_ends}
    edges = [start, *sorted(cut for cut in cuts if start < cut < on), on]
    for after, through in pairwise(edges):
        days = (through - after).days - frozen_between(after, through, terms.frozen)
        owed.add(days, _bases(owed, overdue, after, max(after, grace_ends)))
        if terms.penalty_on_penalty and through > grace_ends and through in terms.booked_on:
            owed.booked = sum(owed.charged())


def _bases(owed: _Owed, overdue: Overdue, after: dt.date, paid_through: dt.date) -> tuple[int, int, int]:
    principal = overdue.principal.minor - overdue.paid_through(paid_through, "principal")
    interest = overdue.interest.minor - overdue.paid_through(paid_through, "interest")
    booked = max(0, owed.booked - overdue.paid_through(after, "penalty"))
    if owed.terms.base == "principal_and_interest":
        return principal + interest, 0, booked
    return principal, interest if owed.terms.compound else 0, booked


def _capped(owed: _Owed, overdue: Overdue, on: dt.date, frozen_days: int) -> LateInterest:
    charged = owed.charged()
    cap = owed.terms.cap
    room = sum(charged) if cap is None else cap.of(overdue.principal + overdue.interest).minor
    kept = []
    for kind in charged:
        kept.append(min(kind, room))
        room -= kept[-1]
    penalty, compound, on_penalty = (Money.from_minor(kind, overdue.currency) for kind in kept)
    return LateInterest(
        on=on,
        days=owed.days,
        frozen_days=frozen_days,
        penalty=penalty,
        compound=compound,
        on_penalty=on_penalty,
        above_cap=Money.from_minor(sum(charged) - sum(kept), overdue.currency),
    )
