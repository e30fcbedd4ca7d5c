"""
What every rule of contacts has: when it applies, what it does, where it comes from, and when it gives way.
"""

from __future__ import annotations

import abc
import datetime as dt
import enum
from collections.abc import Iterable, Sequence
from typing import ClassVar
from zoneinfo import ZoneInfo

import attrs

from overdue_visit.contact import checks, words
from overdue_visit.contact.rules.exemption import Exemption
from overdue_visit.contact.rules.question import Question
from overdue_visit.contact.rules.source import Source
from overdue_visit.contact.vocabulary import Channel, NumberKind, Role
from overdue_visit.errors import InvalidValue


class Effect(enum.StrEnum):
    """What a rule does to a contact that breaks it."""

    WARNING = "warning"
    """It may be made; somebody should think first."""
    ADVISORY = "advisory"
    """The source says that it should rather not be made."""
    PRESUMED_VIOLATION = "presumed_violation"
    """It is taken for a violation unless the contrary is shown."""
    FORBIDDEN = "forbidden"


@attrs.frozen
class Block:
    """
    Why a rule stands in the way at an instant.

    Args:
        until: No instant before this one passes the rule; None: none at all passes it, with the facts as they are.

        facts: The contacts, requests or other values that were counted.
    """

    until: dt.datetime | None = None
    facts: tuple[object, ...] = ()


NEVER = Block()


def distinct(blocks: Sequence[Block]) -> tuple[object, ...]:
    """
    Return the facts of several blocks, each once; two that merely say the same are two.
    """
    if len(blocks) == 1:
        return blocks[0].facts
    return tuple({id(fact): fact for each in blocks for fact in each.facts}.values())


def farthest(reaches: Iterable[int | None]) -> int | None:
    """
    Return the most days back, of several; None is to the beginning, and more than any number.
    """
    most = 0
    for each in reaches:
        if each is None:
            return None
        most = max(most, each)
    return most


@attrs.frozen(kw_only=True)
class Rule(abc.ABC):
    """
    One rule; its subclasses say what it is about.

    Args:
        id: Its name within the rule set.

        channels, roles, purposes, number_kinds: To what contacts it applies; empty: to all.

        not_roles: To whom it does not apply.

        unless: It gives way if any of these holds.

        factors: Purposes that speak for a contact although it is presumed to be a violation.

        warning: Code of what it warns of; `Effect.WARNING` needs one.

    Raises:
        InvalidValue: If a word is unknown, or the warning missing.
    """

    kind: ClassVar[str]

    id: str
    source: Source
    effect: Effect = Effect.FORBIDDEN
    channels: tuple[Channel, ...] = attrs.field(converter=words.channels, default=())
    roles: tuple[Role, ...] = attrs.field(converter=words.roles, default=())
    not_roles: tuple[Role, ...] = attrs.field(converter=words.roles, default=())
    purposes: tuple[str, ...] = attrs.field(converter=words.codes, default=())
    number_kinds: tuple[NumberKind, ...] = attrs.field(converter=words.number_kinds, default=())
    unless: tuple[Exemption, ...] = attrs.field(default=(), metadata={"part": Exemption})
    factors: tuple[str, ...] = attrs.field(converter=words.codes, default=())
    warning: str | None = None

    def __attrs_post_init__(self) -> None:
        checks.code("id", self.id)
        checks.value("source", self.source, Source)
        object.__setattr__(self, "effect", checks.word(Effect, "effect", self.effect))
        checks.values("unless", self.unless, Exemption)
        if set(self.roles) & set(self.not_roles):
            raise InvalidValue("not_roles", self.not_roles, "roles that are not also among roles")
        if (self.effect is Effect.WARNING) != (self.warning is not None):
            raise InvalidValue("warning", self.warning, "a code for a rule that warns, and none for others")
        if self.warning is not None:
            checks.code("warning", self.warning)
        if self.factors and self.effect is not Effect.PRESUMED_VIOLATION:
            raise InvalidValue("factors", self.factors, "purposes only where a violation is presumed")
        self._check()

    def _check(self) -> None:  # noqa: B027 - most kinds add nothing that needs a check
        """
        Check what the subclass adds.
        """

    @property
    def reach_days(self) -> int | None:
        """How many days back it looks at the history; None: to the beginning."""
        return farthest(each.reach_days for each in self.unless)

    def concerns(self, question: Question) -> bool:
        """
        Tell whether it applies to the proposed contact at all.
        """
        proposed = question.proposed
        if not self._has_matter(question):
            return False
        if self.channels and proposed.channel not in self.channels:
            return False
        if (self.roles and proposed.role not in self.roles) or proposed.role in self.not_roles:
            return False
        if self.purposes and proposed.purpose not in self.purposes:
            return False
        return not self.number_kinds or proposed.number_kind in self.number_kinds

    def _has_matter(self, _question: Question, /) -> bool:
        """
        Tell whether there is anything that it could block, at whatever instant.
        """
        return True

    def blocked(self, question: Question, at: dt.datetime, zone: ZoneInfo) -> Block | None:
        """
        Say why the proposed contact may not be made at an instant, the consumer being in *zone*; None if it may.
        """
        block = self._block(question, at, zone)
        if block is None or not self.unless:
            return block
        until = block.until
        for exemption in self.unless:
            opens = exemption.opens(question, at, zone)
            if opens is None:
                continue
            if opens <= at:
                return None
            until = opens if until is None else min(until, opens)
        return Block(until, block.facts)

    @abc.abstractmethod
    def _block(self, question: Question, at: dt.datetime, zone: ZoneInfo, /) -> Block | None:
        """
        Say why it stands in the way, exemptions left aside; None if it does not.
        """
