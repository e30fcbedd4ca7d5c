"""
The level schedules of a whole book in columns, against the same made one by one.

The books: 100,000 loans of 36 months with a dozen rates, of mixed lengths, and with a thousand rates. One by one is a
sample of 1,000 of the same loans. Ours gives columns of integers; dates and rows are made on demand, and measured too.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence

from benchmarks.schedules import DRAWN, Asked, a_loan, loans, ours
from benchmarks.timing import Figure, rate
from overdue_visit.errors import MissingExtra
from overdue_visit.rate import Rate

LOANS = 100_000
SAMPLE = 1_000
ROUNDS = 5


def _columns(book: Sequence[Asked]) -> tuple[list[int], list[Rate], list[int]]:
    rates = {points: Rate.from_ratio(points, 10_000) for points in {loan.basis_points for loan in book}}
    return [loan.minor for loan in book], [rates[loan.basis_points] for loan in book], [loan.months for loan in book]


def _together(book: Sequence[Asked]) -> float:
    from overdue_visit.repayment import batch  # noqa: PLC0415 - it asks for an extra

    principals, rates, counts = _columns(book)
    start = time.process_time()
    batch.level(principals, currency="CNY", rates=rates, counts=counts)
    return (time.process_time() - start) / len(book)


def _read_back(book: Sequence[Asked]) -> float:
    from overdue_visit.repayment import batch  # noqa: PLC0415 - it asks for an extra

    principals, rates, counts = _columns(book)
    made = batch.level(principals, currency="CNY", rates=rates, counts=counts)
    start = time.process_time()
    for place in range(len(book)):
        made.schedule(place, drawn=DRAWN)
    return (time.process_time() - start) / len(book)


def figures() -> Iterator[Figure]:
    """
    Measure books of few rates, of mixed lengths and of many rates.
    """
    even = loans(36, LOANS)
    mixed = tuple(Asked(loan.minor, loan.basis_points, 6 + place % 55) for place, loan in enumerate(even))
    for what, book in (
        ("100,000 loans of 36 rows, columns / one by one", even),
        ("the same of 6 to 60 rows", mixed),
        ("100,000 loans of 1,000 rates", loans(36, LOANS, rates=1000)),
    ):
        sample = book[:SAMPLE]
        try:
            took = [(_together(book), a_loan(ours, sample)) for _ in range(ROUNDS)]
        except MissingExtra:
            yield Figure(what=what, ours="", limit="", ratio=None, goal="numpy is not installed")
            return
        mine, exact = (min(column) for column in zip(*took, strict=True))
        yield Figure(what=what, ours=rate(mine), limit=rate(exact), ratio=exact / mine, goal=">= 20 x")
    mine = min(_read_back(even[:SAMPLE]) for _ in range(ROUNDS))
    exact = min(a_loan(ours, even[:SAMPLE]) for _ in range(ROUNDS))
    yield Figure(
        what="rows and dates read from columns / one by one",
        ours=rate(mine),
        limit=rate(exact),
        ratio=exact / mine,
        goal="-",
    )
