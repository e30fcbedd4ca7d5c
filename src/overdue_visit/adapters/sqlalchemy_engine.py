"""
A host's SQLAlchemy engine: the desk keeps its tables in the database that the engine connects to.
"""

from __future__ import annotations

from typing import Protocol

from overdue_visit.adapters.sqlite.store import SqliteStore, open_store
from overdue_visit.errors import InvalidValue


class Url(Protocol):
    """What is read of an engine's address."""

    @property
    def database(self) -> str | None:
        """Path of the database file."""

    def get_backend_name(self) -> str:
        """
        Name the kind of database.
        """


class Engine(Protocol):
    """What is read of an engine."""

    @property
    def url(self) -> Url:
        """Its address."""


def store_over(engine: Engine) -> SqliteStore:
    """
    Open the store in the SQLite file that a SQLAlchemy engine connects to, making its tables if there are none.

    The store opens a connection of its own for its own transactions; ``desk.within(tx)`` uses the connection *tx* that
    the host took from the engine. The engine stays the host's.

    Raises:
        InvalidValue: If the engine connects to another kind of database, or to one in memory, which no second
            connection can see.
        AdapterError: If the file cannot be opened, is damaged, or its tables are of another release.
    """
    backend = engine.url.get_backend_name()
    if backend != "sqlite":
        raise InvalidValue("engine", backend, "an engine on an SQLite file")
    path = engine.url.database
    if not path or path == ":memory:" or path.startswith("file:"):
        raise InvalidValue("engine", path, "an engine on an SQLite file; a database in memory has one connection only")
    return open_store(f"sqlite:///{path}")
