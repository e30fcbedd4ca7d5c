"""
Appointments of a case: offered, confirmed, moved, cancelled.
"""

from __future__ import annotations

from typing import ClassVar

import attrs

from overdue_visit.case.header import Header
from overdue_visit.visit import Appointment, AppointmentState, Purpose, Window


@attrs.frozen(kw_only=True)
class Appointments:
    """The latest appointment; earlier ones are in the record."""

    current: Appointment | None = None
    offered: int = 0
    """How many were offered in all."""

    @property
    def open(self) -> Appointment | None:
        """The appointment still to take place, if any."""
        return self.current if self.current is not None and self.current.open else None

    def closed_as(self, state: AppointmentState) -> Appointments:
        """
        Return the group with its open appointment, if any, settled as *state*.
        """
        current = self.open
        return self if current is None else attrs.evolve(self, current=attrs.evolve(current, state=state))


class _OfAppointments:
    """What all facts about appointments share."""

    __slots__ = ()
    version: ClassVar[int] = 1
    private: ClassVar[tuple[str, ...]] = ()
    group: ClassVar[str] = "appointments"


@attrs.frozen(kw_only=True)
class AppointmentOffered(_OfAppointments):
    """A day, a window, a place and an officer were offered."""

    kind: ClassVar[str] = "appointment_offered"

    window: Window
    place: str
    channel: str
    officer: str
    purpose: Purpose

    def apply(self, group: Appointments, header: Header) -> Appointments:
        """
        Make it the current one.
        """
        offered = Appointment(
            number=header.sequence,
            window=self.window,
            place=self.place,
            channel=self.channel,
            officer=self.officer,
            purpose=self.purpose,
            offered_on=header.on,
        )
        return Appointments(current=offered, offered=group.offered + 1)


@attrs.frozen(kw_only=True)
class AppointmentConfirmed(_OfAppointments):
    """The household confirmed it."""

    kind: ClassVar[str] = "appointment_confirmed"

    appointment: int

    def apply(self, group: Appointments, header: Header) -> Appointments:  # noqa: ARG002 - one shape for all facts
        """
        Note it.
        """
        return group.closed_as(AppointmentState.CONFIRMED)


@attrs.frozen(kw_only=True)
class AppointmentMoved(_OfAppointments):
    """It takes place at another time, place or by another channel; to be confirmed anew."""

    kind: ClassVar[str] = "appointment_moved"

    appointment: int
    window: Window
    place: str
    channel: str
    reason: str
    asked_by: str

    def apply(self, group: Appointments, header: Header) -> Appointments:  # noqa: ARG002 - one shape for all facts
        """
        Take the new time and place.
        """
        if group.current is None:
            return group
        moved = attrs.evolve(
            group.current,
            window=self.window,
            place=self.place,
            channel=self.channel,
            state=AppointmentState.OFFERED,
            moved=group.current.moved + 1,
        )
        return attrs.evolve(group, current=moved)


@attrs.frozen(kw_only=True)
class AppointmentCancelled(_OfAppointments):
    """It does not take place."""

    kind: ClassVar[str] = "appointment_cancelled"

    appointment: int
    reason: str

    def apply(self, group: Appointments, header: Header) -> Appointments:  # noqa: ARG002 - one shape for all facts
        """
        Settle it.
        """
        return group.closed_as(AppointmentState.CANCELLED)


@attrs.frozen(kw_only=True)
class AppointmentKept(_OfAppointments):
    """The talk it was made for was held."""

    kind: ClassVar[str] = "appointment_kept"

    appointment: int

    def apply(self, group: Appointments, header: Header) -> Appointments:  # noqa: ARG002 - one shape for all facts
        """
        Settle it.
        """
        return group.closed_as(AppointmentState.KEPT)


@attrs.frozen(kw_only=True)
class AppointmentMissed(_OfAppointments):
    """The officer came and no talk was possible."""

    kind: ClassVar[str] = "appointment_missed"

    appointment: int

    def apply(self, group: Appointments, header: Header) -> Appointments:  # noqa: ARG002 - one shape for all facts
        """
        Settle it.
        """
        return group.closed_as(AppointmentState.MISSED)
