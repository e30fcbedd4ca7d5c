"""
What a rule says: a day, a yes or no, or a band of rates, with its source, the facts used, and what would move it.
"""

from __future__ import annotations

import datetime as dt
import enum
from typing import Protocol

import attrs

from overdue_visit.declared import check_fields
from overdue_visit.errors import InvalidValue
from overdue_visit.instants import plain_date
from overdue_visit.limitation.source import Source
from overdue_visit.money import Money
from overdue_visit.rate import Rate

FactValue = dt.date | bool | int | str | Money | Rate | tuple[dt.date, ...] | tuple[str, ...] | None


class Bound(enum.StrEnum):
    """What the day of a deadline is."""

    BY = "by"
    """The last day on which something is in time; it is over at 24:00."""
    NOT_BEFORE = "not_before"
    """The first day on which something is allowed."""
    UNTIL = "until"
    """The last day on which something lasts."""


class State(enum.StrEnum):
    """Why a deadline has a day, or has none."""

    RUNNING = "running"
    NOT_REQUIRED = "not_required"
    """Nothing needs to be done: the reason for the duty is gone."""
    PENDING = "pending"
    """The event that the day is counted from has not happened, or proceedings hold the clock."""
    NEVER = "never"
    """What was done does not start the period."""


@attrs.frozen
class Fact:
    """One fact that a rule used: its code and value."""

    name: str
    value: FactValue

    def __attrs_post_init__(self) -> None:
        check_fields(self)


@attrs.frozen(kw_only=True)
class Deadline:
    """
    A day that a rule sets.

    Args:
        rule: The rule's id, such as ``"us-reg-x.live_contact"``.

        day: The day; None unless the state is `State.RUNNING`.

        earliest: Where the rule has both ends: the first day that is not too early.

        also: What else it rests on, such as the article by which an obstacle suspends a clock.

        moved_by: Codes of what would move the day.
    """

    rule: str
    day: dt.date | None
    bound: Bound
    source: Source
    facts: tuple[Fact, ...]
    moved_by: tuple[str, ...]
    state: State = State.RUNNING
    earliest: dt.date | None = None
    also: tuple[Source, ...] = ()

    def __attrs_post_init__(self) -> None:
        check_fields(self)

    def allows(self, on: dt.date) -> bool:
        """
        Tell whether what the rule is about is in time, allowed, or still lasts on a day.

        Raises:
            InvalidValue: If *on* is not a date.
        """
        asked = plain_date(on)
        if self.earliest is not None and asked < self.earliest:
            return False
        if self.day is None:
            return self.state is not State.NEVER
        return asked >= self.day if self.bound is Bound.NOT_BEFORE else asked <= self.day


@attrs.frozen(kw_only=True)
class Ruling:
    """
    A yes or no that a rule gives.

    Args:
        code: What was asked, as a stable word: ``"extension_allowed"``.

        holds: The answer.

        most: The largest whole number that would still be allowed, where the rule has one.
    """

    rule: str
    code: str
    holds: bool
    source: Source
    facts: tuple[Fact, ...]
    moved_by: tuple[str, ...]
    most: int | None = None

    def __attrs_post_init__(self) -> None:
        check_fields(self)


@attrs.frozen(kw_only=True)
class Band:
    """The least and most that a rate may be."""

    rule: str
    least: Rate
    most: Rate
    source: Source
    facts: tuple[Fact, ...]
    moved_by: tuple[str, ...]

    def __attrs_post_init__(self) -> None:
        check_fields(self)

    def allows(self, rate: Rate) -> bool:
        """
        Tell whether a rate lies in the band, both ends included.

        Raises:
            InvalidValue: If *rate* is no `Rate`, or is quoted for another period.
        """
        if not isinstance(rate, Rate) or rate.per is not self.least.per:
            raise InvalidValue("rate", rate, f"a Rate per {self.least.per.value}")
        return self.least.fraction <= rate.fraction <= self.most.fraction


@attrs.frozen(kw_only=True)
class Order:
    """The order in which a payment is used, as codes."""

    rule: str
    order: tuple[str, ...]
    agreed: bool
    """Whether the parties agreed on it."""
    source: Source
    facts: tuple[Fact, ...]
    moved_by: tuple[str, ...]

    def __attrs_post_init__(self) -> None:
        check_fields(self)


class HasSource(Protocol):
    """Anything that a rule gave."""

    @property
    def rule(self) -> str:
        """The rule's id."""

    @property
    def source(self) -> Source:
        """What it rests on."""

    @property
    def facts(self) -> tuple[Fact, ...]:
        """The facts used."""

    @property
    def moved_by(self) -> tuple[str, ...]:
        """Codes of what would change it."""
