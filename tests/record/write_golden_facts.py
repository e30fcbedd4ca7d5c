"""
Write the golden file of each fact version that has none yet: ``python -m tests.record.write_golden_facts``.

A file that is there is never touched: it is what was once stored. Run it when a kind of fact or a version is new.
"""

from __future__ import annotations

import json
import pathlib

from overdue_visit.case.header import Entry
from overdue_visit.case.kinds import KINDS
from overdue_visit.desk.settings import codec
from overdue_visit.party.actor import Actor
from tests.record.example_facts import entry, salt
from tests.record.real_facts import EXAMPLES

FOLDER = pathlib.Path(__file__).parent / "golden" / "facts"
PREVIOUS = bytes(range(32))


def meant(kind: str, version: int) -> Entry:
    """
    Return what a golden file holds, as today's classes say it.
    """
    header = {"key": "k-1", "correlation": "c-1", "causation": 2, "policy": "sha256:ab", "mark": "m-7"}
    actor = Actor("officer:7", "officer", "manager:1")
    return entry(EXAMPLES[kind, version], 3, actor=actor, version=version, **header)


def written(kind: str, version: int) -> str:
    """
    Return the text of the golden file of a version that is today's.
    """
    sealed = codec().seal(meant(kind, version), previous=PREVIOUS, salt=salt)
    private = [{"field": row.field, "salt": row.salt.hex(), "value": row.value.decode()} for row in sealed.private]
    data = {
        "kind": sealed.kind,
        "version": sealed.version,
        "header": sealed.header.decode(),
        "body": sealed.body.decode(),
        "digest": sealed.digest.hex(),
        "private": private,
    }
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def main() -> None:
    """
    Add the files that are missing, and say which.
    """
    FOLDER.mkdir(parents=True, exist_ok=True)
    for kind in KINDS:
        file = FOLDER / f"{kind.kind}.v{kind.version}.json"
        if not file.exists():
            file.write_text(written(kind.kind, kind.version), encoding="utf-8")
            print(f"added {file.name}")


if __name__ == "__main__":
    main()
