"""
Perform acts: decide, check the season, number the facts, fold them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import ClassVar

import attrs

from overdue_visit.case.act import Act, CaseIsClosed, Situation, in_season
from overdue_visit.case.case import Case
from overdue_visit.case.header import Entry, Fact, Header
from overdue_visit.errors import NotAllowed
from overdue_visit.lifecycle import MOVING


@attrs.frozen(kw_only=True)
class Command:
    """What the headers of one command's facts share."""

    key: str | None = None
    correlation: str | None = None
    mark: str | None = None


@attrs.frozen
class ReadOnlyCase(NotAllowed):
    """The record holds facts of a newer version of the library."""

    code: ClassVar[str] = "read_only_case"

    case_id: str
    kinds: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.case_id}: holds facts unknown to this version ({', '.join(self.kinds)}); upgrade to change it"


def perform(case: Case, acts: Sequence[Act], situation: Situation, command: Command) -> tuple[Case, tuple[Entry, ...]]:
    """
    Perform acts one after the other; all or none.

    Returns:
        The case after them, and the facts to record, in order.

    Raises:
        NotAllowed: If the case is closed, holds unknown facts, or an act is refused.
        InvalidValue: If an act is malformed.
    """
    entries: list[Entry] = []
    for act in acts:
        if not case.open:
            raise CaseIsClosed(case.id, str(case.upkeep.close_reason))
        if case.unknown:
            raise ReadOnlyCase(case.id, case.unknown)
        facts = list(act.decide(case, situation))
        happened = situation.happened(getattr(act, "at", None))
        for index, fact in enumerate(facts):
            _in_season(case, act, fact)
            cause = entries[-index].header.sequence if index else None
            entry = Entry(_header(case, fact, situation, command, at=happened, cause=cause), fact)
            case = case.after(entry)
            entries.append(entry)
    return case, tuple(entries)


def record(case: Case, facts: Iterable[Fact], situation: Situation, command: Command) -> tuple[Case, tuple[Entry, ...]]:
    """
    Fold facts that an observation yielded onto an open case.
    """
    entries: list[Entry] = []
    for fact in facts:
        entry = Entry(_header(case, fact, situation, command, at=situation.at, cause=None), fact)
        case = case.after(entry)
        entries.append(entry)
    return case, tuple(entries)


def _in_season(case: Case, act: Act, fact: Fact) -> None:
    if fact.kind in MOVING and not act.records:
        in_season(case.id, case.state, fact.kind)


def _header(
    case: Case, fact: Fact, situation: Situation, command: Command, *, at: dt.datetime, cause: int | None
) -> Header:
    same = at is situation.at
    return Header(
        tenant=case.tenant,
        case=case.id,
        sequence=case.version + 1,
        kind=fact.kind,
        version=fact.version,
        at=at,
        recorded_at=situation.at,
        on=situation.on if same else situation.day(at),
        actor=situation.actor,
        key=command.key,
        correlation=command.correlation,
        causation=cause,
        policy=situation.policy.digest,
        mark=command.mark,
    )
