from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.vectors import runner
from tests.vectors.made import last_line, write_table, write_truth

SCRIPT = Path(__file__).resolve().parents[1] / "run_vectors.py"

# One loan of 30 days, due on 1 March 2016, paid ten days late, booked a day later; and one paid in time.
LOANS = [
    {"loan_id": "1", "borrower_id": "B1", "approved_at": "2016-02-01T08:00:00"},
    {"loan_id": "2", "borrower_id": "B2", "approved_at": "2016-02-01T09:00:00"},
]
SCHEDULE = [
    {"loan_id": "1", "instalment_no": "1", "due_date": "2016-03-01", "amount_due_ngn": "6500.00"},
    {"loan_id": "2", "instalment_no": "1", "due_date": "2016-03-01", "amount_due_ngn": "6500.00"},
]
PAYMENTS = [
    {"loan_id": "1", "paid_at": "2016-03-11", "booked_at": "2016-03-12T00:05:50", "amount_ngn": "6500.00"},
    {"loan_id": "2", "paid_at": "2016-02-20T10:00:00", "booked_at": "2016-02-20T10:05:00", "amount_ngn": ""},
    {"loan_id": "2", "paid_at": "2016-03-01T10:00:00", "booked_at": "2016-03-01T10:05:00", "amount_ngn": ""},
]
ROWS = [
    {
        "loan_id": "1",
        "due_date": "2016-03-01",
        "value_paid_date": "2016-03-11",
        "value_max_dpd_sod": "10",
        "value_episodes_sod": "1",
        "value_first_day_past_due": "2016-03-02",
        "value_cleared_on": "2016-03-11",
        "value_max_dpd_eod": "9",
        "value_episodes_eod": "1",
        "booked_paid_date": "2016-03-12",
        "booked_max_dpd_sod": "11",
        "booked_episodes_sod": "1",
        "booked_first_day_past_due": "2016-03-02",
        "booked_cleared_on": "2016-03-12",
        "booked_max_dpd_eod": "10",
        "booked_episodes_eod": "1",
    },
    {
        "loan_id": "2",
        "due_date": "2016-03-01",
        "value_paid_date": "2016-03-01",
        "value_max_dpd_sod": "0",
        "value_episodes_sod": "0",
        "value_first_day_past_due": "",
        "value_cleared_on": "",
        "value_max_dpd_eod": "0",
        "value_episodes_eod": "0",
        "booked_paid_date": "2016-03-01",
        "booked_max_dpd_sod": "0",
        "booked_episodes_sod": "0",
        "booked_first_day_past_due": "",
        "booked_cleared_on": "",
        "booked_max_dpd_eod": "0",
        "booked_episodes_eod": "0",
    },
]
TOTALS = {"loans": 2, "episodes_reaching_7": 1, "max_dpd": 10, "loans_by_max_dpd": {"0": 1, "1-6": 0, "7+": 1}}


@pytest.fixture
def folder(tmp_path):
    """
    A folder in the shape of the published one, with two loans.
    """
    write_table(tmp_path / "superlender_loans.csv.gz", LOANS)
    write_table(tmp_path / "superlender_schedule.csv", SCHEDULE)
    write_table(tmp_path / "superlender_payments.csv.gz", PAYMENTS)
    write_table(tmp_path / "superlender_truth.csv.gz", ROWS)
    write_truth(tmp_path, {"superlender": {"value": {"sod": TOTALS}, "booked_after_value_date": 1}})
    return tmp_path


def test_every_figure_and_every_loan_is_checked(folder, capsys):
    """
    Two loans under four conventions and five figures are thirteen cases, tables plain or gzipped.
    """
    code = runner.main([str(folder)])

    assert (code, last_line(capsys)) == (0, "13 passed, 0 failed, 0 not covered")


def test_truth_json_stands_for_its_folder(folder, capsys):
    """
    The path of ``truth.json`` itself runs the folder it lies in.
    """
    code = runner.main([str(folder / "truth.json")])

    assert (code, last_line(capsys)) == (0, "13 passed, 0 failed, 0 not covered")


