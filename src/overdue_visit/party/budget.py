"""
The household's budget: what comes in, what must go out, what is left for a plan.
"""

from __future__ import annotations

import attrs

from overdue_visit.errors import InvalidValue
from overdue_visit.money import Money


@attrs.frozen(kw_only=True)
class HouseholdBudget:
    """
    A month of the household, as told or verified in a talk.

    Args:
        income: Everything that comes in, a month; seasonal income averaged over its year.

        necessary: Necessary spending, a month: food, rent, school, health, priority debts.

        dependants: People who live on this income besides the borrower.

    Raises:
        InvalidValue: If an amount is negative, the currencies differ, or *dependants* is not a whole number from 0.
    """

    income: Money
    necessary: Money
    dependants: int = 0

    def __attrs_post_init__(self) -> None:
        for field, value in (("income", self.income), ("necessary", self.necessary)):
            if not isinstance(value, Money) or value.minor < 0:
                raise InvalidValue(field, value, "Money of at least zero, a month")
        if self.income.currency != self.necessary.currency:
            raise InvalidValue("necessary", self.necessary.currency, f"{self.income.currency}, as the income has")
        if type(self.dependants) is not int or self.dependants < 0:
            raise InvalidValue("dependants", self.dependants, "a whole number of at least 0")

    @property
    def capacity(self) -> Money:
        """What is left for repayment, a month; never below zero."""
        return max(self.income - self.necessary, Money.zero(self.income.currency))
