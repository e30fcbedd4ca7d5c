"""
A calendar for the terminal: a line for each day, a sign for each half hour.
"""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Mapping

from overdue_visit.contact import checks
from overdue_visit.contact.strips import Strip, strips
from overdue_visit.contact.texts import Phrasebook
from overdue_visit.contact.verdict import Ruling
from overdue_visit.contact.vocabulary import WEEK
from overdue_visit.contact.week import Calendar

_HALF_HOUR = dt.timedelta(minutes=30)
_PARTLY, _OUTSIDE = "partly", "outside"
_SIGNS = {
    Ruling.ALLOWED.value: "#",
    Ruling.WARNED.value: "!",
    _PARTLY: "/",
    Ruling.ADVISORY.value: "-",
    Ruling.PRESUMED_VIOLATION.value: "?",
    Ruling.FORBIDDEN.value: ".",
    _OUTSIDE: " ",
}


def grid(calendar: Calendar, *, language: str = "en", texts: Mapping[str, str] | None = None) -> str:
    """
    Draw a calendar with one sign for each half hour of the wall clock, and say below what the signs mean.

    Where clocks were set back, a half hour that came twice is allowed if it is both times.

    Args:
        texts: The host's own words by code.

    Raises:
        InvalidValue: If the language is unknown, or a host's template names an unknown value.
    """
    checks.value("calendar", calendar, Calendar)
    book = Phrasebook.of(language, texts)
    rows = [(_label(strip.day, book), [_half_hour(strip, n) for n in range(48)]) for strip in strips(calendar)]
    margin = " " * (max(_columns(label) for label, _ in rows) + 1)
    lines = [title(calendar, book), margin + "".join(f"{hour:02}  " for hour in range(0, 24, 2)).rstrip()]
    lines.extend(f"{label} {''.join(_SIGNS[each] for each in cells)}".rstrip() for label, cells in rows)
    seen = {each for _, cells in rows for each in cells}
    meant = (f"{sign} {book.say(f'week.{each}')}" for each, sign in _SIGNS.items() if each in seen and sign.strip())
    lines.append(margin + "  ".join(meant))
    return "\n".join(lines)


def title(calendar: Calendar, book: Phrasebook) -> str:
    """
    Name a calendar by its channel, days and zone.
    """
    return book.say(
        "week.title",
        channel=book.word("channel", calendar.channel),
        first=book.date(calendar.days[0]),
        last=book.date(calendar.days[-1]),
        zone=calendar.zone,
    )


def _label(day: dt.date, book: Phrasebook) -> str:
    return f"{book.word('day', WEEK[day.weekday()])} {day.isoformat()}"


def _columns(text: str) -> int:
    """
    Count the columns that a text takes in a fixed-width font.
    """
    return sum(2 if unicodedata.east_asian_width(each) in {"W", "F"} else 1 for each in text)


def _half_hour(strip: Strip, number: int) -> str:
    begins = number * _HALF_HOUR
    ends = begins + _HALF_HOUR
    inside = [part.stretch for part in strip.parts if part.begins < ends and part.ends > begins]
    if not inside:
        return _OUTSIDE
    if len({each.allowed for each in inside}) > 1:
        return _PARTLY
    return max((each.ruling for each in inside), key=lambda ruling: ruling.severity).value
