"""
Rules that outrank counting: what a person asked to stop, who may not be contacted at all, and where.
"""

from __future__ import annotations

import datetime as dt
from typing import ClassVar
from zoneinfo import ZoneInfo

import attrs

from overdue_visit.contact import checks, words
from overdue_visit.contact.party import Request
from overdue_visit.contact.rules.question import Question
from overdue_visit.contact.rules.rule import NEVER, Block, Rule
from overdue_visit.contact.vocabulary import CALLS, Channel, Direction, Outcome, Place, Purpose, RequestKind, Role
from overdue_visit.errors import InvalidValue

_UNDELIVERED = frozenset({Outcome.BUSY, Outcome.NOT_IN_SERVICE, Outcome.NO_ANSWER, Outcome.NOBODY_HOME})


@attrs.frozen(kw_only=True)
class Stop(Rule):
    """
    No contact that a person asked to stop, from the receipt of the request until it is withdrawn.

    Args:
        requests: Which kinds of request.

        needs_writing: A request known to be oral does not count.
    """

    kind: ClassVar[str] = "stop"

    requests: tuple[RequestKind, ...] = attrs.field(converter=words.request_kinds)
    needs_writing: bool = False

    def _check(self) -> None:
        checks.yes_or_no("needs_writing", self.needs_writing)
        if not self.requests:
            raise InvalidValue("requests", self.requests, "at least one kind of request")

    def _has_matter(self, question: Question, /) -> bool:
        return bool(question.known.requests)

    def _block(self, question: Question, at: dt.datetime, _zone: ZoneInfo, /) -> Block | None:
        facts = tuple(each for each in question.known.requests if self._binds(each, question, at))
        if not facts:
            return None
        ends = [each.withdrawn_at for each in facts if each.withdrawn_at is not None]
        return Block(max(ends) if len(ends) == len(facts) else None, facts)

    def _binds(self, request: Request, question: Question, at: dt.datetime) -> bool:
        if request.kind not in self.requests or request.received_at is None or at < request.received_at:
            return False
        if request.withdrawn_at is not None and at >= request.withdrawn_at:
            return False
        if self.needs_writing and request.in_writing is False:
            return False
        return question.is_about(request.debt) and _is_meant(request, question)


def _is_meant(request: Request, question: Question) -> bool:
    proposed = question.proposed
    if request.person is not None and request.person != proposed.party:
        return False
    match request.kind:
        case RequestKind.STOP_MEDIUM:
            stopped = CALLS if request.medium in CALLS else {request.medium}
            return proposed.channel in stopped
        case RequestKind.OPT_OUT_ADDRESS:
            return (proposed.number or "").casefold() == (request.address or "").casefold()
        case _:
            return True


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

        at: It is about visits at these places; empty: about all.
    """

    kind: ClassVar[str] = "visit_condition"

    missed_meetings: int = 0
    days_past_due: int = 0
    announced: bool = False
    at: tuple[Place, ...] = attrs.field(converter=words.places, default=())

    def _check(self) -> None:
        checks.whole("missed_meetings", self.missed_meetings, 0, 100)
        checks.whole("days_past_due", self.days_past_due, 0, 3660)
        checks.yes_or_no("announced", self.announced)
        if not (self.missed_meetings or self.days_past_due or self.announced):
            raise InvalidValue("missed_meetings", self.missed_meetings, "at least one condition")

    def concerns(self, question: Question) -> bool:
        """
        Tell whether a visit at one of its places is proposed.
        """
        proposed = question.proposed
        if proposed.channel is not Channel.VISIT or (self.at and proposed.at_place not in self.at):
            return False
        return Rule.concerns(self, question)

    def _block(self, question: Question, _at: dt.datetime, _zone: ZoneInfo, /) -> Block | None:
        known = question.known
        if known.missed_meetings < self.missed_meetings or (known.days_past_due or 0) < self.days_past_due:
            return NEVER
        return NEVER if self.announced and not any(map(_announces, question.with_the_party())) else None


def _announces(contact: object) -> bool:
    outbound = getattr(contact, "direction", None) is Direction.OUTBOUND
    announcing = getattr(contact, "purpose", None) == Purpose.VISIT_ANNOUNCEMENT
    return outbound and announcing and getattr(contact, "outcome", None) not in _UNDELIVERED
