"""
Contacts with a party: what the gate counts, across all cases of that party.
"""

from __future__ import annotations

import datetime as dt
import enum

import attrs


class Direction(enum.StrEnum):
    """Who contacted whom."""

    OUTBOUND = "outbound"
    """The lender contacted the party."""
    INBOUND = "inbound"
    """The party came to the lender."""


class SlotState(enum.StrEnum):
    """Whether a contact took place; all but released ones count."""

    RESERVED = "reserved"
    """Handed to a sender; nobody else may take this slot."""
    USED = "used"
    UNKNOWN = "unknown"
    RELEASED = "released"
    """It certainly did not take place."""


@attrs.frozen(kw_only=True)
class Contact:
    """One contact with a party, made or reserved."""

    at: dt.datetime
    channel: str
    direction: Direction
    purpose: str
    state: SlotState
    case: str

    @property
    def counts(self) -> bool:
        """Whether limits count it."""
        return self.state is not SlotState.RELEASED
