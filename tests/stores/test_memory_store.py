"""
The memory store against the contract, and its door.
"""

import pytest

from overdue_visit.adapters.memory_store import MemoryStore, open_store
from overdue_visit.errors import InvalidValue
from overdue_visit.testing.store_contract import StoreContract


class TestMemoryStore(StoreContract):
    """The memory store keeps every law of the port."""

    def make_store(self):
        """
        Make an empty memory store.
        """
        return MemoryStore()


def test_it_opens_by_its_url():
    """
    ``memory:`` opens a new store each time; a path behind it is refused.
    """
    assert open_store("memory:") is not open_store("memory:")
    with pytest.raises(InvalidValue):
        open_store("memory:///village")
