"""
What tests of the desk share: a clock that is set by hand, a post office, and a desk on memory or SQLite.
"""

from __future__ import annotations

import pytest

from tests.desk.world import Post, desk_on, loan_of, memory, morning


@pytest.fixture
def clock():
    """
    A clock on the morning on which the loan is seven days past due.
    """
    return morning()


@pytest.fixture
def post():
    """
    A sender that takes every letter.
    """
    return Post()


@pytest.fixture
def store():
    """
    An empty store in memory.
    """
    return memory()


@pytest.fixture
def desk(store, clock, post):
    """
    A desk on the store in memory.
    """
    return desk_on(store, clock, post)


@pytest.fixture
def loan():
    """
    A loan of which 120 shillings were due on the first of March.
    """
    return loan_of()


@pytest.fixture
def database(tmp_path):
    """
    The path of an SQLite file that is not there yet.
    """
    return tmp_path / "village.db"


@pytest.fixture
def url(database):
    """
    The url of that file.
    """
    return f"sqlite:///{database}?synchronous=NORMAL"
