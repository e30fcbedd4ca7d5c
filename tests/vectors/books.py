"""
Reads the loan books that lie beside ``truth.json``, plain or gzipped, into loans of the library.
"""

from __future__ import annotations

import csv
import datetime as dt
import gzip
import io
import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from overdue_visit.errors import InvalidValue
from overdue_visit.loan import Instalment, Loan, LoanStatus, Payment, StatedArrears
from overdue_visit.money import Money
from tests.vectors.report import Unreadable

Row = Mapping[str, str]

# Publisher of loan500 names no currency; days past due do not depend on it.
LOAN500_CURRENCY = "PHP"


def find(folder: Path, name: str) -> Path | None:
    """
    Find a table by its name, gzipped or plain.
    """
    for path in (folder / f"{name}.csv.gz", folder / f"{name}.csv"):
        if path.is_file():
            return path
    return None


def table(folder: Path, name: str, *columns: str) -> list[Row]:
    """
    Read a whole table that must have *columns*.

    Raises:
        Unreadable: If it is not there, truncated, no CSV, or lacks a column or a field.
    """
    path = find(folder, name)
    if path is None:
        raise Unreadable(f"{folder}: neither {name}.csv.gz nor {name}.csv")
    try:
        with gzip.open(path, "rb") if path.suffix == ".gz" else path.open("rb") as raw:
            file = io.TextIOWrapper(raw, encoding="utf-8-sig", newline="")
            return list(_rows(path, csv.DictReader(file, strict=True), columns))
    except (OSError, EOFError, zlib.error, UnicodeDecodeError, csv.Error) as error:
        raise Unreadable(f"{path}: {error}") from error


def _rows(path: Path, reader: csv.DictReader[str], columns: Iterable[str]) -> Iterator[Row]:
    missing = set(columns) - set(reader.fieldnames or ())
    if missing:
        raise Unreadable(f"{path}: lacks the columns {', '.join(sorted(missing))}")
    for row in reader:
        if None in row or None in row.values():
            raise Unreadable(f"{path}: line {reader.line_num} has too few or too many fields")
        yield row


def superlender(folder: Path) -> list[Loan]:
    """
    Build the loans of one instalment; those of several have no published schedule.

    Raises:
        Unreadable: If a table is broken or holds what no loan can.
    """
    approved = {
        row["loan_id"]: row for row in table(folder, "superlender_loans", "loan_id", "borrower_id", "approved_at")
    }
    payments: dict[str, list[Row]] = defaultdict(list)
    for row in table(folder, "superlender_payments", "loan_id", "paid_at", "booked_at", "amount_ngn"):
        payments[row["loan_id"]].append(row)
    schedules: dict[str, list[Row]] = defaultdict(list)
    columns = ("loan_id", "instalment_no", "due_date", "amount_due_ngn")
    for row in table(folder, "superlender_schedule", *columns):
        schedules[row["loan_id"]].append(row)
    loans = []
    for loan_id, schedule in schedules.items():
        if loan_id not in approved:
            raise Unreadable(f"{folder}: loan {loan_id} has a schedule but no row in superlender_loans")
        try:
            loans.append(_superlender_loan(approved[loan_id], schedule, payments[loan_id]))
        except ValueError as error:
            raise Unreadable(f"{folder}: superlender loan {loan_id}: {error}") from error
    return loans


def _superlender_loan(row: Row, schedule: list[Row], paid: list[Row]) -> Loan:
    instalments = [
        Instalment(_day(i["due_date"]), Money(i["amount_due_ngn"], "NGN"), number=int(i["instalment_no"]))
        for i in schedule
    ]
    total = Money.total((i.amount for i in instalments), "NGN")
    amounts = _amounts(total, [payment["amount_ngn"] for payment in paid])
    return Loan(
        row["loan_id"],
        borrower=row["borrower_id"],
        schedule=instalments,
        payments=[
            Payment(amount, _day(p["paid_at"]), booked=_day(p["booked_at"]), ref=f"payment-{n}")
            for n, (p, amount) in enumerate(zip(paid, amounts, strict=True), start=1)
            if amount
        ],
        disbursed=_day(row["approved_at"]),
    )


def _amounts(total: Money, stated: list[str]) -> list[Money]:
    """
    Fill in the amounts the source does not have: equal parts of what the known ones leave.

    The truth is that the last one clears the loan, and it does so whatever the ones before it were.
    """
    known = [Money(text, total.currency) for text in stated if text]
    unknown = len(stated) - len(known)
    if not unknown:
        return known
    left = max(total - Money.total(known, total.currency), Money.zero(total.currency))
    parts = iter(left.split(unknown))
    return [Money(text, total.currency) if text else next(parts) for text in stated]


def loan500(folder: Path, as_of: dt.date) -> list[Loan]:
    """
    Build the short loans, each of one instalment, with the publisher's own days past due.

    Raises:
        Unreadable: If the table is broken or holds what no loan can.
    """
    columns = ("loan_id", "status", "principal", "effective_date", "due_date", "paid_off_at", "publisher_past_due_days")
    loans = []
    for row in table(folder, "loan500_loans", *columns):
        try:
            loans.append(_loan500_loan(row, as_of))
        except ValueError as error:
            raise Unreadable(f"{folder}: loan500 loan {row['loan_id']}: {error}") from error
    return loans


def _loan500_loan(row: Row, as_of: dt.date) -> Loan:
    amount = Money(row["principal"], LOAN500_CURRENCY)
    paid_on = _day(row["paid_off_at"]) if row["paid_off_at"] else None
    stated = row["publisher_past_due_days"]
    return Loan(
        row["loan_id"],
        borrower=row["loan_id"],
        schedule=[Instalment(_day(row["due_date"]), amount, number=1)],
        payments=[Payment(amount, paid_on, ref="payment-1")] if paid_on else (),
        status=LoanStatus.PAID_OFF if paid_on else LoanStatus.ACTIVE,
        status_on=paid_on,
        disbursed=_day(row["effective_date"]),
        stated=StatedArrears(int(stated), paid_on or as_of) if stated else None,
        attributes={"loan500:status": row["status"], "loan500:rollovers": int(row.get("implied_rollovers") or 0)},
    )


def _day(stamp: str) -> dt.date:
    try:
        return dt.datetime.fromisoformat(stamp).date()
    except ValueError:
        raise InvalidValue("date", stamp, "an ISO 8601 date, with or without a time") from None
