"""
The contact gate: the one function through which every outbound contact is asked for.

Its rules are the policy's own small set: hours, and attempts a day per party.
"""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Sequence

import attrs

from overdue_visit.instants import local
from overdue_visit.party.contact import Contact, Direction
from overdue_visit.policy import ContactPolicy

_HORIZON_DAYS = 400


class Ruling(enum.StrEnum):
    """What the gate says."""

    ALLOWED = "allowed"
    FORBIDDEN = "forbidden"


@attrs.frozen(kw_only=True)
class Verdict:
    """Whether a contact may be made at an instant, by which rule, and when at the earliest."""

    ruling: Ruling
    rule: str | None = None
    """Dotted key of the policy's number that forbids it."""
    counted: int = 0
    """Contacts that the rule counted."""
    earliest: dt.datetime | None = None
    """Earliest allowed instant at or after the one asked for, in UTC; None if none within 400 days."""

    @property
    def allowed(self) -> bool:
        """Whether the contact may be made now."""
        return self.ruling is Ruling.ALLOWED


def check(
    channel: str, at: dt.datetime, *, history: Sequence[Contact], rules: ContactPolicy, zone: dt.tzinfo
) -> Verdict:
    """
    Ask whether a party may be contacted by *channel* at *at*.

    Args:
        history: Contacts with the party over all its cases, reserved slots included.

        zone: The zone whose wall clock and days count.
    """
    broken = _broken(channel, at, history, rules, zone)
    if broken is None:
        return Verdict(ruling=Ruling.ALLOWED, earliest=at)
    rule, counted = broken
    earliest = _earliest(channel, at, history, rules, zone)
    return Verdict(ruling=Ruling.FORBIDDEN, rule=rule, counted=counted, earliest=earliest)


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
