"""
How old the arrears of a case are on a day, and on which day they will have reached an age.
"""

from __future__ import annotations

from datetime import date, timedelta

import attrs
import pytest

from overdue_visit.arrears import AgeingConvention
from overdue_visit.business_calendar import BusinessCalendar
from overdue_visit.case.age import day_reached, days, treatment_days
from tests.case.builders import VILLAGE, day, overdue, policy, recovered

WORKING = {"days": "business", "calendar": BusinessCalendar()}


@pytest.mark.parametrize(
    ("convention", "grace_days", "seventh"),
    [
        ({}, 0, date(2026, 3, 8)),
        ({}, 3, date(2026, 3, 11)),
        ({"due_day_counts": 1}, 0, date(2026, 3, 7)),
        ({"grace_days": 9}, 0, date(2026, 3, 11)),
        (WORKING, 0, date(2026, 3, 10)),
        ({**WORKING, "due_day_counts": 1}, 0, date(2026, 3, 10)),
        (WORKING, 3, date(2026, 3, 13)),
        ({**WORKING, "grace_days": 9}, 0, date(2026, 3, 13)),
    ],
)
def test_the_seventh_day_is_the_first_that_counts_seven(convention, grace_days, seventh):
    """
    Due on Sunday the first: the day on which seven days have passed, by calendar or business days, grace left aside.
    """
    rules = attrs.evolve(policy(grace_days=grace_days), ageing=AgeingConvention(name="x", **convention))
    case = overdue(day(40)).case

    assert day_reached(case, rules, 7) == seventh
    assert treatment_days(case, rules, seventh) >= 7
    assert treatment_days(case, rules, seventh - timedelta(days=1)) < 7


def test_nothing_late_reaches_no_age():
    """
    A recovered case has no days past due and will not reach the seventh.
    """
    case = recovered().case

    assert (days(case, VILLAGE, day(60)), day_reached(case, VILLAGE, 7)) == (0, None)
