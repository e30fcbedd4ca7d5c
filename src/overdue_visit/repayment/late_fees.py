"""
Fees for being late: so much for each event, within caps, and never twice for the same.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from typing import Literal, get_args

import attrs

from overdue_visit.errors import InvalidValue
from overdue_visit.instants import plain_date
from overdue_visit.money import CurrencyMismatch, Money, Rounding
from overdue_visit.rate import Rate
from overdue_visit.repayment.accrual import demand_base
from overdue_visit.repayment.amounts import Amounts, component_of
from overdue_visit.repayment.debt import Component
from overdue_visit.repayment.demands import as_tuple, demand, demand_rounding, tuple_of
from overdue_visit.repayment.late_rate import demand_share

Once = Literal["event", "instalment", "loan"]
"""How often a fee is charged: at every event, once an instalment, or once in the life of the loan."""


def _components(words: Iterable[Component | str]) -> tuple[Component, ...]:
    return tuple(map(component_of, as_tuple(words, "of", accepted="components, such as ('interest', 'principal')")))


@attrs.frozen(kw_only=True)
class FeeRule:
    """
    What one kind of event costs: a fixed amount, or a share of what is overdue then.

    Args:
        event: The event's name, such as ``"reminder"`` or ``"payment_returned"``.

        share: Of the components *of*; rounded once, as *rounding* says.

        at_least: Raises a smaller fee to this.

        at_most: Lowers a larger fee to this.

        once: How often it is charged.

    Raises:
        InvalidValue: If both or neither of amount and share are given, or a value is out of range.
        CurrencyMismatch: If the amounts have several currencies.
    """

    event: str
    amount: Money | None = None
    share: Rate | None = None
    of: tuple[Component, ...] = attrs.field(default=(Component.INTEREST, Component.PRINCIPAL), converter=_components)
    at_least: Money | None = None
    at_most: Money | None = None
    once: Once = "event"
    rounding: Rounding = Rounding.HALF_UP

    def __attrs_post_init__(self) -> None:
        _demand_name(self.event)
        if (self.amount is None) is (self.share is None):
            raise InvalidValue("amount", self.amount, "an amount or a share, and not both")
        if self.share is not None:
            demand_share("share", self.share)
        if not self.of:
            raise InvalidValue("of", self.of, "one component at least")
        if self.once not in get_args(Once):
            raise InvalidValue("once", self.once, "'event', 'instalment' or 'loan'")
        demand_rounding(self.rounding)
        bounds = (("amount", self.amount), ("at_least", self.at_least), ("at_most", self.at_most))
        given = [(field, amount) for field, amount in bounds if amount is not None]
        for field, amount in given:
            demand_base(amount, field)
            if amount.currency != given[0][1].currency:
                raise CurrencyMismatch(field, amount.currency, f"{given[0][1].currency}, as the other amounts have")
        if self.at_least is not None and self.at_most is not None and self.at_most < self.at_least:
            raise InvalidValue("at_most", self.at_most, f"{self.at_least} or more")

    def fee(self, overdue: Amounts) -> Money:
        """
        Return what one event costs, given what is overdue on its day.

        Raises:
            CurrencyMismatch: If the rule's amounts have another currency.
        """
        demand(overdue, Amounts, "overdue")
        if self.share is None:
            fee = Money.total((self.amount,) if self.amount is not None else (), overdue.currency)
        else:
            base = Money.total((overdue[component] for component in self.of), overdue.currency)
            fee = self.share.of(base, rounding=self.rounding)
        if self.at_least is not None:
            fee = max(fee, self.at_least)
        return fee if self.at_most is None else min(fee, self.at_most)


@attrs.frozen(kw_only=True)
class FeeEvent:
    """
    Something happened that may cost a fee.

    Args:
        number: The instalment it is about.

        overdue: What is overdue of that instalment on the day.

    Raises:
        InvalidValue: If a value is missing or malformed.
    """

    on: dt.date
    event: str
    number: int
    overdue: Amounts

    def __attrs_post_init__(self) -> None:
        plain_date(self.on)
        _demand_name(self.event)
        if type(self.number) is not int or self.number < 1:
            raise InvalidValue("number", self.number, "the number of an instalment, at least 1")
        if not isinstance(self.overdue, Amounts):
            raise InvalidValue("overdue", self.overdue, "Amounts")


@attrs.frozen(kw_only=True)
class LateFee:
    """A fee charged for an event; *above_cap* is what the caps took off."""

    on: dt.date
    event: str
    number: int
    amount: Money
    above_cap: Money


def _rules(rules: Iterable[FeeRule]) -> tuple[FeeRule, ...]:
    return tuple_of(rules, FeeRule, "rules")


@attrs.frozen(kw_only=True)
class FeeTerms:
    """
    The lender's fees for being late.

    Args:
        rules: One for each event that costs something; other events are free.

        per_instalment: The most that all fees of one instalment come to.

        in_all: The most that all fees of the loan come to.

    Raises:
        InvalidValue: If two rules are about the same event, or a cap is below zero.
    """

    rules: tuple[FeeRule, ...] = attrs.field(converter=_rules)
    per_instalment: Money | None = None
    in_all: Money | None = None

    def __attrs_post_init__(self) -> None:
        events = [rule.event for rule in self.rules]
        if len(set(events)) != len(events):
            raise InvalidValue("rules", events, "one rule an event")
        for field, cap in (("per_instalment", self.per_instalment), ("in_all", self.in_all)):
            if cap is not None:
                demand_base(cap, field)


def late_fees(events: Iterable[FeeEvent], terms: FeeTerms) -> tuple[LateFee, ...]:
    """
    Charge what events cost, in the order of their days, whatever order they are given in.

    An event that is reported twice (same day, name and instalment) is charged once. Caps are used up by the earlier
    fees; a fee of which the caps leave nothing is not in the result.

    Raises:
        InvalidValue: If one event is reported twice with different amounts overdue.
        CurrencyMismatch: If a cap or a rule has another currency than the amounts overdue.
    """
    demand(terms, FeeTerms, "terms")
    rules = {rule.event: rule for rule in terms.rules}
    charged: list[LateFee] = []
    used: defaultdict[object, int] = defaultdict(int)
    done: set[tuple[object, ...]] = set()
    for event in _distinct(events):
        rule = rules.get(event.event)
        if rule is None or _occasion(rule, event) in done:
            continue
        done.add(_occasion(rule, event))
        asked = rule.fee(event.overdue)
        amount = _within(terms, asked, used, event.number)
        used[event.number] += amount.minor
        used["all"] += amount.minor
        if amount:
            fee = LateFee(on=event.on, event=event.event, number=event.number, amount=amount, above_cap=asked - amount)
            charged.append(fee)
    return tuple(charged)


def _distinct(events: Iterable[FeeEvent]) -> list[FeeEvent]:
    found: dict[tuple[dt.date, int, str], FeeEvent] = {}
    for event in tuple_of(events, FeeEvent, "events"):
        before = found.setdefault((event.on, event.number, event.event), event)
        if before != event:
            raise InvalidValue("overdue", event.overdue, f"{before.overdue}, as the same event was reported before")
    return [found[key] for key in sorted(found)]


def _occasion(rule: FeeRule, event: FeeEvent) -> tuple[object, ...]:
    match rule.once:
        case "event":
            return (event.event, event.number, event.on)
        case "instalment":
            return (event.event, event.number)
        case "loan":
            return (event.event,)


def _within(terms: FeeTerms, asked: Money, used: defaultdict[object, int], number: int) -> Money:
    amount = asked
    for cap, taken in ((terms.per_instalment, used[number]), (terms.in_all, used["all"])):
        if cap is not None:
            amount = min(amount, max(Money.zero(cap.currency), cap - Money.from_minor(taken, cap.currency)))
    return amount


def _demand_name(event: object) -> None:
    if not isinstance(event, str) or not event:
        raise InvalidValue("event", event, "the name of an event, such as 'reminder'")
