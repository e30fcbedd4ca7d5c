"""
The loans of cases that name single figures: equal periods, and no dates.
"""

from __future__ import annotations

from fractions import Fraction

from overdue_visit.money import Money
from overdue_visit.repayment import periods
from overdue_visit.repayment.day_count import EqualParts
from overdue_visit.repayment.terms import Terms
from tests.vectors.repayment_words import ANY_DAY, Inputs, yearly

CURRENCY = "EUR"
TERMS = ("principal", "annual_rate_percent", "effective_annual_percent", "n", "months", "payments_per_year", "plan")
_LONGEST = 1200
"""Rows that a payment rule may take where the case does not say."""


def terms_of(inputs: Inputs, *, rows: int | None = None, percent: object = None) -> Terms:
    """
    Read terms of equal periods; an effective yearly rate is one that is compounded once a year.
    """
    said = inputs.get("effective_annual_percent", inputs.get("annual_rate_percent")) if percent is None else percent
    return Terms(
        principal=Money(inputs["principal"], CURRENCY),
        rate=yearly(said),
        drawn=ANY_DAY,
        dues=periods.months_after(ANY_DAY, rows or inputs.get("n", inputs.get("months", _LONGEST))),
        day_count=EqualParts(Fraction(1, inputs.get("payments_per_year", 12))),
        compounding=1 if "effective_annual_percent" in inputs else None,
    )


def factor_of(inputs: Inputs, percent: object) -> Fraction:
    """
    Return what one period bears at another rate.
    """
    return terms_of(inputs, rows=1, percent=percent).accruals().factor(0)
