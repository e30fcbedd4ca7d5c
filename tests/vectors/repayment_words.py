"""
Words and figures of calculator cases, read and compared.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from decimal import Decimal, InvalidOperation
from typing import TypeVar

from overdue_visit.money import Money, Rounding
from overdue_visit.rate import Per, Rate
from tests.vectors.report import NotCovered

T = TypeVar("T")

Inputs = Mapping[str, object]

ANY_DAY = dt.date(2000, 1, 1)
"""Where a case counts months and says no date."""

_ROUNDING = {mode.name: mode for mode in Rounding}
_CURRENCIES = {0: "JPY", 2: "EUR", 3: "KWD", 4: "UYW"}
"""A currency by its decimals: cases seldom name one, and only the decimals matter."""
_ALLOWANCE = re.compile(
    r"(?P<relative>relative )?(?:x_percent to )?(?P<figure>[0-9.]+(?:e-?[0-9]+)?)(?: percentage points)?"
)


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


def rate_of(inputs: Inputs) -> Rate:
    """
    Read the rate of a loan under any of its names; yearly unless the case says otherwise.
    """
    if "rate_percent" in inputs:
        return Rate(f"{inputs['rate_percent']}%", per=Per(inputs.get("rate_per", "year")))
    return yearly(inputs["annual_rate_percent" if "annual_rate_percent" in inputs else "annual_rate"])


def rounding(said: object) -> Rounding:
    """
    Read a way of rounding, with or without the word ROUND.
    """
    return word(_ROUNDING, str(said).removeprefix("ROUND_"), "rounding")


def places(said: object) -> int:
    """
    Count the decimals that a figure is printed with.
    """
    return len(str(said).partition(".")[2])


def currency_of(figures: Iterable[object], *, least: int = 2) -> str:
    """
    Choose a currency whose decimals hold every figure.
    """
    needed = max([least, *map(places, figures)])
    return next(code for decimals, code in _CURRENCIES.items() if decimals >= min(needed, 4))


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


def known(inputs: Inputs, *keys: str) -> None:
    """
    Demand that an input has no other keys than these: one that is not looked at would be passed by luck.
    """
    for key in inputs:
        if key not in keys:
            raise NotCovered(f"input {key!r}")


def allowance(words: object, expected: Decimal) -> Decimal:
    """
    Say how far a figure may be off, in its own unit.
    """
    said = str(words)
    if said == "exact" or "last printed digit" in said:
        return Decimal(0)
    found = _ALLOWANCE.fullmatch(said)
    if found is None:
        raise NotCovered(f"tolerance {said!r}")
    return Decimal(found["figure"]) * (abs(expected) if found["relative"] else 1)


def tolerant(got: object, expected: object, tolerance: object = "exact") -> object:
    """
    Return *got*, with what is expected in the place of every figure that is within the tolerance.

    Figures are compared as numbers: 20 is 20.00.
    """
    if isinstance(expected, Mapping) and isinstance(got, Mapping):
        return {key: tolerant(each, expected.get(key), tolerance) for key, each in got.items()}
    if isinstance(expected, list) and isinstance(got, list) and len(got) == len(expected):
        return [tolerant(a, b, tolerance) for a, b in zip(got, expected, strict=True)]
    found, wanted = _number(got), _number(expected)
    if found is None or wanted is None or abs(found - wanted) > allowance(tolerance, wanted):
        return got
    return expected


def _number(said: object) -> Decimal | None:
    if isinstance(said, bool) or not isinstance(said, str | int | Decimal):
        return None
    try:
        found = Decimal(said)
    except InvalidOperation:
        return None
    return found if found.is_finite() else None
