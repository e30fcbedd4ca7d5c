"""
Every kind of fact keeps to what the codec can store and read fast.
"""

from __future__ import annotations

import collections
import typing

import attrs
import pytest

from overdue_visit.case import kinds


def types_within(kind: object) -> set[object]:
    """
    Return a type with all types that its arguments name.
    """
    found = {kind} if isinstance(kind, typing.Hashable) else set()
    for inner in typing.get_args(kind):
        found |= types_within(inner)
    return found


def values_within(cls: type) -> set[type]:
    """
    Return an attrs class with all attrs classes that it is made of.
    """
    found, waiting = set(), [cls]
    while waiting:
        one = waiting.pop()
        if one not in found:
            found.add(one)
            hints = typing.get_type_hints(one, include_extras=True)
            named = {t for field in attrs.fields(one) for t in types_within(hints[field.name])}
            waiting += [t for t in named if isinstance(t, type) and attrs.has(t)]
    return found


def test_kinds_and_versions_are_unique():
    """
    No two fact classes have the same kind.
    """
    counted = collections.Counter(cls.kind for cls in kinds.KINDS)

    assert counted
    assert [kind for kind, times in counted.items() if times > 1] == []


@pytest.mark.parametrize("fact", kinds.KINDS, ids=lambda fact: fact.__name__)
def test_facts_can_be_stored_and_read_fast(fact):
    """
    A fact and what it is made of has no validator, no private name and no pendulum type.
    """
    for cls in values_within(fact):
        hints = typing.get_type_hints(cls, include_extras=True)
        named = {t for field in attrs.fields(cls) for t in types_within(hints[field.name])}

        assert [field.name for field in attrs.fields(cls) if field.validator] == []
        assert [field.name for field in attrs.fields(cls) if field.name.startswith("_")] == []
        assert [t for t in named if getattr(t, "__module__", "").startswith("pendulum")] == []


@pytest.mark.parametrize("fact", kinds.KINDS, ids=lambda fact: fact.__name__)
def test_facts_are_frozen_keyword_only_and_say_what_is_private(fact):
    """
    A fact is frozen and keyword-only, has a version, and its personal fields exist and may be absent.
    """
    hints = typing.get_type_hints(fact)

    assert attrs.has(fact)
    assert fact.__setattr__ is not object.__setattr__
    assert all(field.kw_only for field in attrs.fields(fact))
    assert fact.version >= 1
    assert set(fact.private) <= {field.name for field in attrs.fields(fact)}
    assert [name for name in fact.private if type(None) not in typing.get_args(hints[name])] == []
