"""
Cases of deadlines and limits.
"""

from __future__ import annotations

from tests.vectors.dispatch import Handler

KINDS: dict[str, Handler] = {}
