"""
The running schedule made anew: new dates, a new principal, and what becomes of the arrears beside it.
"""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Iterable, Mapping

import attrs

from overdue_visit.errors import InvalidValue
from overdue_visit.money import Money, Residue, Rounding
from overdue_visit.rate import Rate
from overdue_visit.repayment.accrual import demand_rate
from overdue_visit.repayment.conservation import Conservation
from overdue_visit.repayment.cost import cost_of
from overdue_visit.repayment.debt import Component, Debt, Part, demand_rising
from overdue_visit.repayment.demands import demand, demand_function, demand_rounding
from overdue_visit.repayment.kinds.extras import Extras, with_extras
from overdue_visit.repayment.kinds.filled import filled
from overdue_visit.repayment.kinds.shape import Shape
from overdue_visit.repayment.kinds.shares import demand_cut
from overdue_visit.repayment.level import level
from overdue_visit.repayment.relief import AtMost, CannotFit, Relief, demand_at_most
from overdue_visit.repayment.schedule import Schedule
from overdue_visit.repayment.terms import Terms


class Treatment(enum.StrEnum):
    """What becomes of interest or charges in arrears when the schedule is made anew."""

    CAPITALISE = "capitalise"
    """They become principal and bear interest."""
    SPREAD = "spread"
    """They are collected in equal shares over the new dates, bearing no interest."""
    FIRST = "first"
    """They are collected with the first instalment."""
    WAIVE = "waive"
    """They are forgiven."""


def treatment(word: Treatment | str) -> Treatment:
    """
    Take a treatment or its word.

    Raises:
        InvalidValue: If there is no such treatment.
    """
    try:
        return Treatment(word)
    except ValueError:
        raise InvalidValue("treatment", word, "one of " + ", ".join(repr(t.value) for t in Treatment)) from None


@attrs.frozen(kw_only=True)
class Cut:
    """
    How the instalments of a new schedule are rounded; the defaults are those of `Terms`.

    Args:
        rounding: Of interest.

        unit: Minor units that an instalment is a multiple of, such as 100 for whole yuan.

        residue: Which row takes what does not divide.
    """

    rounding: Rounding = Rounding.HALF_UP
    instalment_rounding: Rounding = Rounding.HALF_UP
    unit: int = 1
    residue: Residue = "last"

    def __attrs_post_init__(self) -> None:
        demand_cut(self.rounding, self.residue)
        demand_rounding(self.instalment_rounding, "instalment_rounding")
        if type(self.unit) is not int or self.unit < 1:
            raise InvalidValue("unit", self.unit, "a whole number of minor units, at least 1")


AS_USUAL = Cut()
"""To the nearest minor unit, the residue in the last row."""


def demand_recast(
    *, rate: Rate | None = None, shape: Shape = level, cut: Cut = AS_USUAL, at_most: AtMost | None = None
) -> None:
    """
    Refuse what cannot say how a schedule is made anew.

    Raises:
        InvalidValue: If the rate has no period or is below zero, or another value is of another type.
    """
    if rate is not None:
        demand_rate(rate)
    demand_function(shape, "shape", "a function that makes a schedule from terms, such as level")
    demand(cut, Cut, "cut")
    demand_at_most(at_most)


@attrs.frozen(kw_only=True)
class Recast:
    """
    A schedule to be made anew, in full; each kind of plan fills it in.

    Args:
        dates: The new due dates, rising, after the day of the debt's figures.

        interest: What becomes of interest in arrears, and of interest accrued.

        charges: What becomes of penalties, fees and costs.

        rate: The new rate; left out, the contract's.

        shape: Which function cuts the instalments; level unless given.

        at_most: What the household can pay by date. Given, each date is filled up to it and *shape* does not matter;
            arrears beside the principal are collected first.

        ways: Whether a refusal says what else would help; see `filled`.

        extras_from: The first date that collects arrears beside the principal; left out, the first of *dates*.
    """

    kind: str
    dates: tuple[dt.date, ...]
    interest: Treatment = Treatment.SPREAD
    charges: Treatment = Treatment.SPREAD
    rate: Rate | None = None
    shape: Shape = level
    cut: Cut = AS_USUAL
    at_most: AtMost | None = attrs.field(default=None, hash=False)
    ways: bool = True
    extras_from: dt.date | None = None


