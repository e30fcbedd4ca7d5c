"""
The one runner of shared cases: finds out what a path holds and has the right reader run it.

A new schema is a file beside this one with a `Schema`, and a line in `SCHEMAS`.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path

from tests.vectors import case_files, truth
from tests.vectors.report import Report, Unreadable

SCHEMAS = case_files.SCHEMAS


def main(paths: Sequence[str]) -> int:
    """
    Run every path, print the results, and return the exit code.
    """
    if not paths:
        print("usage: python tests/run_vectors.py PATH...", file=sys.stderr)
        return 2
    report, readable = Report(), True
    for path in paths:
        try:
            run(Path(path), report)
        except Unreadable as error:
            readable = False
            print(f"cannot read {error}", file=sys.stderr)
    for line in report.lines():
        print(line)
    if not readable:
        return 2
    return 1 if report.failed else 0


def run(path: Path, report: Report) -> None:
    """
    Run the cases of one file or folder.

    Raises:
        Unreadable: If it is not there, broken, or of no known schema.
    """
    if path.name == truth.TRUTH:
        path = path.parent
    if path.is_dir() and (path / truth.TRUTH).is_file():
        truth.run(path, report)
    elif path.is_dir():
        files = sorted(path.glob("*.json"))
        if not files:
            raise Unreadable(f"{path}: a folder with neither {truth.TRUTH} nor other case files")
        for file in files:
            _run_file(file, report)
    else:
        _run_file(path, report)


def _run_file(path: Path, report: Report) -> None:
    content = read_json(path)
    for schema in SCHEMAS:
        if schema.recognises(content):
            schema.run(content, report)
            return
    raise Unreadable(f"{path}: cases of no known schema")


def read_json(path: Path) -> dict[str, object]:
    """
    Read a JSON object.

    Raises:
        Unreadable: If the file is not there or holds something else.
    """
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise Unreadable(f"{path}: {error}") from error
    if not isinstance(content, dict):
        raise Unreadable(f"{path}: not a JSON object")
    return content
