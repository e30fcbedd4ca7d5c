"""
The households behind the loans: invented, and the same on every run.

Who opens the door, why a payment stayed out and what a month leaves over follow from the number at the end of a loan's
id, so that anybody can tell beforehand what the officer of the replay will find.
"""

from __future__ import annotations

import datetime as dt
import re
import zlib
from typing import Self

import attrs

from overdue_visit import Asked, Case, Feedback, Finding, HouseholdBudget, Interview, Money
from overdue_visit.interview import FindingStatus, RequestKind

REASONS = (
    "harvest_failed",
    "income_late",
    "forgot",
    "illness",
    "costs_up",
    "poor_management",
    "income_down",
)
ABLE_NOW = ("forgot", "poor_management")
"""With these reasons the money is there, and no plan is needed."""


def number_of(loan_id: str) -> int:
    """
    Return the number at the end of a loan's id; an id without one gives its checksum.
    """
    found = re.search(r"[0-9]+$", loan_id)
    return int(found[0]) if found else zlib.crc32(loan_id.encode())


@attrs.frozen(kw_only=True)
class Household:
    """What the officer will find behind one loan."""

    closed_doors: int
    """How often nobody is at home before somebody opens."""
    wants_another_day: bool
    refuses: bool
    """Whether the first talk ends with a no."""
    reason: str
    months: int
    """Over how many months the household can pay what is late."""
    at_home: dt.time
    asks: bool
    score: int | None
    """What the household says of a talk, if it says anything."""
    heard: bool
    """Whether the committee finds a way to the household after an escalation."""

    @classmethod
    def behind(cls, loan_id: str) -> Self:
        """
        Return the household behind a loan.
        """
        number = number_of(loan_id)
        reason = REASONS[number % 7]
        return cls(
            closed_doors={7: 1, 9: 3}.get(number % 10, 0),
            wants_another_day=number % 10 == 4,
            refuses=number % 20 == 13,
            reason=reason,
            months=1 if reason in ABLE_NOW else 2 + number % 3,
            at_home=dt.time(14) if number % 2 else dt.time(10),
            asks=number % 10 == 6,
            score=3 + number % 3 if number % 5 == 0 else None,
            heard=number // 10 % 2 == 0,
        )

    def opens(self, case: Case) -> bool:
        """
        Tell whether somebody opens the door this time.
        """
        known = case.talks.held > 0 or case.escalation.times > 0
        return known or case.talks.attempts >= self.closed_doors

    def interview(self, case: Case) -> Interview:
        """
        Return what a talk brings.

        Whoever refuses at first relents when the committee has been involved.
        """
        if self.refuses and not case.escalation.times:
            return Interview(reason="refuses", willing=False)
        return Interview(
            reason=self.reason,
            willing=True,
            budget=self.budget(case),
            findings=[Finding(topic="income", status=FindingStatus.VERIFIED, how="farm_books_seen")],
            asked=[Asked(kind=RequestKind.NEED)] if self.asks and not case.talks.held else [],
            feedback=None if self.score is None else Feedback(score=self.score),
        )

    def budget(self, case: Case) -> HouseholdBudget:
        """
        Return a month of the household, its harvests spread over the year.

        A third of the income is left for the loan: the running instalment, and what is late over some months.
        """
        position = case.observation.position
        late = Money.from_minor(-(-position.arrears.minor // self.months), position.arrears.currency)
        left = position.coming + late
        return HouseholdBudget(income=left * 3, necessary=left * 2)
