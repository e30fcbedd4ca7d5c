"""
Days of delinquency of a mortgage loan under Regulation X, and when a first foreclosure filing may be made.

Source: 12 CFR 1024.31 "Delinquency" with its comments, and 1024.41(f)(1)(i).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import attrs

from overdue_visit.business_calendar import corresponding_day
from overdue_visit.classification.classification import Classification, classify
from overdue_visit.classification.facts import Facts
from overdue_visit.classification.scale import Scale
from overdue_visit.classification.shipped import scale as shipped
from overdue_visit.declared import check_fields, expect, several
from overdue_visit.errors import InvalidValue
from overdue_visit.instants import plain_date

FORECLOSURE_ALLOWED = "foreclosure_filing_allowed"
"""The class in which a first filing is no longer barred by the days."""


@attrs.frozen
class PeriodicPayment:
    """
    One full periodic payment.

    Args:
        on: The day it was made.

        applied_to: The due day that the servicer applied it to; ``None``: the oldest one unpaid.
    """

    on: dt.date
    applied_to: dt.date | None = None

    def __attrs_post_init__(self) -> None:
        check_fields(self)


@attrs.frozen(kw_only=True)
class Delinquency:
    """
    How long a loan has been delinquent.

    Args:
        since: The oldest due day that is unpaid; ``None`` if there is none.

        days: Calendar days after it; 0 on the due day itself.

        filing_allowed_from: The first day on which the days alone would allow a filing, if nothing is paid.
    """

    on: dt.date
    since: dt.date | None
    days: int
    first_foreclosure_filing_allowed: bool
    filing_allowed_from: dt.date | None
    classification: Classification

    def __attrs_post_init__(self) -> None:
        check_fields(self)


def monthly_due_days(first: dt.date, *, through: dt.date) -> tuple[dt.date, ...]:
    """
    Return the due days of a monthly loan, each the corresponding day of its month, or the last where it is shorter.

    Raises:
        InvalidValue: If a day is no date.
    """
    plain_date(first, field="first")
    plain_date(through, field="through")
    months = (through.year - first.year) * 12 + through.month - first.month
    days = (corresponding_day(first, month) for month in range(months + 1))
    return tuple(day for day in days if day <= through)


def delinquency(
    due_days: Sequence[dt.date],
    payments: Sequence[PeriodicPayment] = (),
    *,
    on: dt.date,
    scale: Scale | None = None,
) -> Delinquency:
    """
    Count a loan's days of delinquency at the end of day *on*.

    Args:
        due_days: Due days of periodic payments; those after *on* do not matter.

        payments: Full payments; one made after *on* does not matter. Applied to the oldest due day they move the start.

        scale: The institution's own stricter number of days; default: that of the regulation.

    Raises:
        InvalidValue: If a payment is applied to a day that is not due, or twice to one, or a value is of another kind.
    """
    plain_date(on)
    expect("scale", scale, Scale | None)
    unpaid = sorted(set(several("due_days", due_days, dt.date)))
    for payment in sorted(several("payments", payments, PeriodicPayment), key=lambda each: each.on):
        if payment.on <= on:
            _settle(payment, unpaid)
    since = next((day for day in unpaid if day <= on), None)
    rules = scale or shipped("us-reg-x-delinquency")
    found = classify(Facts(on=on, oldest_due=since, all_arrears_paid=None if since else True), rules)
    return Delinquency(
        on=on,
        since=since,
        days=found.days_past_due or 0,
        first_foreclosure_filing_allowed=found.class_ == FORECLOSURE_ALLOWED,
        filing_allowed_from=_allowed_from(since, rules),
        classification=found,
    )


def _settle(payment: PeriodicPayment, unpaid: list[dt.date]) -> None:
    day = payment.applied_to or (unpaid[0] if unpaid else None)
    if day not in unpaid:
        raise InvalidValue("applied_to", payment.applied_to, "a due day that is not paid yet")
    unpaid.remove(day)


def _allowed_from(since: dt.date | None, rules: Scale) -> dt.date | None:
    ladder = rules.ladder(None)
    if since is None or ladder is None:
        return None
    step = next((each for each in ladder.steps if each.class_ == FORECLOSURE_ALLOWED), None)
    return rules.counting.day(since, step.first_day) if step else None
