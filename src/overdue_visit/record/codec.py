"""
The codec: facts to stored bytes and back.

The stored bytes are the record: they are written once, and a digest is taken of them, never of a re-encoding. Facts of
older versions are upgraded while reading and stay as they are. Personal content is taken out before the fact is
written; the fact keeps ``sha256(salt + value)`` of it, so that it can be erased and, until then, cannot be exchanged.
"""

from __future__ import annotations

import functools
import hashlib
import hmac
from collections.abc import Callable, Iterable, Mapping
from typing import Any, ClassVar

import attrs
import msgspec

from overdue_visit.case.header import Entry, Fact, Header
from overdue_visit.errors import AdapterError, InvalidValue
from overdue_visit.record.chain import link
from overdue_visit.record.change import PrivateValue, SealedFact
from overdue_visit.record.encoding import (
    UNREADABLE,
    encode,
    encode_fast,
    field_names,
    instant_fields,
    refuse_naive,
    unknown_fields,
)

Upgrade = Callable[[dict[str, Any]], dict[str, Any]]
"""Turns the plain JSON of a fact's version into that of the next; erased private fields are ``None``."""

_SEALED = "sealed"


@attrs.frozen
class RecordDamaged(AdapterError):
    """A stored fact is not what was written, or cannot be read in full."""

    code: ClassVar[str] = "record_damaged"

    case: str
    sequence: int

    def __str__(self) -> str:
        return f"{self.adapter}: {self.case}, fact {self.sequence}: {self.what}"


@attrs.frozen
class UnknownFact:
    """A fact of a kind or version that this release does not know; its case can be read and not changed."""

    kind: ClassVar[str] = "unknown"
    version: ClassVar[int] = 0
    private: ClassVar[tuple[str, ...]] = ()

    of_kind: str
    of_version: int
    body: bytes = attrs.field(repr=False)


class _PrivateBody(msgspec.Struct, forbid_unknown_fields=True):
    """The stored shape of a fact with private fields."""

    fact: dict[str, msgspec.Raw]
    sealed: dict[str, str]


_decode_private = msgspec.json.Decoder(_PrivateBody).decode
_decode_fields = msgspec.json.Decoder(dict[str, msgspec.Raw]).decode
_decode_plain = msgspec.json.Decoder(dict[str, Any]).decode
_decode_any = msgspec.json.Decoder().decode


