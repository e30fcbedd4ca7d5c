"""
India's special mention accounts and non-performing assets, RBI/2021-2022/125.
"""

from __future__ import annotations

import datetime as dt

import pytest

from overdue_visit.classification import DatedClass, Facts, classify, classify_together, history, scale
from tests.classification.some_facts import ON, class_at, steps

NAME = "in-rbi-sma-2021"
BAD = (DatedClass(dt.date(2025, 1, 1), "NPA"),)


def at_day_end(due: dt.date, on: dt.date) -> str:
    """
    Return the class of a term loan at a day-end.
    """
    return classify(Facts(on=on, oldest_due=due, facility="term_loan"), scale(NAME)).class_


def test_the_circular_is_of_november_2021():
    """
    It is of 12 November 2021.
    """
    assert scale(NAME).effective == dt.date(2021, 11, 12)
    assert scale(NAME).checked == dt.date(2026, 11, 23)


@pytest.mark.parametrize(
    ("due", "dates"),
    [
        ("2021-03-31", ["2021-03-31", "2021-04-30", "2021-05-30", "2021-06-29"]),
        ("2021-12-01", ["2021-12-01", "2021-12-31", "2022-01-30", "2022-03-01"]),
    ],
)
def test_the_circulars_own_dates(due, dates):
    """
    The due day is day 1: due 31 March, SMA-0 that day, SMA-1 on 30 April, SMA-2 on 30 May, NPA on 29 June.
    """
    due = dt.date.fromisoformat(due)
    days = [dt.date.fromisoformat(each) for each in dates]
    eves = [day - dt.timedelta(days=1) for day in days]

    assert [at_day_end(due, day) for day in days] == ["SMA-0", "SMA-1", "SMA-2", "NPA"]
    assert [at_day_end(due, day) for day in eves] == ["standard", "SMA-0", "SMA-1", "SMA-2"]


def test_the_next_class_is_told_with_its_day():
    """
    A loan at SMA-0 since 31 March is SMA-1 on 30 April if nothing is paid.
    """
    facts = Facts(on=dt.date(2021, 3, 31), oldest_due=dt.date(2021, 3, 31), facility="term_loan")

    change = classify(facts, scale(NAME)).what_would_change[0]

    assert (change.to, change.on) == ("SMA-1", dt.date(2021, 4, 30))


def test_bands_of_a_term_loan():
    """
    Up to 30 days is SMA-0, up to 60 SMA-1, up to 90 SMA-2, more NPA.
    """
    found = steps(NAME, [0, 1, 30, 31, 60, 61, 90, 91], "term_loan")

    assert found == ["standard", "SMA-0", "SMA-0", "SMA-1", "SMA-1", "SMA-2", "SMA-2", "NPA"]


def test_revolving_facilities_have_no_sma_0():
    """
    Cash credit above its limit is standard through day 30, and like a term loan after.
    """
    found = steps(NAME, [1, 30, 31, 60, 61, 90, 91], "revolving")

    assert found == ["standard", "standard", "SMA-1", "SMA-1", "SMA-2", "SMA-2", "NPA"]


@pytest.mark.parametrize(("paid", "class_"), [(None, "NPA"), (False, "NPA"), (True, "standard")])
def test_an_npa_is_upgraded_only_when_all_arrears_are_paid(paid, class_):
    """
    Interest alone, or no word about it, leaves the account an NPA.
    """
    facts = Facts(on=ON, all_arrears_paid=paid, facility="term_loan")

    assert classify(facts, scale(NAME), history=BAD).class_ == class_


def test_a_part_payment_does_not_upgrade_an_npa():
    """
    An NPA whose oldest arrears are paid has few days past due, and is an NPA still.
    """
    assert class_at(NAME, 10, facility="term_loan", history=BAD) == "NPA"


def test_npas_are_borrower_wise():
    """
    One NPA makes the borrower's other loans NPAs; another class does not spread.
    """
    good = Facts(on=ON, days_past_due=0, facility="term_loan")
    bad = Facts(on=ON, days_past_due=91, facility="term_loan")
    late = Facts(on=ON, days_past_due=90, facility="revolving")

    pulled = classify_together({"a": good, "b": bad}, scale(NAME), contagion="borrower_wise")
    alone = classify_together({"a": good, "b": late}, scale(NAME), contagion="borrower_wise")

    assert {loan: each.class_ for loan, each in pulled.items()} == {"a": "NPA", "b": "NPA"}
    assert alone["a"].class_ == "standard"


def test_a_loan_lived_through():
    """
    Unpaid from 31 March, part paid in July, all paid in August: the classes with their days.
    """
    due = dt.date(2021, 3, 31)
    daily = [Facts(on=due + dt.timedelta(days=day), oldest_due=due, facility="term_loan") for day in range(110)]
    part = Facts(on=dt.date(2021, 8, 1), oldest_due=dt.date(2021, 7, 25), facility="term_loan")
    paid = Facts(on=dt.date(2021, 8, 20), all_arrears_paid=True, facility="term_loan")

    found = history([*daily, part, paid], scale(NAME))

    assert [(f"{each.on:%m-%d}", each.class_) for each in found] == [
        ("03-31", "SMA-0"),
        ("04-30", "SMA-1"),
        ("05-30", "SMA-2"),
        ("06-29", "NPA"),
        ("08-20", "standard"),
    ]
