"""
The lawful windows of a week: when a contact may be made, the history unchanged, exact to the microsecond.
"""

from __future__ import annotations

import bisect
import datetime as dt
import operator
from collections.abc import Iterator, Sequence

import attrs

from overdue_visit.contact import checks, words
from overdue_visit.contact.contact import Contact, Proposed
from overdue_visit.contact.gate import check
from overdue_visit.contact.known import Known
from overdue_visit.contact.rules.overlay import Rules
from overdue_visit.contact.rules.question import check_history
from overdue_visit.contact.turning_points import turning_points
from overdue_visit.contact.verdict import Ruling
from overdue_visit.contact.vocabulary import Channel
from overdue_visit.contact.wall_clock import midnight
from overdue_visit.errors import InvalidValue
from overdue_visit.instants import day_of, in_utc, zone

_MOST_DAYS = 366
_BEGINS = operator.attrgetter("begins")


@attrs.frozen(kw_only=True)
class Span:
    """
    A stretch of time in UTC, from its first instant on and before its end.
    """

    begins: dt.datetime
    ends: dt.datetime

    def __attrs_post_init__(self) -> None:
        if checks.instant("ends", self.ends) < checks.instant("begins", self.begins):
            raise InvalidValue("ends", self.ends, f"an instant not before {self.begins.isoformat()}")

    def __contains__(self, at: dt.datetime) -> bool:
        return self.begins <= checks.instant("at", at) < self.ends


@attrs.frozen(kw_only=True)
class Stretch(Span):
    """
    A span in which the gate says the same throughout.

    Args:
        rule: The whole key of the rule that decides; None where no rule is in the way.
    """

    ruling: Ruling
    rule: str | None = None

    def __attrs_post_init__(self) -> None:
        super().__attrs_post_init__()
        checks.value("ruling", self.ruling, Ruling)
        checks.text_or_none("rule", self.rule)

    @property
    def allowed(self) -> bool:
        """Whether the contact may be made in it, be it with a warning."""
        return self.ruling in {Ruling.ALLOWED, Ruling.WARNED}


@attrs.frozen(kw_only=True)
class Calendar:
    """
    What the gate says of one contact through some days.

    Args:
        zone: IANA name of the zone whose days these are: the first of those in which the party may be.

        days: In order.

        stretches: In order and without gaps, from the proposed instant or the first midnight, whichever is later, to
            the last midnight.
    """

    channel: Channel = attrs.field(converter=words.channel)
    zone: str
    days: tuple[dt.date, ...]
    stretches: tuple[Stretch, ...]

    def __attrs_post_init__(self) -> None:
        checks.text("zone", self.zone)
        zone(self.zone)
        checks.values("days", self.days, dt.date)
        checks.values("stretches", self.stretches, Stretch)
        for field in ("days", "stretches"):
            if not getattr(self, field):
                raise InvalidValue(field, (), "at least one")

    @property
    def windows(self) -> tuple[Span, ...]:
        """When the contact is allowed: as few spans as possible, in order."""
        return tuple(_joined(self.stretches))

    def at(self, instant: dt.datetime) -> Stretch:
        """
        Find the stretch in which an instant lies.

        Raises:
            InvalidValue: If it lies outside the calendar, or is naive.
        """
        moved = in_utc(instant)
        position = bisect.bisect_right(self.stretches, moved, key=_BEGINS) - 1
        if position < 0 or moved not in self.stretches[position]:
            begins, ends = self.stretches[0].begins, self.stretches[-1].ends
            raise InvalidValue("at", instant, f"an instant from {begins.isoformat()} on, before {ends.isoformat()}")
        return self.stretches[position]

    def local(self, instant: dt.datetime) -> dt.datetime:
        """
        Return an instant on the wall clock of the calendar's zone.
        """
        return in_utc(instant).astimezone(zone(self.zone))


def calendar(
    proposed: Proposed,
    *,
    rules: Rules,
    known: Known,
    history: Sequence[Contact] = (),
    first_day: dt.date | None = None,
    days: int = 7,
) -> Calendar:
    """
    Say when a contact may be made within some days, if nothing else happens.

    At each instant it says what `check` says of the same contact at that instant.

    Args:
        proposed: Earlier than its instant nothing is looked at.

        history: As `check` takes it, none later than the proposed contact.

        first_day: Where the party lives; None: the day of the proposed contact.

        days: How many; 7 is a week.

    Raises:
        InvalidValue: If the days end before the proposed instant, there are none or more than 366, or `check` refuses
            the history.
    """
    checks.value("proposed", proposed, Proposed)
    checks.value("known", known, Known)
    check_history(history, proposed)
    checks.whole("days", days, 1, _MOST_DAYS)
    home = known.places[0]
    first = day_of(proposed.at, home) if first_day is None else first_day
    checks.day("first_day", first)
    ends = midnight(first + dt.timedelta(days=days), home)
    begins = max(proposed.at, midnight(first, home))
    if ends <= begins:
        raise InvalidValue("first_day", first, f"days that do not end before the proposed contact at {proposed.at}")
    points = (begins, *turning_points(begins, ends, history=history, rules=rules, known=known), ends)
    judged = _judged(proposed, points, history=tuple(history), rules=rules, known=known)
    return Calendar(
        channel=proposed.channel,
        zone=known.zones[0],
        days=tuple(first + dt.timedelta(days=n) for n in range(days)),
        stretches=tuple(judged),
    )


def _judged(
    proposed: Proposed, points: Sequence[dt.datetime], *, history: Sequence[Contact], rules: Rules, known: Known
) -> Iterator[Stretch]:
    """
    Yield the stretches between the points, neighbours of which the same is said joined.
    """
    begins, said = points[0], None
    for at in points[:-1]:
        verdict = check(attrs.evolve(proposed, at=at), history=history, rules=rules, known=known, earliest=False)
        now = (verdict.ruling, verdict.rule)
        if said is not None and now != said:
            yield Stretch(begins=begins, ends=at, ruling=said[0], rule=said[1])
            begins = at
        said = now
    if said is not None:
        yield Stretch(begins=begins, ends=points[-1], ruling=said[0], rule=said[1])


def _joined(stretches: Sequence[Stretch]) -> Iterator[Span]:
    begins: dt.datetime | None = None
    for each in stretches:
        if each.allowed and begins is None:
            begins = each.begins
        if not each.allowed and begins is not None:
            yield Span(begins=begins, ends=each.begins)
            begins = None
    if begins is not None:
        yield Span(begins=begins, ends=stretches[-1].ends)
