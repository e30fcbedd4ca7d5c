"""
A scale: classes from best to worst, how days are counted, and all that puts a loan into a class.
"""

from __future__ import annotations

import datetime as dt
import enum
import itertools

import attrs

from overdue_visit.classification.condition import OF_EVERY_SCALE
from overdue_visit.classification.elapsed import days_on
from overdue_visit.classification.facts import DatedClass, FactKind, Facts
from overdue_visit.classification.materiality import Materiality
from overdue_visit.classification.rule import ANY, Contagion, InsteadOfDays, Ladder, Rule
from overdue_visit.classification.source import Source
from overdue_visit.declared import check_fields, expect
from overdue_visit.errors import InvalidValue
from overdue_visit.instants import plain_date


class Meaning(enum.StrEnum):
    """What the rules of a scale say of a loan."""

    AT_LEAST = "at_least"
    """A floor: the institution may find the loan worse, never better."""
    EXACTLY = "exactly"
    """The class itself."""


@attrs.frozen
class Level:
    """One class of a scale."""

    code: str
    performing: bool

    def __attrs_post_init__(self) -> None:
        check_fields(self)


@attrs.frozen(kw_only=True)
class Counting:
    """How days past due are counted."""

    due_day_counts: int
    """1 if the due day itself is the first day past due, else 0."""
    source: Source

    def __attrs_post_init__(self) -> None:
        check_fields(self)
        if self.due_day_counts not in (0, 1):
            raise InvalidValue("due_day_counts", self.due_day_counts, "0 or 1")

    def days(self, oldest_due: dt.date, *, on: dt.date) -> int:
        """
        Count the days past due at the end of day *on*; 0 if nothing is due yet.

        Raises:
            InvalidValue: If a day is no date.
        """
        passed = plain_date(on) - plain_date(oldest_due, field="oldest_due")
        return max(0, passed.days + self.due_day_counts)

    def day(self, oldest_due: dt.date, days: int) -> dt.date | None:
        """
        Return the day on which so many days are past due; ``None`` if no calendar has it.

        Raises:
            InvalidValue: If *oldest_due* is no date, or *days* no whole number.
        """
        expect("days", days, int)
        return days_on(plain_date(oldest_due, field="oldest_due"), days - self.due_day_counts)


