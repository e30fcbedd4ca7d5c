"""
Facts to bytes and back: exact, private apart, nothing dropped in silence.
"""

import datetime as dt
import hashlib
import json
import pickle
from decimal import Decimal
from typing import Any, ClassVar

import attrs
import msgspec
import pendulum
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from overdue_visit.case.header import Entry
from overdue_visit.errors import InvalidValue
from overdue_visit.money import Money
from overdue_visit.record.chain import GENESIS, link
from overdue_visit.record.change import PrivateValue
from overdue_visit.record.codec import Codec, RecordDamaged, UnknownFact
from overdue_visit.record.encoding import Unwritable, encode, instant_fields
from tests.record.example_facts import (
    AT,
    HELD,
    KINDS,
    OPENED,
    UPGRADES,
    VISITED,
    CaseOpened,
    InterviewHeld,
    VisitHeld,
    codec,
    entry,
    salt,
    visit_1_to_2,
)


@attrs.frozen(kw_only=True)
class Loose:
    """A fact that can hold anything, to try what cannot be written."""

    kind: ClassVar[str] = "loose"
    version: ClassVar[int] = 1
    private: ClassVar[tuple[str, ...]] = ("secret",)

    value: Any = None
    secret: Any = None


@attrs.frozen
class Stay:
    """A nested value with an instant."""

    place: str
    begun: dt.datetime


@attrs.frozen
class Branch:
    """A nested value that nests itself and has no instant."""

    name: str
    parts: tuple["Branch", ...] = ()
    sum: Money | None = None
    other_sum: Money | None = None


@attrs.frozen
class Timed:
    """A value with instants in every place that one can be in."""

    plain: str
    number: int | None
    amounts: dict[str, Money]
    tree: Branch
    day: dt.date
    at: dt.datetime
    maybe: dt.datetime | None
    many: tuple[dt.datetime, ...]
    pair: tuple[int, str, dt.datetime]
    by_name: dict[str, dt.datetime]
    by_instant: dict[dt.datetime, str]
    stay: Stay
    stays: dict[str, list[Stay]]
    either: int | Stay | None
    anything: Any


def test_fields_that_can_hold_an_instant_are_known():
    """
    An instant may be a field, or lie in a list, a mapping, a choice or a nested value, or where anything may be.
    """
    names = "at maybe many pair by_name by_instant stay stays either anything"

    assert instant_fields(Timed) == tuple(names.split())


def seal(fact, **header):
    """
    Seal an example fact as the first of its case.
    """
    return codec().seal(entry(fact, **header), previous=GENESIS, salt=salt)


def refused(**fields):
    """
    Seal a fact that cannot be written.

    Returns:
        The refusal.
    """
    loose = Codec([Loose])
    with pytest.raises(Unwritable) as refusal:
        loose.seal(entry(Loose(**fields)), previous=GENESIS, salt=salt)
    return refusal.value


@pytest.mark.parametrize("fact", [OPENED, HELD, VISITED, InterviewHeld(reason="x", willing=False)])
def test_a_sealed_fact_opens_as_it_was(fact):
    """
    Sealing and opening gives back the same header and fact.
    """
    written = entry(fact, key="k-1", correlation="c", causation=3, policy="p", mark="m", approval="a", corrects=2)

    assert codec().open(codec().seal(written, previous=GENESIS, salt=salt)) == written


def test_the_digest_covers_the_stored_bytes():
    """
    The digest is SHA-256 over the digest before, the header's and the body's bytes.
    """
    previous = b"\x07" * 32
    sealed = codec().seal(entry(OPENED), previous=previous, salt=salt)

    assert sealed.digest == hashlib.sha256(previous + sealed.header + sealed.body).digest()
    assert sealed.digest == link(previous, sealed.header, sealed.body)
    assert sealed.digest != seal(OPENED).digest


def test_columns_repeat_the_header():
    """
    Sequence, kind, version and the instant of recording stand beside the bytes for queries.
    """
    sealed = seal(VISITED, sequence=4)

    columns = (sealed.sequence, sealed.kind, sealed.version, sealed.recorded_at)
    assert columns == (4, "visit_held", 3, AT + dt.timedelta(minutes=5))


def test_keys_are_sorted():
    """
    The bytes do not depend on the order in which a class lists its fields.
    """
    sealed = seal(OPENED)

    for data in (sealed.header, sealed.body):
        read = json.loads(data)
        assert list(read) == sorted(read)


