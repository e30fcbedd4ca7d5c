"""
Where the data sets lie that tests may read but this repository must not carry: their licences are unclear.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

_REPOSITORY = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def published_data() -> Path:
    """
    The folder with ``truth.json`` and the published loan books; tests that need it are skipped where it is absent.

    It is looked for beside the repository, or where OVERDUE_VISIT_SHARED says.
    """
    folder = Path(os.environ.get("OVERDUE_VISIT_SHARED") or _REPOSITORY.parent / "shared") / "data"
    if not (folder / "truth.json").is_file():
        pytest.skip(f"the published loan books are not here: no truth.json in {folder}")
    return folder
