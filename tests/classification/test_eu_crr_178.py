"""
Default under article 178 of the CRR: both limits, days in a row, and the way back.
"""

from __future__ import annotations

import datetime as dt

import pytest

from overdue_visit.classification import (
    Balance,
    DatedClass,
    Elapsed,
    Facts,
    classify,
    classify_together,
    consecutive_days,
    days_above,
    scale,
)
from overdue_visit.errors import InvalidValue
from overdue_visit.money import CurrencyMismatch, Money
from tests.classification.some_facts import ON, class_at, steps

NAME = "eu-crr-178"
DEFAULTED = (DatedClass(dt.date(2025, 1, 1), "default"),)
DAY = dt.timedelta(days=1)


def euros(amount: str) -> Money:
    """
    Return an amount in euros.
    """
    return Money(amount, "EUR")


def with_arrears(arrears: str, exposure: str, facility: str, days: int = 91) -> str:
    """
    Return the class of a loan with so much past due for more than 90 days.
    """
    facts = Facts(on=ON, days_past_due=days, facility=facility, arrears=euros(arrears), exposure=euros(exposure))
    return classify(facts, scale(NAME)).class_


def test_the_limits_hold_from_2021():
    """
    They are applied since 1 January 2021.
    """
    assert scale(NAME).effective == dt.date(2021, 1, 1)
    assert scale(NAME).checked == dt.date(2026, 11, 23)


def test_default_is_more_than_90_days_in_a_row():
    """
    Day 90 is no default, day 91 is; the first day above the limits is day 0.
    """
    due = Facts(on=dt.date(2026, 4, 1), oldest_due=dt.date(2026, 1, 1))

    assert steps(NAME, [0, 90, 91]) == ["not_default", "not_default", "default"]
    assert classify(due, scale(NAME)).days_past_due == 90


@pytest.mark.parametrize(
    ("arrears", "exposure", "facility", "class_"),
    [
        ("100", "5000", "retail", "not_default"),
        ("100.01", "5000", "retail", "default"),
        ("500", "5000", "other", "not_default"),
        ("500.01", "5000", "other", "default"),
        ("200", "20000", "retail", "not_default"),
        ("200.01", "20000", "retail", "default"),
        ("600", "60000", "other", "not_default"),
        ("600.01", "60000", "other", "default"),
    ],
)
def test_both_limits_must_be_exceeded(arrears, exposure, facility, class_):
    """
    Arrears count above EUR 100 (retail) or 500 and above 1 % of the exposure, not at a limit.
    """
    assert with_arrears(arrears, exposure, facility) == class_


def test_arrears_without_the_kind_of_loan_are_refused():
    """
    The limit depends on whether the exposure is retail.
    """
    with pytest.raises(InvalidValue, match="retail"):
        classify(Facts(on=ON, days_past_due=91, arrears=euros("150")), scale(NAME))


def test_limits_are_in_euros():
    """
    Arrears in another currency do not compare with the limit.
    """
    with pytest.raises(CurrencyMismatch):
        classify(Facts(on=ON, days_past_due=91, facility="retail", arrears=Money("150", "PLN")), scale(NAME))


def test_a_loan_of_which_nothing_is_late_needs_no_limit():
    """
    At no day past due there is nothing to compare, in whatever currency the loan is.
    """
    found = classify(Facts(on=ON, days_past_due=0, facility="retail", arrears=Money("0", "PLN")), scale(NAME))

    assert (found.class_, found.days_past_due) == ("not_default", 0)


def test_histories_together_may_be_gathered_in_any_way():
    """
    A history that can be read once counts as a list of it does: the loan is still in default.
    """
    facts = {"a": Facts(on=ON, days_past_due=0, facility="retail")}
    listed, once = (
        classify_together(facts, scale(NAME), contagion="worst_class", histories={"a": history})
        for history in (DEFAULTED, iter(DEFAULTED))
    )

    assert once == listed
    assert once["a"].class_ == "default"


