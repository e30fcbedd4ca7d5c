"""
What is to be repaid and when: instalments with their parts, and the versions that a schedule goes through.
"""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Iterable, Mapping
from typing import ClassVar, Self

import attrs

from overdue_visit.errors import InvalidValue
from overdue_visit.loan.checks import check_amount, check_day
from overdue_visit.money import Money


class Component(enum.StrEnum):
    """What an amount is owed for, in the order in which a payment without instructions covers it."""

    COSTS = "costs"
    """Costs of enforcing the claim."""
    FEES = "fees"
    PENALTY = "penalty"
    """Late fees and penalty interest."""
    INTEREST = "interest"
    PRINCIPAL = "principal"


_PLACE = {component: place for place, component in enumerate(Component)}


@attrs.frozen
class ComponentAmount:
    """How much of an amount is owed for one component."""

    component: Component
    amount: Money


Parts = Mapping[Component, Money] | Iterable[ComponentAmount | tuple[Component, Money]]


@attrs.frozen
class DuplicateInstalment(InvalidValue):
    """Two instalments of one schedule carry the same number."""

    code: ClassVar[str] = "duplicate_instalment"


@attrs.frozen
class DuesOutOfOrder(InvalidValue):
    """An instalment falls due before the one that precedes it."""

    code: ClassVar[str] = "dues_out_of_order"


def _parts(given: Parts) -> tuple[ComponentAmount, ...]:
    if not given:
        return ()
    pairs = given.items() if isinstance(given, Mapping) else given
    parts = [pair if isinstance(pair, ComponentAmount) else ComponentAmount(*pair) for pair in pairs]
    for part in parts:
        if not isinstance(part.component, Component):
            raise InvalidValue("components", part.component, "one of " + ", ".join(Component))
        check_amount("components", part.amount)
    if len({part.component for part in parts}) != len(parts):
        raise InvalidValue("components", [part.component.value for part in parts], "each component at most once")
    return tuple(sorted(parts, key=lambda part: _PLACE[part.component]))


@attrs.frozen
class Instalment:
    """
    One amount that falls due on one day.

    Args:
        number: Its number in the schedule; left out, a schedule numbers its instalments from 1.

        components: What it is owed for; the parts sum to *amount*. Without parts it counts as principal.

    Raises:
        InvalidValue: If the amount is not positive, the day implausible, or the parts do not sum to the amount.
    """

    due: dt.date
    amount: Money
    number: int | None = attrs.field(default=None, kw_only=True)
    components: tuple[ComponentAmount, ...] = attrs.field(default=(), kw_only=True, converter=_parts)

    def __attrs_post_init__(self) -> None:
        check_day("due", self.due)
        check_amount("amount", self.amount)
        if self.number is not None and (type(self.number) is not int or self.number < 1):
            raise InvalidValue("number", self.number, "a whole number of at least 1")
        if self.components:
            total = Money.total((part.amount for part in self.components), self.amount.currency)
            if total != self.amount:
                raise InvalidValue("components", total, f"parts that sum to {self.amount}")


def _numbered(given: Iterable[Instalment]) -> tuple[Instalment, ...]:
    instalments = tuple(given)
    for instalment in instalments:
        if not isinstance(instalment, Instalment):
            raise InvalidValue("instalments", instalment, "Instalment values")
    if any(instalment.number is not None for instalment in instalments):
        return instalments
    return tuple(
        Instalment(instalment.due, instalment.amount, number=number, components=instalment.components)
        for number, instalment in enumerate(instalments, start=1)
    )


@attrs.frozen
class ScheduleVersion:
    """
    The whole schedule as it stands from a day on; a later version replaces it entirely, past instalments included.

    Args:
        number: 1 for the original schedule.

        since: The day from which it counts.

        reason: Why it replaced the one before, such as ``"extended"``.

        booked: The day the ledger wrote it down; *since* when left out.

    Raises:
        DuplicateInstalment: If two instalments carry one number.
        DuesOutOfOrder: If an instalment falls due before the one that precedes it.
        InvalidValue: If there is no instalment, currencies mix, or only some instalments have numbers.
    """

    number: int
    since: dt.date
    instalments: tuple[Instalment, ...] = attrs.field(converter=_numbered)
    reason: str = ""
    booked: dt.date = attrs.field(default=attrs.Factory(lambda self: self.since, takes_self=True))

    def __attrs_post_init__(self) -> None:
        if type(self.number) is not int or self.number < 1:
            raise InvalidValue("number", self.number, "a whole number of at least 1")
        check_day("since", self.since)
        check_day("booked", self.booked)
        if not self.instalments:
            raise InvalidValue("instalments", (), "at least one instalment")
        _check_order(self.instalments)

    @classmethod
    def original(cls, instalments: Iterable[Instalment], *, disbursed: dt.date | None) -> Self:
        """
        Make the first version, which counts from disbursement, or else from its first due date.
        """
        schedule = tuple(instalments)
        first = disbursed or min(instalment.due for instalment in schedule)
        return cls(1, first, schedule, "original")

    @property
    def currency(self) -> str:
        """The currency of every instalment."""
        return self.instalments[0].amount.currency


def _check_order(instalments: tuple[Instalment, ...]) -> None:
    currency = instalments[0].amount.currency
    due, number = instalments[0].due, 0
    for instalment in instalments:
        if instalment.amount.currency != currency:
            raise InvalidValue("amount", instalment.amount, f"{currency}, as the other instalments have")
        if instalment.number is None:
            raise InvalidValue("number", None, "a number for every instalment, or for none")
        if instalment.number == number:
            raise DuplicateInstalment("number", instalment.number, "each instalment number once")
        if instalment.number < number:
            _refuse_number(instalments, instalment.number, number)
        if instalment.due < due:
            raise DuesOutOfOrder("due", instalment.due, f"{due} or later, as the instalment before falls due then")
        due, number = instalment.due, instalment.number


def _refuse_number(instalments: tuple[Instalment, ...], number: int, before: int) -> None:
    if sum(instalment.number == number for instalment in instalments) > 1:
        raise DuplicateInstalment("number", number, "each instalment number once")
    raise InvalidValue("number", number, f"more than {before}, the number before it")
