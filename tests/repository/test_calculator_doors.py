"""
The doors of the calculators are what their ``__all__`` and the reference say.
"""

from __future__ import annotations

import functools
import importlib
import re
from types import ModuleType

import pytest

from tests.repository.house import ROOT

CALCULATORS = ("classification", "contact", "limitation", "repayment", "repayment.kinds")
"""Packages that are usable alone, below ``overdue_visit``."""


def door(package: str) -> ModuleType:
    """
    Import a calculator.
    """
    return importlib.import_module(f"overdue_visit.{package}")


def in_order(name: str) -> tuple[int, str]:
    """
    Sort as the linter does: constants, then classes, then the rest.
    """
    if name.isupper():
        return 0, name
    return (1 if name[0].isupper() else 2), name


@functools.cache
def reference(package: str) -> str:
    """
    Return the reference pages that are about a calculator, so that a namesake elsewhere does not count.
    """
    pages = (page.read_text(encoding="utf-8") for page in sorted((ROOT / "docs" / "reference").rglob("*.md")))
    return "\n".join(page for page in pages if f"overdue_visit.{package}" in page)


def has_place(name: str, told: str) -> bool:
    """
    Tell whether a name is in the reference, in code type or as the object of a directive.
    """
    return bool(re.search(rf"`{re.escape(name)}[`(]|:: (?:overdue_visit\.)?(?:\w+\.)*{re.escape(name)}\b", told))


NAMES = [(package, name) for package in CALCULATORS for name in door(package).__all__]


@pytest.mark.parametrize("package", CALCULATORS)
def test_a_door_lists_each_name_once_in_order(package):
    """
    ``__all__`` of a calculator has no name twice: constants first, then classes, then functions and modules.
    """
    names = list(door(package).__all__)

    assert names
    assert names == sorted(set(names), key=in_order)


@pytest.mark.parametrize(("package", "name"), NAMES)
def test_what_a_door_lists_is_there(package, name):
    """
    A listed name can be had from its calculator, and is no private one.
    """
    assert hasattr(door(package), name)
    assert not name.startswith("_")


@pytest.mark.parametrize(("package", "name"), NAMES)
def test_every_name_of_a_door_has_a_place_in_the_reference(package, name):
    """
    A name that a calculator lists is found in its reference pages, in code type or as the object of a directive.
    """
    assert has_place(name, reference(package)), f"{package}.{name}"


def test_a_name_that_is_told_in_passing_has_no_place():
    """
    Plain words do not count: the name stands in code type or in a directive.
    """
    told = "A level plan is made of `Terms`.\n.. autofunction:: overdue_visit.repayment.bullet\n"

    assert not has_place("level", told)
    assert has_place("Terms", told)
    assert has_place("bullet", told)
