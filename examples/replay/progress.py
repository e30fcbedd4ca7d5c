"""
How far a replay has come: shown to a person at a terminal, and to nobody else.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

T = TypeVar("T")

WIDTH = 40


def shown(days: Sequence[T], *, quiet: bool) -> Iterable[T]:
    """
    Yield days and show on standard error how many are done: with tqdm where it is installed, plainly where not.
    """
    if quiet or not sys.stderr.isatty():
        return days
    try:
        from tqdm import tqdm  # noqa: PLC0415 - an extra: overdue_visit[progress]
    except ImportError:
        return _plainly(days)
    return tqdm(days, desc="living through the book", unit=" days", file=sys.stderr, leave=False)


def _plainly(days: Sequence[T]) -> Iterator[T]:
    for done, day in enumerate(days):
        bar = "#" * (WIDTH * done // len(days))
        sys.stderr.write(f"\r[{bar:<{WIDTH}}] {day}")
        sys.stderr.flush()
        yield day
    sys.stderr.write(f"\r{'':<{WIDTH + 14}}\r")
