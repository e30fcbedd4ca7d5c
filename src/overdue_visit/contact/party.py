"""
What is known of a party: where it may be, what it agreed to, what it asked for, and what protects it.
"""

from __future__ import annotations

import datetime as dt

import attrs

from overdue_visit.contact import checks, words
from overdue_visit.contact.hours import Hours
from overdue_visit.contact.vocabulary import WEEK, Channel, Day, MoratoriumKind, RequestKind
from overdue_visit.errors import InvalidValue


@attrs.frozen(kw_only=True)
class Consent:
    """
    What a person agreed to.

    Args:
        giver: Who gave it.

        scope: To what, as a code such as ``"call_back"`` or ``"collection_outside_hours"``.

        at: When it was received.

        debt: For which debt; None: for any.

        given_directly: To this collector itself, not to an earlier one or the creditor; None: not known.

        valid_on: For that day only.

        ended_at: When it was revoked or ran out.

    Raises:
        InvalidValue: If giver or scope is missing, an instant is naive, or it ends before it begins.
    """

    giver: str
    scope: str
    at: dt.datetime = attrs.field(converter=words.instant)
    debt: str | None = None
    given_directly: bool | None = None
    in_writing: bool | None = None
    express: bool | None = None
    valid_on: dt.date | None = None
    ended_at: dt.datetime | None = attrs.field(converter=words.instant_or_none, default=None)

    def __attrs_post_init__(self) -> None:
        checks.text("consent.giver", self.giver)
        checks.code("consent.scope", self.scope)
        checks.text_or_none("consent.debt", self.debt)
        for field in ("given_directly", "in_writing", "express"):
            checks.known_or_not(f"consent.{field}", getattr(self, field))
        checks.day_or_none("consent.valid_on", self.valid_on)
        if self.ended_at is not None and self.ended_at < self.at:
            raise InvalidValue("consent.ended_at", self.ended_at, "an instant not before the consent")


@attrs.frozen(kw_only=True)
class Request:
    """
    What a person asked to stop.

    Args:
        kind: What should stop; `STOP_MEDIUM` needs *medium*, `OPT_OUT_ADDRESS` needs *address*.

        received_at: From then on it binds; None: it was sent, and has not arrived.

        debt: For which debt; None: for any.

        person: For which person; None: for the borrower, and for the others too where a rule says so.

        confirmed_at: When the letter that confirms an oral request was postmarked or, if earlier, delivered.

        withdrawn_at: When the person took it back.

    Raises:
        InvalidValue: If a word is unknown, an instant naive, medium or address missing, or it ends before it begins.
    """

    kind: RequestKind = attrs.field(converter=words.request_kind)
    received_at: dt.datetime | None = attrs.field(converter=words.instant_or_none)
    debt: str | None = None
    person: str | None = None
    medium: Channel | None = attrs.field(converter=words.channel_or_none, default=None)
    address: str | None = None
    in_writing: bool | None = None
    confirmed_at: dt.datetime | None = attrs.field(converter=words.instant_or_none, default=None)
    withdrawn_at: dt.datetime | None = attrs.field(converter=words.instant_or_none, default=None)

    def __attrs_post_init__(self) -> None:
        for field in ("debt", "person", "address"):
            checks.text_or_none(f"request.{field}", getattr(self, field))
        checks.known_or_not("request.in_writing", self.in_writing)
        if self.kind is RequestKind.STOP_MEDIUM and self.medium is None:
            raise InvalidValue("request.medium", None, "the medium to stop, such as 'phone'")
        if self.kind is RequestKind.OPT_OUT_ADDRESS and self.address is None:
            raise InvalidValue("request.address", None, "the address or number that was opted out")
        for field in ("confirmed_at", "withdrawn_at"):
            later = getattr(self, field)
            if later is not None and (self.received_at is None or later < self.received_at):
                raise InvalidValue(f"request.{field}", later, "an instant after the request was received")


