"""
What a plan must fit: the debt, the dates ahead, and what can be paid on each of them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from typing import ClassVar

import attrs

from overdue_visit.business_calendar import corresponding_day
from overdue_visit.errors import InvalidValue, NotAllowed
from overdue_visit.money import CurrencyMismatch, Money
from overdue_visit.rate import Rate
from overdue_visit.repayment import periods
from overdue_visit.repayment.below_interest import BelowInterest
from overdue_visit.repayment.capacity import capacities
from overdue_visit.repayment.caps import Cap
from overdue_visit.repayment.debt import Debt, demand_rising
from overdue_visit.repayment.demands import as_tuple
from overdue_visit.repayment.flows import Flow
from overdue_visit.repayment.household import Household
from overdue_visit.repayment.plan_limits import PlanLimits
from overdue_visit.repayment.purse import Arrivals, Purse, Savings
from overdue_visit.repayment.relief import AtMost, Relief, room_on


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

        purse: What several of these days could draw on, but only once; None where there is nothing of the kind.

        longer: Makes the same situation under another limit of months; None where the dates were given.

        shortest: Whether the shortest plan of a kind is wanted, or only to know whether one fits.
    """

    debt: Debt
    limits: PlanLimits
    pay_day: dt.date
    dates: tuple[dt.date, ...]
    at_most: Mapping[dt.date, Money] = attrs.field(hash=False)
    purse: Purse | None = attrs.field(default=None, hash=False)
    longer: Callable[[int], Situation] | None = attrs.field(default=None, eq=False)
    shortest: bool = True
    _level: dict[tuple[str, int], Relief | BelowInterest] = attrs.field(factory=dict, eq=False, repr=False)
    """Plans that do not look at what can be paid: the same for every `with_more`."""

    @property
    def parts_end(self) -> dt.date:
        """The last day on which a part of the arrears may be paid."""
        return corresponding_day(self.debt.on, self.limits.longest_months)

    @property
    def part_dates(self) -> tuple[dt.date, ...]:
        """Dates that may take a part of the arrears, as many as the limits allow."""
        end = self.parts_end
        return tuple(day for day in self.dates if day <= end)[: self.limits.most_instalments]

    def with_more(self, more: Money) -> Situation:
        """
        Return the same with so much more that can be paid on every date.
        """
        purse = None if self.purse is None else self.purse.with_more(more)
        return attrs.evolve(self, at_most={day: amount + more for day, amount in self.at_most.items()}, purse=purse)

    def with_rate(self, rate: Rate) -> Situation:
        """
        Return the same with a debt at another rate; what is lost by that is still measured at the original one.
        """
        debt = attrs.evolve(self.debt, rate=rate, effective_rate=self.debt.effective)
        return attrs.evolve(self, debt=debt, level={})

    def level_plan(self, kind: str, count: int, plan: Callable[[int], Relief]) -> Relief:
        """
        Return a plan of so many instalments, made once however much can be paid.

        Raises:
            BelowInterest: If it would let the debt grow.
        """
        made = self._level.get((kind, count))
        if made is None:
            try:
                made = plan(count)
            except BelowInterest as low:
                made = low
            self._level[kind, count] = made
        if isinstance(made, BelowInterest):
            raise made
        return made

    def demand_fit(self, relief: Relief) -> Relief:
        """
        Return a plan that fits on every date.

        Raises:
            Unfit: If an instalment is above what can be paid on its date; it names the first.
        """
        found = self._too_large(relief)
        if found is not None:
            flow, most = found
            figures = (("on", flow.on.isoformat()), ("instalment", str(flow.amount)), ("capacity", str(most)))
            raise Unfit(relief.kind, "above_capacity", figures)
        return relief

    def fits(self, relief: Relief) -> bool:
        """
        Tell whether every instalment is within what can be paid on its date.
        """
        return self._too_large(relief) is None

    def _too_large(self, relief: Relief) -> tuple[Flow, Money] | None:
        for flow in relief.instalments:
            most = self.at_most.get(flow.on)
            if most is not None and flow.amount > most:
                return flow, most
        return None if self.purse is None else self.purse.overdrawn(relief.instalments, self.at_most)


Dates = Sequence[dt.date] | Callable[[int], Sequence[dt.date]]
"""When the household pays: rising dates, or how they follow from a limit of months."""


def situation(
    debt: Debt,
    means: Household | AtMost,
    *,
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
    _demand_means(debt, means, caps)
    purse: Purse | None = None
    if isinstance(means, Household):
        later = [day for day in ahead if day > debt.on]
        at_most = _of_household(means, later, debt.on, caps)
        alone = {day: _at_once(means, day, debt.on, caps) for day in (debt.on, pay_day) if day not in at_most}
        at_most |= alone
        purse = _purse(means, alone, later, debt.on, caps)
    else:
        at_most = _of_amounts(means, (*ahead, pay_day), debt)

    def longer(months: int) -> Situation:
        wider = attrs.evolve(limits, longest_months=months)
        return situation(debt, means, limits=wider, dates=dates, caps=caps)

    return Situation(
        debt=debt,
        limits=limits,
        pay_day=pay_day,
        dates=ahead,
        at_most=at_most,
        purse=purse,
        longer=longer if dates is None or callable(dates) else None,
    )


def _demand_means(debt: Debt, means: object, caps: Sequence[Cap]) -> None:
    if isinstance(means, Household):
        if means.currency != debt.currency:
            raise CurrencyMismatch("currency", means.currency, f"{debt.currency}, as the debt has")
        return
    if not callable(means) and not isinstance(means, Mapping):
        raise InvalidValue("means", means, "a Household, amounts by date, or a function of the date")
    if caps:
        raise InvalidValue("caps", caps, "none beside amounts by date; they are measured by a Household")


def _dates(debt: Debt, limits: PlanLimits, dates: Sequence[dt.date] | None) -> tuple[dt.date, ...]:
    running = tuple(flow.on for flow in debt.running)
    if dates is not None:
        dates = as_tuple(dates, "dates", accepted="dates, rising")
        demand_rising(dates, "dates", since=debt.on)
        return tuple(sorted({*dates, *running}))
    first = running[0] if running else periods.months_after(debt.on, 1)[0]
    last = corresponding_day(debt.on, limits.longest_months)
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


def _purse(
    household: Household,
    alone: Mapping[dt.date, Money],
    later: Sequence[dt.date],
    since: dt.date,
    caps: Sequence[Cap],
) -> Purse | None:
    if household.seasonal:
        return Arrivals(alone=frozenset(alone))
    if not household.savings:
        return None
    without = attrs.evolve(household, savings=None)
    # Of the dates ahead the first one has the savings in it; its part of the month follows from the second.
    own = _of_household(without, later[:2], since, caps)
    first = {day: own[day] for day in later[:1]}
    return Savings(
        amount=household.savings, own={**first, **{day: _at_once(without, day, since, caps) for day in alone}}
    )


def _of_amounts(at_most: AtMost, dates: tuple[dt.date, ...], debt: Debt) -> dict[dt.date, Money]:
    running = {flow.on: flow.amount for flow in debt.running}
    none = Money.zero(debt.currency)
    found = {}
    for day in dates:
        room = room_on(at_most, day, currency=debt.currency)
        if room is not None:
            found[day] = Money.from_minor(room, debt.currency)
        elif not callable(at_most):
            # Nobody looked at what the household has on this day: what is agreed stands, and nothing more is asked.
            found[day] = running.get(day, none)
    return found
