"""
Regulation F: notices, waiting times and records of debt collectors.
"""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from overdue_visit.errors import InvalidValue
from overdue_visit.limitation import Confidence, State, reg_f, shipped

D = dt.date
DAYS = st.dates(D(2000, 1, 1), D(2090, 12, 31))


def test_every_figure_was_read_and_checked():
    """
    The figures of Regulation F come from its text, looked at on 23 November 2026.
    """
    sources = {figure.source for figure in shipped("us-reg-f").figures}

    assert {source.confidence for source in sources} == {Confidence.VERIFIED}
    assert {source.checked for source in sources} == {D(2026, 11, 23)}


def test_the_validation_notice_follows_within_5_days():
    """
    A first communication on March 2 asks for the notice by March 7, unless the debt is paid by then (1006.34(a)).
    """
    assert reg_f.validation_notice(D(2026, 3, 2)).day == D(2026, 3, 7)
    assert reg_f.validation_notice(D(2026, 3, 2), paid_on=D(2026, 3, 7)).state is State.NOT_REQUIRED
    assert reg_f.validation_notice(D(2026, 3, 2), paid_on=D(2026, 3, 8)).state is State.RUNNING


def test_receipt_is_assumed_after_5_days_without_weekends_and_holidays():
    """
    Sent on Thursday, January 15, with a holiday on the 19th: assumed received on the 23rd, ended on February 22.
    """
    period = reg_f.validation_period(D(2026, 1, 15), holidays=[D(2026, 1, 19)])

    assert period.assumed_receipt.day == D(2026, 1, 23)
    assert period.end.day == D(2026, 2, 22)


def test_a_known_day_of_receipt_goes_before_an_assumed_one():
    """
    Thirty days count from actual receipt where it is known.
    """
    period = reg_f.validation_period(D(2026, 1, 15), holidays=[], received=D(2026, 1, 15))

    assert period.end.day == D(2026, 2, 14)


@settings(max_examples=40)
@given(sent=DAYS, holidays=st.lists(st.integers(1, 20), max_size=4))
def test_assumed_receipt_agrees_with_a_count_by_hand(sent, holidays):
    """
    Walking day by day and counting those that are neither weekend nor holiday finds the same day.
    """
    closed = {sent + dt.timedelta(days=each) for each in holidays}
    counted, day = 0, sent
    while counted < 5:
        day += dt.timedelta(days=1)
        counted += day.weekday() < 5 and day not in closed

    assert reg_f.validation_period(sent, holidays=closed).assumed_receipt.day == day


def test_the_opt_out_day_is_at_least_35_days_off():
    """
    A creditor's notice sent on May 1 may name June 5 at the earliest (1006.6(d)(4)(ii)(C)(5)).
    """
    assert reg_f.email_opt_out(D(2026, 5, 1)).day == D(2026, 6, 5)


def test_a_collector_waits_14_days_before_reporting():
    """
    A letter of May 1 that does not come back from May 1 to May 14 lets it report from May 15 (comment 30(a)(1)-3.iii).
    """
    wait = reg_f.furnishing([D(2026, 5, 1)])

    assert wait.day == D(2026, 5, 15)
    assert not wait.allows(D(2026, 5, 14))
    assert wait.allows(D(2026, 5, 15))


def test_a_letter_that_came_back_does_not_count():
    """
    A letter of May 1 that came back on May 10 lets nobody report (comment 30(a)(1)-3.i).
    """
    wait = reg_f.furnishing([D(2026, 5, 1)], undeliverable=[D(2026, 5, 10)])

    assert (wait.day, wait.state) == (None, State.NEVER)
    assert not wait.allows(D(2030, 1, 1))


@pytest.mark.parametrize("second", [D(2026, 5, 10), D(2026, 5, 11)])
def test_a_second_letter_begins_the_wait_again(second):
    """
    After a return on May 10, a letter of that day or the next has its own fourteen days (comment 30(a)(1)-3.ii).
    """
    wait = reg_f.furnishing([D(2026, 5, 1), second], undeliverable=[D(2026, 5, 10)])

    assert wait.day == second + dt.timedelta(days=14)


def test_a_message_that_bounced_the_same_day_does_not_count():
    """
    A notice of undeliverability on the day of sending belongs to that message if none was sent before.
    """
    wait = reg_f.furnishing([D(2026, 5, 1)], undeliverable=[D(2026, 5, 1)])

    assert wait.state is State.NEVER


@pytest.mark.parametrize(("came_back", "day"), [(D(2026, 5, 14), None), (D(2026, 5, 15), D(2026, 5, 15))])
def test_only_a_return_within_the_wait_counts(came_back, day):
    """
    What comes back after the fourteen days undoes nothing (comment 30(a)(1)-3).
    """
    assert reg_f.furnishing([D(2026, 5, 1)], undeliverable=[came_back]).day == day


def test_after_a_conversation_no_wait_is_needed():
    """
    Speaking with the consumer is enough, whatever came back (1006.30(a)(1)(i)).
    """
    wait = reg_f.furnishing([D(2026, 5, 1)], undeliverable=[D(2026, 5, 2)], spoke_on=D(2026, 5, 4))

    assert wait.day == D(2026, 5, 4)


@settings(max_examples=40)
@given(mailed=st.lists(DAYS, max_size=4), came_back=st.lists(DAYS, max_size=3), more=DAYS)
def test_another_return_never_lets_anybody_report_sooner(mailed, came_back, more):
    """
    Adding a notice of undeliverability never moves the day of reporting forward.
    """
    before = reg_f.furnishing(mailed, undeliverable=came_back).day or D.max
    after = reg_f.furnishing(mailed, undeliverable=[*came_back, more]).day or D.max

    assert after >= before


def test_records_are_kept_for_3_years():
    """
    Records stay three years after the last activity, recordings three years after the call (1006.100).
    """
    assert reg_f.records(D(2026, 3, 2)).day == D(2029, 3, 2)
    assert reg_f.recordings(D(2024, 2, 29)).day == D(2027, 2, 28)


@pytest.mark.parametrize(
    "call",
    [
        lambda: reg_f.validation_notice("2026-03-02"),
        lambda: reg_f.validation_period(D(2026, 3, 2), holidays=D(2026, 3, 3)),
        lambda: reg_f.validation_period(D(2026, 3, 2), holidays=[], received=D(2026, 3, 1)),
        lambda: reg_f.furnishing(D(2026, 5, 1)),
        lambda: reg_f.furnishing([dt.datetime(2026, 5, 1)]),
        lambda: reg_f.records(None),
    ],
)
def test_dates_that_make_no_sense_are_refused(call):
    """
    Texts, datetimes, single dates for lists, and receipt before sending are refused.
    """
    with pytest.raises(InvalidValue):
        call()
