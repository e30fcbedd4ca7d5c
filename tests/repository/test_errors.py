"""
Every error of the package keeps its promises: a code of its own, a text, and the way through a pickle.
"""

from __future__ import annotations

import collections
import collections.abc
import datetime as dt
import enum
import pickle
import types
import typing
from decimal import Decimal

import attrs
import pytest

from overdue_visit.money import Money
from tests.repository.house import error_classes

PLAIN: dict[object, object] = {
    str: "ke-001",
    int: 7,
    bool: True,
    object: {"any": "thing"},
    typing.Any: "anything",
    bytes: b"\x00\x01",
    Decimal: Decimal("1.50"),
    dt.date: dt.date(2026, 3, 8),
    dt.datetime: dt.datetime(2026, 3, 8, 9, tzinfo=dt.UTC),
    dt.time: dt.time(14),
    dt.timedelta: dt.timedelta(days=7),
    Money: Money("120.00", "KES"),
    types.NoneType: None,
}


def sample(kind: object) -> object:
    """
    Make some value of a type, as an error would carry it.
    """
    if isinstance(kind, type) and issubclass(kind, enum.Enum):
        return next(iter(kind))
    if isinstance(kind, type) and kind not in PLAIN and attrs.has(kind):
        return made(kind)
    if typing.get_origin(kind) is None:
        return PLAIN[kind]
    return sample_of_many(typing.get_origin(kind), typing.get_args(kind))


def sample_of_many(origin: object, inner: tuple[object, ...]) -> object:
    """
    Make some value of a type that is made of others.
    """
    if origin is tuple:
        return tuple(sample(part) for part in inner if part is not Ellipsis)
    if origin in (frozenset, collections.abc.Sequence):
        return (sample(inner[0]),)
    if origin in (dict, collections.abc.Mapping):
        return {sample(inner[0]): sample(inner[1])}
    return inner[0] if origin is typing.Literal else sample(inner[0])


def made(cls: type) -> typing.Any:
    """
    Build a value of an attrs class from samples, field by field.
    """
    hints = typing.get_type_hints(cls, include_extras=False)
    fields = [field for field in attrs.fields(cls) if field.init]
    given = {field.alias: sample(hints[field.name]) for field in fields if field.default is attrs.NOTHING}
    if any(field.kw_only for field in fields):
        return cls(**given)
    return cls(*given.values())


def test_every_error_has_a_code_of_its_own():
    """
    No two error classes share a code, and none inherits its parent's.
    """
    codes = {cls: vars(cls).get("code") for cls in error_classes()}

    assert [cls.__qualname__ for cls, code in codes.items() if not code] == []
    assert [code for code, times in collections.Counter(codes.values()).items() if times > 1] == []


@pytest.mark.parametrize("cls", error_classes(), ids=lambda cls: cls.__qualname__)
def test_every_error_survives_pickling(cls):
    """
    An error that crosses a process arrives with the same facts and the same text.
    """
    error = made(cls)

    arrived = pickle.loads(pickle.dumps(error))

    assert type(arrived) is cls
    assert attrs.astuple(arrived, recurse=False) == attrs.astuple(error, recurse=False)
    assert str(arrived) == str(error)


@pytest.mark.parametrize("cls", error_classes(), ids=lambda cls: cls.__qualname__)
def test_every_error_is_described(cls):
    """
    An error class says in its docstring what was refused or failed.
    """
    assert (vars(cls).get("__doc__") or "").strip()
