"""
One payment, several debts to the same lender: which of them it repays.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Literal, get_args

import attrs

from overdue_visit.errors import InvalidValue
from overdue_visit.instants import plain_date
from overdue_visit.money import CurrencyMismatch, Money
from overdue_visit.rate import Per, Rate
from overdue_visit.repayment.accrual import demand_base, demand_rate
from overdue_visit.repayment.demands import as_tuple, demand, demand_word, tuple_of

Criterion = Literal["due", "least_secured", "most_burdensome", "earliest_due"]
"""What puts one debt before another; see `DebtOrder`."""

NO_BURDEN = Rate("0")
"""The rate of a debt that costs nothing to leave open."""

_PERIODS_A_YEAR = {Per.YEAR: 1, Per.MONTH: 12, Per.DAY: 365}


def _owed(amount: Money) -> Money:
    # Before the default of the security, which looks at its currency.
    demand_base(amount, "owed")
    return amount


@attrs.frozen(kw_only=True)
class OpenDebt:
    """
    One debt of a borrower who owes several.

    Args:
        id: The host's own name of it.

        owed: What would repay it today. Of a loan in instalments, give what is due as one debt and the rest, if it may
            be repaid now, as another.

        due: The day it fell or falls due.

        secured: What its security is worth; zero where there is none.

        burden: What it costs the borrower to leave it open: the rate it bears now.

    Raises:
        InvalidValue: If a value is malformed or below zero.
        CurrencyMismatch: If the security has another currency.
    """

    id: str
    owed: Money = attrs.field(converter=_owed)
    due: dt.date
    secured: Money = attrs.field(default=attrs.Factory(lambda self: Money.zero(self.owed.currency), takes_self=True))
    burden: Rate = NO_BURDEN

    def __attrs_post_init__(self) -> None:
        if not isinstance(self.id, str) or not self.id:
            raise InvalidValue("id", self.id, "the debt's name, such as 'ke-001'")
        demand_base(self.secured, "secured")
        if self.secured.currency != self.owed.currency:
            raise CurrencyMismatch("secured", self.secured.currency, f"{self.owed.currency}, as the debt has")
        plain_date(self.due, field="due")
        demand_rate(self.burden, "burden")

    @property
    def yearly_burden(self) -> Fraction:
        """The burden for a year: a month is a twelfth of it, a day one in 365."""
        return self.burden.fraction * _PERIODS_A_YEAR[self.burden.per]


def _in_order(criteria: Iterable[Criterion]) -> tuple[Criterion, ...]:
    return as_tuple(criteria, "criteria", accepted="words, such as ('due', 'earliest_due')")


@attrs.frozen(kw_only=True)
class DebtOrder:
    """
    Which debt comes before which: the first criterion that tells two debts apart decides.

    ``"due"`` puts debts that are due before those that are not; ``"least_secured"`` the one with the least security;
    ``"most_burdensome"`` the one with the highest rate; ``"earliest_due"`` the one that fell due first. Debts that no
    criterion tells apart are repaid in proportion to what is owed on them.

    Raises:
        InvalidValue: If a criterion is unknown or occurs twice.
    """

    name: str
    criteria: tuple[Criterion, ...] = attrs.field(converter=_in_order)
    source: str = ""

    def __attrs_post_init__(self) -> None:
        demand_word(self.name, "name", "a name, such as 'house'")
        demand(self.source, str, "source", accepted="the rule that sets it")
        known = get_args(Criterion)
        for criterion in self.criteria:
            if criterion not in known:
                raise InvalidValue("criteria", criterion, "some of " + ", ".join(map(repr, known)))
        if len(set(self.criteria)) != len(self.criteria):
            raise InvalidValue("criteria", self.criteria, "each criterion once")

    def rank(self, debt: OpenDebt, *, on: dt.date) -> tuple[Fraction, ...]:
        """
        Return where a debt stands on a day; the lowest is repaid first, equals in proportion.
        """
        demand(debt, OpenDebt, "debt")
        plain_date(on)
        ranks = {
            "due": Fraction(debt.due > on),
            "least_secured": Fraction(debt.secured.minor),
            "most_burdensome": -debt.yearly_burden,
            "earliest_due": Fraction(debt.due.toordinal()),
        }
        return tuple(ranks[criterion] for criterion in self.criteria)


CIVIL_CODE_560 = DebtOrder(
    name="civil_code_560",
    criteria=("due", "least_secured", "most_burdensome", "earliest_due"),
    source="民法典 art. 560",
)
"""
The order of Chinese law where the borrower designates nothing and nothing else is agreed.

