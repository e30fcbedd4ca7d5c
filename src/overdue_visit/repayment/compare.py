"""
Plans side by side: what each asks of the household, in the same figures.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import Decimal

import attrs

from overdue_visit.errors import InvalidValue
from overdue_visit.instants import plain_date
from overdue_visit.money import CurrencyMismatch, Money
from overdue_visit.repayment.demands import demand
from overdue_visit.repayment.flows import Flow, currency_of
from overdue_visit.repayment.relief import Relief
from overdue_visit.repayment.schedule import Schedule, demand_schedule
from overdue_visit.repayment.table import Table
from overdue_visit.repayment.texts import Words
from overdue_visit.repayment.whole_months import months_and_days

Plan = Schedule | Relief | Sequence[Flow]
"""What can be compared and drawn: a schedule, a plan for arrears, or plain dated payments."""


def flows_of(plan: Plan) -> tuple[Flow, ...]:
    """
    Return what a plan makes the borrower pay, dated; dates that ask for nothing are left out.

    Raises:
        InvalidValue: If it is no plan, asks for nothing at all, or pays the borrower.
        CurrencyMismatch: If it has several currencies.
    """
    match plan:
        case Schedule():
            demand_schedule(plan)
            flows: Sequence[Flow] = plan.flows()
        case Relief():
            flows = plan.instalments
        case _:
            flows = plan if isinstance(plan, Sequence) and not isinstance(plan, str) else ()
    if not all(isinstance(flow, Flow) and flow.amount.minor >= 0 for flow in flows):
        raise InvalidValue("plan", plan, "a Schedule, a Relief, or dated flows that the borrower pays")
    asked = tuple(flow for flow in sorted(flows, key=lambda flow: flow.on) if flow.amount)
    if not asked:
        raise InvalidValue("plan", plan, "one payment at least")
    currency_of(asked)
    return asked


@attrs.frozen(kw_only=True)
class Figures:
    """
    What one plan asks.

    Args:
        months: From the day of comparing to the last payment, begun ones counted.

        more: How much more is paid in all than under the first plan compared; negative where less.

        interest: Of a schedule, all interest that it collects; ``None`` where the plan does not tell it.

        charges: Of a schedule, all fees and late interest that it collects; ``None`` where there are none.

        extra_interest: Of a plan for arrears, how much more interest than agreed; ``None`` of others.

        forgiven: Of a plan for arrears, what the lender gives up; ``None`` of others.
    """

    name: str
    payments: int
    first_due: dt.date
    last_due: dt.date
    months: int
    largest: Money
    smallest: Money
    total_paid: Money
    more: Money
    interest: Money | None = None
    charges: Money | None = None
    extra_interest: Money | None = None
    forgiven: Money | None = None


_FIGURES = tuple(field.name for field in attrs.fields(Figures))[1:]
_ALWAYS = _FIGURES[:8]


@attrs.frozen(kw_only=True)
class Comparison:
    """Two or more plans in the same figures, in the order in which they were given."""

    currency: str
    plans: tuple[Figures, ...]

    def table(self, *, language: str = "en", texts: Mapping[str, str] | None = None) -> Table:
        """
        Lay out the plans side by side: a column for each plan, a row for each figure that any of them has.

        Args:
            texts: The host's own words by code; they win over the shipped ones.

        Raises:
            InvalidValue: If the language is not shipped.
        """
        words = Words.of(language, texts)
        kept = [code for code in _FIGURES if any(getattr(plan, code) is not None for plan in self.plans)]
        return Table(
            caption=words.amounts_in(self.currency),
            headings=("", *(plan.name for plan in self.plans)),
            right=(False, *(True for _ in self.plans)),
            rows=tuple(
                (words.say(f"figure.{code}"), *(_cell(getattr(plan, code), words) for plan in self.plans))
                for code in kept
            ),
        )

    def records(self) -> tuple[dict[str, str | int | dt.date | Decimal | None], ...]:
        """
        Return a record for each plan, as a data frame takes it: amounts as `Decimal`, dates as dates.
        """
        return tuple(
            {
                "plan": plan.name,
                "currency": self.currency,
                **{code: _plain(getattr(plan, code)) for code in _FIGURES},
            }
            for plan in self.plans
        )


def compare(plans: Mapping[str, Plan], *, since: dt.date) -> Comparison:
    """
    Compare plans by name; the first is the one that others are measured against.

    Args:
        since: The day from which months are counted, none of the payments before it.

    Raises:
        InvalidValue: If there are fewer than two plans, a name is empty, or a plan pays nothing or before *since*.
        CurrencyMismatch: If the plans have several currencies.
    """
    plain_date(since, field="since")
    demand(plans, Mapping, "plans", accepted="two plans at least, by name")
    if len(plans) < 2 or not all(isinstance(name, str) and name for name in plans):
        raise InvalidValue("plans", list(plans), "two plans at least, each with a name")
    dated = {name: flows_of(plan) for name, plan in plans.items()}
    totals = {name: _total(flows) for name, flows in dated.items()}
    first = next(iter(totals.values()))
    for total in totals.values():
        if total.currency != first.currency:
            raise CurrencyMismatch("plans", total.currency, f"{first.currency}, as the first plan has")
    return Comparison(
        currency=first.currency,
        plans=tuple(
            _figures(name, plan, dated[name], since=since, more=totals[name] - first) for name, plan in plans.items()
        ),
    )


def _total(flows: Sequence[Flow]) -> Money:
    return Money.total((flow.amount for flow in flows), flows[0].amount.currency)


def _figures(name: str, plan: Plan, flows: Sequence[Flow], *, since: dt.date, more: Money) -> Figures:
    if flows[0].on < since:
        raise InvalidValue("since", since, f"{flows[0].on}, the first payment of {name!r}, or earlier")
    months, days = months_and_days(since, flows[-1].on)
    amounts = [flow.amount for flow in flows]
    return Figures(
        name=name,
        payments=len(flows),
        first_due=flows[0].on,
        last_due=flows[-1].on,
        months=months + bool(days),
        largest=max(amounts),
        smallest=min(amounts),
        total_paid=_total(flows),
        more=more,
        interest=plan.total_interest if isinstance(plan, Schedule) else None,
        charges=(plan.total_fees + plan.total_penalty or None) if isinstance(plan, Schedule) else None,
        extra_interest=plan.cost.extra_interest if isinstance(plan, Relief) else None,
        forgiven=plan.forgiven_total if isinstance(plan, Relief) else None,
    )


def _cell(value: int | dt.date | Money | None, words: Words) -> str:
    match value:
        case None:
            return words.say("none")
        case Money():
            return words.amount(value)
        case dt.date():
            return words.date(value)
        case _:
            return str(value)


def _plain(value: int | dt.date | Money | None) -> int | dt.date | Decimal | None:
    return value.decimal if isinstance(value, Money) else value
