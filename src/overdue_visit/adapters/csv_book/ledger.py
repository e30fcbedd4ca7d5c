"""
From the lines of a loan book in CSV to loans; whatever stands in the way is named with its line.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from typing import TypeVar

import attrs

from overdue_visit.adapters.csv_book import entries
from overdue_visit.adapters.csv_book.entries import Allocation, Entry, Head, Part, Stated, Status, Version
from overdue_visit.adapters.csv_book.table import Line
from overdue_visit.errors import InvalidValue
from overdue_visit.loan import (
    Charge,
    DuplicateInstalment,
    DuplicateRef,
    Instalment,
    Loan,
    LoanStatus,
    Payment,
    Reversal,
    ScheduleVersion,
)
from overdue_visit.money import Money
from overdue_visit.ports.loan_book import BadRow, DuplicateLoan

E = TypeVar("E")

_COLUMN_OF = {"due": "date", "on": "date", "since": "date", "status_on": "date"}


@attrs.frozen
class _Refused(Exception):
    """Carries a refusal and its line to where they are listed."""

    line: int
    why: InvalidValue


def loans(lines: Iterable[Line], *, left_out: AbstractSet[str], mark: str) -> tuple[list[Loan], list[BadRow]]:
    """
    Make a loan of the lines of each id; list the lines for which that is not possible.

    Args:
        left_out: Loans that are left out already, for another line.
    """
    problems: list[BadRow] = []
    refused = set(left_out)
    by_loan: dict[str, list[tuple[Line, Entry]]] = defaultdict(list)
    for line in lines:
        try:
            by_loan[line["loan"]].append((line, entries.read(line)))
        except InvalidValue as error:
            problems.append(_bad(line.number, error, line["loan"]))
            refused.add(line["loan"])
    made = []
    for loan_id, read in by_loan.items():
        if loan_id in refused:
            continue
        try:
            made.append(_Ledger(loan_id, read).loan(mark))
        except _Refused as found:
            problems.append(_bad(found.line, found.why, loan_id))
        except InvalidValue as error:
            problems.append(_bad(_line_of(error, read), error, loan_id))
    return made, problems


def _bad(line: int, error: InvalidValue, loan_id: str) -> BadRow:
    return BadRow(line, error.field, error.value, error.accepted, loan_id or None)


def _line_of(error: InvalidValue, read: Sequence[tuple[Line, Entry]]) -> int:
    """
    Find the last line that holds the refused value, else the loan's first.
    """
    column = _COLUMN_OF.get(error.field, error.field)
    for line, entry in reversed(read):
        fits = error.field != "due" or isinstance(entry, Part)
        if fits and line.cells.get(column) == str(error.value):
            return line.number
    return read[0][0].number


class _Ledger:
    """All lines of one loan, by what they say."""

    def __init__(self, loan_id: str, read: Sequence[tuple[Line, Entry]]) -> None:
        self._id = loan_id
        self._first = read[0][0].number
        self._heads = [(line.number, entry) for line, entry in read if isinstance(entry, Head)]
        self._parts = [(line.number, entry) for line, entry in read if isinstance(entry, Part)]
        self._versions = [(line.number, entry) for line, entry in read if isinstance(entry, Version)]
        self._payments = [(line.number, entry) for line, entry in read if isinstance(entry, Payment)]
        self._charges = [(line.number, entry) for line, entry in read if isinstance(entry, Charge)]
        self._allocations = [(line.number, entry) for line, entry in read if isinstance(entry, Allocation)]
        self._reversals = [entry for _, entry in read if isinstance(entry, Reversal)]
        self._statuses = [(line.number, entry) for line, entry in read if isinstance(entry, Status)]
        self._stated = [(line.number, entry) for line, entry in read if isinstance(entry, Stated)]

    def loan(self, mark: str) -> Loan:
        """
        Put the lines together.

        Of several statuses, or statements of days past due, the latest one counts.
        """
        head = self._head()
        self._check_refs()
        status = _latest([(number, status.on, status) for number, status in self._statuses])
        stated = _latest([(number, stated.arrears.on, stated) for number, stated in self._stated])
        return Loan(
            self._id,
            borrower=head.borrower,
            versions=self._all_versions(head),
            payments=self._all_payments(),
            reversals=self._reversals,
            charges=[charge for _, charge in self._charges],
            status=status.status if status else LoanStatus.ACTIVE,
            status_on=status.on if status else None,
            mark=mark,
            disbursed=head.disbursed,
            stated=stated.arrears if stated else None,
            attributes=head.attributes,
        )

    def _head(self) -> Head:
        if not self._heads:
            raise _Refused(self._first, InvalidValue("loan", self._id, "a loan that has a line of entry loan"))
        if len(self._heads) > 1:
            accepted = f"each loan once; line {self._heads[0][0]} has it too"
            raise _Refused(self._heads[1][0], DuplicateLoan("loan", self._id, accepted))
        return self._heads[0][1]

    def _check_refs(self) -> None:
        seen: dict[str, int] = {}
        both: list[tuple[int, Payment | Charge]] = [*self._payments, *self._charges]
        for number, entry in sorted(both, key=lambda one: one[0]):
            if entry.ref in seen:
                accepted = f"each reference once in a loan; line {seen[entry.ref]} has it too"
                raise _Refused(number, DuplicateRef("ref", entry.ref, accepted))
            seen[entry.ref] = number

    def _all_payments(self) -> list[Payment]:
        allocated: dict[str, list[tuple[int, Allocation]]] = defaultdict(list)
        for number, allocation in self._allocations:
            allocated[allocation.ref].append((number, allocation))
        found = [_allocated(payment, allocated.pop(payment.ref, [])) for _, payment in self._payments]
        for ref, rest in allocated.items():
            raise _Refused(rest[0][0], InvalidValue("ref", ref, "the ref of a payment of this loan"))
        return found

    def _all_versions(self, head: Head) -> list[ScheduleVersion]:
        parts: dict[int, list[tuple[int, Part]]] = defaultdict(list)
        for number, part in self._parts:
            parts[part.version].append((number, part))
        named: dict[int, Version] = {}
        for number, version in self._versions:
            if version.number in named:
                raise _Refused(number, InvalidValue("version", version.number, "each version once"))
            if version.number not in parts:
                raise _Refused(number, InvalidValue("version", version.number, "a version that has instalments"))
            named[version.number] = version
        if not parts:
            raise _Refused(self._first, InvalidValue("entry", "loan", "also lines of entry instalment"))
        return [_version(number, named.get(number), parts[number], head) for number in sorted(parts)]


def _latest(dated: Sequence[tuple[int, dt.date | None, E]]) -> E | None:
    seen: dict[dt.date, E] = {}
    for number, on, entry in dated:
        day = on or dt.date.min
        if day in seen:
            raise _Refused(number, InvalidValue("date", on, "one such line a day"))
        seen[day] = entry
    return seen[max(seen)] if seen else None


def _allocated(payment: Payment, allocations: Sequence[tuple[int, Allocation]]) -> Payment:
    if not allocations:
        return payment
    try:
        return attrs.evolve(payment, allocation=[allocation.part for _, allocation in allocations])
    except InvalidValue as error:
        raise _Refused(allocations[-1][0], error) from error


def _version(number: int, version: Version | None, parts: Sequence[tuple[int, Part]], head: Head) -> ScheduleVersion:
    by_number: dict[int, list[tuple[int, Part]]] = defaultdict(list)
    for line, part in parts:
        by_number[part.number].append((line, part))
    instalments = [_instalment(by_number[instalment]) for instalment in sorted(by_number)]
    if version is not None:
        return ScheduleVersion(number, version.since, tuple(instalments), version.reason, version.booked)
    if number > 1:
        raise _Refused(parts[0][0], InvalidValue("version", number, "a version with a line of entry reschedule"))
    return ScheduleVersion.original(instalments, disbursed=head.disbursed)


def _instalment(parts: Sequence[tuple[int, Part]]) -> Instalment:
    first = parts[0][1]
    for line, part in parts[1:]:
        if part.component is None or first.component is None:
            accepted = f"each instalment once, or in components; line {parts[0][0]} has it too"
            raise _Refused(line, DuplicateInstalment("number", part.number, accepted))
        if part.due != first.due:
            raise _Refused(line, InvalidValue("date", part.due, f"{first.due}, as on line {parts[0][0]}"))
    try:
        amount = Money.total((part.amount for _, part in parts), first.amount.currency)
        components = [(part.component, part.amount) for _, part in parts if part.component is not None]
        return Instalment(first.due, amount, number=first.number, components=components)
    except InvalidValue as error:
        raise _Refused(parts[-1][0], error) from error
