"""
Instants and zones: what happened is an aware UTC datetime, what is due is a date in the lender's zone.
"""

from __future__ import annotations

import datetime as dt
import functools
import zoneinfo

from overdue_visit.errors import InvalidValue


def in_utc(at: dt.datetime, *, field: str = "at") -> dt.datetime:
    """
    Return the same instant in UTC, as a plain ``datetime``.

    Raises:
        InvalidValue: If *at* is not a datetime or names no offset.
    """
    if not isinstance(at, dt.datetime) or at.utcoffset() is None:
        raise InvalidValue(field, at, "an aware datetime, such as 2026-03-08T09:00+03:00")
    if type(at) is dt.datetime and at.tzinfo is dt.UTC and not at.fold:
        return at
    moved = at.astimezone(dt.UTC)
    return dt.datetime(
        moved.year,
        moved.month,
        moved.day,
        moved.hour,
        moved.minute,
        moved.second,
        moved.microsecond,
        dt.UTC,
    )


def zone(name: str) -> zoneinfo.ZoneInfo:
    """
    Find a time zone by its IANA name, such as ``"Africa/Nairobi"``.

    Raises:
        InvalidValue: If there is no such zone.
    """
    if not isinstance(name, str):
        raise InvalidValue("zone", name, "an IANA zone name, such as 'Asia/Shanghai'")
    return _zone(name)


@functools.cache
def _zone(name: str) -> zoneinfo.ZoneInfo:
    try:
        return zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, TypeError, OSError):
        raise InvalidValue("zone", name, "an IANA zone name, such as 'Asia/Shanghai'") from None


def day_of(at: dt.datetime, where: dt.tzinfo) -> dt.date:
    """
    Return the calendar day of an instant in a zone.
    """
    return at.astimezone(where).date()


def local(day: dt.date, time: dt.time, where: dt.tzinfo) -> dt.datetime:
    """
    Return the instant of a wall-clock time, in UTC.

    A time that the clocks skip is read with the offset before the change; one that occurs twice is the first.
    """
    return in_utc(dt.datetime.combine(day, time, where))


def parse(text: str, where: dt.tzinfo, *, field: str = "at") -> dt.datetime:
    """
    Read an ISO 8601 instant; without an offset it is wall time in *where*.

    Raises:
        InvalidValue: If it is not an ISO 8601 date and time.
    """
    try:
        read = dt.datetime.fromisoformat(text)
    except (ValueError, TypeError):
        raise InvalidValue(field, text, "an ISO 8601 date and time, such as '2026-03-08 09:00'") from None
    return in_utc(read.replace(tzinfo=where) if read.tzinfo is None else read, field=field)


def plain_date(day: object, *, field: str = "on") -> dt.date:
    """
    Return a calendar date, refusing datetimes: they hide a zone.

    Raises:
        InvalidValue: If *day* is not a date, or carries a time.
    """
    if isinstance(day, dt.datetime) or not isinstance(day, dt.date):
        raise InvalidValue(field, day, "a date without a time, such as date(2026, 3, 8)")
    return day
