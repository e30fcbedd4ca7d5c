"""
The three bases of every error, split by whose fault it is.

- `NotAllowed`: the caller asked for a decision that the rules refuse; nothing changed.
- `InvalidValue`: a value is malformed; it names the field, the value and what would be accepted.
- `AdapterError`: the outside world (a database, a mail server, a file) failed.

Each error class has a stable ``code`` for hosts that translate or branch; its text is for people. Errors about a noun
live beside that noun.
"""

from __future__ import annotations

from typing import ClassVar

import attrs

_LONGEST_SHOWN = 80


def shown(value: object) -> str:
    """
    Describe a refused value on one short line.

    Returns:
        Its ``repr``, cut after 80 characters.
    """
    text = repr(value)
    return text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}..."


@attrs.frozen
class NotAllowed(Exception):
    """The rules refuse this decision; nothing was changed."""

    code: ClassVar[str] = "not_allowed"


@attrs.frozen
class InvalidValue(ValueError):
    """A value is malformed: *field* held *value*, where *accepted* was expected."""

    code: ClassVar[str] = "invalid_value"

    field: str
    value: object
    accepted: str

    def __str__(self) -> str:
        return f"{self.field}: {shown(self.value)} is not accepted; expected {self.accepted}"


@attrs.frozen
class AdapterError(Exception):
    """Something outside the library failed: *adapter* could not do *what*."""

    code: ClassVar[str] = "adapter_error"

    adapter: str
    what: str

    def __str__(self) -> str:
        return f"{self.adapter}: {self.what}"


@attrs.frozen
class MissingExtra(AdapterError):
    """An optional dependency is not installed; the text names the extra that brings it."""

    code: ClassVar[str] = "missing_extra"

    extra: str

    def __str__(self) -> str:
        return f'{self.adapter} needs {self.what}: pip install "overdue_visit[{self.extra}]"'
