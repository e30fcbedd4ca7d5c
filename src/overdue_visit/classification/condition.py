"""
One thing that a rule asks: a fact, how it is compared, and with what.
"""

from __future__ import annotations

import datetime as dt
import enum

import attrs

from overdue_visit.classification.elapsed import Elapsed, Since, days_on, days_passed, months_on, months_passed
from overdue_visit.classification.facts import DatedClass, FactKind, Facts, Known
from overdue_visit.declared import check_fields
from overdue_visit.rate import Rate

Bound = bool | int | Rate | str
"""What a fact is compared with; a class code for `Test.WAS`."""

DAYS_PAST_DUE = "days_past_due"
ALL_ARREARS_PAID = "all_arrears_paid"
CLASS_SINCE = "class_since"

OF_EVERY_SCALE: dict[str, FactKind] = {
    DAYS_PAST_DUE: FactKind.COUNT,
    ALL_ARREARS_PAID: FactKind.YES_NO,
    CLASS_SINCE: FactKind.SINCE,
}
"""Facts that every scale may ask for: two fields of `Facts`, and the day of the latest class."""


class Test(enum.StrEnum):
    """How a fact is compared."""

    __test__ = False  # pytest takes it for a class of tests

    IS = "is"
    IS_NOT = "is_not"
    """Anything else, also unknown."""
    KNOWN = "known"
    AT_LEAST = "at_least"
    OVER = "over"
    AT_MOST = "at_most"
    UNDER = "under"
    MONTHS = "months_at_least"
    """So many calendar months have passed since."""
    DAYS_OVER = "days_over"
    """More than so many days have passed since."""
    WAS = "was"
    """The loan had that class before."""
    WAS_NOT = "was_not"


TESTS: dict[FactKind, tuple[Test, ...]] = {
    FactKind.YES_NO: (Test.IS, Test.IS_NOT),
    FactKind.COUNT: (Test.AT_LEAST, Test.OVER, Test.AT_MOST, Test.UNDER),
    FactKind.SHARE: (Test.AT_LEAST, Test.OVER, Test.AT_MOST, Test.UNDER),
    FactKind.SINCE: (Test.KNOWN, Test.MONTHS, Test.DAYS_OVER),
}
"""Which comparisons a kind of fact allows."""

_OPPOSITE = {
    Test.AT_LEAST: Test.UNDER,
    Test.UNDER: Test.AT_LEAST,
    Test.OVER: Test.AT_MOST,
    Test.AT_MOST: Test.OVER,
}


@attrs.frozen(kw_only=True)
class View:
    """What the conditions of one judgement read."""

    facts: Facts
    days: int | None
    """Days past due as the scale counts them; ``None`` if not known."""
    past: tuple[DatedClass, ...]
    """The classes up to this day, oldest first."""

    def value(self, name: str) -> Known | None:
        """
        Return a fact by name; ``None`` if it is not known.
        """
        if name == DAYS_PAST_DUE:
            return self.days
        if name == ALL_ARREARS_PAID:
            return self.facts.all_arrears_paid
        if name == CLASS_SINCE:
            return self.past[-1].on if self.past else None
        return next((value for each, value in self.facts.known if each == name), None)


@attrs.frozen
class Condition:
    """One comparison of a fact with a bound."""

    fact: str
    """Name of the fact; ``class`` for `Test.WAS`."""
    test: Test
    bound: Bound

    def __attrs_post_init__(self) -> None:
        check_fields(self)

    def holds(self, view: View) -> bool | None:
        """
        Tell whether it is established; ``None`` if the fact is not known.
        """
        if self.test in (Test.WAS, Test.WAS_NOT):
            had = any(each.class_ == self.bound for each in view.past)
            return had if self.test is Test.WAS else not had
        value = view.value(self.fact)
        if self.test is Test.KNOWN:
            return value is not None
        if self.test is Test.IS_NOT:
            return value is not self.bound
        if value is None:
            return None
        return self._compare(value, view.facts.on)

    def _compare(self, value: Known, on: dt.date) -> bool:
        if isinstance(value, bool):
            return value is self.bound
        if isinstance(value, dt.date | Elapsed):
            return self._has_passed(value, on)
        difference = _difference(value, self.bound)
        match self.test:
            case Test.AT_LEAST:
                return difference >= 0
            case Test.OVER:
                return difference > 0
            case Test.AT_MOST:
                return difference <= 0
            case _:
                return difference < 0

    def _has_passed(self, since: Since, on: dt.date) -> bool:
        bound = int(str(self.bound))
        if self.test is Test.MONTHS:
            return months_passed(since, bound, on=on)
        return days_passed(since, on=on) > bound

    def turns_on(self, view: View) -> dt.date | None:
        """
        Return the day from which time alone establishes it; ``None`` if time does not, or nobody knows since when.
        """
        if self.test not in (Test.MONTHS, Test.DAYS_OVER):
            return None
        since = view.value(self.fact)
        if not isinstance(since, dt.date):
            return None
        bound = int(str(self.bound))
        return months_on(since, bound) if self.test is Test.MONTHS else days_on(since, bound + 1)

    def opposite(self) -> Condition | None:
        """
        Return what would end it; ``None`` if nothing can, such as a class in the past.
        """
        if self.test is Test.IS:
            return Condition(self.fact, self.test, not self.bound)
        if self.test is Test.IS_NOT:
            return Condition(self.fact, Test.IS, self.bound)
        ends = _OPPOSITE.get(self.test)
        return Condition(self.fact, ends, self.bound) if ends else None


def _difference(value: Known, bound: Bound) -> int:
    if isinstance(value, Rate) and isinstance(bound, Rate):
        return value.numerator * bound.denominator - bound.numerator * value.denominator
    return int(str(value)) - int(str(bound))
