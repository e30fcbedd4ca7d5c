"""
The runs of months past due in a record that is kept by the month, such as a card's statements or a credit bureau's.

Such a record says by how many months a payment is delayed and knows no due dates. Nothing is counted in days here, and
no due dates are made up.
"""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterator, Mapping

import attrs

from overdue_visit.errors import InvalidValue
from overdue_visit.instants import plain_date


@attrs.frozen(kw_only=True)
class MonthlyRun:
    """
    One run of consecutive months past due; a month is written as its first day.

    Args:
        last_month: Its last month past due; the last of the record while it runs.

        worst: The most months past due that were recorded in it.

        began_before: It ran in the first month of the record already, so that its beginning is not known.

        cleared_in: The first month after it that is not past due; None while it runs.
    """

    first_month: dt.date
    last_month: dt.date
    worst: int
    began_before: bool
    cleared_in: dt.date | None

    @property
    def months(self) -> int:
        """How many months of the record it lasted so far."""
        return _number(self.last_month) - _number(self.first_month) + 1


def monthly_runs(months_past_due: Mapping[dt.date, int]) -> tuple[MonthlyRun, ...]:
    """
    Find every run of months past due in a record, the first one first.

    Args:
        months_past_due: By month, each written as its first day, without a gap; 0 where nothing is late. A card's
            codes for "paid in full" or "no use" are 0 here.

    Raises:
        InvalidValue: If a month is not a first day, one is missing between two others, or a number is negative.
    """
    record = _checked(months_past_due)
    return tuple(_runs(record))


def _checked(months_past_due: Mapping[dt.date, int]) -> list[tuple[dt.date, int]]:
    if not isinstance(months_past_due, Mapping):
        raise InvalidValue("months_past_due", months_past_due, "a mapping from a month's first day to a whole number")
    for month, late in months_past_due.items():
        if plain_date(month, field="month").day != 1:
            raise InvalidValue("month", month, "the first day of a month")
        if type(late) is not int or late < 0:
            raise InvalidValue("months_past_due", late, f"a whole number of at least 0 for {month:%Y-%m}")
    record = sorted(months_past_due.items())
    for (before, _), (month, _) in itertools.pairwise(record):
        if _number(month) != _number(before) + 1:
            raise InvalidValue("month", month, f"the month after {before:%Y-%m}: the record has no gap")
    return record


def _runs(record: list[tuple[dt.date, int]]) -> Iterator[MonthlyRun]:
    late: list[tuple[dt.date, int]] = []
    for month, months in [*record, (None, 0)]:
        if month is not None and months:
            late.append((month, months))
        elif late:
            yield MonthlyRun(
                first_month=late[0][0],
                last_month=late[-1][0],
                worst=max(each for _, each in late),
                began_before=late[0] == record[0],
                cleared_in=month,
            )
            late = []


def _number(month: dt.date) -> int:
    return 12 * month.year + month.month
