"""
Whether a number is still the person's own.
"""

from __future__ import annotations

import datetime as dt

import attrs

from overdue_visit.contact import checks, words
from overdue_visit.errors import InvalidValue

_ONE_DAY = dt.timedelta(days=1)


@attrs.frozen(kw_only=True)
class NumberCheck:
    """
    A look into a complete and accurate register that found a number still with the person.

    Args:
        at: When it was looked up.

        since: The day of the person's latest message from it, or consent to it: since then it has not changed hands.

    Raises:
        InvalidValue: If the number is missing, the instant naive, or *since* lies after it.
    """

    number: str
    at: dt.datetime = attrs.field(converter=words.instant)
    since: dt.date

    def __attrs_post_init__(self) -> None:
        checks.text("number_check.number", self.number)
        checks.day("number_check.since", self.since)
        # East of Greenwich the person's day may be one ahead of the instant's in UTC.
        if self.since > self.at.date() + _ONE_DAY:
            raise InvalidValue("number_check.since", self.since, f"a day not after {self.at.date()}")
