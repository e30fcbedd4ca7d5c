"""
Salts are long and never the same.
"""

from overdue_visit.adapters.salt import SALT_BYTES, random_salt


def test_salts_are_fresh():
    """
    Each salt has at least 16 bytes and no two are alike.
    """
    salts = {random_salt() for _ in range(100)}

    assert len(salts) == 100
    assert {len(salt) for salt in salts} == {SALT_BYTES}
    assert SALT_BYTES >= 16
