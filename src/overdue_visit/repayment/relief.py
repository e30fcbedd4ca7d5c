"""
A plan for arrears, computed: every instalment, the new schedule if there is one, and what it costs both sides.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import ClassVar

import attrs

from overdue_visit.errors import InvalidValue, NotAllowed
from overdue_visit.money import Money
from overdue_visit.rate import Rate
from overdue_visit.repayment.conservation import Conservation
from overdue_visit.repayment.cost import Cost, cost_of
from overdue_visit.repayment.debt import Component, Debt, Part, demand_rising
from overdue_visit.repayment.demands import demand, demand_kept, demand_word
from overdue_visit.repayment.flows import Flow
from overdue_visit.repayment.schedule import Schedule

AtMost = Mapping[dt.date, Money] | Callable[[dt.date], Money]
"""What a household can pay by date; a date that a mapping does not name is not bounded."""


@attrs.frozen
class CannotFit(NotAllowed):
    """
    The plan does not fit what the household can pay; its fields say what is missing.

    Args:
        kind: The kind of plan.

        on: The date on which the amount is missing.

        amount: Exactly this much more on that date makes the plan fit.

        dates: So many more dates, each with the mean of what the given dates leave free, make it fit; ``None`` where
            no number of them would.

        rate: The highest yearly rate in hundredths of a percent at which the given dates suffice; ``None`` where no
            rate helps.
    """

    code: ClassVar[str] = "plan_cannot_fit"

    kind: str
    on: dt.date
    amount: Money
    dates: int | None = None
    rate: Rate | None = None

    def __str__(self) -> str:
        ways = [f"{self.amount} more on {self.on}"]
        if self.dates is not None:
            ways.append(f"{self.dates} more dates")
        if self.rate is not None:
            ways.append(f"a rate of {self.rate} at most")
        return f"{self.kind} does not fit what the household can pay; it would with " + ", or ".join(ways)


@attrs.frozen(kw_only=True)
class Relief:
    """
    One plan for arrears.

    Args:
        kind: Its name, such as ``"spread"``.

        instalments: All that the borrower pays from now on, running and arrears together, dates rising.

        arrears_parts: The part of each instalment that goes to arrears; empty where they are merged into *schedule*.

        schedule: The new running schedule, where the kind makes one.

        forgiven: What the lender gives up, by component, in the order in which it was given up.

    Raises:
        InvalidValue: If dates do not rise, or the schedule's opening is not the principal conserved.
    """

    kind: str
    instalments: tuple[Flow, ...]
    arrears_parts: tuple[Flow, ...] = ()
    schedule: Schedule | None = None
    cost: Cost
    conserved: Conservation
    forgiven: tuple[Part, ...] = ()

    def __attrs_post_init__(self) -> None:
        demand_word(self.kind, "kind", "a kind of plan, such as 'spread'")
        demand_kept(self.forgiven, Part, "forgiven")
        demand(self.cost, Cost, "cost")
        demand(self.conserved, Conservation, "conserved")
        demand(self.schedule, Schedule, "schedule", none=True)
        for field, flows in (("instalments", self.instalments), ("arrears_parts", self.arrears_parts)):
            demand_kept(flows, Flow, field)
            demand_rising([flow.on for flow in flows], field, since=dt.date.min)
        if self.schedule is not None and self.schedule.opening != self.conserved.new_principal:
            raise InvalidValue("schedule", self.schedule.opening, f"an opening of {self.conserved.new_principal}")

    @property
    def total(self) -> Money:
        """All that the borrower pays from now on."""
        return self.cost.total

    @property
    def largest(self) -> Money:
        """The largest instalment; zero where nothing is to be paid."""
        return max((flow.amount for flow in self.instalments), default=Money.zero(self.cost.total.currency))

    @property
    def last_due(self) -> dt.date | None:
        """The day of the last instalment, ``None`` where nothing is to be paid."""
        return self.instalments[-1].on if self.instalments else None

    @property
    def forgives_all_arrears(self) -> bool:
        """Whether all arrears are forgiven and the running instalments go on as agreed."""
        conserved = self.conserved
        left = conserved.payable + conserved.capitalised_interest + conserved.capitalised_charges
        return bool(self.forgiven) and self.kind == "waive" and not (self.arrears_parts or self.schedule or left)

    @property
    def forgiven_total(self) -> Money:
        """All that the lender gives up."""
        return Money.total((part.amount for part in self.forgiven), self.cost.total.currency)


def beside(debt: Debt, kind: str, parts: Sequence[Flow], *, forgiven: tuple[Part, ...] = ()) -> Relief:
    """
    Put payments toward arrears beside the running instalments, which stay as agreed.

    Raises:
        InvalidValue: If the parts and what is forgiven do not add up to the arrears.
    """
    paid = tuple(part for part in parts if part.amount)
    instalments = merged(debt.running, paid)
    none = Money.zero(debt.currency)
    waived = Money.total((part.amount for part in forgiven), debt.currency)
    if Money.total((part.amount for part in paid), debt.currency) + waived != debt.in_arrears:
        raise InvalidValue("arrears_parts", parts, f"amounts that add up to {debt.in_arrears - waived}")
    waived_principal = Money.total((p.amount for p in forgiven if p.component is Component.PRINCIPAL), debt.currency)
    other = debt.in_arrears - debt.due(Component.PRINCIPAL)
    conserved = Conservation(
        old_principal=debt.principal,
        other_arrears=other,
        capitalised_interest=none,
        capitalised_charges=none,
        payable=other - (waived - waived_principal),
        waived=waived - waived_principal,
        waived_principal=waived_principal,
        new_principal=debt.principal - waived_principal,
    )
    cost = cost_of(debt, instalments, forgiven=waived)
    return Relief(
        kind=kind, instalments=instalments, arrears_parts=paid, cost=cost, conserved=conserved, forgiven=forgiven
    )


def merged(*streams: Iterable[Flow]) -> tuple[Flow, ...]:
    """
    Merge dated flows: one for each date, dates rising, nothing where the sum is zero.
    """
    by_date: dict[dt.date, Money] = {}
    for flow in (flow for stream in streams for flow in stream):
        held = by_date.get(flow.on)
        by_date[flow.on] = flow.amount if held is None else held + flow.amount
    return tuple(Flow(on, by_date[on]) for on in sorted(by_date) if by_date[on])


def demand_at_most(at_most: object, field: str = "at_most") -> None:
    """
    Refuse what does not say how much can be paid by date.

    Raises:
        InvalidValue: If it is neither a mapping of dates nor a function of the date, nor None.
    """
    if at_most is not None and not isinstance(at_most, Mapping) and not callable(at_most):
        raise InvalidValue(field, at_most, "amounts by date, or a function of the date")


def room_on(at_most: AtMost | None, on: dt.date, *, currency: str) -> int | None:
    """
    Return what a household can pay on a date, in minor units; ``None`` where nothing bounds it.

    Raises:
        InvalidValue: If the bound is not `Money` of at least zero in *currency*.
    """
    if at_most is None:
        return None
    bound = at_most(on) if callable(at_most) else at_most.get(on)
    if bound is None:
        return None
    if not isinstance(bound, Money) or bound.currency != currency or bound.minor < 0:
        raise InvalidValue("at_most", bound, f"Money of at least zero in {currency}")
    return bound.minor
