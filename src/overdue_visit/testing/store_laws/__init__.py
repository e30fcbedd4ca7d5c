"""
The laws of the store port, a file a practice; `overdue_visit.testing.store_contract` puts them together.
"""
