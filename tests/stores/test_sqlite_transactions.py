"""
The host's transaction on SQLite: each trap of the engine and its drivers, one by one.
"""

import ast
import contextlib
import pathlib
import sqlite3
import sys
import threading

import pytest

import overdue_visit.adapters.sqlite as sqlite_package
from overdue_visit.adapters.sqlite import open_store, store_over
from overdue_visit.errors import AdapterError, InvalidValue
from overdue_visit.ports.store import (
    ConcurrentUpdate,
    NoOpenTransaction,
    StoreDamaged,
    StoreLocked,
    TransactionNotUsable,
)
from overdue_visit.testing.store_laws import samples as some


@pytest.fixture
def path(tmp_path):
    """
    Where the host keeps its ledger and, in the same file, the cases.
    """
    path = tmp_path / "bank.db"
    with contextlib.closing(sqlite3.connect(path)) as host:
        host.execute("CREATE TABLE ledger (id TEXT)")
        host.commit()
    return path


@pytest.fixture
def store(path):
    """
    The store in the host's file; it does not wait long for other writers.
    """
    opened = open_store(f"sqlite:///{path}?timeout=0.1")
    yield opened
    opened.close()


@pytest.fixture
def host(path):
    """
    The host's own connection, as ``sqlite3.connect`` makes it.
    """
    with contextlib.closing(sqlite3.connect(path, timeout=0.1)) as connection:
        yield connection


def ledger(path):
    """
    Return what is committed in the host's ledger.
    """
    with contextlib.closing(sqlite3.connect(path)) as other:
        return [row[0] for row in other.execute("SELECT id FROM ledger ORDER BY id")]


def test_a_savepoint_alone_would_commit(host, path, store):
    """
    The trap: RELEASE of an outermost SAVEPOINT commits. So a connection without a transaction is refused.
    """
    host.isolation_level = None
    host.execute("SAVEPOINT alone")
    host.execute("INSERT INTO ledger VALUES ('trap')")
    host.execute("RELEASE alone")

    assert ledger(path) == ["trap"]
    with pytest.raises(NoOpenTransaction, match="BEGIN"):
        store.within(host)


@pytest.mark.parametrize("level", [None, "", "DEFERRED", "IMMEDIATE", "EXCLUSIVE"])
def test_any_isolation_level_will_do(host, path, store, level):
    """
    Whatever isolation level the host has set, the guest neither commits nor rolls back.
    """
    host.isolation_level = level
    host.execute("BEGIN")
    host.execute("INSERT INTO ledger VALUES ('a')")
    guest = store.within(host)
    guest.save([some.opened()])
    with pytest.raises(ConcurrentUpdate):
        guest.save([some.opened()])

    assert host.in_transaction
    assert ledger(path) == []
    host.rollback()
    assert ledger(path) == []
    assert store.case(some.TENANT, "loan-1/1") is None


def test_the_drivers_own_begin_is_enough(host, path, store):
    """
    After the host's first writing statement the driver has begun a transaction; the guest works in it.
    """
    with pytest.raises(NoOpenTransaction):
        store.within(host)

    host.execute("INSERT INTO ledger VALUES ('a')")
    store.within(host).save([some.opened()])
    host.commit()

    assert ledger(path) == ["a"]
    assert store.case(some.TENANT, "loan-1/1") is not None


@pytest.mark.skipif(sys.version_info < (3, 12), reason="autocommit came with Python 3.12")
def test_the_newer_autocommit_setting_will_do(path, store):
    """
    With ``autocommit=False`` a transaction is always open and the guest works in it.
    """
    with contextlib.closing(sqlite3.connect(path, autocommit=False)) as host:
        store.within(host).save([some.opened()])

        assert store.case(some.TENANT, "loan-1/1") is None
        host.commit()
    assert store.case(some.TENANT, "loan-1/1") is not None


def test_a_read_only_transaction_shows_the_guest_no_more_than_the_host(host, store):
    """
    The guest reads in the host's transaction: what others commit meanwhile stays unseen.
    """
    store.save([some.opened("loan-1/1")])
    host.execute("BEGIN")
    guest = store.within(host)
    assert guest.case(some.TENANT, "loan-1/1") is not None
    store.save([some.opened("loan-2/1")])

    assert guest.case(some.TENANT, "loan-2/1") is None


def test_a_guest_cannot_be_used_after_the_hosts_commit(host, store):
    """
    When the host has committed, neither reading nor writing is possible: it would be another transaction.
    """
    host.execute("BEGIN")
    guest = store.within(host)
    host.commit()

    for use in (lambda: guest.save([some.opened()]), lambda: guest.case(some.TENANT, "loan-1/1")):
        with pytest.raises(NoOpenTransaction):
            use()


