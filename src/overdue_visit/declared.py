"""
Values of the kind that was declared: the calculators' doors refuse anything else by the name of its field.
"""

from __future__ import annotations

import datetime as dt
import enum
import functools
import types
import typing
from collections.abc import Iterable, Mapping

import attrs

from overdue_visit.errors import InvalidValue

_Kind = typing.TypeVar("_Kind")
_UNIONS = (types.UnionType, typing.Union)
_WORDS: dict[object, str] = {
    type(None): "None",
    bool: "True or False",
    int: "a whole number",
    str: "a text",
    dt.date: "a date without a time",
}


def expect(field: str, value: object, kind: object) -> None:
    """
    Refuse a value of another kind.

    A bool is no whole number and a datetime no date.

    Args:
        kind: A class, or an annotation made of classes, unions, ``None`` and tuples.

    Raises:
        InvalidValue: If it is of another kind.
    """
    if not _is(value, kind):
        raise InvalidValue(field, value, in_words(kind))


def several(field: str, values: object, kind: type[_Kind]) -> tuple[_Kind, ...]:
    """
    Return values of one kind, however they are gathered; a text or a mapping gathers none.

    Raises:
        InvalidValue: If they are not gathered, or one is of another kind.
    """
    if isinstance(values, str | bytes | Mapping) or not isinstance(values, Iterable):
        raise InvalidValue(field, values, f"several of {in_words(kind)}")
    found = tuple(values)
    for each in found:
        if not _is(each, kind):
            raise InvalidValue(field, each, f"several of {in_words(kind)}")
    return found


def check_fields(value: attrs.AttrsInstance) -> None:
    """
    Refuse a field that holds another kind of value than its class declares.

    Raises:
        InvalidValue: If one does.
    """
    for name, kind, exactly in _kinds(type(value)):
        held = getattr(value, name)
        if type(held) not in exactly and not _is(held, kind):
            raise InvalidValue(name, held, in_words(kind))


@functools.cache
def _kinds(of: type[attrs.AttrsInstance]) -> tuple[tuple[str, object, frozenset[object]], ...]:
    hints = typing.get_type_hints(of)
    return tuple((field.name, hints[field.name], _exactly(hints[field.name])) for field in attrs.fields(of))


@functools.cache
def _exactly(kind: object) -> frozenset[object]:
    """
    Return the classes whose own values, not those of a class derived from one, are of a kind at a glance.
    """
    if typing.get_origin(kind) in _UNIONS:
        return frozenset().union(*map(_exactly, typing.get_args(kind)))
    return frozenset({kind}) if isinstance(kind, type) else frozenset()


@functools.cache
def _parts(kind: object) -> tuple[object, tuple[object, ...]]:
    origin = typing.get_origin(kind)
    return (typing.Union if origin in _UNIONS else origin), typing.get_args(kind)


def _is(value: object, kind: object) -> bool:
    if type(value) in _exactly(kind):
        return True
    origin, inner = _parts(kind)
    if origin is typing.Union:
        return any(_is(value, each) for each in inner)
    if origin is tuple:
        return isinstance(value, tuple) and _all_are(value, inner)
    if kind is int:
        return False
    if kind is dt.date:
        return isinstance(value, dt.date) and not isinstance(value, dt.datetime)
    return isinstance(value, kind) if isinstance(kind, type) else False


def _all_are(values: tuple[object, ...], inner: tuple[object, ...]) -> bool:
    if inner[-1] is Ellipsis:
        exactly = _exactly(inner[0])
        return all(type(each) in exactly or _is(each, inner[0]) for each in values)
    return len(values) == len(inner) and all(map(_is, values, inner))


def in_words(kind: object) -> str:
    """
    Say in words what a kind of value is.
    """
    inner = typing.get_args(kind)
    if typing.get_origin(kind) in _UNIONS:
        return " or ".join(in_words(each) for each in inner)
    if typing.get_origin(kind) is tuple:
        return "a tuple of " + " and ".join(in_words(each) for each in inner if each is not Ellipsis)
    if isinstance(kind, type) and issubclass(kind, enum.Enum):
        return f"one of {kind.__name__}: " + ", ".join(str(each.value) for each in kind)
    return _WORDS.get(kind) or f"a value of {getattr(kind, '__name__', kind)}"