def test_private_content_is_kept_apart():
    """
    The body holds null and a digest for each private value; the values lie beside it.
    """
    sealed = seal(HELD)

    body = json.loads(sealed.body)
    words = next(value for value in sealed.private if value.field == "words")
    assert [value.field for value in sealed.private] == ["budget", "words"]
    assert body["fact"] == {
        "budget": None,
        "reason": "income_lost",
        "started": "2026-03-11T12:00:00Z",
        "willing": True,
        "words": None,
    }
    assert body["sealed"]["words"] == hashlib.sha256(salt() + words.value).hexdigest()
    assert json.loads(words.value) == HELD.words
    assert HELD.words.encode() not in sealed.header + sealed.body


def test_each_private_value_has_its_own_salt():
    """
    The salt is drawn anew for every value, so that equal values do not show as equal.
    """
    drawn = iter([b"1" * 16, b"2" * 16])

    sealed = codec().seal(entry(HELD), previous=GENESIS, salt=lambda: next(drawn))

    assert {value.salt for value in sealed.private} == {b"1" * 16, b"2" * 16}


def test_an_absent_private_value_seals_nothing():
    """
    A private field that is None draws no salt and leaves no digest.
    """
    sealed = seal(InterviewHeld(reason="forgot", willing=True))

    assert sealed.private == ()
    assert json.loads(sealed.body)["sealed"] == {}


def test_erased_content_is_none():
    """
    Without its private rows a fact opens with None in their place, and one row alone is put back alone.
    """
    sealed = seal(HELD)

    nothing = codec().open(attrs.evolve(sealed, private=()))
    words_only = codec().open(attrs.evolve(sealed, private=sealed.private[1:]))

    assert nothing.fact == attrs.evolve(HELD, words=None, budget=None)
    assert words_only.fact == attrs.evolve(HELD, budget=None)


def test_exchanged_private_content_is_found():
    """
    A private value or salt other than the sealed one is refused.
    """
    sealed = seal(HELD)
    budget, words = sealed.private

    for wrong in (attrs.evolve(words, value=b'"agreed to everything"'), attrs.evolve(words, salt=b"0" * 16)):
        with pytest.raises(RecordDamaged) as refusal:
            codec().open(attrs.evolve(sealed, private=(budget, wrong)))
        assert str(refusal.value).endswith(": the private value of words is not the one that was sealed")


@pytest.mark.parametrize(("fact", "field"), [(HELD, "reason"), (HELD, "willing"), (OPENED, "loan"), (HELD, "other")])
def test_private_content_cannot_be_slipped_in(fact, field):
    """
    A private row for a field that sealed nothing is refused, whether the fact has private fields or not.
    """
    row = PrivateValue(sequence=1, field=field, salt=salt(), value=b'"x"')

    with pytest.raises(RecordDamaged) as refusal:
        codec().open(attrs.evolve(seal(fact), private=(row,)))

    what = f"the private value of {field} is not the one that was sealed"
    expected = "private values lie beside a fact that sealed none" if fact is OPENED else what
    assert str(refusal.value) == f"record: ke-001/1, fact 1: {expected}"


def test_older_versions_are_upgraded_while_reading():
    """
    Each upgrade leads to the next version; header, bytes and digest stay those of the version written.
    """

    @attrs.frozen(kw_only=True)
    class First:
        kind: ClassVar[str] = "visit_held"
        version: ClassVar[int] = 1
        private: ClassVar[tuple[str, ...]] = ()
        where: str
        hours: int

    old = Codec([First]).seal(entry(First(where="home", hours=2)), previous=GENESIS, salt=salt)

    opened = codec().open(old)

    assert opened.fact == VisitHeld(place="home", minutes=120)
    assert opened.header.version == 1


@pytest.mark.parametrize("erased", [False, True])
def test_private_content_of_older_versions_is_put_back(erased):
    """
    An upgrade sees private values as ordinary ones, and None once they are erased.
    """

    @attrs.frozen(kw_only=True)
    class Second:
        kind: ClassVar[str] = "visit_held"
        version: ClassVar[int] = 2
        private: ClassVar[tuple[str, ...]] = ("met",)
        place: str
        met: str | None = None

    upgrade = {("visit_held", 1): visit_1_to_2}
    old = Codec([Second], upgrade).seal(entry(Second(place="home", met="her")), previous=GENESIS, salt=salt)

    opened = codec().open(attrs.evolve(old, private=() if erased else old.private))

    assert opened.fact == VisitHeld(place="home", met=None if erased else "her")


