"""
The figures of a book that is kept by the month: totals and account by account, its runs taken from the library.
"""

from __future__ import annotations

import datetime as dt
import itertools
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import attrs

from overdue_visit.arrears import MonthlyRun, monthly_runs
from overdue_visit.errors import InvalidValue
from tests.vectors import books
from tests.vectors.report import Unreadable

Expected = Mapping[str, object]


@attrs.frozen
class Account:
    """One account through the months of the book."""

    codes: Mapping[dt.date, int]
    """What the source says of each month; above zero it is months of delay."""
    defaulted: bool | None
    """Whether it defaulted in the month after; None if no table says."""
    runs: tuple[MonthlyRun, ...]

    @property
    def late(self) -> list[int]:
        """Months past due, month by month."""
        return [max(0, self.codes[month]) for month in sorted(self.codes)]

    @property
    def late_at_the_end(self) -> bool:
        """Whether the last month is past due."""
        return any(run.cleared_in is None for run in self.runs)


Accounts = Mapping[str, Account]


def accounts(folder: Path) -> Accounts:
    """
    Read the accounts of a book that is kept by the month.

    Raises:
        Unreadable: If a table is broken, or an account lacks a month.
    """
    codes: dict[str, dict[dt.date, int]] = {}
    for row in books.table(folder, "uci_taiwan_months", "account_id", "month", "status_code"):
        months = codes.setdefault(row["account_id"], {})
        month, code = _month(folder, row["month"]), _code(folder, row["status_code"])
        if months.setdefault(month, code) != code:
            raise Unreadable(f"{folder}: account {row['account_id']} has two codes for {row['month']}")
    defaulted = {}
    if books.find(folder, "uci_taiwan_accounts") is not None:
        for row in books.table(folder, "uci_taiwan_accounts", "account_id", "default_next_month"):
            defaulted[row["account_id"]] = row["default_next_month"] == "1"
    found = {}
    for account, months in codes.items():
        try:
            runs = monthly_runs({month: max(0, code) for month, code in months.items()})
        except InvalidValue as error:
            raise Unreadable(f"{folder}: uci_taiwan account {account}: {error}") from error
        found[account] = Account(months, defaulted.get(account), runs)
    return found


def _month(folder: Path, said: str) -> dt.date:
    try:
        return dt.date.fromisoformat(f"{said}-01")
    except ValueError as error:
        raise Unreadable(f"{folder}: month {said!r}: {error}") from error


def _code(folder: Path, said: str) -> int:
    try:
        return int(said)
    except ValueError as error:
        raise Unreadable(f"{folder}: status code {said!r}: {error}") from error


def totals(book: Accounts, expected: Expected) -> dict[str, object]:
    """
    Add a book up, figure by figure.

    Args:
        expected: Names of figures, some of them made for what is in them (``episodes_reaching_2_months``); and bands
            and pairs, of which those that are expected to be empty may be left out.
    """
    runs = [run for account in book.values() for run in account.runs]
    steps = [step for account in book.values() for step in itertools.pairwise(account.late)]
    figures: dict[str, object] = {
        "accounts": len(book),
        "account_months": sum(len(account.codes) for account in book.values()),
        "accounts_ever_past_due": sum(bool(account.runs) for account in book.values()),
        "accounts_with_2plus_episodes": sum(len(account.runs) > 1 for account in book.values()),
        "episodes": len(runs),
        "episodes_left_censored": sum(run.began_before for run in runs),
        "episodes_cleared": sum(run.cleared_in is not None for run in runs),
        "max_months": max((run.worst for run in runs), default=0),
        "month_to_month_jumps_of_more_than_1": sum(after - before > 1 for before, after in steps),
        "status_code_by_month": _codes_by_month(book),
        **_defaults(book),
    }
    for name, figure in expected.items():
        if found := re.fullmatch(r"episodes_reaching_([0-9]+)_months", name):
            figures[name] = sum(run.worst >= int(found[1]) for run in runs)
        elif found := re.fullmatch(r"episodes_open_at_([0-9]{4})_([0-9]{2})", name):
            end = dt.date(int(found[1]), int(found[2]), 1)
            figures[name] = sum(run.cleared_in is None and run.last_month == end for run in runs)
        elif found := re.fullmatch(r"transitions_months_capped_at_([0-9]+)", name):
            most = int(found[1])
            pairs = (f"{min(before, most)}->{min(after, most)}" for before, after in steps)
            figures[name] = _counted(pairs, figure)
        elif found := re.fullmatch(r"default_next_month_and_past_due_in_([0-9]{4})_([0-9]{2})", name):
            figures |= _late_and_defaulted(book, name, dt.date(int(found[1]), int(found[2]), 1))
        elif name == "accounts_by_max_months" and isinstance(figure, Mapping):
            worst = (max(account.late, default=0) for account in book.values())
            figures[name] = _counted((_band(figure, months) for months in worst), figure)
    return figures


def _counted(labels: Iterable[str], expected: object) -> dict[str, int]:
    empty = dict.fromkeys(expected, 0) if isinstance(expected, Mapping) else {}
    return {**empty, **Counter(labels)}


def _band(labels: Iterable[str], months: int) -> str:
    tops = [int(label.removesuffix("+")) for label in labels if label.endswith("+")]
    return f"{tops[0]}+" if tops and months >= tops[0] else str(months)


def _codes_by_month(book: Accounts) -> dict[str, dict[str, int]]:
    found: dict[str, Counter[str]] = {}
    for account in book.values():
        for month, code in account.codes.items():
            found.setdefault(f"{month:%Y-%m}", Counter())[str(code)] += 1
    return {month: dict(codes) for month, codes in found.items()}


def _defaults(book: Accounts) -> dict[str, object]:
    if any(account.defaulted is None for account in book.values()):
        return {}
    return {"default_next_month": sum(bool(account.defaulted) for account in book.values())}


def _late_and_defaulted(book: Accounts, name: str, month: dt.date) -> dict[str, object]:
    if not _defaults(book):
        return {}
    return {name: sum(bool(account.defaulted) and account.codes.get(month, 0) > 0 for account in book.values())}


COLUMNS: Mapping[str, Callable[[Account], object]] = {
    "max_months": lambda account: max(account.late, default=0),
    "episodes": lambda account: len(account.runs),
    "months_past_due": lambda account: sum(run.months for run in account.runs),
    "open_at_end": lambda account: int(account.late_at_the_end),
    "default_next_month": lambda account: None if account.defaulted is None else int(account.defaulted),
}
"""What a row of truth says about one account."""


def row(account: Account) -> dict[str, str]:
    """
    Write what was found about one account as a row of truth has it.
    """
    found = {column: tell(account) for column, tell in COLUMNS.items()}
    return {column: str(value) for column, value in found.items() if value is not None}
