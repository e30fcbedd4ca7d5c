"""
Salts from the operating system's source of randomness.
"""

from __future__ import annotations

import secrets

SALT_BYTES = 16
"""128 bits: a household budget has few likely values, so the salt alone must make guessing hopeless."""


def random_salt() -> bytes:
    """
    Return 16 fresh random bytes.
    """
    return secrets.token_bytes(SALT_BYTES)
