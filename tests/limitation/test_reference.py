"""
The reference of limitation holds every public name, and its page of figures is written from the data.

After a change of a rule set: ``python -m tests.limitation.test_reference`` writes the page anew.
"""

from __future__ import annotations

import contextlib
import importlib.resources
import inspect
import operator
import pathlib
import re
import types

import pytest

from overdue_visit import limitation
from overdue_visit.errors import InvalidValue
from overdue_visit.limitation import SHAPES, read, shipped
from overdue_visit.limitation.counting import COUNTINGS
from tests.limitation.deadlines_page import SURE, page, section, value
from tests.limitation.figures_in_words import SAYS
from tests.repository.change_each_number import changed

ROOT = pathlib.Path(__file__).resolve().parents[2]
REFERENCE = ROOT / "docs" / "reference"
PAGE = REFERENCE / "deadlines.md"

# Where numbers are changed on purpose in a copy of the package, a page that repeats them would notice every change.
pytestmark = pytest.mark.skipif(
    not pathlib.Path(limitation.__file__).is_relative_to(ROOT),
    reason="the package under test is another copy than the one that the pages describe",
)

MODULES = [each for each in limitation.__all__ if isinstance(getattr(limitation, each), types.ModuleType)]
NAMES = [each for each in limitation.__all__ if each not in MODULES] + [
    f"{module}.{name}"
    for module in MODULES
    for name, found in vars(getattr(limitation, module)).items()
    if not name.startswith("_")
    and (inspect.isfunction(found) or inspect.isclass(found))
    and found.__module__ == f"overdue_visit.limitation.{module}"
]


def test_the_page_of_figures_is_current():
    """
    The tables of the reference are what the rule sets say today.
    """
    assert PAGE.read_text(encoding="utf-8") == page()


@pytest.mark.parametrize("name", SHAPES)
def test_the_page_shows_every_figure(name):
    """
    Each figure of a rule set has a row with its value, its counting, its source, how sure it is, and the day checked.
    """
    rows = section(shipped(name)).splitlines()

    assert "\n".join(rows) in page()
    for figure in shipped(name).figures:
        source = figure.source
        row = next(each for each in rows if each.startswith(f"| `{figure.rule.partition('.')[2]}` |"))
        assert f"| {value(figure)} |" in row
        assert figure.counting is None or f"| `{figure.counting.name}` |" in row
        assert row.endswith(f"| {source.citation} | {SURE[source.confidence]} | {source.checked} |")


@pytest.mark.parametrize("name", SHAPES)
def test_every_number_shows_on_the_page(name):
    """
    Whatever number of a rule set changes, the page changes with it; what is refused cannot be changed.
    """
    folder = importlib.resources.files("overdue_visit.limitation").joinpath("data")
    text = folder.joinpath(f"{name.replace('-', '_')}.toml").read_text(encoding="utf-8")
    as_it_is = section(read(text))

    for change in changed(text):
        with contextlib.suppress(InvalidValue):
            assert section(read(change.text)) != as_it_is, change


def test_each_figure_is_told_in_words():
    """
    Every figure says what it is and which functions follow it, and those functions exist.
    """
    figures = [figure.rule for name in SHAPES for figure in shipped(name).figures]

    assert sorted(SAYS) == sorted(figures)
    for says, functions in SAYS.values():
        assert says
        assert functions
        assert all(callable(operator.attrgetter(each)(limitation)) for each in functions)


def test_the_page_shows_the_numbers():
    """
    Days, shares and lists stand where a reader looks for them, and each way of counting is told.
    """
    text = page()

    assert "| 36 days | `after` | `reg_x.live_contact` |" in text
    assert "| 5 business days |" in text
    assert "| 30% |" in text
    assert "| `signers` |" in text
    assert [name for name in COUNTINGS if f"\n| `{name}` |" not in text] == []
    assert "not legal advice" in text


@pytest.mark.parametrize("name", NAMES)
def test_every_public_name_is_in_the_reference(name):
    """
    A public name of limitation, and of each module it offers, has its entry on the page.
    """
    text = (REFERENCE / "limitation.md").read_text(encoding="utf-8")

    assert re.search(rf"^\.\. auto\w+:: overdue_visit\.limitation\.(?:\w+\.)?{re.escape(name)}$", text, re.MULTILINE)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
