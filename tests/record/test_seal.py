"""
The seal: one root over all heads, and what it shows later.
"""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from overdue_visit.errors import InvalidValue
from overdue_visit.record.seal import Leaf, Root, Tampering, compare, through


def leaf(number, *, version=1, tenant="lender"):
    """
    Return the head of a case.
    """
    return Leaf(tenant, f"loan-{number:05}/1", version, hashlib.sha256(b"%d" % number).digest())


def root_of(leaves):
    """
    Return the root over leaves.
    """
    root = Root()
    assert list(through(leaves, root)) == list(leaves)
    assert root.size == len(leaves)
    return root.digest()


def tree(digests):
    """
    Compute a Merkle tree hash as RFC 6962 section 2.1 defines it, by splitting at the largest power of two.
    """
    if not digests:
        return hashlib.sha256().digest()
    if len(digests) == 1:
        return digests[0]
    split = 1 << ((len(digests) - 1).bit_length() - 1)
    return hashlib.sha256(b"\x01" + tree(digests[:split]) + tree(digests[split:])).digest()


@given(count=st.integers(0, 70))
def test_the_root_is_that_of_rfc_6962(count):
    """
    Taking leaves one at a time gives the root that the RFC's definition gives.
    """
    leaves = [leaf(number) for number in range(count)]

    assert root_of(leaves) == tree([one.digest() for one in leaves])


def test_leaves_must_be_in_order():
    """
    The order is part of what is sealed: doubled or unordered leaves are refused.
    """
    for leaves in ([leaf(2), leaf(1)], [leaf(1), leaf(1)], [leaf(1), leaf(2, tenant="a")]):
        with pytest.raises(InvalidValue) as refusal:
            root_of(leaves)
        assert (refusal.value.field, refusal.value.value) == ("leaf", (leaves[1].tenant, leaves[1].case_id))


@given(first=st.tuples(st.text(), st.text()), second=st.tuples(st.text(), st.text()))
def test_no_two_leaves_run_together_alike(first, second):
    """
    Two different leaves have different digests, also where their texts joined would be the same.
    """
    digests = [Leaf(tenant, case, 1, b"h" * 32).digest() for tenant, case in (first, second)]

    assert (digests[0] == digests[1]) == (first == second)


def test_a_leaf_pins_version_and_head():
    """
    The same case with another version or head is another leaf.
    """
    assert len({leaf(1).digest(), leaf(1, version=2).digest(), Leaf("lender", "loan-00001/1", 1, b"x").digest()}) == 3


def test_a_cut_tail_and_a_rewritten_case_are_named():
    """
    Deposited heads show a case that became shorter and one whose facts are others; growth is no difference.
    """
    stored = {("lender", "loan-00001/1", 1): leaf(1).head, ("lender", "loan-00003/1", 1): b"rewritten"}
    deposited = [leaf(1), leaf(2, version=4), leaf(3)]

    found = list(compare(deposited, lambda *key: stored.get(key)))

    assert found == [
        Tampering("lender", "loan-00002/1", 4, "had 4 facts when it was sealed, and has fewer now"),
        Tampering("lender", "loan-00003/1", 1, "its first 1 facts are not those that were sealed"),
    ]
    assert str(found[0]).startswith("loan-00002/1: ")
