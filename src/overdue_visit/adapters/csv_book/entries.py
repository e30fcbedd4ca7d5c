"""
What one line of a loan book in CSV says, as a value.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping

import attrs

from overdue_visit.adapters.csv_book.table import COLUMNS, Line
from overdue_visit.errors import InvalidValue
from overdue_visit.loan import Allocated, Charge, Component, LoanStatus, Payment, Reversal, StatedArrears
from overdue_visit.money import Money

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_NUMBER = re.compile(r"[0-9]{1,6}")


@attrs.frozen
class Head:
    """The line of the loan itself."""

    borrower: str
    disbursed: dt.date | None
    attributes: Mapping[str, str]


@attrs.frozen
class Part:
    """An instalment, or one component of it."""

    version: int
    number: int
    due: dt.date
    amount: Money
    component: Component | None


@attrs.frozen
class Version:
    """A later version of the schedule, without its instalments."""

    number: int
    since: dt.date
    booked: dt.date
    reason: str


@attrs.frozen
class Allocation:
    """Where a payment was put."""

    ref: str
    part: Allocated


@attrs.frozen
class Status:
    """A status, and since when, if the line says so."""

    status: LoanStatus
    on: dt.date | None


@attrs.frozen
class Stated:
    """What the ledger says itself."""

    arrears: StatedArrears


Entry = Head | Part | Version | Payment | Allocation | Reversal | Charge | Status | Stated


def read(line: Line) -> Entry:
    """
    Read one line.

    Raises:
        InvalidValue: If the entry is unknown, a cell cannot be read, or one is filled that this entry does not use.
    """
    if not line["loan"]:
        raise InvalidValue("loan", "", "the id of a loan")
    found = _ENTRIES.get(line["entry"])
    if found is None:
        raise InvalidValue("entry", line["entry"], "one of " + ", ".join(_ENTRIES))
    reader, uses = found
    for column in COLUMNS[3:]:
        if column not in uses and line[column]:
            raise InvalidValue(column, line[column], f"nothing: a line of entry {line['entry']} does not use it")
    if reader is not _head and line.attributes:
        raise InvalidValue(*next(iter(line.attributes.items())), "nothing: attributes stand on the line of entry loan")
    return reader(line)


def _day(line: Line, column: str = "date") -> dt.date:
    text = line[column]
    try:
        if not _DAY.fullmatch(text):
            raise ValueError(text)  # noqa: TRY301 - the same refusal as for a day that does not exist
        return dt.date.fromisoformat(text)
    except ValueError:
        raise InvalidValue(column, text, "a day such as 2026-03-01") from None


def _booked(line: Line) -> dt.date:
    return _day(line, "booked") if line["booked"] else _day(line)


def _number(line: Line, column: str) -> int:
    if not _NUMBER.fullmatch(line[column]):
        raise InvalidValue(column, line[column], "a whole number such as 1")
    return int(line[column])


def _version_number(line: Line) -> int:
    return _number(line, "version") if line["version"] else 1


def _money(line: Line) -> Money:
    return Money(line["amount"], line["currency"])


def _component(line: Line) -> Component:
    try:
        return Component(line["component"])
    except ValueError:
        raise InvalidValue("component", line["component"], "one of " + ", ".join(Component)) from None


def _head(line: Line) -> Head:
    if not line["borrower"]:
        raise InvalidValue("borrower", "", "the id of the borrower")
    return Head(line["borrower"], _day(line) if line["date"] else None, line.attributes)


def _part(line: Line) -> Part:
    component = _component(line) if line["component"] else None
    return Part(_version_number(line), _number(line, "number"), _day(line), _money(line), component)


def _version(line: Line) -> Version:
    return Version(_version_number(line), _day(line), _booked(line), line["reason"])


def _payment(line: Line) -> Payment:
    return Payment(_money(line), _day(line), booked=_booked(line), ref=line["ref"])


def _allocation(line: Line) -> Allocation:
    component = _component(line) if line["component"] else None
    instalment = _number(line, "number") if line["number"] else None
    charge = line["covers"] or None
    return Allocation(line["ref"], Allocated(_money(line), instalment=instalment, component=component, charge=charge))


def _reversal(line: Line) -> Reversal:
    return Reversal(line["ref"], _day(line), booked=_booked(line))


def _charge(line: Line) -> Charge:
    return Charge(_component(line), _money(line), _day(line), booked=_booked(line), ref=line["ref"])


def _status(line: Line) -> Status:
    try:
        status = LoanStatus(line["reason"])
    except ValueError:
        raise InvalidValue("reason", line["reason"], "one of " + ", ".join(LoanStatus)) from None
    return Status(status, _day(line) if line["date"] else None)


def _stated(line: Line) -> Stated:
    amount = _money(line) if line["amount"] else None
    return Stated(StatedArrears(_number(line, "number"), _day(line), amount))


_ENTRIES: Mapping[str, tuple[Callable[[Line], Entry], frozenset[str]]] = {
    "loan": (_head, frozenset({"date"})),
    "instalment": (_part, frozenset({"version", "number", "date", "amount", "currency", "component"})),
    "reschedule": (_version, frozenset({"version", "date", "booked", "reason"})),
    "payment": (_payment, frozenset({"date", "booked", "amount", "currency", "ref"})),
    "allocation": (_allocation, frozenset({"number", "amount", "currency", "ref", "component", "covers"})),
    "reversal": (_reversal, frozenset({"date", "booked", "ref"})),
    "charge": (_charge, frozenset({"date", "booked", "amount", "currency", "ref", "component"})),
    "status": (_status, frozenset({"date", "reason"})),
    "stated": (_stated, frozenset({"number", "date", "amount", "currency"})),
}
"""How each entry is read, and which columns it uses besides loan, borrower and entry."""
