"""
What every law stands on: how to make a store, and the little that some stores can do beyond that.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

import pytest

from overdue_visit.ports.store import Store


class HostTransaction(Protocol):
    """A host's open transaction on the medium of a store."""

    @property
    def handle(self) -> object:
        """What the host hands to `Store.within`."""
        ...

    def commit(self) -> None:
        """
        Commit it and release what it holds.
        """
        ...

    def rollback(self) -> None:
        """
        Roll it back and release what it holds.
        """
        ...


class StoreBench:
    """Makes stores for the laws."""

    def make_store(self) -> Store:
        """
        Return a new, empty store that shares nothing with those made before; the suite closes it.
        """
        raise TypeError(f"{type(self).__name__} must say in make_store how an empty store is made")

    def reopened(self, store: Store) -> Store | None:  # noqa: ARG002 - for those who override it
        """
        Return a second store over the same medium, as another process would open it; ``None``: there is none.
        """
        return None

    def host_transaction(self, store: Store) -> HostTransaction | None:  # noqa: ARG002 - for those who override it
        """
        Begin a host's transaction on the store's medium; ``None``: the store knows none.
        """
        return None

    def medium(self, store: Store) -> bytes | None:  # noqa: ARG002 - for those who override it
        """
        Return everything that lies on the store's medium; ``None``: it cannot be looked at.
        """
        return None

    @pytest.fixture
    def store(self) -> Iterator[Store]:
        """
        Make an empty store and close it after the test.
        """
        made = self.make_store()
        yield made
        made.close()
