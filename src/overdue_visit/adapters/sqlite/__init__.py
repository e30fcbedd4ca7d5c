"""
The SQLite store, on Python's own driver.

- `store`: the store itself; `store.open_store`, `store.store_over`
- `files`: open, migrate, back up, restore
- `schema`: the tables and their versions
- `session`: whose transaction it is
"""

from overdue_visit.adapters.sqlite.files import migrate, restore
from overdue_visit.adapters.sqlite.store import SqliteStore, open_store, store_over

__all__ = ["SqliteStore", "migrate", "open_store", "restore", "store_over"]
