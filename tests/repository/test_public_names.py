"""
The public names are what ``__all__`` and the reference say.
"""

from __future__ import annotations

import inspect
import re

import pytest

import overdue_visit
from tests.repository.house import ROOT

REFERENCE = "\n".join(page.read_text(encoding="utf-8") for page in sorted((ROOT / "docs" / "reference").rglob("*.md")))


def public() -> list[str]:
    """
    Return the names that the package promises.
    """
    return list(getattr(overdue_visit, "__all__", ()))


def test_public_names_are_listed_and_sorted():
    """
    ``__all__`` lists each public name once, in alphabetical order.
    """
    assert public()
    assert public() == sorted(set(public()))


def test_every_public_thing_is_listed():
    """
    What the package's front door offers without an underscore is in ``__all__``, and all of it exists.
    """
    offered = {
        name
        for name, value in vars(overdue_visit).items()
        if not name.startswith("_") and not inspect.ismodule(value) and name != "annotations"
    }

    assert offered == {name for name in public() if not name.startswith("_")}


@pytest.mark.parametrize("name", public())
def test_every_public_name_has_a_place_in_the_reference(name):
    """
    A public name is found in ``docs/reference``, in code type or as the object of a directive.
    """
    assert re.search(rf"`{re.escape(name)}[`(]|:: (?:overdue_visit\.)?(?:\w+\.)*{re.escape(name)}\b", REFERENCE)
    assert hasattr(overdue_visit, name)
