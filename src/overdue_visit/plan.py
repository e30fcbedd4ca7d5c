"""
Plans for arrears: offers, instalments, and how each was kept.
"""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Iterable

import attrs

from overdue_visit.errors import InvalidValue
from overdue_visit.instants import plain_date
from overdue_visit.money import Money
from overdue_visit.rate import Rate


@attrs.frozen
class PlanInstalment:
    """
    What the household pays toward the arrears on a date, beside the running instalments.

    Raises:
        InvalidValue: If the amount is not positive Money or *due* is not a date.
    """

    due: dt.date
    amount: Money

    def __attrs_post_init__(self) -> None:
        if type(self.due) is not dt.date:
            plain_date(self.due, field="due")
        if not isinstance(self.amount, Money) or self.amount.minor <= 0:
            raise InvalidValue("amount", self.amount, "Money above zero")


def _listed(instalments: Iterable[PlanInstalment]) -> tuple[PlanInstalment, ...]:
    return tuple(instalments)


@attrs.frozen(kw_only=True)
class Offer:
    """
    A plan as it may be agreed: a kind and its dated instalments.

    Raises:
        InvalidValue: If there is no instalment, the dates do not rise, or the currencies differ.
    """

    kind: str
    instalments: tuple[PlanInstalment, ...] = attrs.field(converter=_listed)

    def __attrs_post_init__(self) -> None:
        if not self.instalments:
            raise InvalidValue("instalments", self.instalments, "at least one instalment")
        for earlier, later in zip(self.instalments, self.instalments[1:], strict=False):
            if later.due <= earlier.due:
                raise InvalidValue("due", later.due.isoformat(), f"a date after {earlier.due.isoformat()}")
            if later.amount.currency != earlier.amount.currency:
                raise InvalidValue("amount", later.amount.currency, f"{earlier.amount.currency}, as the others have")

    @property
    def total(self) -> Money:
        """The sum of the instalments."""
        return Money.total((each.amount for each in self.instalments), self.instalments[0].amount.currency)

    @property
    def largest(self) -> Money:
        """The largest instalment."""
        return max(each.amount for each in self.instalments)


class InstalmentOutcome(enum.StrEnum):
    """How a plan instalment went; a later or reversed payment judges it anew."""

    PENDING = "pending"
    KEPT = "kept"
    WITHIN_TOLERANCE = "within_tolerance"
    LATE = "late"
    MISSED = "missed"


class PlanState(enum.StrEnum):
    """How a plan stands."""

    RUNNING = "running"
    COMPLETED = "completed"
    BROKEN = "broken"
    WITHDRAWN = "withdrawn"
    REVISED = "revised"


@attrs.frozen(kw_only=True)
class PlanTerms:
    """The numbers a plan keeps for life, whatever the policy says later."""

    tolerance_days: int
    tolerance: Rate
    """Part of an instalment that may be missing, and it still counts as kept within tolerance."""
    broken_after_missed: int


@attrs.frozen(kw_only=True)
class Rejected:
    """A plan kind that does not fit, and why: a code with its figures as texts."""

    kind: str
    code: str
    figures: tuple[tuple[str, str], ...] = ()


@attrs.frozen(kw_only=True)
class Missing:
    """What is missing for a plan to fit: granting it would make one feasible."""

    code: str
    amount: Money | None = None
    """More a month."""
    months: int | None = None
    """More months than the policy allows."""


@attrs.frozen(kw_only=True)
class Offers:
    """What may be offered to a household: fitting plans, best first, and why others do not fit."""

    fitting: tuple[Offer, ...]
    rejected: tuple[Rejected, ...] = ()
    missing: Missing | None = None

    @property
    def best(self) -> Offer | None:
        """The first of the fitting offers, or None."""
        return self.fitting[0] if self.fitting else None
