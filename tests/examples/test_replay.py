"""
The replay of a loan book: what it prints, what it leaves, what it refuses, and what it does when it is killed.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import pathlib
import re
import signal
import subprocess
import sys
import time
from collections import Counter

import pytest

from overdue_visit import AdapterError, Instalment, Loan, Money, open_desk
from overdue_visit.adapters.csv_loan_book import write_loan_book
from tests.examples.conftest import EXAMPLES
from tests.vectors.books import superlender

REPLAY = EXAMPLES / "replay_loan_book.py"
SETTLED = ("notice_sent", "notice_failed", "notice_withheld", "notice_outcome_unknown")


def kes(amount):
    """
    Shillings.
    """
    return Money(amount, "KES")


@pytest.fixture
def small_book(tmp_path):
    """
    A book of two loans: one paid ten days late, one in time.
    """
    schedule = [Instalment(dt.date(2026, 3, 2), kes("120"))]
    loans = [
        Loan("ke-001", borrower="b-1", schedule=schedule).pay(kes("120"), on=dt.date(2026, 3, 12), ref="a"),
        Loan("ke-002", borrower="b-2", schedule=schedule).pay(kes("120"), on=dt.date(2026, 3, 2), ref="b"),
    ]
    folder = tmp_path / "books"
    folder.mkdir()
    write_loan_book(folder / "small.csv", loans)
    return folder / "small.csv"


def cases_of(desk):
    """
    All cases of a desk.
    """
    return list(desk.cases(open_only=False))


@pytest.mark.slow
def test_the_summary_is_read_in_half_a_minute(shipped):
    """
    Everything a manager asks for stands on fewer than forty lines, bad rows with their line numbers among it.
    """
    told, _, story = shipped[1].stdout.partition("\nThe story of ")

    assert len(told.splitlines()) < 40
    for name in (
        "loans",
        "arrears",
        "cases now",
        "first talk",
        "plans",
        "recovered",
        "relapsed",
        "escalated",
        "reasons",
    ):
        assert re.search(rf"^  {name} +\S", told, re.MULTILINE), name
    assert told.count("\n    line ") == 5
    assert "refused" not in told
    assert "case opened: KES" in story
    assert "  plan agreed: KES" in story
    assert shipped[1].stderr == ""


@pytest.mark.slow
def test_the_shipped_book_has_everything_a_book_can_have(shipped, desk):
    """
    Plans kept and broken, an escalation that is taken back, both kinds of relapse, each outcome of a notice.
    """
    facts = [entry.fact for case in cases_of(desk) for entry in desk.history(case)]
    kinds = Counter(fact.kind for fact in facts)

    wanted = ("plan_completed", "plan_broken", "escalated", "recalled", "standing_restored", "appointment_moved")
    assert [kind for kind in (*wanted, *SETTLED, "request_answered", "consequence_reviewed") if not kinds[kind]] == []
    assert {fact.cause.value for fact in facts if fact.kind == "relapsed"} == {"missed", "reversal"}


@pytest.mark.slow
def test_every_record_of_the_replay_is_whole(desk):
    """
    After a whole replay every chain verifies, and every notice has at most one outcome.
    """
    for case in cases_of(desk):
        outcomes = Counter(e.fact.notice for e in desk.history(case) if e.header.kind in SETTLED)

        assert desk.verify(case) is None
        assert max(outcomes.values(), default=0) <= 1


def test_the_figures_come_as_json(run, small_book, tmp_path):
    """
    With --json nothing but the figures is printed, amounts as texts.
    """
    empty = tmp_path / "empty"
    empty.mkdir()

    figures = json.loads(run("replay_loan_book.py", small_book, "--json", cwd=empty).stdout)

    assert (figures["loans"], figures["opened"], figures["loans_with_case"]) == (2, 1, 1)
    assert (figures["first"], figures["last"], figures["days"]) == ("2026-03-02", "2026-03-12", 9)
    assert figures["states"] == {"recovered": 1}
    assert figures["first_visit_days"] == [10]
    assert figures["notices"] == {
        "recovered": {"waiting": 1}, "reminder": {"sent": 1}, "visit": {"sent": 1},
    }  # fmt: skip
    assert figures["arrears"] == [{"on": "2026-03-12", "loans": 0, "total": ["KES 0.00"]}]
    assert list(empty.iterdir()) == []


def test_one_case_is_told_when_it_is_named(run, small_book, tmp_path):
    """
    --case tells the story of that case.
    """
    told = run("replay_loan_book.py", small_book, "--case", "ke-001/1", cwd=tmp_path).stdout

    assert "The story of ke-001/1" in told
    assert "2026-03-12  officer:7     talk held (visit) with the borrower" in told


def test_nothing_is_left_behind(run, small_book, tmp_path, monkeypatch):
    """
    Without --store neither the folder nor the temporary folder holds a file afterwards.
    """
    here, temporary = tmp_path / "here", tmp_path / "temporary"
    here.mkdir()
    temporary.mkdir()
    monkeypatch.setenv("TMPDIR", str(temporary))

    run("replay_loan_book.py", small_book, cwd=here)

    assert [*here.iterdir(), *temporary.iterdir()] == []


def test_a_store_with_cases_is_not_used_again_by_accident(run, small_book, tmp_path):
    """
    A second replay into the same store is refused, and changes nothing; --resume finds nothing left to do.
    """
    url = f"sqlite:///{tmp_path / 'village.db'}"
    run("replay_loan_book.py", small_book, "--store", url, cwd=tmp_path)

    refused = run("replay_loan_book.py", small_book, "--store", url, cwd=tmp_path, code=2)
    again = run("replay_loan_book.py", small_book, "--store", url, "--resume", "--json", cwd=tmp_path)

    assert "--resume" in refused.stderr
    assert refused.stdout == ""
    assert json.loads(again.stdout)["opened"] == 1


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (None, "cannot be read|read .*: No such file"),
        (b"", "column names"),
        (b"loan,borrower\nke-001,b-1\n", "columns"),
        (b"\xff\xfe\x00", "UTF-8"),
    ],
)
def test_what_is_no_book_is_refused_in_one_line(content, told, run, tmp_path):
    """
    A missing, empty or foreign file ends with 2 and one line that says why.
    """
    if content is not None:
        (tmp_path / "book.csv").write_bytes(content)

    refused = run("replay_loan_book.py", "book.csv", cwd=tmp_path, code=2)

    assert len(refused.stderr.splitlines()) == 1
    assert re.search(told, refused.stderr)


def test_an_own_policy_changes_the_replay(run, small_book, tmp_path):
    """
    With visits from day 10, nobody is visited before a payment on day 10.
    """
    umoja = EXAMPLES / "data" / "umoja.toml"

    figures = json.loads(run("replay_loan_book.py", small_book, "--json", "--policy", umoja, cwd=tmp_path).stdout)

    assert figures["first_visit_days"] == []


@pytest.mark.parametrize("with_tqdm", [True, False])
@pytest.mark.parametrize("quiet", [True, False])
def test_progress_is_shown_to_a_person_and_nobody_else(with_tqdm, quiet, small_book, tmp_path):
    """
    At a terminal a bar is shown, with tqdm or without; with --quiet there is none.
    """
    termios = pytest.importorskip("termios", reason="needs a pseudo-terminal")
    if with_tqdm:
        pytest.importorskip("tqdm")
    else:
        (tmp_path / "tqdm.py").write_text("raise ImportError")
    ours, theirs = os.openpty()
    termios.tcsetwinsize(theirs, (24, 80))
    options = ["--json", *(["--quiet"] if quiet else [])]

    subprocess.run(
        [sys.executable, str(REPLAY), str(small_book), *options],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
        stdout=subprocess.DEVNULL,
        stderr=theirs,
        check=True,
    )
    os.write(theirs, b"end")
    shown = os.read(ours, 100_000).decode()
    os.close(ours)
    os.close(theirs)

    assert (shown != "end") is not quiet
    assert ("[#" in shown) is (not quiet and not with_tqdm)


def test_whoever_stops_reading_is_no_error(small_book, tmp_path):
    """
    When the reader of the output goes away, the replay ends without a traceback.
    """
    piped = f'"{sys.executable}" "{REPLAY}" "{small_book}" | true'

    ran = subprocess.run(piped, shell=True, cwd=tmp_path, capture_output=True, check=False)

    assert ran.stderr == b""


@pytest.mark.slow
def test_a_replay_over_real_loans(published_data, run, tmp_path):
    """
    Three hundred published loans are lived through; whoever paid late has a case, and nobody else.
    """
    loans = sorted(superlender(published_data), key=lambda loan: loan.id)[::40][:300]
    write_loan_book(tmp_path / "real.csv", loans)

    ran = run("replay_loan_book.py", "real.csv", "--zone", "Africa/Lagos", "--json", cwd=tmp_path)

    figures = json.loads(ran.stdout)
    assert figures["loans"] == 300
    assert figures["opened"] == sum(map(seen_late, loans)) > 20
    assert figures["states"].get("overdue", 0) == 0
    assert figures["facts"]["recovered"] == figures["opened"]
    assert figures["bad_rows"] == []


def seen_late(loan):
    """
    Whether some business day ends with the instalment due before it unpaid, as the ledger knew it that day.
    """
    due = loan.versions[0].instalments[0].due
    known = max(loan.payments[0].on, loan.payments[0].booked)
    late = (due + dt.timedelta(days=n) for n in range(1, (known - due).days))
    return any(day.weekday() < 5 for day in late)


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="needs SIGKILL")
def test_a_killed_replay_goes_on_where_it_was(shipped, desk, run, tmp_path):
    """
    Killed in the middle and resumed, a replay loses nothing, doubles nothing, and ends as one that was never killed.
    """
    path = tmp_path / "village.db"
    url = f"sqlite:///{path}"
    running = subprocess.Popen([sys.executable, str(REPLAY), "--store", url], stdout=subprocess.DEVNULL)
    while running.poll() is None and cases_in(path) < 30:
        time.sleep(0.05)
    running.send_signal(signal.SIGKILL)
    running.wait()

    run("replay_loan_book.py", "--store", url, "--resume", cwd=tmp_path)

    with open_desk(url, zone="Africa/Nairobi") as resumed:
        ended = {case.id: (case.state, case.upkeep.close_reason) for case in cases_of(resumed)}
        assert ended == {case.id: (case.state, case.upkeep.close_reason) for case in cases_of(desk)}
        for case in cases_of(resumed):
            outcomes = Counter(e.fact.notice for e in resumed.history(case) if e.header.kind in SETTLED)
            assert resumed.verify(case) is None
            assert max(outcomes.values(), default=0) <= 1


def cases_in(path: pathlib.Path) -> int:
    """
    Count the cases that are in a store so far.
    """
    if not path.exists():
        return 0
    try:
        with open_desk(f"sqlite:///{path}?mode=ro", zone="Africa/Nairobi") as reading:
            return len(cases_of(reading))
    except AdapterError:
        return 0