@pytest.mark.parametrize("column", [column for column in ROWS[0] if column not in ("loan_id", "due_date")])
def test_a_spoilt_expectation_of_a_loan_fails(folder, capsys, column):
    """
    Any wrong value in a row of truth fails one case, and is printed as expected and got.
    """
    spoilt = {**ROWS[0], column: "1999-12-31"}
    write_table(folder / "superlender_truth.csv.gz", [spoilt, ROWS[1]])

    code = runner.main([str(folder)])
    out = capsys.readouterr().out

    assert (code, out.splitlines()[-1]) == (1, "12 passed, 1 failed, 0 not covered")
    assert f"FAILED 1: expected {{'{column.partition('_')[2]}': '1999-12-31'}}, got" in out


@pytest.mark.parametrize("figure", [*TOTALS, "booked_after_value_date"])
def test_a_spoilt_total_fails(folder, capsys, figure):
    """
    Any wrong total fails one case.
    """
    wrong = {"0": 0, "1-6": 0, "7+": 2} if figure == "loans_by_max_dpd" else 99
    sets = {"value": {"sod": TOTALS}, "booked_after_value_date": 1}
    if figure in sets:
        sets[figure] = wrong
    else:
        sets["value"] = {"sod": {**TOTALS, figure: wrong}}
    write_truth(folder, {"superlender": sets})

    code = runner.main([str(folder)])

    assert (code, last_line(capsys)) == (1, "12 passed, 1 failed, 0 not covered")


def test_a_loan_that_truth_knows_and_the_book_does_not_fails(folder, capsys):
    """
    A row of truth without its loan fails under each of the four conventions.
    """
    write_table(folder / "superlender_truth.csv.gz", [*ROWS, {**ROWS[1], "loan_id": "3"}])

    code = runner.main([str(folder)])

    assert (code, last_line(capsys)) == (1, "13 passed, 4 failed, 0 not covered")


def test_more_failures_than_fit_a_screen_are_counted(folder, capsys):
    """
    Of many failures of one kind twenty are shown, and how many more there are.
    """
    write_table(folder / "superlender_truth.csv.gz", [{**ROWS[1], "loan_id": f"x{n}"} for n in range(25)])

    runner.main([str(folder)])

    assert "... and 5 more failures of this kind" in capsys.readouterr().out


def test_what_is_not_covered_says_why_and_fails_nothing(folder, capsys):
    """
    Sets, figures and books that there is no way to check are counted with their reason; the exit code stays 0.
    """
    write_truth(
        folder,
        {
            "superlender": {"value": {"sod": {"loans": 2, "mood": 1}}},
            "loan500": {"as_of": "2016-12-08", "sod": {"loans": 1}},
            "moon": {"loans": 5},
        },
    )
    (folder / "superlender_truth.csv.gz").unlink()

    code = runner.main([str(folder)])
    out = capsys.readouterr().out

    assert (code, out.splitlines()[-1]) == (0, "1 passed, 0 failed, 12 not covered")
    for reason in ("no such figure is made: mood", "no loan500_loans beside", "there is no reader for"):
        assert reason in out


def test_a_book_with_open_loans_says_its_last_day(folder, capsys):
    """
    With an as-of date a loan without a payment is past due through it; without its row of truth it is not covered.
    """
    write_table(folder / "superlender_payments.csv.gz", PAYMENTS[:1])
    write_table(folder / "superlender_truth.csv.gz", ROWS[:1])
    figures = {"episodes_open_at_as_of": 1, "episodes_cleared": 1, "max_dpd": 31, "past_due_loan_days": 41}
    write_truth(folder, {"superlender": {"value": {"sod": figures}, "as_of": "2016-04-01"}})

    code = runner.main([str(folder)])
    out = capsys.readouterr().out

    assert (code, out.splitlines()[-1]) == (0, "9 passed, 0 failed, 4 not covered")
    assert "no row in superlender_truth" in out


