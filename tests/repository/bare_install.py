"""
Prove, where only the package and its dependencies are installed, that the package works and names the extras it wants.

A script for the standard library alone: pytest is not there. Every module must import, or raise `MissingExtra` with the
name of an extra that exists. Every entry point must load.
"""

from __future__ import annotations

import importlib
import importlib.metadata
import pkgutil
import sys

import overdue_visit
from overdue_visit.errors import MissingExtra

EXTRAS = set(importlib.metadata.metadata("overdue_visit").get_all("Provides-Extra") or ())


def refusal(name: str) -> MissingExtra | None:
    """
    Import a module; return how it asks for an extra, if it does.
    """
    try:
        importlib.import_module(name)
    except MissingExtra as missing:
        return missing
    return None


def main() -> None:
    """
    Import everything and say what was found; exit 1 if an extra that does not exist is asked for.
    """
    found = pkgutil.walk_packages(overdue_visit.__path__, "overdue_visit.", onerror=lambda _: None)
    asked = {info.name: refusal(info.name) for info in found}
    wrong = False
    for name, missing in asked.items():
        if missing is not None:
            known = missing.extra in EXTRAS and f"overdue_visit[{missing.extra}]" in str(missing)
            wrong = wrong or not known
            print(f"{'' if known else 'WRONG: '}{name}: {missing}")
    points = importlib.metadata.entry_points(group="overdue_visit.stores")
    for point in points:
        point.load()
    print(f"{len(asked)} modules without extras, {len(points)} stores; Python {sys.version.split()[0]}")
    sys.exit(wrong)


if __name__ == "__main__":
    main()
