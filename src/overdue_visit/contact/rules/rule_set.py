"""
Rule sets: the rules of one source, in force for a time and for some lenders.
"""

from __future__ import annotations

import datetime as dt
from typing import Self
from zoneinfo import ZoneInfo

import attrs

from overdue_visit.contact import checks, words
from overdue_visit.contact.contact import Proposed
from overdue_visit.contact.rules.rule import Rule
from overdue_visit.contact.rules.source import Confidence
from overdue_visit.contact.vocabulary import Capacity
from overdue_visit.contact.wall_clock import midnight
from overdue_visit.errors import InvalidValue

_ONE_DAY = dt.timedelta(days=1)


@attrs.frozen(kw_only=True)
class Acceptance:
    """
    A named person's acceptance that a rule known only from secondary sources or memory warns instead of binding.

    Args:
        rule: The rule's whole key, such as ``"in-rbi-2022.calling_hours"``.

        by: Who answers for it.

        on: From this day on.

        reason: Why.

        until: Through this day; None: until it is taken away.
    """

    rule: str
    by: str
    on: dt.date
    reason: str
    until: dt.date | None = None

    def __attrs_post_init__(self) -> None:
        for field in ("rule", "by", "reason"):
            checks.text(f"acceptance.{field}", getattr(self, field))
        checks.day("acceptance.on", self.on)
        checks.day_or_none("acceptance.until", self.until)
        if self.until is not None and self.until < self.on:
            raise InvalidValue("acceptance.until", self.until, f"a day not before {self.on}")


@attrs.frozen(kw_only=True)
class RuleSet:
    """
    The rules of one source.

    Args:
        id: Its name; a rule's key is this name, a dot, and the rule's own.

        binds: Whom it binds; empty: creditors and collectors.

        products, not_products: For which kinds of loan; empty: for all.

        effective_from, effective_until: First and last day on which it is in force where the consumer is.

        rules: In the order in which they decide where several are equally severe.

    Raises:
        InvalidValue: If two rules share a name, or it ends before it begins.
    """

    id: str
    title: str
    jurisdiction: str
    checked: dt.date
    rules: tuple[Rule, ...]
    binds: tuple[Capacity, ...] = attrs.field(converter=words.capacities, default=())
    products: tuple[str, ...] = attrs.field(converter=words.codes, default=())
    not_products: tuple[str, ...] = attrs.field(converter=words.codes, default=())
    effective_from: dt.date | None = None
    effective_until: dt.date | None = None
    acceptances: tuple[Acceptance, ...] = ()

    def __attrs_post_init__(self) -> None:
        for field in ("id", "title", "jurisdiction"):
            checks.text(field, getattr(self, field))
        checks.day("checked", self.checked)
        checks.values("rules", self.rules, Rule)
        names = [rule.id for rule in self.rules]
        doubled = next((name for name in names if names.count(name) > 1), None)
        if doubled is not None:
            raise InvalidValue(f"{self.id}.{doubled}", doubled, "each rule once")
        if not names:
            raise InvalidValue(f"{self.id}.rules", (), "at least one rule")
        self._check_force()
        checks.values("acceptances", self.acceptances, Acceptance)
        for each in self.acceptances:
            self._relaxable(each.rule)

    def _check_force(self) -> None:
        first, last = self.effective_from, self.effective_until
        checks.day_or_none("effective.from", first)
        checks.day_or_none("effective.until", last)
        if first is not None and last is not None and last < first:
            raise InvalidValue(f"{self.id}.effective.until", last, f"a day not before {first}")
        if set(self.products) & set(self.not_products):
            raise InvalidValue(
                f"{self.id}.not_products", self.not_products, "products that are not also among products"
            )

    @property
    def sets(self) -> tuple[RuleSet, ...]:
        """Itself, as an overlay of one."""
        return (self,)

    def key(self, rule: Rule) -> str:
        """
        Return the whole key of one of its rules.

        Raises:
            InvalidValue: If it is no rule.
        """
        checks.value("rule", rule, Rule)
        return f"{self.id}.{rule.id}"

    def rule(self, key: str) -> Rule:
        """
        Find a rule by its whole key or its own name.

        Raises:
            InvalidValue: If there is none of that name.
        """
        checks.text("rule", key)
        for rule in self.rules:
            if key in {rule.id, self.key(rule)}:
                return rule
        raise InvalidValue("rule", key, "one of " + ", ".join(map(self.key, self.rules)))

    def accepting(self, key: str, *, by: str, on: dt.date, reason: str, until: dt.date | None = None) -> Self:
        """
        Let a rule known only from secondary sources or memory warn instead of binding, on a named person's word.

        Raises:
            InvalidValue: If there is no such rule, or its text was read, or it is the institution's own.
        """
        accepted = Acceptance(rule=self.key(self._relaxable(key)), by=by, on=on, reason=reason, until=until)
        return attrs.evolve(self, acceptances=(*self.acceptances, accepted))

    def _relaxable(self, key: str) -> Rule:
        """
        Find a rule that an acceptance may relax.
        """
        rule = self.rule(key)
        if rule.source.confidence not in {Confidence.SECONDARY, Confidence.MEMORY}:
            accepted = f"a rule known only from secondary sources or memory; this one is {rule.source.confidence}"
            raise InvalidValue("rule", self.key(rule), accepted)
        return rule

    def binds_for(self, proposed: Proposed) -> bool:
        """
        Tell whether it binds the one who proposes a contact, for the kind of loan.

        Raises:
            InvalidValue: If it is no proposed contact.
        """
        checks.value("proposed", proposed, Proposed)
        if self.binds and proposed.capacity is not None and proposed.capacity not in self.binds:
            return False
        if proposed.product is None:
            return True
        return proposed.product not in self.not_products and (not self.products or proposed.product in self.products)

    def in_force(self, at: dt.datetime, zone: ZoneInfo) -> bool:
        """
        Tell whether it is in force at an instant where the consumer is.

        Raises:
            InvalidValue: If the instant is naive, or the zone is none.
        """
        checks.value("zone", zone, ZoneInfo)
        return is_in_force(self, checks.instant("at", at), zone)

    def ends(self, zone: ZoneInfo) -> dt.datetime | None:
        """
        Return the instant from which it is no longer in force; None if no end is known.

        Raises:
            InvalidValue: If the zone is none.
        """
        checks.value("zone", zone, ZoneInfo)
        return None if self.effective_until is None else midnight(self.effective_until + _ONE_DAY, zone)

    @property
    def longest_window(self) -> int:
        """How many days of history its rules look at; those in `unbounded` look further."""
        return max((rule.reach_days or 0 for rule in self.rules), default=0)

    @property
    def unbounded(self) -> tuple[str, ...]:
        """Keys of the rules that look at the whole history with a person."""
        return tuple(self.key(rule) for rule in self.rules if rule.reach_days is None)


def is_in_force(rules: RuleSet, at: dt.datetime, zone: ZoneInfo) -> bool:
    """
    Tell whether a rule set is in force at an instant in a zone, its arguments being what they should.
    """
    first, last = rules.effective_from, rules.effective_until
    if first is not None and at < midnight(first, zone):
        return False
    return last is None or at < midnight(last + _ONE_DAY, zone)
