"""
Tables that a borrower can read: a schedule, dated offers, plans side by side, as plain text and Markdown.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import attrs

from overdue_visit.errors import InvalidValue
from overdue_visit.money import Money
from overdue_visit.repayment.demands import as_tuple, demand, demand_kept
from overdue_visit.repayment.flows import Flow, currency_of
from overdue_visit.repayment.row import Row
from overdue_visit.repayment.schedule import Schedule, demand_schedule
from overdue_visit.repayment.texts import Words, width

_GAP = "  "


def _demand_texts(cells: object, field: str, accepted: str) -> None:
    if not isinstance(cells, tuple) or not all(isinstance(cell, str) for cell in cells):
        raise InvalidValue(field, cells, accepted)


@attrs.frozen(kw_only=True)
class Table:
    """
    Headings and rows of words, ready to print.

    Args:
        caption: What stands above, such as the currency of all amounts.

        right: Which columns are aligned to the right, as amounts are.

        total: The row of sums, empty where there is none.

    Raises:
        InvalidValue: If a row has another number of cells than there are headings.
    """

    caption: str
    headings: tuple[str, ...]
    right: tuple[bool, ...]
    rows: tuple[tuple[str, ...], ...]
    total: tuple[str, ...] = ()

    def __attrs_post_init__(self) -> None:
        demand(self.caption, str, "caption", accepted="a text")
        texts = "a tuple of texts, one a column"
        for field, cells in (("headings", self.headings), ("total", self.total)):
            _demand_texts(cells, field, texts)
        demand_kept(self.right, bool, "right", accepted="True or False for each heading")
        demand_kept(self.rows, tuple, "rows", accepted=f"rows, each {texts}")
        for row in self.rows:
            _demand_texts(row, "rows", texts)
        for line in (self.right, *self.rows, self.total or self.headings):
            if len(line) != len(self.headings):
                raise InvalidValue("rows", line, f"{len(self.headings)} cells, one for each heading")

    def text(self) -> str:
        """
        Print as plain text for a fixed-width font, no line ending in a space; Chinese characters count as two columns.
        """
        widths = self._widths(self.headings, *self.rows, self.total)
        rule = tuple("-" * each for each in widths)
        lines = [self.headings, rule, *self.rows, *((rule, self.total) if self.total else ())]
        return "\n".join([self.caption, *(_GAP.join(self._padded(line, widths)).rstrip() for line in lines)]) + "\n"

    def markdown(self) -> str:
        """
        Print as a Markdown table; the sums are in bold.
        """
        bold = tuple(f"**{cell}**" if cell else "" for cell in self.total)
        escaped = [tuple(cell.replace("|", r"\|") for cell in row) for row in (self.headings, *self.rows, bold) if row]
        widths = self._widths(*escaped, ("---",) * len(self.headings))
        marks = tuple(
            "-" * (each - 1) + (":" if right else "-") for each, right in zip(widths, self.right, strict=True)
        )
        lines = (self._padded(line, widths) for line in (escaped[0], marks, *escaped[1:]))
        return f"{self.caption}\n\n" + "".join(f"| {' | '.join(line)} |\n" for line in lines)

    def _widths(self, *rows: Sequence[str]) -> tuple[int, ...]:
        return tuple(max(width(row[place]) for row in rows if row) for place in range(len(self.headings)))

    def _padded(self, cells: Sequence[str], widths: Sequence[int]) -> list[str]:
        padded = []
        for cell, right, room in zip(cells, self.right, widths, strict=True):
            space = " " * (room - width(cell))
            padded.append(space + cell if right else cell + space)
        return padded


_Column = Callable[[Row], Money]

_COLUMNS: Mapping[str, _Column] = {
    "payment": lambda row: row.payment,
    "principal": lambda row: row.principal,
    "interest": lambda row: row.interest,
    "fee": lambda row: row.fee,
    "penalty": lambda row: row.penalty,
    "capitalised": lambda row: row.capitalised,
    "balance": lambda row: row.balance,
}
_ALWAYS = ("payment", "principal", "interest", "balance")


def schedule_table(schedule: Schedule, *, language: str = "en", texts: Mapping[str, str] | None = None) -> Table:
    """
    Lay out a schedule: what is to be paid when, what for, and what is owed after it.

    Fees, late interest and what is added to the debt have a column only where there are any.

    Args:
        texts: The host's own words by code; they win over the shipped ones.

    Raises:
        InvalidValue: If the language is not shipped.
    """
    demand_schedule(schedule)
    words = Words.of(language, texts)
    columns = {code: take for code, take in _COLUMNS.items() if code in _ALWAYS or any(map(take, schedule.rows))}
    sums = {
        code: words.amount(Money.total(map(take, schedule.rows), schedule.currency)) for code, take in columns.items()
    }
    sums["balance"] = ""
    return Table(
        caption=words.amounts_in(schedule.currency),
        headings=tuple(words.say(f"column.{code}") for code in ("number", "due", *columns)),
        right=(True, False, *(True for _ in columns)),
        rows=tuple(
            (str(row.number), words.date(row.due), *(words.amount(take(row)) for take in columns.values()))
            for row in schedule.rows
        ),
        total=("", words.say("row.total"), *sums.values()),
    )


def offer_table(
    instalments: Sequence[Flow],
    *,
    arrears_parts: Sequence[Flow] = (),
    language: str = "en",
    texts: Mapping[str, str] | None = None,
) -> Table:
    """
    Lay out dated instalments: what is to be paid when, how much of it is for arrears, and what is left to pay.

    Args:
        arrears_parts: The part of instalments that goes to arrears, by date; its column is left out where empty.

    Raises:
        InvalidValue: If there is no instalment, or the language is not shipped.
        CurrencyMismatch: If the amounts have several currencies.
    """
    words = Words.of(language, texts)
    instalments = as_tuple(instalments, "instalments", accepted="dated flows")
    arrears_parts = as_tuple(arrears_parts, "arrears_parts", accepted="dated flows")
    currency = currency_of((*instalments, *arrears_parts))
    paid = [flow.amount for flow in instalments]
    parts = {flow.on: flow.amount for flow in arrears_parts}
    none = Money.zero(currency)
    shown = [("payment", paid)]
    if parts:
        shown.append(("toward_arrears", [parts.get(flow.on, none) for flow in instalments]))
    totals = [words.amount(Money.total(amounts, currency)) for _, amounts in shown]
    shown.append(("still_to_pay", [Money.total(paid[place:], currency) for place in range(1, len(paid) + 1)]))
    dated = [(str(number), words.date(flow.on)) for number, flow in enumerate(instalments, start=1)]
    cells = zip(*(map(words.amount, amounts) for _, amounts in shown), strict=True)
    return Table(
        caption=words.amounts_in(currency),
        headings=tuple(words.say(f"column.{code}") for code in ("number", "due", *(code for code, _ in shown))),
        right=(True, False, *(True for _ in shown)),
        rows=tuple((*date, *row) for date, row in zip(dated, cells, strict=True)),
        total=("", words.say("row.total"), *totals, ""),
    )
