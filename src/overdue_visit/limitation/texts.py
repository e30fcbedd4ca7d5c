"""
What deadlines and limits are called, in English and Chinese: templates by code.

A rule's sentence is keyed by its id; ``{day}``, ``{earliest}``, ``{least}``, ``{most}`` and ``{order}`` are its
figures. A host's own words go before these.
"""

from __future__ import annotations

from collections.abc import Mapping

from overdue_visit.limitation.words_en import EN
from overdue_visit.limitation.words_zh import ZH

TEXTS: Mapping[str, Mapping[str, str]] = {"en": EN, "zh": ZH}
"""By language."""

__all__ = ["EN", "TEXTS", "ZH"]
