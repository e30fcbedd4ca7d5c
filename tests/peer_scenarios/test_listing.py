"""
Every known scenario of a peer is listed, with the test that takes it or the reason why none does.
"""

from __future__ import annotations

import ast
import json
import os
import pathlib
import re

import pytest

HERE = pathlib.Path(__file__).parent
LISTING = HERE.parent / "peer_scenarios.md"
REPOSITORY = HERE.parents[1]

KNOWN = {
    "KB": (2, 3, 4, 5, 8, 9, 10, 11, 12, 14, 15, 16, 18, 19, 20, 21, 22),
    "FI": (
        *(1, 3, 4, 5, 6, 7, 8, 11, 12, 13, 14, 16, 17, 18, 19, 20, 23, 24, 25, 26, 27, 28, 29),
        *(33, 35, 37, 38, 39, 40, 41, 42, 43, 44, 45, 47, 49, 52, 53, 56, 59),
    ),
    "OC": (2, 3, 5, 6, 7, 8),
    "FR": (1, 3, 4, 8),
    "FF": (1, 2),
    "NX": (1, 3, 4),
}
IDS = sorted(f"{peer}-{number:02}" for peer, numbers in KNOWN.items() for number in numbers)


def rows():
    """
    Return the rows of the listing: id, status, and what follows.
    """
    found = re.findall(r"^\| ([A-Z]{2}-\d{2}) \| ([a-z ]+) \| (.+) \|$", LISTING.read_text("utf-8"), flags=re.MULTILINE)
    return [(one, status, rest) for one, status, rest in found]


def names_of_tests():
    """
    Return the names of the tests of this folder.
    """
    trees = [ast.parse(path.read_text("utf-8")) for path in sorted(HERE.glob("test_*.py"))]
    return {node.name for tree in trees for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


def test_every_known_scenario_is_listed_once():
    """
    The listing has each id once and no other.
    """
    assert sorted(one for one, _, _ in rows()) == IDS


def test_every_status_is_one_of_three():
    """
    A scenario is taken, comes later, or is not ours.
    """
    assert {status for _, status, _ in rows()} == {"taken", "later", "not ours"}


def test_every_named_test_exists_and_every_test_is_named():
    """
    A taken scenario names its tests, each by its id; no test of a scenario is left out of the listing.
    """
    named = set()
    for one, status, rest in rows():
        found = set(re.findall(r"`(test_\w+)`", rest))
        assert bool(found) == (status == "taken")
        assert all(name.startswith(f"test_{one.lower().replace('-', '_')}_") for name in found)
        named |= found

    assert named == {name for name in names_of_tests() if re.match(r"test_[a-z]{2}_\d{2}_", name)}


def test_the_ids_are_those_of_the_published_scenarios():
    """
    Where the peers' scenarios lie beside the repository, the listing knows all of them and no more.
    """
    beside = pathlib.Path(os.environ.get("OVERDUE_VISIT_SHARED") or REPOSITORY.parent / "shared")
    file = beside / "vectors" / "peer_scenarios.json"
    if not file.is_file():
        pytest.skip(f"the peers' scenarios are not here: no {file.name} in {file.parent}")

    scenarios = json.loads(file.read_text("utf-8"))["scenarios"]

    assert sorted(each["id"] for each in scenarios) == IDS
