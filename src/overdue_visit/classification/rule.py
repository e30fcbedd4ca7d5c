"""
The parts of a scale that put a loan into a class: steps by days past due, rules by other facts, and contagion.
"""

from __future__ import annotations

import attrs

from overdue_visit.classification.condition import Condition, View
from overdue_visit.classification.source import Source
from overdue_visit.declared import check_fields
from overdue_visit.rate import Rate

ANY = "any"
"""The facility of a ladder that serves every kind of loan."""


@attrs.frozen(kw_only=True)
class Step:
    """The days past due, first and last counted, that put a loan into a class."""

    class_: str
    first_day: int
    last_day: int | None
    """``None``: without end."""
    excepted: tuple[Condition, ...] = ()
    """If all of these hold the step does not apply, and the one below it does."""
    source: Source

    def __attrs_post_init__(self) -> None:
        check_fields(self)

    def holds(self, days: int) -> bool:
        """
        Tell whether so many days past due lie in it.
        """
        return self.first_day <= days and (self.last_day is None or days <= self.last_day)

    def is_excepted(self, view: View) -> bool:
        """
        Tell whether an exception sets it aside.
        """
        return bool(self.excepted) and all(each.holds(view) for each in self.excepted)


@attrs.frozen(kw_only=True)
class Ladder:
    """All steps for one kind of loan, from day 0 without gap or overlap."""

    facility: str
    steps: tuple[Step, ...]

    def __attrs_post_init__(self) -> None:
        check_fields(self)

    def at(self, days: int, view: View) -> tuple[Step, tuple[Step, ...]]:
        """
        Return the step that applies, and those above it that an exception sets aside, the highest first.
        """
        place = next(place for place, step in enumerate(self.steps) if step.holds(days))
        lowest = place
        while lowest and self.steps[lowest].is_excepted(view):
            lowest -= 1
        return self.steps[lowest], tuple(reversed(self.steps[lowest + 1 : place + 1]))


@attrs.frozen(kw_only=True)
class Rule:
    """
    At least this class while its conditions hold and nothing lifts it.

    What is not known never makes a rule begin, and never lifts one.
    """

    code: str
    class_: str
    previous: tuple[str, ...] = ()
    """It holds only loans whose latest class is one of these; empty: any loan."""
    when: tuple[Condition, ...] = ()
    """All of these make it begin."""
    lifted_by: tuple[Condition, ...] = ()
    any_lifts: bool = False
    """Whether one condition of *lifted_by* is enough; otherwise all are needed."""
    source: Source

    def __attrs_post_init__(self) -> None:
        check_fields(self)

    def applies(self, view: View) -> bool:
        """
        Tell whether it holds the loan in its class.
        """
        if self.previous and (not view.past or view.past[-1].class_ not in self.previous):
            return False
        return all(each.holds(view) for each in self.when) and not self.is_lifted(view)

    def is_lifted(self, view: View) -> bool:
        """
        Tell whether what lifts it is established.
        """
        if not self.lifted_by:
            return False
        lifts = [bool(each.holds(view)) for each in self.lifted_by]
        return any(lifts) if self.any_lifts else all(lifts)


@attrs.frozen(kw_only=True)
class InsteadOfDays:
    """
    What establishes, where the days past due are not known, that no step worse than a class applies.

    Args:
        when: All of these.
    """

    class_: str
    when: tuple[Condition, ...]
    source: Source

    def __attrs_post_init__(self) -> None:
        check_fields(self)

    def holds(self, view: View) -> bool:
        """
        Tell whether it is established.
        """
        return all(each.holds(view) for each in self.when)


@attrs.frozen(kw_only=True)
class Contagion:
    """
    When a borrower's bad loans pull the others down.

    Args:
        spreads: The classes that spread.

        to: The class that every other loan then has at least; ``None``: that of the borrower's worst loan.

        over: The share of the borrower's exposure that must be exceeded; ``None``: one loan is enough.
    """

    rule: str
    spreads: tuple[str, ...]
    to: str | None
    over: Rate | None
    source: Source

    def __attrs_post_init__(self) -> None:
        check_fields(self)
