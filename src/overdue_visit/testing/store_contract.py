"""
The conformance suite of the store port: what every `Store` must do, as tests.

The whole test file of a store::

    class TestMyStore(StoreContract):
        def make_store(self):
            return my_store.open_empty()

Three more methods may be overridden; the laws that need them are skipped otherwise: `StoreBench.reopened` (a second
store over the same medium), `StoreBench.host_transaction` (a transaction of a host) and `StoreBench.medium` (the bytes
on the medium).
"""

from __future__ import annotations

from overdue_visit.testing.store_laws.bench import HostTransaction, StoreBench
from overdue_visit.testing.store_laws.concurrency import ConcurrencyLaws
from overdue_visit.testing.store_laws.contacts import ContactLaws
from overdue_visit.testing.store_laws.erasure import ErasureLaws
from overdue_visit.testing.store_laws.histories import HistoryLaws
from overdue_visit.testing.store_laws.messages import MessageLaws
from overdue_visit.testing.store_laws.queries import QueryLaws
from overdue_visit.testing.store_laws.saving import SavingLaws
from overdue_visit.testing.store_laws.staleness import StalenessLaws
from overdue_visit.testing.store_laws.transactions import TransactionLaws

__all__ = ["HostTransaction", "StoreBench", "StoreContract"]


class StoreContract(
    SavingLaws,
    StalenessLaws,
    ContactLaws,
    MessageLaws,
    QueryLaws,
    ErasureLaws,
    ConcurrencyLaws,
    HistoryLaws,
    TransactionLaws,
):
    """All laws of the store port; subclass it and say in `make_store` how an empty store is made."""