class Codec:
    """
    Seals and opens facts of the kinds it is given.

    Args:
        kinds: Every fact class, one a kind.
        upgrades: By kind and version: what turns that version into the next. Each version before a class's own needs
            one.

    Raises:
        InvalidValue: If two classes share a kind, a private name is no field, a field is called ``sealed``, or an
            upgrade is missing.
    """

    def __init__(self, kinds: Iterable[type[Fact]], upgrades: Mapping[tuple[str, int], Upgrade] | None = None) -> None:
        self._upgrades = dict(upgrades or {})
        self._kinds: dict[str, type[Fact]] = {}
        self._decoders: dict[str, Callable[[bytes], Any]] = {}
        self._decode_header = msgspec.json.Decoder(Header).decode
        for fact in kinds:
            self._add(fact)

    def seal(self, entry: Entry, *, previous: bytes, salt: Callable[[], bytes]) -> SealedFact:
        """
        Write an entry down: bytes, digest, and the private values apart.

        Args:
            previous: Digest of the fact before it, `record.chain.GENESIS` for the first.

        Raises:
            Unwritable: If a field holds what JSON cannot keep exactly, or an instant without its offset.
            InvalidValue: If the fact is not of a kind of this codec, or the header names another.
        """
        header, fact = entry.header, entry.fact
        self._check_kind(header, fact)
        body, private = self._body(fact, header.sequence, salt)
        head = _header_bytes(header)
        return SealedFact(
            sequence=header.sequence,
            kind=header.kind,
            version=header.version,
            recorded_at=header.recorded_at,
            header=head,
            body=body,
            digest=link(previous, head, body),
            private=private,
        )

    def open(self, sealed: SealedFact) -> Entry:
        """
        Read a stored fact, with the private values that are still there; erased ones are ``None``.

        A fact of an older version is upgraded. One of an unknown kind or a newer version comes as `UnknownFact`. The
        digest is not checked here: that takes the fact before it, see `record.chain.verify`.

        Raises:
            RecordDamaged: If the bytes cannot be read, hold a field that the fact's class does not know, or a private
                value is not the one that was sealed.
        """
        header = self._header(sealed)
        fact = self._kinds.get(sealed.kind)
        if fact is None or sealed.version > fact.version:
            return Entry(header, UnknownFact(sealed.kind, sealed.version, sealed.body))
        damaged = functools.partial(RecordDamaged, "record", case=header.case, sequence=sealed.sequence)
        try:
            body = self._upgraded(sealed, _whole_body(sealed, fact, damaged))
            return Entry(header, _exactly(self._decoder(fact), body, damaged))
        except UNREADABLE as exc:
            # The driver's text can quote content; its kind says enough.
            raise damaged(f"its body cannot be read ({type(exc).__name__})") from None

    def _add(self, fact: type[Fact]) -> None:
        names = set(field_names(fact))
        if fact.kind in self._kinds:
            raise InvalidValue("kinds", fact.kind, "each kind once")
        if _SEALED in names:
            raise InvalidValue(f"{fact.kind} fields", _SEALED, "another name: this one marks sealed content")
        if missing := set(fact.private) - names:
            raise InvalidValue(f"{fact.kind} private", sorted(missing), "names of its fields")
        for version in range(1, fact.version):
            if (fact.kind, version) not in self._upgrades:
                raise InvalidValue("upgrades", (fact.kind, version), f"an upgrade from version {version}")
        self._kinds[fact.kind] = fact

    def _check_kind(self, header: Header, fact: Fact) -> None:
        if self._kinds.get(fact.kind) is not type(fact):
            raise InvalidValue("fact", type(fact).__name__, "a fact class of this codec")
        if (header.kind, header.version) != (fact.kind, fact.version):
            raise InvalidValue("header", (header.kind, header.version), f"kind and version of the {fact.kind} fact")

    def _body(self, fact: Fact, sequence: int, salt: Callable[[], bytes]) -> tuple[bytes, tuple[PrivateValue, ...]]:
        for name in instant_fields(type(fact)):
            refuse_naive(getattr(fact, name), field=f"{fact.kind}.{name}")
        if not fact.private:
            return encode(fact, field=fact.kind), ()
        private = tuple(
            PrivateValue(sequence=sequence, field=name, salt=salt(), value=encode(value, field=f"{fact.kind}.{name}"))
            for name in sorted(fact.private)
            if (value := getattr(fact, name)) is not None
        )
        shown = {name: None if name in fact.private else getattr(fact, name) for name in field_names(type(fact))}
        commitments = {value.field: _commitment(value) for value in private}
        return encode({"fact": shown, _SEALED: commitments}, field=fact.kind, content=shown), private

    def _header(self, sealed: SealedFact) -> Header:
        damaged = functools.partial(RecordDamaged, "record", case="?", sequence=sealed.sequence)
        try:
            header: Header = _exactly(self._decode_header, sealed.header, damaged)
        except UNREADABLE as exc:
            raise damaged(f"its header cannot be read ({type(exc).__name__})") from None
        told = (header.sequence, header.kind, header.version, header.recorded_at)
        if told != (sealed.sequence, sealed.kind, sealed.version, sealed.recorded_at):
            raise RecordDamaged("record", "its header is that of another fact", header.case, sealed.sequence)
        return header

    def _decoder(self, fact: type[Fact]) -> Callable[[bytes], Any]:
        if (decode := self._decoders.get(fact.kind)) is None:
            decode = self._decoders[fact.kind] = msgspec.json.Decoder(fact).decode
        return decode

    def _upgraded(self, sealed: SealedFact, body: bytes) -> bytes:
        last = self._kinds[sealed.kind].version
        if sealed.version == last:
            return body
        plain = _decode_plain(body)
        for version in range(sealed.version, last):
            plain = self._upgrades[sealed.kind, version](plain)
        return encode_fast(plain)


def _header_bytes(header: Header) -> bytes:
    for field, at in (("header.at", header.at), ("header.recorded_at", header.recorded_at)):
        refuse_naive(at, field=field)
    return encode(header, field="header")


def _commitment(private: PrivateValue) -> str:
    return hashlib.sha256(private.salt + private.value).hexdigest()


def _whole_body(sealed: SealedFact, fact: type[Fact], damaged: Callable[[str], RecordDamaged]) -> bytes:
    # An older version may have had private fields where this one has none, or the reverse: the bytes decide.
    marked = fact.private if sealed.version == fact.version else _SEALED in _decode_fields(sealed.body)
    if not marked:
        if sealed.private:
            raise damaged("private values lie beside a fact that sealed none")
        return sealed.body
    body = _decode_private(sealed.body)
    for private in sealed.private:
        if not hmac.compare_digest(body.sealed.get(private.field, ""), _commitment(private)):
            raise damaged(f"the private value of {private.field} is not the one that was sealed")
        body.fact[private.field] = msgspec.Raw(private.value)
    return encode_fast(body.fact)


def _exactly(decode: Callable[[bytes], Any], body: bytes, damaged: Callable[[str], RecordDamaged]) -> Any:
    value = decode(body)
    again = encode_fast(value)
    if again != body and (lost := sorted(unknown_fields(_decode_any(body), _decode_any(again)))):
        raise damaged(f"it has fields that this release does not know: {', '.join(lost)}")
    return value
