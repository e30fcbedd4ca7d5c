"""
A host that is killed: it runs nights, relays and visits over eighteen days on SQLite, and starts over where it stopped.

Run as ``python killed_host.py FOLDER``. Whatever it did before, it goes on from the first day again: nights and keyed
acts may be repeated at will. A line to ``sent.log`` is the letter that reached the household.
"""

from __future__ import annotations

import os
import pathlib
import sys
from datetime import date, time, timedelta
from time import sleep as pause

from overdue_visit import (
    AgreePlan,
    Appoint,
    HouseholdBudget,
    Instalment,
    Interview,
    Loan,
    Money,
    NotAllowed,
    RecordVisit,
    open_desk,
)
from overdue_visit.adapters.clock import FixedClock
from overdue_visit.adapters.memory_loan_book import MemoryLoanBook
from overdue_visit.ports.sender import Receipt

ZONE = "Africa/Nairobi"
FIRST, DAYS, LOANS = date(2026, 3, 6), 18, 8
BUDGET = HouseholdBudget(income=Money("90", "KES"), necessary=Money("50", "KES"))


class LogSender:
    """Appends a line for each letter, durably; the same key twice is two lines, so it must not come twice."""

    channels = frozenset({"sms", "email", "letter"})
    idempotent = False

    def __init__(self, path):
        self.path = path

    def send(self, letter, *, key):  # noqa: ARG002 - the port's shape
        """
        Write the line in one go.
        """
        # A gateway takes its time: many a kill falls just before the letter is out, or just after.
        pause(0.03)
        with self.path.open("ab", buffering=0) as log:
            log.write(f"{key}\n".encode())
            os.fsync(log.fileno())
        pause(0.12)
        return Receipt(key)


def book_on(day):
    """
    Return the ledger as it stands on a day: every third loan is paid after a while, one payment bounces.
    """
    loans = []
    for number in range(LOANS):
        loan = Loan(
            f"ke-{number}",
            borrower=f"b-{number // 2}",
            schedule=[
                Instalment(date(2026, 3, 1), Money("120", "KES")),
                Instalment(date(2026, 4, 20), Money("9", "KES")),
            ],
        )
        paid = FIRST + timedelta(days=2 * number)
        if number % 3 == 0 and paid <= day:
            loan = loan.pay(Money("120", "KES"), on=paid, ref=f"m-{number}")
            if number == 3 and paid + timedelta(days=4) <= day:
                loan = loan.reverse("m-3", on=paid + timedelta(days=4))
        loans.append(loan)
    return MemoryLoanBook(loans)


def visit(desk, day):
    """
    Visit whoever is notified; keys make every act one that happens once.
    """
    for number in range(LOANS):
        case_id = f"ke-{number}/1"
        if desk._settings.store.case("default", case_id) is None or desk.case(case_id).state != "notified":
            continue
        interview = Interview(reason="income_lost", willing=True, budget=BUDGET, own_words=f"word of {number}")
        try:
            appoint = Appoint(day, time(14), time(16), place="home", agreed=True)
            desk.do(case_id, appoint, RecordVisit(met="borrower", interview=interview), key=f"visit-{case_id}")
            desk.do(case_id, AgreePlan(desk.proposals(case_id).best, consent="signed"), key=f"plan-{case_id}")
        except NotAllowed:
            continue


def live(folder):
    """
    Live through the days that are left; the day reached is written down when it is over.
    """
    reached = folder / "reached"
    begin = int(reached.read_text()) if reached.exists() else 0
    clock = FixedClock("2026-03-06 09:00")
    url = f"sqlite:///{folder / 'village.db'}?synchronous=NORMAL"
    with open_desk(url, zone=ZONE, clock=clock, senders=[LogSender(folder / "sent.log")]) as desk:
        for number in range(begin, DAYS):
            day = FIRST + timedelta(days=number)
            # Each start of a process is an hour later than the one before: leases of the dead have run out.
            clock.set(f"{day} {9 + len(list(folder.glob('start-*'))) % 9:02}:00")
            desk.close_of_business(book_on(day))
            desk.relay()
            visit(desk, day)
            part = folder / "reached.part"
            part.write_text(str(number + 1))
            part.replace(reached)
        clock.set(f"{FIRST + timedelta(days=DAYS)} 12:00")
        desk.relay()


if __name__ == "__main__":
    print("begins", flush=True)
    live(pathlib.Path(sys.argv[1]))
