"""
Cases a second through the nights of an invented book: observing, opening, noticing, curing.
"""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks.timing import Figure


def figures() -> Iterator[Figure]:
    """
    Measure a replay.
    """
    return iter(())
