"""
Which of several versions of a policy an act is judged by.
"""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterable

from overdue_visit.errors import InvalidValue
from overdue_visit.policy.effective import Effective
from overdue_visit.policy.policy import Policy


def in_force(
    versions: Iterable[Policy],
    *,
    on: dt.date,
    opened: dt.date | None = None,
    began: dt.date | None = None,
) -> Policy:
    """
    Return the version in force on a business date: the latest that has begun and applies to the case.

    Args:
        opened: When the case was opened; None for a case that opens on the day.

        began: When a running period, such as one of notice, began; it keeps the version it began with, unless a later
            one applies to every case at once. None if no period is running.

    Raises:
        InvalidValue: If two versions begin on one day, or none is in force.
    """
    found: Policy | None = None
    ordered = sorted(versions, key=_first_day)
    for earlier, later in itertools.pairwise(ordered):
        if earlier.from_date == later.from_date:
            raise InvalidValue("from_date", later.from_date, f"another day than version {earlier.version!r} has")
    for version in ordered:
        if _applies(version, on, opened or on, began or on):
            found = version
    if found is None:
        raise InvalidValue("on", on.isoformat(), "a day on which a version of the policy is in force")
    return found


def _first_day(version: Policy) -> dt.date:
    return version.from_date or dt.date.min


def _applies(version: Policy, on: dt.date, opened: dt.date, began: dt.date) -> bool:
    first = _first_day(version)
    match version.effective:
        case Effective.NEW_CASES:
            return first <= min(on, opened)
        case Effective.AT_NEXT_STEP:
            return first <= min(on, began)
        case Effective.FROM_DATE:
            return first <= on
