"""
Acts on SQLite, against the bare statements that write the same ready rows.

The desk works on one file; a copy of that file, taken before, gets the rows that the desk wrote, digest bytes included,
by the store's own statements and nothing else. Where the disk and other work on the machine must not count, both are
measured in processor time, the least of many rounds.
"""

from __future__ import annotations

import datetime as dt
import gc
import pathlib
import shutil
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator

from benchmarks.timing import Figure, least, micro, rate, ratios
from overdue_visit import CaseDesk, Instalment, Loan, Money, SendNotice, open_desk
from overdue_visit.adapters.clock import FixedClock
from overdue_visit.adapters.sqlite import rows, statements
from overdue_visit.case.acts.notices import SendNotice as Send
from overdue_visit.desk.doing import decide
from overdue_visit.desk.unit import load

CASES = 1000
ROUNDS = 5
LEAST_OF = 15
CLOCK = "2026-03-08 09:00"
Timer = Callable[[], float]
FACT = "tenant, case_id, sequence, kind, version, recorded_at, header, body, digest"


def _loans() -> list[Loan]:
    due = dt.date(2026, 3, 1)
    return [
        Loan(f"ke-{n:05}", borrower=f"b-{n:05}", schedule=[Instalment(due, Money("120", "KES"))]) for n in range(CASES)
    ]


def _desk(path: pathlib.Path, synchronous: str) -> CaseDesk:
    return open_desk(f"sqlite:///{path}?synchronous={synchronous}", zone="Africa/Nairobi", clock=FixedClock(CLOCK))


def _prepared(folder: pathlib.Path, synchronous: str) -> tuple[pathlib.Path, list[str]]:
    path = folder / "before.db"
    with _desk(path, synchronous) as desk:
        ids = [case.id for case in map(desk.observe, _loans()) if case is not None]
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    return path, ids


class _Bare:
    """The rows that a run wrote, ready to be written again."""

    def __init__(self, path: pathlib.Path) -> None:
        connection = sqlite3.connect(path)

        self.facts = connection.execute(
            f"SELECT {FACT} FROM overdue_facts WHERE sequence = 2 ORDER BY case_id"
        ).fetchall()
        self.cases = connection.execute(f"SELECT {statements.CASE} FROM overdue_cases ORDER BY case_id").fetchall()
        self.messages = connection.execute("SELECT * FROM overdue_messages ORDER BY case_id").fetchall()
        connection.close()

    def statements(self) -> tuple[str, str, str]:
        """Return the three statements, by position."""
        return (
            statements.REVISE_CASE,
            f"INSERT INTO overdue_facts ({FACT}) VALUES (?,?,?,?,?,?,?,?,?)",
            f"INSERT INTO overdue_messages VALUES ({','.join('?' * len(self.messages[0]))})",
        )

    def ready(self) -> list[tuple[tuple, tuple, tuple]]:  # type: ignore[type-arg]
        """Return the parameters of the three statements, case by case."""
        updates = [rows.revised(rows.to_case(case), 1) for case in self.cases]
        return list(zip(updates, self.facts, self.messages, strict=True))


def _bare_connection(path: pathlib.Path, synchronous: str) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute(f"PRAGMA synchronous={synchronous}")
    return connection


def _one_by_one(path: pathlib.Path, bare: _Bare, synchronous: str, timer: Timer) -> float:
    connection = _bare_connection(path, synchronous)
    sqls, ready = bare.statements(), bare.ready()
    start = timer()
    for parameters in ready:
        connection.execute("BEGIN IMMEDIATE")
        for sql, values in zip(sqls, parameters, strict=True):
            connection.execute(sql, values)
        connection.execute("COMMIT")
    took = timer() - start
    connection.close()
    return took / len(ready)


def _together(path: pathlib.Path, bare: _Bare, synchronous: str, timer: Timer) -> float:
    connection = _bare_connection(path, synchronous)
    sqls, ready = bare.statements(), bare.ready()
    columns = list(zip(*ready, strict=True))
    start = timer()
    for first in range(0, len(ready), 200):
        connection.execute("BEGIN IMMEDIATE")
        for sql, values in zip(sqls, columns, strict=True):
            connection.executemany(sql, values[first : first + 200])
        connection.execute("COMMIT")
    took = timer() - start
    connection.close()
    return took / len(ready)


