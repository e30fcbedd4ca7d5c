"""
Explain a case: which state, since when, by which rule, what is due, and what would change it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import attrs

from overdue_visit.case.age import days
from overdue_visit.case.case import Case
from overdue_visit.lifecycle import TABLE, CaseState
from overdue_visit.loan import ComponentAmount
from overdue_visit.money import Money
from overdue_visit.next_steps.derive import next_look, next_steps
from overdue_visit.next_steps.step import Step
from overdue_visit.policy import Policy
from overdue_visit.wording import ENGLISH, Catalogue, Coded, Param, format_money


@attrs.frozen(kw_only=True)
class Explanation:
    """Why a case is where it is on a day; `text` says it in any language."""

    case_id: str
    on: dt.date
    state: CaseState
    state_since: dt.date
    days_past_due: int
    convention: str
    oldest_due: dt.date | None
    arrears: Money
    by_component: tuple[ComponentAmount, ...]
    seen_on: dt.date
    """Business date on which the ledger last changed the case."""
    steps: tuple[Step, ...]
    moves: tuple[tuple[str, CaseState], ...]
    """Facts that would move the case, and where to."""
    next_look: dt.date | None
    policy: str
    """Name and version of the policy in force."""
    closed: str | None = None
    """Code of why the case is over; None while it is open."""

    def text(self, texts: Catalogue = ENGLISH) -> str:
        """
        Return the explanation in a catalogue's language, one fact a line.
        """
        head: tuple[tuple[str, Param], ...] = (
            ("case", self.case_id),
            ("on", self.on),
            ("state", Coded("state", self.state)),
            ("since", self.state_since),
        )
        if self.closed is not None:
            return _said(texts, "explain.closed", *head, ("closed", Coded("closed", self.closed)))
        below = (self._arrears(texts), *self._ahead(texts))
        return "\n".join((_said(texts, "explain.state", *head), *(f"  {line}" for line in below)))

    def _arrears(self, texts: Catalogue) -> str:
        if self.oldest_due is None:
            return _said(texts, "explain.nothing_past_due", ("seen_on", self.seen_on))
        arrears = format_money(self.arrears, texts.language)
        if self.by_component:
            parts = tuple(
                f"{texts.name('component', part.component)} {format_money(part.amount, texts.language)}"
                for part in self.by_component
            )
            arrears = _said(texts, "explain.arrears", ("arrears", arrears), ("parts", parts))
        return _said(
            texts,
            "explain.behind",
            ("days", self.days_past_due),
            ("oldest_due", self.oldest_due),
            ("convention", self.convention),
            ("arrears", arrears),
            ("seen_on", self.seen_on),
        )

    def _ahead(self, texts: Catalogue) -> Iterator[str]:
        for step in self.steps:
            yield _said(texts, "explain.step", ("since", step.since), ("step", step.text(texts)))
        if not self.steps:
            yield texts.text("explain.no_step")
        for fact, state in self.moves:
            yield _said(texts, "explain.move", ("fact", Coded("move", fact)), ("state", Coded("state", state)))
        if self.next_look is None:
            yield _said(texts, "explain.next_change", ("policy", self.policy))
        else:
            yield _said(texts, "explain.next_look", ("on", self.next_look), ("policy", self.policy))

    def __str__(self) -> str:
        return self.text()


def _said(texts: Catalogue, code: str, *params: tuple[str, Param]) -> str:
    return texts.text(code, **texts.filled(params))


def explain(case: Case, policy: Policy, on: dt.date) -> Explanation:
    """
    Explain a case on a day; pure.
    """
    position = case.observation.position
    return Explanation(
        case_id=case.id,
        on=on,
        state=case.state,
        state_since=case.state_since,
        days_past_due=days(case, policy, on),
        convention=case.observation.convention,
        oldest_due=position.oldest_due,
        arrears=position.arrears,
        by_component=position.by_component,
        seen_on=case.observation.seen_on,
        steps=next_steps(case, policy, on),
        moves=tuple((fact, to) for fact, sources, to in TABLE if case.open and case.state in sources),
        next_look=next_look(case, policy, on),
        policy=f"{policy.name} {policy.version}",
        closed=None if case.upkeep.close_reason is None else case.upkeep.close_reason.value,
    )
