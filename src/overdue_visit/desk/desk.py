"""
The desk: the dozen methods through which everything is done and asked.
"""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterable
from concurrent.futures import Executor
from types import TracebackType
from typing import Self

import attrs

from overdue_visit.case.act import Act
from overdue_visit.case.case import Case
from overdue_visit.case.header import Entry
from overdue_visit.case.proposals import propose
from overdue_visit.desk import close_of_business as night
from overdue_visit.desk import doing, keeping, queries
from overdue_visit.desk.batch import Batch, Pair, case_id, do_many
from overdue_visit.desk.doing import Outcome
from overdue_visit.desk.queries import Page
from overdue_visit.desk.relay import RelayReport, relay
from overdue_visit.desk.settings import Settings
from overdue_visit.desk.unit import load
from overdue_visit.desk.watching import observe
from overdue_visit.errors import InvalidValue
from overdue_visit.instants import plain_date
from overdue_visit.loan import Loan
from overdue_visit.next_steps import Explanation, Step, explain
from overdue_visit.party.actor import Actor
from overdue_visit.plan import Offers
from overdue_visit.ports.loan_book import LoanBook
from overdue_visit.ports.notary import Notary
from overdue_visit.ports.store import TransactionNotUsable
from overdue_visit.record.chain import BrokenLink
from overdue_visit.record.seal import Deposit, Tampering


