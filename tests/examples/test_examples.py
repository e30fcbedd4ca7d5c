"""
Every example runs as a script in an empty folder, with warnings as errors, and leaves nothing behind.
"""

from __future__ import annotations

import pathlib
import subprocess
import sys

import pytest

EXAMPLES = pathlib.Path(__file__).resolve().parents[2] / "examples"

STORY = """\
    case ke-001/1: overdue
    give notice of a visit about KES 120.00 due 2026-03-01, because this is day 7 past due
    1 sent, 0 withheld, 0 failed, 0 unknown
    visit the household, 2026-03-11 14:00-16:00
    ability: over_time, willingness: willing
    KES 40.00 on 2026-04-01
    KES 40.00 on 2026-05-01
    KES 40.00 on 2026-06-01
    kept
    remind of KES 40.00 due 2026-05-01, because it is instalment 2 of the agreed plan
    2026-04-02 plan_instalment_judged
"""

OWN_POLICY = """\
    visits.first_visit_day = 10 because board decision 2026-04
village 1
    2026-03-06: give notice of a visit about KES 120.00
    2026-03-08: a visit on that very day is agreed
    after cattle theft: talk
    plan: KES 30.00, KES 30.00, KES 30.00, KES 30.00
umoja 2026-04
    2026-03-06: remind of KES 120.00
    2026-03-08: ke-001/1: 7 days past due, visits start on day 10
    after cattle theft: affordability, propose_plan
    no plan fits:
hasty is refused: notices.visit_notice_day: 5 is not accepted; expected at most visits.first_visit_day, 3
"""

OWN_STORE = """\
kept:  ke-001/1
found: ke-001/1
whole: True
"""

HOST_TRANSACTION = """\
2 March: the case is overdue
    inside:  1 posted, the case is recovered
    outside: 0 posted, the case is overdue
    inside:  1 posted, the case is recovered
    outside: 1 posted, the case is recovered
"""

ASYNCIO_HOST = """\
observed: ke-001/1, ke-002/1, ke-003/1, ke-004/1, ke-005/1, ke-006/1, ke-007/1, ke-008/1
    ke-001/1: queued
    refused: ke-001/1: notice 2 of kind visit is under way; relay it first
facts: {'ke-001/1': 3, 'ke-002/1': 2,
the loop went on meanwhile: True
"""

TOLD = {
    "story.py": STORY,
    "own_policy.py": OWN_POLICY,
    "own_store.py": OWN_STORE,
    "host_transaction.py": HOST_TRANSACTION,
    "asyncio_host.py": ASYNCIO_HOST,
}


@pytest.mark.parametrize("name", TOLD)
def test_an_example_says_what_it_promises(name, run, tmp_path):
    """
    Each line begins a line of what the script prints, in this order.
    """
    ran = run(name, cwd=tmp_path)

    printed = iter(ran.stdout.splitlines())
    assert [line for line in TOLD[name].splitlines() if not any(each.startswith(line) for each in printed)] == []
    assert ran.stderr == ""
    assert list(tmp_path.iterdir()) == []


@pytest.mark.slow
def test_an_own_store_is_proved_by_the_file_it_stands_in(tmp_path):
    """
    The file of the own store passes when pytest runs it, with the whole contract in it.
    """
    proved = subprocess.run(
        [sys.executable, "-m", "pytest", str(EXAMPLES / "own_store.py"), "-q", "-p", "no:cacheprovider", "-W", "error"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )

    assert proved.returncode == 0, proved.stdout
    assert int(proved.stdout.rpartition(" passed")[0].split()[-1]) > 60


def test_the_shipped_book_is_what_its_script_writes(run, tmp_path):
    """
    Writing the book again gives the same bytes.
    """
    run("make_village_book.py", "again.csv", cwd=tmp_path)

    assert (tmp_path / "again.csv").read_bytes() == (EXAMPLES / "data" / "village_book.csv").read_bytes()
