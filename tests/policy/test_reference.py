"""
The reference page of the shipped policy is written from it; run this file to write it anew.
"""

from __future__ import annotations

import pathlib

from overdue_visit import policy

PAGE = pathlib.Path(__file__).resolve().parents[2] / "docs" / "reference" / "policy-village.md"
HEAD = "<!-- Written from the policy by tests/policy/test_reference.py; run that file after a change. -->\n\n"


def page() -> str:
    """
    Return the page as it should be.
    """
    return HEAD + policy.markdown(policy.village())


def test_the_page_is_current():
    """
    The table of numbers in the reference is the one the policy gives.
    """
    assert PAGE.read_text(encoding="utf-8") == page()


def test_the_page_names_every_key():
    """
    Each key of the policy has its row, with the value and the reason.
    """
    text = page()

    assert [key for key in policy.village().values() if f"| `{key}` |" not in text] == []
    assert "| `visits.first_visit_day` | 7 |" in text
    assert "| `buckets` | 1-6: 1 to 6, 7-30: 7 to 30," in text


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
