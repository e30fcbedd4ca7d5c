"""
Cases of day counts and due dates, and the words that cases of schedules share with them.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

from overdue_visit.business_calendar import BusinessCalendar
from overdue_visit.repayment import periods
from overdue_visit.repayment.day_count import DayCount, EqualParts
from overdue_visit.repayment.day_count_actual import ActualICMA, Business252
from overdue_visit.repayment.day_count_names import DAY_COUNTS, named
from overdue_visit.repayment.day_count_thirty import thirty_e_360_isda
from tests.vectors.dispatch import Case, Handler
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
_FRACTION = re.compile(r"[0-9]+/[0-9]+")


def date(text: object) -> dt.date:
    """
    Read a date.
    """
    return dt.date.fromisoformat(str(text))


def word(words: Mapping[str, object], text: object, what: str) -> object:
    """
    Translate a word, or say that it is not known.
    """
    if text not in words:
        raise NotCovered(f"{what} {text!r}")
    return words[str(text)]


def known(inputs: Mapping[str, object], *keys: str) -> None:
    """
    Refuse inputs that the handler would not look at.
    """
    for key in inputs:
        if key not in keys:
            raise NotCovered(f"input {key!r}")


def _day_count(case: Case) -> tuple[object, object]:
    inputs, expected = case["inputs"], case["expected"]
    known(inputs, "convention", "start", "end", "reference", "termination", "holidays")
    count, start, end = _convention(inputs), date(inputs["start"]), date(inputs["end"])
    got = {}
    for key in expected:
        if key == "days":
            got[key] = count.days(start, end)
        elif key == "year_fraction":
            got[key] = _near(count.fraction(start, end), expected[key], case["tolerance"])
        else:
            raise NotCovered(f"expected {key!r}")
    return expected, got


def _convention(inputs: Mapping[str, object]) -> DayCount:
    name = str(inputs["convention"])
    if name.startswith("30E/360 ISDA"):
        return thirty_e_360_isda(date(inputs["termination"]) if "termination" in inputs else None)
    if name == "act/act ICMA":
        reference = inputs["reference"]
        return ActualICMA(date(reference["start"]), date(reference["end"]), reference["frequency"])
    if name.casefold() in ("business/252", "bus/252"):
        return Business252(BusinessCalendar(holidays=frozenset(map(date, inputs.get("holidays", ())))))
    return day_count_named(name)


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


def _near(found: Fraction, expected: str, tolerance: str) -> str:
    allowed = Fraction(0) if tolerance == "exact" else Fraction(Decimal(tolerance))
    if abs(found - Fraction(Decimal(expected))) <= allowed:
        return expected
    return str(Decimal(found.numerator) / Decimal(found.denominator))


def _due_dates(case: Case) -> tuple[object, object]:
    inputs, expected = case["inputs"], case["expected"]
    known(inputs, "start", "first", "n", "frequency", "missing_day", "rule")
    word({"monthly": 1}, inputs.get("frequency", "monthly"), "frequency")
    missing = word(MISSING, inputs.get("missing_day", "last day of month"), "missing day")
    rule = inputs.get("rule", "same day")
    month_end = word({"same day": False, "end of month kept": True}, rule, "rule")
    if "first" in inputs:
        dates = periods.monthly(date(inputs["first"]), inputs["n"], missing=missing, month_end=month_end)
    else:
        dates = periods.months_after(date(inputs["start"]), inputs["n"], missing=missing, month_end=month_end)
    texts = [each.isoformat() for each in dates]
    got = {"dates": texts, "first": texts[0], "second": texts[min(1, len(texts) - 1)], "last": texts[-1]}
    return expected, {key: got.get(key) for key in expected}


KINDS: dict[str, Handler] = {"day_count": _day_count, "due_dates": _due_dates}
