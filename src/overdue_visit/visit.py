"""
Appointments, attempts and talks: going to see the household.
"""

from __future__ import annotations

import datetime as dt
import enum

import attrs

from overdue_visit.errors import InvalidValue


class AppointmentState(enum.StrEnum):
    """How an appointment stands."""

    OFFERED = "offered"
    CONFIRMED = "confirmed"
    CANCELLED = "cancelled"
    KEPT = "kept"
    MISSED = "missed"


class AttemptResult(enum.StrEnum):
    """Why a visit that was tried did not become a talk."""

    NOBODY_HOME = "nobody_home"
    MOVED_AWAY = "moved_away"
    REFUSED = "refused"
    UNSAFE = "unsafe"


class Met(enum.StrEnum):
    """Whom the officer talked with."""

    BORROWER = "borrower"
    SPOUSE = "spouse"
    HOUSEHOLD_MEMBER = "household_member"
    GUARANTOR = "guarantor"


class Purpose(enum.StrEnum):
    """What a talk is for."""

    VERIFY = "verify"
    """Find out what happened and what is possible (上门核实)."""
    RETURN = "return"
    """A regular return visit while a plan or probation runs."""


@attrs.frozen(kw_only=True)
class Window:
    """
    A day and a span of wall-clock time on it, in the lender's zone.

    Raises:
        InvalidValue: If the end is not after the start.
    """

    on: dt.date
    start: dt.time
    end: dt.time

    def __attrs_post_init__(self) -> None:
        for field, value in (("start", self.start), ("end", self.end)):
            if not isinstance(value, dt.time) or value.tzinfo is not None:
                raise InvalidValue(field, value, "a wall-clock time without a zone, such as time(14)")
        if self.end <= self.start:
            raise InvalidValue("end", self.end.isoformat(), f"a time after the start, {self.start.isoformat()}")


@attrs.frozen(kw_only=True)
class Appointment:
    """One appointment of a case; *number* is the sequence of the fact that offered it."""

    number: int
    window: Window
    place: str
    channel: str
    officer: str
    purpose: Purpose
    offered_on: dt.date
    state: AppointmentState = AppointmentState.OFFERED
    moved: int = 0
    """How often it was moved."""

    @property
    def open(self) -> bool:
        """Whether it is still to take place."""
        return self.state in (AppointmentState.OFFERED, AppointmentState.CONFIRMED)
