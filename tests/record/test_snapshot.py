"""
Snapshots are a cache: read exactly, or not at all.
"""

import attrs
import pytest

from overdue_visit.record.encoding import Unwritable
from overdue_visit.record.snapshot import SnapshotCodec, SnapshotUnreadable
from tests.record.example_facts import OPENED, CaseOpened


def test_a_snapshot_is_read_back():
    """
    What was folded comes back equal.
    """
    snapshots = SnapshotCodec(CaseOpened, 3)

    assert snapshots.decode(snapshots.encode(OPENED), version=3) == OPENED


@pytest.mark.parametrize("version", [2, 4])
def test_another_version_is_not_read(version):
    """
    A snapshot of an older or newer version is refused; the facts must be folded.
    """
    snapshots = SnapshotCodec(CaseOpened, 3)

    with pytest.raises(SnapshotUnreadable) as refusal:
        snapshots.decode(snapshots.encode(OPENED), version=version)

    assert str(refusal.value) == f"snapshot: is of version {version}, this release reads 3"


@pytest.mark.parametrize("data", [b"", b"{}", b"\xff", b"[" * 100_000, b'{"loan": "secret"}'])
def test_damage_is_refused_without_showing_content(data):
    """
    A snapshot that cannot be read is refused; the error does not quote it.
    """
    with pytest.raises(SnapshotUnreadable) as refusal:
        SnapshotCodec(CaseOpened, 3).decode(data, version=3)
    assert "secret" not in str(refusal.value)
    assert str(refusal.value).startswith("snapshot: cannot be read (")


def test_what_cannot_be_written_is_refused():
    """
    A snapshot is written by the same rules as a fact.
    """
    with pytest.raises(Unwritable) as refusal:
        SnapshotCodec(CaseOpened, 1).encode(attrs.evolve(OPENED, loan="\ud800"))
    assert refusal.value.field == "CaseOpened.loan"
