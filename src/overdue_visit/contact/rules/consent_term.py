"""
Which consents a rule takes, and for how long.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from zoneinfo import ZoneInfo

import attrs

from overdue_visit.contact import checks, words
from overdue_visit.contact.hours import Hours, Timetable
from overdue_visit.contact.party import Consent
from overdue_visit.contact.rules.question import Question
from overdue_visit.contact.vocabulary import SPOKEN, WEEK, Outcome
from overdue_visit.contact.wall_clock import MICROSECOND, first_instant, midnight
from overdue_visit.errors import InvalidValue

_HORIZON_DAYS = 3
Interval = tuple[dt.datetime, dt.datetime | None]


@attrs.frozen(kw_only=True)
class ConsentTerm:
    """
    What a consent must be for a rule to give way.

    Args:
        scopes: Any of these; empty: any consent.

        given_directly, in_writing, express: Whether it must be known to be so.

        lasting_days: It ends after so many consecutive days, that of receipt being the first; 0: it does not end.

        ended_by_conversation: It ends with the next conversation about the debt.

        not_before: It reaches from this time of day to midnight only.

    Raises:
        InvalidValue: If a scope is no code, or a number is out of range.
    """

    scopes: tuple[str, ...] = attrs.field(converter=words.codes, default=())
    given_directly: bool = False
    in_writing: bool = False
    express: bool = False
    lasting_days: int = 0
    ended_by_conversation: bool = False
    not_before: dt.time | None = None

    def __attrs_post_init__(self) -> None:
        for field in ("given_directly", "in_writing", "express", "ended_by_conversation"):
            checks.yes_or_no(field, getattr(self, field))
        checks.whole("lasting_days", self.lasting_days, 0, 366)
        if self.not_before is not None:
            checks.wall_time("not_before", self.not_before)
            if self.not_before == dt.time():
                raise InvalidValue("not_before", self.not_before, "a time after midnight, or none")

    @property
    def is_open_ended(self) -> bool:
        """Whether nothing but a conversation ends it, however long ago it was given."""
        return self.ended_by_conversation and not self.lasting_days

    def opens(self, question: Question, at: dt.datetime, zone: ZoneInfo) -> dt.datetime | None:
        """
        Return the first instant from *at* on at which a consent holds; None if none will.
        """
        instants = [self._opens_in(each, at, zone) for each in self.intervals(question, zone)]
        return min((each for each in instants if each is not None), default=None)

    def _opens_in(self, interval: Interval, at: dt.datetime, zone: ZoneInfo) -> dt.datetime | None:
        begins, ends = interval
        found: dt.datetime | None = max(begins, at)
        if self.not_before is not None and found is not None:
            found = self._late_enough(found, zone)
        return None if found is None or (ends is not None and found >= ends) else found

    def _late_enough(self, at: dt.datetime, zone: ZoneInfo) -> dt.datetime | None:
        table = Timetable((Hours(days=WEEK, start=self.not_before or dt.time()),))

        def holds(instant: dt.datetime) -> bool:
            return table.open_at(instant.astimezone(zone), frozenset())

        return at if holds(at) else first_instant(at, zone, edges=table.edges, holds=holds, days=_HORIZON_DAYS)

    def covers(self, at: dt.datetime, question: Question, zone: ZoneInfo) -> bool:
        """
        Tell whether a consent held at an instant.
        """
        return self.opens(question, at, zone) == at

    def intervals(self, question: Question, zone: ZoneInfo) -> Iterator[Interval]:
        """
        Yield when each fitting consent holds: from the first instant on, until the second.
        """
        for consent in question.known.consents:
            if self._fits(consent, question):
                interval = self._interval(consent, question, zone)
                if interval[1] is None or interval[0] < interval[1]:
                    yield interval

    def _fits(self, consent: Consent, question: Question) -> bool:
        if (self.scopes and consent.scope not in self.scopes) or not question.is_about(consent.debt):
            return False
        if self.given_directly and not consent.given_directly:
            return False
        if self.in_writing and not consent.in_writing:
            return False
        return not self.express or bool(consent.express)

    def _interval(self, consent: Consent, question: Question, zone: ZoneInfo) -> Interval:
        begins, ends = consent.at, [] if consent.ended_at is None else [consent.ended_at]
        if consent.valid_on is not None:
            begins = max(begins, midnight(consent.valid_on, zone))
            ends.append(midnight(consent.valid_on + dt.timedelta(days=1), zone))
        if self.lasting_days:
            received = consent.at.astimezone(zone).date()
            ends.append(midnight(received + dt.timedelta(days=self.lasting_days), zone))
        if self.ended_by_conversation:
            ends.extend(self._next_conversation(consent, question))
        return begins, min(ends, default=None)

    def _next_conversation(self, consent: Consent, question: Question) -> Iterator[dt.datetime]:
        for each in reversed(question.history):
            spoken = each.outcome is Outcome.CONVERSATION and each.channel in SPOKEN
            if (
                spoken
                and each.at > consent.at
                and each.party == question.proposed.party
                and _about(each.discussed, consent, question)
            ):
                # The call that becomes the conversation is itself still made with the consent.
                yield each.at + MICROSECOND
                return


def _about(discussed: tuple[str, ...], consent: Consent, question: Question) -> bool:
    debts = question.debts if consent.debt is None else (question.known.one_name(consent.debt),)
    return any(question.share_debt(discussed, debt) for debt in debts)
