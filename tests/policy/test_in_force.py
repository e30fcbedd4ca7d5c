"""
Which version of a policy is in force.
"""

from __future__ import annotations

import datetime as dt

import pytest

from overdue_visit import policy
from overdue_visit.errors import InvalidValue
from overdue_visit.policy import Effective

MAY = dt.date(2026, 5, 1)
FIRST = policy.village()


def second(effective):
    """
    Return the village's second version, from May on.
    """
    return FIRST.with_changes({}, version="2", effective=effective, from_date=MAY)


def day(month, number):
    """
    Return a day of 2026.
    """
    return dt.date(2026, month, number)


@pytest.mark.parametrize(
    ("effective", "on", "opened", "began", "version"),
    [
        (Effective.NEW_CASES, day(4, 30), None, None, "1"),
        (Effective.NEW_CASES, day(5, 1), None, None, "2"),
        (Effective.NEW_CASES, day(6, 1), day(4, 30), None, "1"),
        (Effective.NEW_CASES, day(6, 1), day(5, 1), None, "2"),
        (Effective.FROM_DATE, day(4, 30), day(4, 1), None, "1"),
        (Effective.FROM_DATE, day(5, 1), day(4, 1), day(4, 20), "2"),
        (Effective.AT_NEXT_STEP, day(4, 30), day(4, 1), None, "1"),
        (Effective.AT_NEXT_STEP, day(5, 3), day(4, 1), day(4, 28), "1"),
        (Effective.AT_NEXT_STEP, day(5, 3), day(4, 1), day(5, 1), "2"),
        (Effective.AT_NEXT_STEP, day(5, 3), day(4, 1), None, "2"),
    ],
)
def test_a_new_version_says_which_cases_it_applies_to(effective, on, opened, began, version):
    """
    New cases only, every case from the date, or every case once its running period has ended.
    """
    found = policy.in_force([second(effective), FIRST], on=on, opened=opened, began=began)

    assert found.version == version


def test_one_version_begins_on_a_day():
    """
    Two versions from one day, or none in force, are refused.
    """
    other = FIRST.with_changes({}, version="3")

    with pytest.raises(InvalidValue, match="another day than version '1' has"):
        policy.in_force([FIRST, other], on=MAY)
    with pytest.raises(InvalidValue, match="a day on which a version of the policy is in force"):
        policy.in_force([second(Effective.FROM_DATE)], on=day(4, 30))
