"""
What a borrower owes on one day, as plain values: the arrears by component and the instalments still to come.
"""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Iterable, Mapping
from typing import Self

import attrs

from overdue_visit.errors import InvalidValue
from overdue_visit.instants import plain_date
from overdue_visit.money import CurrencyMismatch, Money
from overdue_visit.rate import Per, Rate
from overdue_visit.repayment import day_count as day_counts
from overdue_visit.repayment.day_count import DayCount
from overdue_visit.repayment.day_count_thirty import THIRTY_360
from overdue_visit.repayment.demands import as_tuple, tuple_of
from overdue_visit.repayment.flows import Flow
from overdue_visit.repayment.present_value import rate_per


class Component(enum.StrEnum):
    """What an amount owed consists of."""

    COSTS = "costs"
    """Costs of enforcement."""
    FEES = "fees"
    PENALTY = "penalty"
    """Late interest (罚息) and compound interest on it."""
    INTEREST = "interest"
    PRINCIPAL = "principal"


def _component(word: Component | str) -> Component:
    try:
        return Component(word)
    except ValueError:
        raise InvalidValue("component", word, "one of " + ", ".join(repr(c.value) for c in Component)) from None


@attrs.frozen
class Part:
    """
    An amount of one component: ``Part("interest", Money("12.00", "CNY"))``.

    Raises:
        InvalidValue: If the component is unknown, or the amount is not `Money` or below zero.
    """

    component: Component = attrs.field(converter=_component)
    amount: Money

    def __attrs_post_init__(self) -> None:
        if not isinstance(self.amount, Money) or self.amount.minor < 0:
            raise InvalidValue(self.component.value, self.amount, "Money of at least zero")


_PARTS = 'parts such as Part("interest", Money("12.00", "CNY"))'


def _arrears(given: Iterable[Part]) -> tuple[Part, ...]:
    return tuple_of(given, Part, "arrears", accepted=_PARTS)


def _running(given: Iterable[Flow]) -> tuple[Flow, ...]:
    return tuple_of(given, Flow, "running", accepted="flows such as Flow(date(2026, 9, 1), Money(...))")


def forgiven_parts(given: Iterable[Part]) -> tuple[Part, ...]:
    """
    Take what is forgiven as a tuple.

    Raises:
        InvalidValue: If one is no `Part`.
    """
    return tuple_of(given, Part, "forgiven", accepted=_PARTS)


def days(given: Iterable[dt.date]) -> tuple[dt.date, ...]:
    """
    Take dates as a tuple.

    Raises:
        InvalidValue: If one is no date.
    """
    return tuple_of(given, dt.date, "dates", accepted="dates, rising")


