"""
The one table that moves a case.

It is keyed by fact: whatever moves a case stands here, and any other fact leaves the state as it is. `STEP` is the
compiled form that the fold uses; `machine` builds the same table with `transitions`, to draw it and to prove both
equal. A new move is a new row.
"""

from __future__ import annotations

import enum
import functools

from transitions import Machine


class CaseState(enum.StrEnum):
    """Where a case stands, in words that every reader shares."""

    OVERDUE = "overdue"
    """Behind, and the household has not been told yet."""
    NOTIFIED = "notified"
    """A notice reached the point that policy counts as notice."""
    VISITED = "visited"
    """The situation was verified, by a visit or by another channel that the policy accepts."""
    PLAN_AGREED = "plan_agreed"
    """A written plan with the household's consent is running."""
    RECOVERED = "recovered"
    """The arrears are cleared (cured); on probation."""
    ESCALATED = "escalated"
    """Handed to somebody else, with a reason."""


S = CaseState
_BEHIND = (S.OVERDUE, S.NOTIFIED, S.VISITED, S.PLAN_AGREED)

TABLE: tuple[tuple[str, tuple[CaseState, ...], CaseState], ...] = (
    ("borrower_notified", (S.OVERDUE,), S.NOTIFIED),
    ("talk_held", (S.OVERDUE, S.NOTIFIED), S.VISITED),
    ("plan_agreed", (S.VISITED,), S.PLAN_AGREED),
    ("plan_withdrawn", (S.PLAN_AGREED,), S.VISITED),
    ("plan_broken", (S.PLAN_AGREED,), S.VISITED),
    ("plan_completed", (S.PLAN_AGREED,), S.VISITED),
    ("recovered", (*_BEHIND, S.ESCALATED), S.RECOVERED),
    ("relapsed", (S.RECOVERED,), S.OVERDUE),
    ("escalated", _BEHIND, S.ESCALATED),
    ("recalled", (S.ESCALATED,), S.VISITED),
)
"""Rows of (fact, states it moves from, state it moves to)."""

FIRST = CaseState.OVERDUE
"""Every case opens overdue."""

STEP: dict[tuple[CaseState, str], CaseState] = {
    (source, fact): destination for fact, sources, destination in TABLE for source in sources
}
"""The table by (state, fact); a pair that is absent leaves the state as it is."""

MOVING: frozenset[str] = frozenset(fact for fact, _, _ in TABLE)
"""Kinds of fact that can move a case."""


def sources(fact: str) -> tuple[CaseState, ...]:
    """
    Return the states that *fact* moves a case from, in the table's order.
    """
    return next((states for kind, states, _ in TABLE if kind == fact), ())


@functools.cache
def machine() -> Machine:
    """
    Build the table as a model-less `transitions` machine, for drawing and for proving it equal to `STEP`.
    """
    built = Machine(model=None, states=CaseState, initial=None, auto_transitions=False)
    for fact, states, destination in TABLE:
        built.add_transition(fact, list(states), destination)
    return built


def mermaid() -> str:
    """
    Draw the table as a Mermaid state diagram.
    """
    lines = ["stateDiagram-v2", f"    [*] --> {FIRST.value}: case_opened"]
    for fact, states, destination in TABLE:
        lines += [f"    {source.value} --> {destination.value}: {fact}" for source in states]
    lines += [f"    {state.value} --> [*]: case_closed" for state in CaseState]
    return "\n".join(lines) + "\n"
