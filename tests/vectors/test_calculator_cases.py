"""
Cases of calculators in every wording the schema has: what a case says is read, and a wrong figure fails.
"""

from __future__ import annotations

import json

import pytest

from tests.vectors import runner
from tests.vectors.made import last_line

MONTHS = {"principal": "1000", "annual_rate": "12", "term_months": 3, "payments_per_year": 12}
EARLY = {
    "principal": "5000",
    "annual_rate_percent": "12",
    "start": "2022-11-01",
    "n": 6,
    "day_count": "act/365F",
    "instalment_multiple_of": "1",
    "payments": [{"date": "2022-12-01", "amount": "1500"}],
}
CASES = {
    "ROUND_DOWN in yen": (
        "schedule_level",
        {**MONTHS, "currency_unit": "1", "payment_rounding": "ROUND_DOWN", "interest_rounding": "ROUND_UP"},
        {"instalment": "340", "last_payment": "341", "columns": ["n", "interest"], "rows": [[1, "10"], [3, "4"]]},
    ),
    "a rhythm by its name": (
        "schedule_level",
        {"principal": "1000", "annual_rate": "12", "term_months": 12, "payment_frequency": "quarterly"},
        {"instalment": "269.03", "n": 4, "columns": ["date", "balance"], "rows": [["2000-04-01", "760.97"]]},
    ),
    "days that a term in months counts": (
        "schedule_level",
        {**MONTHS, "day_count": "act/365F", "start_date": "2024-01-01", "balance_tracking": "round_each"},
        {"columns": ["n", "interest"], "rows": [[1, "10.19"]]},
    ),
    "a payment below the interest": (
        "schedule_level",
        {**MONTHS, "payment_override": "9.00"},
        {"columns": ["n", "payment", "principal", "interest"], "rows": [[1, "9.00", "-1.00", "10.00"]]},
    ),
    "an early payment": (
        "restructure",
        {**EARLY, "strategy": "reduce instalment"},
        {"instalment": "731", "n": 6, "total_interest": "156.24"},
    ),
    "late, and not due yet": (
        "schedule_overdue",
        {**EARLY, "payments": [{"date": "2022-12-05", "amount": "1500"}]},
        {"instalment": "862", "total_interest": "170.74"},
    ),
    "interest and principal as a base": (
        "penalty",
        {
            "overdue_principal": "5000",
            "unpaid_interest": "100",
            "daily_rate_percent": "0.05",
            "days": 12,
            "base": "principal + interest",
        },
        {"penalty": "30.60"},
    ),
    "one payment without a count": (
        "apr_us_actuarial",
        {
            "advance": "1000",
            "payments": [{"amount": "1100", "first_full_periods": 1}],
            "unit_periods_per_year": "1",
        },
        {"apr_percent": "10.00"},
    ),
    "a balloon": (
        "schedule_summary",
        {"principal": "200000", "annual_rate_percent": "6", "amortisation_n": 360, "balloon_at": 180},
        {"instalment": "1199.10", "balloon": "142097.69", "n": 180, "total_paid": "357935.69"},
    ),
    "the principal of a falling payment": (
        "schedule_summary",
        {"principal": "1200", "annual_rate_percent": "12", "n": 12, "plan": "equal_principal", "balance_after": 3},
        {"first_principal": "100.00", "balance": "900.00", "balance_after_11": "100", "last_payment": "101"},
    ),
    "nothing said is nothing paid": (
        "annuity_function",
        {"function": "pv", "args": {"rate": "0.1", "nper": 2, "fv": "121"}},
        {"value": "-100"},
    ),
    "a long fraction": (
        "day_count",
        {"convention": "act/act ISDA", "start": "2003-11-01", "end": "2004-05-01"},
        {"year_fraction": "0.497724380567"},
    ),
    "figures without their decimals": (
        "affordability",
        {"surplus": "250", "contingency_percent": "10", "contingency_cap": "20"},
        {"contingency": "20", "available": "230.0"},
    ),
}


def run(tmp_path, capsys, name, **changed):
    """
    Run one case, with some of its parts changed.
    """
    kind, inputs, expected = CASES[name]
    case = {"id": name, "kind": kind, "inputs": inputs, "expected": expected, "tolerance": "exact", **changed}
    path = tmp_path / "cases.json"
    path.write_text(json.dumps({"cases": [case]}), encoding="utf-8")
    return runner.main([str(path)]), last_line(capsys)


@pytest.mark.parametrize("name", CASES)
def test_what_a_case_says_is_read(tmp_path, capsys, name):
    """
    The figures, reckoned by hand or taken from a published table, come out as the case's own words ask for.
    """
    assert run(tmp_path, capsys, name) == (0, "1 passed, 0 failed, 0 not covered")


FIGURES = [(name, key) for name, each in CASES.items() for key in each[2] if key != "columns"]


@pytest.mark.parametrize(("name", "figure"), FIGURES)
def test_a_spoilt_figure_fails(tmp_path, capsys, name, figure):
    """
    Any figure that is another one fails the case; so does a row, whichever of its cells is wrong.
    """
    expected = dict(CASES[name][2])
    wrong = expected[figure]
    if isinstance(wrong, list):
        expected[figure] = [[*row[:-1], "77.77"] for row in wrong]
    else:
        expected[figure] = wrong + 1 if isinstance(wrong, int) else "77.77"

    assert run(tmp_path, capsys, name, expected=expected) == (1, "0 passed, 1 failed, 0 not covered")


@pytest.mark.parametrize("name", CASES)
def test_an_input_that_nobody_reads_is_not_passed_by_luck(tmp_path, capsys, name):
    """
    A word that the schema does not have makes a case not covered, and says which.
    """
    inputs = {**CASES[name][1], "moon": "full"}

    assert run(tmp_path, capsys, name, inputs=inputs) == (0, "0 passed, 0 failed, 1 not covered")