def loan500(folder, as_of="2016-12-08", **changed):
    """
    Write a book of two short loans: one paid two days late, which its publisher calls three, and one unpaid.
    """
    row = {
        "loan_id": "x1",
        "status": "COLLECTION_PAIDOFF",
        "principal": "1000",
        "effective_date": "2016-09-10",
        "due_date": "2016-10-09",
        "paid_off_at": "2016-10-11T15:53",
        "publisher_past_due_days": "3",
        "implied_rollovers": "1",
    }
    unpaid = {"loan_id": "x2", "status": "COLLECTION", "paid_off_at": "", "publisher_past_due_days": "60"}
    write_table(folder / "loan500_loans.csv", [{**row, **changed}, {**row, **unpaid}])
    figures = {
        "as_of": as_of,
        "sod": {"loans": 2, "episodes_open_at_as_of": 1, "episodes_cleared": 1, "past_due_loan_days": 62},
        "eod": {"max_dpd": 60, "past_due_loan_days": 61},
        "status": {"COLLECTION_PAIDOFF": 1, "COLLECTION": 1},
        "loans_with_implied_rollovers": 2,
        "publisher_past_due_days_compared": 2,
        "publisher_past_due_days_equal_to_max_dpd_sod": 1,
        "disagreements": [["x1", 3, 2]],
    }
    write_truth(folder, {"loan500": figures})


def test_open_loans_count_to_the_as_of_date(tmp_path, capsys):
    """
    A loan that is unpaid at the cut has an open episode; a publisher's own figure that differs is named.
    """
    loan500(tmp_path)

    code = runner.main([str(tmp_path)])

    assert (code, last_line(capsys)) == (0, "12 passed, 0 failed, 4 not covered")


@pytest.mark.parametrize(
    "spoil",
    [
        pytest.param(lambda folder: (folder / "truth.json").write_text("{"), id="truth is no JSON"),
        pytest.param(lambda folder: (folder / "truth.json").write_text("[1]"), id="truth is a list"),
        pytest.param(lambda folder: (folder / "truth.json").write_text('{"superlender": 1}'), id="a set is a number"),
        pytest.param(lambda folder: (folder / "truth.json").write_bytes(b"\xff\xfe{}"), id="another encoding"),
        pytest.param(lambda folder: (folder / "superlender_schedule.csv").unlink(), id="a table is gone"),
        pytest.param(lambda folder: (folder / "superlender_schedule.csv").write_text(""), id="a table is empty"),
        pytest.param(
            lambda folder: (folder / "superlender_payments.csv.gz").write_bytes(
                (folder / "superlender_payments.csv.gz").read_bytes()[:-12]
            ),
            id="a truncated gz",
        ),
        pytest.param(
            lambda folder: (folder / "superlender_truth.csv.gz").write_bytes(b"plain text"), id="a gz that is none"
        ),
        pytest.param(
            lambda folder: write_table(folder / "superlender_schedule.csv", [{"loan_id": "1"}]), id="a column is gone"
        ),
        pytest.param(
            lambda folder: write_table(
                folder / "superlender_schedule.csv", [{**SCHEDULE[0], "due_date": "the first of March"}]
            ),
            id="a day in words",
        ),
        pytest.param(
            lambda folder: write_table(folder / "superlender_schedule.csv", [{**SCHEDULE[0], "loan_id": "9"}]),
            id="a schedule without its loan",
        ),
        pytest.param(
            lambda folder: (folder / "superlender_schedule.csv").write_text(
                "loan_id,instalment_no,due_date,amount_due_ngn\n1,1\n"
            ),
            id="a line that is too short",
        ),
    ],
)
def test_a_file_that_cannot_be_read_gives_2(folder, capsys, spoil):
    """
    What is missing, truncated or garbled gives exit code 2 and a line that names the place; nothing is guessed.
    """
    spoil(folder)

    code = runner.main([str(folder)])
    captured = capsys.readouterr()

    assert code == 2
    assert captured.err.startswith("cannot read ")
    assert str(folder) in captured.err


