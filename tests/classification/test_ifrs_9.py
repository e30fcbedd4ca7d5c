"""
The presumptions of IFRS 9 by days past due.
"""

from __future__ import annotations

import datetime as dt

import pytest

from overdue_visit.classification import Facts, classify, scale
from tests.classification.some_facts import ON, class_at, steps

NAME = "ifrs-9"


def test_the_standard_holds_from_2018():
    """
    IFRS 9 is effective for periods from 1 January 2018.
    """
    assert scale(NAME).effective == dt.date(2018, 1, 1)
    assert scale(NAME).checked == dt.date(2026, 11, 23)


def test_stages_by_days():
    """
    More than 30 days are stage 2 (5.5.11), and 90 days stage 3 (B5.5.37, read literally).
    """
    assert steps(NAME, [0, 30, 31, 89, 90]) == ["stage_1", "stage_1", "stage_2", "stage_2", "stage_3"]


def test_the_due_day_is_day_0():
    """
    Thirty days after the due day are 30 days past due.
    """
    facts = Facts(on=dt.date(2026, 1, 31), oldest_due=dt.date(2026, 1, 1))

    assert classify(facts, scale(NAME)).days_past_due == 30


@pytest.mark.parametrize(
    ("days", "rebutted", "stage"),
    [
        (45, {"rebutted_30_days": True}, "stage_1"),
        (45, {"rebutted_90_days": True}, "stage_2"),
        (95, {"rebutted_30_days": True}, "stage_3"),
        (95, {"rebutted_90_days": True}, "stage_2"),
        (95, {"rebutted_30_days": True, "rebutted_90_days": True}, "stage_1"),
    ],
)
def test_each_presumption_can_be_rebutted(days, rebutted, stage):
    """
    A rebutted presumption leaves the one below it standing.
    """
    assert class_at(NAME, days, **rebutted) == stage


def test_a_rebutted_presumption_stays_in_sight():
    """
    What was set aside is told with its source, so that the evidence can be asked for.
    """
    found = classify(Facts(on=ON, days_past_due=45, known={"rebutted_30_days": True}), scale(NAME))

    assert [each.class_ for each in found.set_aside] == ["stage_2"]
    assert "5.5.11" in found.set_aside[0].source.citation


def test_other_information_comes_first():
    """
    A significant increase is stage 2 on any day, an impaired asset stage 3, rebuttal or not.
    """
    assert class_at(NAME, 10, significant_increase=True) == "stage_2"
    assert class_at(NAME, 45, significant_increase=True, rebutted_30_days=True) == "stage_2"
    assert class_at(NAME, 0, credit_impaired=True) == "stage_3"
