"""
A folder with ``truth.json`` and the loan books beside it: every total, and every loan, under every convention there.
"""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import cast

from overdue_visit.loan import Loan
from tests.vectors import books, daily, monthly
from tests.vectors.report import Report, Unreadable

Figures = Mapping[str, object]

TRUTH = "truth.json"


def run(folder: Path, report: Report) -> None:
    """
    Check every set that ``truth.json`` names.

    Raises:
        Unreadable: If it, or a table that it needs, cannot be read.
    """
    unreadable = []
    for name, figures in read_truth(folder / TRUTH).items():
        reader, main_table = _SETS.get(name, (None, ""))
        if reader is None:
            report.leave_out(f"{name} totals", _count(figures), "a loan book that there is no reader for")
        elif books.find(folder, main_table) is None:
            report.leave_out(f"{name} totals", _count(figures), f"no {main_table} beside {TRUTH}")
        else:
            try:
                reader(folder, figures, report)
            except Unreadable as error:
                unreadable.append(str(error))
    if unreadable:
        raise Unreadable("; ".join(unreadable))


def read_truth(path: Path) -> dict[str, Figures]:
    """
    Read the expected totals of each set.

    Raises:
        Unreadable: If the file is not there, or no JSON object of sets.
    """
    try:
        content = json.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError, RecursionError) as error:
        raise Unreadable(f"{path}: {error}") from error
    if not isinstance(content, dict) or not content or not all(isinstance(f, dict) for f in content.values()):
        raise Unreadable(f"{path}: not an object of sets with their figures")
    return content


def _superlender(folder: Path, expected: Figures, report: Report) -> None:
    loans = books.superlender(folder)
    # A book of loans that all ended needs no last day; one with open loans says it.
    last = max((_last_day(loan) for loan in loans), default=dt.date(2000, 1, 1)) + dt.timedelta(days=1)
    until = _as_of(folder, "superlender", expected) if "as_of" in expected else last
    lived = {
        (basis, counted): daily.live(loans, until=until, basis=basis, counted=counted)
        for basis in ("value", "booked")
        for counted in (daily.SOD, daily.EOD)
    }
    for (basis, counted), book in lived.items():
        _check_totals(f"superlender totals {basis} {counted}", _under(expected, basis, counted), book, report)
        _check_loans(folder, "superlender", book, (f"{basis}_", counted), report)
    value, booked = lived["value", daily.SOD], lived["booked", daily.SOD]
    found = {
        "as_of": until.isoformat(),
        "exactly_7_days_late_value": sum(one.worst == 7 for one in value.values()),
        "booked_after_value_date": sum(any(p.booked > p.on for p in loan.payments) for loan in loans),
        "late_on_booked_but_not_on_value": sum(
            bool(one.episodes) and not value[loan_id].episodes for loan_id, one in booked.items()
        ),
    }
    _compare("superlender totals", _without(expected, "value", "booked"), found, report)


def _as_of(folder: Path, name: str, expected: Figures) -> dt.date:
    try:
        return dt.date.fromisoformat(str(expected.get("as_of")))
    except ValueError as error:
        raise Unreadable(f"{folder / TRUTH}: {name} as_of: {error}") from error


def _last_day(loan: Loan) -> dt.date:
    days = [instalment.due for instalment in loan.instalments(dt.date.max)]
    return max([*days, *(payment.on for payment in loan.payments), *(payment.booked for payment in loan.payments)])


def _loan500(folder: Path, expected: Figures, report: Report) -> None:
    as_of = _as_of(folder, "loan500", expected)
    loans = books.loan500(folder, as_of)
    lived = {
        counted: daily.live(loans, until=as_of, basis="value", counted=counted) for counted in (daily.SOD, daily.EOD)
    }
    for counted, book in lived.items():
        _check_totals(f"loan500 totals {counted}", _under(expected, counted), book, report)
        _check_loans(folder, "loan500", book, ("", counted), report)
    stated = [(loan.id, loan.stated.days_past_due) for loan in loans if loan.stated is not None]
    found = [(loan_id, said, lived[daily.SOD][loan_id].worst) for loan_id, said in stated]
    figures = {
        "as_of": as_of.isoformat(),
        "status": dict.fromkeys(_under(expected, "status"), 0)
        | Counter(str(loan.attributes["loan500:status"]) for loan in loans),
        "loans_with_implied_rollovers": sum(int(loan.attributes["loan500:rollovers"]) > 0 for loan in loans),
        "publisher_past_due_days_compared": len(found),
        "publisher_past_due_days_equal_to_max_dpd_sod": sum(said == worst for _, said, worst in found),
        "disagreements": _in_the_order_of(
            expected.get("disagreements"), [list(one) for one in found if one[1] != one[2]]
        ),
    }
    _compare("loan500 totals", _without(expected, daily.SOD, daily.EOD), figures, report)


