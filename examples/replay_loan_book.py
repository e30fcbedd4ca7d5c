"""
Replay a loan book: live through it business day by business day, and tell what became of it.

    python examples/replay_loan_book.py                                   the book that ships
    python examples/replay_loan_book.py BOOK.csv --case ke-001/1          your own, and the story of one case
    python examples/replay_loan_book.py --store sqlite:///village.db      keep the cases, to look at them later

What a book looks like is told in `overdue_visit.adapters.csv_loan_book`. Households and officer are simulated (see the
folder ``replay``); all else is the library as it runs for a lender. Without ``--store`` nothing is left behind.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import pathlib
import sys
import tempfile
import zoneinfo

from overdue_visit import AdapterError, BusinessCalendar, CaseDesk, InvalidValue, open_desk
from overdue_visit.adapters.clock import FixedClock
from overdue_visit.adapters.csv_loan_book import CsvLoanBook
from replay import summary, timeline
from replay.days import Gateway, business_days, last_day, live, loans_of
from replay.figures import count
from replay.officer import Officer
from replay.progress import shown

SHIPPED = pathlib.Path(__file__).parent / "data" / "village_book.csv"
CALENDAR = BusinessCalendar()


def options() -> argparse.ArgumentParser:
    """
    Return what may be asked for on the command line.
    """
    parser = argparse.ArgumentParser(description="Live through a loan book and tell what became of it.")
    parser.add_argument("book", nargs="?", type=pathlib.Path, default=SHIPPED, help="a loan book in CSV")
    parser.add_argument("--store", metavar="URL", help="where the cases are kept; a temporary file when left out")
    parser.add_argument("--resume", action="store_true", help="go on in a store where a replay was interrupted")
    parser.add_argument(
        "--policy", metavar="FILE", default="village", help="a policy in TOML; the one that ships when left out"
    )
    parser.add_argument("--zone", default="Africa/Nairobi", help="the lender's time zone (%(default)s)")
    parser.add_argument("--case", metavar="ID", help="tell the story of this case, such as vcu-001/1")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON and nothing else")
    parser.add_argument("--quiet", action="store_true", help="show no progress")
    return parser


def replay(desk: CaseDesk, clock: FixedClock, asked: argparse.Namespace) -> None:
    """
    Live through the book at a desk and print what was asked for.
    """
    book, zone = CsvLoanBook(asked.book), zoneinfo.ZoneInfo(asked.zone)
    loans = loans_of(book)
    if not loans:
        raise InvalidValue("book", asked.book.name, "at least one loan that can be read")
    days = business_days(loans, CALENDAR)
    done = last_day(desk, zone)
    if done is not None and not asked.resume:
        raise InvalidValue("store", asked.store, "one without cases; or say --resume to go on where a replay ended")
    officer = Officer(desk, zone=zone, calendar=CALENDAR)
    coming = [day for day in days if done is None or day >= done]
    refused = live(desk, clock, book, shown(coming, quiet=asked.quiet), officer)
    figures = count(desk, loans, book.problems, days)
    if asked.json:
        print(summary.as_json(figures))
        return
    print(summary.page(figures, asked.book.name))
    for refusal in [*officer.refused, *refused.values()]:
        print(f"  refused: {refusal}")
    tell(desk, asked.case)


def tell(desk: CaseDesk, case_id: str | None) -> None:
    """
    Print one case's timeline; that of the most eventful one when none is named.
    """
    case = timeline.most_eventful(desk) if case_id is None else desk.case(case_id)
    if case is None:
        return
    print(f"\nThe story of {case.id}\n")
    for line in timeline.lines(desk, case):
        print(f"  {line}")
    print(f"\n{desk.explain(case)}")


def main() -> int:
    """
    Run the command line; 2 for what cannot be read or is not accepted.
    """
    asked = options().parse_args()
    with contextlib.ExitStack() as cleanup:
        url = asked.store
        if url is None:
            folder = cleanup.enter_context(tempfile.TemporaryDirectory(prefix="replay-"))
            # It is thrown away in the end, so that it need not survive a power cut.
            url = f"sqlite:///{pathlib.Path(folder, 'village.db')}?synchronous=NORMAL"
        clock = FixedClock("2000-01-01 08:00")
        try:
            desk = open_desk(url, zone=asked.zone, policy=asked.policy, clock=clock, senders=[Gateway()])
            replay(cleanup.enter_context(desk), clock, asked)
        except (AdapterError, InvalidValue) as refusal:
            print(refusal, file=sys.stderr)
            return 2
        except BrokenPipeError:
            # Whoever read along has seen enough.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
