"""
Notices: what the lender writes to the household, and how far each has come.
"""

from __future__ import annotations

import datetime as dt
import enum

import attrs


class NoticeKind(enum.StrEnum):
    """What a notice is about."""

    REMINDER = "reminder"
    VISIT = "visit"
    """The invitation to a visit."""
    INSTALMENT = "instalment"
    """A plan instalment falls due soon."""
    RECOVERED = "recovered"
    """Thanks: the arrears are cleared."""


class NoticeState(enum.StrEnum):
    """How far a notice has come; a settled one moves no more."""

    QUEUED = "queued"
    HANDED_OVER = "handed_over"
    """A sender has it; nobody knows yet whether it left."""
    WITHHELD = "withheld"
    """Not sent, for a rule; the steps derive a fresh one."""
    SENT = "sent"
    FAILED = "failed"
    OUTCOME_UNKNOWN = "outcome_unknown"
    """The sender was interrupted: it counts as a contact and not as proof."""

    @property
    def settled(self) -> bool:
        """Whether the notice has its one outcome."""
        return self not in (NoticeState.QUEUED, NoticeState.HANDED_OVER)


@attrs.frozen(kw_only=True)
class Notice:
    """One notice of a case; *number* is the sequence of the fact that queued it."""

    number: int
    kind: NoticeKind
    channel: str
    language: str
    queued_on: dt.date
    state: NoticeState = NoticeState.QUEUED
    handed_over_at: dt.datetime | None = None
    """When its sender last got it, in UTC: the contact counts for that day, whenever the outcome is known."""
    settled_on: dt.date | None = None
    delivered_on: dt.date | None = None
    served_on: dt.date | None = None
    instalment: int | None = None
    """Which plan instalment it is about."""
