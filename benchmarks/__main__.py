"""
Print every figure with its goal: ``python -m benchmarks``, or some of them: ``python -m benchmarks schedules contact``.
"""

from __future__ import annotations

import sys

from benchmarks import acts, book, codec, contact_gate, proposals, replay, schedules
from benchmarks.timing import Figure

TOPICS = {
    "codec": codec.figures,
    "acts": acts.figures,
    "batch": acts.batch_figures,
    "replay": replay.figures,
    "schedules": schedules.figures,
    "book": book.figures,
    "proposals": proposals.figures,
    "contact": contact_gate.figures,
}


def main(names: list[str]) -> int:
    """
    Run the named topics, all of them without a name.
    """
    unknown = [name for name in names if name not in TOPICS]
    if unknown:
        sys.stderr.write(f"unknown: {', '.join(unknown)}; there are {', '.join(TOPICS)}\n")
        return 2
    sys.stdout.write(Figure.HEAD + "\n")
    for name in names or TOPICS:
        for figure in TOPICS[name]():
            sys.stdout.write(f"{figure}\n")
            sys.stdout.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