Debts due before others; then the one without or with the least security; then the most burdensome; then the one due
first; then in proportion.
"""


@attrs.frozen
class DebtShare:
    """What one debt receives of a payment."""

    id: str
    amount: Money


@attrs.frozen(kw_only=True)
class DebtAllocation:
    """A payment over several debts, in the order in which they were given; *left* is more than all debts."""

    shares: tuple[DebtShare, ...]
    left: Money


def allocate_to_debts(
    amount: Money,
    debts: Sequence[OpenDebt],
    *,
    on: dt.date,
    designated: Sequence[str] = (),
    order: DebtOrder = CIVIL_CODE_560,
) -> DebtAllocation:
    """
    Share one payment among debts.

    Args:
        designated: Ids that the borrower named when paying, first named first repaid; what is left follows *order*.

    Returns:
        A share for every debt, zero for those that got nothing. Debts repaid in proportion get whole minor units by
        largest remainder, the first given of equals; each is less than one unit from its exact share.

    Raises:
        InvalidValue: If there is no debt, an id occurs twice, or an unknown debt is designated.
        CurrencyMismatch: If the currencies differ.

    Source: 民法典 art. 560 for the default.
    """
    demand_base(amount, "amount")
    plain_date(on)
    demand(order, DebtOrder, "order")
    debts = tuple_of(debts, OpenDebt, "debts")
    designated = as_tuple(designated, "designated", accepted="ids of debts, each once")
    _check(amount, debts, designated)
    shares = dict.fromkeys((debt.id for debt in debts), 0)
    left = amount.minor
    for group in _groups(debts, designated, order, on):
        parts = largest_remainder(left, [debt.owed.minor for debt in group])
        for debt, part in zip(group, parts, strict=True):
            shares[debt.id] = part
            left -= part
    currency = amount.currency
    found = tuple(DebtShare(debt, Money.from_minor(minor, currency)) for debt, minor in shares.items())
    return DebtAllocation(shares=found, left=Money.from_minor(left, currency))


def _groups(
    debts: Sequence[OpenDebt], designated: Sequence[str], order: DebtOrder, on: dt.date
) -> Iterable[list[OpenDebt]]:
    by_id = {debt.id: debt for debt in debts}
    yield from ([by_id[each]] for each in designated)
    ranked: dict[tuple[Fraction, ...], list[OpenDebt]] = {}
    for debt in debts:
        if debt.id not in designated:
            ranked.setdefault(order.rank(debt, on=on), []).append(debt)
    yield from (ranked[rank] for rank in sorted(ranked))


def largest_remainder(minor: int, owed: Sequence[int]) -> list[int]:
    """
    Share minor units in proportion to what is owed, at most what is owed.

    The units that division leaves go to the largest remainders, the first of equals.
    """
    total = sum(owed)
    if minor >= total:
        return list(owed)
    exact = [divmod(minor * each, total) for each in owed]
    parts = [whole for whole, _ in exact]
    by_remainder = sorted(range(len(owed)), key=lambda place: -exact[place][1])
    for place in by_remainder[: minor - sum(parts)]:
        parts[place] += 1
    return parts


def _check(amount: Money, debts: Sequence[OpenDebt], designated: Sequence[str]) -> None:
    ids = [debt.id for debt in debts]
    if not ids or len(set(ids)) != len(ids):
        raise InvalidValue("debts", ids, "one debt at least, each id once")
    for debt in debts:
        if debt.owed.currency != amount.currency:
            raise CurrencyMismatch("amount", amount.currency, f"{debt.owed.currency}, as debt {debt.id} has")
    if len(set(designated)) != len(designated) or not set(designated) <= set(ids):
        raise InvalidValue("designated", designated, "ids of debts, each once: " + ", ".join(ids))
