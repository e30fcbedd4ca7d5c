"""
The chain: each fact's digest covers the stored bytes and the digest of the fact before it.

A changed, removed or reordered fact shows as a broken link. A cut tail, or a chain rewritten as a whole, does not: for
that the heads are deposited elsewhere, see `overdue_visit.record.seal`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

import attrs

from overdue_visit.record.change import SealedFact

GENESIS = bytes(32)
"""What the first fact of a case follows."""


@attrs.frozen
class BrokenLink:
    """The first place where a case's record is not what was written."""

    sequence: int
    what: str

    def __str__(self) -> str:
        return f"fact {self.sequence}: {self.what}"


def link(previous: bytes, header: bytes, body: bytes) -> bytes:
    """
    Return the digest of a fact: SHA-256 over the digest before it and its stored bytes.
    """
    return hashlib.sha256(previous + header + body).digest()


def verify(facts: Iterable[SealedFact], *, head: bytes, previous: bytes = GENESIS, after: int = 0) -> BrokenLink | None:
    """
    Check that facts follow one another without gap or change up to a case's head.

    A long record can be checked in pieces: hand in the digest and sequence of the last fact checked as *previous* and
    *after*, and that of the piece's last fact as *head*.

    Returns:
        The first break, ``None`` if the record is whole.
    """
    for fact in facts:
        after += 1
        if fact.sequence != after:
            return BrokenLink(after, f"is missing; fact {fact.sequence} follows")
        previous = link(previous, fact.header, fact.body)
        if fact.digest != previous:
            return BrokenLink(after, "its bytes are not those its digest was taken of")
    if previous != head:
        return BrokenLink(after + 1, "the record ends here, and its head names another last fact")
    return None