@attrs.frozen(kw_only=True)
class Scale:
    """A scale as its file says it; see `read_scale`."""

    name: str
    title: str
    meaning: Meaning
    classes: tuple[Level, ...]
    """From best to worst."""
    counting: Counting
    ladders: tuple[Ladder, ...]
    rules: tuple[Rule, ...]
    instead_of_days: tuple[InsteadOfDays, ...]
    """What may be known instead of the days past due."""
    contagion: tuple[Contagion, ...]
    materiality: tuple[Materiality, ...]
    vocabulary: tuple[tuple[str, FactKind], ...]
    """Names and kinds of the facts that its rules read."""
    checked: dt.date
    effective: dt.date | None
    """The first day of the rule, where it is known."""
    digest: str
    """SHA-256 of its content."""

    def __attrs_post_init__(self) -> None:
        check_fields(self)

    @property
    def codes(self) -> tuple[str, ...]:
        """Class codes from best to worst."""
        return tuple(level.code for level in self.classes)

    def rank(self, class_: str) -> int:
        """
        Return the place of a class; 0 is the best.

        Raises:
            InvalidValue: If the scale has no such class.
        """
        for place, level in enumerate(self.classes):
            if level.code == class_:
                return place
        raise InvalidValue("class_", class_, f"a class of {self.name}: " + ", ".join(self.codes))

    @property
    def facilities(self) -> tuple[str, ...]:
        """Kinds of loan that the scale tells apart."""
        named = [ladder.facility for ladder in self.ladders] + [limits.facility for limits in self.materiality]
        return tuple(dict.fromkeys(each for each in named if each != ANY))

    def kind_of(self, fact: str) -> FactKind | None:
        """
        Return the kind of a fact; ``None`` if no rule reads it.

        Raises:
            InvalidValue: If *fact* is no text.
        """
        expect("fact", fact, str)
        return OF_EVERY_SCALE.get(fact) or dict(self.vocabulary).get(fact)

    def ladder(self, facility: str | None) -> Ladder | None:
        """
        Return the steps for a kind of loan; ``None`` if the scale has none for it.

        Raises:
            InvalidValue: If *facility* is neither a text nor ``None``.
        """
        if facility is not None:
            expect("facility", facility, str)
        found = {ladder.facility: ladder for ladder in self.ladders}
        return found.get(facility or ANY) or found.get(ANY)

    def limits(self, facility: str | None) -> Materiality | None:
        """
        Return the materiality limits for a kind of loan; ``None`` if the scale has none for it.

        Raises:
            InvalidValue: If *facility* is neither a text nor ``None``.
        """
        if facility is not None:
            expect("facility", facility, str)
        return next((each for each in self.materiality if each.facility == facility), None)

    def days(self, facts: Facts) -> int | None:
        """
        Count the days past due under this scale; ``None`` if they are not known.

        Arrears known not to exceed a materiality limit make no day past due.

        Raises:
            InvalidValue: If *facts* are no `Facts`.
        """
        expect("facts", facts, Facts)
        if facts.all_arrears_paid:
            return 0
        days = facts.days_past_due
        if facts.oldest_due is not None:
            days = self.counting.days(facts.oldest_due, on=facts.on)
        limits = None if days == 0 else self.limits(facts.facility)
        if limits and facts.arrears is not None and not limits.exceeded(facts.arrears, facts.exposure):
            return 0
        return days

    def check(self, facts: Facts) -> None:
        """
        Refuse facts that this scale cannot read.

        Raises:
            InvalidValue: If these are no `Facts`, a named fact is unknown to the scale or of another kind, the facility
                is unknown or missing though it decides, or a class was assessed where the rules give the class itself.
        """
        expect("facts", facts, Facts)
        self._check_facility(facts)
        names = dict(self.vocabulary)
        for name, value in facts.known:
            if name not in names:
                accepted = ", ".join(names) or "no facts by name"
                raise InvalidValue(f"known.{name}", value, f"a fact that {self.name} reads: {accepted}")
            if not names[name].accepts(value):
                raise InvalidValue(f"known.{name}", value, names[name].wanted)
        if facts.assessed is None:
            return
        self.rank(facts.assessed)
        if self.meaning is Meaning.EXACTLY:
            raise InvalidValue("assessed", facts.assessed, f"nothing: {self.name} gives the class, not a floor")

    def _check_facility(self, facts: Facts) -> None:
        if facts.facility is None:
            counts = facts.days_past_due is not None or facts.oldest_due is not None
            decides = bool(self.ladders) and self.ladder(None) is None and counts
            decides = decides or (bool(self.materiality) and facts.arrears is not None)
            accepted = self.facilities if decides else ()
        else:
            accepted = () if facts.facility in self.facilities else self.facilities
        if accepted:
            raise InvalidValue("facility", facts.facility, f"a facility of {self.name}: " + ", ".join(accepted))

    def past(self, history: tuple[DatedClass, ...], *, on: dt.date) -> tuple[DatedClass, ...]:
        """
        Return the classes up to day *on*, checked.

        Raises:
            InvalidValue: If an entry is no `DatedClass`, its class not of this scale, or the days are not in rising
                order.
        """
        plain_date(on)
        expect("history", history, tuple[DatedClass, ...])
        for earlier, later in itertools.pairwise(history):
            if later.on <= earlier.on:
                raise InvalidValue("history", later.on, f"days in rising order, after {earlier.on}")
        for each in history:
            self.rank(each.class_)
        return tuple(each for each in history if each.on <= on)
