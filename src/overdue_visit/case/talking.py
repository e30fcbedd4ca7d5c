"""
The group of a case's talks: what is known from going there and talking.
"""

from __future__ import annotations

import datetime as dt

import attrs

from overdue_visit.interview import Ability, RequestKind, Willingness
from overdue_visit.money import Money
from overdue_visit.visit import AttemptResult

KEPT = 6
"""Assessments that a case keeps at hand as a series; the record has them all."""

MOST_ATTEMPTS = 12
"""Attempts in a row that a case keeps at hand; the record has them all."""


@attrs.frozen(kw_only=True)
class Assessment:
    """Ability and willingness as judged on a day, kept apart, and what is recommended."""

    on: dt.date
    ability: Ability
    willingness: Willingness
    reason: str
    verified: bool
    """Whether *reason* is the verified one."""
    capacity: Money | None = attrs.field(repr=False)
    recommended: tuple[str, ...]
    """Next steps, as the policy maps the reason."""
    overridden: bool = False


@attrs.frozen(kw_only=True)
class OpenRequest:
    """Something the borrower asked for that waits for an answer; *number* is the sequence of its fact."""

    number: int
    kind: RequestKind
    asked_on: dt.date
    answer_by: dt.date


@attrs.frozen(kw_only=True)
class Talks:
    """What is known from going there and talking."""

    held: int = 0
    last_on: dt.date | None = None
    attempted: tuple[dt.date, ...] = ()
    """Days of the attempts in a row since the last talk, in order."""
    last_result: AttemptResult | None = None
    """Of the latest of these attempts."""
    assessments: tuple[Assessment, ...] = ()
    """By day; what is written down late takes its place among the earlier ones."""
    requests: tuple[OpenRequest, ...] = ()

    @property
    def attempts(self) -> int:
        """How many attempts in a row there were without a talk."""
        return len(self.attempted)

    @property
    def last_attempt(self) -> dt.date | None:
        """The day of the latest of these attempts, if any."""
        return self.attempted[-1] if self.attempted else None

    @property
    def assessment(self) -> Assessment | None:
        """The latest assessment, if any."""
        return self.assessments[-1] if self.assessments else None

    def with_assessment(self, assessment: Assessment) -> Talks:
        """
        Return the group with one assessment more.
        """
        by_day = sorted((*self.assessments, assessment), key=lambda each: each.on)
        return attrs.evolve(self, assessments=tuple(by_day)[-KEPT:])

    def with_attempt(self, day: dt.date, result: AttemptResult) -> Talks:
        """
        Return the group with one attempt more; one that is written down after a later talk does not count any more.
        """
        if self.last_on is not None and day < self.last_on:
            return self
        latest = self.last_attempt is None or day >= self.last_attempt
        return attrs.evolve(
            self,
            attempted=tuple(sorted((*self.attempted, day)))[-MOST_ATTEMPTS:],
            last_result=result if latest else self.last_result,
        )

    def with_talk(self, day: dt.date) -> Talks:
        """
        Return the group with one talk more; the attempts before it do not count any more.
        """
        later = tuple(attempt for attempt in self.attempted if attempt > day)
        return attrs.evolve(
            self,
            held=self.held + 1,
            last_on=day if self.last_on is None else max(self.last_on, day),
            attempted=later,
            last_result=self.last_result if later else None,
        )
