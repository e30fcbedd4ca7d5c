"""
Cases of level schedules.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from fractions import Fraction

import attrs

from overdue_visit.money import Money, Rounding
from overdue_visit.repayment import periods
from overdue_visit.repayment.day_count import DayCount, EqualParts
from overdue_visit.repayment.level import level, level_instalment, level_totals
from overdue_visit.repayment.level_carried import carried_level
from overdue_visit.repayment.schedule import Schedule
from overdue_visit.repayment.terms import Terms
from tests.vectors import repayment_dates
from tests.vectors.dispatch import Case, Handler
from tests.vectors.repayment_dates import MISSING, day_count_named
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
)
from tests.vectors.report import NotCovered

A_YEAR = {
    "annual": 1,
    "semi_annual": 2,
    "quarterly": 4,
    "monthly": 12,
    "semi_monthly": 24,
    "biweekly": 26,
    "weekly": 52,
}
"""Payments a year by the name of their rhythm."""
_COMPOUNDING = {"monthly": None, "semi_annual": 2, "annual": 1}
_HALF_EVEN_DATES = ("due_dates", "n")
_WHOLE_UNITS = "UP to whole unit"
_LAST = re.compile(r"lower or equal|higher by [0-9.]+\b.*")

_KEYS = (
    *("principal", "financed_balance", "plan", "currency_unit", "fee_per_period"),
    *("annual_rate", "annual_rate_percent", "rate_percent", "rate_per", "compounding", "day_count"),
    *("start", "start_date", "due_dates", "payment_days", "term_months", "amortization_period_months", "n"),
    *("frequency", "payment_frequency", "payments_per_year", "missing_day"),
    *("rounding", "interest_rounding", "payment_rounding", "instalment_rounding", "instalment_multiple_of"),
    *("interest", "balance_tracking", "payment_override", "last_payment"),
)


def payments_a_year(inputs: Inputs) -> int:
    """
    Read how often a year is paid, said as a number or by a name; monthly unless the case says.
    """
    named = inputs.get("payment_frequency", inputs.get("frequency", "monthly"))
    return inputs.get("payments_per_year") or word(A_YEAR, named, "frequency")


def dues_after(
    start: dt.date, count: int, a_year: int, *, missing: object = "last day of month"
) -> tuple[dt.date, ...]:
    """
    Return so many due dates in a rhythm: whole months where the year divides into them, else days.
    """
    if 12 % a_year:
        days = {24: 15, 26: 14, 52: 7}.get(a_year, 365 // a_year)
        return periods.every_days(start + dt.timedelta(days=days), count, days=days)
    return periods.months_after(start, count, every=12 // a_year, missing=word(MISSING, missing, "missing day"))


def _dues(inputs: Inputs, start: dt.date) -> tuple[dt.date, ...]:
    if "due_dates" in inputs:
        return periods.custom(map(date, inputs["due_dates"]))
    if "payment_days" in inputs:
        return periods.days_after(start, inputs["payment_days"])
    a_year = payments_a_year(inputs)
    if "term_months" in inputs:
        count = inputs.get("amortization_period_months", inputs["term_months"]) * a_year // 12
    else:
        count = inputs["n"]
    return dues_after(start, count, a_year, missing=inputs.get("missing_day", "last day of month"))


def _day_count(inputs: Inputs) -> DayCount:
    """
    Read the day count; a term in months is paid in equal parts of a year unless actual days are named.
    """
    said = str(inputs.get("day_count", "30/360"))
    if "term_months" in inputs and said.startswith("30/360"):
        return EqualParts(Fraction(1, payments_a_year(inputs)))
    return day_count_named("30/360 months" if "day_count" not in inputs else said)


def _terms(inputs: Inputs) -> Terms:
    whole = "interest" in inputs or inputs.get("instalment_rounding") == _WHOLE_UNITS
    unit = inputs.get("currency_unit")
    if unit is not None:
        currency = currency_of([unit], least=0)
    elif "interest" in inputs:
        currency = currency_of([inputs["principal"]], least=0)
    else:
        currency = currency_of([inputs["principal"]])
    start = date(inputs.get("start", inputs.get("start_date", ANY_DAY)))
    # Apache Fineract, whose tables are by date, rounds half to even.
    usual = "HALF_EVEN" if any(key in inputs for key in _HALF_EVEN_DATES) and "interest" not in inputs else "HALF_UP"
    mode = inputs.get("rounding", usual)
    said = inputs.get("payment_rounding", inputs.get("instalment_rounding", mode))
    multiple = "1" if whole and currency != "JPY" else inputs.get("instalment_multiple_of")
    return Terms(
        principal=Money(inputs.get("financed_balance", inputs["principal"]), currency),
        rate=rate_of(inputs),
        drawn=start,
        dues=_dues(inputs, start),
        day_count=_day_count(inputs),
        compounding=word(_COMPOUNDING, inputs.get("compounding", "monthly"), "compounding"),
        rounding=rounding(inputs.get("interest_rounding", mode)),
        instalment_rounding=Rounding.UP if said == _WHOLE_UNITS else rounding(said),
        unit=1 if multiple is None else Money(multiple, currency).minor,
        fee=Money(inputs["fee_per_period"], currency) if "fee_per_period" in inputs else None,
    )


# One maker a way of describing the loan


def _level(case: Case) -> tuple[object, object]:
    inputs = case["inputs"]
    known(inputs, *_KEYS)
    word({"level": 1}, inputs.get("plan", "level"), "plan")
    terms = _terms(inputs)
    if "interest" in inputs:
        word({"unrounded": 1}, inputs["interest"], "interest")
        # Only the rows are shown rounded; the instalment that is rounded is the one that is paid.
        paid = level_instalment(terms)
        shown = attrs.evolve(terms, instalment_rounding=Rounding.HALF_UP, unit=1)
        return compare(case, carried_level(shown, instalment=paid))
    return compare(case, _made(inputs, terms))


def _made(inputs: Inputs, terms: Terms) -> Schedule:
    paid = Money(inputs["payment_override"], terms.currency) if "payment_override" in inputs else None
    actual = "term_months" in inputs and not isinstance(terms.day_count, EqualParts)
    tracking = inputs.get("balance_tracking", "carry_precision" if actual else "round_each")
    make = word(_MAKERS, tracking, "balance tracking")
    shown = None
    if "term_months" in inputs:
        shown = inputs["term_months"] * payments_a_year(inputs) // 12
    return make(_with_last(inputs, terms), inputs, instalment=paid, stop_after=shown)


def _round_each(terms: Terms, inputs: Inputs, *, instalment: Money | None, stop_after: int | None) -> Schedule:
    if "due_dates" in inputs:
        return level(terms, instalment=instalment, stop_after=stop_after, nudge=True)
    return level(
        terms,
        instalment=instalment,
        stop_after=stop_after,
        negative=instalment is not None,
        instalment_day_count=_instalment_day_count(inputs, terms),
    )


def _carried(terms: Terms, inputs: Inputs, *, instalment: Money | None, stop_after: int | None) -> Schedule:
    return carried_level(
        terms,
        instalment=instalment,
        stop_after=stop_after,
        instalment_day_count=_instalment_day_count(inputs, terms),
    )


_MAKERS: Mapping[str, Callable[..., Schedule]] = {"round_each": _round_each, "carry_precision": _carried}


def _instalment_day_count(inputs: Inputs, terms: Terms) -> DayCount | None:
    if "term_months" in inputs:
        return EqualParts(Fraction(1, payments_a_year(inputs)))
    if "n" in inputs and "due_dates" not in inputs and "payment_days" not in inputs:
        # Fineract's older schedules reckon the instalment as if every period were as long as the first.
        return EqualParts(terms.day_count.fraction(terms.drawn, terms.dues[0]))
    return None


def _with_last(inputs: Inputs, terms: Terms) -> Terms:
    """
    Read how the last payment compares: not above the others, or as rounding leaves it.
    """
    said = str(inputs.get("last_payment", "lower or equal"))
    if not _LAST.fullmatch(said):
        raise NotCovered(f"last payment {said!r}")
    searched = "payment_days" in inputs and terms.instalment_rounding is Rounding.UP
    return attrs.evolve(terms, last_payment="lower") if searched else terms


def _level_cn(case: Case) -> tuple[object, object]:
    inputs, expected = case["inputs"], case["expected"]
    known(inputs, "principal", "annual_rate_percent", "n", "plan")
    word({"等额本息 level": 1, "level": 1}, inputs.get("plan", "level"), "plan")
    terms = Terms(
        principal=Money(inputs["principal"], "CNY"),
        rate=rate_of(inputs),
        drawn=ANY_DAY,
        dues=periods.months_after(ANY_DAY, inputs["n"]),
    )
    _, got = compare(case, carried_level(terms))
    totals = level_totals(terms)
    printed = {"total_interest": text(totals.total_interest), "total_payment": text(totals.total_paid)}
    tolerance = case.get("tolerance", "exact")
    got |= {key: tolerant(printed[key], expected[key], tolerance) for key in printed if key in expected}
    return expected, got


KINDS: dict[str, Handler] = {
    **repayment_dates.KINDS,
    "schedule_level": _level,
    "schedule_level_cn": _level_cn,
}
