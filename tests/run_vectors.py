"""
Run shared cases against the library: ``python tests/run_vectors.py PATH...``.

Each path is a file of cases, a folder of such files, or a folder with ``truth.json`` and the loan books beside it. The
schema is recognised from the content. The last line is ``N passed, M failed, K not covered``; the exit code is 1 when
a case failed, 2 when a file could not be read or is of no known schema.
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tests.vectors.runner import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
