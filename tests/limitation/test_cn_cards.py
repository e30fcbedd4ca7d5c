"""
Credit cards in China: collections that count, instalment plans, recordings.
"""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from overdue_visit.errors import InvalidValue
from overdue_visit.limitation import Confidence, cards, shipped

D = dt.date


def test_every_figure_says_how_sure_it_is():
    """
    The criminal rule was read, the supervisor's measures are reported by others; all were checked on 23 November 2026.
    """
    figures = {figure.rule.partition(".")[2]: figure.source for figure in shipped("cn-cards").figures}

    assert {source.checked for source in figures.values()} == {D(2026, 11, 23)}
    assert figures["collection_spacing"].confidence is Confidence.VERIFIED
    assert figures["instalment_plan"].confidence is Confidence.SECONDARY


@pytest.mark.parametrize(
    ("days", "two"),
    [
        ([D(2026, 3, 2), D(2026, 4, 1)], True),
        ([D(2026, 3, 2), D(2026, 3, 31)], False),
        ([D(2026, 4, 1), D(2026, 3, 2)], True),
        ([D(2026, 3, 2), D(2026, 3, 20), D(2026, 4, 1)], True),
        ([D(2026, 3, 2)], False),
        ([], False),
    ],
)
def test_two_collections_30_days_apart_are_effective(days, two):
    """
    At least thirty days lie between two effective collections (art. 7).
    """
    assert cards.effective_collections(days).holds is two


def test_a_collection_before_the_term_is_over_does_not_count():
    """
    Collections count once the limit or the term is exceeded (art. 7(1)(i)).
    """
    ruling = cards.effective_collections([D(2026, 3, 2), D(2026, 4, 1)], overdue_since=D(2026, 3, 2))

    assert not ruling.holds


def test_the_time_after_the_collections_is_3_months():
    """
    After a second effective collection on April 1 the three months last until July 1 (art. 6).
    """
    assert cards.unpaid_after_collections(D(2026, 4, 1)).day == D(2026, 7, 1)


@pytest.mark.parametrize(("months", "allowed"), [(1, True), (60, True), (61, False)])
def test_an_instalment_plan_runs_60_months_at_most(months, allowed):
    """
    A personalised plan runs five years at most (art. 70).
    """
    ruling = cards.instalment_plan(months)

    assert ruling.holds is allowed
    assert ruling.most == 60


def test_recordings_are_kept_for_2_years():
    """
    The recording of a collection is kept at least two years (art. 68).
    """
    assert cards.recordings(D(2026, 3, 2)).day == D(2028, 3, 2)


@settings(max_examples=40)
@given(days=st.lists(st.dates(D(2026, 1, 1), D(2026, 6, 30)), max_size=6))
def test_two_collections_count_when_any_two_are_far_apart(days):
    """
    The count agrees with looking at every pair of days.
    """
    far = any(abs((one - other).days) >= 30 for one in days for other in days)

    assert cards.effective_collections(days).holds is far


@pytest.mark.parametrize("months", [0, -1, True, 60.0, "60", None])
def test_a_number_of_months_is_a_positive_whole_number(months):
    """
    Zero, negative numbers, bools, floats and texts are no numbers of months.
    """
    with pytest.raises(InvalidValue) as refusal:
        cards.instalment_plan(months)

    assert refusal.value.field == "months"
