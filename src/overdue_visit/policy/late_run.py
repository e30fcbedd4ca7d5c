"""
What happens when a run comes late and several steps are due at once.
"""

from __future__ import annotations

import enum


class LateRun(enum.StrEnum):
    """Which of several steps that fell due between two runs are taken."""

    MOST_SEVERE = "most_severe"
    """Only the last step that fell due; what it makes pointless is left out."""
    ONE_STEP_A_RUN = "one_step_a_run"
    """The earliest, and the next one in the next run."""
    ALL_IN_ORDER = "all_in_order_last_notice_sent"
    """All of them in order, but of several notices only the last is sent."""
