"""
Whether an open-end account may be re-aged under the FFIEC's policy.
"""

from __future__ import annotations

import datetime as dt

import pytest

from overdue_visit.classification import Facts, classify, scale

NAME = "us-ffiec-re-aging-2000"
FIT = {
    "willing_and_able": True,
    "months_on_book": 24,
    "minimum_payments_in_a_row": 3,
    "re_ages_last_12_months": 0,
    "re_ages_last_5_years": 0,
}
WORKOUT = {"entering_workout": True, "workout_re_ages_last_5_years": 0}


def may(**known):
    """
    Return the classification of an account that fits but for what is given; ``None`` takes a fact away.
    """
    facts = {name: value for name, value in {**FIT, **known}.items() if value is not None}
    return classify(Facts(on=dt.date(2026, 1, 1), known=facts), scale(NAME))


def test_the_policy_was_to_be_followed_from_the_end_of_2000():
    """
    Its changes were due for the reports of 31 December 2000.
    """
    assert scale(NAME).effective == dt.date(2000, 12, 31)
    assert scale(NAME).checked == dt.date(2026, 11, 23)
    assert scale(NAME).counting.due_day_counts == 0


def test_an_account_that_fits_may_be_re_aged():
    """
    Willing and able, two years on the books, three payments, never re-aged.
    """
    assert may().class_ == "eligible"
    assert may().what_would_change == ()


@pytest.mark.parametrize(
    ("known", "class_"),
    [
        ({"willing_and_able": False}, "ineligible"),
        ({"months_on_book": 8}, "ineligible"),
        ({"months_on_book": 9}, "eligible"),
        ({"minimum_payments_in_a_row": 2}, "ineligible"),
        ({"minimum_payments_in_a_row": 0, "equivalent_paid": True}, "eligible"),
        ({"minimum_payments_in_a_row": 2, "equivalent_paid": False}, "ineligible"),
        ({"re_ages_last_12_months": 1, "re_ages_last_5_years": 1}, "ineligible"),
        ({"re_ages_last_5_years": 1}, "eligible"),
        ({"re_ages_last_5_years": 2}, "ineligible"),
        ({"re_ages_last_5_years": 2, **WORKOUT}, "eligible"),
        ({"re_ages_last_12_months": 1, "re_ages_last_5_years": 2, **WORKOUT}, "eligible"),
        ({"re_ages_last_5_years": 2, **WORKOUT, "workout_re_ages_last_5_years": 1}, "ineligible"),
        ({"months_on_book": 8, **WORKOUT}, "ineligible"),
        ({"minimum_payments_in_a_row": 2, **WORKOUT}, "ineligible"),
    ],
)
def test_the_limits(known, class_):
    """
    Nine months, three payments or the equivalent, once in 12 months, twice in 5 years, one more for a workout.
    """
    assert may(**known).class_ == class_


@pytest.mark.parametrize("name", sorted(FIT))
def test_what_is_not_known_speaks_against_it(name):
    """
    An account with a fact missing may not be re-aged, and says which.
    """
    found = may(**{name: None})

    assert found.class_ == "ineligible"
    assert name in found.unknown


def test_it_says_what_is_missing():
    """
    A young account with two payments says both.
    """
    change = may(months_on_book=3, minimum_payments_in_a_row=2).what_would_change[0]

    assert change.to == "eligible"
    assert [need.rule for need in change.needs] == ["months_on_book", "minimum_payments"]
