"""
The chain shows the first place where a case's record was changed.
"""

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from overdue_visit.record.chain import GENESIS, BrokenLink, link, verify
from tests.record.example_facts import HELD, OPENED, VISITED, codec, entry, salt


def record(count=6):
    """
    Write a case of so many facts.
    """
    facts = []
    previous = GENESIS
    for number in range(1, count + 1):
        fact = (OPENED, HELD, VISITED)[number % 3]
        facts.append(codec().seal(entry(fact, number), previous=previous, salt=salt))
        previous = facts[-1].digest
    return facts


def test_an_untouched_record_is_whole():
    """
    A record as written has no break, with or without its private values; so has the record of no facts.
    """
    facts = record()
    erased = [attrs.evolve(fact, private=()) for fact in facts]

    assert verify(facts, head=facts[-1].digest) is None
    assert verify(erased, head=facts[-1].digest) is None
    assert verify([], head=GENESIS) is None


def test_a_record_can_be_checked_in_pieces():
    """
    A piece is checked from where the one before it ended.
    """
    facts = record()

    assert verify(facts[:2], head=facts[1].digest) is None
    assert verify(facts[2:], head=facts[-1].digest, previous=facts[1].digest, after=2) is None
    assert verify(facts[2:], head=facts[-1].digest, previous=facts[0].digest, after=2).sequence == 3


@pytest.mark.parametrize("part", ["header", "body", "digest"])
@pytest.mark.parametrize("at", [0, 2, 5])
def test_a_changed_byte_is_found_where_it_is(part, at):
    """
    Any change to a fact's bytes or digest is reported at that fact.
    """
    facts = record()
    head = facts[-1].digest
    facts[at] = attrs.evolve(facts[at], **{part: getattr(facts[at], part) + b" "})

    assert verify(facts, head=head) == BrokenLink(at + 1, "its bytes are not those its digest was taken of")


def test_a_missing_fact_is_found():
    """
    A fact taken out of the middle is reported as missing.
    """
    facts = record()

    broken = verify(facts[:2] + facts[3:], head=facts[-1].digest)

    assert broken == BrokenLink(3, "is missing; fact 4 follows")
    assert str(broken) == "fact 3: is missing; fact 4 follows"


def test_a_cut_tail_shows_against_the_head():
    """
    Facts cut from the end show against the head that the case's row names.
    """
    facts = record()

    cut, empty = verify(facts[:4], head=facts[-1].digest), verify([], head=facts[-1].digest)

    assert cut == BrokenLink(5, "the record ends here, and its head names another last fact")
    assert empty.sequence == 1


def test_exchanged_facts_are_found():
    """
    Two facts in each other's place are reported at the first.
    """
    facts = record()
    facts[1], facts[3] = facts[3], facts[1]

    assert verify(facts, head=facts[-1].digest).sequence == 2


@given(data=st.data())
def test_only_a_rewritten_tail_survives(data):
    """
    Whoever changes a fact must rewrite every digest after it and the head, and then it is another head.
    """
    facts = record()
    at = data.draw(st.integers(0, len(facts) - 1))
    old_head = facts[-1].digest
    facts[at] = attrs.evolve(facts[at], body=facts[at].body.replace(b'"', b"'", 1))
    previous = facts[at - 1].digest if at else GENESIS
    for number in range(at, len(facts)):
        previous = link(previous, facts[number].header, facts[number].body)
        facts[number] = attrs.evolve(facts[number], digest=previous)

    assert verify(facts, head=old_head) is not None
    assert verify(facts, head=previous) is None
