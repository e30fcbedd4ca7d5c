"""A loan as its ledger sees it: schedule versions, payments, reversals, charges, status and mark."""

from overdue_visit.loan.consistency import Attribute, DuplicateRef, UnknownRef
from overdue_visit.loan.entries import Allocated, Charge, Payment, Reversal, StatedArrears
from overdue_visit.loan.loan import Loan, LoanStatus
from overdue_visit.loan.schedule import (
    Component,
    ComponentAmount,
    DuesOutOfOrder,
    DuplicateInstalment,
    Instalment,
    ScheduleVersion,
)

__all__ = [
    "Allocated",
    "Attribute",
    "Charge",
    "Component",
    "ComponentAmount",
    "DuesOutOfOrder",
    "DuplicateInstalment",
    "DuplicateRef",
    "Instalment",
    "Loan",
    "LoanStatus",
    "Payment",
    "Reversal",
    "ScheduleVersion",
    "StatedArrears",
    "UnknownRef",
]