def test_one_day_at_a_limit_starts_the_count_anew():
    """
    Above from day 0, at the limit on day 80, above again on day 81: on day 120 it is 39 days.
    """
    limits = scale(NAME).limits("retail")
    start = dt.date(2026, 1, 1)
    balances = [
        Balance(start, euros("150"), euros("5000")),
        Balance(start + 80 * DAY, euros("100"), euros("5000")),
        Balance(start + 81 * DAY, euros("150"), euros("5000")),
    ]

    assert days_above(balances, limits, on=start + 79 * DAY) == 79
    assert days_above(balances, limits, on=start + 80 * DAY) == 0
    assert days_above(balances, limits, on=start + 120 * DAY) == 39


def test_a_count_told_with_its_interruption():
    """
    120 days with an interruption on day 80 leave 40.
    """
    assert consecutive_days(120, interrupted_on_day=80) == 40
    assert consecutive_days(120) == 120


@pytest.mark.parametrize(
    ("days", "interruption"), [(-1, None), (10, 11), (10, -1), (True, None), (10, False), (10, ())]
)
def test_a_count_that_cannot_be_is_refused(days, interruption):
    """
    Negative days and an interruption after the count are refused.
    """
    with pytest.raises(InvalidValue):
        consecutive_days(days, interrupted_on_day=interruption)


def test_balances_out_of_order_are_refused():
    """
    The days of balances rise.
    """
    twice = [Balance(ON, euros("1"), euros("5")), Balance(ON, euros("2"), euros("5"))]

    with pytest.raises(InvalidValue, match="rising"):
        days_above(twice, scale(NAME).limits("retail"), on=ON)


@pytest.mark.parametrize(
    ("ceased", "class_"),
    [
        (Elapsed(months=2), "default"),
        (Elapsed(months=3), "not_default"),
        (Elapsed(days=91), "default"),
        (Elapsed(days=92), "not_default"),
        (Elapsed(months=3, days=89), "not_default"),
        (dt.date(2025, 12, 31), "not_default"),
        (dt.date(2026, 1, 1), "default"),
    ],
)
def test_a_default_ends_after_three_months(ceased, class_):
    """
    Three calendar months without a trigger; told in days only, the longest that three months can be.
    """
    assert class_at(NAME, None, history=DEFAULTED, trigger_ceased=ceased, conditions_met=True) == class_


@pytest.mark.parametrize(("months", "class_"), [(3, "default"), (11, "default"), (12, "not_default")])
def test_a_distressed_restructuring_takes_a_year(months, class_):
    """
    After a distressed restructuring the way back takes a year, whatever the trigger.
    """
    known = {"distressed_restructuring": True, "restructured": Elapsed(months=months), "conditions_met": True}

    assert class_at(NAME, None, history=DEFAULTED, **known) == class_
    assert class_at(NAME, None, history=DEFAULTED, trigger_ceased=Elapsed(months=60), **known) == class_


def test_a_default_does_not_end_by_time_alone():
    """
    Without the further conditions it stays.
    """
    known = {"trigger_ceased": Elapsed(months=30)}

    assert class_at(NAME, 0, history=DEFAULTED, **known) == "default"
    assert class_at(NAME, 0, history=DEFAULTED, conditions_met=False, **known) == "default"


def test_unlikely_to_pay_is_default_on_any_day():
    """
    The days are only one of two triggers.
    """
    assert class_at(NAME, 0, unlikely_to_pay=True) == "default"


@pytest.mark.parametrize(("bad", "class_"), [("200", "not_default"), ("200.01", "default")])
def test_the_pulling_effect_takes_more_than_a_fifth(bad, class_):
    """
    Defaulted exposures of more than 20 % of all pull the others.
    """
    loans = {
        "bad": Facts(on=ON, days_past_due=91, exposure=euros(bad)),
        "good": Facts(on=ON, days_past_due=0, exposure=euros("800")),
    }

    assert classify_together(loans, scale(NAME), contagion="pulling_effect")["good"].class_ == class_


def test_an_obligor_defaults_as_a_whole():
    """
    Where retail is not judged by facility, one default is enough.
    """
    loans = {"bad": Facts(on=ON, days_past_due=91), "good": Facts(on=ON, days_past_due=0)}

    assert classify_together(loans, scale(NAME), contagion="obligor")["good"].class_ == "default"
