"""
The reference of classification holds every public name, and its page of scales is written from the data.

After a change of a scale: ``python -m tests.classification.test_reference`` writes the page anew.
"""

from __future__ import annotations

import contextlib
import importlib.resources
import pathlib
import re

import pytest

from overdue_visit import classification
from overdue_visit.classification import SCALES, Confidence, read_scale, scale
from overdue_visit.errors import InvalidValue
from tests.classification.scales_page import SURE, page, section, sources
from tests.repository.change_each_number import changed

ROOT = pathlib.Path(__file__).resolve().parents[2]
REFERENCE = ROOT / "docs" / "reference"
PAGE = REFERENCE / "scales.md"

# Where numbers are changed on purpose in a copy of the package, a page that repeats them would notice every change.
pytestmark = pytest.mark.skipif(
    not pathlib.Path(classification.__file__).is_relative_to(ROOT),
    reason="the package under test is another copy than the one that the pages describe",
)


def test_the_page_of_scales_is_current():
    """
    The tables of the reference are what the scales say today.
    """
    assert PAGE.read_text(encoding="utf-8") == page()


@pytest.mark.parametrize("name", SCALES)
def test_the_page_shows_every_entry_of_a_scale(name):
    """
    Each entry of a scale has a row with its citation, how sure it is, and the day it was checked.
    """
    of = scale(name)
    text = section(of)

    assert text in page()
    for source in sources(of):
        assert f"| {source.citation} | {SURE[source.confidence]} | {source.checked} |" in text
    assert [code for code in of.codes if f"| `{code}` |" not in text] == []
    assert [rule.code for rule in of.rules if f"| `{rule.code}`: " not in text] == []
    assert [each.rule for each in of.contagion if f"| `{each.rule}` |" not in text] == []


@pytest.mark.parametrize("name", SCALES)
def test_every_number_shows_on_the_page(name):
    """
    Whatever number of a scale changes, the page changes with it; what cannot be changed alone is refused.
    """
    folder = importlib.resources.files("overdue_visit.classification").joinpath("scales")
    text = folder.joinpath(f"{name}.toml").read_text(encoding="utf-8")
    as_it_is = section(read_scale(text))

    for change in changed(text):
        with contextlib.suppress(InvalidValue):
            assert section(read_scale(change.text)) != as_it_is, change


def test_the_page_shows_the_numbers():
    """
    Days, shares, amounts, months and exceptions stand where a reader looks for them.
    """
    text = page()

    assert "| any | 91 to 270 | `substandard` |" in text
    assert "| any | 1 to 90 | `special_mention` | `technical_overdue` is true and `days_past_due` at most 7 |" in text
    assert "| retail | EUR 100.00 | 1% |" in text
    assert "`expected_loss` at least 50%" in text
    assert "`trigger_ceased` 3 months ago or more and `conditions_met` is true" in text
    assert "| The due day itself is day 1, if something is unpaid at its end. |" in text
    assert "not legal advice" in text


def test_what_is_from_memory_stands_out():
    """
    A number that nobody looked up is marked in bold.
    """
    assert SURE[Confidence.FROM_MEMORY] == "**from memory**"
    assert page().count("| **from memory** | 20") == sum(
        source.confidence is Confidence.FROM_MEMORY for name in SCALES for source in sources(scale(name))
    )


@pytest.mark.parametrize("name", classification.__all__)
def test_every_public_name_is_in_the_reference(name):
    """
    A public name of classification has its entry on the page.
    """
    text = (REFERENCE / "classification.md").read_text(encoding="utf-8")

    assert re.search(rf"^\.\. auto\w+:: overdue_visit\.classification\.(?:\w+\.)?{name}$", text, re.MULTILINE)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
