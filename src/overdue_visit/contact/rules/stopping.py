"""
Rules that outrank counting: what a person asked to stop, who may not be contacted at all, and where.
"""

from __future__ import annotations

import datetime as dt
from typing import ClassVar
from zoneinfo import ZoneInfo

import attrs

from overdue_visit.contact import checks, words
from overdue_visit.contact.contact import Contact
from overdue_visit.contact.party import Request
from overdue_visit.contact.rules.question import Question
from overdue_visit.contact.rules.rule import NEVER, Block, Rule, farthest
from overdue_visit.contact.vocabulary import Channel, Direction, Outcome, Place, Purpose, RequestKind, Role
from overdue_visit.contact.wall_clock import midnight
from overdue_visit.errors import InvalidValue

_UNDELIVERED = frozenset({Outcome.BUSY, Outcome.NOT_IN_SERVICE, Outcome.NO_ANSWER, Outcome.NOBODY_HOME})


@attrs.frozen(kw_only=True)
class Stop(Rule):
    """
    No contact that a person asked to stop, from the receipt of the request until it is withdrawn.

    Args:
        requests: Which kinds of request.

        needs_writing: A request known to be oral does not count.

        oral_lasts_days: A request known to be oral ends after so many days, that of its receipt not counted, unless
            it is confirmed in writing; None: it does not end.

        confirmed_within_days: The confirmation counts within so many days, that of the receipt not counted; given if
            and only if *oral_lasts_days* is.
    """

    kind: ClassVar[str] = "stop"

    requests: tuple[RequestKind, ...] = attrs.field(converter=words.request_kinds)
    needs_writing: bool = False
    oral_lasts_days: int | None = None
    confirmed_within_days: int | None = None

    def _check(self) -> None:
        checks.yes_or_no("needs_writing", self.needs_writing)
        if (self.oral_lasts_days is None) != (self.confirmed_within_days is None):
            accepted = "a number of days beside oral_lasts_days, and none without it"
            raise InvalidValue("confirmed_within_days", self.confirmed_within_days, accepted)
        if self.oral_lasts_days is not None:
            checks.whole("oral_lasts_days", self.oral_lasts_days, 1, 3660)
            checks.whole("confirmed_within_days", self.confirmed_within_days, 1, self.oral_lasts_days)
            if self.needs_writing:
                raise InvalidValue("needs_writing", True, "false where oral requests last some days")  # noqa: FBT003
        if not self.requests:
            raise InvalidValue("requests", self.requests, "at least one kind of request")

    def _has_matter(self, question: Question, /) -> bool:
        return bool(question.known.requests)

    def _block(self, question: Question, at: dt.datetime, zone: ZoneInfo, /) -> Block | None:
        facts = tuple(each for each in question.known.requests if self._binds(each, question, at, zone))
        if not facts:
            return None
        ends = [end for each in facts if (end := self._ends(each, zone)) is not None]
        return Block(max(ends) if len(ends) == len(facts) else None, facts)

    def _binds(self, request: Request, question: Question, at: dt.datetime, zone: ZoneInfo) -> bool:
        if request.kind not in self.requests or request.received_at is None or at < request.received_at:
            return False
        if self.needs_writing and request.in_writing is False:
            return False
        if not question.touches(request):
            return False
        ends = self._ends(request, zone)
        return ends is None or at < ends

    def _ends(self, request: Request, zone: ZoneInfo) -> dt.datetime | None:
        """
        Return the instant from which a request no longer binds; None if it goes on.
        """
        ends = [] if request.withdrawn_at is None else [request.withdrawn_at]
        if self.oral_lasts_days is not None and request.in_writing is False and request.received_at is not None:
            received = request.received_at.astimezone(zone).date()
            last_day = received + dt.timedelta(days=self.confirmed_within_days or 0)
            confirmed = request.confirmed_at
            if confirmed is None or confirmed.astimezone(zone).date() > last_day:
                ends.append(midnight(received + dt.timedelta(days=self.oral_lasts_days + 1), zone))
        return min(ends, default=None)


@attrs.frozen(kw_only=True)
class OnlyIf(Rule):
    """
    No contact unless one of the circumstances holds in which the rule gives way.
    """

    kind: ClassVar[str] = "only_if"

    def _check(self) -> None:
        if not self.unless:
            raise InvalidValue("unless", self.unless, "at least one circumstance in which the contact may be made")

    def _block(self, _question: Question, _at: dt.datetime, _zone: ZoneInfo, /) -> Block | None:
        return NEVER


@attrs.frozen(kw_only=True)
class ThirdParty(Rule):
    """
    No contact with people who do not owe the debt; *roles* or *not_roles* say who they are.
    """

    kind: ClassVar[str] = "third_party"

    def _check(self) -> None:
        if not (self.roles or self.not_roles):
            raise InvalidValue("not_roles", self.not_roles, "the roles that may be contacted, or roles that may not")

    def _block(self, _question: Question, _at: dt.datetime, _zone: ZoneInfo, /) -> Block | None:
        return NEVER