class _Course:
    """Fresh copies of one prepared file, run by the desk and bare in turn."""

    def __init__(
        self, folder: pathlib.Path, synchronous: str, *, batched: bool, timer: Timer = time.perf_counter
    ) -> None:
        self.folder = folder
        self.timer = timer
        self.synchronous = synchronous
        self.batched = batched
        self.before, self.ids = _prepared(folder, synchronous)
        self.written: pathlib.Path | None = None
        self.count = 0

    def _copy(self) -> pathlib.Path:
        self.count += 1
        return pathlib.Path(shutil.copy(self.before, self.folder / f"run{self.count}.db"))

    def ours(self) -> float:
        """Let the desk do one act on each case; seconds an act."""
        path = self._copy()
        with _desk(path, self.synchronous) as desk:
            gc.collect()
            start = self.timer()
            if self.batched:
                desk.do_many([(case_id, SendNotice("visit")) for case_id in self.ids])
            else:
                for case_id in self.ids:
                    desk.do(case_id, SendNotice("visit"))
            took = self.timer() - start
        self.written = path
        return took / len(self.ids)

    def limit(self) -> float:
        """Write the same rows bare; seconds an act."""
        if self.written is None:
            self.ours()
        bare = _Bare(self.written)  # type: ignore[arg-type]
        way = _together if self.batched else _one_by_one
        return way(self._copy(), bare, self.synchronous, self.timer)


def figures() -> Iterator[Figure]:
    """
    Measure one durable act, and the processor time of one act.
    """
    for synchronous, goal in (("NORMAL", ">= 80 %"), ("FULL", ">= 90 %")):
        with tempfile.TemporaryDirectory() as folder:
            course = _Course(pathlib.Path(folder), synchronous, batched=False)
            mine, limit, ratio = ratios(course.ours, course.limit, ROUNDS)
            what = f"one durable act, SQLite {synchronous}"
            yield Figure(what=what, ours=rate(mine), limit=rate(limit), ratio=1 / ratio, goal=goal)
    with tempfile.TemporaryDirectory() as folder:
        course = _Course(pathlib.Path(folder), "NORMAL", batched=False, timer=time.process_time)
        decided, whole, limit = least(lambda: _deciding(course), course.ours, course.limit, rounds=LEAST_OF)
    for what, mine, goal in (
        ("processor time of deciding one act / its bare write", decided, "<= 1.0 x"),
        ("processor time of one durable act / its bare write", whole, "-"),
    ):
        yield Figure(what=what, ours=micro(mine), limit=micro(limit), ratio=mine / limit, goal=goal)


def _deciding(course: _Course) -> float:
    with _desk(course.before, course.synchronous) as desk:
        settings = desk.settings
        loaded = [load(settings, case_id) for case_id in course.ids]
        acts = (Send("visit"),)
        start = course.timer()
        for each in loaded:
            decide(settings, each, acts)
        return (course.timer() - start) / len(loaded)


def batch_figures() -> Iterator[Figure]:
    """
    Measure acts saved two hundred at a time.
    """
    for synchronous in ("NORMAL", "FULL"):
        with tempfile.TemporaryDirectory() as folder:
            course = _Course(pathlib.Path(folder), synchronous, batched=True)
            mine, limit, ratio = ratios(course.ours, course.limit, ROUNDS)
            what = f"batched acts, SQLite {synchronous}"
            yield Figure(what=what, ours=rate(mine), limit=rate(limit), ratio=1 / ratio, goal=">= 45 %")
    with tempfile.TemporaryDirectory() as folder:
        course = _Course(pathlib.Path(folder), "NORMAL", batched=True, timer=time.process_time)
        mine, limit = least(course.ours, course.limit, rounds=LEAST_OF)
        what = "processor time of a batched act / its bare write"
        yield Figure(what=what, ours=micro(mine), limit=micro(limit), ratio=mine / limit, goal="-")
