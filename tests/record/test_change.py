"""
A change that contradicts itself is refused before any store sees it.
"""

import attrs
import pytest

from overdue_visit.errors import InvalidValue
from overdue_visit.record.change import CaseChange
from overdue_visit.testing.store_laws import samples as some


@pytest.mark.parametrize("sequences", [(2,), (1, 3), (2, 1), (1, 1), (0, 1)])
def test_facts_follow_without_gaps(sequences):
    """
    Facts that do not follow the expected version one by one are refused.
    """
    facts = tuple(some.fact(number) for number in sequences)

    with pytest.raises(InvalidValue) as refusal:
        CaseChange(row=some.row(version=len(facts)), expected=0, facts=facts)

    assert (refusal.value.field, refusal.value.value) == ("facts", sequences)


@pytest.mark.parametrize("version", [1, 3])
def test_the_row_counts_its_facts(version):
    """
    A row whose version is not that of the last fact is refused.
    """
    with pytest.raises(InvalidValue) as refusal:
        CaseChange(row=some.row(version=version), expected=1, facts=(some.fact(2),))

    assert (refusal.value.field, refusal.value.value) == ("row.version", version)


def test_a_new_case_has_a_fact():
    """
    A case without any fact is refused.
    """
    with pytest.raises(InvalidValue) as refusal:
        CaseChange(row=some.row(version=0), expected=0)

    assert (refusal.value.field, refusal.value.value) == ("facts", ())


def test_a_party_version_means_one_party():
    """
    A version to be checked needs exactly one party: that of the contacts, or the case's.
    """
    two = (some.contact("c-1"), some.contact("c-2", party="g-1"))

    for fields in ({"contacts": two}, {"party": None}):
        with pytest.raises(InvalidValue) as refusal:
            some.opened(party_version=0, **fields)
        assert (refusal.value.field, refusal.value.value) == ("party_version", 0)
    assert some.opened(contacts=two).checked_party() is None
    assert some.opened(contacts=two[1:], party_version=0).checked_party() == "g-1"


@pytest.mark.parametrize(
    "part",
    [
        {"contacts": (some.contact(tenant="x"),)},
        {"messages": (some.message(tenant="x"),)},
        {"command": some.command(tenant="x")},
    ],
)
def test_all_parts_are_of_one_tenant(part):
    """
    A contact, message or command of another tenant is refused.
    """
    with pytest.raises(InvalidValue) as refusal:
        some.opened(**part)

    assert (refusal.value.field, refusal.value.value) == ("tenant", "x")


def test_no_repr_shows_content():
    """
    What is printed of a sealed fact, its private values or a row holds ids only.
    """
    secret = b"Wanjiku"
    values = (
        some.fact(1, body=secret, header=secret, private=(attrs.evolve(some.private(1), value=secret, salt=secret),)),
        some.row(snapshot=secret),
    )

    assert not any(secret.decode() in repr(value) for value in values)
