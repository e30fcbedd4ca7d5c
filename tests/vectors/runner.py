"""
The one runner of shared cases: finds out what a path holds and has the right reader run it.

A new schema is a file beside this one and a `Schema` in `case_files`.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.vectors import case_files, truth
from tests.vectors.report import Report, Unreadable


def main(paths: Sequence[str]) -> int:
    """
    Run every path, print the results, and return the exit code.
    """
    if not paths:
        print("usage: python tests/run_vectors.py PATH...", file=sys.stderr)
        return 2
    report, unreadable = Report(), list[str]()
    for path in paths:
        unreadable += run(Path(path), report)
    for error in unreadable:
        print(_printable(f"cannot read {error}", sys.stderr.encoding), file=sys.stderr)
    for line in report.lines():
        print(_printable(line, sys.stdout.encoding))
    if unreadable:
        return 2
    return 1 if report.failed else 0


def _printable(text: str, encoding: str | None) -> str:
    """
    Keep a text on one line, with escapes for what the output cannot show.
    """
    code = encoding or "ascii"
    return "\\n".join(text.splitlines()).encode(code, "backslashreplace").decode(code)


def run(path: Path, report: Report) -> list[str]:
    """
    Run the cases of one file, or of everything below a folder; return what could not be read.
    """
    found = [path] if path.is_file() else list(_below(path))
    if not found:
        return [f"{path}: {'a folder without case files' if path.is_dir() else 'no such file or folder'}"]
    unreadable = []
    for each in found:
        try:
            _run_file(each, report)
        except (Unreadable, OSError) as error:
            unreadable.append(str(error))
    return unreadable


def _below(folder: Path) -> Iterator[Path]:
    """
    Find case files and ``truth.json`` in a folder and in the folders below it, in a fixed order.
    """
    for place, below, names in os.walk(folder):
        below[:] = sorted(name for name in below if not name.startswith("."))
        for name in sorted(names):
            if name.endswith(".json") and not name.startswith("."):
                yield Path(place, name)


def _run_file(path: Path, report: Report) -> None:
    if path.name == truth.TRUTH:
        truth.run(path.parent, report)
    elif not case_files.run(read_json(path), report):
        raise Unreadable(f"{path}: cases of no known schema")


def read_json(path: Path) -> dict[str, object]:
    """
    Read a JSON object.

    Raises:
        Unreadable: If the file is not there or holds something else.
    """
    try:
        content = json.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError, RecursionError) as error:
        raise Unreadable(f"{path}: {error}") from error
    if not isinstance(content, dict):
        raise Unreadable(f"{path}: not a JSON object")
    return content
