"""
What an institution allows its plans to be: the limits within which `propose` searches.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable, Mapping

import attrs

from overdue_visit.errors import InvalidValue
from overdue_visit.money import Money
from overdue_visit.rate import Per, Rate
from overdue_visit.repayment.debt import Component
from overdue_visit.repayment.demands import as_tuple, demand
from overdue_visit.repayment.kinds.extend import UnderLimit

KINDS = (
    "pay_now",
    "spread",
    "waive",
    "step_up",
    "capitalise",
    "extend",
    "re_age",
    "holiday",
    "freeze",
    "settle",
)
"""All kinds of plan, the simplest to explain and to run first."""


class Rank(enum.StrEnum):
    """What makes one fitting plan better than another."""

    SUITED = "suited"
    """The kinds that answer the reason for the arrears come first."""
    SHORTEST = "shortest"
    """The loan is in order again sooner: the last date with a part of the arrears comes first."""
    CHEAPEST = "cheapest"
    """The borrower pays less in all."""
    SIMPLEST = "simplest"
    """The kind stands earlier in `KINDS`."""


ORDER = (Rank.SUITED, Rank.SHORTEST, Rank.CHEAPEST, Rank.SIMPLEST)
"""The stated order: what answers the reason, then shortest within capacity, then cheapest, then simplest."""


A_QUARTER_MORE = Rate("125%", Per.ONCE)
"""Each year's instalments are a quarter larger: a household on its way up, not one that doubles its income."""


def _kinds(kinds: Iterable[str]) -> tuple[str, ...]:
    return as_tuple(kinds, "kinds", accepted="kinds of plan, such as ('spread',)")


def _components(components: Iterable[Component]) -> tuple[Component, ...]:
    return as_tuple(components, "waivable", accepted="components, such as ('penalty',)")


def _ranks(ranks: Iterable[Rank]) -> tuple[Rank, ...]:
    return as_tuple(ranks, "order", accepted="values of Rank, such as ORDER")


@attrs.frozen(kw_only=True)
class PlanLimits:
    """
    What plans may be proposed; the defaults forgive nothing and lower no rate.

    Args:
        kinds: The kinds allowed.

        longest_months: Months from the day of the figures to the last date of a plan, at most.

        most_instalments: Dates of a plan, at most.

        smallest_instalment: No part of the arrears below this, but the last; None for no limit. It does not bind a
            debt in another currency.

        pay_within_days: Days within which "pay now" is paid.

        holiday_months: The longest holiday; 0 for none.

        step: How an instalment grows from year to year in a plan that steps up, a quarter more unless given.

        waivable: What may be forgiven in full, such as penalties and fees.

        least_settlement: The part of all that is owed that settles the loan at least; None where no lump sum does.

        freeze_months: Months without interest, at most; 0 for none.

        extension: The rule that bounds an extension; None where only *longest_months* does.

        most_loss: The largest loss to the lender, as a part of what is owed at the original effective rate; None for
            no limit.

        shown: Fitting plans returned, at most.

        order: What makes one fitting plan better than another.

    Raises:
        InvalidValue: If a kind or rank is unknown or named twice, or a number is out of range.
    """

    kinds: tuple[str, ...] = attrs.field(default=KINDS, converter=_kinds)
    longest_months: int = 24
    most_instalments: int = 60
    smallest_instalment: Money | None = None
    pay_within_days: int = 7
    holiday_months: int = 3
    step: Rate = A_QUARTER_MORE
    waivable: tuple[Component, ...] = attrs.field(default=(), converter=_components)
    least_settlement: Rate | None = None
    freeze_months: int = 0
    extension: UnderLimit | None = None
    most_loss: Rate | None = None
    shown: int = 3
    order: tuple[Rank, ...] = attrs.field(default=ORDER, converter=_ranks)

    def __attrs_post_init__(self) -> None:
        _demand_words("kinds", self.kinds, KINDS, least=1)
        _demand_words("waivable", self.waivable, tuple(Component), least=0)
        _demand_words("order", self.order, tuple(Rank), least=1)
        for field, (least, most) in _RANGES.items():
            value = getattr(self, field)
            if type(value) is not int or not least <= value <= most:
                raise InvalidValue(field, value, f"a whole number from {least} to {most}")
        demand(self.extension, UnderLimit, "extension", none=True)
        self._check_amounts()

    def _check_amounts(self) -> None:
        smallest = self.smallest_instalment
        if smallest is not None and (not isinstance(smallest, Money) or smallest.minor <= 0):
            raise InvalidValue("smallest_instalment", smallest, "Money above zero, or None")
        _demand_part("step", self.step, most=None)
        for field in ("least_settlement", "most_loss"):
            if (part := getattr(self, field)) is not None:
                _demand_part(field, part, most=1)


_RANGES: Mapping[str, tuple[int, int]] = {
    "longest_months": (1, 600),
    "most_instalments": (1, 600),
    "pay_within_days": (0, 366),
    "holiday_months": (0, 24),
    "freeze_months": (0, 120),
    "shown": (1, len(KINDS)),
}


def _demand_words(field: str, words: tuple[str, ...], known: tuple[str, ...], *, least: int) -> None:
    if len(words) < least or len(set(words)) != len(words):
        raise InvalidValue(field, words, f"at least {least} of {', '.join(known)}, each once")
    for word in words:
        if word not in known:
            raise InvalidValue(field, word, "one of " + ", ".join(known))


def _demand_part(field: str, part: object, *, most: int | None) -> None:
    if not isinstance(part, Rate) or part.per is not Per.ONCE or part.numerator <= 0:
        raise InvalidValue(field, part, "a Rate above zero, per='once'")
    if most is not None and part.fraction > most:
        raise InvalidValue(field, part, "a Rate of at most 100%, per='once'")
