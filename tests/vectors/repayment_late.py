"""
Cases of late interest and allocation.
"""

from __future__ import annotations

from tests.vectors.dispatch import Handler

KINDS: dict[str, Handler] = {}
