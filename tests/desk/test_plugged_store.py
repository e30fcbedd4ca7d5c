"""
A store that somebody else's package brings opens through the same door.
"""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile

import pytest

from overdue_visit import AdapterError, InvalidValue, open_desk
from overdue_visit.plugins import UnknownStore

PACKAGE = """
from overdue_visit.adapters.memory_store import MemoryStore


class LedgerBox(MemoryStore):
    url = ""


def open_store(url):
    store = LedgerBox()
    store.url = url
    return store
"""
SCRIPT = """
from datetime import date

from overdue_visit import Instalment, Loan, Money, SendNotice, open_desk
from overdue_visit.adapters.clock import FixedClock
from overdue_visit.plugins import store_schemes

loan = Loan("ke-001", borrower="b-17", schedule=[Instalment(date(2026, 3, 1), Money("120", "KES"))])
with open_desk("ledgerbox://vault/7", zone="Africa/Nairobi", clock=FixedClock("2026-03-08 09:00")) as desk:
    desk.do(desk.observe(loan), SendNotice("visit", channel="sms"))
    print(desk._settings.store.url, type(desk._settings.store).__module__, desk.relay(), ",".join(store_schemes()))
"""
ENTRY = "[overdue_visit.stores]\nledgerbox = {}\n"
METADATA = "Metadata-Version: 2.1\nName: ledgerbox-visits\nVersion: 1.0\n"


def installed(folder, entry, name="ledgerbox_visits"):
    """
    Put a package and what an installer writes beside it into a folder.
    """
    (folder / "ledgerbox_visits.py").write_text(PACKAGE)
    info = folder / f"{name}-1.0.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text(METADATA)
    (info / "entry_points.txt").write_text(ENTRY.format(entry))
    return folder


def wheel(folder):
    """
    Write the package as a wheel, as its owner would publish it.
    """
    info = "ledgerbox_visits-1.0.dist-info"
    files = {
        "ledgerbox_visits.py": PACKAGE,
        f"{info}/METADATA": METADATA,
        f"{info}/WHEEL": "Wheel-Version: 1.0\nGenerator: by hand\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        f"{info}/entry_points.txt": ENTRY.format("ledgerbox_visits:open_store"),
    }
    record = "".join(f"{name},,\n" for name in (*files, f"{info}/RECORD"))
    path = folder / "ledgerbox_visits-1.0-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in {**files, f"{info}/RECORD": record}.items():
            archive.writestr(name, text)
    return path


def test_a_store_of_another_package_opens_through_the_same_door(tmp_path):
    """
    A package installed by pip that names its store as an entry point is found by the scheme of the url.
    """
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-index", "--no-deps", "--disable-pip-version-check"]
    subprocess.run([*pip, "--target", str(tmp_path / "site"), str(wheel(tmp_path))], check=True, timeout=120)

    ran = subprocess.run(
        [sys.executable, "-c", SCRIPT],
        env={**os.environ, "PYTHONPATH": str(tmp_path / "site")},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    assert ran.stderr == ""
    last = ran.stdout.splitlines()[-1]
    assert last == (
        "ledgerbox://vault/7 ledgerbox_visits 1 sent, 0 withheld, 0 failed, 0 unknown ledgerbox,memory,sqlite"
    )


@pytest.mark.parametrize("entry", ["ledgerbox_gone:open_store", "ledgerbox_visits:no_such_function"])
def test_a_broken_package_is_named(entry, tmp_path, monkeypatch):
    """
    A package that cannot be imported, or lacks its function, is an adapter's error that names it.
    """
    monkeypatch.syspath_prepend(installed(tmp_path, entry))

    with pytest.raises(AdapterError, match="ledgerbox"):
        open_desk("ledgerbox://vault", zone="UTC")


def test_two_packages_for_one_scheme_are_refused(tmp_path, monkeypatch):
    """
    Which of two stores a url means is never left to chance.
    """
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    monkeypatch.syspath_prepend(installed(tmp_path / "a", "ledgerbox_visits:open_store"))
    monkeypatch.syspath_prepend(installed(tmp_path / "b", "ledgerbox_visits:LedgerBox", name="other_visits"))

    with pytest.raises(AdapterError, match="several packages"):
        open_desk("ledgerbox://vault", zone="UTC")


def test_an_unknown_scheme_lists_the_known_ones():
    """
    A scheme that nobody brings is refused with those that there are.
    """
    with pytest.raises(UnknownStore) as refusal:
        open_desk("oracle://village", zone="UTC")

    assert (refusal.value.field, refusal.value.value) == ("scheme", "oracle")
    assert "memory, sqlite" in refusal.value.accepted


@pytest.mark.parametrize(
    ("url", "field"), [("village.db", "url"), ("", "url"), ("//[", "url"), (None, "engine"), (7, "engine")]
)
def test_what_is_no_url_is_refused(url, field):
    """
    Neither a bare path nor anything else that is no url opens a desk.
    """
    with pytest.raises(InvalidValue) as refusal:
        open_desk(url, zone="UTC")

    assert refusal.value.field == field
    assert refusal.value.accepted
