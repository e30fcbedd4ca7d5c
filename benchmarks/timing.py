"""
Time two ways of doing one thing in turn, and give their ratio.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from typing import ClassVar

import attrs

ROUNDS = 7


@attrs.frozen(kw_only=True)
class Figure:
    """One measured ratio, with the goal it is held against."""

    HEAD: ClassVar[str] = f"{'what':52} {'ours':>12} {'limit':>12} {'ratio':>7}  goal"

    what: str
    ours: str
    limit: str
    ratio: float | None
    goal: str

    def __str__(self) -> str:
        ratio = "" if self.ratio is None else f"{self.ratio:7.2f}"
        return f"{self.what:52} {self.ours:>12} {self.limit:>12} {ratio:>7}  {self.goal}"


def per_call(work: Callable[[], object], times: int) -> float:
    """
    Return seconds a call, over *times* calls.
    """
    start = time.perf_counter()
    for _ in range(times):
        work()
    return (time.perf_counter() - start) / times


def ratios(ours: Callable[[], float], limit: Callable[[], float], rounds: int = ROUNDS) -> tuple[float, float, float]:
    """
    Measure both in turn and return the medians of ours, of the limit, and of the ratio round by round.
    """
    pairs = [(ours(), limit()) for _ in range(rounds)]
    return (
        statistics.median(mine for mine, _ in pairs),
        statistics.median(other for _, other in pairs),
        statistics.median(mine / other for mine, other in pairs),
    )


def least(*ways: Callable[[], float], rounds: int) -> tuple[float, ...]:
    """
    Measure all in turn and return the least of each: what is left when other work on the machine did not disturb.
    """
    return tuple(min(column) for column in zip(*([way() for way in ways] for _ in range(rounds)), strict=True))


def micro(seconds: float) -> str:
    """
    Write a time a call in microseconds.
    """
    return f"{seconds * 1e6:.2f} us"


def rate(seconds: float) -> str:
    """
    Write a time a call as calls a second.
    """
    return f"{1 / seconds:,.0f}/s"
