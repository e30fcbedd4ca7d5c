"""
Read a question of the desk to its end, page by page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeVar

from overdue_visit import Page

T = TypeVar("T")


def every(ask: Callable[..., Page[T]], **question: object) -> Iterator[T]:
    """
    Yield all answers: ``every(desk.worklist, on=day)``.
    """
    after = None
    while True:
        page = ask(after=after, **question)
        yield from page
        if page.after is None:
            return
        after = page.after
