"""
China's classes of credit-card assets, CBRC Order 2011 No. 2, article 92.
"""

from __future__ import annotations

import datetime as dt

import pytest

from overdue_visit.classification import Facts, Meaning, classify, scale
from overdue_visit.errors import InvalidValue
from tests.classification.some_facts import ON, class_at, steps

NAME = "cn-credit-card-2011"


def test_it_gives_the_class_itself_from_january_2011():
    """
    The order is of 13 January 2011; its bands are classes, not floors.
    """
    order = scale(NAME)

    assert order.effective == dt.date(2011, 1, 13)
    assert order.checked == dt.date(2026, 11, 23)
    assert order.meaning is Meaning.EXACTLY


def test_bands_of_days():
    """
    1 to 90 is special mention, 91 to 120 substandard, 121 to 180 doubtful, over 180 loss.
    """
    found = steps(NAME, [0, 1, 90, 91, 120, 121, 180, 181], "credit_card")

    assert found[:4] == ["normal", "special_mention", "special_mention", "substandard"]
    assert found[4:] == ["substandard", "doubtful", "doubtful", "loss"]


def test_paid_on_the_due_day_is_paid_in_time():
    """
    The day after the due day is day 1.
    """
    facts = Facts(on=dt.date(2026, 1, 2), oldest_due=dt.date(2026, 1, 1), facility="credit_card")

    assert classify(facts, scale(NAME)).days_past_due == 1


def test_it_is_for_cards_only():
    """
    A loan that is not said to be a card is refused, and so is another kind.
    """
    with pytest.raises(InvalidValue, match="credit_card"):
        class_at(NAME, 5)
    with pytest.raises(InvalidValue, match="credit_card"):
        class_at(NAME, 5, facility="mortgage")


def test_an_own_assessment_is_refused_where_the_rules_give_the_class():
    """
    Bands that are classes leave no room for an assessment.
    """
    with pytest.raises(InvalidValue, match="assessed"):
        classify(Facts(on=ON, days_past_due=5, facility="credit_card", assessed="loss"), scale(NAME))