def _in_the_order_of(expected: object, found: list[list[object]]) -> object:
    """
    Return what is expected where the same is found in another order.
    """
    same = isinstance(expected, list) and sorted(map(str, expected)) == sorted(map(str, found))
    return expected if same else found


def _uci_taiwan(folder: Path, expected: Figures, report: Report) -> None:
    book = monthly.accounts(folder)
    _compare("uci_taiwan totals", expected, monthly.totals(book, expected), report)
    rows = {name: monthly.row(account) for name, account in book.items()}
    columns = {column: column for column in monthly.COLUMNS}
    _check_rows(folder, "uci_taiwan per account", ("uci_taiwan_truth", "account_id"), (rows, columns), report)


_SETS: Mapping[str, tuple[Callable[[Path, Figures, Report], None], str]] = {
    "superlender": (_superlender, "superlender_loans"),
    "loan500": (_loan500, "loan500_loans"),
    "uci_taiwan": (_uci_taiwan, "uci_taiwan_months"),
}


def _under(figures: Figures, *path: str) -> Figures:
    for key in path:
        found = figures.get(key)
        figures = cast(Figures, found) if isinstance(found, Mapping) else {}
    return figures


def _without(figures: Figures, *keys: str) -> Figures:
    return {key: figure for key, figure in figures.items() if key not in keys}


def _count(figure: object) -> int:
    return sum(map(_count, figure.values())) if isinstance(figure, Mapping) else 1


def _check_totals(kind: str, expected: Figures, book: daily.Book, report: Report) -> None:
    bands = list(_under(expected, "loans_by_max_dpd"))
    _compare(kind, expected, daily.totals(book, expected, bands), report)


def _compare(kind: str, expected: Figures, found: Figures, report: Report) -> None:
    for name, figure in expected.items():
        if name in found:
            report.check(kind, name, expected=figure, got=found[name])
        else:
            report.leave_out(kind, _count(figure), f"no such figure is made: {name}")


def _check_loans(folder: Path, name: str, book: daily.Book, columns: tuple[str, str], report: Report) -> None:
    prefix, counted = columns
    kind = f"{name} per loan {prefix.replace('_', ' ')}{counted}"
    named = {"due_date": "due_date", **{column: f"{prefix}{column}" for column in daily.COLUMNS[counted]}}
    rows = {loan_id: daily.row(one, counted) for loan_id, one in book.items()}
    _check_rows(folder, kind, (f"{name}_truth", "loan_id"), (rows, named), report)


def _check_rows(
    folder: Path,
    kind: str,
    table: tuple[str, str],
    made: tuple[Mapping[str, Mapping[str, str]], Mapping[str, str]],
    report: Report,
) -> None:
    """
    Check a table of truth row by row.

    Args:
        table: Its name, and the column with the key.

        made: What was found, by key; and which column of the table each of its parts is compared with.
    """
    (name, key), (found, named) = table, made
    if books.find(folder, name) is None:
        report.leave_out(kind, len(found), f"no {name} beside {TRUTH}")
        return
    seen = set()
    for row in books.table(folder, name, key, *named.values()):
        seen.add(row[key])
        one = found.get(row[key])
        if one is None:
            report.check(kind, row[key], expected="a row of the book", got="no such row")
            continue
        differing = [column for column, text in one.items() if text != row[named[column]]]
        report.check(
            kind,
            row[key],
            expected={column: row[named[column]] for column in differing},
            got={column: one[column] for column in differing},
        )
    report.leave_out(kind, len(found.keys() - seen), f"no row in {name}")
