"""
Cases of level schedules.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from decimal import Decimal
from fractions import Fraction

import attrs

from overdue_visit.money import Money, Rounding
from overdue_visit.rate import Per, Rate
from overdue_visit.repayment import apr_uk, apr_us, periods
from overdue_visit.repayment.day_count import EqualParts
from overdue_visit.repayment.flows import Flow
from overdue_visit.repayment.level import level, level_instalment, level_totals
from overdue_visit.repayment.level_carried import carried_level
from overdue_visit.repayment.schedule import Schedule
from overdue_visit.repayment.terms import Terms
from tests.vectors import repayment_dates
from tests.vectors.dispatch import Case, Handler
from tests.vectors.repayment_dates import MISSING, date, day_count_named, known, word
from tests.vectors.report import NotCovered

_ROUNDING = {
    "HALF_UP": Rounding.HALF_UP,
    "HALF_EVEN": Rounding.HALF_EVEN,
    "UP": Rounding.UP,
    "DOWN": Rounding.DOWN,
}
_CURRENCY = {"1": "JPY", "0.01": "CNY", "0.001": "KWD", "0.0001": "UYW"}
_COMPOUNDING = {"monthly": None, "semi_annual": 2, "annual": 1}
_ANY_DAY = dt.date(2000, 1, 1)


def _rounding(text: object) -> Rounding:
    return _ROUNDING[str(word({key: key for key in _ROUNDING}, str(text).removeprefix("ROUND_"), "rounding"))]


def _text(amount: Money) -> str:
    return format(amount.decimal, "f")


# What is compared of a schedule


Figure = Callable[[Schedule], object]

_CELLS = {
    "n": lambda row, _: row.number,
    "date": lambda row, _: row.due.isoformat(),
    "day": lambda row, start: (row.due - start).days,
    "interest": lambda row, _: _text(row.interest),
    "principal": lambda row, _: _text(row.principal),
    "payment": lambda row, _: _text(row.payment),
    "balance": lambda row, _: _text(row.balance),
    "fee": lambda row, _: _text(row.fee),
}


def _rows(schedule: Schedule, expected: Mapping[str, object]) -> list[list[object]]:
    columns = expected["columns"]
    for column in columns:
        word(_CELLS, column, "column")
    made = [[_CELLS[column](row, schedule.drawn) for column in columns] for row in schedule.rows]
    asked = [row[0] for row in expected["rows"]]
    return [row for row in made if row[0] in asked]


def _ranges(schedule: Schedule, expected: Mapping[str, object]) -> list[dict[str, object]]:
    found = []
    for each in expected["ranges"]:
        rows = schedule.rows[each["start_payment"] - 1 : each["end_payment"]]
        part = Schedule(
            kind="part", currency=schedule.currency, drawn=schedule.drawn, opening=schedule.opening, rows=rows
        )
        figures = {
            "start_payment": rows[0].number,
            "end_payment": rows[-1].number,
            "balance": _text(part.left),
            "interest": _text(part.total_interest),
            "principal": _text(Money.total((row.principal for row in rows), part.currency)),
        }
        found.append({key: figures.get(key) for key in each})
    return found


def _apr(schedule: Schedule, case: Case) -> str:
    advance = -Money(case["inputs"]["principal"], schedule.currency)
    flows = (Flow(schedule.drawn, advance), *schedule.flows())
    method = case["expected"]["apr_method"]
    if method == "UK FCA to 1 d.p.":
        return format(apr_uk.apr_on_dates(flows).to(1), "f")
    if method == "US CFPB actuarial to 6 d.p.":
        return format(apr_us.apr_on_dates(flows).to(6), "f")
    raise NotCovered(f"method {method!r}")


def _compare(case: Case, schedule: Schedule) -> tuple[object, object]:
    expected = case["expected"]
    figures: Mapping[str, Figure] = {
        "instalment": lambda s: _text(s.instalment),
        "last_payment": lambda s: _text(s.rows[-1].payment),
        "total_interest": lambda s: _text(s.total_interest),
        "total_payment": lambda s: _text(s.total_paid),
        "balance_at_term": lambda s: _text(s.left),
        "balance_after_12": lambda s: _text(s.rows[11].balance),
        "n": lambda s: len(s.rows),
        "columns": lambda _: expected["columns"],
        "rows": lambda s: _rows(s, expected),
        "rows_whole_units": lambda s: _whole_units(s, expected),
        "ranges": lambda s: _ranges(s, expected),
        "apr_percent": lambda s: _apr(s, case),
        "apr_method": lambda _: expected["apr_method"],
    }
    for key in expected:
        word(figures, key, "expected")
    return expected, _tolerant({key: figures[key](schedule) for key in expected}, expected, case["tolerance"])


def _whole_units(schedule: Schedule, expected: Mapping[str, object]) -> list[dict[str, object]]:
    found = []
    for each in expected["rows_whole_units"]:
        rows = schedule.rows[each["n"] - 1 : each["n"]]
        found += [{key: _CELLS[key](row, schedule.drawn) for key in each} for row in rows]
    return found


def _tolerant(got: object, expected: object, tolerance: str) -> object:
    if tolerance == "exact" or got == expected:
        return got
    if isinstance(expected, Mapping) and isinstance(got, Mapping):
        return {key: _tolerant(each, expected.get(key), tolerance) for key, each in got.items()}
    if isinstance(expected, list) and isinstance(got, list) and len(got) == len(expected):
        return [_tolerant(a, b, tolerance) for a, b in zip(got, expected, strict=True)]
    if isinstance(expected, str) and isinstance(got, str):
        return expected if abs(Decimal(got) - Decimal(expected)) <= Decimal(tolerance) else got
    return got


# Level schedules


def _level(case: Case) -> tuple[object, object]:
    inputs = case["inputs"]
    word({"level": 1}, inputs.get("plan", "level"), "plan")
    if "term_months" in inputs:
        return _compare(case, _in_months(inputs))
    if "payment_days" in inputs:
        return _compare(case, _on_days(inputs))
    if "due_dates" in inputs:
        return _compare(case, _on_dates(inputs))
    return _compare(case, _monthly(inputs))


def _in_months(inputs: Mapping[str, object]) -> Schedule:
    known(
        inputs,
        *("principal", "annual_rate", "term_months", "amortization_period_months", "day_count", "start_date"),
        *("payment_rounding", "interest_rounding", "payments_per_year", "payment_frequency", "compounding"),
        *("balance_tracking", "currency_unit", "fee_per_period", "payment_override", "plan"),
    )
    currency = word(_CURRENCY, inputs.get("currency_unit", "0.01"), "currency unit")
    a_year = inputs["payments_per_year"]
    shown = inputs["term_months"] * a_year // 12
    count = inputs.get("amortization_period_months", inputs["term_months"]) * a_year // 12
    actual = inputs.get("day_count") == "actual/360"
    start = date(inputs["start_date"]) if "start_date" in inputs else _ANY_DAY
    equal = EqualParts(Fraction(1, a_year))
    terms = Terms(
        principal=Money(inputs["principal"], currency),
        rate=Rate(f"{inputs['annual_rate']}%"),
        drawn=start,
        dues=periods.months_after(start, count),
        day_count=day_count_named(inputs["day_count"]) if actual else equal,
        compounding=word(_COMPOUNDING, inputs.get("compounding", "monthly"), "compounding"),
        rounding=_rounding(inputs.get("interest_rounding", "HALF_UP")),
        instalment_rounding=_rounding(inputs.get("payment_rounding", "HALF_UP")),
        fee=Money(inputs["fee_per_period"], currency) if "fee_per_period" in inputs else None,
    )
    override = Money(inputs["payment_override"], currency) if "payment_override" in inputs else None
    tracking = inputs.get("balance_tracking", "carry_precision" if actual else "round_each")
    make = word({"carry_precision": carried_level, "round_each": level}, tracking, "balance tracking")
    return make(terms, instalment=override, instalment_day_count=equal, stop_after=shown)


def _on_days(inputs: Mapping[str, object]) -> Schedule:
    known(
        inputs,
        *("principal", "financed_balance", "start", "payment_days", "rate_percent", "rate_per", "day_count"),
        *("interest_rounding", "payment_rounding", "last_payment", "plan"),
    )
    start, mode = date(inputs["start"]), _rounding(inputs["payment_rounding"])
    last = str(inputs.get("last_payment", "lower or equal"))
    if last != "lower or equal" and not last.startswith("higher by "):
        raise NotCovered(f"last payment {last!r}")
    return level(
        Terms(
            principal=Money(inputs.get("financed_balance", inputs["principal"]), "GBP"),
            rate=Rate(f"{inputs['rate_percent']}%", per=Per(inputs["rate_per"])),
            drawn=start,
            dues=periods.days_after(start, inputs["payment_days"]),
            day_count=day_count_named(inputs["day_count"]),
            rounding=_rounding(inputs["interest_rounding"]),
            instalment_rounding=mode,
            last_payment="lower" if mode is Rounding.UP else "nearest",
        )
    )


def _on_dates(inputs: Mapping[str, object]) -> Schedule:
    known(
        inputs,
        *("principal", "annual_rate_percent", "start", "due_dates", "day_count", "plan", "rounding", "missing_day"),
        *("n", "frequency", "instalment_multiple_of"),
    )
    dues = periods.custom(map(date, inputs["due_dates"]))
    if "missing_day" in inputs:
        missing = word(MISSING, inputs["missing_day"], "missing day")
        dues = periods.months_after(date(inputs["start"]), len(dues), missing=missing)
    mode = _rounding(inputs.get("rounding", "HALF_EVEN"))
    terms = Terms(
        principal=Money(inputs["principal"], "EUR"),
        rate=Rate(f"{inputs['annual_rate_percent']}%"),
        drawn=date(inputs["start"]),
        dues=dues,
        day_count=day_count_named(inputs["day_count"]),
        rounding=mode,
        instalment_rounding=mode,
        unit=Money(inputs.get("instalment_multiple_of", "0.01"), "EUR").minor,
    )
    return level(terms, nudge=True)


def _monthly(inputs: Mapping[str, object]) -> Schedule:
    known(
        inputs,
        *("principal", "annual_rate_percent", "start", "n", "frequency", "plan", "day_count", "rounding"),
        *(
            "missing_day",
            "instalment_multiple_of",
            "instalment_rounding",
            "interest",
            "interest_rounding",
            "payment_rounding",
        ),
    )
    word({"monthly": 1}, inputs.get("frequency", "monthly"), "frequency")
    start = date(inputs["start"]) if "start" in inputs else _ANY_DAY
    missing = word(MISSING, inputs.get("missing_day", "last day of month"), "missing day")
    dues = periods.months_after(start, inputs["n"], missing=missing)
    rate, day_count = (
        Rate(f"{inputs['annual_rate_percent']}%"),
        day_count_named(inputs.get("day_count", "30/360 months")),
    )
    if "interest" in inputs:
        word({"unrounded": 1}, inputs["interest"], "interest")
        word({"UP to whole unit": 1}, inputs["instalment_rounding"], "instalment rounding")
        whole = Terms(
            principal=Money(inputs["principal"], "JPY"),
            rate=rate,
            drawn=start,
            dues=dues,
            day_count=day_count,
        )
        return carried_level(whole, instalment=level_instalment(attrs.evolve(whole, instalment_rounding=Rounding.UP)))
    mode = inputs.get("rounding", "HALF_EVEN")
    unit = Money(inputs.get("instalment_multiple_of", "0.01"), "EUR").minor
    terms = Terms(
        principal=Money(inputs["principal"], "EUR"),
        rate=rate,
        drawn=start,
        dues=dues,
        day_count=day_count,
        rounding=_rounding(inputs.get("interest_rounding", mode)),
        instalment_rounding=_rounding(inputs.get("payment_rounding", mode)),
        unit=unit,
    )
    # Fineract's older schedules reckon the instalment as if every period were as long as the first.
    return level(terms, instalment_day_count=EqualParts(day_count.fraction(start, dues[0])))


def _level_cn(case: Case) -> tuple[object, object]:
    inputs, expected = case["inputs"], case["expected"]
    known(inputs, "principal", "annual_rate_percent", "n", "plan")
    word({"等额本息 level": 1}, inputs["plan"], "plan")
    terms = Terms(
        principal=Money(inputs["principal"], "CNY"),
        rate=Rate(f"{inputs['annual_rate_percent']}%"),
        drawn=_ANY_DAY,
        dues=periods.months_after(_ANY_DAY, inputs["n"]),
    )
    _, got = _compare(case, carried_level(terms))
    totals = level_totals(terms)
    printed = {"total_interest": _text(totals.total_interest), "total_payment": _text(totals.total_paid)}
    got |= {key: _tolerant(printed[key], expected[key], case["tolerance"]) for key in printed if key in expected}
    return expected, got


KINDS: dict[str, Handler] = {
    **repayment_dates.KINDS,
    "schedule_level": _level,
    "schedule_level_cn": _level_cn,
}
