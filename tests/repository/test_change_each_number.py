"""
The script that changes each number of a data file finds every number, and nothing else.
"""

from __future__ import annotations

import pytest

from tests.repository.change_each_number import changed, neighbours

FILE = """# 1 in a comment
name = "article 7 of 2023"
checked = 2026-11-23
[ladders.30] # 5
"40" = true
days = 1_000
share = "12.5%"
open = 08:00:00
hours = ["22:00", "x"]
rule = { fact = "a", at_least = 2, note = "3" }
"""


def test_it_finds_the_numbers_of_a_file():
    """
    Dates, times, whole numbers and decimals in quotes are changed; comments, keys, headers and words are not.
    """
    found = dict.fromkeys((change.line, change.before) for change in changed(FILE))

    assert list(found) == [
        (3, "2026-11-23"),
        (6, "1_000"),
        (7, '"12.5%"'),
        (8, "08:00:00"),
        (9, '"22:00"'),
        (10, "2"),
        (10, '"3"'),
    ]


@pytest.mark.parametrize(
    ("token", "expected"),
    [
        ("0", ["1"]),
        ("7", ["8", "6"]),
        ('"99.9%"', ['"100.0%"', '"99.8%"']),
        ("2026-12-31", ["2027-01-01", "2026-12-30"]),
        ("23:59", ["24:00", "23:58"]),
        ('"24:00"', ['"23:59"']),
        ('"eu-crr-178"', []),
    ],
)
def test_a_number_has_two_neighbours(token, expected):
    """
    A number is made larger and smaller, written as it was, and never below nought.
    """
    assert list(neighbours(token)) == expected
