"""
Close of business: observe every loan that may need a look, then do the notices that need nobody.

Running it twice for one day changes nothing the second time; a day that was missed is made up for by the next run.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Executor
from typing import ClassVar

import attrs

from overdue_visit.case.acts.notices import SendNotice, SkipNotice
from overdue_visit.desk.doing import decide
from overdue_visit.desk.settings import Reopen, Settings
from overdue_visit.desk.unit import Loaded, situation
from overdue_visit.desk.watching import Observed, observe
from overdue_visit.errors import InvalidValue, NotAllowed
from overdue_visit.instants import plain_date
from overdue_visit.next_steps import next_steps
from overdue_visit.party.actor import Actor
from overdue_visit.ports.loan_book import BadRow, LoanBook
from overdue_visit.ports.store import ConcurrentUpdate
from overdue_visit.record.change import CaseChange
from overdue_visit.record.codec import RecordDamaged

BATCH = 200
"""Changes saved in one go."""
PARTS = 8
"""Parts of a book that an executor's workers look at."""

Progress = Callable[[int], None]
"""Called with the number of loans looked at so far."""


@attrs.frozen(kw_only=True)
class Report:
    """What a run saw and did."""

    on: dt.date
    looked_at: int
    facts: Mapping[str, int] = attrs.field(hash=False)
    """Recorded facts by kind."""
    opened: tuple[str, ...]
    refused: tuple[tuple[str, str], ...]
    """Loans that could not be observed, and why."""
    bad_rows: tuple[BadRow, ...]
    """Rows that the book could not read; their loans were left out."""
    dry_run: bool = False

    def __str__(self) -> str:
        facts = ", ".join(f"{kind.replace('_', ' ')}: {count}" for kind, count in sorted(self.facts.items()))
        lines = [f"{self.on}: loans looked at: {self.looked_at}; {facts or 'nothing to record'}"]
        if self.dry_run:
            lines[0] += " (dry run: nothing was saved)"
        lines += [f"  refused: {loan}: {why}" for loan, why in self.refused]
        lines += [f"  bad row: {row}" for row in self.bad_rows]
        return "\n".join(lines)


@attrs.frozen
class RunDateInFuture(NotAllowed):
    """A run is for a business date that has come."""

    code: ClassVar[str] = "run_date_in_future"

    on: dt.date
    today: dt.date

    def __str__(self) -> str:
        return f"a run for {self.on} on {self.today}: run for today or an earlier business date"


def close_of_business(
    settings: Settings,
    book: LoanBook,
    *,
    on: dt.date | None = None,
    dry_run: bool = False,
    executor: Executor | None = None,
    progress: Progress | None = None,
) -> Report:
    """
    Run the night for a business date.

    Args:
        on: The business date; the lender's calendar day when left out.

        dry_run: Decide everything and save nothing.

        executor: Any PEP 3148 executor: the book is looked at in parts, each on a desk that the worker opens itself.

        progress: Called now and then with the number of loans looked at.

    Raises:
        RunDateInFuture: If *on* has not come yet.
        InvalidValue: If *executor* is given and workers could not open this desk's store.
    """
    today = settings.today()
    day = today if on is None else plain_date(on)
    if day > today:
        raise RunDateInFuture(day, today)
    run = _Run(settings, book, day, dry_run=dry_run)
    named = set()
    if executor is None:
        for loan_id in book.candidates(day):
            named.add(loan_id)
            run.look(loan_id, progress)
    else:
        named.update(book.candidates(day))
        for part in _in_parts(settings, book, day, executor, dry_run=dry_run):
            run.take(part, progress)
    for loan_id in _of_open_cases(settings):
        if loan_id not in named:
            run.look(loan_id, progress)
    run.flush()
    return run.report()


def _in_parts(settings: Settings, book: LoanBook, on: dt.date, executor: Executor, *, dry_run: bool) -> list[Report]:
    if settings.reopen is None or settings.in_transaction:
        raise InvalidValue("executor", executor, "no executor: workers open a desk by its url, and this one has none")
    jobs = [
        executor.submit(_part, settings.reopen, settings.actor, book, on=on, partition=(index, PARTS), dry_run=dry_run)
        for index in range(PARTS)
    ]
    return [job.result() for job in jobs]


def _part(
    reopen: Reopen, actor: Actor, book: LoanBook, *, on: dt.date, partition: tuple[int, int], dry_run: bool
) -> Report:
    """
    Look at one part of a book in a worker; doing a part again changes nothing.
    """
    settings = attrs.evolve(reopen(), actor=actor)
    try:
        run = _Run(settings, book, on, dry_run=dry_run)
        for loan_id in book.candidates(on, partition=partition):
            run.look(loan_id)
        run.flush()
        return run.report()
    finally:
        settings.store.close()


