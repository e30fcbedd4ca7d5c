"""
Words: every text that people read, by code, in English and Chinese; hosts replace them without touching logic.
"""

from __future__ import annotations

from overdue_visit.wording import en, zh
from overdue_visit.wording.catalogue import (
    OPEN,
    RULES,
    Catalogue,
    Message,
    UnknownText,
    WrongPlaceholder,
    offered,
    placeholders,
)
from overdue_visit.wording.catalogues import Catalogues
from overdue_visit.wording.formats import (
    Coded,
    Param,
    Value,
    format_date,
    format_list,
    format_money,
    format_time,
    format_window,
)

ENGLISH = Catalogue("en", en.TEXTS)
"""The English texts, complete."""

CHINESE = Catalogue("zh", zh.TEXTS)
"""The Chinese texts, complete."""

SHIPPED = Catalogues((ENGLISH, CHINESE))
"""Both languages; English speaks where another catalogue has no text."""

__all__ = [
    "CHINESE",
    "ENGLISH",
    "OPEN",
    "RULES",
    "SHIPPED",
    "Catalogue",
    "Catalogues",
    "Coded",
    "Message",
    "Param",
    "UnknownText",
    "Value",
    "WrongPlaceholder",
    "format_date",
    "format_list",
    "format_money",
    "format_time",
    "format_window",
    "offered",
    "placeholders",
]
