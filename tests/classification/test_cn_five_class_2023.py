"""
The five classes of China's commercial banks, Order 2023 No. 1.
"""

from __future__ import annotations

import datetime as dt

import pytest

from overdue_visit.classification import DatedClass, Elapsed, Facts, Meaning, classify, classify_together, scale
from overdue_visit.errors import InvalidValue
from overdue_visit.money import Money
from tests.classification.some_facts import ON, class_at, share, steps

NAME = "cn-five-class-2023"
BAD = (DatedClass(dt.date(2025, 1, 1), "substandard"),)
CURED = {"able_to_perform": True, "other_impaired_assets": False}


def after_upgrade(paid=True, previous=BAD, **known):
    """
    Return the class of a loan that was bad and has nothing past due.
    """
    facts = Facts(on=ON, all_arrears_paid=paid, known={**CURED, **known})
    return classify(facts, scale(NAME), history=previous).class_


def test_it_is_a_scale_of_floors_in_force_from_july_2023():
    """
    The measures hold from 1 July 2023, and say "at least".
    """
    measures = scale(NAME)

    assert measures.effective == dt.date(2023, 7, 1)
    assert measures.checked == dt.date(2026, 11, 23)
    assert measures.meaning is Meaning.AT_LEAST
    assert [level.performing for level in measures.classes] == [True, True, False, False, False]


def test_days_past_due_put_a_floor_under_the_class():
    """
    Any day past due is special mention, over 90 substandard, over 270 doubtful, over 360 loss (articles 10 to 13).
    """
    found = steps(NAME, [0, 1, 90, 91, 270, 271, 360, 361])

    assert found[:4] == ["normal", "special_mention", "special_mention", "substandard"]
    assert found[4:] == ["substandard", "doubtful", "doubtful", "loss"]


def test_the_due_day_is_not_counted():
    """
    The day on which a payment falls due is day 0 (Civil Code article 201).
    """
    facts = Facts(on=dt.date(2026, 4, 1), oldest_due=dt.date(2026, 1, 1))

    assert classify(facts, scale(NAME)).days_past_due == 90


def test_a_technical_overdue_is_excepted_for_seven_days():
    """
    A technical delay leaves the loan normal through day 7, and is special mention from day 8 (article 10).
    """
    found = [class_at(NAME, days, technical_overdue=True) for days in (1, 7, 8)]

    assert found == ["normal", "normal", "special_mention"]
    assert class_at(NAME, 7, technical_overdue=False) == "special_mention"


def test_expected_loss_of_an_impaired_asset():
    """
    Half of the book value is doubtful, nine tenths loss; below half an impaired asset is substandard.
    """
    found = [
        class_at(NAME, 0, credit_impaired=True, expected_loss=share(each)) for each in ("49%", "50%", "89.99%", "90%")
    ]

    assert found == ["substandard", "doubtful", "doubtful", "loss"]
    assert class_at(NAME, 0, credit_impaired=False, expected_loss=share("95%")) == "normal"
    assert class_at(NAME, 0, expected_loss=share("50%")) == "doubtful"


@pytest.mark.parametrize(
    ("fact", "class_"),
    [
        ("purpose_changed", "special_mention"),
        ("repaid_by_new_debt", "special_mention"),
        ("credit_impaired", "substandard"),
        ("evading_debts", "doubtful"),
        ("bankruptcy_liquidation", "loss"),
    ],
)
def test_other_findings_put_a_floor_too(fact, class_):
    """
    What is found about the debtor counts on day 0 as well, and only if it is so.
    """
    assert class_at(NAME, 0, **{fact: True}) == class_
    assert class_at(NAME, 0, **{fact: False}) == "normal"


@pytest.mark.parametrize(
    ("periods", "months", "class_"),
    [(1, 6, "substandard"), (2, 5, "substandard"), (2, 6, "normal"), (7, 5, "substandard"), (1, 9, "substandard")],
)
def test_an_upgrade_takes_two_periods_and_six_months(periods, months, class_):
    """
    A bad loan is performing again after two periods or six months in time, whichever is longer (article 14).
    """
    assert after_upgrade(periods_kept=periods, paid_up_since=Elapsed(months=months)) == class_


def test_an_upgrade_takes_six_months_to_the_day():
    """
    With everything paid on 30 September, the six months end on 30 March.
    """
    paid = dt.date(2025, 9, 30)
    facts = {"periods_kept": 2, "paid_up_since": paid, **CURED}

    found = [
        classify(Facts(on=on, all_arrears_paid=True, known=facts), scale(NAME), history=BAD).class_
        for on in (dt.date(2026, 3, 29), dt.date(2026, 3, 30))
    ]

    assert found == ["substandard", "normal"]


@pytest.mark.parametrize("missing", ["able_to_perform", "other_impaired_assets"])
def test_an_upgrade_takes_every_finding(missing):
    """
    A bad loan stays bad while a finding is missing or speaks against it.
    """
    kept = {"periods_kept": 3, "paid_up_since": Elapsed(months=7)}

    assert after_upgrade(**kept, **{missing: missing == "other_impaired_assets"}) == "substandard"
    assert after_upgrade(paid=False, **kept) == "substandard"
    assert after_upgrade(**kept) == "normal"


@pytest.mark.parametrize("class_", ["doubtful", "loss"])
def test_worse_loans_may_rise_to_substandard_at_once(class_):
    """
    Only the way back to performing has conditions.
    """
    assert after_upgrade(previous=(DatedClass(dt.date(2025, 1, 1), class_),)) == "substandard"


def test_a_restructured_asset_is_observed_for_a_year():
    """
    It is at least special mention for a year, and until everything was paid and the difficulty is over.
    """
    kept = {"paid_as_agreed": True, "difficulty_solved": True}
    found = [class_at(NAME, 0, restructured=Elapsed(months=each), **kept) for each in (0, 11, 12)]

    assert found == ["special_mention", "special_mention", "normal"]
    assert class_at(NAME, 0, restructured=Elapsed(months=12), paid_as_agreed=True) == "special_mention"
    assert class_at(NAME, 0, restructured=Elapsed(months=12), difficulty_solved=True) == "special_mention"


def test_the_institution_may_find_a_loan_worse_and_not_better():
    """
    The floor stands against a milder assessment, and gives way to a harder one.
    """
    found = [
        classify(Facts(on=ON, days_past_due=100, assessed=each), scale(NAME)).class_
        for each in ("normal", "substandard", "loss")
    ]

    assert found == ["substandard", "substandard", "loss"]


def test_more_than_a_tenth_of_bad_claims_makes_all_claims_bad():
    """
    Over 10 % of a debtor's claims in the bank pull the rest to substandard (article 7); exactly 10 % do not.
    """

    def other(bad):
        loans = {
            "bad": Facts(on=ON, days_past_due=100, exposure=Money(bad, "CNY")),
            "good": Facts(on=ON, days_past_due=0, exposure=Money("900", "CNY")),
        }
        return classify_together(loans, scale(NAME), contagion="same_debtor_not_retail")["good"].class_

    assert [other("100"), other("100.01")] == ["normal", "substandard"]


def test_a_fact_that_the_scale_does_not_read_is_refused():
    """
    A misspelt fact does not pass in silence; the error names those that are read.
    """
    with pytest.raises(InvalidValue, match=r"known\.credit_impared.*credit_impaired"):
        class_at(NAME, 0, credit_impared=True)
