"""
Schedules and dated payments for other programs: records for a data frame, CSV, and JSON that reads back the same.

Amounts are strings of plain decimals in CSV and JSON, never numbers that a reader could take for floats.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import NoReturn

from overdue_visit.errors import InvalidValue
from overdue_visit.money import Money
from overdue_visit.repayment.demands import as_tuple, demand, tuple_of
from overdue_visit.repayment.flows import Flow, currency_of
from overdue_visit.repayment.row import Row
from overdue_visit.repayment.schedule import Schedule, demand_schedule

Record = dict[str, int | str | dt.date | Decimal | None]
"""A row as a data frame takes it: whole numbers, words, dates and exact decimals."""

_Record = Mapping[str, int | str | dt.date | Decimal | None]

SCHEDULE_FORMAT = "overdue_visit.schedule/1"
FLOWS_FORMAT = "overdue_visit.flows/1"

_AMOUNTS: Mapping[str, Callable[[Row], Money]] = {
    "payment": lambda row: row.payment,
    "interest": lambda row: row.interest,
    "principal": lambda row: row.principal,
    "fee": lambda row: row.fee,
    "penalty": lambda row: row.penalty,
    "capitalised": lambda row: row.capitalised,
    "balance": lambda row: row.balance,
}


def schedule_records(schedule: Schedule) -> tuple[Record, ...]:
    """
    Return a record for each row: number, due, seven amounts as `Decimal`, and the currency.
    """
    demand_schedule(schedule)
    return tuple(
        {
            "number": row.number,
            "due": row.due,
            **{code: take(row).decimal for code, take in _AMOUNTS.items()},
            "currency": schedule.currency,
        }
        for row in schedule.rows
    )


def flow_records(flows: Sequence[Flow]) -> tuple[Record, ...]:
    """
    Return a record for each payment: its date, its amount as `Decimal`, and the currency.
    """
    return tuple(
        {"on": flow.on, "amount": flow.amount.decimal, "currency": flow.amount.currency}
        for flow in tuple_of(flows, Flow, "flows")
    )


def to_csv(records: Sequence[_Record]) -> str:
    """
    Write records as CSV (RFC 4180): a line of codes, then the rows; dates as ISO 8601, amounts as plain decimals.

    Codes are the same in every language, and lines end in CR LF.

    Raises:
        InvalidValue: If there is no record, or one has other fields than the first.
    """
    rows = _records(records)
    if not rows:
        raise InvalidValue("records", records, "one record at least")
    codes = list(rows[0])
    for record in rows:
        if list(record) != codes:
            raise InvalidValue("records", list(record), f"the fields {codes}")
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(codes)
    writer.writerows([_cell(value) for value in record.values()] for record in rows)
    return out.getvalue()


def _records(records: Sequence[_Record]) -> tuple[_Record, ...]:
    accepted = "records, such as those of schedule_records"
    found = as_tuple(records, "records", accepted=accepted)
    for record in found:
        demand(record, Mapping, "records", accepted=accepted)
    return found


def schedule_to_json(schedule: Schedule) -> str:
    """
    Write a schedule as JSON; `schedule_from_json` reads the same schedule back.
    """
    demand_schedule(schedule)
    return json.dumps(
        {
            "format": SCHEDULE_FORMAT,
            "kind": schedule.kind,
            "currency": schedule.currency,
            "drawn": schedule.drawn.isoformat(),
            "opening": _text(schedule.opening),
            "instalment": None if schedule.instalment is None else _text(schedule.instalment),
            "rows": [
                {
                    "number": row.number,
                    "due": row.due.isoformat(),
                    **{code: _text(take(row)) for code, take in _AMOUNTS.items()},
                }
                for row in schedule.rows
            ],
        },
        ensure_ascii=False,
    )


def schedule_from_json(text: str) -> Schedule:
    """
    Read a schedule that `schedule_to_json` wrote.

    Raises:
        InvalidValue: If the text is no such schedule: another format, a field missing, unknown or malformed, an amount
            that is a number, or a row whose parts do not add up.
    """
    found = _fields("schedule", _read(text), ("format", "kind", "currency", "drawn", "opening", "instalment", "rows"))
    _demand_format(found["format"], SCHEDULE_FORMAT)
    if not isinstance(found["kind"], str):
        raise InvalidValue("kind", found["kind"], "the name of a kind of schedule")
    currency, instalment = _word(found["currency"], "currency"), found["instalment"]
    return Schedule(
        kind=found["kind"],
        currency=currency,
        drawn=_date(found["drawn"], "drawn"),
        opening=_money(found["opening"], currency),
        instalment=None if instalment is None else _money(instalment, currency),
        rows=tuple(_row(row, currency) for row in _list(found["rows"], "rows")),
    )


def flows_to_json(flows: Sequence[Flow]) -> str:
    """
    Write dated payments, such as an offer's instalments, as JSON; `flows_from_json` reads the same back.

    Raises:
        InvalidValue: If there is none.
        CurrencyMismatch: If they have several currencies.
    """
    currency = currency_of(flows)
    rows = [{"on": flow.on.isoformat(), "amount": _text(flow.amount)} for flow in flows]
    return json.dumps({"format": FLOWS_FORMAT, "currency": currency, "flows": rows})


def flows_from_json(text: str) -> tuple[Flow, ...]:
    """
    Read dated payments that `flows_to_json` wrote.

    Raises:
        InvalidValue: If the text is nothing of that kind; the field is named.
    """
    found = _fields("flows", _read(text), ("format", "currency", "flows"))
    _demand_format(found["format"], FLOWS_FORMAT)
    currency = _word(found["currency"], "currency")
    rows = [_fields("flow", row, ("on", "amount")) for row in _list(found["flows"], "flows")]
    return tuple(Flow(_date(row["on"], "on"), _money(row["amount"], currency)) for row in rows)


def _cell(value: int | str | dt.date | Decimal | None) -> str:
    match value:
        case None:
            return ""
        case Decimal():
            return f"{value:f}"
        case dt.date():
            return value.isoformat()
        case _:
            return str(value)


def _text(money: Money) -> str:
    return f"{money.decimal:f}"


def _row(found: object, currency: str) -> Row:
    row = _fields("row", found, ("number", "due", *_AMOUNTS))
    amounts = {code: _money(row[code], currency) for code in _AMOUNTS}
    number = row["number"]
    if type(number) is not int:
        raise InvalidValue("number", number, "a whole number of at least 1")
    return Row.of(number=number, due=_date(row["due"], "due"), **amounts)


def _read(text: str) -> object:
    try:
        found: object = json.loads(text, parse_float=_no_float, parse_constant=_no_float)
    except InvalidValue:
        raise
    except (ValueError, TypeError, RecursionError):
        raise InvalidValue("json", text, "JSON text") from None
    return found


def _no_float(text: str) -> NoReturn:
    raise InvalidValue("json", text, "amounts as strings, such as '12.30'")


def _fields(field: str, found: object, names: Sequence[str]) -> Mapping[str, object]:
    if not isinstance(found, dict) or set(found) != set(names):
        raise InvalidValue(field, found, "an object with the fields " + ", ".join(names))
    return found


def _list(found: object, field: str) -> Sequence[object]:
    if not isinstance(found, list):
        raise InvalidValue(field, found, "a list")
    return found


def _word(found: object, field: str) -> str:
    if not isinstance(found, str):
        raise InvalidValue(field, found, "a word")
    return found


def _money(found: object, currency: str) -> Money:
    return Money(_word(found, "amount"), currency)


def _date(found: object, field: str) -> dt.date:
    text = _word(found, field)
    try:
        day = dt.date.fromisoformat(text)
    except ValueError:
        day = None
    # Python reads weeks and dates without hyphens too; what is written here has hyphens.
    if day is None or day.isoformat() != text:
        raise InvalidValue(field, found, "an ISO 8601 date, such as '2026-05-01'")
    return day


def _demand_format(found: object, wanted: str) -> None:
    if found != wanted:
        raise InvalidValue("format", found, repr(wanted))