@pytest.mark.parametrize("spoilt", [{"as_of": "soon"}, {"principal": "1e3"}, {"due_date": ""}])
def test_a_short_loan_that_cannot_be_read_gives_2(tmp_path, capsys, spoilt):
    """
    A broken amount, day or as-of date in the book of short loans gives exit code 2.
    """
    loan500(tmp_path, **spoilt)

    assert runner.main([str(tmp_path)]) == 2
    assert "loan500" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("garbage.json", "garbage"),
        ("empty.json", "{}"),
        ("other.json", '{"cases": [{"id": "1", "colour": "red"}]}'),
        ("none.json", '{"cases": []}'),
        ("deep.json", "[" * 100_000),
        ("book.csv", "loan_id,due_date\n1,2016-03-01\n"),
    ],
)
def test_a_file_of_no_known_schema_gives_2(tmp_path, capsys, name, content):
    """
    Garbage, an empty list and cases of another schema give exit code 2.
    """
    (tmp_path / name).write_text(content, encoding="utf-8")

    assert runner.main([str(tmp_path / name)]) == 2
    assert last_line(capsys) == "0 passed, 0 failed, 0 not covered"


def test_no_path_a_missing_one_and_an_empty_folder_give_2(tmp_path, capsys):
    """
    There is nothing to run in no path, a missing path or an empty folder: exit code 2.
    """
    assert runner.main([]) == 2
    assert runner.main([str(tmp_path / "nowhere")]) == 2
    assert runner.main([str(tmp_path)]) == 2
    assert "nowhere" in capsys.readouterr().err


def test_an_unreadable_path_outweighs_a_failure_and_the_rest_still_runs(folder, tmp_path, capsys):
    """
    With a missing path and a failing folder the folder is run, its failure printed, and the exit code is 2.
    """
    write_truth(folder, {"superlender": {"value": {"sod": {"loans": 3}}}})

    code = runner.main([str(tmp_path / "nowhere"), str(folder)])

    assert (code, last_line(capsys)) == (2, "8 passed, 1 failed, 0 not covered")


CASES = {
    "calculators": {"cases": [{"id": "1", "kind": "penalty", "inputs": {}, "expected": {}}]},
    "contact": {
        "cases": [
            {
                "id": "1",
                "jurisdiction": "UK",
                "policy": "hours",
                "rule": "r",
                "history": [],
                "proposed": {},
                "expected": "allowed",
            }
        ]
    },
    "classification": {"cases": [{"id": "1", "framework": "five", "input": {}, "expected": {}}]},
    "notices and plans": {"cases": [{"id": "1", "jurisdiction": "UK", "rule": "r", "input": {}, "expected": {}}]},
    "peer scenarios": {"scenarios": [{"id": "1", "peer": "p", "topic": "t", "given": {}, "steps": []}]},
}


@pytest.mark.parametrize("name", CASES)
def test_each_schema_of_case_files_is_recognised(tmp_path, capsys, name):
    """
    A file of a known schema is recognised by its content, whatever its name.
    """
    (tmp_path / "cases.json").write_text(json.dumps(CASES[name]), encoding="utf-8")

    code = runner.main([str(tmp_path)])
    out = capsys.readouterr().out.splitlines()

    assert code == 0
    assert out[0].startswith(f"{name}: ")
    assert out[-1].startswith("0 passed, 0 failed, 1 not")


def test_the_script_runs_from_any_folder(folder):
    """
    ``python tests/run_vectors.py PATH`` works without the tests being importable, and exits with the code.
    """
    done = subprocess.run(
        [sys.executable, str(SCRIPT), str(folder)], cwd=folder, capture_output=True, text=True, check=False
    )

    assert (done.returncode, done.stdout.splitlines()[-1]) == (0, "13 passed, 0 failed, 0 not covered")


@pytest.mark.slow
def test_the_published_loan_books_agree_in_every_figure(published_data, capsys):
    """
    Every total and every loan of the published books comes out as their truth says, under every convention.
    """
    code = runner.main([str(published_data)])
    out = capsys.readouterr().out.splitlines()

    assert code == 0
    assert " 0 failed" in out[-1]
    assert [line for line in out if line.startswith(("superlender", "loan500")) and " 0 not covered" not in line] == []
