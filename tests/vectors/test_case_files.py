"""
Files and folders of cases, sound and odd.
"""

from __future__ import annotations

import json

import pytest

from tests.vectors import runner
from tests.vectors.made import last_line, write_truth

GOOD = {
    "id": "good",
    "kind": "interest_accrual",
    "inputs": {"principal": "1000", "annual_rate_percent": "12", "days": 30, "year_days": 360},
    "expected": {"interest": "10.00"},
}


def write_cases(path, *cases):
    """
    Write a file of cases.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps({"cases": cases}), encoding="utf-8")
    return path


def test_a_folder_is_run_with_all_that_lies_below_it(tmp_path, capsys):
    """
    A truth, case files beside it and case files in folders below are all run.
    """
    write_truth(tmp_path, {"moon": {"loans": 5}})
    write_cases(tmp_path / "cases.json", GOOD)
    write_cases(tmp_path / "more" / "cases.json", GOOD, {**GOOD, "expected": {"interest": "10.01"}})

    code = runner.main([str(tmp_path)])

    assert (code, last_line(capsys)) == (1, "2 passed, 1 failed, 1 not covered")


def test_an_unknown_file_beside_known_ones_gives_2_after_all_of_them(tmp_path, capsys):
    """
    A folder with one file of no known schema is run to the end, and the exit code is 2.
    """
    for name in ("a", "z"):
        write_cases(tmp_path / f"{name}.json", GOOD)
    (tmp_path / "m.json").write_text('{"colour": "red"}', encoding="utf-8")

    code = runner.main([str(tmp_path)])
    captured = capsys.readouterr()

    assert (code, captured.out.splitlines()[-1]) == (2, "2 passed, 0 failed, 0 not covered")
    assert "m.json: cases of no known schema" in captured.err


@pytest.mark.parametrize("odd", [None, 7, {"colour": "red"}, {**GOOD, "inputs": None}])
def test_a_case_of_no_known_schema_among_others_fails_alone(tmp_path, capsys, odd):
    """
    Nothing, a number, a stranger and a case without inputs are one failure each; the case after them is run.
    """
    code = runner.main([str(write_cases(tmp_path / "cases.json", GOOD, odd, GOOD))])

    assert (code, last_line(capsys)) == (1, "2 passed, 1 failed, 0 not covered")


def test_a_file_that_names_its_schema_may_be_empty(tmp_path, capsys):
    """
    No case of a named schema is nothing to fail.
    """
    path = tmp_path / "cases.json"
    path.write_text('{"schema": "calculators-vectors/1", "cases": []}', encoding="utf-8")

    assert (runner.main([str(path)]), last_line(capsys)) == (0, "0 passed, 0 failed, 0 not covered")


def test_an_id_that_no_output_can_show_does_not_stop_the_run(tmp_path, capsys):
    """
    A lone surrogate and a line break in an id are printed as escapes, on one line.
    """
    bad = {**GOOD, "id": "\ud800\n9 passed", "expected": {"interest": "1"}}

    code = runner.main([str(write_cases(tmp_path / "cases.json", bad))])
    out = capsys.readouterr().out.splitlines()

    assert (code, len(out), out[-1]) == (1, 3, "0 passed, 1 failed, 0 not covered")
