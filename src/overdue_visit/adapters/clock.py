"""
Clocks: the machine's, and one that is set by hand.
"""

from __future__ import annotations

import datetime as dt

from overdue_visit import instants
from overdue_visit.errors import InvalidValue

_NO_TIME = dt.timedelta(0)


class SystemClock:
    """The machine's clock: the one place of the library that asks the time."""

    def __repr__(self) -> str:
        return "SystemClock()"

    def now(self, zone: dt.tzinfo) -> dt.datetime:
        """
        Return the present instant, in *zone*.
        """
        return dt.datetime.now(zone)


class FixedClock:
    """
    A clock that stands still until it is set: for tests, examples and replays.

    Args:
        at: An ISO 8601 instant; without an offset it is wall time in whichever zone is asked for.

    Raises:
        InvalidValue: If *at* is not an ISO 8601 date and time.
    """

    def __init__(self, at: str) -> None:
        self.set(at)

    def __repr__(self) -> str:
        at, since = self._reading
        return f"FixedClock({at!r})" if since == _NO_TIME else f"FixedClock({at!r}) advanced by {since}"

    def now(self, zone: dt.tzinfo) -> dt.datetime:
        """
        Return the instant the clock stands at, in *zone*.
        """
        at, since = self._reading
        return (instants.parse(at, zone) + since).astimezone(zone)

    def set(self, at: str) -> None:
        """
        Move the clock to an instant, also backwards.

        Raises:
            InvalidValue: If *at* is not an ISO 8601 date and time; the clock stays where it was.
        """
        instants.parse(at, dt.UTC)
        self._reading = (at, _NO_TIME)

    def advance(self, **by: float) -> None:
        """
        Let time pass: ``advance(days=1, hours=2)``; an hour is an hour, also when the clocks change that night.

        Args:
            by: As `datetime.timedelta` takes it; what is negative goes back.

        Raises:
            InvalidValue: If it is no length of time, or leads out of the calendar; the clock stays where it was.
        """
        at, since = self._reading
        accepted = "a length of time such as days=1, within the calendar"
        try:
            moved = since + dt.timedelta(**by)
            _ = instants.parse(at, dt.UTC) + moved
        except (TypeError, ValueError, OverflowError):
            raise InvalidValue("by", by, accepted) from None
        self._reading = (at, moved)
