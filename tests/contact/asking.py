"""
Short ways to put questions to the gate; instants are wall-clock times where the borrower lives.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from zoneinfo import ZoneInfo

import attrs

from overdue_visit.contact import Consent, Contact, Known, Proposed, Verdict, check, named

_KNOWN = {field.name for field in attrs.fields(Known)}


@attrs.frozen
class Asking:
    """A rule set, asked about a borrower in one zone."""

    name: str
    zone: str

    def instant(self, text: str) -> dt.datetime:
        """
        Read a wall-clock time.
        """
        return dt.datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(self.zone))

    def made(self, *texts: str, channel: str = "phone", outcome: str = "no_answer", **fields) -> tuple[Contact, ...]:
        """
        Make contacts that took place.
        """
        return tuple(
            Contact(**{"at": self.instant(text), "channel": channel, "outcome": outcome, "debt": "D1", **fields})
            for text in texts
        )

    def consent(self, scope: str, text: str = "2026-01-05 12:00", **fields) -> Consent:
        """
        Make a consent of the borrower.
        """
        return Consent(**{"giver": "borrower", "scope": scope, "at": self.instant(text), **fields})

    def verdict(self, text: str, *, history: Iterable[Contact] = (), **fields) -> Verdict:
        """
        Ask about a contact; fields that are no part of it are what is known.
        """
        known = {key: fields.pop(key) for key in tuple(fields) if key in _KNOWN}
        proposed = Proposed(**{"at": self.instant(text), "channel": "phone", "debt": "D1", **fields})
        ordered = sorted(history, key=lambda each: each.at)
        rules = named(self.name)
        return check(proposed, history=ordered, rules=rules, known=Known(**{"zones": (self.zone,), **known}))

    def breaks(self, text: str, **fields) -> list[str]:
        """
        Name the rules that a contact would break, without the name of the set.
        """
        return [each.key.removeprefix(f"{self.name}.") for each in self.verdict(text, **fields).broken]

    def earliest(self, text: str, **fields) -> str | None:
        """
        Say when the contact is allowed at the earliest, on the wall clock.
        """
        found = self.verdict(text, **fields).earliest
        return None if found is None else found.astimezone(ZoneInfo(self.zone)).strftime("%Y-%m-%d %H:%M:%S")

    @property
    def header(self) -> tuple[dt.date | None, dt.date | None, dt.date]:
        """First and last day in force, and the day on which the sources were last looked at."""
        rules = named(self.name)
        return rules.effective_from, rules.effective_until, rules.checked


def each_hour(day: str, count: int, first: int = 9) -> list[str]:
    """
    Name so many full hours of a day.
    """
    return [f"{day} {hour:02}:00" for hour in range(first, first + count)]


def each_day(first: str, count: int, time: str = "10:00") -> list[str]:
    """
    Name the same time on so many days.
    """
    begins = dt.date.fromisoformat(first)
    return [f"{begins + dt.timedelta(days=n)} {time}" for n in range(count)]
