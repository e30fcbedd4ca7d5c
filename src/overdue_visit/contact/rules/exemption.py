"""
When a rule gives way: a consent, a purpose, a reply, the state of the loan, a debtor who cannot be reached.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from zoneinfo import ZoneInfo

import attrs

from overdue_visit.contact import checks, words
from overdue_visit.contact.contact import Contact
from overdue_visit.contact.rules.consent_term import ConsentTerm
from overdue_visit.contact.rules.question import Question
from overdue_visit.contact.vocabulary import FAILED, REACHED, Direction, Outcome, Role
from overdue_visit.contact.wall_clock import midnight
from overdue_visit.errors import InvalidValue

_ONE_DAY = dt.timedelta(days=1)
_TELLING = FAILED | REACHED
_YES_OR_NO = ("answers", "once", "same_day", "any_channel", "debtor_unreachable", "number_dead")


@attrs.frozen(kw_only=True)
class Exemption:
    """
    Circumstances in which a rule gives way; all that are named must hold.

    Args:
        consent: A consent holds.

        purposes: The contact has one of these purposes.

        answers: It answers the party's own contact, by the same channel.

        once: It is the first such answer, or the first contact with the purpose after the latest request to stop that
            is about it.

        same_day: The answer is given on the day of the contact that it answers.

        any_channel: The answer may take another channel.

        over_days_past_due: More than so many days past due are known; None: no matter.

        debtor_unreachable: The debtor is known to be out of reach.

        failures_in_a_row: The last so many attempts to reach the borrower failed; 0: no matter.

        number_dead: The last attempt to reach the borrower met a number not in service.

        heard_within_days: The person's own message about the debt came by the same channel from the same number within
            so many consecutive days, that of the message being the first; 0: no matter.

        number_checked_within_days: The number was found still to be the person's within so many consecutive days, that
            of the check being the first; 0: no matter.

        states: The message is known to say all of these.

    Raises:
        InvalidValue: If nothing is named, or a number is out of range.
    """

    consent: ConsentTerm | None = attrs.field(default=None, metadata={"part": ConsentTerm})
    purposes: tuple[str, ...] = attrs.field(converter=words.codes, default=())
    answers: bool = False
    once: bool = False
    same_day: bool = False
    any_channel: bool = False
    over_days_past_due: int | None = None
    debtor_unreachable: bool = False
    failures_in_a_row: int = 0
    number_dead: bool = False
    heard_within_days: int = 0
    number_checked_within_days: int = 0
    states: tuple[str, ...] = attrs.field(converter=words.codes, default=())

    def __attrs_post_init__(self) -> None:
        for field in _YES_OR_NO:
            checks.yes_or_no(field, getattr(self, field))
        checks.value_or_none("consent", self.consent, ConsentTerm)
        if self.over_days_past_due is not None:
            checks.whole("over_days_past_due", self.over_days_past_due, 0, 36_600)
        checks.whole("failures_in_a_row", self.failures_in_a_row, 0, 100)
        for field in ("heard_within_days", "number_checked_within_days"):
            checks.whole(field, getattr(self, field), 0, 3660)
        if not self._names_something:
            raise InvalidValue("unless", None, "at least one circumstance")
        if self.once and not (self.purposes or self.answers):
            raise InvalidValue("once", self.once, "true only beside purposes or answers")
        if (self.same_day or self.any_channel) and not self.answers:
            raise InvalidValue("answers", self.answers, "true, as only answers have a day and a channel to keep to")

    @property
    def _names_something(self) -> bool:
        named = (
            self.purposes,
            self.answers,
            self.debtor_unreachable,
            self.failures_in_a_row,
            self.number_dead,
            self.heard_within_days,
            self.number_checked_within_days,
            self.states,
        )
        return self.consent is not None or self.over_days_past_due is not None or any(named)

    @property
    def reach_days(self) -> int | None:
        """How many days back it looks at the history; None: to the beginning."""
        return None if self.failures_in_a_row or self.number_dead else self.heard_within_days

    def opens(self, question: Question, at: dt.datetime, zone: ZoneInfo) -> dt.datetime | None:
        """
        Return the first instant from *at* on at which it holds; None if it will not, as far as is known now.
        """
        if not (self._purpose_fits(question) and self._state_fits(question)):
            return None
        if self.answers and not self._answers(question, at, zone):
            return None
        if self.heard_within_days and not self._was_heard(question, at, zone):
            return None
        opens = [at if self.consent is None else self.consent.opens(question, at, zone)]
        if self.number_checked_within_days:
            opens.append(self._checked_from(question, at, zone))
        known = [each for each in opens if each is not None]
        return max(known) if len(known) == len(opens) else None

    def _purpose_fits(self, question: Question) -> bool:
        if not self.purposes:
            return True
        if question.proposed.purpose not in self.purposes:
            return False
        return not self.once or self.answers or self._times_used(question) == 0

    def _was_heard(self, question: Question, at: dt.datetime, zone: ZoneInfo) -> bool:
        proposed = question.proposed
        return any(
            _lasts(each.at, self.heard_within_days, at, zone)
            for each in question.with_the_party()
            if each.direction is Direction.INBOUND
            and each.channel is proposed.channel
            and _same_number(each.number, proposed.number)
            and all(question.share_debt(each.discussed, debt) for debt in question.debts)
        )

    def _checked_from(self, question: Question, at: dt.datetime, zone: ZoneInfo) -> dt.datetime | None:
        instants = (
            max(each.at, at)
            for each in question.known.number_checks
            if _same_number(each.number, question.proposed.number)
            and _lasts(each.at, self.number_checked_within_days, at, zone)
        )
        return min(instants, default=None)

    def _times_used(self, question: Question) -> int:
        requests = (each for each in question.known.requests if question.touches(each))
        received = [each.received_at for each in requests if each.received_at is not None]
        since = max((each for each in received if each <= question.proposed.at), default=None)
        same = (
            each
            for each in question.with_the_party()
            if each.direction is Direction.OUTBOUND and each.purpose == question.proposed.purpose
        )
        return sum(since is None or each.at >= since for each in same)

    def _state_fits(self, question: Question) -> bool:
        known = question.known
        if self.states and not set(self.states).issubset(question.proposed.states or ()):
            return False
        if self.debtor_unreachable and not known.debtor_unreachable:
            return False
        if self.over_days_past_due is not None and (known.days_past_due or 0) <= self.over_days_past_due:
            return False
        return self._attempts_fit(question) if self.failures_in_a_row or self.number_dead else True

    def _attempts_fit(self, question: Question) -> bool:
        attempts = [each for each in question.history if each.role is Role.BORROWER and each.outcome in _TELLING]
        reached = max((each.at for each in attempts if each.outcome in REACHED), default=None)
        since = [each for each in attempts if reached is None or each.at > reached]
        if self.number_dead and not (since and _all_dead(each for each in since if each.at == since[0].at)):
            return False
        return len(since) >= self.failures_in_a_row

    def _answers(self, question: Question, at: dt.datetime, zone: ZoneInfo) -> bool:
        asked = question.answered()
        if asked is None or not (self.any_channel or asked.channel is question.proposed.channel):
            return False
        day = asked.at.astimezone(zone).date()
        if self.same_day and at >= midnight(day + _ONE_DAY, zone):
            return False
        return not (self.once and any(_answers_it(each, asked) for each in question.history))


def _lasts(begins: dt.datetime, days: int, at: dt.datetime, zone: ZoneInfo) -> bool:
    return at < midnight(begins.astimezone(zone).date() + dt.timedelta(days=days), zone)


def _same_number(one: str | None, other: str | None) -> bool:
    return one is not None and other is not None and one.casefold() == other.casefold()


def _all_dead(latest: Iterable[Contact]) -> bool:
    return all(each.outcome is Outcome.NOT_IN_SERVICE for each in latest)


def _answers_it(contact: Contact, asked: Contact) -> bool:
    return contact.direction is Direction.OUTBOUND and contact.in_reply_to == asked.id