def recast(debt: Debt, plan: Recast) -> Relief:
    """
    Make the running schedule anew: all principal, overdue and to come, over the new dates.

    Raises:
        CannotFit: If *at_most* is given and the dates leave a balance.
        InvalidValue: If there is no principal, or the dates do not rise or are not after the day of the figures.
    """
    if not plan.dates:
        raise InvalidValue("dates", plan.dates, "at least one date")
    demand_rising(plan.dates, "dates", since=debt.on + dt.timedelta(days=1))
    if not debt.principal:
        raise InvalidValue("principal_not_due", debt.principal, "a principal above zero, due or still to come")
    treated = _treated(debt, plan)
    conserved = _conserved(debt, treated)
    extras = Extras(
        spread=treated[Treatment.SPREAD],
        first=treated[Treatment.FIRST],
        start=plan.extras_from,
        unit=plan.cut.unit,
        rounding=plan.cut.instalment_rounding,
        residue=plan.cut.residue,
    )
    schedule = _schedule(plan, terms_of(debt, plan, conserved.new_principal), extras)
    instalments = schedule.flows()
    return Relief(
        kind=plan.kind,
        instalments=instalments,
        schedule=schedule,
        cost=cost_of(debt, instalments, forgiven=conserved.waived),
        conserved=conserved,
        forgiven=treated[Treatment.WAIVE],
    )


def _conserved(debt: Debt, treated: Mapping[Treatment, tuple[Part, ...]]) -> Conservation:
    capitalised = treated[Treatment.CAPITALISE]
    interest = _sum((part for part in capitalised if part.component is Component.INTEREST), debt)
    charges = _sum((part for part in capitalised if part.component is not Component.INTEREST), debt)
    return Conservation(
        old_principal=debt.principal,
        other_arrears=debt.owed - debt.principal,
        capitalised_interest=interest,
        capitalised_charges=charges,
        payable=_sum((*treated[Treatment.SPREAD], *treated[Treatment.FIRST]), debt),
        waived=_sum(treated[Treatment.WAIVE], debt),
        waived_principal=Money.zero(debt.currency),
        new_principal=debt.principal + interest + charges,
    )


def _sum(parts: Iterable[Part], debt: Debt) -> Money:
    return Money.total((part.amount for part in parts), debt.currency)


def _schedule(plan: Recast, terms: Terms, extras: Extras) -> Schedule:
    if plan.at_most is None:
        return with_extras(plan.shape(terms), extras)
    try:
        return filled(terms, at_most=plan.at_most, beside=(*extras.first, *extras.spread), ways=plan.ways)
    except CannotFit as missing:
        raise attrs.evolve(missing, kind=plan.kind) from None


def terms_of(debt: Debt, plan: Recast, principal: Money) -> Terms:
    """
    Return the terms of the new schedule, drawn on the day of the debt's figures.
    """
    return Terms(
        principal=principal,
        rate=debt.rate if plan.rate is None else plan.rate,
        drawn=debt.on,
        dues=plan.dates,
        day_count=debt.day_count,
        rounding=plan.cut.rounding,
        instalment_rounding=plan.cut.instalment_rounding,
        unit=plan.cut.unit,
        residue=plan.cut.residue,
    )


def _treated(debt: Debt, plan: Recast) -> Mapping[Treatment, tuple[Part, ...]]:
    treated: dict[Treatment, tuple[Part, ...]] = dict.fromkeys(Treatment, ())
    for component in (Component.PENALTY, Component.INTEREST, Component.FEES, Component.COSTS):
        is_interest = component is Component.INTEREST
        amount = debt.interest if is_interest else debt.due(component)
        chosen = plan.interest if is_interest else plan.charges
        if amount:
            treated[chosen] += (Part(component, amount),)
    return treated
