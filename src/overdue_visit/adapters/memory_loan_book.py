"""
A loan book in memory: for tests, and for hosts that have their loans at hand.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Iterator

import attrs

from overdue_visit.adapters import screening
from overdue_visit.loan import Loan
from overdue_visit.ports.loan_book import BadRow, DuplicateLoan, UnknownLoan


class MemoryLoanBook:
    """
    Holds loans, and remembers at which of its marks each one changed.

    Raises:
        DuplicateLoan: If two loans have one id.
    """

    def __init__(self, loans: Iterable[Loan] = ()) -> None:
        self._loans: dict[str, Loan] = {}
        self._changed: dict[str, int] = {}
        self._mark = _digest("", "")
        self._former = {self._mark: 0}
        for loan in loans:
            if loan.id in self._loans:
                raise DuplicateLoan("id", loan.id, "each loan once")
            self.put(loan)

    def put(self, loan: Loan) -> None:
        """
        Add a loan, or replace the one of the same id; the book has a new mark.
        """
        self._loans[loan.id] = loan
        # The mark stands for all that was ever put: a book of another process never has it by chance.
        self._mark = _digest(self._mark, repr(loan))
        self._changed[loan.id] = self._former[self._mark] = len(self._former)

    @property
    def problems(self) -> tuple[BadRow, ...]:
        """None: what is in memory was a loan already."""
        return ()

    def mark(self) -> str:
        """
        Return a digest of all that was put.
        """
        return self._mark

    def loan(self, loan_id: str, *, known_at: dt.date | None = None) -> Loan:
        """
        Return one loan with the present mark.
        """
        found = self._loans.get(loan_id)
        if found is None:
            raise UnknownLoan("loan", loan_id, "the id of a loan in the book")
        marked = attrs.evolve(found, mark=self._mark)
        return marked if known_at is None else marked.known_at(known_at)

    def changes(self, since: str | None) -> Iterator[str]:
        """
        Yield the loans put since that mark.
        """
        seen = self._former.get(since, 0) if since is not None else 0
        return iter([loan_id for loan_id, changed in self._changed.items() if changed > seen])

    def candidates(self, on: dt.date, *, partition: tuple[int, int] | None = None) -> Iterator[str]:
        """
        Yield the loans that may need a look.
        """
        return screening.candidates(self._loans.values(), on, partition)


def _digest(before: str, text: str) -> str:
    return hashlib.sha256(f"{before}{text}".encode()).hexdigest()[:32]
