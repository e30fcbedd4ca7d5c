"""
What a case expects of a schedule, whatever its kind: single figures, rows, ranges of rows, annual rates.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence

import attrs

from overdue_visit.money import Money
from overdue_visit.repayment import apr_uk, apr_us
from overdue_visit.repayment.flows import Flow
from overdue_visit.repayment.row import Row
from overdue_visit.repayment.schedule import Schedule
from tests.vectors.dispatch import Case
from tests.vectors.repayment_words import known, places, text, tolerant, word
from tests.vectors.report import NotCovered

Figure = Callable[[], object]
Expected = Mapping[str, object]

# A capitalised amount stands in its own column; the cases show it as interest that a negative principal pays.
_CELLS: Mapping[str, Callable[[Row, Schedule], object]] = {
    "n": lambda row, _: row.number,
    "date": lambda row, _: row.due.isoformat(),
    "day": lambda row, schedule: (row.due - schedule.drawn).days,
    "interest": lambda row, _: text(row.interest + row.capitalised),
    "principal": lambda row, _: text(row.principal - row.capitalised),
    "payment": lambda row, _: text(row.payment),
    "balance": lambda row, _: text(row.balance),
    "fee": lambda row, _: text(row.fee),
}
_APR = {
    "UK FCA to 1 d.p.": (apr_uk.apr_on_dates, 1),
    "US CFPB actuarial to 6 d.p.": (apr_us.apr_on_dates, 6),
}


def compare(case: Case, schedule: Schedule, *, instalment: Money | None = None) -> tuple[object, object]:
    """
    Return what a case expects of a schedule, and what the schedule says of the same.

    Args:
        instalment: What is meant by it, where it is not for the schedule to say.
    """
    expected = case["expected"]
    said = _figures(case, schedule)
    if instalment is not None:
        said["instalment"] = lambda: text(instalment)
    got = {key: word(said, key, "expected")() for key in expected}
    return expected, tolerant(got, expected, case.get("tolerance", "exact"))


def _figures(case: Case, schedule: Schedule) -> dict[str, Figure]:
    expected, rows = case["expected"], schedule.rows
    figures: dict[str, Figure] = {
        "instalment": lambda: _instalment(schedule, expected["instalment"]),
        "first_payment": lambda: text(rows[0].payment),
        "last_payment": lambda: text(rows[-1].payment),
        "total_interest": lambda: text(schedule.total_interest),
        "total_payment": lambda: text(schedule.total_paid),
        "total_paid": lambda: text(schedule.total_paid),
        "balance_at_term": lambda: text(schedule.left),
        "n": lambda: len(rows),
        "columns": lambda: expected["columns"],
        "rows": lambda: _rows(schedule, expected),
        "rows_whole_units": lambda: _chosen(schedule, expected["rows_whole_units"]),
        "ranges": lambda: _ranges(schedule, expected["ranges"]),
        "apr_percent": lambda: _apr(schedule, case),
        "apr_method": lambda: expected["apr_method"],
    }
    for key in expected:
        if after := re.fullmatch(r"balance_after_([0-9]+)", key):
            figures[key] = lambda row=int(after[1]): text(rows[row - 1].balance)
    return figures


def _instalment(schedule: Schedule, said: object) -> object:
    """
    Return the payment that a case calls the instalment.

    Of a plan whose payments change on the way it may be the schedule's own, the commonest, or the last regular one.
    """
    commonest = Counter(row.payment - row.fee for row in schedule.rows).most_common(1)[0][0]
    last = schedule.rows[-2:][0]
    own = commonest if schedule.instalment is None else schedule.instalment
    candidates = [text(own), text(commonest), text(last.payment - last.fee)]
    return next((each for each in candidates if tolerant(each, said) == said), candidates[0])


def _cells(row: Row, schedule: Schedule, columns: Sequence[str]) -> list[object]:
    return [word(_CELLS, column, "column")(row, schedule) for column in columns]


def _rows(schedule: Schedule, expected: Expected) -> list[list[object]]:
    """
    Return the rows that a case shows: those whose numbers it names, or all.
    """
    columns, asked = expected["columns"], expected["rows"]
    made = [_cells(row, schedule, columns) for row in schedule.rows]
    # A table by date is whole, unless the case itself says that the plan has more rows.
    key = "n" if "n" in columns else next((each for each in ("date", "day") if each in columns), None)
    if key is None or (key != "n" and expected.get("n", len(asked)) == len(asked)):
        return made
    place = columns.index(key)
    found = {row[place]: row for row in made}
    return [found[row[place]] for row in asked if row[place] in found]


def _chosen(schedule: Schedule, asked: Sequence[Expected]) -> list[dict[str, object]]:
    found = []
    for each in asked:
        rows = schedule.rows[each["n"] - 1 : each["n"]]
        found += [dict(zip(each, _cells(row, schedule, list(each)), strict=True)) for row in rows]
    return found


def _ranges(schedule: Schedule, asked: Sequence[Expected]) -> list[dict[str, object]]:
    found = []
    for each in asked:
        known(each, "start_payment", "end_payment", "balance", "interest", "principal", "payment")
        rows = schedule.rows[each["start_payment"] - 1 : each["end_payment"]]
        part = attrs.evolve(schedule, rows=rows)
        figures = {
            "start_payment": rows[0].number,
            "end_payment": rows[-1].number,
            "balance": text(part.left),
            "interest": text(part.total_interest),
            "principal": text(Money.total((row.principal for row in rows), part.currency)),
            "payment": text(part.total_paid),
        }
        found.append({key: figures[key] for key in each})
    return found


def _apr(schedule: Schedule, case: Case) -> str:
    expected = case["expected"]
    # Without a method the printed decimals tell: six of the actuarial one, one of the other.
    usual = "US CFPB actuarial to 6 d.p." if places(expected["apr_percent"]) > 1 else "UK FCA to 1 d.p."
    method = expected.get("apr_method", usual)
    if method not in _APR:
        raise NotCovered(f"method {method!r}")
    reckon, decimals = _APR[method]
    advance = -Money(case["inputs"]["principal"], schedule.currency)
    return format(reckon((Flow(schedule.drawn, advance), *schedule.flows())).to(decimals), "f")
