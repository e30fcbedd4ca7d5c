"""
Days of delinquency under Regulation X, 12 CFR 1024.31, and the first foreclosure filing, 1024.41(f)(1)(i).
"""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from overdue_visit.classification import PeriodicPayment, delinquency, monthly_due_days, scale
from overdue_visit.errors import InvalidValue
from tests.classification.some_facts import steps

NAME = "us-reg-x-delinquency"
JANUARY = dt.date(2026, 1, 1)


def test_the_sources_were_checked():
    """
    The day of the last look is known.
    """
    assert scale(NAME).checked == dt.date(2026, 11, 23)


def test_more_than_120_days_allow_a_first_filing():
    """
    Day 120 does not, day 121 does.
    """
    assert steps(NAME, [0, 1, 120, 121]) == ["current", "delinquent", "delinquent", "foreclosure_filing_allowed"]


def test_the_comments_own_examples():
    """
    Due 1 January: 31 January is day 30, and 1 April day 90, or 91 in a leap year.
    """
    due = [JANUARY]
    leap = [dt.date(2028, 1, 1)]

    assert delinquency(due, on=dt.date(2026, 1, 31)).days == 30
    assert delinquency(due, on=dt.date(2026, 4, 1)).days == 90
    assert delinquency(leap, on=dt.date(2028, 4, 1)).days == 91


def test_a_payment_applied_to_the_oldest_moves_the_start():
    """
    Paid for January on 3 February: on 4 February the loan is 3 days delinquent (comment 31).
    """
    due = monthly_due_days(JANUARY, through=dt.date(2026, 2, 4))
    paid = PeriodicPayment(dt.date(2026, 2, 3))

    found = delinquency(due, [paid], on=dt.date(2026, 2, 4))

    assert (found.since, found.days) == (dt.date(2026, 2, 1), 3)
    assert found == delinquency(due, [PeriodicPayment(paid.on, JANUARY)], on=dt.date(2026, 2, 4))
    assert delinquency(due, [paid], on=dt.date(2026, 2, 2)).days == 32


def test_a_payment_applied_to_a_later_due_day_leaves_the_start():
    """
    The servicer's choice counts.
    """
    due = monthly_due_days(JANUARY, through=dt.date(2026, 2, 4))
    paid = PeriodicPayment(dt.date(2026, 2, 3), dt.date(2026, 2, 1))

    assert delinquency(due, [paid], on=dt.date(2026, 2, 4)).since == JANUARY


def test_the_filing_is_told_with_its_first_day():
    """
    Due 1 January: not on 1 May, which is day 120, but on 2 May.
    """
    found = [delinquency([JANUARY], on=dt.date(2026, 5, day)) for day in (1, 2)]

    assert [each.first_foreclosure_filing_allowed for each in found] == [False, True]
    assert {each.filing_allowed_from for each in found} == {dt.date(2026, 5, 2)}


def test_a_loan_that_owes_nothing_is_current():
    """
    Nothing due yet, or all paid, is no delinquency.
    """
    paid = delinquency([JANUARY], [PeriodicPayment(JANUARY)], on=dt.date(2026, 3, 1))
    early = delinquency([JANUARY], on=dt.date(2025, 12, 31))

    for found in (paid, early):
        assert (found.days, found.since, found.filing_allowed_from) == (0, None, None)
        assert not found.first_foreclosure_filing_allowed


def test_a_payment_for_a_day_that_is_not_due_is_refused():
    """
    A payment belongs to a due day, and each due day is paid once.
    """
    with pytest.raises(InvalidValue, match="applied_to"):
        delinquency([JANUARY], [PeriodicPayment(JANUARY, dt.date(2026, 1, 2))], on=dt.date(2026, 3, 1))
    with pytest.raises(InvalidValue, match="applied_to"):
        delinquency([JANUARY], [PeriodicPayment(JANUARY)] * 2, on=dt.date(2026, 3, 1))


def test_months_end_where_they_end():
    """
    A loan due on the 31st is due on the last day of shorter months, and on the 31st again after.
    """
    found = monthly_due_days(dt.date(2026, 1, 31), through=dt.date(2026, 4, 15))

    assert found == (dt.date(2026, 1, 31), dt.date(2026, 2, 28), dt.date(2026, 3, 31))


@given(paid=st.integers(0, 12), day=st.integers(0, 400))
def test_more_payments_never_make_a_loan_more_delinquent(paid, day):
    """
    One more payment on the same day leaves the days the same or fewer.
    """
    on = JANUARY + dt.timedelta(days=day)
    due = monthly_due_days(JANUARY, through=dt.date(2027, 12, 1))

    less = delinquency(due, [PeriodicPayment(JANUARY)] * paid, on=on)
    more = delinquency(due, [PeriodicPayment(JANUARY)] * (paid + 1), on=on)

    assert more.days <= less.days
