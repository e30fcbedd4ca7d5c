"""
Several processes on one SQLite file, some of them killed.
"""

import contextlib
import pathlib
import random
import signal
import sqlite3
import subprocess
import sys
import time

import pytest

from overdue_visit.adapters.sqlite import open_store
from overdue_visit.testing.store_laws import samples as some
from tests.stores.sqlite_worker import CASES

WORKER = str(pathlib.Path(__file__).with_name("sqlite_worker.py"))
ROOT = pathlib.Path(__file__).parents[2]


def start(*arguments):
    """
    Start a worker.
    """
    return subprocess.Popen(
        [sys.executable, WORKER, *map(str, arguments)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )


def test_processes_lose_and_double_nothing(tmp_path):
    """
    Processes that open one new file and add facts to one case at the same moment: each save counts exactly once.
    """
    url = f"sqlite:///{tmp_path / 'village.db'}?synchronous=NORMAL&timeout=60"
    count = 60
    workers = [start("append", url, who, count, tmp_path / "go") for who in "ABC"]
    time.sleep(0.5)
    (tmp_path / "go").touch()
    outcomes = [worker.communicate(timeout=120) for worker in workers]

    assert [error for _, error in outcomes] == [""] * 3
    assert [output.split()[0] for output, _ in outcomes] == [str(count)] * 3
    with contextlib.closing(open_store(url)) as store:
        facts = store.facts(some.TENANT, CASES[0])
    assert [fact.sequence for fact in facts] == list(range(1, 3 * count + 1))
    assert sorted(fact.body for fact in facts) == sorted(f"{w}:{n}".encode() for w in "ABC" for n in range(count))


def killed(url, *, saves, delay):
    """
    Let a relentless worker save a few times, then kill it in the middle of whatever it is doing.

    Returns:
        The last version it told of.
    """
    worker = start("relentless", url)
    told = [int(worker.stdout.readline()) for _ in range(saves)]
    time.sleep(delay)
    worker.send_signal(signal.SIGKILL)
    # Not communicate(): it passes over what readline has buffered already.
    rest, errors = worker.stdout.read(), worker.stderr.read()
    worker.wait(timeout=60)
    worker.stdout.close()
    worker.stderr.close()
    assert errors == ""
    # A line cut by the kill tells nothing.
    whole = rest[: rest.rfind("\n") + 1].split()
    return max([*told, *map(int, whole)])


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs SIGKILL")
@pytest.mark.parametrize("level", ["FULL", "NORMAL"])
def test_a_killed_process_leaves_the_old_or_the_new_case(tmp_path, level):
    """
    After each of several kills the cases are as before or after a save, with all their parts; nothing told is lost.
    """
    path = tmp_path / "village.db"
    url = f"sqlite:///{path}?synchronous={level}&timeout=60"
    chance = random.Random(f"seven days {level}")
    with contextlib.closing(open_store(url)) as store:
        store.save([some.opened(case_id) for case_id in CASES])
        version = 1
        for _ in range(5):
            told = killed(url, saves=chance.randint(1, 5), delay=chance.random() / 50)
            version = check_whole(store, at_least=max(version, told), at_most=told + 1)

    with contextlib.closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def check_whole(store, *, at_least, at_most):
    """
    Check that both cases have everything of each version and nothing of a next one.

    Returns:
        The version both have.
    """
    rows = [store.case(some.TENANT, case_id) for case_id in CASES]
    (version,) = {row.version for row in rows}
    assert at_least <= version <= at_most
    for row in rows:
        facts = store.facts(some.TENANT, row.case_id)
        assert [fact.sequence for fact in facts] == list(range(1, version + 1))
        assert all(len(fact.private) == 1 for fact in facts[1:])
        for number in range(2, version + 2):
            name = f"{row.case_id}-{number}"
            there = number <= version
            assert (store.message(some.TENANT, name) is not None) == there
            assert (store.command(some.TENANT, name) is not None) == there
    contacts = store.contacts(some.TENANT, some.PARTY, since=some.NOON)
    assert len(contacts.rows) == contacts.version == 2 * (version - 1)
    return version
