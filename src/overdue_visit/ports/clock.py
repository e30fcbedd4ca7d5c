"""
The clock: the only way the library learns what time it is.
"""

from __future__ import annotations

import datetime as dt
from typing import Protocol


class Clock(Protocol):
    """Tells the time; it may stand still and may jump, also backwards."""

    def now(self, zone: dt.tzinfo) -> dt.datetime:
        """
        Return the present instant, aware, in *zone*.
        """
        ...
