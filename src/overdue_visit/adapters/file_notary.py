"""
A notary that writes files: to a memory stick in the safe, a folder that another office keeps, a write-once share.

It proves as much as the folder is out of reach of those who can write the store. ``seals.jsonl`` has a line for each
deposit; each line names the digest of the line before, so that none can be changed or taken out of the middle. Lines
cut from its end can only be missed by someone who kept a root elsewhere: a root is 64 characters and fits on paper.
Beside it lies a file of leaves for each deposit, vouched for by the root.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import pathlib
from collections.abc import Iterable, Iterator
from typing import Any

import attrs
import msgspec

from overdue_visit.errors import AdapterError
from overdue_visit.instants import in_utc
from overdue_visit.ports.notary import DepositDamaged
from overdue_visit.record.encoding import UNREADABLE
from overdue_visit.record.seal import Deposit, Leaf, Root, through

ADAPTER = "file notary"
_FIRST = hashlib.sha256().hexdigest()


@attrs.frozen
class _Line:
    """A line of ``seals.jsonl``."""

    at: dt.datetime
    root: str
    size: int
    leaves: str
    previous: str


@attrs.frozen
class _LeafLine:
    """A line of a file of leaves."""

    tenant: str
    case: str
    version: int
    head: str


_encode = msgspec.json.Encoder(order="sorted").encode
_decode_line = msgspec.json.Decoder(_Line).decode
_decode_leaf = msgspec.json.Decoder(_LeafLine).decode


class FileNotary:
    """
    Keeps deposits in a folder, which one process at a time writes to; see `overdue_visit.ports.notary.Notary`.
    """

    def __init__(self, folder: str | os.PathLike[str]) -> None:
        self._folder = pathlib.Path(folder)
        self._seals = self._folder / "seals.jsonl"

    def deposit(self, leaves: Iterable[Leaf], *, at: dt.datetime) -> Deposit:
        """
        Keep the heads of all cases and their root.
        """
        at = in_utc(at)
        lines = self._lines()
        root = Root()
        name = f"leaves-{len(lines) + 1:06}.jsonl"
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            part = self._folder / f"{name}.part"
            with part.open("wb") as file:
                for leaf in through(leaves, root):
                    file.write(_encode(_LeafLine(leaf.tenant, leaf.case_id, leaf.version, leaf.head.hex())) + b"\n")
                _sync(file)
            part.replace(self._folder / name)
            previous = hashlib.sha256(lines[-1]).hexdigest() if lines else _FIRST
            line = _Line(at, root.digest().hex(), root.size, name, previous)
            self._append(lines, _encode(line))
        except OSError as exc:
            raise _failed(exc) from exc
        return Deposit(root.digest(), root.size, at)

    def deposits(self) -> tuple[Deposit, ...]:
        """
        Return all deposits, oldest first.
        """
        return tuple(Deposit(bytes.fromhex(line.root), line.size, line.at) for line in self._seal_lines())

    def leaves(self, deposit: Deposit) -> Iterator[Leaf]:
        """
        Return the leaves of a deposit, compared with its root while they are read.
        """
        told = (deposit.root.hex(), deposit.size, deposit.at)
        names = [line.leaves for line in self._seal_lines() if (line.root, line.size, line.at) == told]
        if not names:
            raise DepositDamaged(ADAPTER, f"no deposit of {deposit.at.isoformat()} with this root is kept here")
        return self._read_leaves(names[0], deposit)

    def _read_leaves(self, name: str, deposit: Deposit) -> Iterator[Leaf]:
        root = Root()
        try:
            with (self._folder / name).open("rb") as file:
                yield from through((_leaf(line) for line in file), root)
        except FileNotFoundError:
            raise DepositDamaged(ADAPTER, f"{name} is missing") from None
        except OSError as exc:
            raise _failed(exc) from exc
        except UNREADABLE:
            raise DepositDamaged(ADAPTER, f"{name} holds what was never deposited") from None
        if (root.digest(), root.size) != (deposit.root, deposit.size):
            raise DepositDamaged(ADAPTER, f"{name} is not what was deposited: its root is another")

    def _seal_lines(self) -> Iterator[_Line]:
        previous = _FIRST
        for number, text in enumerate(self._lines(), start=1):
            try:
                line = _decode_line(text)
                bytes.fromhex(line.root)
            except UNREADABLE:
                raise DepositDamaged(ADAPTER, f"line {number} of {self._seals.name} cannot be read") from None
            if line.previous != previous:
                raise DepositDamaged(ADAPTER, f"the line before line {number} of {self._seals.name} is not what it was")
            previous = hashlib.sha256(text).hexdigest()
            yield line

    def _lines(self) -> list[bytes]:
        """
        Read the lines that are complete; one without its end is a deposit that was interrupted and never returned.
        """
        try:
            text = self._seals.read_bytes()
        except FileNotFoundError:
            return []
        except OSError as exc:
            raise _failed(exc) from exc
        return text.split(b"\n")[:-1]

    def _append(self, lines: list[bytes], line: bytes) -> None:
        with self._seals.open("ab") as file:
            file.truncate(sum(len(known) + 1 for known in lines))
            file.write(line + b"\n")
            _sync(file)


def _leaf(text: bytes) -> Leaf:
    line = _decode_leaf(text)
    return Leaf(line.tenant, line.case, line.version, bytes.fromhex(line.head))


def _sync(file: Any) -> None:
    file.flush()
    os.fsync(file.fileno())


def _failed(exc: OSError) -> AdapterError:
    return AdapterError(ADAPTER, f"{pathlib.Path(exc.filename or 'the folder').name}: {exc.strerror}")
