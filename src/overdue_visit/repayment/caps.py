"""
Optional ceilings on what a household may be asked for, besides what its budget leaves.

None is on by default: national ratios that could not be traced to a text are settings for an institution to make.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import attrs

from overdue_visit.errors import InvalidValue
from overdue_visit.money import CurrencyMismatch, Money, Rounding
from overdue_visit.rate import Per, Rate
from overdue_visit.repayment.demands import as_tuple, demand
from overdue_visit.repayment.household import Household


@attrs.frozen(kw_only=True)
class DebtServiceRatio:
    """
    All debt payments of a month stay within a part of the averaged month's income.

    Args:
        most: The part, `Per.ONCE`.

        other_debts: What the household pays on other debts in a month; its priority debts count by themselves.

        source: The rule it comes from, or why it was chosen.

    Raises:
        InvalidValue: If *most* is not a rate from 0 to 100 % without a period, or *other_debts* is below zero.
    """

    most: Rate
    other_debts: Money | None = None
    source: str = ""

    def __attrs_post_init__(self) -> None:
        demand(self.source, str, "source", accepted="the rule it comes from, or why it was chosen")
        if not isinstance(self.most, Rate) or self.most.per is not Per.ONCE or not 0 <= self.most.fraction <= 1:
            raise InvalidValue("most", self.most, "Rate from 0% to 100%, per='once'")
        if self.other_debts is not None and (not isinstance(self.other_debts, Money) or self.other_debts.minor < 0):
            raise InvalidValue("other_debts", self.other_debts, "Money of at least zero, a month, or None")

    def most_for(self, household: Household) -> Money:
        """
        Say what the ratio leaves for this loan in a month, rounded down; never below zero.
        """
        demand(household, Household, "household")
        zero = Money.zero(household.currency)
        taken = Money.total((each.a_month for each in household.priority_debts), household.currency)
        whole = self.most.of(household.averaged[0], rounding=Rounding.DOWN)
        return max(whole - taken - (self.other_debts or zero), zero)


def _listed(values: Sequence[Money]) -> tuple[Money, ...]:
    return as_tuple(values, "least", accepted="at least one amount of zero or more, by number of people")


@attrs.frozen(kw_only=True)
class ResidualIncome:
    """
    What must be left to live on in a month, by the number of people, after all debt payments.

    Args:
        least: By people in the household, the first for one person.

        each_more: For every person beyond the table.

        source: The table it comes from, or why it was chosen.

    Raises:
        InvalidValue: If the table is empty or falls.
        CurrencyMismatch: If the amounts have several currencies.
    """

    least: tuple[Money, ...] = attrs.field(converter=_listed)
    each_more: Money
    source: str = ""

    def __attrs_post_init__(self) -> None:
        demand(self.source, str, "source", accepted="the rule it comes from, or why it was chosen")
        amounts = (*self.least, self.each_more)
        if not self.least or not all(isinstance(each, Money) and each.minor >= 0 for each in amounts):
            raise InvalidValue("least", amounts, "at least one amount of zero or more, by number of people")
        for amount in amounts:
            if amount.currency != self.each_more.currency:
                raise CurrencyMismatch("least", amount.currency, f"{self.each_more.currency}, as each_more has")
        for fewer, more in zip(self.least, self.least[1:], strict=False):
            if more < fewer:
                raise InvalidValue("least", str(more), f"at least {fewer}, as fewer people need")

    def most_for(self, household: Household) -> Money:
        """
        Say what the table leaves for this loan in a month; never below zero.
        """
        demand(household, Household, "household")
        people = household.dependants + 1
        beyond = max(people - len(self.least), 0)
        needed = self.least[min(people, len(self.least)) - 1] + self.each_more * beyond
        debts = Money.total((each.a_month for each in household.priority_debts), household.currency)
        return max(household.averaged[0] - debts - needed, Money.zero(household.currency))


Cap = DebtServiceRatio | ResidualIncome


def demanded_caps(caps: Iterable[Cap]) -> tuple[Cap, ...]:
    """
    Return ceilings as a tuple.

    Raises:
        InvalidValue: If one is neither a `DebtServiceRatio` nor a `ResidualIncome`.
    """
    accepted = "DebtServiceRatio or ResidualIncome values"
    found = as_tuple(caps, "caps", accepted=accepted)
    for cap in found:
        if not isinstance(cap, Cap):
            raise InvalidValue("caps", cap, accepted)
    return found