@attrs.frozen(kw_only=True)
class Debt:
    """
    A loan in arrears, as a plan sees it on the day it is made.

    Args:
        on: The day of the figures; a plan starts here.

        principal_not_due: Principal of the instalments still to come.

        arrears: What is due and unpaid by component; components may be left out. An overdue instalment's principal
            stands here, not in *principal_not_due*.

        running: The instalments still to come as agreed, principal and interest together, dates rising, none before
            *on*.

        accrued: Interest that has accrued since the last due date and is part of the next running instalment; left
            out, none. A plan that ends the running schedule collects it as interest.

        rate: The contract's yearly (or monthly, daily) rate.

        day_count: How the contract counts the time between two dates.

        effective_rate: The effective rate of the original flows, at which a loss is measured; left out, the contract's
            rate, compounded monthly (a daily rate: daily).

    Raises:
        InvalidValue: If a date, an amount or their order is wrong, a component occurs twice, the instalments to come
            repay less than *principal_not_due*, or nothing is owed.
        CurrencyMismatch: If amounts have several currencies.
    """

    on: dt.date
    principal_not_due: Money
    arrears: tuple[Part, ...] = attrs.field(converter=_arrears)
    running: tuple[Flow, ...] = attrs.field(default=(), converter=_running)
    accrued: Money | None = None
    rate: Rate
    day_count: DayCount = THIRTY_360
    effective_rate: Rate | None = None

    def __attrs_post_init__(self) -> None:
        plain_date(self.on)
        if not isinstance(self.principal_not_due, Money) or self.principal_not_due.minor < 0:
            raise InvalidValue("principal_not_due", self.principal_not_due, "Money of at least zero")
        if not isinstance(self.rate, Rate) or self.rate.per is Per.ONCE or self.rate.numerator < 0:
            raise InvalidValue("rate", self.rate, "a Rate of at least 0 per year, month or day")
        self._check_terms()
        self._check_arrears()
        self._check_running()
        if not self.owed:
            raise InvalidValue("arrears", self.arrears, "an amount above zero, due or still to come")

    def _check_terms(self) -> None:
        day_counts.demand(self.day_count)
        _demand_currency(self.currency, () if self.accrued is None else (self.accrued,), "accrued")
        if self.accrued is not None and self.accrued.minor < 0:
            raise InvalidValue("accrued", self.accrued, "Money of at least zero, or None")
        effective = self.effective_rate
        if effective is not None and (not isinstance(effective, Rate) or effective.per is Per.ONCE):
            raise InvalidValue("effective_rate", effective, "a Rate per year, month or day, or None")

    def _check_arrears(self) -> None:
        seen = [part.component for part in self.arrears]
        if len(set(seen)) != len(seen):
            raise InvalidValue("arrears", [c.value for c in seen], "each component once")
        _demand_currency(self.currency, (part.amount for part in self.arrears), "arrears")

    def _check_running(self) -> None:
        demand_rising([flow.on for flow in self.running], "running", since=self.on)
        _demand_currency(self.currency, (flow.amount for flow in self.running), "running")
        if any(flow.amount.minor < 0 for flow in self.running):
            least = min(flow.amount for flow in self.running)
            raise InvalidValue("running", least, "amounts of at least zero, paid by the borrower")
        repaid = Money.total((flow.amount for flow in self.running), self.currency)
        if repaid < self.principal_not_due:
            raise InvalidValue("running", repaid, f"instalments that repay at least {self.principal_not_due}")

    @property
    def currency(self) -> str:
        """The one currency of all amounts."""
        return self.principal_not_due.currency

    @property
    def in_arrears(self) -> Money:
        """All that is due and unpaid."""
        return Money.total((part.amount for part in self.arrears), self.currency)

    @property
    def principal(self) -> Money:
        """The whole principal, overdue and still to come."""
        return self.principal_not_due + self.due(Component.PRINCIPAL)

    @property
    def owed(self) -> Money:
        """What would settle the loan on the day: all arrears, the principal still to come, interest accrued on it."""
        return self.in_arrears + self.principal_not_due + self.accrued_interest

    @property
    def accrued_interest(self) -> Money:
        """Interest accrued and not yet due; zero where none is."""
        return Money.zero(self.currency) if self.accrued is None else self.accrued

    @property
    def interest(self) -> Money:
        """All interest up to the day, due or accrued."""
        return self.due(Component.INTEREST) + self.accrued_interest

    @property
    def agreed(self) -> tuple[Flow, ...]:
        """The flows the contract demands: all arrears at once, then the instalments to come."""
        arrears = self.in_arrears
        return (Flow(self.on, arrears), *self.running) if arrears else self.running

    @property
    def dates_ahead(self) -> tuple[dt.date, ...]:
        """The due dates after *on*: a schedule that is made anew today begins with the first of them."""
        return tuple(flow.on for flow in self.running if flow.on > self.on)

    @property
    def last_due(self) -> dt.date:
        """The day the last instalment falls due; *on* where none is to come."""
        return self.running[-1].on if self.running else self.on

    @property
    def effective(self) -> Rate:
        """The effective rate at which a loss is measured, compounded once each of its own periods."""
        if self.effective_rate is not None:
            return self.effective_rate
        return rate_per(self.rate, Per.MONTH) if self.rate.per is Per.YEAR else self.rate

    def due(self, component: Component | str) -> Money:
        """
        Return what is due of one component; zero where nothing is.
        """
        found = _component(component)
        return Money.total((part.amount for part in self.arrears if part.component is found), self.currency)

    def less(self, forgiven: Iterable[Part]) -> Self:
        """
        Return the debt after a waiver of some of its arrears.

        Raises:
            InvalidValue: If more is waived than is due, or a component is named twice.
            CurrencyMismatch: If the currencies differ.
        """
        waived = amounts_by_component(forgiven_parts(forgiven), self.currency)
        for component, amount in waived.items():
            if amount > self.due(component):
                raise InvalidValue(component.value, amount, f"at most what is due, {self.due(component)}")
        none = Money.zero(self.currency)
        rest = (Part(part.component, part.amount - waived.get(part.component, none)) for part in self.arrears)
        return attrs.evolve(self, arrears=tuple(part for part in rest if part.amount))


def amounts_by_component(parts: Iterable[Part], currency: str) -> Mapping[Component, Money]:
    """
    Look amounts up by component.

    Raises:
        InvalidValue: If a component is named twice.
        CurrencyMismatch: If an amount has another currency.
    """
    amounts: dict[Component, Money] = {}
    for part in parts:
        if part.component in amounts:
            raise InvalidValue("component", part.component.value, "each component once")
        _demand_currency(currency, (part.amount,), part.component.value)
        amounts[part.component] = part.amount
    return amounts


def demand_rising(dates: Iterable[dt.date], field: str, *, since: dt.date) -> None:
    """
    Demand dates that rise from day to day, none before *since*.

    Raises:
        InvalidValue: If one is not a date, is earlier than *since*, or is not after the one before it.
    """
    before: dt.date | None = None
    for day in as_tuple(dates, field, accepted="dates, rising"):
        plain_date(day, field=field)
        if day < since:
            raise InvalidValue(field, day, f"a date on or after {since}")
        if before is not None and day <= before:
            raise InvalidValue(field, day, f"a date after {before}, the one before it")
        before = day


def _demand_currency(currency: str, amounts: Iterable[Money], field: str) -> None:
    for amount in amounts:
        if not isinstance(amount, Money):
            raise InvalidValue(field, amount, "Money")
        if amount.currency != currency:
            raise CurrencyMismatch(field, amount.currency, f"{currency}, as the other amounts have")