def test_a_conflict_is_no_unique_violation(host, store):
    """
    A lost race is found by counting rows; no integrity error is raised and swallowed on the way.
    """
    first = some.opened()
    store.save([first, some.opened("loan-2/1", command=some.command(case_id="loan-2/1"))])
    lost = (
        [some.opened()],
        [some.grown(some.row(version=3))],
        [some.opened("loan-1/2")],
        [some.opened("loan-3/1", command=some.command(case_id="loan-3/1"))],
        [some.opened("loan-4/1", contacts=(some.contact(),), party_version=4)],
        [some.opened("loan-5/1"), some.opened("loan-1/2")],
    )
    host.execute("BEGIN IMMEDIATE")
    guest = store.within(host)

    for changes in lost:
        with pytest.raises(ConcurrentUpdate) as refusal:
            guest.save(changes)
        assert refusal.value.__cause__ is refusal.value.__context__ is None


def test_a_failure_midway_leaves_the_hosts_work(host, path, store):
    """
    When a statement fails in the middle of a save, what the save had written is undone and nothing else.
    """
    host.execute("CREATE TEMP TRIGGER fail BEFORE INSERT ON main.overdue_messages BEGIN SELECT RAISE(ABORT, 'no'); END")
    host.execute("BEGIN")
    host.execute("INSERT INTO ledger VALUES ('mine')")
    guest = store.within(host)
    guest.save([some.opened("loan-1/1")])

    with pytest.raises(AdapterError):
        guest.save([some.opened("loan-2/1", messages=(some.message(),), contacts=(some.contact(),))])

    assert guest.case(some.TENANT, "loan-2/1") is None
    assert guest.contacts(some.TENANT, some.PARTY, since=some.NOON).version == 0
    host.commit()
    assert ledger(path) == ["mine"]
    assert [row.case_id for row in store.cases(some.TENANT)] == ["loan-1/1"]


def test_a_fault_that_ends_the_transaction_is_reported_as_itself(host, store):
    """
    Where the engine rolls the whole transaction back (a full disk does), the error is that fault, not a lost savepoint.
    """
    host.execute(
        "CREATE TEMP TRIGGER fail BEFORE INSERT ON main.overdue_messages BEGIN SELECT RAISE(ROLLBACK, 'no'); END"
    )
    host.execute("BEGIN")
    guest = store.within(host)

    with pytest.raises(StoreDamaged) as refusal:
        guest.save([some.opened(messages=(some.message(),))])
    assert isinstance(refusal.value.__cause__, sqlite3.IntegrityError)
    assert not host.in_transaction


def test_an_interruption_leaves_the_hosts_work(host, path, store):
    """
    An interrupted save (Ctrl-C, a timeout) is undone up to the savepoint.
    """

    class Interrupted(tuple):
        """Messages that are interrupted while they are being written."""

        __slots__ = ()

        def __iter__(self):
            raise KeyboardInterrupt

    host.execute("BEGIN")
    host.execute("INSERT INTO ledger VALUES ('mine')")
    guest = store.within(host)
    change = some.opened()
    object.__setattr__(change, "messages", Interrupted((some.message(),)))

    with pytest.raises(KeyboardInterrupt):
        guest.save([change])

    assert guest.case(some.TENANT, "loan-1/1") is None
    host.commit()
    assert ledger(path) == ["mine"]


def test_the_hosts_savepoints_are_left_alone(host, store):
    """
    A host's savepoint of the very same name is still the host's afterwards.
    """
    host.execute("BEGIN")
    host.execute("SAVEPOINT overdue_visit")
    store.within(host).save([some.opened("loan-1/1")])
    host.execute("ROLLBACK TO overdue_visit")
    store.within(host).save([some.opened("loan-2/1")])
    host.execute("RELEASE overdue_visit")
    host.commit()

    assert [row.case_id for row in store.cases(some.TENANT)] == ["loan-2/1"]


def test_the_hosts_settings_do_not_matter(path, store):
    """
    Row factories and type detection of the host change nothing, and stay as they were.
    """
    flags = sqlite3.PARSE_DECLTYPES | sqlite3.PARSE_COLNAMES
    with contextlib.closing(sqlite3.connect(path, detect_types=flags)) as host:
        host.row_factory = lambda _, row: {"row": row}
        host.execute("BEGIN")
        guest = store.within(host)
        change = some.opened(contacts=(some.contact(),), messages=(some.message(),), command=some.command())
        guest.save([change])

        assert guest.case(some.TENANT, "loan-1/1") == change.row
        assert guest.facts(some.TENANT, "loan-1/1") == change.facts
        assert host.execute("SELECT 1").fetchone() == {"row": (1,)}
        host.rollback()


def test_a_text_factory_is_refused(host, store):
    """
    A connection that reads texts as something else is refused before anything is read wrongly.
    """
    host.execute("BEGIN")
    host.text_factory = bytes

    with pytest.raises(TransactionNotUsable, match="text_factory"):
        store.within(host)


def test_a_database_without_our_tables_is_refused(tmp_path, store):
    """
    A transaction on another database is refused when the guest is made, not at its first save.
    """
    with contextlib.closing(sqlite3.connect(tmp_path / "other.db")) as other:
        other.execute("BEGIN")

        with pytest.raises(TransactionNotUsable, match="tables"):
            store.within(other)


