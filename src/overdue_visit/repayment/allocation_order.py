"""
The order in which a payment meets what is owed, as data.

A bucket is a component of what is past due, due today, or due later. An order lists buckets; a bucket that it does not
list never receives money.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable
from itertools import groupby
from typing import Literal, Self, get_args

import attrs

from overdue_visit.errors import InvalidValue
from overdue_visit.repayment.amounts import COMPONENTS
from overdue_visit.repayment.debt import Component
from overdue_visit.repayment.demands import as_tuple, demand


class When(enum.StrEnum):
    """When something is due, seen from the day of the payment."""

    PAST_DUE = "past_due"
    DUE = "due"
    """Due on that very day."""
    ADVANCE = "advance"
    """Due later: the payment is in advance."""


Direction = Literal["horizontal", "vertical"]
"""
Horizontal takes one component over all instalments, then the next component. Vertical takes all components of the
oldest instalment, then the next instalment, among neighbouring buckets of one `When`. Apache Fineract names them the
other way round.
"""

Future = Literal["next", "last", "spread"]
"""Which instalment an advance payment meets: the next, the last, or all later ones evenly (re-amortise)."""

Excess = Literal["credit", "refund"]
"""What happens to money that finds nothing to meet: kept for the next due date, or given back."""


@attrs.frozen
class Bucket:
    """A component of what is due at a time; in words ``past_due_interest``."""

    when: When
    component: Component

    def __attrs_post_init__(self) -> None:
        demand(self.when, When, "when", accepted="a When, such as When.PAST_DUE")
        demand(self.component, Component, "component", accepted="a Component, such as Component.INTEREST")

    @classmethod
    def named(cls, word: str) -> Self:
        """
        Read a bucket's word, such as ``"advance_principal"``.

        Raises:
            InvalidValue: If there is no such bucket; it lists those that there are.
        """
        found = _BY_WORD.get(word) if isinstance(word, str) else None
        if found is None:
            raise InvalidValue("bucket", word, "one of " + ", ".join(_BY_WORD))
        return cls(*found)

    def __str__(self) -> str:
        return f"{self.when}_{self.component}"


_BY_WORD = {f"{when}_{component}": (when, component) for when in When for component in COMPONENTS}


def _buckets(words: Iterable[Bucket | str]) -> tuple[Bucket, ...]:
    several = as_tuple(words, "buckets", accepted="several words, such as ['due_interest', 'due_principal']")
    return tuple(word if isinstance(word, Bucket) else Bucket.named(word) for word in several)


@attrs.frozen(kw_only=True)
class Order:
    """
    An order of allocation: ``Order(name="house", buckets=["past_due_interest", "past_due_principal"])``.

    Args:
        buckets: First served first; words or `Bucket` values, each at most once.

        direction: Whether a component or an instalment is finished first.

        future: Which later instalment an advance payment meets. ``"spread"`` keeps what is paid in advance as even as
            the dues allow, a component at a time, whatever the direction.

        source: The rule or contract that sets it.

    Raises:
        InvalidValue: If there is no bucket, one occurs twice, or a word is unknown.
    """

    name: str
    buckets: tuple[Bucket, ...] = attrs.field(converter=_buckets)
    direction: Direction = "horizontal"
    future: Future = "next"
    excess: Excess = "credit"
    source: str = ""

    def __attrs_post_init__(self) -> None:
        demand(self.source, str, "source", accepted="the rule or contract that sets it")
        if not isinstance(self.name, str) or not self.name:
            raise InvalidValue("name", self.name, "a name, such as 'house'")
        if not self.buckets or len(set(self.buckets)) != len(self.buckets):
            raise InvalidValue("buckets", [str(bucket) for bucket in self.buckets], "each bucket once, at least one")
        choices = (("direction", Direction), ("future", Future), ("excess", Excess))
        for field, words in choices:
            if getattr(self, field) not in get_args(words):
                raise InvalidValue(field, getattr(self, field), "one of " + ", ".join(map(repr, get_args(words))))

    @property
    def runs(self) -> tuple[tuple[When, tuple[Component, ...]], ...]:
        """The buckets, neighbours of one `When` taken together."""
        runs = groupby(self.buckets, key=lambda bucket: bucket.when)
        return tuple((when, tuple(bucket.component for bucket in run)) for when, run in runs)


def demand_order(order: object, field: str = "order") -> None:
    """
    Refuse what is not an `Order`.

    Raises:
        InvalidValue: If it is something else, such as a name; ``allocation_orders.ORDERS`` has the named ones.
    """
    if not isinstance(order, Order):
        raise InvalidValue(field, order, "an Order, such as CIVIL_CODE_561")


def _demand_pairs(field: str, pairs: object, what: str) -> None:
    for pair in pairs if isinstance(pairs, tuple) else (None,):
        if not isinstance(pair, tuple) or len(pair) != 2 or not isinstance(pair[1], Order):
            raise InvalidValue(field, pairs, f"a tuple of pairs: {what}, and the Order")


@attrs.frozen(kw_only=True)
class Orders:
    """
    Which order a loan has, by its class or by its days past due.

    Args:
        normal: Where nothing else is said.

        by_class: Class and order, such as ``(("non_performing", PRINCIPAL_FIRST),)``.

        from_days: Days past due and the order from then on, rising; only where no class is named.

    Raises:
        InvalidValue: If a class occurs twice or days do not rise.
    """

    normal: Order
    by_class: tuple[tuple[str, Order], ...] = ()
    from_days: tuple[tuple[int, Order], ...] = ()

    def __attrs_post_init__(self) -> None:
        demand_order(self.normal, "normal")
        _demand_pairs("by_class", self.by_class, "classes")
        _demand_pairs("from_days", self.from_days, "days past due")
        names = [name for name, _ in self.by_class]
        if not all(isinstance(name, str) for name in names) or "normal" in names or len(set(names)) != len(names):
            raise InvalidValue("by_class", names, "each class once, 'normal' not among them")
        days = [day for day, _ in self.from_days]
        if any(type(day) is not int or day < 1 for day in days) or sorted(set(days)) != days:
            raise InvalidValue("from_days", days, "days past due of at least 1, rising")

    def order(self, *, loan_class: str | None = None, days_past_due: int = 0) -> Order:
        """
        Return the order of a loan: that of its class if one is named, else that of its days past due.

        Raises:
            InvalidValue: If the class is unknown, or days past due are negative or not an ``int``.
        """
        if type(days_past_due) is not int or days_past_due < 0:
            raise InvalidValue("days_past_due", days_past_due, "a whole number of days, at least 0")
        if loan_class is None:
            reached = [order for day, order in self.from_days if day <= days_past_due]
            return reached[-1] if reached else self.normal
        known = {"normal": self.normal, **dict(self.by_class)}
        if not isinstance(loan_class, str) or loan_class not in known:
            raise InvalidValue("loan_class", loan_class, "one of " + ", ".join(map(repr, known)))
        return known[loan_class]
