"""
Laws of erasure: what was personal is gone, what was recorded stays.
"""

from __future__ import annotations

import attrs
import pytest

from overdue_visit.errors import InvalidValue
from overdue_visit.ports.store import ConcurrentUpdate, Store
from overdue_visit.record.change import CaseRow, PartyContacts
from overdue_visit.testing.store_laws import samples as some
from overdue_visit.testing.store_laws.bench import StoreBench

MARKER = "Wanjiku-0712-345-678"
"""Stands for a name or a number that must not be found anywhere afterwards."""


def nameless(row: CaseRow) -> CaseRow:
    """
    Return the row as it may stay after an erasure.
    """
    return attrs.evolve(row, party=None, snapshot=b"{}")


def fill(store: Store, *, party: str = some.PARTY, case_id: str = "loan-1/1") -> CaseRow:
    """
    Save a case full of personal content.
    """
    facts = tuple(
        some.fact(n, private=(some.private(n, "name", MARKER), some.private(n, "words", MARKER * 200)))
        for n in range(1, 4)
    )
    change = some.opened(
        case_id,
        facts=facts,
        party=party,
        snapshot=MARKER.encode() * 50,
        contacts=(some.contact(f"{case_id}-c", party=party, case_id=case_id, result=MARKER),),
        messages=(some.message(f"{case_id}-m", party=party, case_id=case_id, channel=MARKER),),
        command=some.command(case_id, case_id=case_id),
    )
    store.save([change])
    return change.row


class ErasureLaws(StoreBench):
    """A party can be erased; the record of its cases stays whole."""

    def test_a_party_is_erased_across_its_cases(self, store: Store) -> None:
        """
        Private values, contacts, messages and commands are gone, the rows name nobody; the facts' bytes stay.
        """
        rows = [fill(store, case_id="loan-1/1"), fill(store, case_id="loan-2/1")]
        before = [store.facts(some.TENANT, row.case_id) for row in rows]

        assert store.erase(some.TENANT, some.PARTY, [nameless(row) for row in rows]) == 12

        for row, facts in zip(rows, before, strict=True):
            assert store.case(some.TENANT, row.case_id) == nameless(row)
            assert store.facts(some.TENANT, row.case_id) == tuple(attrs.evolve(f, private=()) for f in facts)
            assert store.message(some.TENANT, f"{row.case_id}-m") is None
            assert store.command(some.TENANT, row.case_id) is None
        assert store.contacts(some.TENANT, some.PARTY, since=some.after(-99)) == PartyContacts(0, ())
        assert store.cases_of(some.TENANT, some.PARTY) == ()

    def test_others_are_left_alone(self, store: Store) -> None:
        """
        Another party, and the same id with another tenant, keep everything.
        """
        row = fill(store)
        other = fill(store, party="b-18", case_id="loan-2/1")
        store.save([some.opened(tenant=some.OTHER_TENANT, contacts=(some.contact(tenant=some.OTHER_TENANT),))])

        store.erase(some.TENANT, some.PARTY, [nameless(row)])

        assert store.case(some.TENANT, "loan-2/1") == other
        assert all(len(fact.private) == 2 for fact in store.facts(some.TENANT, "loan-2/1"))
        assert store.contacts(some.TENANT, "b-18", since=some.NOON).version == 1
        assert store.message(some.TENANT, "loan-2/1-m") is not None
        assert store.command(some.TENANT, "loan-2/1") is not None
        assert store.contacts(some.OTHER_TENANT, some.PARTY, since=some.NOON).version == 1

    def test_a_stale_erasure_erases_nothing(self, store: Store) -> None:
        """
        If a case moved since its row was read, it is named and nothing is erased.
        """
        rows = [fill(store, case_id="loan-1/1"), fill(store, case_id="loan-2/1")]
        moved = some.grown(rows[1])
        store.save([moved])

        with pytest.raises(ConcurrentUpdate) as refusal:
            store.erase(some.TENANT, some.PARTY, [nameless(row) for row in rows])

        assert refusal.value.cases == ("loan-2/1",)
        assert store.cases_of(some.TENANT, some.PARTY) == (rows[0], moved.row)
        assert len(store.facts(some.TENANT, "loan-1/1")[0].private) == 2
        assert store.contacts(some.TENANT, some.PARTY, since=some.NOON).version == 2

    def test_a_row_that_names_a_party_is_refused(self, store: Store) -> None:
        """
        An erasure that would leave the party's id on a row, or touch another tenant, is malformed.
        """
        row = fill(store)

        for wrong in (row, attrs.evolve(nameless(row), tenant=some.OTHER_TENANT)):
            with pytest.raises(InvalidValue):
                store.erase(some.TENANT, some.PARTY, [wrong])
        assert store.case(some.TENANT, "loan-1/1") == row

    def test_erasing_again_finds_nothing(self, store: Store) -> None:
        """
        A second erasure deletes nothing and harms nothing.
        """
        row = fill(store)
        store.erase(some.TENANT, some.PARTY, [nameless(row)])

        assert store.erase(some.TENANT, some.PARTY, [nameless(row)]) == 0
        assert store.erase(some.TENANT, some.PARTY, []) == 0
        assert store.case(some.TENANT, "loan-1/1") == nameless(row)

    def test_an_erased_case_goes_on(self, store: Store) -> None:
        """
        Facts can be added after an erasure.
        """
        row = nameless(fill(store))
        store.erase(some.TENANT, some.PARTY, [row])

        store.save([some.grown(row)])

        assert len(store.facts(some.TENANT, "loan-1/1")) == 4

    def test_a_slot_counted_on_before_an_erasure_is_stale(self, store: Store) -> None:
        """
        A change that counts on the contacts as they were before the erasure is refused.
        """
        row = nameless(fill(store))
        store.erase(some.TENANT, some.PARTY, [row])

        with pytest.raises(ConcurrentUpdate):
            store.save([some.grown(row, contacts=(some.contact(),), party_version=1)])

    def test_no_trace_is_left_on_the_medium(self, store: Store) -> None:
        """
        After an erasure the medium holds nothing of the party, also not from earlier versions of its rows.
        """
        if self.medium(store) is None:
            pytest.skip("this store's medium cannot be looked at")
        row = fill(store)
        for number in range(2, 40):
            fill(store, party=f"b-{number}-other", case_id=f"loan-{number}/1")
        for size in (3, 90, 1):
            change = some.grown(row, snapshot=MARKER.encode() * size)
            store.save([change])
            row = change.row
        others = [row for row in store.cases(some.TENANT) if row.case_id != "loan-1/1"]
        found = self.medium(store)
        assert found is not None
        assert MARKER.encode() in found

        store.erase(some.TENANT, some.PARTY, [nameless(row)])
        for other in others:
            assert other.party is not None
            store.erase(some.TENANT, other.party, [nameless(other)])

        left = self.medium(store)
        assert left is not None
        assert MARKER.encode() not in left
        assert f"{some.PARTY}".encode() not in left
