"""
Breathing space and mental health crisis moratoria.
"""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from overdue_visit.errors import InvalidValue
from overdue_visit.limitation import Confidence, State, breathing_space, shipped

D = dt.date


def test_every_figure_is_reported_by_others_and_checked():
    """
    The text of the regulations was not seen; the figures were looked at on 23 November 2026.
    """
    sources = {figure.source for figure in shipped("uk-breathing-space").figures}

    assert {source.confidence for source in sources} == {Confidence.SECONDARY}
    assert {source.checked for source in sources} == {D(2026, 11, 23)}


def test_a_breathing_space_lasts_60_days_with_its_first():
    """
    One that begins on March 2 lasts until April 30.
    """
    space = breathing_space.breathing_space(D(2026, 3, 2))

    assert space.day == D(2026, 4, 30)
    assert space.allows(D(2026, 4, 30))
    assert not space.allows(D(2026, 5, 1))


def test_the_review_comes_between_day_25_and_day_35():
    """
    Of one that begins on March 1, day 25 is March 25 and day 35 is April 4.
    """
    review = breathing_space.midway_review(D(2026, 3, 1))

    assert (review.earliest, review.day) == (D(2026, 3, 25), D(2026, 4, 4))


def test_another_one_may_follow_after_12_months():
    """
    After one that ended on April 30, 2026, the next may be asked for from April 30, 2027.
    """
    assert breathing_space.next_breathing_space(D(2026, 4, 30)).day == D(2027, 4, 30)


def test_a_crisis_moratorium_lasts_30_days_after_treatment():
    """
    Treatment that ended on March 31 carries the moratorium to April 30.
    """
    ended = breathing_space.crisis_moratorium(D(2026, 1, 5), treatment_ended=D(2026, 3, 31))
    going_on = breathing_space.crisis_moratorium(D(2026, 1, 5))

    assert ended.day == D(2026, 4, 30)
    assert (going_on.day, going_on.state) == (None, State.PENDING)
    assert going_on.allows(D(2030, 1, 1))


@settings(max_examples=25)
@given(start=st.dates(D(2021, 5, 4), D(2090, 1, 1)))
def test_the_review_lies_within_the_breathing_space(start):
    """
    Whatever its first day, a breathing space counts sixty days, and its review falls inside.
    """
    space, review = breathing_space.breathing_space(start), breathing_space.midway_review(start)

    assert sum(start + dt.timedelta(days=n) <= space.day for n in range(100)) == 60
    assert start < review.earliest < review.day < space.day


def test_treatment_that_ended_before_the_start_is_refused():
    """
    Treatment cannot end before the moratorium it carries, and a datetime hides a zone.
    """
    with pytest.raises(InvalidValue) as refusal:
        breathing_space.crisis_moratorium(D(2026, 1, 5), treatment_ended=D(2026, 1, 4))
    with pytest.raises(InvalidValue):
        breathing_space.breathing_space(dt.datetime(2026, 1, 5))

    assert refusal.value.field == "treatment_ended"
