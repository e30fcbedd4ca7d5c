"""
What a household lacks for necessary spending, in words.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from overdue_visit.money import Money


def to_cover_first(deficit: Money | None, gap: Money | None, gap_on: dt.date | None, words: Mapping[str, str]) -> str:
    """
    Say what must be covered before any plan, each a sentence with a space after it; empty where nothing is.

    Args:
        words: Has the texts ``missing.deficit`` and ``missing.gap``.
    """
    said = words["missing.deficit"].format_map({"deficit": deficit}) if deficit else ""
    if gap and gap_on:
        said += words["missing.gap"].format_map({"gap": gap, "gap_on": gap_on.isoformat()})
    return said
