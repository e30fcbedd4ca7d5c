"""
Stores by the scheme of their URL: ``sqlite:``, ``memory:`` and whatever other installed packages bring.

A package announces its store as an entry point of the group ``overdue_visit.stores``, named after the scheme::

    [project.entry-points."overdue_visit.stores"]
    ledgerbox = "ledgerbox_visits:open_store"

The entry point is a function that takes the whole URL and returns an open `Store`. A host that has a connection or an
engine already hands that over instead; the group ``overdue_visit.engines`` has a function for each driver, named after
the driver's top module (``sqlite3``).
"""

from __future__ import annotations

import importlib.metadata
from collections.abc import Callable
from typing import Any, ClassVar, cast

import attrs

from overdue_visit.errors import AdapterError, InvalidValue
from overdue_visit.ports.store import Store

STORES = "overdue_visit.stores"
ENGINES = "overdue_visit.engines"

StoreOpener = Callable[[str], Store]
"""Opens the store at a URL."""

EngineOpener = Callable[[Any], Store]
"""Opens the store over a host's connection or engine."""


@attrs.frozen
class UnknownStore(InvalidValue):
    """No installed package brings a store for this scheme."""

    code: ClassVar[str] = "unknown_store"


def store_schemes() -> tuple[str, ...]:
    """
    List the schemes that installed packages bring, sorted; none of them is imported.
    """
    return tuple(sorted(importlib.metadata.entry_points(group=STORES).names))


def store_opener(scheme: str) -> StoreOpener:
    """
    Find the function that opens stores of a scheme, importing only the package that brings it.

    Raises:
        UnknownStore: If no installed package brings one; it lists those there are.
        AdapterError: If two packages bring different ones, or the one there is cannot be imported.
    """
    points = importlib.metadata.entry_points(group=STORES, name=scheme)
    if not points:
        raise UnknownStore("scheme", scheme, f"one of {', '.join(store_schemes()) or 'none: no store is installed'}")
    return cast(StoreOpener, _loaded(points, f"store {scheme!r}"))


def engine_opener(engine: object) -> EngineOpener:
    """
    Find the function that opens a store over a host's connection or engine, by the module its class comes from.

    Raises:
        UnknownStore: If no installed package brings one; it lists the drivers there are.
        AdapterError: If two packages bring different ones, or the one there is cannot be imported.
    """
    for kind in type(engine).__mro__:
        driver = kind.__module__.partition(".")[0]
        if points := importlib.metadata.entry_points(group=ENGINES, name=driver):
            return cast(EngineOpener, _loaded(points, f"store over {driver}"))
    drivers = ", ".join(sorted(importlib.metadata.entry_points(group=ENGINES).names))
    raise UnknownStore(
        "engine", type(engine).__qualname__, f"a connection of {drivers or 'none: no store is installed'}"
    )


def _loaded(points: importlib.metadata.EntryPoints, what: str) -> object:
    found = {point.value: point for point in points}
    if len(found) > 1:
        raise AdapterError(what, f"several packages bring it: {', '.join(sorted(found))}")
    (point,) = found.values()
    try:
        opener = point.load()
    except (ImportError, AttributeError) as exc:
        raise AdapterError(what, f"its package cannot be used: {point.value}: {exc}") from exc
    if not callable(opener):
        raise AdapterError(what, f"{point.value} is not a function that opens a store")
    return opener
