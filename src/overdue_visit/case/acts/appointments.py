"""
Appointments: offer, confirm, move, cancel.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import ClassVar

import attrs

from overdue_visit.case.act import Situation, officer_id
from overdue_visit.case.acts.appointment_refusals import (
    AppointmentOpen,
    AppointmentOutOfSeason,
    NoAppointment,
    NoticeTooShort,
    OutsideVisitHours,
    VisitTooEarly,
)
from overdue_visit.case.age import treatment_days
from overdue_visit.case.appointments import (
    AppointmentCancelled,
    AppointmentConfirmed,
    AppointmentMoved,
    AppointmentOffered,
)
from overdue_visit.case.case import Case
from overdue_visit.case.header import Fact
from overdue_visit.case.upkeep import IrregularityNoted
from overdue_visit.errors import InvalidValue
from overdue_visit.instants import plain_date
from overdue_visit.lifecycle import CaseState
from overdue_visit.policy import VisitPolicy
from overdue_visit.reason import code
from overdue_visit.visit import Appointment, Purpose, Window

_FIRST_TALK = (CaseState.OVERDUE, CaseState.NOTIFIED)


def _window(case: Case, situation: Situation, on: dt.date, start: dt.time, end: dt.time) -> Window:
    window = Window(on=plain_date(on), start=start, end=end)
    if window.on < situation.on:
        raise InvalidValue("on", window.on.isoformat(), f"a day from {situation.on.isoformat()}")
    now = situation.at.astimezone(situation.zone)
    if window.on == now.date() and window.end <= now.time():
        raise InvalidValue("end", window.end.isoformat(), f"a time after now, {now:%H:%M}")
    policy = situation.policy.visits
    if window.start < policy.earliest or window.end > policy.latest:
        span = f"{window.start:%H:%M}-{window.end:%H:%M}"
        raise OutsideVisitHours(case.id, span, f"{policy.earliest:%H:%M}-{policy.latest:%H:%M}")
    return window


def _channel(value: str, policy: VisitPolicy) -> str:
    if value not in policy.accepted_channels:
        raise InvalidValue("channel", value, f"one of {', '.join(policy.accepted_channels)}")
    return value


def _not_too_early(case: Case, situation: Situation, on: dt.date) -> None:
    first = situation.policy.visits.first_visit_day
    days = treatment_days(case, situation.policy, on)
    if days < first:
        raise VisitTooEarly(case.id, days, first)


@attrs.frozen
class Appoint:
    """
    Offer an appointment: a day, a window of wall-clock time, a place and a channel.

    Args:
        place: A code such as ``"home"`` or ``"branch:north"``; addresses stay in the party directory.

        agreed: The borrower has agreed to this very time, so no notice period runs.

        unannounced: A code for why the household is not told before; a supervisor's review falls due.

        officer: Who goes; who asks when left out.
    """

    records: ClassVar[bool] = False

    on: dt.date
    start: dt.time
    end: dt.time
    place: str = attrs.field(kw_only=True)
    channel: str = attrs.field(default="visit", kw_only=True)
    agreed: bool = attrs.field(default=False, kw_only=True)
    unannounced: str | None = attrs.field(default=None, kw_only=True)
    officer: str | None = attrs.field(default=None, kw_only=True)

    def decide(self, case: Case, situation: Situation) -> Iterator[Fact]:
        """
        Offer it.

        Raises:
            VisitTooEarly: If fewer days are past due on that day than the policy's first visit day.
            NoticeTooShort: If the household is not told in time, has not agreed, and no reason is given.
            OutsideVisitHours: If the window is not within the policy's hours.
            AppointmentOpen: If there is one already.
            AppointmentOutOfSeason: If the case is with somebody else.
            InvalidValue: If the window has passed, or place or channel is unknown.
        """
        window = _window(case, situation, self.on, self.start, self.end)
        if case.appointments.open is not None:
            raise AppointmentOpen(case.id, case.appointments.open.number)
        if case.state is CaseState.ESCALATED:
            raise AppointmentOutOfSeason(case.id, case.state.value)
        first_talk = case.state in _FIRST_TALK
        if first_talk:
            _not_too_early(case, situation, window.on)
        if self.unannounced is None and not self.agreed and self.channel == "visit":
            _in_time(case, situation, window.on)
        yield AppointmentOffered(
            window=window,
            place=code(self.place, field="place"),
            channel=_channel(self.channel, situation.policy.visits),
            officer=situation.actor.id if self.officer is None else officer_id(self.officer),
            purpose=Purpose.VERIFY if first_talk else Purpose.RETURN,
        )
        if self.unannounced is not None:
            code(self.unannounced, field="unannounced")
            yield IrregularityNoted(code="unannounced_visit", about=case.version + 1)


def _in_time(case: Case, situation: Situation, on: dt.date) -> None:
    """
    Refuse a visit that the household does not know of in time: by its notice, or for a return visit by this offer.
    """
    policy = situation.policy.visits
    if not policy.unannounced_needs_reason:
        return
    announced = case.notices.announced_on
    if case.state not in _FIRST_TALK:
        announced = situation.on
    elif announced is None or announced < case.observation.behind_since:
        raise NoticeTooShort(case.id, None, None)
    earliest = announced + dt.timedelta(days=policy.notice_days)
    if on < earliest:
        raise NoticeTooShort(case.id, announced, earliest)


def _open(case: Case) -> Appointment:
    found = case.appointments.open
    if found is None:
        raise NoAppointment(case.id)
    return found


@attrs.frozen(kw_only=True)
class ConfirmAppointment:
    """Write that the household confirmed the open appointment."""

    records: ClassVar[bool] = False

    def decide(self, case: Case, situation: Situation) -> Iterator[Fact]:  # noqa: ARG002 - one shape for all acts
        """
        Confirm it.

        Raises:
            NoAppointment: If there is none.
        """
        yield AppointmentConfirmed(appointment=_open(case).number)


@attrs.frozen
class MoveAppointment:
    """
    Move the open appointment to another time, place or channel.

    Args:
        reason: A code.

        asked_by: ``"borrower"`` or ``"lender"``; moved by the lender, it stays within the notice period.
    """

    records: ClassVar[bool] = False

    on: dt.date
    start: dt.time
    end: dt.time
    reason: str = attrs.field(kw_only=True)
    asked_by: str = attrs.field(default="borrower", kw_only=True)
    place: str | None = attrs.field(default=None, kw_only=True)
    channel: str | None = attrs.field(default=None, kw_only=True)

    def decide(self, case: Case, situation: Situation) -> Iterator[Fact]:
        """
        Move it; it is to be confirmed anew.

        Raises:
            NoAppointment: If there is none.
            VisitTooEarly: If the new day is before the policy's first visit day.
            NoticeTooShort: If the lender moves it forward into the notice period.
            OutsideVisitHours: If the new window is not within the policy's hours.
            InvalidValue: If the day has passed, or a code is malformed.
        """
        current = _open(case)
        if self.asked_by not in ("borrower", "lender"):
            raise InvalidValue("asked_by", self.asked_by, "'borrower' or 'lender'")
        window = _window(case, situation, self.on, self.start, self.end)
        if current.purpose is Purpose.VERIFY:
            _not_too_early(case, situation, window.on)
        channel = _channel(self.channel or current.channel, situation.policy.visits)
        if self.asked_by == "lender" and channel == "visit":
            if current.channel == "visit" and window.on < current.window.on:
                raise NoticeTooShort(case.id, case.notices.announced_on, current.window.on)
            if current.channel != "visit":
                _in_time(case, situation, window.on)
        yield AppointmentMoved(
            appointment=current.number,
            window=window,
            place=code(self.place or current.place, field="place"),
            channel=channel,
            reason=code(self.reason, field="reason"),
            asked_by=self.asked_by,
        )


@attrs.frozen
class CancelAppointment:
    """Cancel the open appointment; *reason* is a code."""

    records: ClassVar[bool] = False

    reason: str

    def decide(self, case: Case, situation: Situation) -> Iterator[Fact]:  # noqa: ARG002 - one shape for all acts
        """
        Cancel it.

        Raises:
            NoAppointment: If there is none.
            InvalidValue: If *reason* is not a code.
        """
        yield AppointmentCancelled(appointment=_open(case).number, reason=code(self.reason, field="reason"))
