"""
The household whose plan it is: what comes in, what it must spend, and what it can be asked for at most.
"""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from overdue_visit.errors import InvalidValue
from overdue_visit.money import Money
from overdue_visit.repayment.contingency import NO_CONTINGENCY, Contingency
from overdue_visit.repayment.demands import demand, tuple_of
from overdue_visit.repayment.income import Income

_MONTHS_OF_A_YEAR = 12


@attrs.frozen
class Spending:
    """
    What the household must spend in a month on one thing, such as food, rent or a priority debt.

    Raises:
        InvalidValue: If *name* is empty or *a_month* is not Money of at least zero.
    """

    name: str
    a_month: Money

    def __attrs_post_init__(self) -> None:
        if not isinstance(self.name, str) or not self.name.strip():
            raise InvalidValue("name", self.name, "what the money is spent on, in a word")
        if not isinstance(self.a_month, Money) or self.a_month.minor < 0:
            raise InvalidValue("a_month", self.a_month, "Money of at least zero, a month")


def _incomes(values: Sequence[Income]) -> tuple[Income, ...]:
    return tuple_of(values, Income, "incomes", accepted="at least one Income, with its rhythm")


def _essential(values: Sequence[Spending]) -> tuple[Spending, ...]:
    return tuple_of(values, Spending, "essential")


def _priority_debts(values: Sequence[Spending]) -> tuple[Spending, ...]:
    return tuple_of(values, Spending, "priority_debts")


@attrs.frozen(kw_only=True)
class Household:
    """
    Incomes and necessary spending of the people who live on them.

    Args:
        incomes: At least one.

        essential: Necessary spending, a month: food, rent, school, health.

        priority_debts: Debts whose loss would cost the home, light, water or freedom; paid before this loan, a month.

        dependants: People who live on these incomes besides the borrower.

        savings: Money at hand today that may go into a plan.

        contingency: What stays for the unforeseen.

    Raises:
        InvalidValue: If there is no income, a value has another type, currencies differ, or *dependants* is not a whole
            number of at least 0.
    """

    incomes: tuple[Income, ...] = attrs.field(converter=_incomes)
    essential: tuple[Spending, ...] = attrs.field(default=(), converter=_essential)
    priority_debts: tuple[Spending, ...] = attrs.field(default=(), converter=_priority_debts)
    dependants: int = 0
    savings: Money | None = None
    contingency: Contingency = NO_CONTINGENCY

    def __attrs_post_init__(self) -> None:
        if not self.incomes:
            raise InvalidValue("incomes", self.incomes, "at least one Income, with its rhythm")
        demand(self.contingency, Contingency, "contingency")
        if type(self.dependants) is not int or self.dependants < 0:
            raise InvalidValue("dependants", self.dependants, "a whole number of at least 0")
        if self.savings is not None and (not isinstance(self.savings, Money) or self.savings.minor < 0):
            raise InvalidValue("savings", self.savings, "Money of at least zero, or None")
        self._check_currencies()

    def _check_currencies(self) -> None:
        amounts = [each.a_month for each in self.essential + self.priority_debts]
        amounts += [amount for income in self.incomes for amount in income.amounts]
        amounts += [each for each in (self.savings, self.contingency.cap) if each is not None]
        for amount in amounts:
            if amount.currency != self.currency:
                raise InvalidValue("currency", amount.currency, f"{self.currency}, as the first income has")

    @property
    def currency(self) -> str:
        """ISO 4217 code of every amount."""
        return self.incomes[0].currency

    @property
    def seasonal(self) -> bool:
        """Whether some of its income comes on days of the year only."""
        return any(each.seasonal for each in self.incomes)

    @property
    def spending(self) -> Money:
        """What must go out in a month: essential spending and priority debts."""
        return Money.total((each.a_month for each in self.essential + self.priority_debts), self.currency)

    @property
    def income_a_year(self) -> Money:
        """What comes in within twelve months."""
        return Money.total((each.a_year for each in self.incomes), self.currency)

    @property
    def averaged(self) -> tuple[Money, ...]:
        """The year's income in twelve equal months, exact over the year; what does not divide is in the last."""
        return self.income_a_year.split(_MONTHS_OF_A_YEAR)

    @property
    def surplus(self) -> Money:
        """What an averaged month leaves after spending; below zero where it does not cover it."""
        return self.averaged[0] - self.spending

    @property
    def capacity(self) -> Money:
        """What an averaged month leaves for repayment after the contingency; never below zero."""
        return self.contingency.left_of(self.surplus)

    @property
    def everyday(self) -> Money:
        """What an averaged month brings besides seasonal income, less spending and contingency; may be below zero."""
        steady = sum(each.a_year.minor for each in self.incomes if not each.seasonal) // _MONTHS_OF_A_YEAR
        kept = self.contingency.of(self.surplus)
        return Money.from_minor(steady, self.currency) - self.spending - kept
