"""
One case's record, line by line.
"""

from __future__ import annotations

from collections.abc import Iterator

from overdue_visit import Case, CaseDesk
from overdue_visit.next_steps import timeline
from replay.pages import every

NOT_TOLD = ("notice_handed_over",)
"""A step between two others, which says nothing to a reader."""


def lines(desk: CaseDesk, case: Case) -> Iterator[str]:
    """
    Yield a line for each thing that happened: the day, who did it, and what.
    """
    for line in timeline(desk.history(case)):
        if line.kind not in NOT_TOLD:
            yield f"{line.on}  {line.actor.id:<12}  {line.text}"


def most_eventful(desk: CaseDesk) -> Case | None:
    """
    Return the case with the most kinds of facts in its record, the first by id among equals.
    """
    cases = every(desk.cases, open_only=False)
    return max(cases, key=lambda case: len({entry.header.kind for entry in desk.history(case)}), default=None)
