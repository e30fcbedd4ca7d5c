"""
Words and figures of calculator cases, read and compared.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import TypeVar

from overdue_visit.money import Money, Rounding
from overdue_visit.rate import Rate
from tests.vectors.report import NotCovered

T = TypeVar("T")

ANY_DAY = dt.date(2000, 1, 1)
"""Where a case counts months and says no date."""

_ROUNDING = {mode.name: mode for mode in Rounding}


def date(said: object) -> dt.date:
    """
    Read a date.
    """
    return dt.date.fromisoformat(str(said))


def yearly(percent: object) -> Rate:
    """
    Read a yearly rate in per cent.
    """
    return Rate(f"{percent}%")


def rounding(said: object) -> Rounding:
    """
    Read a way of rounding, with or without the word ROUND.
    """
    return word(_ROUNDING, str(said).removeprefix("ROUND_"), "rounding")


def text(amount: Money) -> str:
    """
    Write an amount as cases do.
    """
    return format(amount.decimal, "f")


def word(words: Mapping[str, T], said: object, what: str) -> T:
    """
    Look a word up; one that is not known makes the case not covered.
    """
    if said not in words:
        raise NotCovered(f"{what} {said!r}")
    return words[str(said)]


def known(inputs: Mapping[str, object], *keys: str) -> None:
    """
    Demand that an input has no other keys than these.
    """
    for key in inputs:
        if key not in keys:
            raise NotCovered(f"input {key!r}")


def tolerant(got: object, expected: object, tolerance: str) -> object:
    """
    Return *got*, with what is expected in the place of every figure that is within the tolerance.
    """
    if tolerance == "exact" or got == expected:
        return got
    if isinstance(expected, Mapping) and isinstance(got, Mapping):
        return {key: tolerant(each, expected.get(key), tolerance) for key, each in got.items()}
    if isinstance(expected, list) and isinstance(got, list) and len(got) == len(expected):
        return [tolerant(a, b, tolerance) for a, b in zip(got, expected, strict=True)]
    if (
        isinstance(expected, str)
        and isinstance(got, str)
        and abs(Decimal(got) - Decimal(expected)) <= Decimal(tolerance)
    ):
        return expected
    return got
