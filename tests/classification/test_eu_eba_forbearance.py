"""
Cure and probation of forborne loans, ITS on supervisory reporting, Annex V Part 2.
"""

from __future__ import annotations

import datetime as dt

import pytest

from overdue_visit.classification import DatedClass, Facts, classify, history, scale

NAME = "eu-eba-forbearance"
BAD, PROBATION, GOOD = (
    "non_performing_forborne",
    "performing_forborne_under_probation",
    "performing_not_forborne",
)
MEASURE = dt.date(2024, 1, 15)
GRANTED_BAD = (DatedClass(MEASURE, BAD),)
GRANTED_GOOD = (DatedClass(MEASURE, PROBATION),)
CURED = (DatedClass(MEASURE, BAD), DatedClass(dt.date(2025, 1, 15), PROBATION))


def on(day: str, past, days=0, **known) -> str:
    """
    Return the class of a loan forborne on 15 January 2024.
    """
    facts = Facts(on=dt.date.fromisoformat(day), days_past_due=days, known={"measure": MEASURE, **known})
    return classify(facts, scale(NAME), history=past).class_


def test_the_sources_were_checked():
    """
    The day of the last look is known; the rule's first day is not.
    """
    assert scale(NAME).checked == dt.date(2026, 11, 23)
    assert scale(NAME).effective is None


def test_the_cure_takes_a_year_from_the_measure():
    """
    Non-performing on 14 January 2025, under probation on the 15th (EBA Q&A 2014_1018).
    """
    kept = {"no_arrears": True, "no_concern": True}

    assert [on("2025-01-14", GRANTED_BAD, **kept), on("2025-01-15", GRANTED_BAD, **kept)] == [BAD, PROBATION]


@pytest.mark.parametrize("known", [{"no_arrears": True}, {"no_concern": True}, {}])
def test_the_cure_takes_more_than_time(known):
    """
    Without a word on arrears and on full repayment the loan stays non-performing.
    """
    assert on("2026-01-15", GRANTED_BAD, **known) == BAD


def test_probation_takes_two_years_from_performing():
    """
    Performing since 15 January 2025: under probation through 14 January 2027.
    """
    found = [on(day, CURED, regular_payments=True) for day in ("2027-01-14", "2027-01-15")]

    assert found == [PROBATION, GOOD]


def test_cure_and_probation_take_three_years():
    """
    A loan that left non-performing early is under probation until three years after the measure.
    """
    early = (DatedClass(MEASURE, BAD), DatedClass(dt.date(2024, 7, 1), PROBATION))
    found = [on(day, early, regular_payments=True) for day in ("2026-07-01", "2027-01-14", "2027-01-15")]

    assert found == [PROBATION, PROBATION, GOOD]


def test_a_loan_always_performing_has_two_years_from_the_grant():
    """
    Performing when the measure was granted: probation ends on 15 January 2026 (EBA Q&A 2014_878).
    """
    found = [on(day, GRANTED_GOOD, regular_payments=True) for day in ("2026-01-14", "2026-01-15")]

    assert found == [PROBATION, GOOD]


def test_probation_ends_only_with_payments_and_without_31_days():
    """
    Regular payments are needed, and no more than 30 days past due.
    """
    assert on("2026-01-15", GRANTED_GOOD) == PROBATION
    assert on("2026-01-15", GRANTED_GOOD, days=30, regular_payments=True) == GOOD
    assert on("2026-01-15", GRANTED_GOOD, days=31, regular_payments=True) == PROBATION


def test_31_days_under_probation_bring_a_cured_loan_back():
    """
    More than 30 days are non-performing again, but only for a loan that came out of it (EBA Q&A 2015_1842).
    """
    assert [on("2025-06-01", CURED, days=days) for days in (30, 31)] == [PROBATION, BAD]
    assert on("2025-06-01", GRANTED_GOOD, days=31) == PROBATION


def test_a_second_measure_under_probation_brings_a_cured_loan_back():
    """
    It is non-performing again, but only if it came out of non-performing.
    """
    assert on("2025-06-01", CURED, second_measure=True) == BAD
    assert on("2025-06-01", GRANTED_GOOD, second_measure=True) == PROBATION


def test_more_than_90_days_are_non_performing_anyway():
    """
    The general criterion holds under probation as well.
    """
    assert [on("2025-06-01", GRANTED_GOOD, days=days) for days in (90, 91)] == [PROBATION, BAD]


def test_the_due_day_is_day_0():
    """
    The day after a due day is day 1.
    """
    facts = Facts(on=MEASURE, oldest_due=MEASURE - dt.timedelta(days=1))

    assert classify(facts, scale(NAME)).days_past_due == 1


def test_a_whole_life_from_the_measure():
    """
    Granted while non-performing, kept ever since: a year of cure, two of probation.
    """
    known = {"measure": MEASURE, "no_arrears": True, "no_concern": True, "regular_payments": True}
    days = [MEASURE + dt.timedelta(days=day) for day in range(1, 1300)]

    found = history([Facts(on=day, days_past_due=0, known=known) for day in days], scale(NAME), before=GRANTED_BAD)

    assert [(each.on.isoformat(), each.class_) for each in found] == [
        ("2024-01-15", BAD),
        ("2025-01-15", PROBATION),
        ("2027-01-15", GOOD),
    ]


def test_the_way_back_is_told_with_its_day():
    """
    Under probation the loan says what is missing, and the first day on which time allows it.
    """
    facts = Facts(on=dt.date(2025, 2, 1), days_past_due=0, known={"measure": MEASURE})

    change = classify(facts, scale(NAME), history=CURED).what_would_change[0]

    assert change.to == GOOD
    assert {need.not_before for need in change.needs} == {dt.date(2027, 1, 15)}
    assert "regular_payments" in {each.fact for need in change.needs for each in need.conditions}
