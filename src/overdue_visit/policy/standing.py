"""
The practice of good standing: how it is earned back after arrears, and when a case is over.
"""

from __future__ import annotations

from typing import ClassVar

import attrs

from overdue_visit.policy import checks


@attrs.frozen(kw_only=True)
class StandingPolicy:
    """
    Probation after recovery, and how long a case stays open.

    Raises:
        InvalidValue: If a number is out of range.
    """

    group: ClassVar[str] = "standing"

    probation_instalments: int
    """Instalments kept in a row that restore good standing."""
    healthy_days: int
    """Days after standing was restored, without arrears, after which the case closes."""
    reversal_wait_days: int
    """Days that a paid-off case waits for a reversal before it closes."""

    def __attrs_post_init__(self) -> None:
        checks.whole("standing.probation_instalments", self.probation_instalments, 0, 60)
        checks.whole("standing.healthy_days", self.healthy_days, 0, 1830)
        checks.whole("standing.reversal_wait_days", self.reversal_wait_days, 0, 366)
