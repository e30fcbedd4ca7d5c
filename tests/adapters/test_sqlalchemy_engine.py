"""
A desk over a host's SQLAlchemy engine.
"""

from __future__ import annotations

import datetime as dt

import pytest

from overdue_visit import Instalment, Loan, Money, open_desk
from overdue_visit.adapters.clock import FixedClock
from overdue_visit.errors import InvalidValue

sqlalchemy = pytest.importorskip("sqlalchemy")

LOAN = Loan("ke-001", borrower="b-17", schedule=[Instalment(dt.date(2026, 3, 1), Money("120", "KES"))])


def desk_on(engine):
    """
    Open a desk on an engine, on the eighth of March.
    """
    return open_desk(engine, zone="Africa/Nairobi", clock=FixedClock("2026-03-08 09:00"))


@pytest.fixture
def engine(tmp_path):
    """
    An engine on a file of the host.
    """
    made = sqlalchemy.create_engine(f"sqlite:///{tmp_path / 'host.db'}")
    yield made
    made.dispose()


def test_a_desk_opens_on_an_engine(engine):
    """
    The host's row and the case are committed together, in one file, and the desk reads both ways.
    """
    with desk_on(engine) as desk:
        with engine.begin() as tx:
            tx.exec_driver_sql("CREATE TABLE ledger (loan TEXT)")
            tx.exec_driver_sql("INSERT INTO ledger VALUES ('ke-001')")
            desk.within(tx).observe(LOAN)

        (step, *_) = desk.worklist()
    with engine.connect() as connection:
        cases = connection.exec_driver_sql("SELECT count(*) FROM overdue_cases").scalar_one()
    assert (step.case_id, cases) == ("ke-001/1", 1)


def test_what_the_host_rolls_back_was_never_there(engine):
    """
    A case opened in a transaction of the engine goes with it.
    """
    with desk_on(engine) as desk:
        with engine.connect() as tx, tx.begin() as begun:
            desk.within(tx).observe(LOAN)
            begun.rollback()

        assert list(desk.worklist()) == []


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///:memory:"])
def test_a_database_in_memory_is_refused(url):
    """
    A database that only one connection can see holds no desk.
    """
    engine = sqlalchemy.create_engine(url)

    with pytest.raises(InvalidValue, match="SQLite file"):
        desk_on(engine)
