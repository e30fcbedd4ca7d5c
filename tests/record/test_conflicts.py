"""
Which changes of a save can no longer hold: the one answer that every store gives.
"""

from __future__ import annotations

import attrs
import pytest

from overdue_visit.errors import InvalidValue
from overdue_visit.record.conflicts import conflicts, refuse_named, refuse_twice
from overdue_visit.testing.store_laws import samples as some


@attrs.frozen(kw_only=True)
class Kept:
    """What is stored before the save, as plain tables."""

    versions: dict = attrs.field(factory=dict)
    loans: dict = attrs.field(factory=dict)
    parties: dict = attrs.field(factory=dict)
    keys: tuple = ()

    def version(self, tenant, case_id):
        """
        Return a case's version.
        """
        return self.versions.get((tenant, case_id), 0)

    def open_cases(self, tenant, loan_id):
        """
        Return a loan's open cases.
        """
        return self.loans.get((tenant, loan_id), ())

    def party_version(self, tenant, party):
        """
        Return the version of a party's contacts.
        """
        return self.parties.get((tenant, party), 0)

    def key_used(self, tenant, key):
        """
        Tell whether a key was used.
        """
        return (tenant, key) in self.keys


NOTHING = Kept()
OPEN = Kept(versions={("lender", "loan-1/1"): 1}, loans={("lender", "loan-1"): ("loan-1/1",)})


def test_new_cases_of_different_loans_may_be_saved_together():
    """
    Nothing is stored and nothing stands against two loans, nor against a case that goes on from its version.
    """
    assert conflicts([], NOTHING) == ()
    assert conflicts([some.opened("loan-1/1"), some.opened("loan-2/1")], NOTHING) == ()
    assert conflicts([some.grown(some.row())], OPEN) == ()


def test_cases_that_moved_on_are_named_in_order():
    """
    A case whose stored version is another is lost; the others of the save are not.
    """
    changes = [some.opened(f"loan-{number}/1") for number in (3, 1, 2)]
    stored = Kept(versions={("lender", "loan-3/1"): 1, ("lender", "loan-1/1"): 4, ("other-lender", "loan-2/1"): 9})

    assert conflicts(changes, stored) == ("loan-1/1", "loan-3/1")
    assert conflicts([some.grown(some.row(version=2))], OPEN) == ("loan-1/1",)


def test_a_loan_has_one_open_case():
    """
    A second open case of a loan is named, whether the first one is stored or in the same save; another lender's is not.
    """
    second = some.opened("loan-1/2")

    assert conflicts([second], OPEN) == ("loan-1/2",)
    assert conflicts([some.opened("loan-1/1"), second], NOTHING) == ("loan-1/1", "loan-1/2")
    assert conflicts([second], Kept(loans={("other-lender", "loan-1"): ("loan-1/1",)})) == ()
    assert conflicts([second], Kept(loans={("lender", "loan-2"): ("loan-2/1",)})) == ()


def test_the_next_case_may_open_in_the_save_that_closes_the_last():
    """
    Open cases are judged on the whole save, in whatever order its changes come.
    """
    changes = [some.opened("loan-1/2"), some.grown(some.row(), is_open=False)]

    assert conflicts(changes, OPEN) == ()
    assert conflicts(changes[::-1], OPEN) == ()


def test_a_case_that_opens_closed_crowds_nobody():
    """
    A case that is over does not stand against the loan's open one.
    """
    assert conflicts([some.opened("loan-1/2", is_open=False)], OPEN) == ()
    assert conflicts([some.grown(some.row(), is_open=True)], OPEN) == ()


def test_a_party_is_checked_at_its_version():
    """
    Whoever saw the contacts at another version is named; without a version nothing is checked.
    """
    stored = Kept(parties={("lender", "b-17"): 3})

    assert conflicts([some.opened(party_version=3)], stored) == ()
    assert conflicts([some.opened(party_version=2)], stored) == ("loan-1/1",)
    assert conflicts([some.opened(party_version=0)], NOTHING) == ()
    assert conflicts([some.opened(contacts=(some.contact(),))], stored) == ()
    assert conflicts([some.opened(contacts=(some.contact(party="g-1"),), party_version=0)], stored) == ()


def test_contacts_written_earlier_in_the_save_count():
    """
    Each change that writes to a party's contacts adds one version for those after it, however many it writes.
    """
    stored = Kept(parties={("lender", "b-17"): 3})
    two = (some.contact("c-1"), some.contact("c-2"))
    first = some.opened("loan-1/1", contacts=two, party_version=3)

    assert conflicts([first, some.opened("loan-2/1", party_version=4)], stored) == ()
    assert conflicts([first, some.opened("loan-2/1", party_version=3)], stored) == ("loan-2/1",)
    third = some.opened("loan-3/1", party_version=5)
    assert conflicts([first, some.opened("loan-2/1", contacts=two), third], stored) == ()
    assert conflicts([first, some.opened("loan-2/1", party="g-1", party_version=0)], stored) == ()
    unchecked = some.opened("loan-1/1", contacts=two)
    assert conflicts([unchecked, some.opened("loan-2/1", party_version=4)], stored) == ()
    assert conflicts([unchecked, some.opened("loan-2/1", party_version=3)], stored) == ("loan-2/1",)


def test_a_change_that_writes_to_two_parties_moves_both():
    """
    A guarantor's contacts have a version of their own.
    """
    both = (some.contact("c-1"), some.contact("c-2", party="g-1"))
    later = [some.opened(f"loan-{n}/1", party=who, party_version=1) for n, who in ((2, "b-17"), (3, "g-1"))]

    assert conflicts([some.opened(contacts=both), *later], NOTHING) == ()


def test_a_key_is_used_once():
    """
    A key that is stored, or comes twice in a save, is named; another lender's key is another key.
    """
    first, second = (some.opened(f"loan-{n}/1", command=some.command()) for n in (1, 2))

    assert conflicts([first, some.opened("loan-3/1")], NOTHING) == ()
    assert conflicts([first], Kept(keys=(("lender", "k-1"),))) == ("loan-1/1",)
    assert conflicts([first], Kept(keys=(("other-lender", "k-1"), ("lender", "k-2")))) == ()
    assert conflicts([first, second], NOTHING) == ("loan-2/1",)
    assert conflicts([some.opened("loan-3/1"), first, second], NOTHING) == ("loan-2/1",)


def test_a_case_is_changed_once_in_a_save():
    """
    The second change of a case is refused by its id; cases of two lenders may have one id.
    """
    other = some.opened(tenant="other-lender")

    refuse_twice([some.opened(), other, some.opened("loan-2/1")])
    with pytest.raises(InvalidValue) as refusal:
        refuse_twice([some.opened("loan-2/1"), some.opened(), some.opened()])

    assert (refusal.value.field, refusal.value.value) == ("changes", "loan-1/1")


@pytest.mark.parametrize("wrong", [{"party": "b-17"}, {"party": None, "tenant": "other-lender"}])
def test_an_erasure_takes_rows_that_name_nobody(wrong):
    """
    A row that still names a party, or is another lender's, is refused by its case.
    """
    fine = some.row("loan-2/1", party=None)

    refuse_named("lender", [fine])
    with pytest.raises(InvalidValue) as refusal:
        refuse_named("lender", [fine, some.row(**wrong)])

    assert (refusal.value.field, refusal.value.value) == ("rows", "loan-1/1")
    assert refusal.value.accepted == "rows of tenant lender that name no party"
