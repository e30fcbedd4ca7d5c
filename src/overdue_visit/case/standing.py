"""
Standing: recovery, probation, and the restored credit standing.
"""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

import attrs

from overdue_visit.case.header import Header


@attrs.frozen(kw_only=True)
class Standing:
    """Where the household is on its way back."""

    recovered_on: dt.date | None = None
    cleared_due: dt.date | None = None
    """Due date that had been the oldest unpaid one; None where the ledger had nothing past due any more."""
    restored_on: dt.date | None = None
    recoveries: int = 0


@attrs.frozen(kw_only=True)
class Recovered:
    """The arrears are cleared; probation begins."""

    kind: ClassVar[str] = "recovered"
    version: ClassVar[int] = 1
    private: ClassVar[tuple[str, ...]] = ()
    group: ClassVar[str] = "standing"

    cleared_due: dt.date | None
    """Due date that the days past due had counted from."""

    def apply(self, group: Standing, header: Header) -> Standing:
        """
        Begin probation.
        """
        return Standing(
            recovered_on=header.on, cleared_due=self.cleared_due, restored_on=None, recoveries=group.recoveries + 1
        )


@attrs.frozen(kw_only=True)
class StandingRestored:
    """Enough instalments were kept in a row: a fact that lending can use."""

    kind: ClassVar[str] = "standing_restored"
    version: ClassVar[int] = 1
    private: ClassVar[tuple[str, ...]] = ()
    group: ClassVar[str] = "standing"

    instalments_kept: int

    def apply(self, group: Standing, header: Header) -> Standing:
        """
        Note the day.
        """
        return attrs.evolve(group, restored_on=header.on)
