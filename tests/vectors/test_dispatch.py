"""
A case that cannot be read is one failure or one case not covered; the cases after it still run.
"""

from __future__ import annotations

import json

import pytest

from tests.vectors import runner

SOUND = {
    "id": "sound",
    "jurisdiction": "UK",
    "policy": "uk-breathing-space-2020",
    "rule": "no_contact_for_enforcement",
    "timezone": "Europe/London",
    "history": [],
    "context": {},
    "proposed": {"at": "2026-03-31T10:00:00+01:00", "channel": "phone", "debt": "D1"},
    "expected": "allowed",
}
LIMIT = {
    "id": "limit",
    "jurisdiction": "CN",
    "rule": "card_personalised_instalment_max_5_years",
    "input": {"months": 60},
    "expected": {"allowed": True},
}
DAYS = {
    "id": "days",
    "framework": "US-RegX-delinquency-days",
    "input": {"due_date": "2026-01-01", "as_of": "2026-01-31"},
    "expected": {"days_delinquent": 30},
}


def run(tmp_path, capsys, *cases: dict) -> tuple[int, list[str]]:
    """
    Run cases; return the exit code and what was printed.
    """
    path = tmp_path / "cases.json"
    path.write_text(json.dumps({"cases": cases}), encoding="utf-8")
    code = runner.main([str(path)])
    return code, capsys.readouterr().out.splitlines()


@pytest.mark.parametrize(
    "spoilt",
    [
        {"history": None},
        {"history": 1},
        {"proposed": []},
        {"proposed": {"at": "soon", "channel": "phone"}},
        {"context": {"requests": [{}]}},
        {"context": {"inconvenient_times": [7]}},
        {"context": {"moratorium": {"kind": "breathing_space", "start": None}}},
    ],
)
def test_a_case_that_cannot_be_read_fails_alone(tmp_path, capsys, spoilt):
    """
    A value of the wrong sort is a failed case that says why, never a traceback.
    """
    code, out = run(tmp_path, capsys, {**SOUND, "id": "spoilt", **spoilt}, SOUND)

    assert code == 1
    assert "FAILED spoilt: expected allowed, got the case cannot be read: " in out[1]
    assert out[-1] == "1 passed, 1 failed, 0 not covered"


def test_a_case_that_lacks_a_key_is_not_covered(tmp_path, capsys):
    """
    A missing key is named.
    """
    lacking = {**SOUND, "proposed": {"channel": "phone"}}
    code, out = run(tmp_path, capsys, lacking)

    assert code == 0
    assert out[1:] == ["  not covered (1): the case lacks 'at'", "0 passed, 0 failed, 1 not covered"]


@pytest.mark.parametrize("case", [LIMIT, DAYS], ids=lambda case: case["id"])
def test_a_case_that_expects_nothing_does_not_pass(tmp_path, capsys, case):
    """
    An empty expectation compares nothing, so it is not covered.
    """
    assert run(tmp_path, capsys, case)[1][-1] == "1 passed, 0 failed, 0 not covered"
    assert run(tmp_path, capsys, {**case, "expected": {}})[1][-1] == "0 passed, 0 failed, 1 not covered"