@attrs.frozen(kw_only=True)
class InconvenientTime:
    """
    Hours of certain days that a person said, or a file says, are inconvenient.

    Args:
        days: Days of the week.

        start, end: Wall-clock times, the end not included; neither: the whole day; an end before the start lies on
            the next day.

        since, until: First and last day on which it holds.

    Raises:
        InvalidValue: If no day is named, one time is given without the other, or *until* is before *since*.
    """

    days: tuple[Day, ...] = attrs.field(converter=words.days, default=WEEK)
    start: dt.time | None = None
    end: dt.time | None = None
    since: dt.date | None = None
    until: dt.date | None = None
    source: str | None = None
    hours: Hours = attrs.field(init=False, repr=False, eq=False)

    def __attrs_post_init__(self) -> None:
        for field in ("start", "end"):
            if getattr(self, field) is not None:
                checks.wall_time(f"inconvenient_time.{field}", getattr(self, field))
        checks.text_or_none("inconvenient_time.source", self.source)
        if (self.start is None) != (self.end is None):
            raise InvalidValue("inconvenient_time.end", self.end, "both times, or neither for the whole day")
        for field in ("since", "until"):
            checks.day_or_none(f"inconvenient_time.{field}", getattr(self, field))
        if self.since is not None and self.until is not None and self.until < self.since:
            raise InvalidValue("inconvenient_time.until", self.until, f"a day not before {self.since}")
        start = self.start or dt.time()
        crosses = self.end is not None and self.end <= start
        hours = Hours(days=self.days, start=start, end=self.end, crosses_midnight=crosses)
        object.__setattr__(self, "hours", hours)

    def holds_on(self, day: dt.date) -> bool:
        """
        Tell whether it holds for hours that begin on *day*.

        Raises:
            InvalidValue: If it is no date.
        """
        checks.value("day", day, dt.date)
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


@attrs.frozen(kw_only=True)
class AgreedHours:
    """
    Hours that the parties agreed on; the end is not included, and one before the start lies on the next day.

    Raises:
        InvalidValue: If a time is none, or both are the same.
    """

    start: dt.time
    end: dt.time
    hours: Hours = attrs.field(init=False, repr=False, eq=False)

    def __attrs_post_init__(self) -> None:
        checks.wall_time("agreed_hours.start", self.start)
        checks.wall_time("agreed_hours.end", self.end)
        if self.start == self.end:
            raise InvalidValue("agreed_hours.end", self.end, "another time than the start")
        hours = Hours(days=WEEK, start=self.start, end=self.end, crosses_midnight=self.end < self.start)
        object.__setattr__(self, "hours", hours)


@attrs.frozen(kw_only=True)
class Moratorium:
    """
    A time in which contact about debts rests.

    Args:
        start, end: First and last day; no end: the length that the rule gives.

        treatment_ended: Of a mental health crisis: the day on which treatment ended.

        debts: Which debts; empty: all.

    Raises:
        InvalidValue: If it ends before it starts.
    """

    kind: MoratoriumKind = attrs.field(converter=words.moratorium_kind)
    start: dt.date
    end: dt.date | None = None
    treatment_ended: dt.date | None = None
    debts: tuple[str, ...] = attrs.field(converter=words.debts, default=())

    def __attrs_post_init__(self) -> None:
        checks.day("moratorium.start", self.start)
        for field in ("end", "treatment_ended"):
            day = getattr(self, field)
            checks.day_or_none(f"moratorium.{field}", day)
            if day is not None and day < self.start:
                raise InvalidValue(f"moratorium.{field}", day, f"a day not before its start {self.start}")


@attrs.frozen(kw_only=True)
class SignedPlan:
    """
    A repayment plan that was signed.

    Args:
        in_default: It is not being kept; then collecting may go on.

        debts: Which debts it covers; empty: all.
    """

    kind: str
    signed_on: dt.date
    in_default: bool = False
    debts: tuple[str, ...] = attrs.field(converter=words.debts, default=())

    def __attrs_post_init__(self) -> None:
        checks.code("plan.kind", self.kind)
        checks.day("plan.signed_on", self.signed_on)
        checks.yes_or_no("plan.in_default", self.in_default)


@attrs.frozen(kw_only=True)
class Representation:
    """
    An attorney who represents the party.

    Args:
        attorney_known: Name and address are known or easily found.

        debt: With respect to which debt; None: to all.

        unresponsive: The attorney does not answer, or agreed to direct contact.
    """

    attorney_known: bool = True
    debt: str | None = None
    unresponsive: bool = False

    def __attrs_post_init__(self) -> None:
        checks.yes_or_no("representation.attorney_known", self.attorney_known)
        checks.yes_or_no("representation.unresponsive", self.unresponsive)
        checks.text_or_none("representation.debt", self.debt)


@attrs.frozen(kw_only=True)
class Announcement:
    """
    The day on which the debtor said they would pay or be in touch.

    Args:
        reasonable: Near enough to wait for.
    """

    on: dt.date
    reasonable: bool = True

    def __attrs_post_init__(self) -> None:
        checks.day("announcement.on", self.on)
        checks.yes_or_no("announcement.reasonable", self.reasonable)


@attrs.frozen(kw_only=True)
class DebtGroup:
    """Debts that count as one, such as student loans under one account number (12 CFR 1006.14(b)(4))."""

    name: str
    debts: tuple[str, ...] = attrs.field(converter=words.debts)

    def __attrs_post_init__(self) -> None:
        checks.text("debt_group.name", self.name)
        if not self.debts:
            raise InvalidValue("debt_group.debts", self.debts, "at least one debt")
