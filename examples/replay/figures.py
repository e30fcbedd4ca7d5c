"""
What became of a book: the figures that a manager asks for, counted from the record.
"""

from __future__ import annotations

import datetime as dt
import statistics
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

import attrs

from overdue_visit import AgeingConvention, Case, CaseDesk, Loan, LoanStatus, Money, measure
from overdue_visit.case.header import Fact
from overdue_visit.case.notices import NoticeFailed, NoticeOutcomeUnknown, NoticeQueued, NoticeSent, NoticeWithheld
from overdue_visit.case.observation import Relapsed
from overdue_visit.case.plans import PlanInstalmentJudged
from overdue_visit.case.talks import Assessed, TalkHeld
from overdue_visit.ports.loan_book import BadRow
from overdue_visit.visit import Purpose
from replay.pages import every

GONE = (LoanStatus.WRITTEN_OFF, LoanStatus.SOLD, LoanStatus.SETTLED)
"""Loans that nobody waits for any more."""

OUTCOMES: dict[type[NoticeSent | NoticeFailed | NoticeWithheld | NoticeOutcomeUnknown], str] = {
    NoticeSent: "sent",
    NoticeFailed: "failed",
    NoticeWithheld: "withheld",
    NoticeOutcomeUnknown: "in doubt",
}
"""How a notice may end."""


@attrs.frozen(kw_only=True)
class Arrears:
    """What was past due in the whole book at the end of a day."""

    on: dt.date
    loans: int
    total: tuple[Money, ...]
    """One amount for each currency of the book."""


@attrs.frozen(kw_only=True)
class Figures:
    """A replay in numbers."""

    days: int
    first: dt.date
    last: dt.date
    loans: int
    opened: int
    loans_with_case: int
    states: dict[str, int]
    """Cases that are still open, by state."""
    closed: dict[str, int]
    """Cases that are over, by reason."""
    arrears: tuple[Arrears, ...]
    """At the end of each month, and of the last day."""
    first_visit_days: tuple[int, ...]
    """Days past due at the first talk of each case that had one."""
    facts: dict[str, int]
    """How often each kind of fact was recorded."""
    relapses: dict[str, int]
    """By cause."""
    instalments: dict[str, int]
    """Instalments of plans, by their latest outcome."""
    running: int
    """Plans that still run."""
    notices: dict[str, dict[str, int]]
    """By kind and outcome; what is still queued is "waiting"."""
    reasons: dict[str, int]
    """Why households fell behind, by the first talk of each case."""
    bad_rows: tuple[str, ...]

    def count(self, kind: str) -> int:
        """
        Return how often a kind of fact was recorded.
        """
        return self.facts.get(kind, 0)

    @property
    def median_visit_day(self) -> float | None:
        """The median of the days past due at the first talk."""
        return statistics.median(self.first_visit_days) if self.first_visit_days else None


def count(desk: CaseDesk, loans: Sequence[Loan], bad_rows: Iterable[BadRow], days: Sequence[dt.date]) -> Figures:
    """
    Count everything from the record of all cases, and the arrears from the book, by the desk's ageing convention.
    """
    tally = _Tally(desk)
    for case in every(desk.cases, open_only=False):
        tally.take(case)
    return Figures(
        days=len(days),
        first=days[0],
        last=days[-1],
        loans=len(loans),
        opened=tally.facts["case_opened"],
        loans_with_case=len(tally.loans),
        states=dict(tally.states),
        closed=dict(tally.closed),
        arrears=tuple(_arrears(loans, day, desk.settings.policy.ageing) for day in _month_ends(days)),
        first_visit_days=tuple(sorted(tally.first_visit_days)),
        facts=dict(sorted(tally.facts.items())),
        relapses=dict(tally.relapses),
        instalments=dict(tally.instalments),
        running=tally.running,
        notices={kind: dict(outcomes) for kind, outcomes in sorted(tally.notices.items())},
        reasons=dict(tally.reasons.most_common()),
        bad_rows=tuple(str(row) for row in bad_rows),
    )


class _Tally:
    """Counters that the record of each case adds to."""

    def __init__(self, desk: CaseDesk) -> None:
        self.desk = desk
        self.loans: set[str] = set()
        self.facts: Counter[str] = Counter()
        self.states: Counter[str] = Counter()
        self.closed: Counter[str] = Counter()
        self.relapses: Counter[str] = Counter()
        self.instalments: Counter[str] = Counter()
        self.reasons: Counter[str] = Counter()
        self.notices: dict[str, Counter[str]] = {}
        self.first_visit_days: list[int] = []
        self.running = 0

    def take(self, case: Case) -> None:
        """
        Add one case.
        """
        self.loans.add(case.loan_id)
        if case.upkeep.close_reason is None:
            self.states[case.state] += 1
        else:
            self.closed[case.upkeep.close_reason] += 1
        self.running += case.plans.running is not None
        facts = [entry.fact for entry in self.desk.history(case)]
        self.facts.update(fact.kind for fact in facts)
        self.relapses.update(fact.cause.value for fact in facts if isinstance(fact, Relapsed))
        self.reasons.update([fact.reason for fact in facts if isinstance(fact, Assessed)][:1])
        talks = [fact for fact in facts if isinstance(fact, TalkHeld) and fact.purpose is Purpose.VERIFY]
        self.first_visit_days += [talk.days_past_due for talk in talks[:1]]
        judged = [fact for fact in facts if isinstance(fact, PlanInstalmentJudged)]
        self.instalments.update({(each.plan, each.number): each.outcome.value for each in judged}.values())
        self._take_notices(facts)

    def _take_notices(self, facts: Sequence[Fact]) -> None:
        # A notice goes by the number of the fact that queued it.
        kinds = {number: fact.notice.value for number, fact in enumerate(facts, 1) if isinstance(fact, NoticeQueued)}
        settled = {fact.notice: outcome for fact in facts for of, outcome in OUTCOMES.items() if isinstance(fact, of)}
        for number, kind in kinds.items():
            self.notices.setdefault(kind, Counter())[settled.get(number, "waiting")] += 1


def _month_ends(days: Sequence[dt.date]) -> Iterator[dt.date]:
    for day, following in zip(days, [*days[1:], None], strict=True):
        if following is None or (following.year, following.month) != (day.year, day.month):
            yield day


def _arrears(loans: Iterable[Loan], day: dt.date, convention: AgeingConvention) -> Arrears:
    late: dict[str, Money] = {}
    count = 0
    for loan in loans:
        if loan.status_at(day) in GONE:
            continue
        found = measure(loan.known_at(day), on=day, convention=convention)
        count += found.is_past_due
        late[loan.currency] = late.get(loan.currency, Money.zero(loan.currency)) + found.total
    return Arrears(on=day, loans=count, total=tuple(late[currency] for currency in sorted(late)))
