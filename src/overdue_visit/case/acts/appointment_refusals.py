"""
Why an appointment cannot be offered, confirmed, moved or cancelled.
"""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

import attrs

from overdue_visit.errors import NotAllowed


@attrs.frozen
class VisitTooEarly(NotAllowed):
    """The policy visits later: count the days past due, not the days of notice."""

    code: ClassVar[str] = "visit_too_early"

    case_id: str
    days_past_due: int
    first_visit_day: int

    def __str__(self) -> str:
        return f"{self.case_id}: {self.days_past_due} days past due, visits start on day {self.first_visit_day}"


@attrs.frozen
class NoticeTooShort(NotAllowed):
    """A visit is announced in time, or its reason for coming unannounced is given."""

    code: ClassVar[str] = "notice_too_short"

    case_id: str
    announced_on: dt.date | None
    """When a notice of visit last counted as notice."""
    earliest: dt.date | None

    def __str__(self) -> str:
        if self.earliest is None:
            return (
                f"{self.case_id}: no visit is announced; send a notice of visit, or give a reason to come unannounced"
            )
        told = f"announced on {self.announced_on}: " if self.announced_on else ""
        return f"{self.case_id}: {told}visits from {self.earliest}, or as the borrower agrees"


@attrs.frozen
class OutsideVisitHours(NotAllowed):
    """Visits keep to the policy's hours."""

    code: ClassVar[str] = "outside_visit_hours"

    case_id: str
    window: str
    hours: str

    def __str__(self) -> str:
        return f"{self.case_id}: {self.window} is outside the visiting hours {self.hours}"


@attrs.frozen
class AppointmentOpen(NotAllowed):
    """There is an appointment already: move or cancel it."""

    code: ClassVar[str] = "appointment_open"

    case_id: str
    number: int

    def __str__(self) -> str:
        return f"{self.case_id}: appointment {self.number} is still open; move or cancel it"


@attrs.frozen
class AppointmentOutOfSeason(NotAllowed):
    """Nobody visits while the case is with somebody else: recall it first."""

    code: ClassVar[str] = "appointment_out_of_season"

    case_id: str
    state: str

    def __str__(self) -> str:
        return f"{self.case_id}: no appointments while {self.state}; recall the case first"


@attrs.frozen
class NoAppointment(NotAllowed):
    """There is no open appointment to confirm, move or cancel."""

    code: ClassVar[str] = "no_appointment"

    case_id: str

    def __str__(self) -> str:
        return f"{self.case_id}: no open appointment; offer one first"
