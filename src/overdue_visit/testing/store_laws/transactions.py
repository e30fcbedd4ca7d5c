"""
Laws of the host's transaction: inside it the store is a guest.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from overdue_visit.ports.store import ConcurrentUpdate, NoOpenTransaction, Store, TransactionNotUsable
from overdue_visit.testing.store_laws import samples as some
from overdue_visit.testing.store_laws.bench import HostTransaction, StoreBench


class TransactionLaws(StoreBench):
    """A store within a host's transaction never ends it and leaves no trace of what failed."""

    @pytest.fixture
    def begin(self, store: Store) -> Callable[[], HostTransaction]:
        """
        Begins host transactions on the store's medium.
        """

        def one() -> HostTransaction:
            begun = self.host_transaction(store)
            if begun is None:
                pytest.skip("this store knows no host transactions")
            return begun

        return one

    def test_a_foreign_thing_is_no_transaction(self, store: Store) -> None:
        """
        Whatever is no transaction of this store's kind is refused.
        """
        with pytest.raises(TransactionNotUsable):
            store.within(object())

    def test_what_was_saved_within_appears_when_the_host_commits(
        self, store: Store, begin: Callable[[], HostTransaction]
    ) -> None:
        """
        The guest sees its own writes at once, others only after the host's commit.
        """
        transaction = begin()
        guest = store.within(transaction.handle)
        change = some.opened(contacts=(some.contact(),), messages=(some.message(),))
        guest.save([change])

        assert guest.case(some.TENANT, "loan-1/1") == change.row
        assert store.case(some.TENANT, "loan-1/1") is None
        transaction.commit()
        assert store.case(some.TENANT, "loan-1/1") == change.row
        assert store.facts(some.TENANT, "loan-1/1") == change.facts

    def test_nothing_stays_when_the_host_rolls_back(self, store: Store, begin: Callable[[], HostTransaction]) -> None:
        """
        The host's rollback takes back what was saved within.
        """
        transaction = begin()
        store.within(transaction.handle).save([some.opened(contacts=(some.contact(),))])
        transaction.rollback()

        assert store.case(some.TENANT, "loan-1/1") is None
        assert store.contacts(some.TENANT, some.PARTY, since=some.NOON).version == 0

    def test_a_refused_save_leaves_the_transaction_usable(
        self, store: Store, begin: Callable[[], HostTransaction]
    ) -> None:
        """
        What was saved before a refused save stays, and saving goes on after it.
        """
        store.save([some.opened("loan-9/1")])
        transaction = begin()
        guest = store.within(transaction.handle)
        guest.save([some.opened("loan-1/1")])

        with pytest.raises(ConcurrentUpdate) as refusal:
            guest.save([some.opened("loan-2/1"), some.opened("loan-9/1"), some.opened("loan-1/1")])
        guest.save([some.opened("loan-3/1")])
        transaction.commit()

        assert refusal.value.cases == ("loan-1/1", "loan-9/1")
        assert [row.case_id for row in store.cases(some.TENANT)] == ["loan-1/1", "loan-3/1", "loan-9/1"]

    def test_closing_a_guest_leaves_the_transaction_open(
        self, store: Store, begin: Callable[[], HostTransaction]
    ) -> None:
        """
        A closed guest has not committed, rolled back or closed anything.
        """
        transaction = begin()
        guest = store.within(transaction.handle)
        guest.save([some.opened("loan-1/1")])
        guest.close()
        store.within(transaction.handle).save([some.opened("loan-2/1")])

        assert store.cases(some.TENANT) == ()
        transaction.commit()
        assert len(store.cases(some.TENANT)) == 2

    def test_a_guest_stops_with_the_transaction(self, store: Store, begin: Callable[[], HostTransaction]) -> None:
        """
        After the host's commit a guest refuses to write rather than commit on its own.
        """
        transaction = begin()
        guest = store.within(transaction.handle)
        transaction.commit()

        with pytest.raises(NoOpenTransaction):
            guest.save([some.opened()])
        assert store.case(some.TENANT, "loan-1/1") is None

    def test_erasing_is_refused_within(self, store: Store, begin: Callable[[], HostTransaction]) -> None:
        """
        An erasure cannot keep its promise inside a transaction that may be rolled back.
        """
        transaction = begin()
        guest = store.within(transaction.handle)

        with pytest.raises(TransactionNotUsable):
            guest.erase(some.TENANT, some.PARTY, [])
        transaction.rollback()
