"""
Cases of the schedule kinds beside the level one: equal principal, flat, grace, interest first, freezes, changing rates.
"""

from __future__ import annotations

from fractions import Fraction

from overdue_visit.money import Money
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
from overdue_visit.repayment.terms import Terms
from tests.vectors.dispatch import Case, Handler
from tests.vectors.repayment_dates import day_count_named
from tests.vectors.repayment_schedules import dues_after, payments_a_year
from tests.vectors.repayment_summary import summary
from tests.vectors.repayment_tables import compare
from tests.vectors.repayment_words import (
    ANY_DAY,
    Inputs,
    currency_of,
    date,
    known,
    rate_of,
    rounding,
    text,
    tolerant,
    word,
    yearly,
)
from tests.vectors.report import NotCovered

# What the inputs say


def _dated(inputs: Inputs) -> Terms:
    """
    Read terms with dates: named ones, or in a rhythm from the start.
    """
    start = date(inputs.get("start", ANY_DAY))
    if "due_dates" in inputs:
        dues = periods.custom(map(date, inputs["due_dates"]))
    else:
        missing = inputs.get("missing_day", "last day of month")
        dues = dues_after(start, inputs["n"], payments_a_year(inputs), missing=missing)
    mode = inputs.get("rounding", "HALF_EVEN")
    currency = currency_of([inputs["principal"]])
    return Terms(
        principal=Money(inputs["principal"], currency),
        rate=rate_of(inputs),
        drawn=start,
        dues=dues,
        day_count=day_count_named(str(inputs.get("day_count", "30/360 months"))),
        rounding=rounding(inputs.get("interest_rounding", mode)),
        instalment_rounding=rounding(inputs.get("payment_rounding", mode)),
        unit=Money(inputs.get("instalment_multiple_of", "0.01"), currency).minor,
    )


def _undated(inputs: Inputs) -> Terms:
    """
    Read terms that count months, and not dates.
    """
    a_year = payments_a_year(inputs)
    word({"30/360": 1, "1/12": 1, "30/360 months": 1}, inputs.get("day_count", "30/360"), "day count")
    currency = currency_of([inputs["principal"]])
    return Terms(
        principal=Money(inputs["principal"], currency),
        rate=rate_of(inputs),
        drawn=ANY_DAY,
        dues=dues_after(ANY_DAY, inputs["term_months"] * a_year // 12, a_year),
        day_count=EqualParts(Fraction(1, a_year)),
        rounding=rounding(inputs.get("interest_rounding", "HALF_UP")),
        instalment_rounding=rounding(inputs.get("payment_rounding", "HALF_UP")),
    )


_LOAN = (
    "principal",
    "annual_rate_percent",
    "annual_rate",
    "plan",
    "day_count",
    "interest_rounding",
    "payment_rounding",
)
_RHYTHM = ("frequency", "payment_frequency", "payments_per_year", "missing_day")
_DATED = (*_LOAN, *_RHYTHM, "start", "n", "due_dates", "rounding", "instalment_multiple_of")
_UNDATED = (*_LOAN, *_RHYTHM, "term_months")


# One handler a kind


def _equal_principal(case: Case) -> tuple[object, object]:
    inputs = case["inputs"]
    known(inputs, *_DATED)
    word({"equal_principal": 1}, inputs.get("plan", "equal_principal"), "plan")
    return compare(case, equal_principal(_dated(inputs)))


def _equal_principal_cn(case: Case) -> tuple[object, object]:
    inputs, expected = case["inputs"], case["expected"]
    known(inputs, "principal", "annual_rate_percent", "n", "plan")
    word({"等额本金 equal principal": 1, "equal_principal": 1}, inputs.get("plan", "equal_principal"), "plan")
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
    return expected, tolerant(got, expected, case.get("tolerance", "exact"))


def _flat(case: Case) -> tuple[object, object]:
    inputs = case["inputs"]
    known(inputs, *_DATED)
    word({"flat_interest": 1}, inputs.get("plan", "flat_interest"), "plan")
    return compare(case, flat(_dated(inputs)))


def _grace(case: Case) -> tuple[object, object]:
    inputs = case["inputs"]
    known(inputs, *_DATED, "principal_grace", "interest_grace")
    word({"level": 1}, inputs.get("plan", "level"), "plan")
    made = grace(
        _dated(inputs), principal_rows=inputs.get("principal_grace", 0), interest_rows=inputs.get("interest_grace", 0)
    )
    return compare(case, made)


def _interest_only(case: Case) -> tuple[object, object]:
    inputs = case["inputs"]
    word({"interest_only_then_bullet": 1}, inputs.get("plan", "interest_only_then_bullet"), "plan")
    if "interest_only_months" not in inputs:
        known(inputs, *_DATED)
        return compare(case, interest_first(_dated(inputs)))
    known(inputs, *_UNDATED, "interest_only_months")
    rows = inputs["interest_only_months"] * payments_a_year(inputs) // 12
    made = grace(_undated(inputs), principal_rows=rows)
    return compare(case, made, instalment=made.rows[0].payment)


def _interest_pause(case: Case) -> tuple[object, object]:
    inputs = case["inputs"]
    known(inputs, *_DATED, "interest_pause")
    word({"level": 1}, inputs.get("plan", "level"), "plan")
    days = [date(day) for day in inputs["interest_pause"]]
    if len(days) % 2:
        raise NotCovered("a pause without its last day")
    pauses = [FrozenDays(first, last) for first, last in zip(days[::2], days[1::2], strict=True)]
    return compare(case, frozen(_dated(inputs), pauses, nudge=True))


def _rate_change(case: Case) -> tuple[object, object]:
    inputs = case["inputs"]
    known(inputs, *_DATED, "rate_change")
    word({"level": 1}, inputs.get("plan", "level"), "plan")
    said = inputs["rate_change"]
    known(said, "effective", "annual_rate_percent")
    change = RateChange(date(said["effective"]), yearly(said["annual_rate_percent"]))
    return compare(case, with_rate_changes(_dated(inputs), (change,), nudge=True))


def _arm(case: Case) -> tuple[object, object]:
    inputs = case["inputs"]
    known(inputs, *_UNDATED, "balance_tracking", "rate_schedule")
    word({"round_each": 1}, inputs.get("balance_tracking", "round_each"), "balance tracking")
    resets = [_reset(each) for each in inputs["rate_schedule"]]
    return compare(case, adjustable(_undated(inputs), resets, negative=True))


def _reset(said: Inputs) -> Reset:
    known(said, "effective_payment_number", "new_annual_rate", "recast", "payment_cap_factor")
    recast, cap = said.get("recast", True), said.get("payment_cap_factor")
    return Reset(
        row=said["effective_payment_number"],
        rate=yearly(said["new_annual_rate"]),
        recast=recast,
        # A payment that goes on as it is has nothing to cap.
        payment_cap=Rate(cap, per=Per.ONCE) if cap is not None and recast else None,
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
