"""
How days past due are counted: a named value for each purpose, since two right answers can differ by a day.
"""

from __future__ import annotations

import datetime as dt
from typing import Literal

import attrs

from overdue_visit.business_calendar import EVERY_DAY, BusinessCalendar
from overdue_visit.errors import InvalidValue
from overdue_visit.loan import Component
from overdue_visit.money import Money, Rounding
from overdue_visit.rate import Per, Rate

PaymentsCount = Literal["through", "before"]
DayKind = Literal["calendar", "business"]
Anchor = Literal["oldest_unpaid", "first_went_late"]
Basis = Literal["value", "booked"]

_ONE_DAY = dt.timedelta(days=1)

STATUTORY_ORDER = tuple(Component)
"""
Costs, fees, penalty, interest, principal.

Civil Code of the People's Republic of China, article 561: without another agreement a payment covers the costs of
enforcing the claim, then interest, then the principal (https://www.gov.cn/xinwen/2020-06/01/content_5516649.htm).
Fees and penalty stand between costs and interest.
"""


@attrs.frozen(kw_only=True)
class Tolerance:
    """
    An unpaid rest so small that an instalment does not count as late for it. It is still owed.

    Args:
        amount: A fixed amount of each instalment.

        percent: A share of each instalment instead, such as ``Rate("1%", per="once")``; rounded down.

        floor: With *percent*: tolerated even where the share is less.

    Raises:
        InvalidValue: If both amount and percent are given, a floor without percent, or one is negative.
    """

    amount: Money | None = None
    percent: Rate | None = None
    floor: Money | None = None

    def __attrs_post_init__(self) -> None:
        if self.amount is not None and self.percent is not None:
            raise InvalidValue("percent", self.percent, "either an amount or a percent")
        if self.floor is not None and self.percent is None:
            raise InvalidValue("floor", self.floor, "a floor only beside a percent")
        if self.percent is not None and (self.percent.per is not Per.ONCE or not 0 <= self.percent.fraction <= 1):
            raise InvalidValue("percent", self.percent, "a share of the instalment, such as Rate('1%', per='once')")
        for field, amount in (("amount", self.amount), ("floor", self.floor)):
            if amount is not None and amount.minor < 0:
                raise InvalidValue(field, amount, "an amount of at least zero")

    @property
    def is_none(self) -> bool:
        """Whether every minor unit counts."""
        return self.amount is None and self.percent is None

    def of(self, instalment: Money) -> Money:
        """
        Return the largest rest of an instalment of this amount that is tolerated.

        Raises:
            CurrencyMismatch: If the tolerance is in another currency than the instalment.
        """
        nothing = Money.zero(instalment.currency)
        if self.percent is None:
            return max(nothing, self.amount or nothing)
        return max(self.percent.of(instalment, rounding=Rounding.DOWN), self.floor or nothing)


NO_TOLERANCE = Tolerance()
"""Every minor unit counts."""


@attrs.frozen(kw_only=True)
class AgeingConvention:
    """
    One way to count days past due. The defaults are the village's.

    Args:
        due_day_counts: 0: the day after the due day is day 1. 1: the due day itself is day 1, if nothing was paid.

        payments: ``"through"``: what is dated on the day counts (end of day). ``"before"``: only what is dated before
            (start of day). Reversals and new schedules follow the same rule.

        days: ``"business"`` counts the business days of *calendar* only.

        anchor: ``"oldest_unpaid"``: the count starts again at the next late instalment when the oldest is paid.
            ``"first_went_late"``: it runs on from the first late instalment until nothing is late any more.

        basis: Whether an entry counts from its value date or from the day it was booked.

        grace_days: A delay of so many days is no arrears; from the next day on all days count, from the due date. To
            take grace off the count instead, see `delinquent_days`.

        tolerance: What rest of an instalment is too small to be late.

        charges_age: Whether an unpaid charge starts days past due, and is paid before dues that are later than it.

        order: In what order a payment covers the components of an instalment.

    Raises:
        InvalidValue: If a word or number is not one of those above, or *order* leaves out a component.
    """

    name: str
    due_day_counts: int = 0
    payments: PaymentsCount = "through"
    days: DayKind = "calendar"
    calendar: BusinessCalendar = EVERY_DAY
    anchor: Anchor = "oldest_unpaid"
    basis: Basis = "value"
    grace_days: int = 0
    tolerance: Tolerance = NO_TOLERANCE
    charges_age: bool = False
    order: tuple[Component, ...] = STATUTORY_ORDER

    def __attrs_post_init__(self) -> None:
        for field, value, accepted in (
            ("due_day_counts", self.due_day_counts, (0, 1)),
            ("payments", self.payments, ("through", "before")),
            ("days", self.days, ("calendar", "business")),
            ("anchor", self.anchor, ("oldest_unpaid", "first_went_late")),
            ("basis", self.basis, ("value", "booked")),
        ):
            if value not in accepted or isinstance(value, bool | float):
                raise InvalidValue(field, value, " or ".join(map(repr, accepted)))
        if not self.name:
            raise InvalidValue("name", self.name, "a name for the convention")
        if type(self.grace_days) is not int or not 0 <= self.grace_days <= 366:
            raise InvalidValue("grace_days", self.grace_days, "a whole number of days from 0 to 366")
        if sorted(self.order) != sorted(Component):
            raise InvalidValue("order", self.order, "every component once")

    def days_since(self, due: dt.date, *, on: dt.date) -> int:
        """
        Count the days from a due date to a day as this convention does, grace left aside; 0 if it is not yet due.
        """
        if self.days == "calendar":
            return max(0, (on - due).days + self.due_day_counts)
        return self.calendar.days_between(due - self.due_day_counts * _ONE_DAY, on)

    def last_late_due(self, on: dt.date) -> dt.date:
        """
        Return the latest due date that is in arrears on a day if nothing of it was paid.
        """
        if self.days == "calendar":
            return on - dt.timedelta(days=1 + self.grace_days - self.due_day_counts)
        counted = self.calendar.add(self.calendar.on_or_before(on), -self.grace_days)
        return counted - _ONE_DAY * (1 - self.due_day_counts)

    def first_late_day(self, due: dt.date) -> dt.date:
        """
        Return the first day on which a due date is in arrears if nothing of it was paid.
        """
        if self.days == "calendar":
            return due + dt.timedelta(days=1 + self.grace_days - self.due_day_counts)
        return self.calendar.add(due - self.due_day_counts * _ONE_DAY, 1 + self.grace_days)


VILLAGE = AgeingConvention(name="village")
"""The due day is day 0, payments of the day count, calendar days, from the oldest unpaid instalment, by value date."""


def days_past_due(oldest_due: dt.date | None, *, on: dt.date, convention: AgeingConvention = VILLAGE) -> int:
    """
    Count the days past due on a day from the date that they are counted from; never paused.

    Args:
        oldest_due: `Arrears.oldest_due` as it was measured; None when nothing was late.
    """
    if oldest_due is None:
        return 0
    days = convention.days_since(oldest_due, on=on)
    return days if days > convention.grace_days else 0


def delinquent_days(days_past_due: int, *, grace_days: int, held_days: int = 0) -> int:
    """
    Take grace and held days off the days past due: what treatment goes by, never what is reported.

    Raises:
        InvalidValue: If one of them is negative.
    """
    for field, days in (("days_past_due", days_past_due), ("grace_days", grace_days), ("held_days", held_days)):
        if type(days) is not int or days < 0:
            raise InvalidValue(field, days, "a whole number of days of at least 0")
    return max(0, days_past_due - grace_days - held_days)
