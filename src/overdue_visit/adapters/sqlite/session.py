"""
Who begins and ends a transaction: this library on its own connection, or the host on its.

What SQLite and its driver do behind one's back, and what is done about it here:

- RELEASE of an outermost SAVEPOINT commits, so a guest works only where a transaction is open already.
- ``with connection:`` and ``executescript`` commit whatever is pending; neither is used in this package.
- Some faults (a full disk) roll the whole transaction back; the savepoint is gone then and cannot be rolled back to.
- The driver begins a transaction of its own before the first writing statement, SQLAlchemy's only says it has begun.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager
from typing import Protocol

from overdue_visit.adapters.sqlite.faults import ADAPTER, Faults
from overdue_visit.errors import AdapterError
from overdue_visit.ports.store import NoOpenTransaction, TransactionNotUsable


class Session(Protocol):
    """Gives out cursors: to read, or to write all or nothing."""

    name: str
    connection: sqlite3.Connection

    def reading(self) -> AbstractContextManager[sqlite3.Cursor]:
        """
        Read; the driver's errors come out as the port's.
        """
        ...

    def writing(self) -> AbstractContextManager[sqlite3.Cursor]:
        """
        Write all that is written inside the context, or nothing if it ends with an error.
        """
        ...


class OwnSession:
    """
    One connection, one lock: threads take turns, each write is a transaction of its own.
    """

    def __init__(self, connection: sqlite3.Connection, name: str) -> None:
        self.name = name
        self.connection = connection
        self._lock = threading.Lock()
        self._process = os.getpid()

    @contextlib.contextmanager
    def reading(self) -> Iterator[sqlite3.Cursor]:
        """
        Read, one thread at a time.
        """
        with self._lock, Faults(self.name):
            yield self._cursor()

    @contextlib.contextmanager
    def writing(self) -> Iterator[sqlite3.Cursor]:
        """
        Write in a transaction that takes the write lock at once, so that what is read in it cannot grow stale.
        """
        with self._lock, Faults(self.name):
            cursor = self._cursor()
            if self.connection.in_transaction:
                text = "a transaction is open on this connection; work within it, or commit it first"
                raise TransactionNotUsable(ADAPTER, f"{self.name}: {text}")
            cursor.execute("BEGIN IMMEDIATE")
            try:
                yield cursor
                cursor.execute("COMMIT")
            except BaseException:
                if self.connection.in_transaction:
                    cursor.execute("ROLLBACK")
                raise

    def _cursor(self) -> sqlite3.Cursor:
        if os.getpid() != self._process:
            text = "was opened by another process, and SQLite connections do not survive a fork; open it again"
            raise AdapterError(ADAPTER, f"{self.name}: {text}")
        return plain_cursor(self.connection)


class GuestSession:
    """
    Works under a savepoint of the host's transaction.
    """

    def __init__(self, connection: sqlite3.Connection, name: str) -> None:
        self.name = name
        self.connection = connection

    @contextlib.contextmanager
    def reading(self) -> Iterator[sqlite3.Cursor]:
        """
        Read what the host's transaction sees.
        """
        with Faults(self.name):
            yield self._cursor()

    @contextlib.contextmanager
    def writing(self) -> Iterator[sqlite3.Cursor]:
        """
        Write under a savepoint; what came before it in the host's transaction stays whatever happens.
        """
        with Faults(self.name):
            cursor = self._cursor()
            cursor.execute("SAVEPOINT overdue_visit")
            try:
                yield cursor
            except BaseException:
                if self.connection.in_transaction:
                    cursor.execute("ROLLBACK TO overdue_visit")
                    cursor.execute("RELEASE overdue_visit")
                raise
            cursor.execute("RELEASE overdue_visit")

    def _cursor(self) -> sqlite3.Cursor:
        if not self.connection.in_transaction:
            text = 'no transaction is open on this connection; begin one: connection.execute("BEGIN IMMEDIATE")'
            raise NoOpenTransaction(ADAPTER, f"{self.name}: {text}")
        return plain_cursor(self.connection)


def plain_cursor(connection: sqlite3.Connection) -> sqlite3.Cursor:
    """
    Return a cursor that gives tuples, whatever row factory the host has set.

    Raises:
        TransactionNotUsable: If the host's text factory changes what texts are read as; it has no setting per cursor.
    """
    if connection.text_factory is not str:
        raise TransactionNotUsable(ADAPTER, "the connection has a text_factory of its own; use one that reads str")
    cursor = connection.cursor()
    cursor.row_factory = None
    return cursor


def driver_of(transaction: object) -> sqlite3.Connection:
    """
    Return the driver's connection of a host's transaction: a ``sqlite3.Connection`` or SQLAlchemy's ``Connection``.

    SQLAlchemy says "begun" while the driver waits for the first writing statement, which a savepoint is not; the
    driver's BEGIN is made up for.

    Raises:
        NoOpenTransaction: If SQLAlchemy's connection has not begun.
        TransactionNotUsable: If it is neither.
    """
    if isinstance(transaction, sqlite3.Connection):
        return transaction
    driver = getattr(getattr(transaction, "connection", None), "driver_connection", None)
    begun = getattr(transaction, "in_transaction", None)
    if not isinstance(driver, sqlite3.Connection) or not callable(begun):
        text = "takes a sqlite3.Connection, or an SQLAlchemy Connection to SQLite through it"
        raise TransactionNotUsable(ADAPTER, f"{text}; got {type(transaction).__name__}")
    if not begun():
        raise NoOpenTransaction(ADAPTER, "the SQLAlchemy connection has no transaction; use it inside engine.begin()")
    if not driver.in_transaction:
        with Faults("the host's database"):
            driver.execute("BEGIN IMMEDIATE")
    return driver
