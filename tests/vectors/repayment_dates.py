"""
Cases of day counts and due dates, and the words that cases of schedules share with them.
"""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction

from overdue_visit.business_calendar import BusinessCalendar
from overdue_visit.repayment import periods
from overdue_visit.repayment.day_count import DayCount, EqualParts
from overdue_visit.repayment.day_count_actual import ActualICMA, Business252
from overdue_visit.repayment.day_count_names import DAY_COUNTS, named
from overdue_visit.repayment.day_count_thirty import thirty_e_360_isda
from tests.vectors.dispatch import Case, Handler
from tests.vectors.repayment_words import Inputs, allowance, date, known, places, tolerant, word
from tests.vectors.report import NotCovered

MISSING = {
    "first day of next month": periods.MissingDay.NEXT_FIRST,
    "last day of month": periods.MissingDay.LAST_DAY,
}
_DAY_COUNTS = {
    "30/360 Bond Basis (US without end-of-February rule)": "30/360",
    "30E/360 (Eurobond)": "30E/360",
    "30/360 (US)": "30/360 US",
    "30/360 months, every 2 months": "30/360 months",
    "any": "30/360 months",
    "act/act": "act/act ISDA",
    "actual/360": "act/360",
    "act/365": "act/365F",
    "act/365 (daily rate x days)": "act/365F",
}
_EVERY = {"monthly": 1, "quarterly": 3, "semi_annual": 6, "annual": 12}
_DIGITS_OF_A_LONG_FRACTION = 6
_FRACTION = re.compile(r"[0-9]+/[0-9]+")


def _day_count(case: Case) -> tuple[object, object]:
    inputs, expected = case["inputs"], case["expected"]
    known(inputs, "convention", "start", "end", "reference", "termination", "holidays")
    count, start, end = _convention(inputs), date(inputs["start"]), date(inputs["end"])
    got = {}
    for key in expected:
        if key == "days":
            got[key] = count.days(start, end)
        elif key == "year_fraction":
            got[key] = _near(count.fraction(start, end), expected[key], case.get("tolerance", "exact"))
        else:
            raise NotCovered(f"expected {key!r}")
    return expected, tolerant(got, expected)


def _convention(inputs: Inputs) -> DayCount:
    name = str(inputs["convention"])
    if name.startswith("30E/360 ISDA"):
        return thirty_e_360_isda(date(inputs["termination"]) if "termination" in inputs else None)
    if name == "act/act ICMA":
        # Without a reference the dates themselves are a regular period.
        return _icma(inputs.get("reference", {"start": inputs["start"], "end": inputs["end"]}))
    if name.casefold() in ("business/252", "bus/252"):
        return Business252(BusinessCalendar(holidays=frozenset(map(date, inputs.get("holidays", ())))))
    return day_count_named(name)


def _icma(reference: Inputs) -> DayCount:
    known(reference, "start", "end", "frequency")
    start, end = date(reference["start"]), date(reference["end"])
    months = 12 * (end.year - start.year) + end.month - start.month
    frequency = reference.get("frequency", 12 // months if months > 0 and not 12 % months else None)
    if frequency is None:
        raise NotCovered(f"a reference period of {months} months")
    return ActualICMA(start, end, frequency)


def day_count_named(text: str) -> DayCount:
    """
    Find the day count that a schedule case names.
    """
    if text.endswith(" per period"):
        return EqualParts(Fraction(text.removesuffix(" per period")))
    if text.startswith("act/act cut at 31 December"):
        return named("act/act cut at 31 December")
    name = _DAY_COUNTS.get(text, text)
    if name not in DAY_COUNTS and _FRACTION.fullmatch(name):
        return EqualParts(Fraction(name))
    word(DAY_COUNTS, name, "day count")
    return named(name)


def _near(found: Fraction, expected: str, tolerance: object) -> str:
    wanted = Fraction(expected)
    shown = places(expected)
    if tolerance == "exact" and shown >= _DIGITS_OF_A_LONG_FRACTION:
        # No decimal is exactly a third: what is printed at length is compared as printed.
        found = round(found, shown)
    if abs(found - wanted) <= Fraction(allowance(tolerance, Decimal(expected))):
        return expected
    return str(Decimal(found.numerator) / Decimal(found.denominator))


def _due_dates(case: Case) -> tuple[object, object]:
    inputs, expected = case["inputs"], case["expected"]
    known(inputs, "start", "first", "n", "frequency", "missing_day", "rule")
    every = word(_EVERY, inputs.get("frequency", "monthly"), "frequency")
    missing = word(MISSING, inputs.get("missing_day", "last day of month"), "missing day")
    rule = inputs.get("rule", "same day")
    month_end = word({"same day": False, "end of month kept": True}, rule, "rule")
    if "first" in inputs:
        start, make = date(inputs["first"]), periods.monthly
    else:
        start, make = date(inputs["start"]), periods.months_after
    dates = make(start, inputs["n"], every=every, missing=missing, month_end=month_end)
    texts = [each.isoformat() for each in dates]
    got = {"dates": texts, "first": texts[0], "second": texts[1:2] and texts[1], "last": texts[-1]}
    return expected, {key: word(got, key, "expected") for key in expected}


KINDS: dict[str, Handler] = {"day_count": _day_count, "due_dates": _due_dates}
