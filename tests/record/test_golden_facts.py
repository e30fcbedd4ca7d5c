"""
Every kind of fact, as it was once stored, still opens and means the same, and folds into a case.

The files in ``golden/facts`` are only ever added to: one for each version of each kind.
"""

from __future__ import annotations

import json

import pytest

from overdue_visit.case.case import Case
from overdue_visit.case.header import Entry
from overdue_visit.case.kinds import KINDS
from overdue_visit.desk.settings import codec
from overdue_visit.record.chain import link
from overdue_visit.record.change import PrivateValue, SealedFact
from tests.record.example_facts import AT, entry
from tests.record.real_facts import EXAMPLES
from tests.record.write_golden_facts import FOLDER, PREVIOUS, meant, written

FILES = sorted(FOLDER.glob("*.json"))


def stored(file):
    """
    Read a stored fact from a golden file.
    """
    data = json.loads(file.read_text(encoding="utf-8"))
    private = [
        PrivateValue(sequence=3, field=row["field"], salt=bytes.fromhex(row["salt"]), value=row["value"].encode())
        for row in data["private"]
    ]
    return SealedFact(
        sequence=3,
        kind=data["kind"],
        version=data["version"],
        recorded_at=meant(data["kind"], data["version"]).header.recorded_at,
        header=data["header"].encode(),
        body=data["body"].encode(),
        digest=bytes.fromhex(data["digest"]),
        private=tuple(private),
    )


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_stored_fact_still_opens(file):
    """
    A fact of any version means the same today, its digest fits its bytes, and its personal content is found.
    """
    sealed = stored(file)

    opened = codec().open(sealed)

    assert opened == meant(sealed.kind, sealed.version)
    assert link(PREVIOUS, sealed.header, sealed.body) == sealed.digest
    assert {row.field for row in sealed.private} == set(opened.fact.private)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.kind)
def test_a_fact_is_still_written_in_the_same_bytes(kind):
    """
    Today's version is sealed into the golden file's bytes; what changes them is a new version.
    """
    file = FOLDER / f"{kind.kind}.v{kind.version}.json"

    assert file.read_text(encoding="utf-8") == written(kind.kind, kind.version)


def test_every_version_has_its_file_and_its_meaning():
    """
    No version of a kind is without a golden file or an example, and no file is without a kind.
    """
    versions = {(kind.kind, version) for kind in KINDS for version in range(1, kind.version + 1)}

    assert {file.stem for file in FILES} == {f"{kind}.v{version}" for kind, version in versions}
    assert set(EXAMPLES) == versions


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_stored_fact_still_folds(file):
    """
    A stored fact can be folded into a case, once the facts that it speaks of are there.
    """
    opened = codec().open(stored(file))
    before = [EXAMPLES["case_opened", 1], EXAMPLES["assessed", 1], EXAMPLES["plan_agreed", 1]]
    case = Case.opened(entry(before[0], 1))
    for sequence, fact in enumerate(before[1:], 2):
        case = case.after(entry(fact, sequence))

    if opened.header.kind == "case_opened":
        return
    folded = case.after(Entry(entry(opened.fact, 4).header, opened.fact))
    assert folded.version == 4
    assert folded.recorded_at > AT
