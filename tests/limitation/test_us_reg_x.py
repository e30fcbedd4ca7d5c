"""
Regulation X: live contact and written notice to borrowers in arrears.
"""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from overdue_visit.errors import InvalidValue
from overdue_visit.limitation import Confidence, State, reg_x, shipped

D = dt.date
DAYS = st.dates(D(2000, 1, 1), D(2090, 12, 31))


def test_every_figure_was_read_and_checked():
    """
    The figures of Regulation X come from its text, looked at on 23 November 2026.
    """
    sources = {figure.source for figure in shipped("us-reg-x").figures}

    assert {source.confidence for source in sources} == {Confidence.VERIFIED}
    assert {source.checked for source in sources} == {D(2026, 11, 23)}


def test_live_contact_is_due_36_days_after_the_due_date():
    """
    Whoever misses January 1 is to be spoken with on or before February 6 (comment 39(a)-1.i.A).
    """
    contact = reg_x.live_contact(D(2026, 1, 1))

    assert contact.contact_by == D(2026, 2, 6)
    assert contact.required
    assert not contact.compliant
    assert contact.deadlines[0].rule == "us-reg-x.live_contact"


def test_one_attempt_may_serve_two_missed_payments():
    """
    Attempts on February 5 and March 25 serve payments missed on the first of January, February and March (39(a)-1.i.B).
    """
    dues = [D(2026, 1, 1), D(2026, 2, 1), D(2026, 3, 1)]

    both = reg_x.live_contact(dues, contacts=[D(2026, 3, 25), D(2026, 2, 5)])
    one = reg_x.live_contact(dues, contacts=[D(2026, 2, 5)])

    assert both.compliant
    assert both.contact_by == D(2026, 4, 6)
    assert not one.compliant
    assert one.contact_by == D(2026, 4, 6)


def test_an_attempt_before_the_due_date_serves_nothing():
    """
    A talk about last month's payment says nothing about one that is not yet due.
    """
    contact = reg_x.live_contact(D(2026, 1, 1), contacts=[D(2025, 12, 31), D(2026, 2, 7)])

    assert not contact.compliant


@pytest.mark.parametrize(("paid", "required"), [(D(2026, 2, 1), False), (D(2026, 2, 6), False), (D(2026, 2, 7), True)])
def test_a_payment_within_the_period_ends_the_duty_to_speak(paid, required):
    """
    A January 1 payment made on February 1 needs no contact by February 6 (comment 39(a)-1.iv).
    """
    contact = reg_x.live_contact(D(2026, 1, 1), paid_on=paid)

    assert contact.required is required
    assert contact.compliant is not required
    assert (contact.contact_by is not None) is required


def test_the_written_notice_is_due_45_days_after_the_due_date():
    """
    A January 1 payment that stays unpaid asks for the notice by February 15 (comment 39(b)(1)-1).
    """
    assert reg_x.written_notice(D(2026, 1, 1)).day == D(2026, 2, 15)
    assert reg_x.written_notice(D(2026, 1, 1), paid_on=D(2026, 2, 15)).state is State.NOT_REQUIRED
    assert reg_x.written_notice(D(2026, 1, 1), paid_on=D(2026, 2, 16)).day == D(2026, 2, 15)


def test_the_notice_comes_again_after_180_days():
    """
    Notice on April 15, unpaid since March 1: again on October 12, neither sooner nor later (comment 39(b)(1)-2.i).
    """
    notice = reg_x.next_written_notice(D(2026, 4, 15), delinquent_since=D(2026, 3, 1))

    assert (notice.earliest, notice.day) == (D(2026, 10, 12), D(2026, 10, 12))
    assert not notice.allows(D(2026, 10, 11))
    assert not notice.allows(D(2026, 10, 13))


def test_a_young_delinquency_gets_its_own_45_days():
    """
    Notice on April 15, unpaid since October 1: again by November 15 (comment 39(b)(1)-2.ii).
    """
    notice = reg_x.next_written_notice(D(2026, 4, 15), delinquent_since=D(2026, 10, 1))

    assert (notice.earliest, notice.day) == (D(2026, 10, 12), D(2026, 11, 15))


def test_nobody_who_owes_nothing_gets_another_notice():
    """
    Without arrears no second notice is required.
    """
    notice = reg_x.next_written_notice(D(2026, 4, 15), delinquent_since=None)

    assert (notice.day, notice.state) == (None, State.NOT_REQUIRED)
    assert notice.allows(D(2030, 1, 1))


@pytest.mark.parametrize(
    ("transferor_notice", "transferred", "by"),
    [
        (D(2026, 4, 10), D(2026, 4, 12), D(2026, 6, 15)),  # comment 39(b)(1)-5
        (D(2026, 2, 26), D(2026, 4, 12), D(2026, 6, 15)),  # 45 days before
        (D(2026, 2, 25), D(2026, 4, 12), D(2026, 4, 15)),  # 46 days before
        (None, D(2026, 4, 12), D(2026, 4, 15)),
        (None, D(2026, 4, 16), D(2026, 6, 15)),  # the first period was over when the loan came
    ],
)
def test_a_new_servicer_writes_anew(transferor_notice, transferred, by):
    """
    The earlier servicer's notice stands if given within 45 days of the transfer; else the new one keeps the first term.
    """
    notice = reg_x.notice_after_transfer(
        D(2026, 3, 1),
        transferred=transferred,
        first_due_after=D(2026, 5, 1),
        transferor_notice=transferor_notice,
    )

    assert notice.day == by


@settings(max_examples=40)
@given(due=DAYS, given_on=DAYS)
def test_a_second_notice_never_comes_within_the_spacing(due, given_on):
    """
    However young or old the arrears, the next notice is at least 180 days after the last and 45 after the due date.
    """
    notice = reg_x.next_written_notice(given_on, delinquent_since=due)

    assert (notice.day - given_on).days >= 180
    assert (notice.day - due).days >= 45
    assert (notice.day - given_on).days == 180 or (notice.day - due).days == 45


@pytest.mark.parametrize(
    "call",
    [
        lambda: reg_x.live_contact([]),
        lambda: reg_x.live_contact([D(2026, 2, 1), D(2026, 1, 1)]),
        lambda: reg_x.live_contact("2026-01-01"),
        lambda: reg_x.live_contact(dt.datetime(2026, 1, 1)),
        lambda: reg_x.live_contact(D(2026, 1, 1), contacts=D(2026, 1, 2)),
        lambda: reg_x.written_notice(dt.datetime(2026, 1, 1, tzinfo=dt.UTC)),
        lambda: reg_x.next_written_notice(None, delinquent_since=None),
        lambda: reg_x.notice_after_transfer(D(2026, 3, 1), transferred=D(2026, 2, 1), first_due_after=D(2026, 5, 1)),
        lambda: reg_x.notice_after_transfer(D(2026, 3, 1), transferred=D(2026, 4, 1), first_due_after=D(2026, 3, 31)),
        lambda: reg_x.notice_after_transfer(
            D(2026, 3, 1),
            transferred=D(2026, 4, 1),
            first_due_after=D(2026, 5, 1),
            transferor_notice=D(2026, 4, 2),
        ),
    ],
)
def test_dates_that_make_no_sense_are_refused(call):
    """
    Datetimes, texts, and dates out of order are refused, and the refusal names the field.
    """
    with pytest.raises(InvalidValue) as refusal:
        call()

    assert refusal.value.field
    assert refusal.value.accepted