def test_an_unknown_kind_is_kept_as_it_is():
    """
    A fact of a kind or a newer version that this release does not know opens as a placeholder with its bytes.
    """
    sealed = seal(VISITED)
    without = Codec([CaseOpened])

    opened = without.open(sealed)
    newer = attrs.evolve(sealed, version=4, header=sealed.header.replace(b'"version":3', b'"version":4'))

    assert opened == Entry(entry(VISITED).header, UnknownFact("visit_held", 3, sealed.body))
    assert codec().open(newer).fact == UnknownFact("visit_held", 4, sealed.body)


def test_a_field_added_with_a_default_reads_old_bytes():
    """
    A field that a stored fact does not have yet takes its default.
    """
    sealed = seal(OPENED)
    body = json.loads(sealed.body)
    del body["attributes"], body["parts"]

    opened = codec().open(attrs.evolve(sealed, body=msgspec.json.encode(body)))

    assert opened.fact == CaseOpened(loan="ke-001", oldest_due=OPENED.oldest_due, arrears=OPENED.arrears)


@pytest.mark.parametrize(
    ("part", "old", "new", "name"),
    [
        ("body", b'"loan":', b'"lender":1,"loan":', "lender"),
        ("body", b'"currency":"KES","minor":12000', b'"currency":"KES","minor":12000,"scale":2', "arrears.scale"),
        ("body", b'"currency":"KES","minor":2000', b'"currency":"KES","minor":2000,"x":2', "parts[0].x"),
        ("header", b'"kind":', b'"ip":"10.0.0.1","kind":', "ip"),
        ("header", b'"role":', b'"mood":"good","role":', "actor.mood"),
    ],
)
def test_an_unknown_field_is_refused(part, old, new, name):
    """
    A field that the class does not know is never dropped in silence, however deep it lies.
    """
    sealed = seal(OPENED)
    data = getattr(sealed, part)
    assert old in data

    with pytest.raises(RecordDamaged) as refusal:
        codec().open(attrs.evolve(sealed, **{part: data.replace(old, new, 1)}))
    assert str(refusal.value).endswith(f"it has fields that this release does not know: {name}")


@pytest.mark.parametrize(
    "body", [b"", b"{", b"null", b"[]", b'{"loan":1}', b"\xff", b"[" * 100_000, b'{"fact":{},"sealed":{},"x":1}']
)
@pytest.mark.parametrize("fact", [OPENED, HELD, VISITED])
def test_unreadable_bytes_name_case_and_sequence(fact, body):
    """
    Whatever lies where a body should, the error says which fact it is and not what was in it.
    """
    sealed = attrs.evolve(seal(fact, sequence=7), body=body)

    with pytest.raises(RecordDamaged) as refusal:
        codec().open(sealed)
    assert str(refusal.value).startswith("record: ke-001/1, fact 7: its body cannot be read (")


@pytest.mark.parametrize("header", [b"", b"{}", b"[1]", b"\xff\xfe", b"[" * 100_000])
def test_an_unreadable_header_is_refused(header):
    """
    A header that cannot be read is damage.
    """
    with pytest.raises(RecordDamaged) as refusal:
        codec().open(attrs.evolve(seal(OPENED), header=header))
    assert str(refusal.value).startswith("record: ?, fact 1: its header cannot be read (")


@pytest.mark.parametrize(
    "column", [{"sequence": 2}, {"kind": "visit_held"}, {"version": 2}, {"recorded_at": AT + dt.timedelta(hours=1)}]
)
def test_a_header_of_another_fact_is_refused(column):
    """
    The columns beside the bytes must say what the header says.
    """
    with pytest.raises(RecordDamaged) as refusal:
        codec().open(attrs.evolve(seal(OPENED), **column))
    number = column.get("sequence", 1)
    assert str(refusal.value) == f"record: ke-001/1, fact {number}: its header is that of another fact"