class CaseDesk:
    """
    Where cases are worked on: observe loans, do acts, see what is due.

    Open one with `overdue_visit.open_desk`. A desk may be used by several threads; worker processes open their own
    from the url.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def __repr__(self) -> str:
        return f"<CaseDesk of {self._settings.tenant} for {self._settings.actor}>"

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def settings(self) -> Settings:
        """What this desk works with."""
        return self._settings

    def close(self) -> None:
        """
        Close the store; a desk inside the host's transaction leaves that to the host.
        """
        if not self._settings.in_transaction:
            self._settings.store.close()

    def by(self, actor: Actor | str) -> CaseDesk:
        """
        Return this desk with somebody else acting: ``desk.by("officer:7")``.

        Raises:
            InvalidValue: If the actor's id is empty.
        """
        acting = actor if isinstance(actor, Actor) else Actor(actor)
        return CaseDesk(attrs.evolve(self._settings, actor=acting))

    def within(self, transaction: object) -> CaseDesk:
        """
        Return this desk working inside the host's open transaction.

        It writes under a SAVEPOINT and never commits, rolls back, retries or sends: what the host rolls back never
        happened.

        Raises:
            NoOpenTransaction: If the transaction is not open.
            TransactionNotUsable: If the store cannot work inside it.
        """
        store = self._settings.store.within(transaction)
        return CaseDesk(attrs.evolve(self._settings, store=store, in_transaction=True))

    def observe(self, loan: Loan, *, on: dt.date | None = None) -> Case | None:
        """
        Look at a loan: open a case if it fell behind, and record what changed; the same ledger twice records nothing.

        Args:
            on: The ledger's business date; the lender's calendar day when left out.

        Returns:
            The loan's case, or None if it has none and needs none.

        Raises:
            InvalidValue: If *loan* is not a loan or *on* is not a date.
            ObservedBackwards: If its case has seen a later business date.
            ConcurrentUpdate: If others were faster three times.
        """
        day = self._day(on)
        settings = self._settings
        if not isinstance(loan, Loan):
            raise InvalidValue("loan", loan, "a Loan")

        def attempt() -> Case | None:
            row = settings.store.latest_case(settings.tenant, loan.id)
            observed = observe(settings, loan, row, day)
            if observed.change is not None:
                settings.store.save((observed.change,))
            return observed.case

        return doing.again(settings, attempt)

    def do(self, case: Case | str, *acts: Act, key: str | None = None, expect: int | None = None) -> Outcome:
        """
        Perform acts on the latest version of a case, all or none, as one change.

        Args:
            key: Idempotency key: the same key with the same acts returns the stored outcome.

            expect: Version that the case must have, for screens; without it the acts are decided on the latest.

        Raises:
            NotAllowed: If the rules refuse; nothing changed.
            InvalidValue: If an act or the case is malformed or unknown.
            KeyReused: If *key* was used for other acts.
            ConcurrentUpdate: If the case is not at *expect*, or others were faster three times.
        """
        return doing.do(self._settings, self._id(case), acts, key=key, expect=expect)

    def do_many(self, pairs: Iterable[Pair]) -> Batch:
        """
        Perform many commands, each a case with one or more acts: the good ones are saved, the refused ones listed.
        """
        return do_many(self._settings, pairs)

    def proposals(self, case: Case | str, *, on: dt.date | None = None) -> Offers:
        """
        Return plans that fit the household, best first, or what is missing for one.

        Raises:
            NothingToPlan: If nothing is past due.
        """
        return propose(self.case(case), self._settings.policy, self._day(on))

    def worklist(
        self, *, on: dt.date | None = None, officer: str | None = None, after: str | None = None, limit: int = 1000
    ) -> Page[Step]:
        """
        Return what is due by a day, by case.

        Args:
            on: The lender's calendar day when left out.

            officer: Only cases assigned to this officer.

            after: *after* of the page before.

            limit: How many cases a page looks at.
        """
        return queries.worklist(self._settings, on=self._day(on), officer=officer, after=after, limit=limit)

    def explain(self, case: Case | str, *, on: dt.date | None = None) -> Explanation:
        """
        Explain a case on a day: its state, by which rule, what is due, and what would change it.
        """
        return explain(self.case(case), self._settings.policy, self._day(on))

    def close_of_business(
        self,
        book: LoanBook | str | os.PathLike[str],
        *,
        on: dt.date | None = None,
        dry_run: bool = False,
        executor: Executor | None = None,
        progress: night.Progress | None = None,
    ) -> night.Report:
        """
        Observe every loan that may need a look, then queue the notices that need nobody.

        Running it twice for one day changes nothing; a missed day is made up for by the next run.

        Args:
            book: A loan book, or the path of one.

            on: The business date; the lender's calendar day when left out.

            dry_run: Decide everything and save nothing.

            executor: Any PEP 3148 executor, such as a ``ProcessPoolExecutor``; its workers open the desk by its url.

            progress: Called with the number of loans looked at so far.

        Raises:
            InvalidValue: If the book cannot be read as one.
            RunDateInFuture: If *on* has not come yet.
        """
        opened = self._settings.open_book(book) if isinstance(book, str | os.PathLike) else book
        if not callable(getattr(opened, "candidates", None)):
            raise InvalidValue("book", opened, "the path of a loan book, or one such as MemoryLoanBook of your loans")
        return night.close_of_business(
            self._settings, opened, on=on, dry_run=dry_run, executor=executor, progress=progress
        )

    def relay(self, limit: int | None = None) -> RelayReport:
        """
        Send the notices that are due and write down what became of each.

        Args:
            limit: At most so many; all that are due when left out.

        Raises:
            TransactionNotUsable: If called inside the host's transaction: nothing is sent before the host commits.
        """
        if self._settings.in_transaction:
            raise TransactionNotUsable("relay", "sends nothing inside the host's transaction; relay after it committed")
        return relay(self._settings, limit)

    def case(self, case: Case | str) -> Case:
        """
        Return the latest version of a case.

        Raises:
            UnknownCase: If the tenant has no such case.
        """
        return load(self._settings, self._id(case)).case

    def cases(self, *, open_only: bool = True, after: str | None = None, limit: int = 1000) -> Page[Case]:
        """
        Return the tenant's cases by id.

        Args:
            open_only: Leave out those that are over.

            after: *after* of the page before.
        """
        return queries.cases(self._settings, open_only=open_only, after=after, limit=limit)

    def history(self, case: Case | str) -> tuple[Entry, ...]:
        """
        Return a case's record in sequence, with the private values that were not erased.
        """
        return queries.history(self._settings, self._id(case))

    def as_known(self, case: Case | str, day: dt.date) -> Case:
        """
        Return a case as it was known at the end of a day.
        """
        return queries.as_known(self._settings, self._id(case), plain_date(day, field="day"))

    def verify(self, case: Case | str) -> BrokenLink | None:
        """
        Check the chain of a case's record; None when it is whole.
        """
        return keeping.verify(self._settings, self._id(case))

    def seal(self, notary: Notary) -> Deposit:
        """
        Deposit the heads of all cases with a notary.
        """
        return keeping.seal(self._settings, notary)

    def tampering(self, notary: Notary) -> tuple[Tampering, ...]:
        """
        Compare the store with every deposit of a notary; empty when all is well.
        """
        return keeping.tampering(self._settings, notary)

    def erase(self, party: str) -> int:
        """
        Erase a party across its closed cases; facts and their chain stay, holding only commitments.

        Returns:
            How many private values were deleted.

        Raises:
            PartyHasOpenCases: If a case of the party is still open.
        """
        return keeping.erase(self._settings, party)

    def _id(self, case: Case | str) -> str:
        return case_id(case, self._settings.tenant)

    def _day(self, on: dt.date | None) -> dt.date:
        return self._settings.today() if on is None else plain_date(on)