def test_a_locked_database_is_not_waited_for_twice(host, store, path):
    """
    While another process writes, the guest's save is refused as locked, once, and the host decides.
    """
    host.execute("BEGIN")
    guest = store.within(host)
    with contextlib.closing(sqlite3.connect(path)) as writer:
        writer.execute("BEGIN IMMEDIATE")

        with pytest.raises(StoreLocked):
            guest.save([some.opened()])
        with pytest.raises(StoreLocked):
            store.save([some.opened()])
        assert host.in_transaction


def test_a_transaction_that_began_by_reading_may_come_too_late(host, store):
    """
    The trap of BEGIN without IMMEDIATE: after another's commit the host's snapshot cannot be written on.
    """
    host.execute("BEGIN")
    guest = store.within(host)
    assert guest.case(some.TENANT, "loan-1/1") is None
    store.save([some.opened()])

    with pytest.raises(StoreLocked):
        guest.save([some.opened("loan-2/1")])
    host.rollback()


def test_a_store_over_the_hosts_connection_works_between_its_transactions(host, path):
    """
    Over the host's connection the store uses transactions of its own and refuses to touch one of the host's.
    """
    store = store_over(host)
    store.save([some.opened("loan-1/1")])
    host.execute("INSERT INTO ledger VALUES ('a')")

    with pytest.raises(TransactionNotUsable, match="within"):
        store.save([some.opened("loan-2/1")])
    store.within(host).save([some.opened("loan-3/1")])
    host.commit()
    store.close()

    assert ledger(path) == ["a"]
    assert [row.case_id for row in store_over(host).cases(some.TENANT)] == ["loan-1/1", "loan-3/1"]


def test_a_store_is_not_made_inside_the_hosts_transaction(host, path):
    """
    Making the tables would commit or belong to the host's transaction; both are refused.
    """
    host.execute("INSERT INTO ledger VALUES ('a')")

    with pytest.raises(TransactionNotUsable):
        store_over(host)
    host.rollback()
    assert ledger(path) == []


def test_a_connection_of_another_thread_is_refused_by_its_driver(host, store):
    """
    The driver's own complaint arrives as the port's error.
    """
    host.execute("BEGIN")
    raised = []

    def use():
        try:
            store.within(host)
        except AdapterError as error:
            raised.append(error)

    thread = threading.Thread(target=use)
    thread.start()
    thread.join()

    assert isinstance(raised[0].__cause__, sqlite3.ProgrammingError)


def test_text_that_cannot_be_stored_is_refused(store):
    """
    A lone surrogate in an id is malformed, in reading as in writing.
    """
    for use in (
        lambda: store.case(some.TENANT, "\ud800"),
        lambda: store.save([some.opened(officer="\ud800")]),
    ):
        with pytest.raises(InvalidValue, match="surrogates"):
            use()
    assert store.heads(some.TENANT) == ()


def test_nothing_in_the_adapter_commits_behind_the_hosts_back():
    """
    ``with connection:``, ``executescript``, ``commit()`` and ``rollback()`` occur nowhere in the package.
    """
    for file in pathlib.Path(sqlite_package.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Attribute):
                assert node.attr not in {"executescript", "commit", "rollback"}, file.name
            if isinstance(node, ast.With):
                names = [item.context_expr for item in node.items]
                assert not [
                    name for name in names if isinstance(name, ast.Name | ast.Attribute) and "conn" in ast.dump(name)
                ]


class TestSqlalchemy:
    """SQLAlchemy says "begun" before its driver has; the guest makes up for it."""

    @pytest.fixture
    def engine(self, path):
        """
        An engine on the host's file.
        """
        sqlalchemy = pytest.importorskip("sqlalchemy")
        engine = sqlalchemy.create_engine(f"sqlite:///{path}")
        yield engine
        engine.dispose()

    def test_the_host_commits(self, engine, path, store):
        """
        Inside ``engine.begin()`` the guest's save and the host's row are committed together.
        """
        with engine.begin() as tx:
            tx.exec_driver_sql("INSERT INTO ledger VALUES ('a')")
            store.within(tx).save([some.opened()])

            assert store.case(some.TENANT, "loan-1/1") is None
            assert ledger(path) == []
        assert store.case(some.TENANT, "loan-1/1") is not None
        assert ledger(path) == ["a"]

    def test_the_guest_may_come_first(self, engine, path, store):
        """
        The trap: before the host's first writing statement the driver has no transaction, and a RELEASE would commit.
        """
        with engine.connect() as tx, tx.begin() as begun:
            store.within(tx).save([some.opened()])
            tx.exec_driver_sql("INSERT INTO ledger VALUES ('a')")
            begun.rollback()

        assert store.case(some.TENANT, "loan-1/1") is None
        assert ledger(path) == []

    def test_a_connection_that_has_not_begun_is_refused(self, engine, store):
        """
        Outside a transaction there is nothing to work in.
        """
        with engine.connect() as connection, pytest.raises(NoOpenTransaction, match=r"engine\.begin"):
            store.within(connection)

    def test_an_engine_is_refused(self, engine, store):
        """
        An engine is no transaction.
        """
        with pytest.raises(TransactionNotUsable, match="Engine"):
            store.within(engine)