def test_errors_about_damage_pickle():
    """
    The error can cross a process boundary.
    """
    damage = RecordDamaged("record", "gone", "ke-001/1", 3)

    assert attrs.astuple(pickle.loads(pickle.dumps(damage))) == attrs.astuple(damage)
    assert str(damage) == "record: ke-001/1, fact 3: gone"


def test_a_lone_surrogate_is_refused_by_its_field():
    """
    Text that no UTF-8 can hold names the field that holds it, and is not shown.
    """
    refusal = refused(value={"words": ["fine", "bad\ud800"]})

    assert (refusal.field, refusal.value) == ("loose.value.words[1]", "text")
    assert "surrogate" in refusal.accepted
    assert "bad" not in str(refusal)


def test_a_lone_surrogate_in_a_header_is_refused():
    """
    The header is checked like the body.
    """
    with pytest.raises(Unwritable) as refusal:
        seal(OPENED, key="\udfff")
    assert refusal.value.field == "header.key"


def test_a_lone_surrogate_as_a_key_is_refused():
    """
    The keys of a mapping are text like any other.
    """
    assert refused(value={"\ud800": 1}).field == "loose.value key"


def test_endless_nesting_is_refused():
    """
    A value nested beyond what can be read back is refused, not a crash.
    """
    deep: list[Any] = []
    for _ in range(100_000):  # deeper than the C code of any Python goes: 3.13 writes 5,000 levels
        deep = [deep]

    refusal = refused(value=deep)

    assert refusal.field.startswith("loose.value[0]")
    assert (refusal.value, "nested" in refusal.accepted) == ("list", True)
    with pytest.raises(Unwritable) as beside:
        encode({"b": deep, "a": object()}, field="loose")
    assert (beside.value.field, beside.value.value) == ("loose.b", "list")
    with pytest.raises(Unwritable) as whole:
        encode(deep, field="loose")
    assert (whole.value.field, whole.value.value) == ("loose", "list")
    assert "nested" in beside.value.accepted


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        (pendulum.datetime(2026, 3, 8), "DateTime"),
        (pendulum.date(2026, 3, 8), "Date"),
        (object(), "object"),
        (1j, "complex"),
    ],
)
def test_what_json_cannot_keep_is_refused(value, kind):
    """
    Foreign types are refused by their field and their name.
    """
    refusal = refused(value=(1, value))

    assert (refusal.field, refusal.value) == ("loose.value[1]", kind)
    assert refusal.accepted.startswith("text, numbers, plain dates")


def test_what_json_cannot_keep_is_refused_in_private_fields():
    """
    A private value is refused like any other, and its content is not shown.
    """
    refusal = refused(secret=["0712 345 678\ud800"])

    assert refusal.field == "loose.secret[0]"
    assert "0712" not in str(refusal)


@pytest.mark.parametrize("field", ["at", "recorded_at"])
def test_naive_instants_in_a_header_are_refused(field):
    """
    An instant without an offset is refused before it is written.
    """
    with pytest.raises(Unwritable) as refusal:
        seal(OPENED, **{field: dt.datetime(2026, 3, 8)})
    assert (refusal.value.field, refusal.value.value) == (f"header.{field}", "naive datetime")
    assert refusal.value.accepted == "an instant with its offset, such as 2026-03-08T09:00+03:00"


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"value": dt.datetime(2026, 3, 8)}, "loose.value"),
        ({"value": {"a": [dt.datetime(2026, 3, 8, tzinfo=dt.UTC), dt.datetime(2026, 3, 8)]}}, "loose.value.a[1]"),
        ({"secret": HELD.__class__(reason="x", willing=True, started=dt.datetime(2026, 3, 8))}, "loose.secret.started"),
    ],
)
def test_naive_instants_in_a_fact_are_refused(fields, name):
    """
    An instant without an offset is refused however deep it lies, in private fields too.
    """
    assert refused(**fields).field == name


def test_naive_instants_in_a_typed_field_are_refused():
    """
    A field declared as an instant is checked.
    """
    with pytest.raises(Unwritable) as refusal:
        seal(attrs.evolve(HELD, started=dt.datetime(2026, 3, 8)))
    assert refusal.value.field == "interview_held.started"


def test_what_cannot_be_written_is_named_by_its_fact():
    """
    A fact without private fields is refused by its kind and field like any other.
    """
    with pytest.raises(Unwritable) as refusal:
        seal(attrs.evolve(OPENED, loan="\ud800"))
    assert refusal.value.field == "case_opened.loan"


