"""
JSON in and out, exactly: what cannot be written is refused with its field's name, what is read is read whole.

Refusals never show the refused content, it may be personal.
"""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Callable, Iterator, Mapping
from typing import Any, ClassVar, cast

import attrs
import msgspec

from overdue_visit.errors import InvalidValue

# Sorted: without it the order of keys depends on how a class keeps its fields, and digests would with it.
_ENCODER = msgspec.json.Encoder(order="sorted")
encode_fast: Callable[[object], bytes] = _ENCODER.encode
"""Encode a value that is known to be writable; driver errors are the caller's."""

# What msgspec raises on what it cannot write: foreign types, lone surrogates, endless nesting.
UNWRITABLE = (TypeError, ValueError, OverflowError, RecursionError)
# UnicodeDecodeError and every msgspec.DecodeError are ValueErrors.
UNREADABLE = (msgspec.MsgspecError, ValueError, TypeError, RecursionError)


@attrs.frozen
class Unwritable(InvalidValue):
    """A value cannot be put on record as it is; *value* is its type's name, never its content."""

    code: ClassVar[str] = "unwritable"

    def __str__(self) -> str:
        return f"{self.field}: this {self.value} cannot be put on record; expected {self.accepted}"


def encode(value: object, *, field: str, content: object = None) -> bytes:
    """
    Encode a value as JSON with sorted keys.

    Args:
        field: What the value is called in a refusal.
        content: The part of the value that *field* is the name of, if not the whole.

    Raises:
        Unwritable: Naming the innermost field that cannot be written.
    """
    try:
        return _ENCODER.encode(value)
    except UNWRITABLE as exc:
        raise _refusal(value if content is None else content, field, exc) from None


def field_names(type_: type) -> tuple[str, ...]:
    """
    List the fields of an attrs class.
    """
    fields: tuple[attrs.Attribute[Any], ...] = attrs.fields(cast(Any, type_))
    return tuple(field.name for field in fields)


def refuse_naive(value: object, *, field: str) -> None:
    """
    Refuse instants without an offset anywhere inside a value.

    Raises:
        Unwritable: Naming the field.
    """
    if isinstance(value, dt.datetime):
        if value.utcoffset() is None:
            raise Unwritable(field, "naive datetime", "an instant with its offset, such as 2026-03-08T09:00+03:00")
        return
    for name, part in _parts(value, field):
        try:
            refuse_naive(part, field=name)
        except RecursionError as exc:
            raise _refusal(part, name, exc) from None


@functools.cache
def instant_fields(type_: type) -> tuple[str, ...]:
    """
    List the fields of an attrs class whose values can have a datetime anywhere inside.
    """
    fields = getattr(msgspec.inspect.type_info(type_), "fields", ())
    return tuple(field.name for field in fields if _mentions_instants(field.type, set()))


def unknown_fields(stored: object, understood: object, where: str = "") -> Iterator[str]:
    """
    List the fields of stored JSON that are missing from what was understood of it.

    Both are plain JSON values.
    """
    if isinstance(stored, dict) and isinstance(understood, dict):
        for name, part in stored.items():
            path = f"{where}.{name}" if where else name
            if name not in understood:
                yield path
            else:
                yield from unknown_fields(part, understood[name], path)
    elif isinstance(stored, list) and isinstance(understood, list):
        for number, (part, known) in enumerate(zip(stored, understood, strict=False)):
            yield from unknown_fields(part, known, f"{where}[{number}]")


def _refusal(value: object, field: str, exc: Exception) -> Unwritable:
    if isinstance(exc, RecursionError):
        return Unwritable(field, type(value).__name__, "a value that is not nested hundreds of levels deep")
    for name, part in _parts(value, field):
        try:
            _ENCODER.encode(part)
        except UNWRITABLE as inner:
            return _refusal(part, name, inner)
    if isinstance(value, str):
        return Unwritable(field, "text", "text without lone surrogates, which no UTF-8 can hold")
    return Unwritable(field, type(value).__name__, "text, numbers, plain dates and times, and attrs classes of these")


def _parts(value: object, field: str) -> Iterator[tuple[str, object]]:
    if attrs.has(type(value)):
        for name in field_names(type(value)):
            yield f"{field}.{name}", getattr(value, name)
    elif isinstance(value, Mapping):
        for name, part in value.items():
            yield f"{field} key", name
            yield f"{field}.{ascii(name)[1:-1]}", part
    elif isinstance(value, tuple | list | set | frozenset):
        for number, part in enumerate(value):
            yield f"{field}[{number}]", part


def _mentions_instants(info: Any, seen: set[Any]) -> bool:
    if isinstance(info, msgspec.inspect.DateTimeType | msgspec.inspect.AnyType):
        return True
    key = getattr(info, "cls", None)
    if key is not None:
        if key in seen:
            return False
        seen.add(key)
    return any(_mentions_instants(part, seen) for part in _inner(info))


def _inner(info: Any) -> Iterator[Any]:
    for name in ("type", "item_type", "key_type", "value_type"):
        if hasattr(info, name):
            yield getattr(info, name)
    for name in ("types", "item_types", "fields"):
        yield from getattr(info, name, ())
