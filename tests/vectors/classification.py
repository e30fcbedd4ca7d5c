"""
Cases of the classification scales.
"""

from __future__ import annotations

from tests.vectors.dispatch import Handler

KINDS: dict[str, Handler] = {}
