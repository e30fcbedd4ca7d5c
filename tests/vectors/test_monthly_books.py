"""
A book that is kept by the month: its totals and its accounts are checked, without due dates.
"""

from __future__ import annotations

import pytest

from tests.vectors import runner
from tests.vectors.made import last_line, write_table, write_truth

MONTHS = ["2005-04", "2005-05", "2005-06", "2005-07", "2005-08", "2005-09"]
CODES = {"1": [2, 2, -1, 0, 2, 3], "2": [-2, -1, 0, 0, 0, 0], "3": [0, 1, 0, 0, 0, 0]}
ACCOUNT_ROWS = [
    {"account_id": "1", "max_months": "3", "episodes": "2", "months_past_due": "4", "open_at_end": "1"},
    {"account_id": "2", "max_months": "0", "episodes": "0", "months_past_due": "0", "open_at_end": "0"},
    {"account_id": "3", "max_months": "1", "episodes": "1", "months_past_due": "1", "open_at_end": "0"},
]
MONTHLY_TOTALS = {
    "accounts": 3,
    "account_months": 18,
    "accounts_ever_past_due": 2,
    "episodes": 3,
    "accounts_with_2plus_episodes": 1,
    "episodes_left_censored": 1,
    "episodes_open_at_2005_09": 1,
    "episodes_cleared": 2,
    "episodes_reaching_2_months": 2,
    "episodes_reaching_3_months": 1,
    "max_months": 3,
    "accounts_by_max_months": {"0": 1, "1": 1, "2+": 1},
    "month_to_month_jumps_of_more_than_1": 1,
    "transitions_months_capped_at_2": {"2->2": 2, "2->0": 1, "0->0": 9, "0->2": 1, "0->1": 1, "1->0": 1, "1->1": 0},
    "default_next_month": 1,
    "default_next_month_and_past_due_in_2005_09": 1,
}


@pytest.fixture
def cards(tmp_path):
    """
    A folder with three accounts that are kept by the month.
    """
    rows = [
        {"account_id": account, "month": month, "status_code": code}
        for account, codes in CODES.items()
        for month, code in reversed(list(zip(MONTHS, codes, strict=True)))
    ]
    defaults = [{"account_id": account, "default_next_month": int(account == "1")} for account in CODES]
    truth = [{**row, "default_next_month": int(row["account_id"] == "1")} for row in ACCOUNT_ROWS]
    write_table(tmp_path / "uci_taiwan_months.csv.gz", rows)
    write_table(tmp_path / "uci_taiwan_accounts.csv", defaults)
    write_table(tmp_path / "uci_taiwan_truth.csv", truth)
    write_truth(tmp_path, {"uci_taiwan": MONTHLY_TOTALS})
    return tmp_path


def test_a_book_by_the_month_is_checked_without_days(cards, capsys):
    """
    Runs of months past due, how far they went, and where the record cuts them: sixteen totals and three accounts.
    """
    code = runner.main([str(cards)])

    assert (code, last_line(capsys)) == (0, "19 passed, 0 failed, 0 not covered")


@pytest.mark.parametrize("figure", MONTHLY_TOTALS)
def test_a_spoilt_total_of_months_fails(cards, capsys, figure):
    """
    Any wrong total of a book by the month fails one case.
    """
    right = MONTHLY_TOTALS[figure]
    wrong = {**right, "0->0" if ">" in str(right) else "0": 7} if isinstance(right, dict) else right + 1
    write_truth(cards, {"uci_taiwan": {**MONTHLY_TOTALS, figure: wrong}})

    code = runner.main([str(cards)])

    assert (code, last_line(capsys)) == (1, "18 passed, 1 failed, 0 not covered")


@pytest.mark.parametrize("column", [*list(ACCOUNT_ROWS[0])[1:], "default_next_month"])
def test_a_spoilt_row_of_an_account_fails(cards, capsys, column):
    """
    Any wrong value about an account fails one case.
    """
    rows = [{**row, "default_next_month": int(row["account_id"] == "1")} for row in ACCOUNT_ROWS]
    write_table(cards / "uci_taiwan_truth.csv", [{**rows[0], column: 9}, *rows[1:]])

    code = runner.main([str(cards)])

    assert (code, last_line(capsys)) == (1, "18 passed, 1 failed, 0 not covered")


@pytest.mark.parametrize(
    "spoilt",
    [
        {"month": "2005-13"},
        {"status_code": "late"},
        {"month": "2005-11"},
    ],
)
def test_a_month_that_cannot_be_read_gives_2(cards, capsys, spoilt):
    """
    No such month, a code in words and a gap in the record give exit code 2 and a line that names the folder.
    """
    row = {"account_id": "1", "month": "2005-09", "status_code": "1"}
    write_table(cards / "uci_taiwan_months.csv.gz", [row, {**row, "month": "2005-10", **spoilt}])

    assert runner.main([str(cards)]) == 2
    assert str(cards) in capsys.readouterr().err


def test_one_broken_set_does_not_hide_the_others(cards, capsys):
    """
    A set whose table is broken gives exit code 2, and the others are checked all the same.
    """
    write_table(cards / "superlender_loans.csv", [{"loan_id": "1"}])
    write_truth(cards, {"superlender": {"value": {}}, "uci_taiwan": MONTHLY_TOTALS})

    code = runner.main([str(cards)])

    assert (code, last_line(capsys)) == (2, "19 passed, 0 failed, 0 not covered")
