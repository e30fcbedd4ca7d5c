"""
Inside the host's transaction: the desk is a guest there, and each trap of SQLite and its driver stays shut.
"""

from __future__ import annotations

import contextlib
import sqlite3
from datetime import date, time

import pytest

from overdue_visit import Appoint, AssignOfficer, ConcurrentUpdate, NotAllowed, SendNotice
from overdue_visit.adapters.memory_loan_book import MemoryLoanBook
from overdue_visit.adapters.sqlite import store_over
from overdue_visit.desk.unit import UnknownCase
from overdue_visit.ports.store import NoOpenTransaction, TransactionNotUsable
from tests.desk.world import Post, desk_on, kinds, loan_of


@pytest.fixture
def engine(database, url, clock):
    """
    The host's own connection to a database that has both its ledger and the desk's tables.
    """
    desk_on(url, clock).close()
    with contextlib.closing(sqlite3.connect(database)) as connection:
        connection.execute("CREATE TABLE ledger (entry TEXT)")
        connection.commit()
        yield connection


@pytest.fixture
def desk(engine, url, clock, post):
    """
    A desk with a connection of its own to the same database.
    """
    with desk_on(url, clock, post) as desk:
        yield desk


def entries(engine):
    """
    Return the host's own rows.
    """
    return [entry for (entry,) in engine.execute("SELECT entry FROM ledger ORDER BY rowid")]


def test_without_a_transaction_the_desk_refuses(desk, engine, loan):
    """
    A stdlib connection without an open transaction is refused: the first savepoint's release would commit.
    """
    with pytest.raises(NoOpenTransaction):
        desk.within(engine)
    assert not engine.in_transaction
    assert desk.worklist().items == ()


def test_a_desk_kept_after_the_commit_refuses_to_write(desk, engine, loan):
    """
    A guest desk that outlives the host's transaction neither reads nor writes, and commits nothing.
    """
    engine.execute("BEGIN")
    within = desk.within(engine)
    engine.commit()

    with pytest.raises(NoOpenTransaction):
        within.observe(loan)
    assert not engine.in_transaction


def test_the_hosts_rollback_leaves_nothing(desk, engine, loan):
    """
    What the host rolls back never happened: no case, no notice, no contact, no key.
    """
    engine.execute("INSERT INTO ledger VALUES ('host')")
    within = desk.within(engine)
    within.do(within.observe(loan), SendNotice("visit"), key="k-1")
    engine.rollback()

    left = {
        table: engine.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
        for (table,) in engine.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    }
    assert left == dict.fromkeys(left, 0) | {"overdue_meta": 1}
    assert str(desk.relay()) == "0 sent, 0 withheld, 0 failed, 0 unknown"


def test_the_hosts_commit_keeps_everything(desk, engine, loan):
    """
    After the host's commit everybody sees the host's rows and the case.
    """
    engine.execute("INSERT INTO ledger VALUES ('host')")
    within = desk.within(engine)
    case = within.observe(loan)
    within.do(case, SendNotice("visit"))

    assert engine.in_transaction
    with pytest.raises(UnknownCase):
        desk.case(case)
    engine.commit()
    assert kinds(desk, case) == ["case_opened", "notice_queued"]
    assert entries(engine) == ["host"]


def test_a_refused_act_leaves_the_hosts_work(desk, engine, loan):
    """
    An act refused inside leaves the host's rows, what the desk did before, and the transaction to go on in.
    """
    engine.execute("INSERT INTO ledger VALUES ('before')")
    within = desk.within(engine)
    case = within.observe(loan)
    with pytest.raises(NotAllowed):
        within.do(case, AssignOfficer("officer:7"), SendNotice("recovered"))
    engine.execute("INSERT INTO ledger VALUES ('after')")
    engine.commit()

    assert entries(engine) == ["before", "after"]
    assert kinds(desk, case) == ["case_opened"]


