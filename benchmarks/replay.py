"""
The nights of the shipped book, against bare inserts of the rows they write.

Reading the book and judging every candidate is in our time and not in the limit's: the ratio says how far a whole night
is from only writing its result.
"""

from __future__ import annotations

import datetime as dt
import itertools
import pathlib
import sqlite3
import tempfile
import time
from collections.abc import Iterator

from benchmarks.acts import FACT
from benchmarks.timing import Figure, rate, ratios
from overdue_visit import open_desk
from overdue_visit.adapters.clock import FixedClock
from overdue_visit.adapters.csv_loan_book import CsvLoanBook
from overdue_visit.adapters.file_sender import FileSender
from overdue_visit.adapters.sqlite import statements

BOOK = pathlib.Path(__file__).parent.parent / "examples" / "data" / "village_book.csv"
FIRST, NIGHTS = dt.date(2026, 4, 1), 60


class _Course:
    """The same nights, by the desk and bare in turn."""

    def __init__(self, folder: pathlib.Path) -> None:
        self.folder = folder
        self.count = 0
        self.written: pathlib.Path | None = None
        self.cases = 0

    def ours(self) -> float:
        """Run the nights; seconds a case and night looked at."""
        self.count += 1
        path = self.folder / f"run{self.count}.db"
        letters = self.folder / f"letters{self.count}"
        letters.mkdir()
        clock = FixedClock(f"{FIRST} 06:00")
        senders = [FileSender(letters, channels=("sms", "email", "letter", "file", "console"))]
        book = CsvLoanBook(BOOK)
        looked_at = 0
        with open_desk(
            f"sqlite:///{path}?synchronous=NORMAL", zone="Africa/Nairobi", clock=clock, senders=senders
        ) as desk:
            start = time.perf_counter()
            for night in range(NIGHTS):
                day = FIRST + dt.timedelta(days=night)
                clock.set(f"{day} 09:00")
                looked_at += desk.close_of_business(book, on=day).looked_at
                desk.relay()
            took = time.perf_counter() - start
        self.written, self.cases = path, looked_at
        return took / looked_at

    def limit(self) -> float:
        """Insert the same rows bare, one transaction a night; seconds a case and night looked at."""
        source = sqlite3.connect(self.written or "")
        facts = source.execute(f"SELECT {FACT} FROM overdue_facts ORDER BY recorded_at, case_id, sequence").fetchall()
        cases = source.execute(f"SELECT {statements.CASE} FROM overdue_cases").fetchall()
        source.close()
        self.count += 1
        path = self.folder / f"bare{self.count}.db"
        with open_desk(f"sqlite:///{path}?synchronous=NORMAL", zone="Africa/Nairobi"):
            connection = sqlite3.connect(path, isolation_level=None)
        connection.execute("PRAGMA synchronous=NORMAL")
        nights = [list(group) for _, group in itertools.groupby(facts, key=lambda fact: fact[5][:10])]
        start = time.perf_counter()
        for night in nights:
            connection.execute("BEGIN IMMEDIATE")
            connection.executemany(f"INSERT INTO overdue_facts ({FACT}) VALUES (?,?,?,?,?,?,?,?,?)", night)
            connection.execute("COMMIT")
        connection.execute("BEGIN IMMEDIATE")
        marks = ",".join("?" * len(cases[0]))
        connection.executemany(f"INSERT INTO overdue_cases ({statements.CASE}) VALUES ({marks})", cases)
        connection.execute("COMMIT")
        took = time.perf_counter() - start
        connection.close()
        return took / self.cases


def figures() -> Iterator[Figure]:
    """
    Measure sixty nights of the shipped book.
    """
    with tempfile.TemporaryDirectory() as folder:
        course = _Course(pathlib.Path(folder))
        mine, limit, ratio = ratios(course.ours, course.limit, 3)
        yield Figure(
            what=f"replay: loans looked at, {NIGHTS} nights",
            ours=rate(mine),
            limit=rate(limit),
            ratio=1 / ratio,
            goal="-",
        )
