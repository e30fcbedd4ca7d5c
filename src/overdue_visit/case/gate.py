"""
The contact gate: the one function through which every outbound contact is asked for.

A contact must pass the policy's own numbers (hours, and attempts a day per party) and every rule set that the policy
names; those are judged by `overdue_visit.contact`.
"""

from __future__ import annotations

import bisect
import datetime as dt
import enum
import operator
from collections.abc import Sequence
from typing import Self

import attrs

from overdue_visit import contact
from overdue_visit.contact.rules import Rules
from overdue_visit.instants import local
from overdue_visit.party.contact import Contact, Direction
from overdue_visit.policy import ContactPolicy

_HORIZON_DAYS = 400
_AT = operator.attrgetter("at")
_CHANNELS = {each.value: each for each in contact.Channel} | {
    "letter": contact.Channel.MAIL,
    "message": contact.Channel.MESSENGER,
}


class Ruling(enum.StrEnum):
    """What the gate says."""

    ALLOWED = "allowed"
    ADVISORY = "advisory"
    PRESUMED_VIOLATION = "presumed_violation"
    FORBIDDEN = "forbidden"


@attrs.frozen(kw_only=True)
class Verdict:
    """Whether a contact may be made at an instant, by which rule, and when at the earliest."""

    ruling: Ruling
    rule: str | None = None
    """Dotted key of the policy's number, or of the rule of a rule set, that forbids it."""
    counted: int = 0
    """Contacts that the rule counted."""
    earliest: dt.datetime | None = None
    """Earliest allowed instant at or after the one asked for, in UTC; None if none within 400 days."""

    @property
    def allowed(self) -> bool:
        """Whether the contact may be made now."""
        return self.ruling is Ruling.ALLOWED


def check(
    channel: str,
    at: dt.datetime,
    *,
    history: Sequence[Contact],
    rules: ContactPolicy,
    zone: dt.tzinfo,
    case: str = "",
    days_past_due: int | None = None,
) -> Verdict:
    """
    Ask whether a party may be contacted by *channel* at *at*.

    Args:
        history: Contacts with the party over all its cases, reserved slots included.

        zone: The zone whose wall clock and days count.

        case: The case that the contact is about: its loan is the debt that rule sets count by.

        days_past_due: Of that loan, where a rule set looks at it.
    """
    law = _Law.of(channel, history, rules=rules.law, zone=zone, case=case, days_past_due=days_past_due)
    question = _Question(channel, history, rules, zone, law)
    broken = question.broken(at)
    if broken is None:
        return Verdict(ruling=Ruling.ALLOWED, earliest=at)
    return attrs.evolve(broken, earliest=question.earliest(at))


@attrs.frozen
class _Question:
    channel: str
    history: Sequence[Contact]
    rules: ContactPolicy
    zone: dt.tzinfo
    law: _Law | None

    def broken(self, at: dt.datetime) -> Verdict | None:
        own = _broken(self.channel, at, self.history, self.rules, self.zone)
        if own is not None:
            return Verdict(ruling=Ruling.FORBIDDEN, rule=own[0], counted=own[1])
        found = None if self.law is None else self.law.check(at, earliest=False)
        if found is None or found.allowed:
            return None
        return Verdict(ruling=Ruling(found.ruling.value), rule=found.rule, counted=len(found.counted))

    def earliest(self, at: dt.datetime) -> dt.datetime | None:
        """
        Go from the policy's own next instant to the law's and back, until one passes both.
        """
        for _ in range(_HORIZON_DAYS):
            own = _earliest(self.channel, at, self.history, self.rules, self.zone)
            if own is None:
                return None
            found = None if self.law is None else self.law.check(own, earliest=True)
            if found is None or found.allowed:
                return own
            if found.earliest is None:
                return None
            at = found.earliest
        return None


@attrs.frozen
class _Law:
    """The question as the rule sets ask it."""

    rules: Rules
    known: contact.Known
    channel: contact.Channel
    debt: str
    history: tuple[contact.Contact, ...]
    """In order of time."""

    @classmethod
    def of(
        cls,
        channel: str,
        history: Sequence[Contact],
        *,
        rules: Rules | None,
        zone: dt.tzinfo,
        case: str,
        days_past_due: int | None,
    ) -> Self | None:
        # A channel that reaches nobody by itself, such as a file, is no contact in the sense of any rule.
        if rules is None or channel not in _CHANNELS:
            return None
        known = contact.Known(zones=(str(zone),), days_past_due=days_past_due)
        told = [_counted(each) for each in history if each.channel in _CHANNELS]
        return cls(rules, known, _CHANNELS[channel], _debt(case), tuple(sorted(told, key=_AT)))

    def check(self, at: dt.datetime, *, earliest: bool) -> contact.Verdict:
        proposed = contact.Proposed(at=at, channel=self.channel, debt=self.debt)
        before = self.history[: bisect.bisect_right(self.history, at, key=_AT)]
        return contact.check(proposed, history=before, rules=self.rules, known=self.known, earliest=earliest)


def _counted(each: Contact) -> contact.Contact:
    # Nobody recorded what came of it, so it counts as whatever a rule counts.
    return contact.Contact(
        at=each.at,
        channel=_CHANNELS[each.channel],
        direction=each.direction.value,
        debt=_debt(each.case),
        state=each.state.value,
    )


def _debt(case: str) -> str:
    return case.rpartition("/")[0] or case or "any"


def _broken(
    channel: str, at: dt.datetime, history: Sequence[Contact], rules: ContactPolicy, zone: dt.tzinfo
) -> tuple[str, int] | None:
    wall = at.astimezone(zone)
    if channel not in rules.counted_channels:
        return None
    if wall.time() < rules.earliest:
        return "contact.earliest", 0
    if wall.time() >= rules.latest:
        return "contact.latest", 0
    counted = contacts_on(wall.date(), history, rules, zone)
    return ("contact.attempts_a_day", counted) if counted >= rules.attempts_a_day else None


def contacts_on(day: dt.date, history: Sequence[Contact], rules: ContactPolicy, zone: dt.tzinfo) -> int:
    """
    Count the contacts of a calendar day that the rules count, reserved slots included.
    """
    return sum(
        each.counts
        and each.direction is Direction.OUTBOUND
        and each.channel in rules.counted_channels
        and each.at.astimezone(zone).date() == day
        for each in history
    )


def _earliest(
    channel: str, at: dt.datetime, history: Sequence[Contact], rules: ContactPolicy, zone: dt.tzinfo
) -> dt.datetime | None:
    first = at.astimezone(zone).date()
    for offset in range(_HORIZON_DAYS):
        opens = local(first + dt.timedelta(days=offset), rules.earliest, zone)
        candidate = max(opens, at)
        if _broken(channel, candidate, history, rules, zone) is None:
            return candidate
    return None
