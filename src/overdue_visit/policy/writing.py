"""
A policy as a plain mapping, and the digest over it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping

from overdue_visit.policy.leaves import form_of
from overdue_visit.policy.source import Source


def written(head: Mapping[str, str], values: Mapping[str, object], sources: Mapping[str, Source]) -> dict[str, object]:
    """
    Write values by dotted key as nested tables, each value with its source.

    Dates and times become ISO 8601 texts, so the result is JSON as well.
    """
    top: dict[str, object] = dict(head)
    tables: dict[str, dict[str, object]] = {}
    for key, value in values.items():
        leaf = {"value": form_of(key).write(value), **_written_source(sources[key])}
        group, dot, name = key.partition(".")
        if dot:
            tables.setdefault(group, {})[name] = leaf
        else:
            top[key] = leaf
    return {**top, **tables}


def _written_source(source: Source) -> dict[str, str]:
    found = {"source": source.text, "confidence": str(source.confidence)}
    if source.checked is not None:
        found["checked"] = source.checked.isoformat()
    if source.link is not None:
        found["link"] = source.link
    return found


def digest_of(mapping: Mapping[str, object]) -> str:
    """
    Return the sha256 of a plain mapping in hex; the order of its keys does not matter.
    """
    canonical = json.dumps(mapping, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()
