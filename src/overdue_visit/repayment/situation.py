"""
What a plan must fit: the debt, the dates ahead, and what can be paid on each of them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from typing import ClassVar

import attrs

from overdue_visit.errors import InvalidValue, NotAllowed
from overdue_visit.money import Money
from overdue_visit.repayment import periods
from overdue_visit.repayment.capacity import capacities
from overdue_visit.repayment.caps import Cap
from overdue_visit.repayment.debt import Debt, demand_rising
from overdue_visit.repayment.household import Household
from overdue_visit.repayment.plan_limits import PlanLimits
from overdue_visit.repayment.relief import AtMost, Relief, room_on
from overdue_visit.repayment.whole_months import months_from


@attrs.frozen
class Unfit(NotAllowed):
    """A kind of plan does not fit; its code says why, its figures how far."""

    code: ClassVar[str] = "plan_unfit"

    kind: str
    why: str
    figures: tuple[tuple[str, str], ...] = ()

    def __str__(self) -> str:
        return " ".join([f"{self.kind}: {self.why}", *(f"{name}={value}" for name, value in self.figures)])


@attrs.frozen(kw_only=True)
class Situation:
    """
    The debt, the dates on which the household pays, and what it can pay on each.

    Args:
        pay_day: The day of a payment at once.

        dates: Dates of plan payments and of running instalments, rising.

        at_most: What can be paid on each, running instalment included.

        longer: Makes the same situation under another limit of months; None where the dates were given.
    """

    debt: Debt
    limits: PlanLimits
    reason: str | None
    pay_day: dt.date
    dates: tuple[dt.date, ...]
    at_most: Mapping[dt.date, Money] = attrs.field(hash=False)
    longer: Callable[[int], Situation] | None = attrs.field(default=None, eq=False)

    @property
    def parts_end(self) -> dt.date:
        """The last day on which a part of the arrears may be paid."""
        return months_from(self.debt.on, self.limits.longest_months)

    @property
    def part_dates(self) -> tuple[dt.date, ...]:
        """Dates that may take a part of the arrears, as many as the limits allow."""
        end = self.parts_end
        return tuple(day for day in self.dates if day <= end)[: self.limits.most_instalments]

    def with_more(self, more: Money) -> Situation:
        """
        Return the same with so much more that can be paid on every date.
        """
        return attrs.evolve(self, at_most={day: amount + more for day, amount in self.at_most.items()})

    def demand_fit(self, relief: Relief) -> Relief:
        """
        Return a plan that fits on every date.

        Raises:
            Unfit: If an instalment is above what can be paid on its date; it names the first.
        """
        for flow in relief.instalments:
            most = self.at_most.get(flow.on)
            if most is not None and flow.amount > most:
                figures = (("on", flow.on.isoformat()), ("instalment", str(flow.amount)), ("capacity", str(most)))
                raise Unfit(relief.kind, "above_capacity", figures)
        return relief

    def fits(self, relief: Relief) -> bool:
        """
        Tell whether every instalment is within what can be paid on its date.
        """
        at_most = self.at_most
        return all(flow.on not in at_most or flow.amount <= at_most[flow.on] for flow in relief.instalments)


Dates = Sequence[dt.date] | Callable[[int], Sequence[dt.date]]
"""When the household pays: rising dates, or how they follow from a limit of months."""


def situation(
    debt: Debt,
    means: Household | AtMost,
    *,
    reason: str | None,
    limits: PlanLimits,
    dates: Dates | None,
    caps: Sequence[Cap],
) -> Situation:
    """
    Find the dates ahead and what can be paid on each.

    Raises:
        InvalidValue: If the dates do not rise or begin before the day of the debt, currencies differ, or ceilings are
            given without a household to measure them by.
    """
    pay_day = debt.on + dt.timedelta(days=limits.pay_within_days)
    ahead = _dates(debt, limits, dates(limits.longest_months) if callable(dates) else dates)
    if isinstance(means, Household):
        if means.currency != debt.currency:
            raise InvalidValue("currency", means.currency, f"{debt.currency}, as the debt has")
        at_most = _of_household(means, [day for day in ahead if day > debt.on], debt.on, caps)
        for day in (debt.on, pay_day):
            at_most.setdefault(day, _at_once(means, day, debt.on, caps))
    else:
        if caps:
            raise InvalidValue("caps", caps, "none beside amounts by date; they are measured by a Household")
        at_most = _of_amounts(means, (*ahead, pay_day), debt.currency)

    def longer(months: int) -> Situation:
        wider = attrs.evolve(limits, longest_months=months)
        return situation(debt, means, reason=reason, limits=wider, dates=dates, caps=caps)

    return Situation(
        debt=debt,
        limits=limits,
        reason=reason,
        pay_day=pay_day,
        dates=ahead,
        at_most=at_most,
        longer=longer if dates is None or callable(dates) else None,
    )


def _dates(debt: Debt, limits: PlanLimits, dates: Sequence[dt.date] | None) -> tuple[dt.date, ...]:
    running = tuple(flow.on for flow in debt.running)
    if dates is not None:
        demand_rising(dates, "dates", since=debt.on)
        return tuple(sorted({*dates, *running}))
    first = running[0] if running else periods.months_after(debt.on, 1)[0]
    last = months_from(debt.on, limits.longest_months)
    months = max((last.year - first.year) * 12 + last.month - first.month, 0) + 1
    monthly = [day for day in periods.monthly(first, months) if day <= last]
    if running and running != tuple(periods.monthly(first, len(running))):
        # Dates of the household's own rhythm; monthly ones go on where they end.
        monthly = [day for day in monthly if day > running[-1]]
    return tuple(sorted({*monthly, *running})) or (first,)


def _of_household(
    household: Household, dates: Sequence[dt.date], since: dt.date, caps: Sequence[Cap]
) -> dict[dt.date, Money]:
    if not dates:
        return {}
    found = capacities(household, dates, since=since, caps=caps)
    return dict(zip(found.dates, found.amounts, strict=True))


def _at_once(household: Household, pay_day: dt.date, since: dt.date, caps: Sequence[Cap]) -> Money:
    # A date missed by oversight: the month's money was there. Where money comes by season, only what is at hand counts.
    saved = household.savings or Money.zero(household.currency)
    if household.seasonal:
        return saved if pay_day <= since else capacities(household, [pay_day], since=since, caps=caps).amounts[0]
    most = min([household.capacity, *(cap.most_for(household) for cap in caps)])
    return most + saved


def _of_amounts(at_most: AtMost, dates: tuple[dt.date, ...], currency: str) -> dict[dt.date, Money]:
    found = {}
    for day in dates:
        room = room_on(at_most, day, currency=currency)
        if room is not None:
            found[day] = Money.from_minor(room, currency)
    return found