@attrs.frozen(kw_only=True)
class Attorney(Rule):
    """No contact with a person who is known to be represented by a known attorney; write to the attorney."""

    kind: ClassVar[str] = "attorney"

    def _has_matter(self, question: Question, /) -> bool:
        return bool(question.known.representations)

    def _block(self, question: Question, _at: dt.datetime, _zone: ZoneInfo, /) -> Block | None:
        facts = tuple(
            each
            for each in question.known.representations
            if each.attorney_known and not each.unresponsive and question.is_about(each.debt)
        )
        return Block(None, facts) if facts and question.proposed.role is not Role.ATTORNEY else None


@attrs.frozen(kw_only=True)
class Places(Rule):
    """
    No contact at a place, or by a medium tied to it.

    Args:
        forbidden: At these places.

        allowed: Everywhere but at these places; a visit without a place is one at home, a mobile is at none.

        if_employer_prohibits: At work only where the employer does not allow it.

        if_inconvenient: Wherever the person called it inconvenient, besides *forbidden*.
    """

    kind: ClassVar[str] = "places"

    forbidden: tuple[Place, ...] = attrs.field(converter=words.places, default=())
    allowed: tuple[Place, ...] = attrs.field(converter=words.places, default=())
    if_employer_prohibits: bool = False
    if_inconvenient: bool = False

    def _check(self) -> None:
        checks.yes_or_no("if_employer_prohibits", self.if_employer_prohibits)
        checks.yes_or_no("if_inconvenient", self.if_inconvenient)
        if self.forbidden and self.allowed:
            raise InvalidValue("allowed", self.allowed, "either forbidden or allowed places")
        if not (self.forbidden or self.allowed or self.if_inconvenient):
            raise InvalidValue("forbidden", self.forbidden, "at least one place")

    def _block(self, question: Question, _at: dt.datetime, _zone: ZoneInfo, /) -> Block | None:
        place = question.proposed.at_place
        if place is None or (self.if_employer_prohibits and not question.known.employer_prohibits):
            return None
        if self.allowed:
            return None if place in self.allowed else Block(None, (place,))
        named = question.known.inconvenient_places if self.if_inconvenient else ()
        return Block(None, (place,)) if place in self.forbidden or place in named else None


@attrs.frozen(kw_only=True)
class AuthorisedChannels(Rule):
    """No contact by a channel that the party did not authorise, where it was asked."""

    kind: ClassVar[str] = "authorised_channels"

    def _has_matter(self, question: Question, /) -> bool:
        return question.known.authorised_channels is not None

    def _block(self, question: Question, _at: dt.datetime, _zone: ZoneInfo, /) -> Block | None:
        authorised = question.known.authorised_channels
        return None if authorised is None or question.proposed.channel in authorised else Block(None, authorised)


@attrs.frozen(kw_only=True)
class VisitCondition(Rule):
    """
    No visit before its conditions are met; they do not become true by waiting.

    Args:
        missed_meetings: The borrower did not appear at the agreed place so many times running.

        days_past_due: At least so many are known.

        announced: An earlier contact announced the visit.

        announced_within_days: It did so within so many consecutive days, that of the announcement being the first;
            None: however long ago.

        at: It is about visits at these places; empty: about all.
    """

    kind: ClassVar[str] = "visit_condition"

    missed_meetings: int = 0
    days_past_due: int = 0
    announced: bool = False
    announced_within_days: int | None = None
    at: tuple[Place, ...] = attrs.field(converter=words.places, default=())

    def _check(self) -> None:
        checks.whole("missed_meetings", self.missed_meetings, 0, 100)
        checks.whole("days_past_due", self.days_past_due, 0, 3660)
        checks.yes_or_no("announced", self.announced)
        if self.announced_within_days is not None:
            checks.whole("announced_within_days", self.announced_within_days, 1, 3660)
            if not self.announced:
                raise InvalidValue("announced", self.announced, "true, as there are days for the announcement")
        if not (self.missed_meetings or self.days_past_due or self.announced):
            raise InvalidValue("missed_meetings", self.missed_meetings, "at least one condition")

    @property
    def reach_days(self) -> int | None:
        """How many days back it looks at the history; None: an announcement may be as old as it likes."""
        own = self.announced_within_days if self.announced else 0
        return farthest((own, *(each.reach_days for each in self.unless)))

    def concerns(self, question: Question) -> bool:
        """
        Tell whether a visit at one of its places is proposed.
        """
        proposed = question.proposed
        if proposed.channel is not Channel.VISIT or (self.at and proposed.at_place not in self.at):
            return False
        return Rule.concerns(self, question)

    def _block(self, question: Question, at: dt.datetime, zone: ZoneInfo, /) -> Block | None:
        known = question.known
        if known.missed_meetings < self.missed_meetings or (known.days_past_due or 0) < self.days_past_due:
            return NEVER
        if not self.announced or any(self._announces(each, at, zone) for each in question.with_the_party()):
            return None
        return NEVER

    def _announces(self, contact: Contact, at: dt.datetime, zone: ZoneInfo) -> bool:
        if contact.direction is not Direction.OUTBOUND or contact.purpose != Purpose.VISIT_ANNOUNCEMENT:
            return False
        if contact.outcome in _UNDELIVERED:
            return False
        days = self.announced_within_days
        return days is None or at < midnight(contact.at.astimezone(zone).date() + dt.timedelta(days=days), zone)
