"""
Loan books and truths that tests write.
"""

from __future__ import annotations

import csv
import gzip
import io
import json


def write_table(path, rows):
    """
    Write rows as CSV, gzipped where the name says so.
    """
    file = io.StringIO()
    writer = csv.DictWriter(file, rows[0].keys())
    writer.writeheader()
    writer.writerows(rows)
    content = file.getvalue().encode()
    path.write_bytes(gzip.compress(content) if path.suffix == ".gz" else content)


def write_truth(folder, sets):
    """
    Write the expected totals.
    """
    (folder / "truth.json").write_text(json.dumps(sets), encoding="utf-8")


def last_line(capsys):
    """
    Return the last line printed: the sum.
    """
    return capsys.readouterr().out.splitlines()[-1]
