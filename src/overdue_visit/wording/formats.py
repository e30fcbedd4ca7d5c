"""
Amounts, dates and times as people of a language write them.

A language is a tag such as ``"en"`` or ``"zh-Hans-CN"``; one that is not Chinese is written the English way.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

import attrs

from overdue_visit.money import Money
from overdue_visit.visit import Window


@attrs.frozen
class Coded:
    """An open code that has a name in each language: ``Coded("reason", "income_lost")``."""

    family: str
    code: str


Value = str | int | dt.date | Money | Window | Coded
"""One thing that a text may be filled with."""

Param = Value | tuple[Value, ...]
"""What a text may be filled with, one thing or several; a catalogue writes it as its language does."""


def _chinese(language: str) -> bool:
    return language.partition("-")[0].lower() == "zh"


def format_money(money: Money, language: str) -> str:
    """
    Write an amount: ``KES 1,240.00``; in Chinese, yuan as ``1,240.00元``.
    """
    amount = f"{money.decimal:,f}"
    if _chinese(language) and money.currency == "CNY":
        return f"{amount}元"
    return f"{money.currency} {amount}"


def format_date(day: dt.date, language: str) -> str:
    """
    Write a date: ``2026-05-01``, which no reader takes for the fifth of January; in Chinese ``2026年5月1日``.
    """
    if _chinese(language):
        return f"{day.year}年{day.month}月{day.day}日"
    return day.isoformat()


def format_time(time: dt.time, language: str) -> str:  # noqa: ARG001 - both languages write it alike
    """
    Write a wall-clock time of day: ``14:00``.
    """
    return f"{time.hour:02}:{time.minute:02}"


def format_window(window: Window, language: str) -> str:
    """
    Write a day and its span of time: ``2026-03-11 14:00-16:00``.
    """
    start, end = format_time(window.start, language), format_time(window.end, language)
    return f"{format_date(window.on, language)} {start}-{end}"


def format_list(parts: Iterable[str], language: str) -> str:
    """
    Write several things one after the other: ``a, b``; in Chinese ``a、b``.
    """
    return ("、" if _chinese(language) else ", ").join(parts)
