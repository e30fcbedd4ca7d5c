"""
What an error tells a catalogue: the codes of its texts, and its facts as their values.

Errors live beside their nouns, most of them on floors above this one. So nothing here knows their classes: an error is
read by its ``code`` and its fields, and a host's own error can be read the same way.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import attrs

from overdue_visit.errors import InvalidValue, shown
from overdue_visit.money import Money
from overdue_visit.visit import Window
from overdue_visit.wording.formats import Coded, Param, Value

_FAMILIES = {
    "allowed": "state",
    "fact": "move",
    "objection": "objection",
    "reason": "closed",
    "state": "state",
}
"""Where the name of a code is found, by the field that holds it; a code without a name reads as itself."""


def text_codes(error: BaseException) -> Iterator[str]:
    """
    Yield the codes of the texts that may say an error, the most special first.

    Before ``refusal.<code>`` come ``refusal.<code>.no_<field>`` for a field that is None and
    ``refusal.<code>.<field>`` for one that is True. An error whose class has no code of its own has no text.
    """
    own = vars(type(error)).get("code")
    if not isinstance(own, str):
        return
    for name, value in _fields(error):
        if value is None:
            yield f"refusal.{own}.no_{name}"
        elif value is True:
            yield f"refusal.{own}.{name}"
    yield f"refusal.{own}"


def values(error: BaseException) -> Iterator[tuple[str, Param]]:
    """
    Yield an error's fields as values for its texts; None, True and False have texts of their own instead.

    A refused value is described as on `overdue_visit.errors.shown`, unless it is an amount or a date.
    """
    for name, value in _fields(error):
        if name == "value" and isinstance(error, InvalidValue):
            yield name, _refused(value)
        elif isinstance(value, (tuple, list, frozenset)):
            yield name, tuple(_value(name, each) for each in value)
        elif value is not None and not isinstance(value, bool):
            yield name, _value(name, value)


def _fields(error: BaseException) -> Iterator[tuple[str, object]]:
    cls = type(error)
    if attrs.has(cls):
        for field in attrs.fields(cls):
            yield field.name, getattr(error, field.name)


def _refused(value: object) -> Value:
    match value:
        case dt.datetime():
            return shown(value.isoformat())
        case Money() | dt.date():
            return value
        case _:
            return shown(value)


def _value(name: str, value: object) -> Value:
    match value:
        case str() if name == "notice":
            return Coded("notice", f"{value}.name")
        case str() if name in _FAMILIES:
            return Coded(_FAMILIES[name], value)
        case dt.datetime():
            return value.isoformat()
        case int() | Money() | Window() | dt.date():
            return value
        case _:
            return str(value)