def test_a_conflict_inside_is_not_retried(desk, engine, loan, clock):
    """
    A change that others overtook raises at once, changes nothing, and leaves the transaction to the host.
    """
    case = desk.observe(loan)
    engine.execute("INSERT INTO ledger VALUES ('host')")
    within = desk.within(engine)
    calls = []
    store = within._settings.store
    load, save = store.case, store.save

    def stale(tenant, case_id):
        calls.append("load")
        row = load(tenant, case_id)
        engine.execute("UPDATE overdue_cases SET version = version + 1")
        return row

    store.case = stale
    store.save = lambda changes: (calls.append("save"), save(changes))[1]
    with pytest.raises(ConcurrentUpdate) as refusal:
        within.do(case, AssignOfficer("officer:7"))

    assert refusal.value.cases == (case.id,)
    assert calls == ["load", "save"]
    assert engine.in_transaction
    assert entries(engine) == ["host"]


def test_relaying_inside_is_refused(desk, engine, loan, post):
    """
    Nothing is sent inside the host's transaction, and nothing before it committed.
    """
    engine.execute("BEGIN IMMEDIATE")
    within = desk.within(engine)
    within.do(within.observe(loan), SendNotice("visit"))

    with pytest.raises(TransactionNotUsable):
        within.relay()
    assert post.taken == []
    engine.commit()
    desk.relay()
    assert post.taken == ["ke-001/1#2"]


def test_the_savepoint_is_released(desk, engine, loan):
    """
    After each call no savepoint of the desk is left behind, and the host's own savepoints still work.
    """
    engine.execute("BEGIN")
    engine.execute("SAVEPOINT host")
    desk.within(engine).observe(loan)

    with pytest.raises(sqlite3.OperationalError, match="no such savepoint"):
        engine.execute("RELEASE overdue_visit")
    engine.execute("ROLLBACK TO host")
    engine.execute("RELEASE host")
    engine.commit()
    assert desk.worklist().items == ()


def test_erasing_inside_is_refused(desk, engine):
    """
    An erasure cannot keep its promise in a transaction that may be rolled back.
    """
    engine.execute("BEGIN IMMEDIATE")

    with pytest.raises(TransactionNotUsable):
        desk.within(engine).erase("b-17")


def test_closing_a_guest_desk_leaves_the_transaction_open(desk, engine, loan):
    """
    Leaving a ``with`` block of a guest desk neither commits nor closes the host's connection.
    """
    engine.execute("BEGIN IMMEDIATE")
    with desk.within(engine) as within:
        within.observe(loan)

    assert engine.in_transaction
    engine.rollback()
    assert desk.worklist().items == ()


def test_a_whole_night_can_run_inside(desk, engine, clock):
    """
    Close of business inside the host's transaction is all the host's to commit.
    """
    book = MemoryLoanBook([loan_of(f"ke-{number:03}") for number in range(5)])
    engine.execute("BEGIN IMMEDIATE")
    report = desk.within(engine).close_of_business(book)
    engine.rollback()

    assert len(report.opened) == 5
    assert desk.worklist().items == ()
    assert len(desk.close_of_business(book).opened) == 5


def test_a_desk_over_the_hosts_connection_refuses_beside_an_open_transaction(clock, loan):
    """
    A desk whose store shares the host's connection never writes into a transaction it was not handed.
    """
    with contextlib.closing(sqlite3.connect(":memory:")) as connection:
        desk = desk_on(store_over(connection), clock, Post())
        connection.execute("CREATE TABLE ledger (entry TEXT)")
        connection.execute("INSERT INTO ledger VALUES ('host')")

        with pytest.raises(TransactionNotUsable):
            desk.observe(loan)
        desk.within(connection).observe(loan)
        connection.rollback()
        assert entries(connection) == []
        assert desk.worklist().items == ()


def test_memory_knows_no_transaction(store, clock):
    """
    A desk in memory says that it cannot work within a host's transaction.
    """
    with pytest.raises(TransactionNotUsable):
        desk_on(store, clock).within(object())


def test_an_act_in_the_same_transaction_sees_the_one_before(desk, engine, loan, clock):
    """
    Inside one transaction acts follow one another on the version that only this transaction sees.
    """
    engine.execute("BEGIN IMMEDIATE")
    within = desk.within(engine).by("officer:7")
    case = within.observe(loan)
    within.do(case, AssignOfficer("officer:7"))
    outcome = within.do(case, Appoint(date(2026, 3, 9), time(14), time(16), place="home", agreed=True), expect=2)
    engine.commit()

    assert desk.case(case) == outcome.case
    assert desk.verify(case) is None
