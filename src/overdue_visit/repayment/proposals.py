"""
Propose plans that a household can keep: every kind allowed is searched, what fits is ranked, what does not says why.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence

import attrs

from overdue_visit.errors import InvalidValue
from overdue_visit.money import Money
from overdue_visit.repayment.below_interest import BelowInterest
from overdue_visit.repayment.candidates import CANDIDATES
from overdue_visit.repayment.caps import Cap, demanded_caps
from overdue_visit.repayment.debt import Debt
from overdue_visit.repayment.demands import demand, demand_flag, demand_kept, demand_word
from overdue_visit.repayment.flows import Flow
from overdue_visit.repayment.household import Household
from overdue_visit.repayment.lean_time import Gap, gap_before_season, monthly_deficit
from overdue_visit.repayment.limits import ExtensionBeyondLimit, ExtensionTooLate
from overdue_visit.repayment.plan_limits import KINDS, PlanLimits, Rank
from overdue_visit.repayment.relief import AtMost, CannotFit, Relief
from overdue_visit.repayment.shortfall import Shortfall, shortfall
from overdue_visit.repayment.situation import Dates, Situation, Unfit, situation
from overdue_visit.repayment.steering import suited

Figures = tuple[tuple[str, str], ...]


@attrs.frozen(kw_only=True)
class Proposal:
    """
    A plan that fits the household on every date, and why it is proposed.

    Args:
        relief: The plan with its instalments and what it costs both sides.

        answers_reason: Whether its kind answers the reason for the arrears.
    """

    relief: Relief
    answers_reason: bool

    def __attrs_post_init__(self) -> None:
        demand(self.relief, Relief, "relief")
        demand_flag(self.answers_reason, "answers_reason")

    @property
    def kind(self) -> str:
        """The kind of plan."""
        return self.relief.kind

    @property
    def instalments(self) -> tuple[Flow, ...]:
        """All that the borrower pays from now on, dates rising."""
        return self.relief.instalments

    @property
    def in_order_by(self) -> dt.date:
        """The day from which nothing of the arrears is left: of the last part, or of the last instalment."""
        if self.relief.forgives_all_arrears:
            return self.relief.cost.on
        parts = self.relief.arrears_parts or self.relief.instalments
        return parts[-1].on if parts else self.relief.cost.on

    @property
    def _largest_on(self) -> dt.date:
        return next((flow.on for flow in self.instalments if flow.amount == self.relief.largest), self.relief.cost.on)

    @property
    def figures(self) -> Figures:
        """What the words about the plan are made of."""
        cost = self.relief.cost
        return (
            ("instalments", str(len(self.relief.instalments))),
            ("parts", str(len(self.relief.arrears_parts))),
            ("arrears", str(_sum(self.relief.arrears_parts, cost.total.currency))),
            ("largest", str(self.relief.largest)),
            ("largest_on", self._largest_on.isoformat()),
            ("until", self.in_order_by.isoformat()),
            ("total", str(cost.total)),
            ("extra_interest", str(cost.extra_interest)),
            ("months_more", str(cost.months_more)),
            ("forgiven", str(self.relief.forgiven_total)),
        )


def _sum(flows: Sequence[Flow], currency: str) -> Money:
    return Money.total((flow.amount for flow in flows), currency)


@attrs.frozen(kw_only=True)
class Rejection:
    """A kind of plan that was searched and does not fit: a code with its figures as texts."""

    kind: str
    code: str
    figures: Figures = ()

    def __attrs_post_init__(self) -> None:
        for field, word in (("kind", self.kind), ("code", self.code)):
            demand_word(word, field, "a word")
        demand_kept(self.figures, tuple, "figures", accepted="pairs of a name and a text")
        for figure in self.figures:
            if len(figure) != 2 or not all(isinstance(each, str) for each in figure):
                raise InvalidValue("figures", figure, "a name and a text")


@attrs.frozen(kw_only=True)
class Proposals:
    """
    What may be offered, best first, what does not fit and why, and what is missing where nothing does.

    Args:
        deficit: What the household's necessary spending exceeds its income by in a month, whether a plan fits or not:
            whoever goes hungry keeps no plan. None where income covers it, or is not known.

        gap: Of a household with seasonal income, what necessary spending takes more than there is before the season's
            money comes, the deficit covered. None where it gets through.
    """

    fitting: tuple[Proposal, ...]
    rejected: tuple[Rejection, ...] = ()
    missing: Shortfall | None = None
    deficit: Money | None = None
    gap: Gap | None = None

    def __attrs_post_init__(self) -> None:
        demand_kept(self.fitting, Proposal, "fitting")
        demand_kept(self.rejected, Rejection, "rejected")
        demand(self.missing, Shortfall, "missing", none=True)
        demand(self.deficit, Money, "deficit", none=True)
        demand(self.gap, Gap, "gap", none=True)

    @property
    def best(self) -> Proposal | None:
        """The first of the fitting plans, or None."""
        return self.fitting[0] if self.fitting else None


def propose(
    debt: Debt,
    means: Household | AtMost,
    *,
    reason: str | None = None,
    limits: PlanLimits | None = None,
    dates: Dates | None = None,
    caps: Sequence[Cap] = (),
) -> Proposals:
    """
    Search all kinds of plan that the limits allow, and return those that fit the household on every date.

    Args:
        means: The household, or what can be paid by date; on a date that a mapping does not name, the running
            instalment as agreed is taken for granted, and nothing more is asked.

        reason: Code of the reason for the arrears; it steers the choice (see `steering.STEERING`).

        limits: What the institution allows; `PlanLimits()` unless given.

        dates: When the household can pay, rising, or a function of the limit of months that says so; left out, the
            running due dates and the same day of the months after, as far as the limits reach.

        caps: Ceilings besides the household's budget.

    Returns:
        At most ``limits.shown`` fitting plans in the limits' order, every rejected kind, and where nothing fits what
        exactly is missing.

    Raises:
        InvalidValue: If the dates do not rise or begin before the day of the debt, or *means* or *reason* is something
            else.
        CurrencyMismatch: If the household, amounts or limits have another currency than the debt.
    """
    demand(debt, Debt, "debt")
    demand(reason, str, "reason", accepted="the code of a reason, such as 'forgot'", none=True)
    demand(limits, PlanLimits, "limits", none=True)
    caps = demanded_caps(caps)
    now = situation(debt, means, limits=limits or PlanLimits(), dates=dates, caps=caps)
    fitting: list[Proposal] = []
    rejected: list[Rejection] = []
    for kind in now.limits.kinds:
        found = _search(now, kind)
        twin = next((each.kind for each in fitting if _same(each.relief, found)), None)
        if twin is not None:
            rejected.append(Rejection(kind=kind, code="same_plan", figures=(("other", twin),)))
        elif isinstance(found, Relief):
            fitting.append(Proposal(relief=found, answers_reason=suited(kind, reason)))
        else:
            rejected.append(found)
    fitting.sort(key=_order(now))
    deficit = monthly_deficit(means) if isinstance(means, Household) else None
    gap = gap_before_season(means, since=debt.on) if isinstance(means, Household) else None
    shown = tuple(fitting[: now.limits.shown])
    missing = None if fitting else _with_need(shortfall(now, _fits), deficit, gap)
    return Proposals(fitting=shown, rejected=tuple(rejected), missing=missing, deficit=deficit, gap=gap)


def _with_need(missing: Shortfall, deficit: Money | None, gap: Gap | None) -> Shortfall:
    if gap is None:
        return attrs.evolve(missing, deficit=deficit)
    return attrs.evolve(missing, deficit=deficit, gap=gap.amount, gap_on=gap.on)


def _same(relief: Relief, other: Relief | Rejection) -> bool:
    return isinstance(other, Relief) and (relief.instalments, relief.forgiven) == (other.instalments, other.forgiven)


def _search(now: Situation, kind: str) -> Relief | Rejection:
    try:
        relief = CANDIDATES[kind](now)
        _demand_small_loss(now, relief)
    except Unfit as unfit:
        return Rejection(kind=kind, code=unfit.why, figures=unfit.figures)
    except CannotFit as unfit:
        figures = (("on", unfit.on.isoformat()), ("amount", str(unfit.amount)))
        return Rejection(kind=kind, code="no_room", figures=figures)
    except BelowInterest as low:
        figures = (("instalment", str(low.value)), ("accepted", low.accepted))
        return Rejection(kind=kind, code="below_interest", figures=figures)
    except ExtensionTooLate as late:
        return Rejection(kind=kind, code=late.code, figures=(("maturity", late.maturity.isoformat()),))
    except ExtensionBeyondLimit as far:
        figures = (("limit", far.limit), ("latest", far.latest.isoformat()))
        return Rejection(kind=kind, code=far.code, figures=figures)
    return relief


def _fits(now: Situation, kind: str) -> bool:
    # A loss limit looks at the plan that is found; without one it does not matter which of them fits.
    asked = attrs.evolve(now, shortest=now.limits.most_loss is not None)
    return isinstance(_search(asked, kind), Relief)


def _demand_small_loss(now: Situation, relief: Relief) -> None:
    most = now.limits.most_loss
    if most is None:
        return
    loss = relief.cost.npv_loss
    if loss.fraction > most.fraction:
        raise Unfit(relief.kind, "loss_too_large", (("loss", str(loss)), ("most", str(most))))


def _order(now: Situation) -> Callable[[Proposal], tuple[object, ...]]:
    keys: Mapping[Rank, Callable[[Proposal], object]] = {
        Rank.SUITED: lambda each: not each.answers_reason,
        Rank.SHORTEST: lambda each: each.in_order_by,
        Rank.CHEAPEST: lambda each: each.relief.cost.total,
        Rank.SIMPLEST: lambda each: KINDS.index(each.kind),
    }
    chosen = [keys[rank] for rank in now.limits.order]
    return lambda each: tuple(key(each) for key in chosen)
