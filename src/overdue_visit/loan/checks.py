"""
What every ledger line must hold: a plausible day, a positive amount, a short id.
"""

from __future__ import annotations

import datetime as dt

from overdue_visit.errors import InvalidValue
from overdue_visit.instants import plain_date
from overdue_visit.money import Money

EARLIEST = dt.date(1900, 1, 1)
LATEST = dt.date(2200, 12, 31)
LARGEST = 10**15
"""Largest single amount in minor units: no household loan comes near it, and a thousand of them still add up."""
LONGEST_ID = 200


def check_day(field: str, day: object) -> None:
    """
    Refuse what is no plain date, or a year that only a slip of the pen produces.
    """
    if type(day) is dt.date and EARLIEST <= day <= LATEST:
        return
    found = plain_date(day, field=field)
    if not EARLIEST <= found <= LATEST:
        raise InvalidValue(field, found, f"a date from {EARLIEST} to {LATEST}")


def check_amount(field: str, amount: object) -> None:
    """
    Refuse what is not Money, nothing or less, or absurdly much.
    """
    if not isinstance(amount, Money):
        raise InvalidValue(field, amount, 'Money, such as Money("120.00", "KES")')
    if not 0 < amount.minor <= LARGEST:
        raise InvalidValue(field, amount, f"an amount above zero, of at most {LARGEST} minor units")


def check_id(field: str, text: object) -> None:
    """
    Refuse an id that is empty, too long, or has characters that do not print.
    """
    if not isinstance(text, str) or not 0 < len(text) <= LONGEST_ID or not text.isprintable():
        raise InvalidValue(field, text, f"1 to {LONGEST_ID} printable characters")
