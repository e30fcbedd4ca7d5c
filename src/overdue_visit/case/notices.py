"""
Notices of a case: queued, withheld, handed over, sent, failed, outcome unknown, delivered, served.
"""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

import attrs

from overdue_visit.case.header import Header
from overdue_visit.notice import Notice, NoticeKind, NoticeState

KEPT = 12
"""Settled notices that a case keeps at hand; the record has them all."""


@attrs.frozen(kw_only=True)
class Notices:
    """Notices under way and the latest settled ones, oldest first."""

    pending: tuple[Notice, ...] = ()
    settled: tuple[Notice, ...] = ()
    notified_on: dt.date | None = None
    """When the household last counted as notified."""
    announced_on: dt.date | None = None
    """When it last counted as notified of a visit; a reminder of a payment announces none."""

    def find(self, number: int) -> Notice | None:
        """
        Return a notice at hand by its number.
        """
        for each in (*self.pending, *self.settled):
            if each.number == number:
                return each
        return None

    def under_way(self, kind: NoticeKind, *, instalment: int | None = None) -> Notice | None:
        """
        Return the notice of a kind that is queued or in flight, whenever it was queued.
        """
        for each in self.pending:
            if each.kind is kind and each.instalment == instalment:
                return each
        return None

    def latest(self, kind: NoticeKind, *, since: dt.date, instalment: int | None = None) -> Notice | None:
        """
        Return the latest notice of a kind queued on or after a day, sent, under way or in doubt.
        """
        counting = (NoticeState.QUEUED, NoticeState.HANDED_OVER, NoticeState.SENT, NoticeState.OUTCOME_UNKNOWN)
        for each in (*reversed(self.pending), *reversed(self.settled)):
            same = each.kind is kind and each.instalment == instalment
            if same and each.queued_on >= since and each.state in counting:
                return each
        return None

    def tried(self, kind: NoticeKind, *, since: dt.date, before: dt.date) -> bool:
        """
        Tell whether a notice of a kind was queued on or after a day and before another.
        """
        return any(each.kind is kind and since <= each.queued_on < before for each in (*self.pending, *self.settled))

    def failures(self, kind: NoticeKind, *, since: dt.date) -> int:
        """
        Count the notices of a kind at hand that were queued on or after a day and failed.
        """
        return sum(
            each.kind is kind and each.state is NoticeState.FAILED and each.queued_on >= since for each in self.settled
        )

    def _with(self, changed: Notice) -> Notices:
        pending = tuple(each for each in self.pending if each.number != changed.number)
        settled = tuple(each for each in self.settled if each.number != changed.number)
        if changed.state.settled:
            settled = (*settled, changed)[-KEPT:]
        else:
            pending = (*pending, changed)
        return self._of(pending, settled)

    def _mark(self, number: int, **changes: Any) -> Notices:
        settled = tuple(attrs.evolve(n, **changes) if n.number == number else n for n in self.settled)
        pending = tuple(attrs.evolve(n, **changes) if n.number == number else n for n in self.pending)
        return self._of(pending, settled)

    def _of(self, pending: tuple[Notice, ...], settled: tuple[Notice, ...]) -> Notices:
        # One call in place of attrs.evolve, which takes five times as long: most facts pass here.
        return Notices(pending=pending, settled=settled, notified_on=self.notified_on, announced_on=self.announced_on)

    def _settle(self, number: int, state: NoticeState, header: Header) -> Notices:
        found = self.find(number)
        return self if found is None else self._with(attrs.evolve(found, state=state, settled_on=header.on))


class _OfNotices:
    """What all facts about notices share."""

    __slots__ = ()
    version: ClassVar[int] = 1
    private: ClassVar[tuple[str, ...]] = ()
    group: ClassVar[str] = "notices"


