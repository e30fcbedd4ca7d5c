"""
Database files: open, migrate, copy, restore.
"""

from __future__ import annotations

import contextlib
import os
import pathlib
import sqlite3
import time
import urllib.parse
from collections.abc import Iterator
from typing import Self

import attrs

from overdue_visit.adapters.sqlite.faults import ADAPTER, Faults, translated
from overdue_visit.adapters.sqlite.schema import CURRENT, Schema
from overdue_visit.adapters.sqlite.session import OwnSession, plain_cursor
from overdue_visit.errors import InvalidValue
from overdue_visit.ports.store import NewerSchema, StoreDamaged, StoreLocked

_MEMORY = ":memory:"
_TIMEOUT_SECONDS = 10.0
"""An act takes milliseconds; ten seconds outlast a night run's batch and a backup's start."""


@attrs.frozen(kw_only=True)
class Place:
    """Where a store is and how to open it."""

    path: str
    synchronous: str = "FULL"
    timeout: float = _TIMEOUT_SECONDS
    read_only: bool = False

    @classmethod
    def of(cls, url: str, *, synchronous: str | None = None, timeout: float | None = None) -> Self:
        """
        Read a URL such as ``sqlite:///village.db?synchronous=NORMAL``.

        Raises:
            InvalidValue: If it cannot be understood.
        """
        scheme, _, rest = url.partition(":///")
        path, _, query = rest.partition("?")
        if scheme != "sqlite" or not path:
            raise InvalidValue("url", url, "sqlite:///relative.db, sqlite:////absolute.db or sqlite:///:memory:")
        options = dict(urllib.parse.parse_qsl(query, keep_blank_values=True))
        if unknown := sorted(set(options) - {"synchronous", "timeout", "mode"}):
            raise InvalidValue("url", ", ".join(unknown), "the options synchronous, timeout and mode")
        if options.get("mode", "rw") not in {"rw", "ro"}:
            raise InvalidValue("mode", options["mode"], "rw or ro")
        return cls(
            path=path,
            synchronous=_synchronous(synchronous or options.get("synchronous", "FULL")),
            timeout=_seconds(options.get("timeout", _TIMEOUT_SECONDS) if timeout is None else timeout),
            read_only=options.get("mode") == "ro",
        )

    @property
    def in_memory(self) -> bool:
        """Whether it is a database without a file."""
        return self.path == _MEMORY

    @property
    def name(self) -> str:
        """The file's base name, as errors show it."""
        return os.path.basename(self.path)  # noqa: PTH119 - Path would make "." of some names


def connect(place: Place, schema: Schema = CURRENT) -> sqlite3.Connection:
    """
    Open a database for use by any thread, one at a time, with its tables made or checked.

    Raises:
        AdapterError: If it cannot be opened, is damaged, or its tables are of another release.
    """
    with contextlib.ExitStack() as undo:
        undo.enter_context(Faults(place.name))
        _refuse_partial_page(pathlib.Path(place.path), place.name)
        connection = _connection(place)
        undo.callback(connection.close)
        if not place.read_only:
            _prepare(connection, place)
        session = OwnSession(connection, place.name)
        with session.reading() as cursor:
            found = schema.found(cursor, place.name)
        if found is None:
            with session.writing() as cursor:
                # Another process may have made them since.
                if schema.found(cursor, place.name) is None:
                    schema.make(cursor)
        with session.reading() as cursor:
            schema.check(cursor, place.name)
        undo.pop_all()
    return connection


@contextlib.contextmanager
def connected(path: str, *, timeout: float = _TIMEOUT_SECONDS) -> Iterator[sqlite3.Connection]:
    """
    Open a database file that exists, whatever is in it, and close it afterwards.
    """
    place = Place(path=path, timeout=timeout)
    with Faults(place.name):
        connection = sqlite3.connect(_uri(path, "rw"), uri=True, isolation_level=None, timeout=timeout)
        with contextlib.closing(connection):
            yield connection


def migrate(path: str, *, schema: Schema = CURRENT) -> tuple[int, int]:
    """
    Bring the tables of a database file forward to this release, all the way or not at all.

    Make a backup first: there is no way back.

    Returns:
        The version found and the version now.

    Raises:
        NewerSchema: If a newer release wrote it.
        StoreDamaged: If it has no tables of this library.
    """
    name = os.path.basename(path)  # noqa: PTH119 - see Place.name
    with connected(path) as connection, OwnSession(connection, name).writing() as cursor:
        found = schema.found(cursor, name)
        if found is None:
            raise StoreDamaged(ADAPTER, f"{name}: there are no tables for cases here; check the path")
        if found > schema.version:
            schema.check(cursor, name)
        schema.migrate(cursor, found)
    return found, schema.version


