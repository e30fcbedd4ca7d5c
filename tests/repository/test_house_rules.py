"""
The rules that no linter knows: budgets, bans, and what may stand in a file.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

import pytest

from tests.repository.house import SOURCE, files, name_of, sources, tree

MODULE_LINES = 300
FUNCTION_LINES = 40

# A folder of somebody's machine; web addresses have a letter or a dot before the slash.
MACHINE_PATH = re.compile(r"(?<![\w.])/(?:root|work|Users/\w+|home/\w+)/|\b[A-Z]:\\Users\\")
LEFT_OVER = re.compile(r"\b(?:TO[D]O|FIX[M]E|XX[X]|HAC[K])\b")
ASKS_THE_TIME = re.compile(
    r"(?:^|\.)(?:(?:datetime|date|pendulum|dt)\.(?:now|utcnow|today|tomorrow|yesterday)"
    r"|(?:time|_time)\.(?:time|time_ns|localtime|gmtime|monotonic|perf_counter))$"
)
OUTSIDE = ("adapters", "cli", "reports", "testing")
HARMLESS = ("os.PathLike", "os.fspath", "urllib.parse")
A_CONNECTION = re.compile(r"(?:^|[._])(?:conn|connection|con|db|database|sqlite)$")

Function = ast.FunctionDef | ast.AsyncFunctionDef


def calls(module: ast.Module) -> Iterator[tuple[int, str]]:
    """
    Yield what a module calls, with its line.
    """
    for node in ast.walk(module):
        if isinstance(node, ast.Call):
            yield node.lineno, ast.unparse(node.func)


def body_lines(function: Function) -> int:
    """
    Count a function's lines after its docstring.
    """
    body = function.body[1:] if ast.get_docstring(function) is not None else function.body
    return (function.end_lineno or 0) - body[0].lineno + 1 if body else 0


def reaches_out(module: ast.Module) -> Iterator[tuple[int, str]]:
    """
    Yield what a module uses of `os` and `urllib` that could touch the world.
    """
    for node in ast.walk(module):
        if isinstance(node, ast.Attribute) and ast.unparse(node.value) in {"os", "urllib"}:
            used = [ast.unparse(node)]
        elif isinstance(node, ast.Import):
            used = [name.name for name in node.names if name.name.startswith(("os.", "urllib."))]
        elif isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] in {"os", "urllib"}:
            used = [f"{node.module}.{name.name}" for name in node.names]
        else:
            continue
        yield from ((node.lineno, name) for name in used if not name.startswith(HARMLESS))


def commits_the_hosts_work(module: ast.Module) -> Iterator[tuple[int, str]]:
    """
    Yield what commits a transaction without saying so.
    """
    for node in ast.walk(module):
        if isinstance(node, ast.With | ast.AsyncWith):
            for item in node.items:
                held = ast.unparse(item.context_expr)
                if A_CONNECTION.search(held):
                    yield node.lineno, f"with {held}:"
        if isinstance(node, ast.Attribute) and node.attr == "executescript":
            yield node.lineno, "executescript"


def test_no_file_names_a_machines_path_or_leaves_work_over():
    """
    Every file reads the same on any machine, and says what is, not what somebody means to do.
    """
    rows = [
        f"{name_of(path)}:{number}: {line}"
        for path in files()
        for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), 1)
        if MACHINE_PATH.search(line) or LEFT_OVER.search(line)
    ]

    assert rows == []


@pytest.mark.parametrize("path", sources(), ids=name_of)
def test_modules_and_functions_keep_their_budgets(path):
    """
    A module has at most 300 lines, and a function 40 after its docstring.
    """
    functions = [node for node in ast.walk(tree(path)) if isinstance(node, Function)]
    length = len(path.read_text(encoding="utf-8").splitlines())

    assert length <= MODULE_LINES
    assert {f.name: body_lines(f) for f in functions if body_lines(f) > FUNCTION_LINES} == {}


@pytest.mark.parametrize("path", sources(), ids=name_of)
def test_only_the_clock_asks_the_time(path):
    """
    No module but ``adapters/clock.py`` asks what time it is.
    """
    asked = [(line, call) for line, call in calls(tree(path)) if ASKS_THE_TIME.search(call)]

    assert asked == [] or path == SOURCE / "adapters" / "clock.py"


@pytest.mark.parametrize("path", sources(), ids=name_of)
def test_only_the_outer_rooms_touch_the_world(path):
    """
    No module inside uses the operating system or the web; naming a path's type or reading a URL's parts is no touch.
    """
    outside = path.relative_to(SOURCE).parts[0] in OUTSIDE

    assert outside or list(reaches_out(tree(path))) == []


@pytest.mark.parametrize(
    ("line", "count"),
    [
        ("os.environ['HOME']", 1),
        ("import os.path", 1),
        ("from os import urandom", 1),
        ("import urllib.request", 1),
        ("from urllib.parse import urlsplit", 0),
        ("book: str | os.PathLike[str]", 0),
    ],
)
def test_the_ban_on_the_world_sees_it(line, count):
    """
    The scan for the outer world finds each way to reach it.
    """
    assert len(list(reaches_out(ast.parse(line)))) == count


@pytest.mark.parametrize("path", sorted((SOURCE / "adapters").rglob("*.py")), ids=name_of)
def test_adapters_never_commit_the_hosts_work_by_accident(path):
    """
    No adapter writes ``with connection:`` or calls ``executescript``: both commit what the host has begun.
    """
    assert list(commits_the_hosts_work(tree(path))) == []


@pytest.mark.parametrize(
    "line", ["with conn:\n    pass", "with self._connection:\n    pass", "self._db.executescript(sql)"]
)
def test_the_ban_on_commits_sees_them(line):
    """
    The scan for hidden commits finds each way to write one.
    """
    assert len(list(commits_the_hosts_work(ast.parse(line)))) == 1


@pytest.mark.parametrize("call", ["dt.datetime.now", "date.today", "time.time", "pendulum.now", "datetime.utcnow"])
def test_the_ban_on_clocks_sees_them(call):
    """
    The scan for clocks finds each way to ask one, and lets a clock that was handed in answer.
    """
    assert ASKS_THE_TIME.search(call)
    assert not ASKS_THE_TIME.search("self._clock.now")
    assert not ASKS_THE_TIME.search("dt.time")
