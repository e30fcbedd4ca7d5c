"""
Observe loans: what the ledger says becomes facts of the case, or opens one.
"""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

import attrs

from overdue_visit.case.case import Case
from overdue_visit.case.header import Entry, Header
from overdue_visit.case.judgement import judge
from overdue_visit.case.observation import CaseOpened
from overdue_visit.case.observing import differences, opening
from overdue_visit.case.perform import Command, ReadOnlyCase, record
from overdue_visit.desk.settings import Settings
from overdue_visit.desk.unit import change, opened, situation
from overdue_visit.errors import InvalidValue, NotAllowed
from overdue_visit.loan import Loan
from overdue_visit.record.change import CaseChange, CaseRow


@attrs.frozen
class ObservedBackwards(NotAllowed):
    """The case has already seen a later business date: a ledger is observed forward, backdated entries included."""

    code: ClassVar[str] = "observed_backwards"

    case_id: str
    on: dt.date
    seen_on: dt.date

    def __str__(self) -> str:
        return (
            f"{self.case_id}: observed through {self.seen_on} already; observe on that day or later, not on {self.on}"
        )


@attrs.frozen(kw_only=True)
class Observed:
    """What observing a loan led to: the case, if there is one, and the change to save, if anything differs."""

    case: Case | None
    head: bytes = b""
    """Digest of the case's last fact, the new ones included."""
    change: CaseChange | None = None


def observe(settings: Settings, loan: Loan, row: CaseRow | None, on: dt.date) -> Observed:
    """
    Judge a loan and return what differs from what its case holds; nothing is saved.

    Args:
        row: The loan's latest case as stored, open or not; None if it never had one.

    Raises:
        InvalidValue: If *loan* is not a loan.
        ObservedBackwards: If the case has seen a later business date.
        ReadOnlyCase: If the case holds facts of a newer version of the library.
    """
    if not isinstance(loan, Loan):
        raise InvalidValue("loan", loan, "a Loan")
    if row is None or not row.is_open:
        return _open(settings, loan, episode=1 if row is None else row.episode + 1, on=on)
    loaded = opened(settings, row)
    case = loaded.case
    if case.unknown:
        raise ReadOnlyCase(case.id, case.unknown)
    if on < case.observation.seen_on:
        raise ObservedBackwards(case.id, on, case.observation.seen_on)
    judgement = judge(loan, case, settings.policy, on)
    facts = tuple(differences(case, judgement, settings.policy))
    if not facts:
        return Observed(case=case, head=loaded.head)
    now = situation(settings, on=on)
    case, entries = record(case, facts, now, Command(mark=loan.mark))
    changed = change(settings, case, entries, before=loaded, on=on)
    return Observed(case=case, head=changed.row.head, change=changed)


def _open(settings: Settings, loan: Loan, *, episode: int, on: dt.date) -> Observed:
    judgement = judge(loan, None, settings.policy, on)
    fact = opening(loan, judgement, settings.policy, episode=episode)
    if fact is None:
        return Observed(case=None)
    now = situation(settings, on=on)
    header = Header(
        tenant=settings.tenant,
        case=f"{loan.id}/{episode}",
        sequence=1,
        kind=CaseOpened.kind,
        version=CaseOpened.version,
        at=now.at,
        recorded_at=now.at,
        on=on,
        actor=settings.actor,
        policy=settings.policy.digest,
        mark=loan.mark,
    )
    entry = Entry(header, fact)
    case = Case.opened(entry)
    if judgement.mismatch is None:
        entries: tuple[Entry, ...] = (entry,)
    else:
        case, more = record(case, differences(case, judgement, settings.policy), now, Command(mark=loan.mark))
        entries = (entry, *more)
    changed = change(settings, case, entries, before=None, on=on)
    return Observed(case=case, head=changed.row.head, change=changed)