def copy(connection: sqlite3.Connection, to: str, *, name: str, overwrite: bool) -> None:
    """
    Write a compact, checked copy of a database to a file.

    Args:
        name: Of the database copied, for errors.

    Raises:
        InvalidValue: If the file exists and *overwrite* is not set.
    """
    target = pathlib.Path(to)
    if target.exists() and not overwrite:
        raise InvalidValue("to", target.name, "a path where no file is yet, or overwrite=True")
    part = target.with_name(f"{target.name}.part")
    with Faults(name), contextlib.ExitStack() as undo:
        part.unlink(missing_ok=True)
        undo.callback(part.unlink, missing_ok=True)
        plain_cursor(connection).execute("VACUUM INTO ?", (os.fspath(part),))
        with connected(os.fspath(part)) as copied:
            check(copied, name)
        with part.open("rb") as written:
            os.fsync(written.fileno())
        part.replace(target)


def restore(backup: str, path: str, *, overwrite: bool = False) -> None:
    """
    Put a backup in a store's place, after checking it from end to end.

    Nothing may have the store open; the backup stays as it is.

    Raises:
        InvalidValue: If there is a file at *path* and *overwrite* is not set.
        StoreDamaged: If the backup is damaged, or no store.
        NewerSchema: If a newer release wrote the backup.
        StoreLocked: If the file to be replaced is in use.
    """
    target = pathlib.Path(path)
    name = pathlib.Path(backup).name
    if target.exists() and not overwrite:
        raise InvalidValue("path", target.name, "a path where no file is yet, or overwrite=True")
    with connected(backup) as connection:
        check(connection, name)
        found = CURRENT.found(plain_cursor(connection), name)
        if found is None:
            raise StoreDamaged(ADAPTER, f"{name}: there are no tables for cases here; check the path")
        if found > CURRENT.version:
            raise NewerSchema(ADAPTER, f"{name} was written by a newer release", found, CURRENT.version)
        _set_aside(target)
        copy(connection, path, name=name, overwrite=True)


def check(connection: sqlite3.Connection, name: str) -> None:
    """
    Read a database from end to end and compare its tables with their indexes.

    Raises:
        StoreDamaged: If anything is wrong.
    """
    with Faults(name):
        told = plain_cursor(connection).execute("PRAGMA integrity_check(1)").fetchone()[0]
    if told != "ok":
        raise StoreDamaged(ADAPTER, f"{name}: the file is damaged; restore a backup")


def _refuse_partial_page(path: pathlib.Path, name: str) -> None:
    """
    Refuse a file cut within a page: SQLite would read what is missing of it as zeros.

    A log beside the file may hold the page whole; then SQLite knows better.
    """
    if not path.is_file() or path.with_name(f"{path.name}-wal").exists():
        return
    with path.open("rb") as file:
        header = file.read(18)
    # https://www.sqlite.org/fileformat.html section 1.3.2: a page size of 65536 is written as 1.
    page_bytes = int.from_bytes(header[16:18]) if header[16:18] != b"\x00\x01" else 65536
    if header.startswith(b"SQLite format 3\x00") and page_bytes and path.stat().st_size % page_bytes:
        raise StoreDamaged(ADAPTER, f"{name}: the file is truncated; restore a backup")


def _connection(place: Place) -> sqlite3.Connection:
    target = _uri(place.path, "ro") if place.read_only else place.path
    return sqlite3.connect(
        target, uri=place.read_only, timeout=place.timeout, isolation_level=None, check_same_thread=False
    )


def _prepare(connection: sqlite3.Connection, place: Place) -> None:
    connection.execute(f"PRAGMA synchronous = {place.synchronous}")
    if place.in_memory:
        return
    # Two processes that open a new file at the same moment exclude each other here without waiting.
    for _ in range(50):
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as fault:
            if not isinstance(translated(fault, place.name), StoreLocked):
                raise
            time.sleep(0.02)
        else:
            return
    connection.execute("PRAGMA journal_mode = WAL")


def _set_aside(target: pathlib.Path) -> None:
    """
    Take the old database out of use: leaving WAL mode fails while anyone has it open, and removes its log.
    """
    if not target.exists():
        return
    try:
        with connected(os.fspath(target), timeout=0) as old:
            old.execute("PRAGMA journal_mode = DELETE")
    except StoreDamaged:
        # That is why it is restored; the log that belongs to it must not be taken for the new file's.
        for suffix in ("-wal", "-shm"):
            target.with_name(target.name + suffix).unlink(missing_ok=True)


def _uri(path: str, mode: str) -> str:
    return f"file:{urllib.parse.quote(path)}?mode={mode}"


def _synchronous(text: str) -> str:
    if text.upper() not in {"FULL", "NORMAL"}:
        raise InvalidValue("synchronous", text, "FULL or NORMAL")
    return text.upper()


def _seconds(value: str | float) -> float:
    try:
        seconds = float(value)
    except ValueError:
        seconds = -1.0
    if not 0 <= seconds <= 3600:
        raise InvalidValue("timeout", value, "seconds to wait for another writer, 0 to 3600")
    return seconds
