"""
What is known of one loan on one day, and the classes that it had before.
"""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Iterable, Mapping

import attrs

from overdue_visit.classification.elapsed import Elapsed, Since
from overdue_visit.declared import check_fields, expect, several
from overdue_visit.errors import InvalidValue
from overdue_visit.instants import plain_date
from overdue_visit.money import Money
from overdue_visit.rate import Rate

Known = bool | int | Rate | Since
"""The value of one fact that a scale asks for by name."""


class FactKind(enum.StrEnum):
    """What kind of value a named fact has."""

    YES_NO = "yes_no"
    COUNT = "count"
    """A whole number of at least 0."""
    SHARE = "share"
    """A `Rate`, of which the period does not matter."""
    SINCE = "since"
    """A day, or an `Elapsed`."""

    def accepts(self, value: object) -> bool:
        """
        Tell whether *value* is of this kind.
        """
        match self:
            case FactKind.YES_NO:
                return isinstance(value, bool)
            case FactKind.COUNT:
                return type(value) is int and value >= 0
            case FactKind.SHARE:
                return isinstance(value, Rate) and value.numerator >= 0
            case FactKind.SINCE:
                return isinstance(value, Elapsed) or (isinstance(value, dt.date) and not isinstance(value, dt.datetime))

    @property
    def wanted(self) -> str:
        """What to give, in words."""
        words = {
            FactKind.YES_NO: "True or False",
            FactKind.COUNT: "a whole number of at least 0",
            FactKind.SHARE: "a Rate of at least 0, such as Rate('55%', 'once')",
            FactKind.SINCE: "a date without a time, or an Elapsed",
        }
        return words[self]


LONGEST_DAYS = 36_600
"""More days past due than this are a slip of the pen: a hundred years."""


def _pairs(known: Mapping[str, Known] | Iterable[tuple[str, Known]]) -> tuple[tuple[str, Known], ...]:
    try:
        named = dict(known)
    except (TypeError, ValueError):
        raise InvalidValue("known", known, "values by name, such as {'credit_impaired': True}") from None
    for name in named:
        expect("known", name, str)
    return tuple(sorted(named.items()))


@attrs.frozen(kw_only=True)
class Facts:
    """
    What is known of a loan at the end of day *on*; what is not said is not known.

    Args:
        days_past_due: Counted as the scale counts; better give *oldest_due*.

        oldest_due: The oldest due day of which something was unpaid; the scale counts from it.

        facility: The kind of loan, by a name that the scale has.

        arrears: What is past due, for scales with a materiality limit.

        exposure: What the borrower owes altogether.

        all_arrears_paid: Whether nothing of what was overdue is left; *oldest_due* is then paid too.

        assessed: The class that the institution itself thinks right; it can only be worse than the rules' floor.

        known: More facts, by the names that the scale reads (`Scale.vocabulary`).

    Raises:
        InvalidValue: If a value is malformed or two contradict each other.
    """

    on: dt.date
    days_past_due: int | None = None
    oldest_due: dt.date | None = None
    facility: str | None = None
    arrears: Money | None = None
    exposure: Money | None = None
    all_arrears_paid: bool | None = None
    assessed: str | None = None
    known: tuple[tuple[str, Known], ...] = attrs.field(default=(), converter=_pairs)

    def __attrs_post_init__(self) -> None:
        plain_date(self.on)
        self._check_days()
        expect("facility", self.facility, str | None)
        expect("assessed", self.assessed, str | None)
        for name, value in self.known:
            expect(f"known.{name}", value, Known)
        for field in ("arrears", "exposure"):
            value = getattr(self, field)
            if value is not None and (not isinstance(value, Money) or value.minor < 0):
                raise InvalidValue(field, value, "Money of at least 0")
        if self.all_arrears_paid is not None and not isinstance(self.all_arrears_paid, bool):
            raise InvalidValue("all_arrears_paid", self.all_arrears_paid, "True, False or None")

    def _check_days(self) -> None:
        days = self.days_past_due
        if days is not None and (type(days) is not int or not 0 <= days <= LONGEST_DAYS):
            raise InvalidValue("days_past_due", days, f"a whole number from 0 to {LONGEST_DAYS}")
        if self.oldest_due is not None:
            plain_date(self.oldest_due, field="oldest_due")
            if days is not None:
                raise InvalidValue("days_past_due", days, "either days_past_due or oldest_due, not both")
        if days and self.all_arrears_paid:
            raise InvalidValue("all_arrears_paid", self.all_arrears_paid, "no days past due where all arrears are paid")

    def fact(self, name: str) -> Known | None:
        """
        Return a named fact; ``None`` if it is not known.

        Raises:
            InvalidValue: If *name* is no text.
        """
        expect("name", name, str)
        return next((value for each, value in self.known if each == name), None)

    def narrowed(self, names: Iterable[str]) -> Facts:
        """
        Keep only the named facts, such as those that a scale reads: one set of facts may serve several scales.

        Raises:
            InvalidValue: If a name is no text.
        """
        kept = set(several("names", names, str))
        return attrs.evolve(self, known=[pair for pair in self.known if pair[0] in kept])

    def later(self, on: dt.date) -> Facts:
        """
        Return the same facts on a later day, on which nothing more was paid; what is told as `Elapsed` stands still.

        Raises:
            InvalidValue: If *on* is no date, or an earlier one.
        """
        if plain_date(on) < self.on:
            raise InvalidValue("on", on, f"a day from {self.on} on")
        days = self.days_past_due
        running = days + (on - self.on).days if days else days
        return attrs.evolve(self, on=on, days_past_due=running)


@attrs.frozen
class DatedClass:
    """
    A class that a loan has from a day on.

    Args:
        rules: Codes of the rules that put it there.

    Raises:
        InvalidValue: If *on* is not a date, the class is no text or the rules are no tuple of texts.
    """

    on: dt.date
    class_: str
    rules: tuple[str, ...] = ()

    def __attrs_post_init__(self) -> None:
        check_fields(self)
        if not self.class_:
            raise InvalidValue("class_", self.class_, "the code of a class")
