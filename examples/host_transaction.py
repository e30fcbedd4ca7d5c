"""
Inside the host's transaction: a payment is posted and its case observed, both or neither.

    python examples/host_transaction.py

The host is a small core-banking program with its own table in an SQLite file; the cases lie in the same file.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import pathlib
import sqlite3
import tempfile
from collections.abc import Iterator

from overdue_visit import CaseDesk, CaseState, Instalment, Loan, Money, Payment, open_desk
from overdue_visit.adapters.clock import FixedClock

DUE = dt.date(2026, 3, 1)


class PostingRefused(Exception):
    """The host's own reason to refuse a posting at the last moment."""


@contextlib.contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[sqlite3.Connection]:
    """
    Begin; commit at the end, or roll everything back.
    """
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield connection
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def loan_of(connection: sqlite3.Connection) -> Loan:
    """
    Read the loan from the host's ledger, as the library wants to see it.
    """
    rows = connection.execute("SELECT ref, paid_on, minor FROM postings ORDER BY ref")
    payments = [Payment(Money.from_minor(minor, "KES"), dt.date.fromisoformat(on), ref=ref) for ref, on, minor in rows]
    return Loan("ke-001", borrower="b-17", schedule=[Instalment(DUE, Money("120", "KES"))], payments=payments)


def post(
    connection: sqlite3.Connection, desk: CaseDesk, ref: str, on: dt.date, amount: Money, *, refuse: bool = False
) -> None:
    """
    Post a payment and observe the loan in one transaction.

    Args:
        refuse: Let the host change its mind at the very end.
    """
    with transaction(connection) as tx:
        tx.execute("INSERT INTO postings VALUES (?, ?, ?)", (ref, on.isoformat(), amount.minor))
        case = desk.within(tx).observe(loan_of(tx))
        print(f"    inside:  {count(tx)} posted, the case is {case.state}")
        if refuse:
            raise PostingRefused


def count(connection: sqlite3.Connection) -> int:
    """
    Count the postings.
    """
    return connection.execute("SELECT count(*) FROM postings").fetchone()[0]


def main() -> None:
    """
    Post a payment that is rolled back, and one that stays.
    """
    clock = FixedClock("2026-03-02 09:00")
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder, "bank.db")
        connection = sqlite3.connect(path, isolation_level=None)
        connection.execute("CREATE TABLE postings (ref TEXT PRIMARY KEY, paid_on TEXT, minor INTEGER)")
        with contextlib.closing(connection), open_desk(f"sqlite:///{path}", zone="Africa/Nairobi", clock=clock) as desk:
            case = desk.observe(loan_of(connection))
            print(f"2 March: the case is {case.state}")

            print("A payment, and then the host rolls back:")
            try:
                post(connection, desk, "m-1", dt.date(2026, 3, 2), Money("120", "KES"), refuse=True)
            except PostingRefused:
                print(f"    outside: {count(connection)} posted, the case is {desk.case(case).state}")
            assert (count(connection), desk.case(case).state) == (0, CaseState.OVERDUE)

            print("The same payment, committed:")
            post(connection, desk, "m-1", dt.date(2026, 3, 2), Money("120", "KES"))
            print(f"    outside: {count(connection)} posted, the case is {desk.case(case).state}")
            assert (count(connection), desk.case(case).state) == (1, CaseState.RECOVERED)


if __name__ == "__main__":
    main()
