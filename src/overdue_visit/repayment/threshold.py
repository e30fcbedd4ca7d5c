"""
Where a property that holds from some number on begins to hold: found by doubling steps, then by halving them.
"""

from __future__ import annotations

from collections.abc import Callable


def least(start: int, holds: Callable[[int], bool], *, step: int = 1) -> int:
    """
    Return the least number, in steps of *step* from *start*, for which a property holds.

    Args:
        start: Where to look first; the nearer to the answer, the fewer questions.

        holds: True of every number from the answer on and of none before it. It must hold somewhere and fail
            somewhere, or the search does not end.
    """
    fails, found = _around(start, holds, step)
    while found - fails > step:
        middle = fails + (found - fails) // (2 * step) * step
        if holds(middle):
            found = middle
        else:
            fails = middle
    return found


def _around(start: int, holds: Callable[[int], bool], step: int) -> tuple[int, int]:
    """Return a number for which the property fails, and a later one for which it holds."""
    far = step
    if holds(start):
        while holds(start - far):
            start, far = start - far, 2 * far
        return start - far, start
    while not holds(start + far):
        start, far = start + far, 2 * far
    return start, start + far
