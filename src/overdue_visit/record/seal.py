"""
The seal: one digest over the heads of all cases, to be kept where nobody who writes the store can reach it.

The digest is the root of a Merkle tree as in RFC 6962 section 2.1 (https://www.rfc-editor.org/rfc/rfc6962#section-2.1,
archived at https://web.archive.org/web/2024/https://www.rfc-editor.org/rfc/rfc6962). Its leaves say: this case had so
many facts, and the last one had this digest. Later any fact at that place with another digest, and any case that has
become shorter, is named.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Iterable, Iterator

import attrs

from overdue_visit.errors import InvalidValue


@attrs.frozen
class Leaf:
    """The head of one case when the seal was set."""

    tenant: str
    case_id: str
    version: int
    """How many facts the case had."""
    head: bytes
    """Digest of the last of them."""

    def digest(self) -> bytes:
        """
        Return the leaf's hash; each text is preceded by its length, so that no two leaves run together alike.
        """
        parts = (self.tenant.encode(), self.case_id.encode(), str(self.version).encode(), self.head)
        return hashlib.sha256(b"\x00" + b"".join(b"%d:%b" % (len(part), part) for part in parts)).digest()


@attrs.frozen
class Deposit:
    """What a notary keeps: the root over *size* leaves, as of an instant."""

    root: bytes
    size: int
    at: dt.datetime


@attrs.frozen
class Tampering:
    """A case that is not what it was when its head was deposited."""

    tenant: str
    case_id: str
    version: int
    """How many facts the deposit vouches for."""
    what: str

    def __str__(self) -> str:
        return f"{self.case_id}: {self.what}"


class Root:
    """
    Takes leaves one at a time, in order of tenant and case, and knows the root over them.

    It remembers one digest a level: a million cases take twenty.
    """

    def __init__(self) -> None:
        self._peaks: list[tuple[int, bytes]] = []
        self._last: tuple[str, str] | None = None
        self.size: int = 0
        """Leaves taken so far."""

    def add(self, leaf: Leaf) -> None:
        """
        Take the next leaf.

        Raises:
            InvalidValue: If it does not come after the one before it: the order is part of what is sealed.
        """
        key = (leaf.tenant, leaf.case_id)
        if self._last is not None and key <= self._last:
            raise InvalidValue("leaf", key, f"a tenant and case after {self._last}")
        self._last, node, height = key, leaf.digest(), 0
        while self._peaks and self._peaks[-1][0] == height:
            node, height = _node(self._peaks.pop()[1], node), height + 1
        self._peaks.append((height, node))
        self.size += 1

    def digest(self) -> bytes:
        """
        Return the root over the leaves taken so far; that of no leaves is the hash of nothing.
        """
        if not self._peaks:
            return hashlib.sha256().digest()
        *lower, (_, digest) = self._peaks
        for _, peak in reversed(lower):
            digest = _node(peak, digest)
        return digest


def through(leaves: Iterable[Leaf], root: Root) -> Iterator[Leaf]:
    """
    Pass leaves on while *root* takes each.
    """
    for leaf in leaves:
        root.add(leaf)
        yield leaf


def compare(leaves: Iterable[Leaf], digest_at: Callable[[str, str, int], bytes | None]) -> Iterator[Tampering]:
    """
    Compare deposited heads with what the store holds now; cases opened and facts added since are no difference.

    That the leaves are those deposited is the notary's to check; that the facts up to a head are unbroken is
    `overdue_visit.record.chain.verify`'s.

    Args:
        digest_at: Returns the stored digest of a tenant's case at a sequence, ``None`` if there is no such fact.
    """
    for leaf in leaves:
        now = digest_at(leaf.tenant, leaf.case_id, leaf.version)
        if now is None:
            what = f"had {leaf.version} facts when it was sealed, and has fewer now"
        elif now != leaf.head:
            what = f"its first {leaf.version} facts are not those that were sealed"
        else:
            continue
        yield Tampering(leaf.tenant, leaf.case_id, leaf.version, what)


def _node(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()
