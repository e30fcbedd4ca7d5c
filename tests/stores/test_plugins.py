"""
Stores are found by scheme among installed packages, and only the one asked for is imported.
"""

import importlib
import sys

import pytest

from overdue_visit.errors import AdapterError, InvalidValue
from overdue_visit.plugins import UnknownStore, engine_opener, store_opener, store_schemes


@pytest.fixture
def install(tmp_path, monkeypatch):
    """
    Return what installs a package with entry points and modules, as pip leaves it.
    """
    monkeypatch.syspath_prepend(str(tmp_path))

    def one(name, entries, *, group="stores", **modules):
        info = tmp_path / f"{name}-1.0.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
        lines = [f"{scheme} = {target}" for scheme, target in entries.items()]
        (info / "entry_points.txt").write_text("\n".join([f"[overdue_visit.{group}]", *lines, ""]))
        for module, text in modules.items():
            (tmp_path / f"{module}.py").write_text(text)
            monkeypatch.delitem(sys.modules, module, raising=False)

    return one


OPENER = "def open_store(url):\n    return f'a store at {url}'\n"


def test_a_store_is_found_by_its_scheme(install):
    """
    The entry point's function is returned and takes the whole URL.
    """
    install("ledgerbox", {"ledgerbox": "ledgerbox_visits:open_store"}, ledgerbox_visits=OPENER)

    assert store_opener("ledgerbox")("ledgerbox:village") == "a store at ledgerbox:village"


def test_no_other_store_is_imported(install):
    """
    A package that cannot be imported does not matter until its own scheme is asked for.
    """
    install("good", {"good": "good_store:open_store"}, good_store=OPENER)
    install("bad", {"bad": "bad_store:open_store"}, bad_store="raise ImportError('no driver')\n")

    assert {"good", "bad"} <= set(store_schemes())
    assert "good_store" not in sys.modules
    assert callable(store_opener("good"))
    assert "bad_store" not in sys.modules
    with pytest.raises(AdapterError, match="no driver"):
        store_opener("bad")


def test_an_unknown_scheme_lists_those_there_are(install):
    """
    The refusal lists every scheme that is installed.
    """
    install("ledgerbox", {"ledgerbox": "ledgerbox_visits:open_store"}, ledgerbox_visits=OPENER)

    with pytest.raises(UnknownStore, match="ledgerbox") as refusal:
        store_opener("papyrus")
    assert isinstance(refusal.value, InvalidValue)
    assert refusal.value.value == "papyrus"


def test_two_packages_with_one_scheme_are_refused(install):
    """
    Which of two stores a URL means is not left to chance.
    """
    install("first", {"box": "first_store:open_store"}, first_store=OPENER)
    install("second", {"box": "second_store:open_store"}, second_store=OPENER)

    with pytest.raises(AdapterError, match=r"first_store:open_store, second_store:open_store"):
        store_opener("box")


@pytest.mark.parametrize("target", ["box_store:nothing", "box_store:number", "missing_store:open_store"])
def test_an_entry_point_that_cannot_be_used_is_named(install, target):
    """
    A missing module or function, or something that is no function, is told with the entry point's text.
    """
    install("box", {"box": target}, box_store="number = 7\n")

    with pytest.raises(AdapterError, match=target):
        store_opener("box")


def test_a_store_is_found_by_the_hosts_connection(install, tmp_path):
    """
    A connection, or one of a host's own subclass, is opened by what its driver's module has installed.
    """
    install("ink", {"inkdriver": "ink_store:open_store"}, group="engines", ink_store=OPENER, inkdriver="class Ink: ...")
    ink = importlib.import_module("inkdriver").Ink
    own = type("Own", (ink,), {"__module__": "host.code"})

    for connection in (ink(), own()):
        assert engine_opener(connection)("x") == "a store at x"


def test_a_connection_nobody_knows_is_refused(install):
    """
    The refusal names the connection's class and lists the drivers that are known.
    """
    install("ink", {"inkdriver": "ink_store:open_store"}, group="engines", ink_store=OPENER)

    with pytest.raises(UnknownStore, match=r"object.*inkdriver"):
        engine_opener(object())
