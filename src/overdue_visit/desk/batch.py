"""
Many commands at once: the good ones are saved together, the refused ones are listed.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping, Sequence
from typing import cast

import attrs

from overdue_visit.case.act import Act
from overdue_visit.case.case import Case
from overdue_visit.desk.doing import Outcome, again, checked, decide
from overdue_visit.desk.settings import Settings
from overdue_visit.desk.unit import UnknownCase, load, load_together
from overdue_visit.errors import InvalidValue, NotAllowed
from overdue_visit.ports.store import ConcurrentUpdate
from overdue_visit.record.change import CaseChange

BATCH = 200
"""Changes saved in one go."""

Refusal = NotAllowed | InvalidValue
Pair = tuple[Case | str, Act | Sequence[Act]]


@attrs.frozen(kw_only=True)
class Batch:
    """What became of many commands."""

    done: tuple[Outcome, ...]
    """In the order given, refused ones left out."""
    refused: tuple[tuple[int, str, Refusal], ...]
    """Place in what was given (from 0), case and refusal."""


def case_id(case: Case | str, tenant: str) -> str:
    """
    Return the id of a case given as a case or an id.

    Raises:
        InvalidValue: If it is neither.
        UnknownCase: If it is the case of another tenant, which may have the same id.
    """
    if isinstance(case, Case):
        if case.tenant != tenant:
            raise UnknownCase("case", case.id, f"a case of {tenant}, not of another tenant")
        return case.id
    if isinstance(case, str) and case:
        return case
    raise InvalidValue("case", case, "a Case, or the id of one such as 'ke-001/1'")


def do_many(settings: Settings, pairs: Iterable[Pair]) -> Batch:
    """
    Perform each command; those that are refused are listed and the others go on.
    """
    run = _Run(settings)
    numbered = enumerate(pairs)
    while part := tuple(itertools.islice(numbered, BATCH)):
        run.take(part)
    return Batch(
        done=tuple(run.done[place] for place in sorted(run.done)), refused=tuple(sorted(run.refused, key=_place))
    )


def _listed(acts: Act | Sequence[Act]) -> tuple[Act, ...]:
    # Asked by name: a runtime check of the Protocol costs more than loading the case.
    return (cast("Act", acts),) if hasattr(acts, "decide") else tuple(acts)


def _place(row: tuple[int, str, Refusal]) -> int:
    return row[0]


@attrs.frozen
class _Asked:
    place: int
    case_id: str
    acts: tuple[Act, ...]


@attrs.frozen
class _Waiting:
    asked: _Asked
    change: CaseChange
    outcome: Outcome


class _Run:
    """Commands decided and saved together, and what became of them."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.done: dict[int, Outcome] = {}
        self.refused: list[tuple[int, str, Refusal]] = []

    def take(self, part: Sequence[tuple[int, Pair]]) -> None:
        """Decide commands on what is stored and save them; a case's second, on what came of its first."""
        asked: dict[str, _Asked] = {}
        for place, (case, acts) in part:
            try:
                wanted, listed = case_id(case, self.settings.tenant), _listed(acts)
                checked(listed)
            except (NotAllowed, InvalidValue) as refusal:
                self.refused.append((place, str(getattr(case, "id", case)), refusal))
                continue
            if wanted in asked:
                self._decide(asked)
                asked = {}
            asked[wanted] = _Asked(place, wanted, listed)
        self._decide(asked)

    def _decide(self, asked: Mapping[str, _Asked]) -> None:
        waiting: list[_Waiting] = []
        contacted: set[str | None] = set()
        give = load_together(self.settings, tuple(asked))
        for each in asked.values():
            try:
                loaded = give(each.case_id)
                if loaded.case.party in contacted:
                    # Another case of the batch wrote contacts with this party, and the gate counts them.
                    self._save(waiting)
                    waiting, loaded = [], load(self.settings, each.case_id)
                change, outcome = decide(self.settings, loaded, each.acts)
            except (NotAllowed, InvalidValue) as refusal:
                self.refused.append((each.place, each.case_id, refusal))
            else:
                waiting.append(_Waiting(each, change, outcome))
                contacted.update(contact.party for contact in change.contacts)
        self._save(waiting)

    def _save(self, waiting: Sequence[_Waiting]) -> None:
        # When somebody else was faster, each is decided again on its own.
        try:
            self.settings.store.save([each.change for each in waiting])
        except ConcurrentUpdate:
            if self.settings.in_transaction:
                raise
            for each in waiting:
                self._alone(each.asked)
        else:
            self.done.update({each.asked.place: each.outcome for each in waiting})

    def _alone(self, asked: _Asked) -> None:
        def attempt() -> Outcome:
            change, outcome = decide(self.settings, load(self.settings, asked.case_id), asked.acts)
            self.settings.store.save((change,))
            return outcome

        try:
            self.done[asked.place] = again(self.settings, attempt)
        except (NotAllowed, InvalidValue) as refusal:
            self.refused.append((asked.place, asked.case_id, refusal))
