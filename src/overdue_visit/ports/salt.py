"""
The salt: fresh random bytes that keep a sealed private value from being guessed.
"""

from __future__ import annotations

from collections.abc import Callable

Salt = Callable[[], bytes]
"""Returns at least 16 bytes nobody can foresee, fresh at every call."""
