"""
The scales that ship.
"""

from __future__ import annotations

import functools
import importlib.resources

from overdue_visit.classification.reading import read_scale
from overdue_visit.classification.scale import Scale
from overdue_visit.errors import InvalidValue

SCALES = (
    "cn-credit-card-2011",
    "cn-five-class-2023",
    "eu-crr-178",
    "eu-eba-forbearance",
    "ifrs-9",
    "in-rbi-sma-2021",
    "us-ffiec-re-aging-2000",
    "us-ffiec-retail-2000",
    "us-reg-x-delinquency",
)
"""Names of the scales that ship."""


def scale(name: str) -> Scale:
    """
    Return a scale that ships, by its name.

    Raises:
        InvalidValue: If there is none of this name; `read_scale` reads an institution's own.
    """
    if name not in SCALES:
        raise InvalidValue("name", name, "one of " + ", ".join(SCALES))
    return _read(name)


@functools.cache
def _read(name: str) -> Scale:
    folder = importlib.resources.files("overdue_visit.classification").joinpath("scales")
    return read_scale(folder.joinpath(f"{name}.toml").read_text(encoding="utf-8"))
