"""
The shape of a stored snapshot is pinned: whoever changes it raises the snapshot's version.
"""

from __future__ import annotations

import pathlib
import typing

import attrs

from overdue_visit.case.case import Case
from overdue_visit.case.kinds import KINDS
from overdue_visit.desk.settings import SNAPSHOT_VERSION

SHAPE = pathlib.Path(__file__).parent / "golden" / f"snapshot_v{SNAPSHOT_VERSION}.txt"


def shape() -> str:
    """
    Write down every class of a snapshot with its fields, and the fact kinds that it may be folded from.
    """
    lines: list[str] = []
    waiting: list[type] = [Case]
    seen: set[type] = set()
    while waiting:
        kind = waiting.pop(0)
        if kind in seen:
            continue
        seen.add(kind)
        hints = typing.get_type_hints(kind)
        lines += [f"{kind.__name__}.{field.name}: {field.type}" for field in attrs.fields(kind)]
        for field in attrs.fields(kind):
            waiting += _classes(hints[field.name])
    return "\n".join([*sorted(lines), *(f"kind {each.kind} {each.version}" for each in KINDS)]) + "\n"


def _classes(hint: object) -> list[type]:
    parts = [part for each in typing.get_args(hint) for part in _classes(each)]
    return [hint, *parts] if isinstance(hint, type) and attrs.has(hint) else parts


def test_a_snapshot_of_another_shape_has_another_version():
    """
    An older release must not read a snapshot that a newer one folded: raise SNAPSHOT_VERSION and pin the new shape.
    """
    assert SHAPE.read_text(encoding="utf-8") == shape()


if __name__ == "__main__":
    SHAPE.write_text(shape(), encoding="utf-8")
