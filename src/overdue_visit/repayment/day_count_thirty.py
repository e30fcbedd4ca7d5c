"""
Day counts that give every month thirty days: what consumer loans, mortgages and bonds call 30/360.

`THIRTY_360` counts whole months as whole months, however many days they have; it is what a loan with equal monthly
instalments uses. The others are the rules of 2006 ISDA Definitions, section 4.16 (f) to (h), and their kin.
"""

from __future__ import annotations

import calendar
import datetime as dt
import enum
from collections.abc import Sequence
from fractions import Fraction

import attrs

from overdue_visit.instants import plain_date
from overdue_visit.repayment import periods
from overdue_visit.repayment.day_count import DayCount, Shares, demand_periods


class Thirtieth(enum.StrEnum):
    """What becomes of the days at a month's end."""

    BOND = "30/360"
    """A start on the 31st is the 30th; so is an end on the 31st if the start is the 30th or 31st (ISDA 4.16(f))."""
    EUROPEAN = "30E/360"
    """The 31st is the 30th (ISDA 4.16(g), Eurobond)."""
    GERMAN = "30E/360 ISDA"
    """The last day of a month is the 30th, except the termination date in February (ISDA 4.16(h))."""
    US = "30/360 US"
    """Bond basis, and the last day of February is the 30th (NASD, SIA)."""
    PLAIN = "30/365"
    """Days of the month are taken as they are; the year has 365 days."""


@attrs.frozen
class Thirty(DayCount):
    """
    Thirty days a month, with a rule for the ends of months.

    Args:
        termination: The last day of the contract, which `Thirtieth.GERMAN` does not move when it is in February.
    """

    rule: Thirtieth
    termination: dt.date | None = None

    def __attrs_post_init__(self) -> None:
        if self.termination is not None:
            plain_date(self.termination, field="termination")

    @property
    def name(self) -> str:
        """What contracts call it."""
        return self.rule.value

    def _days(self, start: dt.date, end: dt.date) -> int:
        first, last = self._month_days(start, end)
        return 360 * (end.year - start.year) + 30 * (end.month - start.month) + last - first

    def _fraction(self, start: dt.date, end: dt.date) -> Fraction:
        return Fraction(self._days(start, end), 365 if self.rule is Thirtieth.PLAIN else 360)

    def _month_days(self, start: dt.date, end: dt.date) -> tuple[int, int]:
        first, last = start.day, end.day
        match self.rule:
            case Thirtieth.PLAIN:
                return first, last
            case Thirtieth.EUROPEAN:
                return min(first, 30), min(last, 30)
            case Thirtieth.GERMAN:
                kept = end == self.termination and end.month == 2
                return 30 if _ends_month(start) else first, 30 if _ends_month(end) and not kept else last
            case Thirtieth.US:
                if _ends_february(start):
                    first, last = 30, 30 if _ends_february(end) else last
            case Thirtieth.BOND:
                pass
        first = min(first, 30)
        return first, 30 if last == 31 and first == 30 else last


@attrs.frozen
class WholeMonths(DayCount):
    """
    Whole months are twelfths of a year, whatever their length; odd days are 360ths, by the bond basis.

    From the 31st of January to the 28th of February and on to the 31st of March are one month each. A start on the
    last day of a month may stand for any later day that the month lacks.
    """

    @property
    def name(self) -> str:
        """What contracts call it."""
        return "30/360 months"

    def _days(self, start: dt.date, end: dt.date) -> int:
        months = 12 * (end.year - start.year) + end.month - start.month
        same = start.day == end.day
        clamped_end = start.day > end.day and _ends_month(end)
        clamped_start = start.day < end.day and _ends_month(start)
        if same or (months and (clamped_end or clamped_start)):
            return 30 * months
        return THIRTY_360_BOND.days(start, end)

    def _fraction(self, start: dt.date, end: dt.date) -> Fraction:
        return Fraction(self._days(start, end), 360)

    def shares(self, drawn: dt.date, dues: Sequence[dt.date]) -> Shares:
        """
        Return the part of a year of each period; dates of one rhythm are recognised as a whole.
        """
        demand_periods(drawn, dues)
        if periods.are_monthly((drawn, *dues)):
            return Shares((1,) * len(dues), 12)
        if not periods.are_monthly(tuple(dues)):
            return super().shares(drawn, dues)
        return Shares.of((self._days(drawn, dues[0]), *(30,) * (len(dues) - 1)), 360)


def _ends_month(day: dt.date) -> bool:
    return day.day >= 28 and day.day == calendar.monthrange(day.year, day.month)[1]


def _ends_february(day: dt.date) -> bool:
    return day.month == 2 and _ends_month(day)


THIRTY_360 = WholeMonths()
"""Whole months as twelfths: the default of every schedule."""
THIRTY_360_BOND = Thirty(Thirtieth.BOND)
"""30/360, bond basis, without an end-of-February rule."""
THIRTY_360_US = Thirty(Thirtieth.US)
"""30/360 with the end-of-February rule."""
THIRTY_E_360 = Thirty(Thirtieth.EUROPEAN)
"""30E/360, Eurobond basis."""
THIRTY_365 = Thirty(Thirtieth.PLAIN)
"""30/365: thirty days a month over a year of 365."""


def thirty_e_360_isda(termination: dt.date | None = None) -> DayCount:
    """
    Return 30E/360 ISDA for a contract that ends on *termination*.
    """
    return Thirty(Thirtieth.GERMAN, termination)
