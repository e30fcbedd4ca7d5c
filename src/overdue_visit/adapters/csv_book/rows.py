"""
From a loan to the lines of a loan book in CSV.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from overdue_visit.loan import Allocated, Charge, Component, Instalment, Loan, LoanStatus, Payment, ScheduleVersion
from overdue_visit.money import Money

Row = Mapping[str, str]


def of(loan: Loan) -> Iterator[Row]:
    """
    Write a loan line by line, the line of the loan itself first.
    """
    yield _row(
        loan,
        "loan",
        borrower=loan.borrower,
        date=loan.disbursed,
        **{name: str(value) for name, value in loan.attributes.items()},
    )
    for version in loan.versions:
        yield from _version(loan, version)
    for payment in loan.payments:
        yield from _payment(loan, payment)
    for charge in loan.charges:
        yield _row(loan, "charge", component=charge.component, **_dated(charge), **_amount(charge.amount))
    for reversal in loan.reversals:
        yield _row(loan, "reversal", date=reversal.on, booked=reversal.booked, ref=reversal.ref)
    if loan.status is not LoanStatus.ACTIVE or loan.status_on is not None:
        yield _row(loan, "status", date=loan.status_on, reason=loan.status)
    if loan.stated is not None:
        amount = {} if loan.stated.amount is None else _amount(loan.stated.amount)
        yield _row(loan, "stated", number=loan.stated.days_past_due, date=loan.stated.on, **amount)


def _row(loan: Loan, entry: str, **cells: object) -> Row:
    filled = {name: str(cell) for name, cell in cells.items() if cell is not None}
    return {"loan": loan.id, "entry": entry, **filled}


def _amount(amount: Money) -> dict[str, object]:
    return {"amount": f"{amount.decimal:f}", "currency": amount.currency}


def _dated(entry: Payment | Charge) -> dict[str, object]:
    return {"date": entry.on, "booked": entry.booked, "ref": entry.ref}


def _version(loan: Loan, version: ScheduleVersion) -> Iterator[Row]:
    if version != ScheduleVersion.original(version.instalments, disbursed=loan.disbursed):
        yield _row(
            loan,
            "reschedule",
            version=version.number,
            date=version.since,
            booked=version.booked,
            reason=version.reason,
        )
    for instalment in version.instalments:
        yield from _instalment(loan, version.number, instalment)


def _instalment(loan: Loan, version: int, instalment: Instalment) -> Iterator[Row]:
    parts: list[tuple[Component | None, Money]] = [(part.component, part.amount) for part in instalment.components]
    for component, amount in parts or [(None, instalment.amount)]:
        yield _row(
            loan,
            "instalment",
            version=version,
            number=instalment.number,
            date=instalment.due,
            component=component,
            **_amount(amount),
        )


def _payment(loan: Loan, payment: Payment) -> Iterator[Row]:
    yield _row(loan, "payment", **_dated(payment), **_amount(payment.amount))
    for part in payment.allocation:
        yield _allocation(loan, payment, part)


def _allocation(loan: Loan, payment: Payment, part: Allocated) -> Row:
    return _row(
        loan,
        "allocation",
        ref=payment.ref,
        number=part.instalment,
        component=part.component,
        covers=part.charge,
        **_amount(part.amount),
    )
