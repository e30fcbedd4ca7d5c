"""
What a household keeps back for the unforeseen before anything counts as free for repayment.
"""

from __future__ import annotations

import attrs

from overdue_visit.errors import InvalidValue
from overdue_visit.money import Money, Rounding
from overdue_visit.rate import Per, Rate
from overdue_visit.repayment.demands import demand


@attrs.frozen(kw_only=True)
class Contingency:
    """
    A part of the surplus that stays with the household, up to a cap a month.

    Args:
        part: Part of the surplus, `Per.ONCE`, from nothing to all.

        cap: Most it can be in a month; None for no cap.

        source: The rule it comes from, or why it was chosen.

    Raises:
        InvalidValue: If *part* is not a rate from 0 to 100 % without a period, or *cap* is below zero.
    """

    part: Rate
    cap: Money | None = None
    source: str = ""

    def __attrs_post_init__(self) -> None:
        demand(self.source, str, "source", accepted="the rule it comes from, or why it was chosen")
        if not isinstance(self.part, Rate) or self.part.per is not Per.ONCE or not 0 <= self.part.fraction <= 1:
            raise InvalidValue("part", self.part, "Rate from 0% to 100%, per='once'")
        if self.cap is not None and (not isinstance(self.cap, Money) or self.cap.minor < 0):
            raise InvalidValue("cap", self.cap, "Money of at least zero, a month, or None")

    def of(self, surplus: Money) -> Money:
        """
        Say what stays with the household of a month's surplus, rounded to the nearest minor unit, ties up.

        Returns:
            Nothing where there is no surplus.

        Raises:
            CurrencyMismatch: If the cap has another currency.
        """
        demand(surplus, Money, "surplus")
        if surplus.minor <= 0:
            return Money.zero(surplus.currency)
        kept = min(self.part.of(surplus, rounding=Rounding.HALF_UP), surplus)
        return kept if self.cap is None else min(kept, self.cap)

    def left_of(self, surplus: Money) -> Money:
        """
        Say what is left for repayment of a month's surplus; never below zero.
        """
        demand(surplus, Money, "surplus")
        return max(surplus - self.of(surplus), Money.zero(surplus.currency))


NO_CONTINGENCY = Contingency(part=Rate("0%", Per.ONCE))
"""Nothing is kept back: the default, because outside the country of a rule its figure would be a guess."""

UK_CONTINGENCY = Contingency(
    part=Rate("10%", Per.ONCE),
    cap=Money("20.00", "GBP"),
    source="Common Financial Tool guidance, Accountant in Bankruptcy (Scotland), s. 11; Standard Financial Statement",
)
"""Ten per cent of the surplus, at most 20 pounds a month."""
