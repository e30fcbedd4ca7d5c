"""
Amounts by component: costs, fees, penalty, interest and principal of one currency, side by side.
"""

from __future__ import annotations

from collections.abc import Mapping
from operator import add, sub
from typing import Self

import attrs

from overdue_visit.errors import InvalidValue
from overdue_visit.money import CurrencyMismatch, Money
from overdue_visit.repayment.debt import Component, Part
from overdue_visit.repayment.demands import demand

COMPONENTS = tuple(Component)
_NOTHING = (0,) * len(COMPONENTS)


@attrs.frozen
class Amounts:
    """
    One amount of at least zero for each component: ``Amounts.of({"interest": Money("12.00", "CNY")})``.

    Args:
        minor: Whole minor units, in the order of `Component`.

    Raises:
        InvalidValue: If an amount is negative or not an ``int``, or the currency is unknown.
    """

    currency: str
    minor: tuple[int, ...] = _NOTHING

    def __attrs_post_init__(self) -> None:
        Money.zero(self.currency)
        if not isinstance(self.minor, tuple) or len(self.minor) != len(COMPONENTS):
            raise InvalidValue("minor", self.minor, f"{len(COMPONENTS)} amounts, one a component")
        for component, minor in zip(COMPONENTS, self.minor, strict=True):
            if type(minor) is not int or minor < 0:
                raise InvalidValue(component.value, minor, "whole minor units, at least 0")

    @classmethod
    def of(cls, amounts: Mapping[str, Money] | Mapping[Component, Money]) -> Self:
        """
        Take amounts by component; those not named are zero.

        Raises:
            InvalidValue: If there is none, a component is unknown, or an amount is below zero.
            CurrencyMismatch: If the amounts have several currencies.
        """
        demand(amounts, Mapping, "amounts", accepted="amounts by component")
        parts = [Part(component, amount) for component, amount in amounts.items()]
        if not parts:
            raise InvalidValue("amounts", amounts, "an amount of one component at least")
        currency = parts[0].amount.currency
        found = dict.fromkeys(COMPONENTS, 0)
        for part in parts:
            if part.amount.currency != currency:
                raise CurrencyMismatch(
                    part.component.value, part.amount.currency, f"{currency}, as the other amounts have"
                )
            found[part.component] = part.amount.minor
        return cls(currency, tuple(found.values()))

    @property
    def total(self) -> Money:
        """All components together."""
        return Money.from_minor(sum(self.minor), self.currency)

    @property
    def parts(self) -> tuple[Part, ...]:
        """The components that are not zero."""
        pairs = zip(COMPONENTS, self.minor, strict=True)
        return tuple(Part(component, Money.from_minor(minor, self.currency)) for component, minor in pairs if minor)

    def __getitem__(self, component: Component | str) -> Money:
        return Money.from_minor(self.minor[COMPONENTS.index(component_of(component))], self.currency)

    def __add__(self, other: Amounts) -> Amounts:
        return Amounts(self.currency, tuple(map(add, self.minor, self._like(other))))

    def __sub__(self, other: Amounts) -> Amounts:
        return Amounts(self.currency, tuple(map(sub, self.minor, self._like(other))))

    def __bool__(self) -> bool:
        return any(self.minor)

    def _like(self, other: object) -> tuple[int, ...]:
        if not isinstance(other, Amounts):
            raise InvalidValue("amounts", other, "Amounts")
        if other.currency != self.currency:
            raise CurrencyMismatch("currency", other.currency, f"{self.currency}, as the other amounts have")
        return other.minor


def component_of(word: Component | str, *, field: str = "component") -> Component:
    """
    Find a component by its word.

    Raises:
        InvalidValue: If there is none of this name.
    """
    try:
        return Component(word)
    except ValueError:
        raise InvalidValue(field, word, "one of " + ", ".join(repr(each.value) for each in COMPONENTS)) from None
