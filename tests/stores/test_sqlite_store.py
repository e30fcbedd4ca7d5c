"""
The SQLite store against the contract: in a file, in memory, and on a host's connection.
"""

import contextlib
import itertools
import pathlib
import sqlite3

import pytest

from overdue_visit.adapters.sqlite import open_store, store_over
from overdue_visit.testing.store_contract import StoreContract


class Host:
    """A host's own connection with a transaction open on it."""

    def __init__(self, path):
        self.handle = sqlite3.connect(path)
        self.handle.execute("CREATE TABLE IF NOT EXISTS ledger (id TEXT)")
        self.handle.commit()
        self.handle.execute("BEGIN")

    def commit(self):
        """
        Commit and go on with the connection open.
        """
        self.handle.commit()

    def rollback(self):
        """
        Roll back and go on with the connection open.
        """
        self.handle.rollback()


class TestSqliteFile(StoreContract):
    """The SQLite store in a file keeps every law of the port."""

    @pytest.fixture(autouse=True)
    def folder(self, tmp_path):
        """
        A folder for the files of one test.
        """
        self.tmp_path = tmp_path
        self.numbers = itertools.count()
        self.paths = {}
        with contextlib.ExitStack() as self.hosts:
            yield

    def make_store(self):
        """
        Make an empty store in a new file.
        """
        path = self.tmp_path / f"{next(self.numbers)}.db"
        store = open_store(f"sqlite:///{path}", synchronous="NORMAL", timeout=60)
        self.paths[id(store)] = path
        return store

    def reopened(self, store):
        """
        Open the same file again.
        """
        return open_store(f"sqlite:///{self.paths[id(store)]}", synchronous="NORMAL", timeout=60)

    def host_transaction(self, store):
        """
        Begin a transaction on a connection of the host's own.
        """
        host = Host(self.paths[id(store)])
        self.hosts.callback(host.handle.close)
        return host

    def medium(self, store):
        """
        Read the file and whatever SQLite keeps beside it.
        """
        path = self.paths[id(store)]
        return b"".join(pathlib.Path(part).read_bytes() for part in sorted(path.parent.glob(f"{path.name}*")))


class TestSqliteInMemory(StoreContract):
    """The SQLite store without a file keeps every law of the port."""

    def make_store(self):
        """
        Make an empty store in memory.
        """
        return open_store("sqlite:///:memory:")


class TestSqliteOverHostConnection(StoreContract):
    """The SQLite store over a host's own connection, with all its settings different, keeps every law of the port."""

    @pytest.fixture(autouse=True)
    def connections(self):
        """
        Closes the host's connections after the test.
        """
        with contextlib.ExitStack() as self.open:
            yield

    def make_store(self):
        """
        Make an empty store over a connection as a host might have set it up.
        """
        connection = sqlite3.connect(
            ":memory:", check_same_thread=False, detect_types=sqlite3.PARSE_DECLTYPES | sqlite3.PARSE_COLNAMES
        )
        connection.row_factory = sqlite3.Row
        self.open.callback(connection.close)
        return store_over(connection)
