"""
What SQLite reports, as the errors of the store port: what happened, to which file, and what to do about it.
"""

from __future__ import annotations

import sqlite3
from types import TracebackType

from overdue_visit.errors import AdapterError, InvalidValue
from overdue_visit.ports.store import StoreDamaged, StoreLocked, StoreReadOnly

ADAPTER = "sqlite"

# The primary result codes; sqlite3 gives the extended ones, whose low byte is the primary.
# https://www.sqlite.org/rescode.html, archived at https://web.archive.org/web/2024/https://www.sqlite.org/rescode.html
_BUSY, _LOCKED, _READONLY, _IOERR, _CORRUPT, _FULL, _CANTOPEN, _CONSTRAINT, _NOTADB = 5, 6, 8, 10, 11, 13, 14, 19, 26

_TEXTS: dict[int, tuple[type[AdapterError], str]] = {
    _BUSY: (StoreLocked, "another process is writing to it; try again, or allow a longer timeout"),
    _LOCKED: (StoreLocked, "another connection of this process is writing to it; try again"),
    _READONLY: (StoreReadOnly, "it may only be read; check the rights on the file and its folder"),
    _IOERR: (AdapterError, "the disk refused to read or write; check the disk"),
    _CORRUPT: (StoreDamaged, "the file is damaged or truncated; restore a backup"),
    _FULL: (AdapterError, "the disk is full; nothing was changed"),
    _CANTOPEN: (AdapterError, "it cannot be opened; check that its folder exists and may be written to"),
    _CONSTRAINT: (StoreDamaged, "what is stored contradicts itself; restore a backup"),
    _NOTADB: (StoreDamaged, "the file is not an SQLite database; check the path, or restore a backup"),
}


def translated(fault: sqlite3.Error, name: str) -> AdapterError:
    """
    Return the port's error for what the driver raised.

    Args:
        name: The file's base name; the folder it lies in is the host's affair.
    """
    code = getattr(fault, "sqlite_errorcode", 0) & 0xFF
    kind, text = _TEXTS.get(code, (AdapterError, f"the driver refused: {fault}"))
    return kind(ADAPTER, f"{name}: {text}")


class Faults:
    """Turns the driver's errors into the port's; as a context, so that no call can forget it."""

    __slots__ = ("_name",)

    def __init__(self, name: str) -> None:
        self._name = name

    def __enter__(self) -> None:
        return None

    def __exit__(
        self, kind: type[BaseException] | None, raised: BaseException | None, trace: TracebackType | None
    ) -> None:
        if raised is not None:
            reraise(raised, self._name)


def reraise(raised: BaseException, name: str) -> None:
    """
    Raise the port's error in place of the driver's; any other error is left alone.
    """
    if isinstance(raised, sqlite3.Error):
        raise translated(raised, name) from raised
    if isinstance(raised, OSError):
        raise AdapterError(ADAPTER, f"{name}: the file cannot be used: {raised.strerror}") from raised
    if isinstance(raised, UnicodeEncodeError):
        raise InvalidValue("id", "text", "text without lone surrogates, which no UTF-8 can hold") from None
