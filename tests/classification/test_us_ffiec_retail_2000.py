"""
The FFIEC's uniform retail classification: charge-off by days, real estate, bankruptcy, fraud.
"""

from __future__ import annotations

import datetime as dt

import pytest

from overdue_visit.classification import Elapsed, Facts, classify, scale
from overdue_visit.errors import InvalidValue
from tests.classification.some_facts import class_at, share, steps

NAME = "us-ffiec-retail-2000"
HOME = "residential_real_estate"


def test_the_policy_was_to_be_followed_from_the_end_of_2000():
    """
    Its changes were due for the reports of 31 December 2000.
    """
    assert scale(NAME).effective == dt.date(2000, 12, 31)
    assert scale(NAME).checked == dt.date(2026, 11, 23)


def test_closed_end_loans():
    """
    90 days are substandard, 120 are loss.
    """
    assert steps(NAME, [0, 89, 90, 119, 120], "closed_end") == [
        "pass",
        "pass",
        "substandard",
        "substandard",
        "loss_charge_off",
    ]


def test_open_end_loans():
    """
    90 days are substandard, 180 are loss.
    """
    assert steps(NAME, [0, 89, 90, 179, 180], "open_end") == [
        "pass",
        "pass",
        "substandard",
        "substandard",
        "loss_charge_off",
    ]


def test_days_are_counted_from_the_contractual_due_date():
    """
    The due date is day 0.
    """
    facts = Facts(on=dt.date(2026, 5, 1), oldest_due=dt.date(2026, 1, 1), facility="closed_end")

    assert (classify(facts, scale(NAME)).days_past_due, classify(facts, scale(NAME)).class_) == (120, "loss_charge_off")


@pytest.mark.parametrize(
    ("days", "ltv", "class_"),
    [
        (89, "80%", "pass"),
        (90, "60%", "pass"),
        (90, "60.1%", "substandard"),
        (179, "101%", "substandard"),
        (180, "60%", "pass"),
        (180, "61%", "substandard"),
        (180, "100%", "substandard"),
        (180, "100.1%", "loss_charge_off"),
    ],
)
def test_homes_by_days_and_loan_to_value(days, ltv, class_):
    """
    A loan on a home of at most 60 % is not classed by days; from day 180 what exceeds the value is loss.
    """
    assert class_at(NAME, days, facility=HOME, loan_to_value=share(ltv)) == class_


def test_a_home_without_a_value():
    """
    Without a value the loan is substandard at 90 days and in question as a whole at 180.
    """
    assert steps(NAME, [90, 179, 180], HOME) == ["substandard", "substandard", "loss_charge_off"]


@pytest.mark.parametrize(("days", "class_"), [(60, "pass"), (61, "loss_charge_off")])
def test_bankruptcy_is_charged_off_within_60_days_of_the_notice(days, class_):
    """
    After 60 days the loan is loss, whatever is past due.
    """
    assert class_at(NAME, 0, facility="open_end", bankruptcy_notice=Elapsed(days=days)) == class_


def test_bankruptcy_needs_no_days_past_due():
    """
    After 60 days the loan is loss, though neither days nor kind of loan are known; before, they are asked for.
    """
    assert class_at(NAME, None, bankruptcy_notice=Elapsed(days=61)) == "loss_charge_off"
    with pytest.raises(InvalidValue, match="days_past_due"):
        class_at(NAME, None, bankruptcy_notice=Elapsed(days=60))


def test_bankruptcy_gives_way_to_likely_repayment():
    """
    Where repayment is documented as likely the days past due decide alone.
    """
    known = {"bankruptcy_notice": Elapsed(days=100), "repayment_likely": True}

    assert class_at(NAME, 10, facility="closed_end", **known) == "pass"
    assert class_at(NAME, 120, facility="closed_end", **known) == "loss_charge_off"


@pytest.mark.parametrize(("days", "class_"), [(90, "pass"), (91, "loss_charge_off")])
def test_fraud_is_charged_off_within_90_days_of_discovery(days, class_):
    """
    After 90 days the loan is loss.
    """
    assert class_at(NAME, 0, facility="open_end", fraud_discovered=Elapsed(days=days)) == class_


def test_the_day_on_which_a_notice_ripens_is_told():
    """
    A notice of 1 March makes the loan a loss on 1 May.
    """
    facts = Facts(
        on=dt.date(2026, 3, 2), days_past_due=0, facility="open_end", known={"bankruptcy_notice": dt.date(2026, 3, 1)}
    )

    change = classify(facts, scale(NAME)).what_would_change[0]

    assert (change.to, change.on) == ("loss_charge_off", dt.date(2026, 5, 1))
