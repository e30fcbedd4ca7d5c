"""
A calendar as SVG: every part in its place, and nothing of a host's words read as markup.
"""

from __future__ import annotations

import datetime as dt
from xml.etree import ElementTree as ET
from zoneinfo import ZoneInfo

import pytest

from overdue_visit import contact
from overdue_visit.contact import Known, Proposed
from overdue_visit.contact.picture import picture
from overdue_visit.contact.strips import strips
from overdue_visit.contact.week import Calendar, calendar
from overdue_visit.errors import InvalidValue
from tests.contact.asking import Asking

SVG = "{http://www.w3.org/2000/svg}"
NEW_YORK = Asking("us-regf", "America/New_York")
MINUTE = dt.timedelta(minutes=1)


def of_days(text: str, days: int = 7, **fields) -> Calendar:
    """
    Return the calendar of a call from a wall-clock time on.
    """
    at = dt.datetime.fromisoformat(text).replace(tzinfo=ZoneInfo("America/New_York"))
    known = Known(zones=("America/New_York",))
    proposed = Proposed(at=at, channel="phone", debt="D1")
    return calendar(proposed, rules=contact.named("us-regf"), known=known, days=days, **fields)


def parts(svg: str) -> list[ET.Element]:
    """
    Return the boxes that say what they are.
    """
    return [box for box in ET.fromstring(svg).iter(f"{SVG}rect") if box.find(f"{SVG}title") is not None]


def test_each_part_of_a_day_is_a_box_that_names_its_hours_and_its_rule():
    """
    A day has its boxes from midnight to midnight, a unit for each minute.
    """
    boxes = parts(picture(of_days("2026-04-08 00:00", days=1)))

    assert {box.find(f"{SVG}title").text: (box.get("y"), box.get("height")) for box in boxes} == {
        "2026-04-08 08:00-21:00: allowed": ("630", "780"),
        "2026-04-08 00:00-08:00: forbidden (us-regf.hours)": ("150", "480"),
        "2026-04-08 21:00-24:00: forbidden (us-regf.hours)": ("1410", "180"),
    }


def test_a_day_has_its_column():
    """
    Seven days stand in seven columns of the same width, with the day of the week above.
    """
    svg = picture(of_days("2026-04-08 00:00"))

    assert sorted({int(box.get("x")) for box in parts(svg)}) == [120 + 220 * n for n in range(7)]
    assert len({box.get("width") for box in parts(svg)}) == 1
    assert [f"{day} 04-{number:02}" in svg for day, number in (("Wed", 8), ("Tue", 14))] == [True, True]


def test_seconds_are_drawn_as_hundredths_of_a_minute():
    """
    What begins at half past a minute is drawn there.
    """
    boxes = parts(picture(of_days("2026-04-08 12:00:30", days=1)))

    assert ("870.50", "539.50") in {(box.get("y"), box.get("height")) for box in boxes}
    assert "2026-04-08 12:00:30-21:00: allowed" in {box.find(f"{SVG}title").text for box in boxes}


def test_words_are_escaped():
    """
    A host's own words are text, whatever they hold.
    """
    text = '<b>yes & "no"</b>'

    svg = picture(of_days("2026-04-08 00:00", days=1), texts={"week.allowed": text})

    assert "<b>" not in svg
    assert any(each.text == text for each in ET.fromstring(svg).iter(f"{SVG}text"))


def test_a_picture_speaks_chinese():
    """
    Title, days and what the colours mean are in the language asked for.
    """
    svg = picture(of_days("2026-04-08 00:00", days=1), language="zh")

    texts = [each.text for each in ET.fromstring(svg).iter(f"{SVG}text")]
    assert texts[:2] == ["电话，2026年4月8日至2026年4月8日，America/New_York", "周三 04-08"]
    assert texts[-2:] == ["允许", "禁止"]


def test_the_same_calendar_gives_the_same_picture():
    """
    A picture depends on its calendar and its words alone.
    """
    assert picture(of_days("2026-04-08 00:00")) == picture(of_days("2026-04-08 00:00"))


def test_an_unknown_language_is_refused():
    """
    A language that does not ship is refused by name.
    """
    with pytest.raises(InvalidValue, match=r"^language: 'fr'"):
        picture(of_days("2026-04-08 00:00"), language="fr")


@pytest.mark.parametrize(
    ("day", "hours"), [("2026-03-08", 23), ("2026-11-01", 25), ("2026-04-08", 24)], ids=["forward", "back", "quiet"]
)
def test_the_strip_of_a_day_is_as_long_as_the_day(day, hours):
    """
    The parts of a day make 23, 24 or 25 hours, and none leaves its day.
    """
    (strip,) = strips(of_days(f"{day} 00:00", days=1))

    assert sum(((part.ends - part.begins) for part in strip.parts), dt.timedelta()) == hours * 60 * MINUTE
    assert min(part.begins for part in strip.parts) == dt.timedelta()
    assert max(part.ends for part in strip.parts) == dt.timedelta(days=1)
    assert all(part.begins < part.ends for part in strip.parts)


def test_what_is_more_severe_is_drawn_over_what_is_milder():
    """
    Where an hour comes twice, a forbidden part covers an allowed one.
    """
    boxes = parts(picture(of_days("2026-11-01 00:00", days=1)))

    assert [box.find(f"{SVG}title").text.split(": ")[1].split(" ")[0] for box in boxes] == [
        "allowed",
        "forbidden",
        "forbidden",
        "forbidden",
    ]
