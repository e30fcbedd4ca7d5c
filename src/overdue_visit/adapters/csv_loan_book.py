"""
A loan book in one CSV file: one line for each thing the ledger knows.

The file is UTF-8 (a byte order mark is allowed), separated by commas, quoted with ``"`` where needed, and starts with
a line of column names. Every name of `COLUMNS` stands there once, in any order. A column whose name has a prefix, such
as ``bank:branch``, holds an attribute of the loan as text. What a line does not use is left empty. Days are
``2026-03-01``, amounts plain decimals such as ``1234.50``, currencies ISO 4217 codes. The order of lines is free.

``entry`` says what a line is, and with it what the other columns mean:

=============  =====================================================================================================
``loan``       One line a loan: ``borrower`` and, if known, ``date`` of disbursement; the attributes.
``instalment`` ``date`` due, ``amount``, ``currency``; ``number`` from 1. An instalment in parts has a line for each
               ``component``, all with the same number and date. ``version`` of the schedule, empty for the original.
``reschedule`` A later ``version`` of the schedule, from 2: ``date`` from which it counts, ``booked``, ``reason``. Its
               instalments are lines of their own, the whole schedule anew.
``payment``    ``date`` (value), ``booked`` (empty: the same day), ``amount``, ``currency``, ``ref``.
``allocation`` Where the ledger put a payment: ``ref`` of the payment, ``amount``, ``currency``, and either ``number``
               of the instalment, with or without ``component``, or ``covers``, the ref of a charge.
``reversal``   ``ref`` of the payment or charge taken back, ``date`` (value), ``booked``.
``charge``     ``component``, ``amount``, ``currency``, ``date`` due, ``booked``, ``ref``.
``status``     ``reason``: active, paid_off, written_off, sold or settled; ``date`` on which it was reached, if known.
``stated``     The ledger's own days past due: ``number``, on ``date``; the ``amount``, if it says that too.
=============  =====================================================================================================

Components are costs, fees, penalty, interest and principal. A file that is no such table is refused as a whole. A line
that cannot be used is listed in the book's problems, its loan is left out, and all other loans are served.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from overdue_visit.adapters import screening
from overdue_visit.adapters.csv_book import ledger, rows, table
from overdue_visit.adapters.csv_book.table import COLUMNS, NoLoanBook
from overdue_visit.errors import AdapterError
from overdue_visit.loan import Loan
from overdue_visit.ports.loan_book import BadRow, UnknownLoan

__all__ = ["COLUMNS", "CsvLoanBook", "NoLoanBook", "write_loan_book"]

_NAME = "CSV loan book"


class CsvLoanBook:
    """
    Reads a whole file once, when it is opened; its mark is the digest of the content.

    Raises:
        NoLoanBook: If the file is empty, not UTF-8, or not such a table.
        AdapterError: If it cannot be read.
    """

    def __init__(self, path: str | Path) -> None:
        content = _read(Path(path))
        self._mark = hashlib.sha256(content).hexdigest()[:32]
        lines, problems = table.lines(content)
        loans, more = ledger.loans(lines, left_out={p.loan for p in problems if p.loan}, mark=self._mark)
        self._loans = {loan.id: loan for loan in loans}
        self._problems = tuple(sorted([*problems, *more], key=lambda problem: problem.line))

    @property
    def problems(self) -> tuple[BadRow, ...]:
        """The lines that could not be used."""
        return self._problems

    def mark(self) -> str:
        """
        Return the digest of the file's content.
        """
        return self._mark

    def loan(self, loan_id: str, *, known_at: dt.date | None = None) -> Loan:
        """
        Return one loan.
        """
        found = self._loans.get(loan_id)
        if found is None:
            refused = [problem.line for problem in self._problems if problem.loan == loan_id]
            why = f"a loan of the book; line {refused[0]} was refused" if refused else "a loan of the book"
            raise UnknownLoan("loan", loan_id, why)
        return found if known_at is None else found.known_at(known_at)

    def changes(self, since: str | None) -> Iterator[str]:
        """
        Yield every loan, unless the content is the same: a file does not say what it was before.
        """
        return iter(() if since == self._mark else tuple(self._loans))

    def candidates(self, on: dt.date, *, partition: tuple[int, int] | None = None) -> Iterator[str]:
        """
        Yield the loans that may need a look.
        """
        return screening.candidates(self._loans.values(), on, partition)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise AdapterError(_NAME, f"read {path}: {error.strerror}") from error


def write_loan_book(path: str | Path, loans: Iterable[Loan]) -> None:
    """
    Write loans as such a file; attributes become text.

    Raises:
        AdapterError: If the file cannot be written.
    """
    text = table.text([row for loan in loans for row in rows.of(loan)])
    try:
        Path(path).write_bytes(text.encode())
    except OSError as error:
        raise AdapterError(_NAME, f"write {path}: {error.strerror}") from error