def _of_open_cases(settings: Settings) -> Iterator[str]:
    """
    Yield the loans of all open cases.

    Those that the book does not name are paid up by its word. They are looked at all the same: the payment may be dated
    on a day whose run was missed, or have come late, and then no later day would bring it up.
    """
    after: str | None = None
    while True:
        rows = settings.store.cases(settings.tenant, after=after, limit=BATCH)
        yield from (row.loan_id for row in rows)
        if len(rows) < BATCH:
            return
        after = rows[-1].case_id


class _Run:
    """One night: changes wait here until they are saved together."""

    def __init__(self, settings: Settings, book: LoanBook, on: dt.date, *, dry_run: bool) -> None:
        self.settings = settings
        self.book = book
        self.on = on
        self.dry_run = dry_run
        self.looked_at = 0
        self.facts: Counter[str] = Counter()
        self.opened: list[str] = []
        self.refused: dict[str, str] = {}
        self._waiting: list[tuple[str, CaseChange]] = []

    def take(self, part: Report, progress: Progress | None) -> None:
        """Add what a worker saw and did."""
        self.looked_at += part.looked_at
        self.facts.update(part.facts)
        self.opened += part.opened
        self.refused.update(part.refused)
        if progress is not None:
            progress(self.looked_at)

    def look(self, loan_id: str, progress: Progress | None = None) -> None:
        """Decide one loan; a refusal is listed and the others go on."""
        self.looked_at += 1
        if progress is not None:
            progress(self.looked_at)
        change = self._decided(loan_id)
        if change is not None:
            self._waiting.append((loan_id, change))
        if len(self._waiting) >= BATCH:
            self.flush()

    def flush(self) -> None:
        """Save what waits; a case that somebody else changed meanwhile is decided again, alone."""
        waiting, self._waiting = self._waiting, []
        if not waiting:
            return
        if self.dry_run:
            self._count(change for _, change in waiting)
            return
        try:
            self.settings.store.save([change for _, change in waiting])
        except ConcurrentUpdate:
            if self.settings.in_transaction:
                raise
            for loan_id, _ in waiting:
                self._alone(loan_id)
        else:
            self._count(change for _, change in waiting)

    def _alone(self, loan_id: str) -> None:
        for _ in range(3):
            change = self._decided(loan_id)
            if change is None:
                return
            try:
                self.settings.store.save((change,))
            except ConcurrentUpdate as conflict:
                last = str(conflict)
            else:
                self._count((change,))
                return
        self.refused[loan_id] = last

    def _decided(self, loan_id: str) -> CaseChange | None:
        self.refused.pop(loan_id, None)
        try:
            loan = self.book.loan(loan_id, known_at=self.on)
            row = self.settings.store.latest_case(self.settings.tenant, loan_id)
            observed = observe(self.settings, loan, row, self.on)
        except (NotAllowed, InvalidValue, RecordDamaged) as refusal:
            self.refused[loan_id] = str(refusal)
            return None
        try:
            return self._with_notices(observed)
        except (NotAllowed, InvalidValue) as refusal:
            self.refused[loan_id] = str(refusal)
            return observed.change

    def _with_notices(self, observed: Observed) -> CaseChange | None:
        """Add the notices that the policy sends by itself to what was observed, as one change."""
        case, before = observed.case, observed.change
        if case is None or not case.open:
            return before
        acts = [
            step.act
            for step in next_steps(case, self.settings.policy, self.on)
            if isinstance(step.act, SendNotice | SkipNotice) and step.act.kind in self.settings.policy.notices.automatic
        ]
        if not acts:
            return before
        now = situation(self.settings, on=self.on)
        decided, _ = decide(self.settings, Loaded(case=case, head=observed.head), acts, circumstances=now)
        return decided if before is None else _joined(before, decided)

    def _count(self, changes: Iterator[CaseChange] | tuple[CaseChange, ...]) -> None:
        for change in changes:
            self.facts.update(fact.kind for fact in change.facts)
            if change.expected == 0:
                self.opened.append(change.row.case_id)

    def report(self) -> Report:
        """Return what was seen and done."""
        return Report(
            on=self.on,
            looked_at=self.looked_at,
            facts=dict(self.facts),
            opened=tuple(self.opened),
            refused=tuple(self.refused.items()),
            bad_rows=tuple(self.book.problems),
            dry_run=self.dry_run,
        )


def _joined(first: CaseChange, second: CaseChange) -> CaseChange:
    messages = {row.message_id: row for row in (*first.messages, *second.messages)}
    contacts = {row.contact_id: row for row in (*first.contacts, *second.contacts)}
    return attrs.evolve(
        second,
        expected=first.expected,
        facts=(*first.facts, *second.facts),
        messages=tuple(messages.values()),
        contacts=tuple(contacts.values()),
    )