def test_a_foreign_fact_is_refused():
    """
    A codec writes the classes it was given and no other, also not one of the same kind.
    """
    impostor = attrs.make_class("CaseOpened", ["loan"], frozen=True)
    impostor.kind, impostor.version, impostor.private = "case_opened", 1, ()

    for fact in (Loose(), impostor(loan="x")):
        with pytest.raises(InvalidValue) as refusal:
            codec().seal(entry(fact), previous=GENESIS, salt=salt)
        assert (refusal.value.field, refusal.value.value) == ("fact", type(fact).__name__)


@pytest.mark.parametrize("header", [{"kind": "visit_held"}, {"version": 2}])
def test_a_header_must_name_its_fact(header):
    """
    A header of another kind or version than the fact's is refused.
    """
    with pytest.raises(InvalidValue) as refusal:
        seal(OPENED, **header)

    given = (header.get("kind", "case_opened"), header.get("version", 1))
    assert (refusal.value.field, refusal.value.value) == ("header", given)


def test_a_codec_refuses_kinds_that_contradict():
    """
    Doubled kinds, private names that are no fields, a field called ``sealed`` and missing upgrades are refused.
    """

    def kind(name="k", version=1, private=(), fields=("value",)):
        made = attrs.make_class("K", list(fields), frozen=True)
        made.kind, made.version, made.private = name, version, private
        return made

    for kinds, upgrades, field, value in (
        ((kind(), kind()), {}, "kinds", "k"),
        ((kind(private=("words", "more", "value")),), {}, "k private", ["more", "words"]),
        ((kind(fields=("sealed",)),), {}, "k fields", "sealed"),
        ((kind(version=3),), {("k", 2): dict}, "upgrades", ("k", 1)),
        (KINDS, {key: UPGRADES[key] for key in list(UPGRADES)[:1]}, "upgrades", ("visit_held", 2)),
    ):
        with pytest.raises(InvalidValue) as refusal:
            Codec(kinds, upgrades)
        assert (refusal.value.field, refusal.value.value) == (field, value)


_text = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
_facts = st.one_of(
    st.builds(
        CaseOpened,
        loan=_text,
        oldest_due=st.dates(),
        arrears=st.integers(-(10**15), 10**15).map(lambda minor: Money.from_minor(minor, "KES")),
        attributes=st.dictionaries(_text, st.one_of(_text, st.booleans(), st.none(), st.integers(-(2**63), 2**63 - 1))),
    ),
    st.builds(
        InterviewHeld,
        reason=_text,
        willing=st.booleans(),
        started=st.none() | st.datetimes(timezones=st.just(dt.UTC)),
        words=st.none() | _text,
        budget=st.just(HELD.budget) | st.none(),
    ),
    st.builds(VisitHeld, place=_text, met=st.none() | _text, minutes=st.none() | st.integers(0, 999)),
)


@settings(max_examples=150, deadline=None)
@given(fact=_facts, key=st.none() | _text, sequence=st.integers(1, 10**6))
def test_any_fact_survives_sealing(fact, key, sequence):
    """
    Whatever a fact holds, it opens equal, and its bytes are the same when written again.
    """
    written = entry(fact, sequence, key=key)
    sealed = codec().seal(written, previous=GENESIS, salt=salt)

    opened = codec().open(sealed)

    assert opened == written
    assert codec().seal(opened, previous=GENESIS, salt=salt) == sealed


@settings(max_examples=100, deadline=None)
@given(fact=_facts, at=st.integers(0, 10**6), byte=st.integers(0, 255))
def test_a_changed_byte_never_goes_unseen(fact, at, byte):
    """
    A body with one byte changed either has another digest or is the same body.
    """
    sealed = codec().seal(entry(fact), previous=GENESIS, salt=salt)
    body = bytearray(sealed.body)
    body[at % len(body)] = byte

    same = link(GENESIS, sealed.header, bytes(body)) == sealed.digest

    assert same == (bytes(body) == sealed.body)


def test_decimals_are_no_json_numbers():
    """
    Facts carry whole minor units; a Decimal in a loose field would come back as text and is the class's affair.
    """
    sealed = Codec([Loose]).seal(entry(Loose(value=Decimal("1.50"))), previous=GENESIS, salt=salt)

    assert json.loads(sealed.body)["fact"]["value"] == "1.50"
