"""
The shipped book, lived through once for all tests that ask what became of it.
"""

from __future__ import annotations

import os
import pathlib
import subprocess
import sys

import pytest

from overdue_visit import open_desk
from tests.vectors.conftest import published_data

__all__ = ["published_data"]

EXAMPLES = pathlib.Path(__file__).resolve().parents[2] / "examples"


@pytest.fixture(scope="session")
def run():
    """
    Run an example as a script, with warnings as errors, in a folder of the test's choice.
    """

    def script(name, *options, cwd, code=0):
        ran = subprocess.run(
            [sys.executable, "-W", "error", str(EXAMPLES / name), *map(str, options)],
            cwd=cwd,
            capture_output=True,
            text=True,
            encoding="utf-8",
            env={**os.environ, "PYTHONIOENCODING": "utf-8"},
            timeout=240,
            check=False,
        )
        assert ran.returncode == code, ran.stderr
        return ran

    return script


@pytest.fixture(scope="session")
def shipped(run, tmp_path_factory):
    """
    The url of a store in which the shipped book was lived through, and what was printed.
    """
    folder = tmp_path_factory.mktemp("shipped")
    url = f"sqlite:///{folder / 'village.db'}"
    return url, run("replay_loan_book.py", "--store", url, cwd=folder)


@pytest.fixture(scope="session")
def desk(shipped):
    """
    A desk on that store.
    """
    with open_desk(shipped[0], zone="Africa/Nairobi") as opened:
        yield opened
