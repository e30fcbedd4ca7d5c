"""
One table of a scale's file: every key is read once, and what nobody read is refused.
"""

from __future__ import annotations

import datetime as dt
import enum
import re
from collections.abc import Mapping
from typing import TypeVar

import attrs

from overdue_visit.classification.source import Confidence, Source
from overdue_visit.errors import InvalidValue
from overdue_visit.instants import plain_date
from overdue_visit.rate import Per, Rate

Choice = TypeVar("Choice", bound=enum.StrEnum)

_CODE = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")


@attrs.frozen
class Table:
    """A parsed table and the path that errors name: scale, class or rule, key."""

    path: str
    content: Mapping[str, object]
    read: set[str] = attrs.field(factory=set)

    @classmethod
    def of(cls, path: str, content: object) -> Table:
        """
        Take a parsed value.

        Raises:
            InvalidValue: If it is no table.
        """
        if not isinstance(content, Mapping):
            raise InvalidValue(path, content, "a table")
        for key in content:
            if not isinstance(key, str):
                raise InvalidValue(path, key, "keys that are texts")
        return cls(path, content)

    def field(self, key: str) -> str:
        """
        Return the whole name of a key.
        """
        return f"{self.path}.{key}"

    def get(self, key: str) -> object:
        """
        Return a value as it is, ``None`` where there is none.
        """
        self.read.add(key)
        return self.content.get(key)

    def text(self, key: str) -> str:
        """
        Return some words.
        """
        value = self.get(key)
        if not isinstance(value, str) or not value.strip():
            raise InvalidValue(self.field(key), value, "some words")
        return value

    def code(self, key: str) -> str:
        """
        Return a code: letters, digits, ``_`` and ``-``.
        """
        value = self.get(key)
        if not isinstance(value, str) or not _CODE.fullmatch(value):
            raise InvalidValue(self.field(key), value, "a code of letters, digits, '_' and '-'")
        return value

    def codes(self, key: str) -> tuple[str, ...]:
        """
        Return a list of codes, none where there is no list.
        """
        value = self.get(key)
        if value is None:
            return ()
        if not isinstance(value, list) or any(not isinstance(each, str) or not _CODE.fullmatch(each) for each in value):
            raise InvalidValue(self.field(key), value, "a list of codes")
        return tuple(value)

    def whole(self, key: str) -> int:
        """
        Return a whole number of at least 0.
        """
        value = self.get(key)
        if type(value) is not int or value < 0:
            raise InvalidValue(self.field(key), value, "a whole number of at least 0")
        return value

    def whole_or_none(self, key: str) -> int | None:
        """
        Return a whole number of at least 0, or ``None`` where the key is missing.
        """
        return self.whole(key) if key in self.content else None

    def yes_no(self, key: str) -> bool:
        """
        Return true or false.
        """
        value = self.get(key)
        if not isinstance(value, bool):
            raise InvalidValue(self.field(key), value, "true or false")
        return value

    def share(self, key: str) -> Rate:
        """
        Return a share such as ``"50%"``, of at least 0.
        """
        value = self.get(key)
        try:
            share = Rate(value if isinstance(value, str) else "", Per.ONCE)
        except InvalidValue:
            raise InvalidValue(self.field(key), value, "a share in quotes, such as '50%'") from None
        if share.numerator < 0:
            raise InvalidValue(self.field(key), value, "a share of at least 0")
        return share

    def date(self, key: str) -> dt.date:
        """
        Return a date.
        """
        return plain_date(self.get(key), field=self.field(key))

    def choice(self, key: str, options: type[Choice]) -> Choice:
        """
        Return one of some words.
        """
        value = self.get(key)
        found = next((each for each in options if each.value == value), None)
        if found is None:
            raise InvalidValue(self.field(key), value, "one of " + ", ".join(each.value for each in options))
        return found

    def rows(self, key: str) -> tuple[Table, ...]:
        """
        Return a list of tables, none where there is no list.
        """
        value = self.get(key)
        if value is None:
            return ()
        if not isinstance(value, list):
            raise InvalidValue(self.field(key), value, "a list of tables")
        return tuple(Table.of(f"{self.field(key)}[{place}]", each) for place, each in enumerate(value, 1))

    def table(self, key: str) -> Table:
        """
        Return a table within, empty where there is none.
        """
        value = self.get(key)
        return Table.of(self.field(key), {} if value is None else value)

    def called(self, path: str) -> Table:
        """
        Return the same table under another path.
        """
        return Table(path, self.content, self.read)

    def source(self, checked: dt.date) -> Source:
        """
        Return where this table's numbers come from; *checked* holds unless it says another day.
        """
        citation = self.get("citation")
        if not isinstance(citation, str) or not citation.strip():
            raise InvalidValue(self.field("citation"), citation, "the rule and article that it comes from")
        confidence = self.choice("confidence", Confidence)
        own = self.date("checked") if "checked" in self.content else checked
        return Source(citation=citation, confidence=confidence, checked=own)

    def done(self) -> None:
        """
        Refuse what nobody read.
        """
        for key in self.content:
            if key not in self.read:
                accepted = ", ".join(sorted(self.read))
                raise InvalidValue(self.field(key), self.content[key], f"one of the keys {accepted}")
