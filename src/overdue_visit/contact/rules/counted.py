"""
Which earlier contacts a rule counts.
"""

from __future__ import annotations

import datetime as dt
import enum
import operator
from collections.abc import Sequence
from zoneinfo import ZoneInfo

import attrs

from overdue_visit.contact import checks, words
from overdue_visit.contact.contact import Contact, Proposed
from overdue_visit.contact.rules.consent_term import ConsentTerm
from overdue_visit.contact.rules.question import Question
from overdue_visit.contact.vocabulary import Channel, Direction, NumberKind, Outcome, Role
from overdue_visit.errors import InvalidValue

Contacts = Sequence[Contact]


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
    ) -> tuple[Contact, ...]:
        """
        Return the contacts that count towards a debt, none older than *since*.
        """
        # One plain pass for each thing that matters: a history is long, and what does not matter costs nothing.
        found = self._ended_so(self._by_such(question.since(since)))
        found = self._meant_so(self._with_such(found))
        found = self._sharing(found, question, debt)
        if self.not_consented is not None and question.known.consents:
            term = self.not_consented
            found = [each for each in found if not term.covers(each.at, question, zone)]
        return tuple(found)

    def _by_such(self, contacts: Contacts) -> Contacts:
        if self.channels:
            channels = frozenset(self.channels)
            contacts = [each for each in contacts if each.channel in channels]
        directions = self.directions
        return [each for each in contacts if each.direction in directions]

    def _ended_so(self, contacts: Contacts) -> Contacts:
        if self.not_outcomes:
            refused = frozenset(self.not_outcomes)
            contacts = [each for each in contacts if each.outcome not in refused]
        if self.outcomes:
            taken = frozenset((None, *self.outcomes))
            contacts = [each for each in contacts if each.outcome in taken]
        return contacts

    def _with_such(self, contacts: Contacts) -> Contacts:
        if self.roles:
            contacts = [each for each in contacts if each.role in self.roles]
        if self.not_roles:
            contacts = [each for each in contacts if each.role not in self.not_roles]
        if self.number_kinds:
            contacts = [each for each in contacts if each.number_kind in self.number_kinds]
        return contacts

    def _meant_so(self, contacts: Contacts) -> Contacts:
        if self.not_replies:
            contacts = [each for each in contacts if each.in_reply_to is None]
        if self.purposes:
            contacts = [each for each in contacts if each.purpose in self.purposes]
        if self.not_purposes:
            contacts = [each for each in contacts if each.purpose not in self.not_purposes]
        return contacts

    def _sharing(self, contacts: Contacts, question: Question, debt: str) -> Contacts:
        proposed = question.proposed
        if self.other_channels:
            contacts = [each for each in contacts if each.channel is not proposed.channel]
        for scope in self.scope:
            if scope is Scope.DEBT:
                contacts = question.about(contacts, debt, discussed=self.discussed)
            elif scope is Scope.PERSON:
                party = proposed.party
                contacts = [each for each in contacts if each.party == party]
            else:
                contacts = _alike(_FIELDS[scope], contacts, proposed)
        return contacts


_FIELDS = {Scope.NUMBER: "number", Scope.HOUSEHOLD: "household", Scope.COLLECTOR: "by"}


def _alike(field: str, contacts: Contacts, proposed: Proposed) -> Contacts:
    mine = getattr(proposed, field)
    if mine is None:
        return contacts
    folded, value = mine.casefold(), operator.attrgetter(field)
    return [each for each in contacts if (held := value(each)) is None or held == mine or held.casefold() == folded]
