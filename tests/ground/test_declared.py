"""
A value is of the kind that was declared, or its field is named.
"""

from __future__ import annotations

import datetime as dt
import enum
import pickle

import attrs
import pytest

from overdue_visit.declared import check_fields, expect, in_words, several
from overdue_visit.errors import InvalidValue

DAY = dt.date(2026, 3, 8)


class Colour(enum.StrEnum):
    """Two colours."""

    RED = "red"
    BLUE = "blue"


@attrs.frozen(kw_only=True)
class Jar:
    """A jar of many things."""

    label: str
    size: int = 1
    filled: dt.date | None = None
    colours: tuple[Colour, ...] = ()
    pair: tuple[str, int] = ("a", 1)
    value: bool | int | str = 0

    def __attrs_post_init__(self) -> None:
        check_fields(self)


@pytest.mark.parametrize(
    ("given", "accepted"),
    [
        ({"label": 3}, "a text"),
        ({"size": True}, "a whole number"),
        ({"size": 1.0}, "a whole number"),
        ({"filled": dt.datetime(2026, 3, 8)}, "a date without a time or None"),
        ({"filled": "2026-03-08"}, "a date without a time or None"),
        ({"colours": [Colour.RED]}, "a tuple of one of Colour: red, blue"),
        ({"colours": ("red",)}, "a tuple of one of Colour: red, blue"),
        ({"pair": ("a",)}, "a tuple of a text and a whole number"),
        ({"pair": ("a", "b")}, "a tuple of a text and a whole number"),
        ({"value": 1.5}, "True or False or a whole number or a text"),
        ({"value": {}}, "True or False or a whole number or a text"),
    ],
)
def test_a_field_of_another_kind_is_named(given, accepted):
    """
    The error says which field, and what it takes.
    """
    with pytest.raises(InvalidValue) as refusal:
        Jar(**{"label": "plums", **given})

    assert [refusal.value.field] == list(given)
    assert refusal.value.accepted == accepted


def test_what_is_of_the_kind_is_kept():
    """
    A value of the declared kind passes, also one of a class derived from it.
    """

    class Text(str):
        __slots__ = ()

    jar = Jar(label="plums", filled=DAY, colours=(Colour.RED,), pair=("b", 2), value=True)

    assert pickle.loads(pickle.dumps(jar)) == jar
    assert Jar(label=Text("plums")).label == "plums"


@pytest.mark.parametrize("values", [None, "abc", b"abc", 3, {}, {"a": 1}, object(), [1, "a"], [True]])
def test_several_are_gathered_and_of_one_kind(values):
    """
    A text and a mapping gather nothing; each value must be of the kind.
    """
    with pytest.raises(InvalidValue) as refusal:
        several("numbers", values, int)

    assert (refusal.value.field, refusal.value.accepted) == ("numbers", "several of a whole number")


def test_several_come_from_any_collection():
    """
    Lists, tuples, sets and generators are taken.
    """
    assert [several("n", each, int) for each in ([1], (1,), {1}, (n for n in [1]))] == [(1,)] * 4


def test_one_value_is_expected():
    """
    One argument is checked like a field.
    """
    expect("day", DAY, dt.date)
    with pytest.raises(InvalidValue, match=r"jar: None is not accepted; expected a value of Jar"):
        expect("jar", None, Jar)
    assert in_words(Jar | None) == "a value of Jar or None"
