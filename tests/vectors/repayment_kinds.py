"""
Cases of the schedule kinds beside the level one: equal principal, flat, grace, interest first, freezes, changing rates.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction

from overdue_visit.money import Money, Rounding
from overdue_visit.rate import Per, Rate
from overdue_visit.repayment import periods
from overdue_visit.repayment.adjustable import Reset, adjustable
from overdue_visit.repayment.changing_interest import RateChange
from overdue_visit.repayment.day_count import EqualParts
from overdue_visit.repayment.equal_principal import equal_principal, equal_principal_totals
from overdue_visit.repayment.flat import flat
from overdue_visit.repayment.freeze import frozen
from overdue_visit.repayment.frozen_days import FrozenDays
from overdue_visit.repayment.grace import grace
from overdue_visit.repayment.interest_first import interest_first
from overdue_visit.repayment.rate_changes import with_rate_changes
from overdue_visit.repayment.row import Row
from overdue_visit.repayment.schedule import Schedule
from overdue_visit.repayment.terms import Terms
from tests.vectors.dispatch import Case, Handler
from tests.vectors.repayment_dates import day_count_named
from tests.vectors.repayment_summary import summary
from tests.vectors.repayment_words import ANY_DAY, date, known, rounding, text, tolerant, word, yearly

Inputs = Mapping[str, object]


# What a schedule shows

# A capitalised amount stands in its own column; the cases show it as interest that a negative principal pays.
_CELLS: Mapping[str, Callable[[Row], object]] = {
    "n": lambda row: row.number,
    "date": lambda row: row.due.isoformat(),
    "interest": lambda row: text(row.interest + row.capitalised),
    "principal": lambda row: text(row.principal - row.capitalised),
    "payment": lambda row: text(row.payment),
    "balance": lambda row: text(row.balance),
}


def _commonest(schedule: Schedule) -> Money:
    return Counter(row.payment for row in schedule.rows).most_common(1)[0][0]


def _first(schedule: Schedule) -> Money:
    return schedule.rows[0].payment


def _falling(schedule: Schedule, said: object) -> Money:
    """
    Return the payment that a case calls the instalment of a plan whose payments fall.

    Such a plan has none; its first payment is meant, or the last regular one.
    """
    last = schedule.rows[-2:][0].payment
    return last if text(last) == said else schedule.rows[0].payment


def _compare(case: Case, schedule: Schedule, instalment: Callable[[Schedule], Money]) -> tuple[object, object]:
    expected = case["expected"]
    figures: Mapping[str, Callable[[], object]] = {
        "instalment": lambda: text(instalment(schedule)),
        "n": lambda: len(schedule.rows),
        "total_interest": lambda: text(schedule.total_interest),
        "columns": lambda: expected["columns"],
        "rows": lambda: _rows(schedule, expected["columns"], expected["rows"]),
    }
    got = {key: word(figures, key, "expected")() for key in expected}
    return expected, tolerant(got, expected, case["tolerance"])


def _rows(schedule: Schedule, columns: Sequence[str], asked: Sequence[Sequence[object]]) -> list[list[object]]:
    cells = [word(_CELLS, column, "column") for column in columns]
    found = {each[0](row): row for each in [cells] for row in schedule.rows}
    if "n" not in columns:
        return [[cell(row) for cell in cells] for row in schedule.rows]
    return [[cell(found[each[0]]) for cell in cells] for each in asked if each[0] in found]


# What the inputs say


def _dated(inputs: Inputs, *, mode: Rounding = Rounding.HALF_EVEN) -> Terms:
    """
    Read terms with dates: named ones, or months from the start.
    """
    start = date(inputs["start"])
    word({"monthly": 1}, inputs.get("frequency", "monthly"), "frequency")
    dues = tuple(map(date, inputs["due_dates"])) if "due_dates" in inputs else periods.months_after(start, inputs["n"])
    chosen = rounding(inputs["rounding"]) if "rounding" in inputs else mode
    return Terms(
        principal=Money(inputs["principal"], "EUR"),
        rate=yearly(inputs["annual_rate_percent"]),
        drawn=start,
        dues=dues,
        day_count=day_count_named(str(inputs.get("day_count", "30/360 months"))),
        rounding=chosen,
        instalment_rounding=chosen,
        unit=Money(inputs.get("instalment_multiple_of", "0.01"), "EUR").minor,
    )


def _undated(inputs: Inputs) -> Terms:
    """
    Read terms that count months, and not dates.
    """
    a_year = inputs["payments_per_year"]
    return Terms(
        principal=Money(inputs["principal"], "USD"),
        rate=yearly(inputs["annual_rate"]),
        drawn=ANY_DAY,
        dues=periods.months_after(ANY_DAY, inputs["term_months"] * a_year // 12),
        day_count=EqualParts(Fraction(1, a_year)),
        rounding=rounding(inputs.get("interest_rounding", "HALF_UP")),
        instalment_rounding=rounding(inputs.get("payment_rounding", "HALF_UP")),
    )


_DATED = ("principal", "annual_rate_percent", "start", "n", "due_dates", "frequency", "plan", "day_count", "rounding")


# One handler a kind


def _equal_principal(case: Case) -> tuple[object, object]:
    inputs = case["inputs"]
    known(inputs, *_DATED)
    word({"equal_principal": 1}, inputs.get("plan", "equal_principal"), "plan")
    return _compare(case, equal_principal(_dated(inputs)), lambda made: _falling(made, case["expected"]["instalment"]))


def _equal_principal_cn(case: Case) -> tuple[object, object]:
    inputs, expected = case["inputs"], case["expected"]
    known(inputs, "principal", "annual_rate_percent", "n", "plan")
    word({"等额本金 equal principal": 1}, inputs["plan"], "plan")
    totals = equal_principal_totals(
        Terms(
            principal=Money(inputs["principal"], "CNY"),
            rate=yearly(inputs["annual_rate_percent"]),
            drawn=ANY_DAY,
            dues=periods.months_after(ANY_DAY, inputs["n"]),
        )
    )
    figures = {
        "first_payment": totals.first_payment,
        "last_payment": totals.last_payment,
        "monthly_decrease": totals.monthly_decrease,
        "total_interest": totals.total_interest,
        "total_payment": totals.total_payment,
    }
    got = {key: text(word(figures, key, "expected")) for key in expected}
    return expected, tolerant(got, expected, case["tolerance"])


def _flat(case: Case) -> tuple[object, object]:
    inputs = case["inputs"]
    known(inputs, *_DATED, "instalment_multiple_of")
    word({"flat_interest": 1}, inputs.get("plan", "flat_interest"), "plan")
    return _compare(case, flat(_dated(inputs)), _commonest)


def _grace(case: Case) -> tuple[object, object]:
    inputs = case["inputs"]
    known(inputs, *_DATED, "instalment_multiple_of", "principal_grace", "interest_grace")
    word({"level": 1}, inputs.get("plan", "level"), "plan")
    made = grace(
        _dated(inputs), principal_rows=inputs.get("principal_grace", 0), interest_rows=inputs.get("interest_grace", 0)
    )
    return _compare(case, made, _commonest)


def _interest_only(case: Case) -> tuple[object, object]:
    inputs = case["inputs"]
    if "interest_only_months" in inputs:
        return _interest_only_months(case)
    known(inputs, *_DATED)
    word({"interest_only_then_bullet": 1}, inputs["plan"], "plan")
    return _compare(case, interest_first(_dated(inputs)), _commonest)


def _interest_only_months(case: Case) -> tuple[object, object]:
    inputs = case["inputs"]
    known(
        inputs,
        *("principal", "annual_rate", "term_months", "interest_only_months"),
        *("payment_rounding", "interest_rounding", "payments_per_year"),
    )
    rows = inputs["interest_only_months"] * inputs["payments_per_year"] // 12
    return _compare(case, grace(_undated(inputs), principal_rows=rows), _first)


def _interest_pause(case: Case) -> tuple[object, object]:
    inputs = case["inputs"]
    known(inputs, *_DATED, "interest_pause")
    word({"level": 1}, inputs.get("plan", "level"), "plan")
    first, last = map(date, inputs["interest_pause"])
    return _compare(case, frozen(_dated(inputs), (FrozenDays(first, last),), nudge=True), _commonest)


def _rate_change(case: Case) -> tuple[object, object]:
    inputs = case["inputs"]
    known(inputs, *_DATED, "rate_change")
    word({"level": 1}, inputs.get("plan", "level"), "plan")
    said = inputs["rate_change"]
    known(said, "effective", "annual_rate_percent")
    change = RateChange(date(said["effective"]), yearly(said["annual_rate_percent"]))
    return _compare(case, with_rate_changes(_dated(inputs), (change,), nudge=True), _commonest)


def _arm(case: Case) -> tuple[object, object]:
    inputs = case["inputs"]
    known(
        inputs,
        *("principal", "annual_rate", "term_months", "day_count", "payment_rounding", "interest_rounding"),
        *("balance_tracking", "rate_schedule", "payments_per_year"),
    )
    word({"30/360": 1, "1/12": 1}, inputs.get("day_count", "30/360"), "day count")
    word({"round_each": 1}, inputs.get("balance_tracking", "round_each"), "balance tracking")
    resets = [_reset(each) for each in inputs["rate_schedule"]]
    return _compare(case, adjustable(_undated(inputs), resets, negative=True), _first)


def _reset(said: Inputs) -> Reset:
    known(said, "effective_payment_number", "new_annual_rate", "recast", "payment_cap_factor")
    cap = said.get("payment_cap_factor")
    return Reset(
        row=said["effective_payment_number"],
        rate=yearly(said["new_annual_rate"]),
        recast=said.get("recast", True),
        payment_cap=None if cap is None else Rate(cap, per=Per.ONCE),
    )


KINDS: dict[str, Handler] = {
    "schedule_equal_principal": _equal_principal,
    "schedule_equal_principal_cn": _equal_principal_cn,
    "schedule_flat": _flat,
    "schedule_grace": _grace,
    "schedule_interest_only": _interest_only,
    "schedule_interest_pause": _interest_pause,
    "schedule_rate_change": _rate_change,
    "schedule_arm": _arm,
    "schedule_arm_cap": _arm,
    "schedule_summary": summary,
}
