"""
Conformance suites: an integrator's whole test file is a subclass with one factory method.

    from overdue_visit.testing.store_contract import StoreContract

    class TestLedgerbox(StoreContract):
        def make_store(self):
            return ledgerbox_visits.open_store("ledgerbox:test")

They need pytest and hypothesis: ``pip install "overdue_visit[test]"``.
"""

from __future__ import annotations

from overdue_visit.errors import MissingExtra

try:
    import hypothesis  # noqa: F401 - asked for here so that its absence is told in one place
    import pytest
except ImportError as _missing:
    raise MissingExtra("overdue_visit.testing", "pytest and hypothesis", "test") from _missing

# Without it a failing law shows "AssertionError" and nothing of what was compared.
pytest.register_assert_rewrite(
    "overdue_visit.testing.store_laws",
    "overdue_visit.testing.sender_contract",
    "overdue_visit.testing.loan_book_contract",
)
