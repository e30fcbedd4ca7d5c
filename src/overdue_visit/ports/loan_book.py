"""
The loan book: where the lender's ledger is read from. The library never writes to it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import ClassVar, Protocol

import attrs

from overdue_visit.errors import InvalidValue, shown
from overdue_visit.loan import Loan


@attrs.frozen
class UnknownLoan(InvalidValue):
    """The book has no loan of this id, or refused it: see its problems."""

    code: ClassVar[str] = "unknown_loan"


@attrs.frozen
class DuplicateLoan(InvalidValue):
    """Two loans of one book have one id."""

    code: ClassVar[str] = "duplicate_loan"


@attrs.frozen
class BadRow:
    """One line of a book that could not be used; its loan is left out, all others are served."""

    line: int
    """Where it stands in the source, from 1; 0 where the source has no lines."""
    field: str
    value: object
    accepted: str
    loan: str | None
    """The loan that is left out for it; None if the line does not say."""

    def __str__(self) -> str:
        of = f" (loan {self.loan} left out)" if self.loan else ""
        return f"line {self.line}: {self.field}: {shown(self.value)} is not accepted; expected {self.accepted}{of}"


class LoanBook(Protocol):
    """
    Reads loans from a ledger.

    A book shows one state of the ledger until it is opened or refreshed anew, by its own means: between two calls of
    `mark` that give the same text, every loan reads the same. Loan ids are unique. What a book cannot make a loan of
    is in `problems`, never silently missing and never an error for the loans that are sound. Where the ledger itself
    cannot be reached, any method raises `AdapterError`.
    """

    @property
    def problems(self) -> tuple[BadRow, ...]:
        """What was left out, by line."""
        ...

    def mark(self) -> str:
        """
        Return a short text that names the state read: the same text means the same loans.
        """
        ...

    def loan(self, loan_id: str, *, known_at: dt.date | None = None) -> Loan:
        """
        Read one loan, with the book's mark.

        Args:
            known_at: Only what was booked through this day, as `Loan.known_at`.

        Raises:
            UnknownLoan: If the book has no such loan.
        """
        ...

    def changes(self, since: str | None) -> Iterator[str]:
        """
        Yield, once each, the ids of at least the loans that differ from the state of a former mark.

        A superset will do. With None, or a mark that the book does not remember, that is every loan. With the present
        mark it may be none.
        """
        ...

    def candidates(self, on: dt.date, *, partition: tuple[int, int] | None = None) -> Iterator[str]:
        """
        Yield, once each and in ascending order, the ids of at least the loans that may need a look on a day.

        Those are the loans of which something due by *on* is not paid, by any ageing convention; those with an entry
        dated or booked on that day; and those the ledger itself calls past due. A superset will do: the core decides.

        Args:
            partition: ``(index, count)`` yields only one of *count* parts, *index* from 0. Every loan is in exactly
                one part, the same for every day and in every process.

        Raises:
            InvalidValue: If *index* is not below *count*.
        """
        ...
