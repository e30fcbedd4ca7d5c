"""
The snapshot: a case as folded, kept so that its facts need not be read again. It is a cache and never the record.
"""

from __future__ import annotations

from typing import ClassVar, Generic, TypeVar

import attrs
import msgspec

from overdue_visit.errors import AdapterError
from overdue_visit.record.encoding import UNREADABLE, encode

T = TypeVar("T")


@attrs.frozen
class SnapshotUnreadable(AdapterError):
    """A snapshot is of another version or damaged: fold the facts instead."""

    code: ClassVar[str] = "snapshot_unreadable"


class SnapshotCodec(Generic[T]):
    """
    Writes and reads snapshots of one attrs class.

    Args:
        version: Of the class's shape and of the fold; a snapshot of any other version is not read.
    """

    def __init__(self, type_: type[T], version: int) -> None:
        self.version = version
        self._name = type_.__name__
        self._decoder = msgspec.json.Decoder(type_)

    def encode(self, value: T) -> bytes:
        """
        Return the snapshot's bytes.

        Raises:
            Unwritable: If a field holds what JSON cannot keep exactly.
        """
        return encode(value, field=self._name)

    def decode(self, data: bytes, *, version: int) -> T:
        """
        Read a snapshot that was written as of *version*.

        Raises:
            SnapshotUnreadable: If it is of another version, or damaged.
        """
        if version != self.version:
            raise SnapshotUnreadable("snapshot", f"is of version {version}, this release reads {self.version}")
        try:
            return self._decoder.decode(data)
        except UNREADABLE as exc:
            raise SnapshotUnreadable("snapshot", f"cannot be read ({type(exc).__name__})") from None
