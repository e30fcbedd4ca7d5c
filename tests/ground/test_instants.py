import datetime as dt

import pendulum
import pytest

from overdue_visit.errors import InvalidValue
from overdue_visit.instants import day_of, in_utc, local, parse, plain_date, zone

NAIROBI = zone("Africa/Nairobi")
LONDON = zone("Europe/London")


def utc(*parts):
    """
    Return an instant in UTC.
    """
    return dt.datetime(*parts, tzinfo=dt.UTC)


def test_an_instant_becomes_utc():
    """
    Nine in Nairobi is six in UTC, whether a datetime or a pendulum one says so; the result is a plain datetime.
    """
    found = in_utc(pendulum.datetime(2026, 3, 8, 9, 30, 15, 7, tz="Africa/Nairobi"))

    assert found == utc(2026, 3, 8, 6, 30, 15, 7)
    assert type(found) is dt.datetime
    assert found.tzinfo is dt.UTC
    assert in_utc(dt.datetime(2026, 3, 8, 9, 30, tzinfo=NAIROBI)) == utc(2026, 3, 8, 6, 30)


@pytest.mark.parametrize("at", [dt.datetime(2026, 3, 8, 9), dt.date(2026, 3, 8), "2026-03-08T09:00Z", None])
def test_an_instant_without_an_offset_is_refused(at):
    """
    A naive datetime, a date or a text is no instant; the refusal names the field.
    """
    with pytest.raises(InvalidValue) as refusal:
        in_utc(at, field="received_at")

    assert refusal.value.field == "received_at"


def test_a_zone_is_found_by_name():
    """
    IANA names are found, and the same object each time.
    """
    assert zone("Asia/Shanghai").key == "Asia/Shanghai"
    assert zone("Asia/Shanghai") is zone("Asia/Shanghai")


@pytest.mark.parametrize(
    "name", ["", "Nairobi", "Africa", "../etc/passwd", "/etc/localtime", "Africa/Nairobi\0", "UTC+3", None, 3, {}, []]
)
def test_an_unknown_zone_is_refused(name):
    """
    What is no IANA zone is refused by name, paths outside the zone files too.
    """
    with pytest.raises(InvalidValue, match="IANA"):
        zone(name)


def test_the_day_depends_on_where():
    """
    Half past eleven at night in UTC is the next day in Kiritimati and Nairobi, and the same day in London in winter.
    """
    at = utc(2026, 1, 31, 23, 30)

    assert day_of(at, zone("Pacific/Kiritimati")) == dt.date(2026, 2, 1)
    assert day_of(at, NAIROBI) == dt.date(2026, 2, 1)
    assert day_of(at, LONDON) == dt.date(2026, 1, 31)


# In London the clocks go forward at 01:00 UTC on 29 March 2026, and back at 01:00 UTC on 25 October 2026
# (https://www.gov.uk/when-do-the-clocks-change).
def test_wall_time_where_the_clocks_change():
    """
    A skipped time is read with the offset before the change, one that occurs twice is the first.
    """
    assert local(dt.date(2026, 3, 29), dt.time(1, 30), LONDON) == utc(2026, 3, 29, 1, 30)
    assert local(dt.date(2026, 10, 25), dt.time(1, 30), LONDON) == utc(2026, 10, 25, 0, 30)
    assert local(dt.date(2026, 7, 1), dt.time(9), LONDON) == utc(2026, 7, 1, 8)


def test_a_text_without_offset_is_wall_time():
    """
    An ISO 8601 text keeps its own offset; without one it is read where it was written.
    """
    assert parse("2026-03-08 09:00", NAIROBI) == utc(2026, 3, 8, 6)
    assert parse("2026-03-08T09:00+01:00", NAIROBI) == utc(2026, 3, 8, 8)
    assert parse("2026-03-08T09:00Z", NAIROBI) == utc(2026, 3, 8, 9)


@pytest.mark.parametrize("text", ["", "tomorrow", "08.03.2026 09:00", "2026-02-30 09:00", "2026-03-08 25:00", None, 5])
def test_what_is_no_instant_is_refused(text):
    """
    A text that is no ISO 8601 date and time is refused by field.
    """
    with pytest.raises(InvalidValue) as refusal:
        parse(text, NAIROBI, field="clock")

    assert refusal.value.field == "clock"


def test_a_plain_date_hides_no_zone():
    """
    A date passes, a pendulum date too; a datetime, which is a date to Python, is refused.
    """
    assert plain_date(dt.date(2026, 3, 8)) == dt.date(2026, 3, 8)
    assert plain_date(pendulum.date(2026, 3, 8)) == dt.date(2026, 3, 8)
    for wrong in (dt.datetime(2026, 3, 8), utc(2026, 3, 8), "2026-03-08", None):
        with pytest.raises(InvalidValue, match="due"):
            plain_date(wrong, field="due")
