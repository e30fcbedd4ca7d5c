"""
What speaks against an offer: the same rules for the lender's offers and the borrower's own.
"""

from __future__ import annotations

import datetime as dt
import itertools
from typing import ClassVar

import attrs

from overdue_visit.case.case import Case
from overdue_visit.case.proposals import NothingToPlan, last_day, room
from overdue_visit.errors import NotAllowed
from overdue_visit.money import Money
from overdue_visit.plan import Offer
from overdue_visit.policy import Policy


@attrs.frozen
class PlanRefused(NotAllowed):
    """An offer does not meet a rule."""

    code: ClassVar[str] = "plan_refused"

    case_id: str
    objection: str
    """A code: ``in_the_past``, ``too_long``, ``too_many_instalments``, ``first_too_late``, ``above_the_debt``,
    ``below_the_debt``, ``no_budget``, ``above_capacity``, ``other_currency``, ``instalment_too_small`` or
    ``too_close_together``."""
    found: str
    accepted: str

    def __str__(self) -> str:
        return f"{self.case_id}: {self.objection.replace('_', ' ')}: {self.found}, accepted is {self.accepted}"


def refuse(case: Case, offer: Offer, policy: Policy, on: dt.date) -> None:
    """
    Refuse an offer that does not meet a rule.

    Raises:
        PlanRefused: With the first rule it does not meet.
        NothingToPlan: If nothing is in arrears.
    """
    if not case.observation.position.arrears:
        raise NothingToPlan(case.id)
    for objection in objections(case, offer, policy, on):
        raise objection


def objections(case: Case, offer: Offer, policy: Policy, on: dt.date) -> tuple[PlanRefused, ...]:
    """
    List every rule that an offer does not meet, the gravest first.
    """
    arrears = case.observation.position.arrears
    if offer.total.currency != arrears.currency:
        return (PlanRefused(case.id, "other_currency", offer.total.currency, arrears.currency),)
    found = [
        *_of_amounts(case, offer, policy),
        *_of_dates(offer, policy, on),
    ]
    return tuple(PlanRefused(case.id, *each) for each in found)


def _of_amounts(case: Case, offer: Offer, policy: Policy) -> list[tuple[str, str, str]]:
    arrears, found = case.observation.position.arrears, []
    if offer.total > arrears:
        found.append(("above_the_debt", str(offer.total), f"the arrears of {arrears}"))
    if offer.total < arrears:
        found.append(("below_the_debt", str(offer.total), f"the arrears of {arrears}"))
    left = room(case)
    heaviest = _heaviest_month(offer)
    if left is None:
        found.append(("no_budget", "no budget of the household", "a talk that brings one"))
    elif heaviest > left:
        found.append(("above_capacity", f"{heaviest} in a month", f"at most {left}"))
    smallest = policy.plans.smallest_instalment
    if smallest is not None and smallest.currency == arrears.currency:
        found += [
            ("instalment_too_small", str(each.amount), f"at least {smallest}, but for the last")
            for each in offer.instalments[:-1]
            if each.amount < smallest
        ][:1]
    return found


def _heaviest_month(offer: Offer) -> Money:
    months: dict[tuple[int, int], Money] = {}
    for each in offer.instalments:
        month = (each.due.year, each.due.month)
        months[month] = months[month] + each.amount if month in months else each.amount
    return max(months.values())


def _of_dates(offer: Offer, policy: Policy, on: dt.date) -> list[tuple[str, str, str]]:
    found = []
    first, last = offer.instalments[0].due, offer.instalments[-1].due
    if first < on:
        found.append(("in_the_past", first.isoformat(), f"a first instalment from {on.isoformat()}"))
    latest_first = on + dt.timedelta(days=policy.plans.first_within_days)
    if first > latest_first:
        found.append(("first_too_late", first.isoformat(), f"a first instalment by {latest_first.isoformat()}"))
    longest = last_day(policy.plans, on)
    if last > longest:
        found.append(("too_long", last.isoformat(), f"a last instalment by {longest.isoformat()}"))
    shortest = policy.plans.shortest_period_days
    periods = [(b.due - a.due).days for a, b in itertools.pairwise(offer.instalments)]
    if min(periods, default=shortest) < shortest:
        found.append(("too_close_together", f"{min(periods)} days apart", f"at least {shortest} days"))
    count = len(offer.instalments)
    if count > policy.plans.most_instalments:
        found.append(("too_many_instalments", str(count), f"at most {policy.plans.most_instalments}"))
    return found
