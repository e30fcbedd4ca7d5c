"""
Which earlier contacts a rule counts.
"""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Iterator
from zoneinfo import ZoneInfo

import attrs

from overdue_visit.contact import checks, words
from overdue_visit.contact.contact import Contact
from overdue_visit.contact.rules.consent_term import ConsentTerm
from overdue_visit.contact.rules.question import Question
from overdue_visit.contact.vocabulary import Channel, Direction, NumberKind, Outcome, Role
from overdue_visit.errors import InvalidValue


class Scope(enum.StrEnum):
    """What a contact must share with the proposed one to count."""

    DEBT = "debt"
    PERSON = "person"
    NUMBER = "number"
    """The same number or address; one that is not known counts as any."""
    HOUSEHOLD = "household"
    COLLECTOR = "collector"


@attrs.frozen(kw_only=True)
class Counted:
    """
    Which earlier contacts count; what is empty does not matter.

    Args:
        scope: What they must share with the proposed contact; empty: every contact of the history counts.

        discussed: Debts count when they were spoken about, whoever raised them.

        other_channels: Only contacts by another channel than the proposed one.

        several_channels: They count only if together with the proposed one they are by more than one channel.

        not_replies: Answers to the party's own contacts do not count.

        not_consented: Contacts made while such a consent held do not count.
    """

    channels: tuple[Channel, ...] = attrs.field(converter=words.channels, default=())
    directions: tuple[Direction, ...] = attrs.field(converter=words.directions, default=(Direction.OUTBOUND,))
    outcomes: tuple[Outcome, ...] = attrs.field(converter=words.outcomes, default=())
    not_outcomes: tuple[Outcome, ...] = attrs.field(converter=words.outcomes, default=())
    roles: tuple[Role, ...] = attrs.field(converter=words.roles, default=())
    not_roles: tuple[Role, ...] = attrs.field(converter=words.roles, default=())
    number_kinds: tuple[NumberKind, ...] = attrs.field(converter=words.number_kinds, default=())
    purposes: tuple[str, ...] = attrs.field(converter=words.codes, default=())
    not_purposes: tuple[str, ...] = attrs.field(converter=words.codes, default=())
    scope: tuple[Scope, ...] = ()
    discussed: bool = False
    other_channels: bool = False
    several_channels: bool = False
    not_replies: bool = False
    not_consented: ConsentTerm | None = attrs.field(default=None, metadata={"part": ConsentTerm})

    def __attrs_post_init__(self) -> None:
        object.__setattr__(self, "scope", checks.words(Scope, "scope", self.scope))
        for field in ("discussed", "other_channels", "several_channels", "not_replies"):
            checks.yes_or_no(field, getattr(self, field))
        checks.value_or_none("not_consented", self.not_consented, ConsentTerm)
        for field in ("outcomes", "roles", "purposes"):
            if set(getattr(self, field)) & set(getattr(self, f"not_{field}")):
                raise InvalidValue(
                    f"not_{field}", getattr(self, f"not_{field}"), f"{field} that are not also among {field}"
                )

    def newest_first(
        self, question: Question, debt: str, zone: ZoneInfo, *, since: dt.datetime | None
    ) -> Iterator[Contact]:
        """
        Yield the contacts that count towards a debt, none older than *since*.
        """
        for each in question.history:
            if since is not None and each.at < since:
                return
            if self._is_such(each) and self._shares(each, question, debt) and not self._consented(each, question, zone):
                yield each

    def _is_such(self, contact: Contact) -> bool:
        if self.channels and contact.channel not in self.channels:
            return False
        if contact.direction not in self.directions or not self._ended_so(contact.outcome):
            return False
        if (self.roles and contact.role not in self.roles) or contact.role in self.not_roles:
            return False
        if self.number_kinds and contact.number_kind not in self.number_kinds:
            return False
        return self._meant_so(contact)

    def _ended_so(self, outcome: Outcome | None) -> bool:
        if outcome is None:
            return True
        return outcome not in self.not_outcomes and (not self.outcomes or outcome in self.outcomes)

    def _meant_so(self, contact: Contact) -> bool:
        if self.not_replies and contact.in_reply_to is not None:
            return False
        if self.purposes and contact.purpose not in self.purposes:
            return False
        return contact.purpose is None or contact.purpose not in self.not_purposes

    def _shares(self, contact: Contact, question: Question, debt: str) -> bool:
        proposed = question.proposed
        if self.other_channels and contact.channel is proposed.channel:
            return False
        for scope in self.scope:
            if scope is Scope.DEBT:
                if not question.share_debt(contact.discussed if self.discussed else contact.debts, debt):
                    return False
            elif scope is Scope.PERSON:
                if contact.party != proposed.party:
                    return False
            elif not _alike(scope, contact, question):
                return False
        return True

    def _consented(self, contact: Contact, question: Question, zone: ZoneInfo) -> bool:
        if self.not_consented is None or not question.known.consents:
            return False
        return self.not_consented.covers(contact.at, question, zone)


def _alike(scope: Scope, contact: Contact, question: Question) -> bool:
    pairs = {
        Scope.NUMBER: (contact.number, question.proposed.number),
        Scope.HOUSEHOLD: (contact.household, question.proposed.household),
        Scope.COLLECTOR: (contact.by, question.proposed.by),
    }
    one, other = pairs[scope]
    return one is None or other is None or one.casefold() == other.casefold()
