"""
Several rule sets laid over each other, and what is asked of one or several alike.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import attrs

from overdue_visit.contact import checks
from overdue_visit.contact.known import Known
from overdue_visit.contact.rules.consent_term import ConsentTerm
from overdue_visit.contact.rules.counting import Counting
from overdue_visit.contact.rules.rule import Rule
from overdue_visit.contact.rules.rule_set import RuleSet
from overdue_visit.errors import InvalidValue


@attrs.frozen
class Overlay:
    """Several rule sets at once: a contact must pass all, and the most severe verdict wins."""

    sets: tuple[RuleSet, ...]

    def __attrs_post_init__(self) -> None:
        checks.values("sets", self.sets, RuleSet)
        names = [each.id for each in self.sets]
        if not names or len(set(names)) != len(names):
            raise InvalidValue("sets", tuple(names), "at least one rule set, and each once")

    def accepting(self, key: str, *, by: str, on: dt.date, reason: str, until: dt.date | None = None) -> Overlay:
        """
        Let a rule warn instead of binding; see `RuleSet.accepting`.

        Raises:
            InvalidValue: If no set has such a rule, or it may not be relaxed.
        """
        owners = [each for each in self.sets if any(each.key(rule) == key for rule in each.rules)]
        if not owners:
            raise InvalidValue("rule", key, "the key of a rule of " + ", ".join(each.id for each in self.sets))
        relaxed = owners[0].accepting(key, by=by, on=on, reason=reason, until=until)
        return Overlay(tuple(relaxed if each.id == relaxed.id else each for each in self.sets))

    @property
    def longest_window(self) -> int:
        """How many days of history the rules look at; those in `unbounded` look further."""
        return max(each.longest_window for each in self.sets)

    @property
    def unbounded(self) -> tuple[str, ...]:
        """Keys of the rules that look at the whole history with a person."""
        return tuple(key for each in self.sets for key in each.unbounded)


Rules = RuleSet | Overlay


def sets_of(rules: Rules) -> tuple[RuleSet, ...]:
    """
    Return the rule sets that are laid over each other, which may be one.

    Raises:
        InvalidValue: If it is anything else.
    """
    if not isinstance(rules, RuleSet | Overlay):
        raise InvalidValue(
            "rules", rules, "a rule set, such as contact.named('us-regf'), or several laid over each other"
        )
    return rules.sets


def stricter(*rules: Rules) -> Overlay:
    """
    Lay rule sets over each other: a contact is allowed only where all of them allow it.

    Raises:
        InvalidValue: If there is none, one comes twice, or something else is among them.
    """
    return Overlay(tuple(each for rule in rules for each in sets_of(rule)))


def read_from(rules: Rules, *, known: Known, at: dt.datetime) -> dt.datetime:
    """
    Return the instant from which the history must be read for a contact at *at*, whatever the zone.

    It reaches back over the longest window, to the oldest consent that was given for a later day or holds until the
    next conversation, and to the first request to stop where a rule lets one contact through after it. Rules that are
    `unbounded` need all contacts with the persons they are about, besides.

    Raises:
        InvalidValue: If the instant is naive, or an argument is something else.
    """
    sets_of(rules)
    checks.value("known", known, Known)
    reach = checks.instant("at", at) - dt.timedelta(days=rules.longest_window + 2)
    exemptions = [exemption for _, rule in every_rule(rules) for exemption in rule.unless]
    terms = [*(each.consent for each in exemptions), *(_counted_out(rule) for _, rule in every_rule(rules))]
    spoken = any(each is not None and each.is_open_ended for each in terms)
    given = [each.at for each in known.consents if spoken or each.valid_on is not None]
    received = [each.received_at for each in known.requests if each.received_at is not None and each.received_at <= at]
    once = any(each.once and not each.answers for each in exemptions)
    return min([reach, *given, *(received if once else [])])


def _counted_out(rule: Rule) -> ConsentTerm | None:
    return rule.counts.not_consented if isinstance(rule, Counting) else None


def every_rule(rules: Rules) -> Iterator[tuple[RuleSet, Rule]]:
    """
    Yield each rule with its set, in order.

    Raises:
        InvalidValue: If it is neither a rule set nor several.
    """
    return ((each, rule) for each in sets_of(rules) for rule in each.rules)
