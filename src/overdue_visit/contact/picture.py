"""
A calendar as a picture: SVG with a column for each day, exact to the second.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from xml.etree import ElementTree as ET

from overdue_visit.contact import checks
from overdue_visit.contact.grid import title
from overdue_visit.contact.strips import Part, Strip, strips
from overdue_visit.contact.texts import Phrasebook
from overdue_visit.contact.verdict import Ruling
from overdue_visit.contact.vocabulary import WEEK
from overdue_visit.contact.week import Calendar

_COLOURS = {
    Ruling.ALLOWED: "#4c9f70",
    Ruling.WARNED: "#d9b44a",
    Ruling.ADVISORY: "#d98c4a",
    Ruling.PRESUMED_VIOLATION: "#c46a5a",
    Ruling.FORBIDDEN: "#d5d8dc",
}
# Lengths are whole hundredths of a unit; a unit is a minute of the day.
_UNIT = 100
_DAY, _HOUR, _COLUMN = 1440 * _UNIT, 60 * _UNIT, 220 * _UNIT
_LEFT, _TOP, _LEGEND, _TEXT = 120 * _UNIT, 150 * _UNIT, 110 * _UNIT, 34 * _UNIT
_GAP, _LINE, _SQUARE = 10 * _UNIT, 1 * _UNIT, 40 * _UNIT
_LEGEND_COLUMN = 420 * _UNIT
_INK, _PAPER = "#222222", "#ffffff"
_NAMESPACE = "http://www.w3.org/2000/svg"
_ONE_UNIT = dt.timedelta(minutes=1)


def picture(calendar: Calendar, *, language: str = "en", texts: Mapping[str, str] | None = None) -> str:
    """
    Draw a calendar as SVG text, which browsers and word processors show as it is.

    Where clocks were set back, what is more severe lies over what is milder; each part names its hours and its rule.

    Args:
        texts: The host's own words by code.

    Raises:
        InvalidValue: If the language is unknown, or a host's template names an unknown value.
    """
    checks.value("calendar", calendar, Calendar)
    book = Phrasebook.of(language, texts)
    seen = {each.ruling for each in calendar.stretches}
    legend = [ruling for ruling in Ruling if ruling in seen]
    width = max(_LEFT + _COLUMN * len(calendar.days) + _GAP, _LEFT + _LEGEND_COLUMN * len(legend))
    height = _TOP + _DAY + _LEGEND
    root = ET.Element("svg", {"xmlns": _NAMESPACE, "role": "img", "font-family": "sans-serif", "fill": _INK})
    root.set("viewBox", f"0 0 {_length(width)} {_length(height)}")
    root.set("width", _length(width // 2))
    root.set("height", _length(height // 2))
    ET.SubElement(root, "title").text = title(calendar, book)
    _box(root, (0, 0), (width, height), _PAPER)
    _write(root, (_LEFT, 50 * _UNIT), title(calendar, book))
    for column, strip in enumerate(strips(calendar)):
        _draw_day(root, _LEFT + column * _COLUMN, strip, book)
    for hour in range(0, 25, 2):
        top = _TOP + hour * _HOUR
        _box(root, (_LEFT, top), (_COLUMN * len(calendar.days), _LINE), _PAPER)
        _write(root, (_GAP, top + _TEXT // 3), f"{hour:02}:00")
    for column, ruling in enumerate(legend):
        left, top = _LEFT + column * _LEGEND_COLUMN, _TOP + _DAY + 50 * _UNIT
        _box(root, (left, top), (_SQUARE, _SQUARE), _COLOURS[ruling])
        _write(root, (left + _SQUARE + _GAP, top + _TEXT), book.say(f"week.{ruling}"))
    ET.indent(root)
    return ET.tostring(root, encoding="unicode") + "\n"


def _draw_day(root: ET.Element, left: int, strip: Strip, book: Phrasebook) -> None:
    weekday = book.word("day", WEEK[strip.day.weekday()])
    _write(root, (left + _GAP, _TOP - 2 * _GAP), f"{weekday} {strip.day:%m-%d}")
    for part in sorted(strip.parts, key=lambda each: each.stretch.ruling.severity):
        top, bottom = (_TOP + each * _UNIT // _ONE_UNIT for each in (part.begins, part.ends))
        colour = _COLOURS[part.stretch.ruling]
        box = _box(root, (left, top), (_COLUMN - _GAP, bottom - top), colour)
        ET.SubElement(box, "title").text = _told(part, strip.day, book)


def _told(part: Part, day: dt.date, book: Phrasebook) -> str:
    rule = part.stretch.rule
    return book.say(
        "week.stretch" if rule is None else "week.stretch.rule",
        day=book.date(day),
        begins=_clock(part.begins),
        ends=_clock(part.ends),
        ruling=book.say(f"week.{part.stretch.ruling}"),
        rule=rule,
    )


def _clock(since_midnight: dt.timedelta) -> str:
    minutes, rest = divmod(since_midnight, _ONE_UNIT)
    seconds = f":{rest.seconds:02}" if rest else ""
    return f"{minutes // 60:02}:{minutes % 60:02}{seconds}"


def _box(root: ET.Element, corner: tuple[int, int], size: tuple[int, int], colour: str) -> ET.Element:
    places = dict(zip(("x", "y", "width", "height"), map(_length, (*corner, *size)), strict=True))
    return ET.SubElement(root, "rect", {**places, "fill": colour})


def _write(root: ET.Element, corner: tuple[int, int], text: str) -> None:
    x, y = map(_length, corner)
    ET.SubElement(root, "text", {"x": x, "y": y, "font-size": _length(_TEXT)}).text = text


def _length(hundredths: int) -> str:
    whole, rest = divmod(hundredths, _UNIT)
    return f"{whole}.{rest:02}" if rest else str(whole)
