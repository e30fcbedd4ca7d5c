"""
SIGKILL at random moments: started over until it is done, the host has lost nothing and doubled nothing.
"""

from __future__ import annotations

import contextlib
import pathlib
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from datetime import timedelta

import pytest

from overdue_visit.adapters.clock import FixedClock
from tests.desk import killed_host
from tests.desk.killed_host import DAYS, FIRST, LOANS
from tests.desk.world import Post, assert_sound, desk_on, outcomes, rows_of

SCRIPT = pathlib.Path(killed_host.__file__)


def start(folder):
    """
    Start the host, note that it was started, and wait until it begins.
    """
    (folder / f"start-{len(list(folder.glob('start-*')))}").touch()
    process = subprocess.Popen([sys.executable, SCRIPT, folder], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout.readline() == b"begins\n"
    return process


def undisturbed(folder):
    """
    Run the host to its end, and tell how long that took and how the cases ended.
    """
    process = start(folder)
    began = time.monotonic()
    assert process.communicate(timeout=120)[1] == b""
    assert process.returncode == 0
    return time.monotonic() - began, ending(folder)


def ending(folder):
    """
    Return the state, the plan and the open arrears of each case.
    """
    with opened(folder) as desk:
        found = {}
        for row in rows_of(desk._settings.store):
            case = desk.case(row.case_id)
            found[row.case_id] = (case.open, case.observation.position, case.plans.latest is not None, case.talks.held)
        return found


def opened(folder):
    """
    Open a desk on what the host left.
    """
    clock = FixedClock(f"{FIRST + timedelta(days=DAYS)} 13:00")
    return desk_on(f"sqlite:///{folder / 'village.db'}", clock, Post())


def kill_and_restart(folder, kills, lasting, seed):
    """
    Kill the host *kills* times at moments drawn from *seed*, then let it finish; return how often it died.
    """
    drawn, died = random.Random(seed), 0
    for _ in range(kills):
        process = start(folder)
        time.sleep(drawn.uniform(0, 2 / (kills + 1)) * lasting)
        process.send_signal(signal.SIGKILL)
        stderr = process.communicate(timeout=60)[1]
        assert stderr == b""
        died += process.returncode == -signal.SIGKILL
        if process.returncode == 0:
            break
    process = start(folder)
    assert process.communicate(timeout=120)[1] == b""
    assert process.returncode == 0
    return died


def check(folder, expected):
    """
    Check that nothing was lost or doubled.
    """
    sent = Counter((folder / "sent.log").read_text().split())
    with contextlib.closing(sqlite3.connect(folder / "village.db")) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert connection.execute("SELECT count(*) FROM overdue_messages WHERE state <> 'settled'").fetchone() == (0,)
    with opened(folder) as desk:
        store = desk._settings.store
        assert_sound(desk, store)
        told = {}
        for row in rows_of(store):
            for number, settled in outcomes(desk, row.case_id).items():
                (told[f"default/{row.case_id}#{number}"],) = settled
    # Every letter that went out is known as sent, or as in doubt; whatever is known as sent went out once.
    assert max(sent.values()) == 1
    assert {key for key, kind in told.items() if kind == "notice_sent"} <= set(sent)
    assert {told[key] for key in sent} <= {"notice_sent", "notice_outcome_unknown"}
    found = ending(folder)
    assert found.keys() == expected.keys()
    assert len(found) == LOANS - 1
    for case_id, ended in found.items():
        if not any(key.startswith(f"default/{case_id}#") and told[key] == "notice_outcome_unknown" for key in told):
            assert ended[:2] == expected[case_id][:2]


def check_kills(tmp_path, kills, seed):
    """
    Run undisturbed and with kills, and compare.
    """
    calm, rough = tmp_path / "calm", tmp_path / "rough"
    calm.mkdir()
    rough.mkdir()
    lasting, expected = undisturbed(calm)
    check(calm, expected)

    died = kill_and_restart(rough, kills, lasting, seed)

    assert died >= kills - 2
    check(rough, expected)
    return died


@pytest.mark.slow
def test_five_kills(tmp_path):
    """
    A host killed five times ends where an undisturbed one ends.
    """
    check_kills(tmp_path, 5, seed=1)


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(10))
def test_fifty_kills(seed, tmp_path):
    """
    Fifty kills in ten runs, each at other moments.
    """
    check_kills(tmp_path, 5, seed=100 + seed)
