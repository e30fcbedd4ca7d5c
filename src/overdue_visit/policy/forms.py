"""
How each kind of value is written in a policy's file, and read back.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from typing import Any

import attrs

from overdue_visit.arrears import Bucket, Buckets
from overdue_visit.business_calendar import EVERY_DAY, BusinessCalendar
from overdue_visit.errors import InvalidValue
from overdue_visit.money import Money
from overdue_visit.policy.late_run import LateRun
from overdue_visit.rate import Per, Rate

NONE = "none"
"""How "no such limit" is written."""


_RATIO = re.compile(r"([0-9]{1,18})/([0-9]{1,18})")


@attrs.frozen
class Form:
    """One kind of value: *read* takes the key and what the file holds, *write* gives what a file may hold."""

    read: Callable[[str, object], object]
    write: Callable[[Any], object]


def _as_it_is(value: object) -> object:
    return value


def _read_whole(key: str, value: object) -> object:
    if type(value) is not int:
        raise InvalidValue(key, value, "a whole number")
    return value


def _read_yes_no(key: str, value: object) -> object:
    if not isinstance(value, bool):
        raise InvalidValue(key, value, "true or false")
    return value


def _read_text(key: str, value: object) -> object:
    if not isinstance(value, str) or not value.strip():
        raise InvalidValue(key, value, "a text that is not empty")
    return value


def _read_texts(key: str, value: object) -> object:
    if not isinstance(value, list | tuple) or not all(isinstance(each, str) for each in value):
        raise InvalidValue(key, value, "a list of texts")
    return tuple(value)


def _read_pairs(key: str, value: object) -> object:
    if not isinstance(value, Mapping):
        raise InvalidValue(key, value, "a table of texts")
    for name, each in value.items():
        if not isinstance(name, str) or not isinstance(each, str):
            raise InvalidValue(f"{key}.{name}", each, "a text")
    return dict(value)


def _read_time(key: str, value: object) -> object:
    if isinstance(value, dt.time):
        return value
    try:
        return dt.time.fromisoformat(value if isinstance(value, str) else "")
    except ValueError:
        raise InvalidValue(key, value, "a wall-clock time such as '08:00'") from None


def _write_time(value: dt.time) -> object:
    return value.isoformat("auto" if value.second or value.microsecond else "minutes")


def read_date(key: str, value: object) -> dt.date:
    """
    Read a date: TOML's own, or as ISO 8601 text.

    Raises:
        InvalidValue: If it is neither.
    """
    if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        return value
    try:
        return dt.date.fromisoformat(value if isinstance(value, str) else "")
    except ValueError:
        raise InvalidValue(key, value, "a date such as 2026-03-08") from None


def _read_money(key: str, value: object) -> object:
    if value is None or isinstance(value, Money):
        return value
    if value == NONE:
        return None
    currency, _, amount = value.partition(" ") if isinstance(value, str) else ("", "", "")
    try:
        return Money(amount, currency)
    except InvalidValue:
        raise InvalidValue(key, value, "currency and amount such as 'KES 10.00', or 'none'") from None


def _read_share(key: str, value: object) -> object:
    if value is None or isinstance(value, Rate):
        return value
    if value == NONE:
        return None
    text = value if isinstance(value, str) else ""
    ratio = _RATIO.fullmatch(text)
    try:
        return Rate.from_ratio(int(ratio[1]), int(ratio[2]), Per.ONCE) if ratio else Rate(text, Per.ONCE)
    except InvalidValue:
        raise InvalidValue(key, value, "a share as text, such as '5%'") from None


def _write_or_none(value: object) -> object:
    return NONE if value is None else str(value)


def read_table(key: str, value: object, names: tuple[str, ...]) -> Mapping[str, object]:
    """
    Require a table that holds no other keys than *names*.

    Raises:
        InvalidValue: If it is no table, or one of its keys is unknown.
    """
    if not isinstance(value, Mapping):
        raise InvalidValue(key, value, "a table with " + ", ".join(names))
    for name in value:
        if name not in names:
            raise InvalidValue(f"{key}.{name}", value[name], "only " + ", ".join(names))
    return value


def _read_calendar(key: str, value: object) -> object:
    if isinstance(value, BusinessCalendar):
        return value
    if value == EVERY_DAY.name:
        return EVERY_DAY
    table = read_table(key, value, ("name", "weekend", "holidays", "workdays"))
    weekend = table.get("weekend", [5, 6])
    if not isinstance(weekend, list | tuple) or not all(type(day) is int for day in weekend):
        raise InvalidValue(f"{key}.weekend", weekend, "a list of days, 0 (Monday) to 6")
    days = {name: _read_days(f"{key}.{name}", table.get(name, [])) for name in ("holidays", "workdays")}
    name = _read_text(f"{key}.name", table.get("name"))
    try:
        return BusinessCalendar(name=str(name), weekend=frozenset(weekend), **days)
    except InvalidValue as refused:
        raise InvalidValue(f"{key}.{refused.field}", refused.value, refused.accepted) from None


def _read_days(key: str, value: object) -> frozenset[dt.date]:
    if not isinstance(value, list | tuple):
        raise InvalidValue(key, value, "a list of dates")
    return frozenset(read_date(key, each) for each in value)


def _write_calendar(value: BusinessCalendar) -> object:
    if value == EVERY_DAY:
        return EVERY_DAY.name
    return {
        "name": value.name,
        "weekend": sorted(value.weekend),
        "holidays": [day.isoformat() for day in sorted(value.holidays)],
        "workdays": [day.isoformat() for day in sorted(value.workdays)],
    }


def _read_buckets(key: str, value: object) -> object:
    if isinstance(value, Buckets):
        return value
    if not isinstance(value, list | tuple):
        raise InvalidValue(key, value, "a list of tables with name, first_day, last_day")
    read = []
    for number, each in enumerate(value, start=1):
        table = read_table(f"{key}.{number}", each, ("name", "first_day", "last_day"))
        name = str(_read_text(f"{key}.{number}.name", table.get("name")))
        try:
            read.append(Bucket(name, table.get("first_day"), table.get("last_day")))  # type: ignore[arg-type]  # it checks
        except InvalidValue as refused:
            raise InvalidValue(f"{key}.{number}.{refused.field}", refused.value, refused.accepted) from None
    try:
        return Buckets(read)
    except InvalidValue as refused:
        raise type(refused)(f"{key}.{refused.field}", refused.value, refused.accepted) from None


def _write_buckets(value: Buckets) -> object:
    rows = []
    for bucket in value.buckets:
        row: dict[str, object] = {"name": bucket.name, "first_day": bucket.first_day}
        if bucket.last_day is not None:
            row["last_day"] = bucket.last_day
        rows.append(row)
    return rows


def _read_late_run(key: str, value: object) -> object:
    try:
        return LateRun(value if isinstance(value, str) else "")
    except ValueError:
        raise InvalidValue(key, value, "one of " + ", ".join(repr(each.value) for each in LateRun)) from None


WHOLE = Form(_read_whole, _as_it_is)
YES_NO = Form(_read_yes_no, _as_it_is)
TEXT = Form(_read_text, str)
TEXTS = Form(_read_texts, lambda values: [str(each) for each in values])
PAIRS = Form(_read_pairs, lambda pairs: {str(name): str(each) for name, each in sorted(pairs.items())})
TIME = Form(_read_time, _write_time)
MONEY = Form(_read_money, _write_or_none)
SHARE = Form(_read_share, _write_or_none)
CALENDAR = Form(_read_calendar, _write_calendar)
BUCKETS = Form(_read_buckets, _write_buckets)
LATE_RUN = Form(_read_late_run, str)
