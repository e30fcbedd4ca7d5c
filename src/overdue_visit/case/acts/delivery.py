"""
What became of a notice: withheld, handed over, sent, failed, in doubt, delivered, served.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import ClassVar

import attrs

from overdue_visit.case.act import Situation
from overdue_visit.case.case import Case
from overdue_visit.case.header import Fact
from overdue_visit.case.notices import (
    BorrowerNotified,
    NoticeDelivered,
    NoticeFailed,
    NoticeHandedOver,
    NoticeOutcomeUnknown,
    NoticeSent,
    NoticeServed,
    NoticeWithheld,
)
from overdue_visit.errors import InvalidValue
from overdue_visit.notice import Notice, NoticeKind, NoticeState
from overdue_visit.policy import Policy
from overdue_visit.reason import code


@attrs.frozen
class NotUnderWay(InvalidValue):
    """The notice is not in the condition that this outcome presupposes."""

    code: ClassVar[str] = "not_under_way"


def _expect(case: Case, number: int, *states: NoticeState) -> Notice:
    found = case.notices.find(number)
    if found is None or found.state not in states:
        is_now = "unknown" if found is None else found.state.value
        raise NotUnderWay("notice", number, f"a notice that is {' or '.join(states)}; this one is {is_now}")
    return found


def _known(case: Case, number: int) -> Notice | None:
    """
    Return a notice at hand; None for an old one, which the record has and the case no longer keeps.
    """
    found = case.notices.find(number)
    if found is None and (type(number) is not int or not 1 < number <= case.version):
        raise NotUnderWay("notice", number, f"the number of a notice of {case.id}")
    return found


@attrs.frozen(kw_only=True)
class WithholdNotice:
    """Settle a queued notice as not sent, naming the rule; final."""

    records: ClassVar[bool] = True

    notice: int
    rule: str

    def decide(self, case: Case, situation: Situation) -> Iterator[Fact]:  # noqa: ARG002 - one shape for all acts
        """
        Withhold it.

        Raises:
            NotUnderWay: If it is not queued.
        """
        _expect(case, self.notice, NoticeState.QUEUED)
        yield NoticeWithheld(notice=self.notice, rule=self.rule)


@attrs.frozen(kw_only=True)
class HandOverNotice:
    """Give a notice to a sender; the same save reserves its contact slot."""

    records: ClassVar[bool] = True

    notice: int
    sender: str
    attempt: int = 1

    def decide(self, case: Case, situation: Situation) -> Iterator[Fact]:  # noqa: ARG002 - one shape for all acts
        """
        Hand it over; again only for a sender that declares idempotency.

        Raises:
            NotUnderWay: If it is settled.
        """
        _expect(case, self.notice, NoticeState.QUEUED, NoticeState.HANDED_OVER)
        yield NoticeHandedOver(notice=self.notice, sender=self.sender, attempt=self.attempt)


def _notified(case: Case, notice: Notice, by: str, policy: Policy) -> Iterator[Fact]:
    counts = (
        notice.kind in (NoticeKind.REMINDER, NoticeKind.VISIT) and policy.notices.notified_by.get(notice.channel) == by
    )
    if counts and case.behind:
        yield BorrowerNotified(notice=notice.number, by=by)


@attrs.frozen(kw_only=True)
class RecordNoticeSent:
    """Write down that the sender took the notice."""

    records: ClassVar[bool] = True

    notice: int
    receipt: str

    def decide(self, case: Case, situation: Situation) -> Iterator[Fact]:
        """
        Settle it, and start the notice period where the policy counts from sending.

        Raises:
            NotUnderWay: If it is not in flight.
        """
        notice = _expect(case, self.notice, NoticeState.HANDED_OVER)
        yield NoticeSent(notice=self.notice, receipt=self.receipt)
        yield from _notified(case, notice, "sent", situation.policy)


@attrs.frozen(kw_only=True)
class RecordNoticeFailed:
    """Write down that the notice certainly did not leave; *error* is a code."""

    records: ClassVar[bool] = True

    notice: int
    error: str

    def decide(self, case: Case, situation: Situation) -> Iterator[Fact]:  # noqa: ARG002 - one shape for all acts
        """
        Settle it.

        Raises:
            NotUnderWay: If it is settled.
        """
        _expect(case, self.notice, NoticeState.QUEUED, NoticeState.HANDED_OVER)
        yield NoticeFailed(notice=self.notice, error=code(self.error, field="error"))


@attrs.frozen(kw_only=True)
class RecordNoticeOutcomeUnknown:
    """Write down that sending was interrupted and nobody can tell."""

    records: ClassVar[bool] = True

    notice: int

    def decide(self, case: Case, situation: Situation) -> Iterator[Fact]:  # noqa: ARG002 - one shape for all acts
        """
        Settle it.

        Raises:
            NotUnderWay: If it is not in flight.
        """
        _expect(case, self.notice, NoticeState.HANDED_OVER)
        yield NoticeOutcomeUnknown(notice=self.notice)


@attrs.frozen(kw_only=True)
class RecordDelivery:
    """Write down that the channel reported delivery."""

    records: ClassVar[bool] = True

    notice: int
    at: dt.datetime | None = None

    def decide(self, case: Case, situation: Situation) -> Iterator[Fact]:
        """
        Note it, and start the notice period where the policy counts from delivery.

        Raises:
            NotUnderWay: If the case never had a fact of this number.
        """
        notice = _known(case, self.notice)
        yield NoticeDelivered(notice=self.notice)
        if notice is not None and notice.delivered_on is None:
            yield from _notified(case, notice, "delivered", situation.policy)


@attrs.frozen(kw_only=True)
class RecordService:
    """Write down that the notice was put into somebody's hands; *how* is a code."""

    records: ClassVar[bool] = True

    notice: int
    how: str
    at: dt.datetime | None = None

    def decide(self, case: Case, situation: Situation) -> Iterator[Fact]:
        """
        Note it, and start the notice period where the policy counts from service.

        Raises:
            NotUnderWay: If the case never had a fact of this number.
            InvalidValue: If *how* is not a code.
        """
        notice = _known(case, self.notice)
        yield NoticeServed(notice=self.notice, how=code(self.how, field="how"))
        if notice is not None and notice.served_on is None:
            yield from _notified(case, notice, "served", situation.policy)
