"""
Many commands at once: the good ones are saved together, the refused ones are listed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import cast

import attrs

from overdue_visit.case.act import Act
from overdue_visit.case.case import Case
from overdue_visit.desk.doing import Outcome, again, checked, decide
from overdue_visit.desk.settings import Settings
from overdue_visit.desk.unit import UnknownCase, load
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
    for place, (case, acts) in enumerate(pairs):
        run.take(place, case, _listed(acts))
    run.flush()
    return Batch(
        done=tuple(run.done[place] for place in sorted(run.done)), refused=tuple(sorted(run.refused, key=_place))
    )


def _listed(acts: Act | Sequence[Act]) -> tuple[Act, ...]:
    # Asked by name: a runtime check of the Protocol costs more than loading the case.
    return (cast("Act", acts),) if hasattr(acts, "decide") else tuple(acts)


def _place(row: tuple[int, str, Refusal]) -> int:
    return row[0]


@attrs.frozen
class _Waiting:
    place: int
    acts: tuple[Act, ...]
    change: CaseChange
    outcome: Outcome


class _Run:
    """Commands decided and waiting to be saved together, by case."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.done: dict[int, Outcome] = {}
        self.refused: list[tuple[int, str, Refusal]] = []
        self._waiting: dict[str, _Waiting] = {}

    def take(self, place: int, case: Case | str, acts: tuple[Act, ...]) -> None:
        """Decide one command on what is stored."""
        try:
            wanted = case_id(case, self.settings.tenant)
            checked(acts)
            if wanted in self._waiting or len(self._waiting) >= BATCH:
                self.flush()
            change, outcome = decide(self.settings, load(self.settings, wanted), acts)
        except (NotAllowed, InvalidValue) as refusal:
            self.refused.append((place, str(getattr(case, "id", case)), refusal))
            return
        self._waiting[wanted] = _Waiting(place, acts, change, outcome)

    def flush(self) -> None:
        """Save what waits; when somebody else was faster, each is decided again on its own."""
        waiting, self._waiting = self._waiting, {}
        if not waiting:
            return
        try:
            self.settings.store.save([each.change for each in waiting.values()])
        except ConcurrentUpdate:
            if self.settings.in_transaction:
                raise
            for wanted, each in waiting.items():
                self._alone(wanted, each)
        else:
            self.done.update({each.place: each.outcome for each in waiting.values()})

    def _alone(self, wanted: str, waiting: _Waiting) -> None:
        def attempt() -> Outcome:
            change, outcome = decide(self.settings, load(self.settings, wanted), waiting.acts)
            self.settings.store.save((change,))
            return outcome

        try:
            self.done[waiting.place] = again(self.settings, attempt)
        except (NotAllowed, InvalidValue) as refusal:
            self.refused.append((waiting.place, wanted, refusal))
