"""
Escalation: handed to somebody else, with a reason, and taken back.
"""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

import attrs

from overdue_visit.case.header import Header


@attrs.frozen(kw_only=True)
class Escalation:
    """The latest escalation, and how many there were."""

    to: str | None = None
    because: str | None = None
    since: dt.date | None = None
    recalled_on: dt.date | None = None
    times: int = 0


@attrs.frozen(kw_only=True)
class Escalated:
    """The case was handed over: to a committee, an agency, the courts."""

    kind: ClassVar[str] = "escalated"
    version: ClassVar[int] = 1
    private: ClassVar[tuple[str, ...]] = ()
    group: ClassVar[str] = "escalation"

    to: str
    """One of the kinds in the policy."""
    because: str
    """A code; words follow as ``WordsRecorded``."""
    days_past_due: int

    def apply(self, group: Escalation, header: Header) -> Escalation:
        """
        Note it.
        """
        return Escalation(to=self.to, because=self.because, since=header.on, times=group.times + 1)


@attrs.frozen(kw_only=True)
class Recalled:
    """The case was taken back."""

    kind: ClassVar[str] = "recalled"
    version: ClassVar[int] = 1
    private: ClassVar[tuple[str, ...]] = ()
    group: ClassVar[str] = "escalation"

    because: str

    def apply(self, group: Escalation, header: Header) -> Escalation:
        """
        Note the day.
        """
        return attrs.evolve(group, recalled_on=header.on)
