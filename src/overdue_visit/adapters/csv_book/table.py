"""
The table beneath a loan book in CSV: its columns, its lines, and what makes a file no such table.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from typing import ClassVar

import attrs

from overdue_visit.errors import InvalidValue
from overdue_visit.ports.loan_book import BadRow

COLUMNS = (
    "loan",
    "borrower",
    "entry",
    "version",
    "number",
    "date",
    "booked",
    "amount",
    "currency",
    "ref",
    "component",
    "covers",
    "reason",
)
"""Every column that a file must have; others only with a prefix, as attributes of the loan."""


@attrs.frozen
class NoLoanBook(InvalidValue):
    """A file is not a loan book: it is empty, in another encoding, or has other columns."""

    code: ClassVar[str] = "no_loan_book"


@attrs.frozen
class Line:
    """One line of the file, by column name."""

    number: int
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells[column]

    @property
    def attributes(self) -> dict[str, str]:
        """The host's own values: those of the columns with a prefix that are not empty."""
        return {name: text for name, text in self.cells.items() if ":" in name and text}


def lines(content: bytes) -> tuple[list[Line], list[BadRow]]:
    """
    Take a file's content apart; lines with too few or too many fields are problems.

    Raises:
        NoLoanBook: If it is no such table at all.
    """
    reader = csv.reader(io.StringIO(_text(content), newline=""), strict=True)
    found: list[Line] = []
    problems: list[BadRow] = []
    try:
        names = _header(next(reader, []))
        for number, cells in _numbered(reader):
            if len(cells) == len(names):
                found.append(Line(number, dict(zip(names, cells, strict=True))))
            else:
                loan = cells[names.index("loan")] if len(cells) > names.index("loan") else ""
                accepted = f"{len(names)} fields, as in the first line"
                problems.append(BadRow(number, "fields", len(cells), accepted, loan or None))
    except csv.Error as error:
        accepted = f"CSV with quotes that close and fields of at most {csv.field_size_limit()} characters"
        raise NoLoanBook(f"line {reader.line_num}", str(error), accepted) from error
    return found, problems


def _numbered(reader: Iterator[list[str]]) -> Iterator[tuple[int, list[str]]]:
    start = 2
    for cells in reader:
        if cells:
            yield start, cells
        start = getattr(reader, "line_num", start) + 1


def _text(content: bytes) -> str:
    if not content.strip():
        raise NoLoanBook("file", "", "a line of column names and the lines of the ledger")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise NoLoanBook("encoding", content[error.start : error.start + 4], f"UTF-8; not so on line {line}") from error
    if "\0" in text:
        line = text[: text.index("\0")].count("\n") + 1
        raise NoLoanBook("encoding", "\0", f"text without NUL characters; there is one on line {line}")
    return text


def _header(names: Sequence[str]) -> Sequence[str]:
    if missing := [name for name in COLUMNS if name not in names]:
        raise NoLoanBook("columns", list(names), "also " + ", ".join(missing) + ", separated by commas")
    for name in names:
        if names.count(name) > 1:
            raise NoLoanBook("columns", name, "each column once")
        if name not in COLUMNS and not all(name.partition(":")):
            raise NoLoanBook("columns", name, "one of " + ", ".join(COLUMNS) + ", or an attribute such as bank:branch")
    return names


def text(rows: Sequence[Mapping[str, str]]) -> str:
    """
    Write rows as a table; a column that a row lacks is left empty, attributes come last.
    """
    extra = sorted({name for row in rows for name in row if name not in COLUMNS})
    file = io.StringIO(newline="")
    writer = csv.DictWriter(file, [*COLUMNS, *extra], lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return file.getvalue()
