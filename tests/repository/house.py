"""
What the tests of the house look at: the repository's files, and the package's modules.
"""

from __future__ import annotations

import ast
import functools
import importlib
import pathlib
import pkgutil
import sys
from collections.abc import Iterator
from types import ModuleType

import overdue_visit
from overdue_visit.errors import AdapterError, InvalidValue, MissingExtra, NotAllowed

ROOT = pathlib.Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "overdue_visit"
FOLDERS = (".ci", "benchmarks", "changelog.d", "docs", "examples", "src", "tests")
ROOT_FILES = ("*.md", "*.py", "*.toml", "*.yaml", "Makefile", "LICENSE", ".gitignore")


def files() -> Iterator[pathlib.Path]:
    """
    Yield the files of the repository, those of the root first; what tools leave behind is not among them.
    """
    for pattern in ROOT_FILES:
        yield from sorted(ROOT.glob(pattern))
    for folder in FOLDERS:
        found = sorted((ROOT / folder).rglob("*"))
        yield from (path for path in found if path.is_file() and "__pycache__" not in path.parts)


def name_of(path: pathlib.Path) -> str:
    """
    Return a file's path as the repository knows it.
    """
    return path.relative_to(ROOT).as_posix()


def sources() -> list[pathlib.Path]:
    """
    Return the package's Python files.
    """
    return sorted(SOURCE.rglob("*.py"))


@functools.cache
def tree(path: pathlib.Path) -> ast.Module:
    """
    Parse a Python file.
    """
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def modules() -> list[ModuleType]:
    """
    Import every module of the package; one whose extra is not installed is left out.
    """
    found: list[ModuleType] = [overdue_visit]
    for info in pkgutil.walk_packages(overdue_visit.__path__, "overdue_visit.", onerror=lambda _: None):
        try:
            found.append(importlib.import_module(info.name))
        except MissingExtra:
            continue
    return found


def error_classes() -> list[type[BaseException]]:
    """
    Return the package's error classes: the three bases and all that descend from them.
    """
    modules()
    found: list[type[BaseException]] = []
    waiting: list[type[BaseException]] = [NotAllowed, InvalidValue, AdapterError]
    while waiting:
        one = waiting.pop()
        # A class with slots is made twice; the first draft may linger among the subclasses.
        kept = one.__module__.startswith("overdue_visit.") and getattr(sys.modules[one.__module__], one.__name__) is one
        if kept and one not in found:
            found.append(one)
        waiting += one.__subclasses__()
    return sorted(found, key=lambda one: (one.__module__, one.__qualname__))
