"""
Laws of the contact ledger: contacts are counted per party, across cases, and no slot is taken twice.
"""

from __future__ import annotations

import pytest

from overdue_visit.ports.store import Store
from overdue_visit.record.change import PartyContacts
from overdue_visit.testing.store_laws import samples as some
from overdue_visit.testing.store_laws.bench import StoreBench
from overdue_visit.testing.store_laws.staleness import refused


def version(store: Store, party: str = some.PARTY) -> int:
    """
    Return the version of a party's contacts.
    """
    return store.contacts(some.TENANT, party, since=some.NOON).version


class ContactLaws(StoreBench):
    """Contacts belong to the party; its version moves with every write to them."""

    def test_a_party_never_contacted_is_at_version_zero(self, store: Store) -> None:
        """
        A party without contacts has no rows and version 0, and a change may count on that.
        """
        assert store.contacts(some.TENANT, "nobody", since=some.NOON) == PartyContacts(0, ())
        store.save([some.opened(contacts=(some.contact(),), party_version=0)])
        assert version(store) == 1

    def test_contacts_come_in_order(self, store: Store) -> None:
        """
        Contacts of all cases come by time, then by id, from *since* on, itself included.
        """
        rows = [some.contact(f"c-{n}", at=some.after(at)) for n, at in ((1, 5), (2, 3), (3, 5), (4, 0), (5, -1))]
        store.save([some.opened("loan-1/1", contacts=tuple(rows[:3]))])
        store.save([some.opened("loan-2/1", contacts=tuple(rows[3:]))])

        found = store.contacts(some.TENANT, some.PARTY, since=some.NOON).rows

        assert found == (rows[3], rows[1], rows[0], rows[2])

    def test_many_cases_come_with_the_contacts_of_their_parties(self, store: Store) -> None:
        """
        A store that reads cases together gives of each what it gives of it alone: the row, the contacts, their version.
        """
        together = getattr(store, "cases_with_contacts", None)
        if together is None:
            pytest.skip("this store reads cases one by one")
        at = [some.contact(f"c-{n}", at=some.after(minutes)) for n, minutes in ((1, 5), (2, -1), (3, 0), (4, 5))]
        store.save([some.opened("loan-1/1", contacts=(at[0], at[1]))])
        store.save([some.opened("loan-2/1", contacts=(at[3], at[2]), is_open=False)])
        store.save([some.opened("loan-3/1", party="p-3"), some.opened("loan-4/1", party=None)])
        store.save(
            [some.opened("loan-5/1", party="g-1", contacts=(some.contact("c-9", party="g-1", at=some.after(-9)),))]
        )
        ids = [f"loan-{n}/1" for n in (5, 3, 1, 4, 2)]

        found = together(some.TENANT, [*ids, "loan-9/1"], since=some.NOON)

        alone = {case_id: store.case(some.TENANT, case_id) for case_id in ids}
        assert found == {
            case_id: (
                row,
                store.contacts(some.TENANT, row.party, since=some.NOON) if row.party else PartyContacts(0, ()),
            )
            for case_id, row in alone.items()
            if row is not None
        }
        assert set(found) == set(ids)
        assert together(some.TENANT, (), since=some.NOON) == {}
        assert together("another", ids, since=some.NOON) == {}

    def test_a_contact_is_replaced_by_its_id(self, store: Store) -> None:
        """
        Saving a contact again replaces it: a reserved slot becomes a used one.
        """
        first = some.opened(contacts=(some.contact(),))
        used = some.contact(status="used", result="answered", at=some.after(2))
        store.save([first])
        store.save([some.grown(first.row, contacts=(used,))])

        assert store.contacts(some.TENANT, some.PARTY, since=some.NOON) == PartyContacts(2, (used,))

    def test_a_write_adds_one_to_the_version(self, store: Store) -> None:
        """
        However many contacts of a party a change writes, the party's version grows by one; others stay.
        """
        store.save([some.opened(contacts=(some.contact("c-1"), some.contact("c-2"), some.contact(party="g-1")))])

        assert (version(store), version(store, "g-1"), version(store, "g-2")) == (1, 1, 0)

    def test_a_lost_party_version_is_stale(self, store: Store) -> None:
        """
        A slot reserved on an older version of the party's contacts is refused, also from another case.
        """
        first = some.opened("loan-1/1", contacts=(some.contact("c-1"),), party_version=0)
        store.save([first])

        again = some.opened("loan-2/1", contacts=(some.contact("c-2"),), party_version=0)
        assert refused(store, [again]) == ("loan-2/1",)
        ahead = some.opened("loan-2/1", contacts=(some.contact("c-2"),), party_version=2)
        assert refused(store, [ahead]) == ("loan-2/1",)
        assert store.case(some.TENANT, "loan-2/1") is None
        assert store.contacts(some.TENANT, some.PARTY, since=some.NOON) == PartyContacts(1, first.contacts)
        store.save([some.opened("loan-2/1", contacts=(some.contact("c-2"),), party_version=1)])
        assert version(store) == 2

    def test_a_version_that_never_was_is_stale(self, store: Store) -> None:
        """
        Counting on a version of a party never contacted is stale and leaves no party behind.
        """
        ahead = some.opened(contacts=(some.contact(),), party_version=3)

        assert refused(store, [ahead]) == ("loan-1/1",)
        assert version(store) == 0

    def test_a_party_version_may_be_checked_without_writing(self, store: Store) -> None:
        """
        Without contacts the version of the case's own party is checked and stays.
        """
        first = some.opened(contacts=(some.contact(),))
        store.save([first])

        assert refused(store, [some.grown(first.row, party_version=0)]) == ("loan-1/1",)
        store.save([some.grown(first.row, party_version=1)])
        assert version(store) == 1

    def test_the_version_checked_is_that_of_the_party_contacted(self, store: Store) -> None:
        """
        Contacting a guarantor checks and moves the guarantor's version, not the borrower's.
        """
        first = some.opened(contacts=(some.contact(),))
        store.save([first])

        store.save([some.grown(first.row, contacts=(some.contact("c-9", party="g-1"),), party_version=0)])

        assert (version(store), version(store, "g-1")) == (1, 1)

    def test_of_two_slots_on_one_version_in_one_save_the_later_is_stale(self, store: Store) -> None:
        """
        Two cases of a party in one save cannot both count on the same version; one after the other may.
        """
        same = [some.opened(f"loan-{n}/1", contacts=(some.contact(f"c-{n}"),), party_version=0) for n in (2, 1)]
        following = [
            some.opened(f"loan-{n}/1", contacts=(some.contact(f"c-{n}"),), party_version=n - 1) for n in (1, 2)
        ]

        assert refused(store, same) == ("loan-1/1",)
        assert version(store) == 0
        store.save(following)
        assert version(store) == 2

    def test_contacts_without_a_version_are_always_written(self, store: Store) -> None:
        """
        What happened is recorded whatever the party's version; whoever counted on the old one is then stale.
        """
        first = some.opened(contacts=(some.contact("c-1"),))
        store.save([first])
        happened = some.grown(first.row, contacts=(some.contact("c-2", direction="inbound"),))
        store.save([happened])

        assert refused(store, [some.grown(happened.row, party_version=1)]) == ("loan-1/1",)
