"""
Facts as they were stored by earlier releases still open, and today's are still written in the same bytes.

The files in ``golden`` are only ever added to: one for each version of each kind.
"""

import datetime as dt
import json
import pathlib

import pytest

from overdue_visit.party.actor import Actor
from overdue_visit.record.chain import link
from overdue_visit.record.change import PrivateValue, SealedFact
from tests.record.example_facts import AT, HELD, KINDS, OPENED, VISITED, codec, entry, salt

FILES = sorted((pathlib.Path(__file__).parent / "golden").glob("*.json"))
FACTS = {"case_opened": OPENED, "interview_held": HELD, "visit_held": VISITED}
PREVIOUS = bytes(range(32))


def stored(file):
    """
    Read a stored fact from a golden file.
    """
    data = json.loads(file.read_text(encoding="utf-8"))
    return SealedFact(
        sequence=3,
        kind=data["kind"],
        version=data["version"],
        recorded_at=AT + dt.timedelta(minutes=5),
        header=data["header"].encode(),
        body=data["body"].encode(),
        digest=bytes.fromhex(data["digest"]),
        private=tuple(
            PrivateValue(sequence=3, field=row["field"], salt=bytes.fromhex(row["salt"]), value=row["value"].encode())
            for row in data["private"]
        ),
    )


def meant(kind, version):
    """
    Return what a golden file holds, as today's classes say it.
    """
    header = {"key": "k-1", "causation": 2, "policy": "sha256:ab", "mark": "m-7", "version": version}
    return entry(FACTS[kind], 3, actor=Actor("officer:7", "officer", "manager:1"), **header)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_stored_fact_still_opens(file):
    """
    A fact of any version, as it was once stored, means the same today, and its digest still fits its bytes.
    """
    sealed = stored(file)

    opened = codec().open(sealed)

    assert opened == meant(sealed.kind, sealed.version)
    assert link(PREVIOUS, sealed.header, sealed.body) == sealed.digest


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.kind)
def test_a_fact_is_still_written_in_the_same_bytes(kind):
    """
    Sealing the current version gives the golden file's bytes, byte for byte.
    """
    (file,) = [file for file in FILES if file.stem == f"{kind.kind}.v{kind.version}"]

    assert codec().seal(meant(kind.kind, kind.version), previous=PREVIOUS, salt=salt) == stored(file)


def test_every_version_has_its_file():
    """
    No version of a kind is without a golden file.
    """
    versions = {f"{kind.kind}.v{version}" for kind in KINDS for version in range(1, kind.version + 1)}

    assert {file.stem for file in FILES} == versions