@attrs.frozen(kw_only=True)
class NoticeQueued(_OfNotices):
    """A notice waits for its sender; nobody is notified yet."""

    kind: ClassVar[str] = "notice_queued"

    notice: NoticeKind
    channel: str
    language: str
    due_at: dt.datetime
    """Earliest instant at which it may go, in UTC."""
    instalment: int | None = None

    def apply(self, group: Notices, header: Header) -> Notices:
        """
        Add it to the notices under way.
        """
        queued = Notice(
            number=header.sequence,
            kind=self.notice,
            channel=self.channel,
            language=self.language,
            queued_on=header.on,
            instalment=self.instalment,
        )
        return group._with(queued)


@attrs.frozen(kw_only=True)
class NoticeWithheld(_OfNotices):
    """A notice was not sent, for a rule; final: the steps derive a fresh one with that day's amounts."""

    kind: ClassVar[str] = "notice_withheld"

    notice: int
    rule: str

    def apply(self, group: Notices, header: Header) -> Notices:
        """
        Settle it.
        """
        return group._settle(self.notice, NoticeState.WITHHELD, header)


@attrs.frozen(kw_only=True)
class NoticeHandedOver(_OfNotices):
    """A sender has it, and its contact slot is reserved."""

    kind: ClassVar[str] = "notice_handed_over"

    notice: int
    sender: str
    attempt: int

    def apply(self, group: Notices, header: Header) -> Notices:
        """
        Note that it is in flight.
        """
        return group._mark(self.notice, state=NoticeState.HANDED_OVER, handed_over_at=header.at)


@attrs.frozen(kw_only=True)
class NoticeSent(_OfNotices):
    """The sender took it and gave a receipt."""

    kind: ClassVar[str] = "notice_sent"

    notice: int
    receipt: str

    def apply(self, group: Notices, header: Header) -> Notices:
        """
        Settle it.
        """
        return group._settle(self.notice, NoticeState.SENT, header)


@attrs.frozen(kw_only=True)
class NoticeFailed(_OfNotices):
    """It certainly did not leave."""

    kind: ClassVar[str] = "notice_failed"

    notice: int
    error: str
    """A code, such as ``no_address``."""

    def apply(self, group: Notices, header: Header) -> Notices:
        """
        Settle it.
        """
        return group._settle(self.notice, NoticeState.FAILED, header)


@attrs.frozen(kw_only=True)
class NoticeOutcomeUnknown(_OfNotices):
    """Sending was interrupted: it counts for limits and not as proof."""

    kind: ClassVar[str] = "notice_outcome_unknown"

    notice: int

    def apply(self, group: Notices, header: Header) -> Notices:
        """
        Settle it.
        """
        return group._settle(self.notice, NoticeState.OUTCOME_UNKNOWN, header)


@attrs.frozen(kw_only=True)
class NoticeDelivered(_OfNotices):
    """The channel reported delivery; this may come in any order with service."""

    kind: ClassVar[str] = "notice_delivered"

    notice: int

    def apply(self, group: Notices, header: Header) -> Notices:
        """
        Note the day.
        """
        return group._mark(self.notice, delivered_on=header.on)


@attrs.frozen(kw_only=True)
class NoticeServed(_OfNotices):
    """It was put into somebody's hands."""

    kind: ClassVar[str] = "notice_served"

    notice: int
    how: str
    """A code, such as ``handed_over_in_person``."""

    def apply(self, group: Notices, header: Header) -> Notices:
        """
        Note the day.
        """
        return group._mark(self.notice, served_on=header.on)


@attrs.frozen(kw_only=True)
class BorrowerNotified(_OfNotices):
    """A notice reached the point that the policy counts as notice for its channel."""

    kind: ClassVar[str] = "borrower_notified"

    notice: int
    by: str
    """``sent``, ``delivered`` or ``served``."""

    def apply(self, group: Notices, header: Header) -> Notices:
        """
        Start the notice period; of a visit only by a notice of visit.
        """
        found = group.find(self.notice)
        announces = found is not None and found.kind is NoticeKind.VISIT
        return attrs.evolve(group, notified_on=header.on, announced_on=header.on if announces else group.announced_on)
