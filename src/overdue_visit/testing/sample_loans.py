"""
Single loans for tests of a loan book: plain ones, and one for each reason to look at a loan on a day.
"""

from __future__ import annotations

import datetime as dt

import attrs

from overdue_visit.loan import Allocated, Component, Instalment, Loan, LoanStatus, Payment, StatedArrears
from overdue_visit.money import Money
from overdue_visit.testing.ledgers import CURRENCY, FIRST

LOOK_ON = dt.date(2026, 3, 8)
BEFORE, AFTER = dt.date(2026, 3, 1), dt.date(2026, 3, 20)
ALL = Money("120.00", CURRENCY)


def due(loan_id: str, on: dt.date) -> Loan:
    """
    Return a loan of one instalment that falls due on a day.
    """
    return Loan(loan_id, borrower="b-17", schedule=[Instalment(on, ALL)])


def plain(loan_id: str) -> Loan:
    """
    Return a loan of one instalment of which nothing is paid.
    """
    return due(loan_id, FIRST)


def paid(loan_id: str) -> Loan:
    """
    Return a loan of one instalment that was paid on its day.
    """
    return due(loan_id, BEFORE).pay(ALL, on=BEFORE, ref="m-1")


REASONS_TO_LOOK = {
    "a week past due": due("ke-001", BEFORE),
    "due that very day": due("ke-001", LOOK_ON),
    "partly paid": due("ke-001", BEFORE).pay(Money("119.99", CURRENCY), on=BEFORE, ref="m-1"),
    "paid in time but not yet booked": due("ke-001", BEFORE).pay(ALL, on=BEFORE, booked=AFTER, ref="m-1"),
    "paid on value of that day": due("ke-001", BEFORE).pay(ALL, on=LOOK_ON, booked=BEFORE, ref="m-1"),
    "booked that day": due("ke-001", BEFORE).pay(ALL, on=BEFORE, booked=LOOK_ON, ref="m-1"),
    "paid beforehand that day": due("ke-001", AFTER).pay(ALL, on=LOOK_ON, ref="m-1"),
    "the payment reversed": paid("ke-001").reverse("m-1", on=BEFORE),
    "the payment reversed that day": paid("ke-001").reverse("m-1", on=LOOK_ON),
    "a fee unpaid": paid("ke-001").charge(Component.FEES, Money("5.00", CURRENCY), on=BEFORE, ref="f-1"),
    "money on a later instalment": Loan(
        "ke-001",
        borrower="b-17",
        schedule=[Instalment(BEFORE, ALL), Instalment(AFTER, ALL)],
        payments=[Payment(ALL, BEFORE, ref="m-1", allocation=[Allocated(ALL, instalment=2)])],
    ),
    "rescheduled that day": paid("ke-001").reschedule([Instalment(BEFORE, ALL)], since=LOOK_ON, reason="extended"),
    "rescheduled to more": paid("ke-001").reschedule([Instalment(BEFORE, ALL * 2)], since=BEFORE, reason="dearer"),
    "stated past due": attrs.evolve(paid("ke-001"), stated=StatedArrears(7, BEFORE)),
    "written off that day": attrs.evolve(paid("ke-001"), status=LoanStatus.WRITTEN_OFF, status_on=LOOK_ON),
}
"""One loan for each reason; none of them needs a look on `LOOK_ON` for another."""
