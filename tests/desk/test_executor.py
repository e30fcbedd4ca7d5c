"""
The night in parts: any PEP 3148 executor, its workers on desks of their own.
"""

from __future__ import annotations

import concurrent.futures
import contextlib
import datetime as dt
import sqlite3

import pytest

from overdue_visit import Instalment, InvalidValue, Loan, Money, open_desk
from overdue_visit.adapters.clock import FixedClock
from overdue_visit.adapters.memory_loan_book import MemoryLoanBook

CLOCK = "2026-03-09 06:00"


def book():
    """
    Return a book of 40 loans, every fourth paid in time.
    """
    due = dt.date(2026, 3, 1)
    loans = []
    for number in range(40):
        loan = Loan(f"ke-{number:03}", borrower=f"b-{number}", schedule=[Instalment(due, Money("120", "KES"))])
        loans.append(loan if number % 4 else loan.pay(Money("120", "KES"), on=due, ref="m-1"))
    return MemoryLoanBook(loans)


def desk_at(folder, name):
    """
    Open a desk on a file.
    """
    return open_desk(f"sqlite:///{folder}/{name}.db", zone="Africa/Nairobi", clock=FixedClock(CLOCK))


@pytest.mark.parametrize("kind", [concurrent.futures.ThreadPoolExecutor, concurrent.futures.ProcessPoolExecutor])
def test_a_night_in_parts_is_the_same_night(tmp_path, kind):
    """
    Workers open, notice and report what one process would, and a second run finds nothing to do.
    """
    seen = []
    with desk_at(tmp_path, "alone") as alone, desk_at(tmp_path, "parts") as parts, kind(2) as executor:
        expected = alone.close_of_business(book())

        report = parts.close_of_business(book(), executor=executor, progress=seen.append)

        assert (sorted(report.opened), report.facts) == (sorted(expected.opened), expected.facts)
        assert report.looked_at == expected.looked_at == seen[-1]
        assert [case.state for case in parts.cases()] == [case.state for case in alone.cases()]
        assert not parts.close_of_business(book(), executor=executor).facts


def test_workers_cannot_reach_what_lies_in_one_process():
    """
    Memory and a host's own connection are reached by one process only: an executor is refused, naming why.
    """
    host = sqlite3.connect(":memory:", check_same_thread=False)
    with concurrent.futures.ThreadPoolExecutor(1) as executor, contextlib.closing(host):
        for place in ("memory:", host):
            with open_desk(place, zone="UTC", clock=FixedClock(CLOCK)) as desk, pytest.raises(InvalidValue) as refusal:
                desk.close_of_business(book(), executor=executor)

            assert refusal.value.field == "executor"
