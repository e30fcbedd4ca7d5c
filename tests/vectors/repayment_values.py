"""
Cases of rates and values.
"""

from __future__ import annotations

from tests.vectors.dispatch import Handler

KINDS: dict[str, Handler] = {}
