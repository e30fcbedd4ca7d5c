"""
Consumer Credit Act: arrears and default notices.
"""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from overdue_visit.errors import InvalidValue
from overdue_visit.limitation import Bound, Confidence, cca, explain, shipped
from overdue_visit.money import Money

D = dt.date


def pounds(*amounts: int) -> list[Money]:
    """
    Make amounts in whole pounds.
    """
    return [Money(str(amount), "GBP") for amount in amounts]


def test_every_figure_but_one_was_read_and_checked():
    """
    The figures of the Act come from its text, looked at in November 2026; weekly running accounts are from memory.
    """
    figures = shipped("uk-cca").figures

    assert [each.rule for each in figures if each.source.confidence is not Confidence.VERIFIED] == [
        "uk-cca.running_account_missed_weekly"
    ]
    assert {each.source.checked for each in figures} == {D(2026, 11, 23), D(2026, 11, 29)}


@pytest.mark.parametrize(
    ("required", "paid", "duty"),
    [
        ((100, 100), 100, False),
        ((100, 100), 0, True),
        ((100,), 0, False),
        ((100, 100, 100), 100, True),
        ((100, 100, 100), 101, False),
        ((50, 100, 200), 50, True),
        ((50, 100, 200), 51, False),
    ],
)
def test_the_duty_arises_with_a_shortfall_of_the_last_two_payments(required, paid, duty):
    """
    Two payments were required, and what is missing is no less than the last two (s. 86B(1)).
    """
    ruling = cca.arrears_notice_duty(pounds(*required), paid=pounds(paid)[0])

    assert ruling.holds is duty
    assert ruling.rule == "uk-cca.payments_missed"


@pytest.mark.parametrize(("count", "paid", "duty"), [(4, 0, True), (3, 0, False), (5, 10, True), (5, 11, False)])
def test_weekly_payments_count_four(count, paid, duty):
    """
    With weekly payments the last four count (s. 86B(9)).
    """
    ruling = cca.arrears_notice_duty(pounds(*[10] * count), paid=pounds(paid)[0], weekly=True)

    assert ruling.holds is duty


def test_a_standing_duty_or_an_open_judgment_starts_no_new_one():
    """
    The duty does not arise twice, nor where a judgment is still to be paid (s. 86B(1)(d)-(e)).
    """
    required, paid = pounds(100, 100), pounds(0)[0]

    assert not cca.arrears_notice_duty(required, paid=paid, already_under_duty=True).holds
    assert not cca.arrears_notice_duty(required, paid=paid, judgment_settled=False).holds


def test_the_first_notice_has_14_days_with_the_first_day_counted():
    """
    Conditions met on March 2 ask for the notice by March 15 (s. 86B(2)(a)).
    """
    assert cca.first_arrears_notice(D(2026, 3, 2)).day == D(2026, 3, 15)


@pytest.mark.parametrize(("last", "by"), [(D(2026, 3, 15), D(2026, 9, 15)), (D(2026, 8, 31), D(2027, 2, 28))])
def test_further_notices_follow_within_6_months(last, by):
    """
    Six months after the last notice, or the last day of a month too short (s. 86B(2)(b)).
    """
    assert cca.further_arrears_notice(last).day == by


def test_a_default_notice_leaves_14_days():
    """
    Served on March 2, the remedy may be asked for on March 16 at the earliest (s. 88(2)).
    """
    notice = cca.default_notice(D(2026, 3, 2))

    assert notice.day == D(2026, 3, 16)
    assert not notice.allows(D(2026, 3, 15))


@pytest.mark.parametrize(
    ("made", "weekly", "duty"),
    [
        ([False, False], False, True),
        ([False], False, False),
        ([True, True, False, False], False, True),
        ([False, True, False], False, False),
        ([False, False, True], False, False),
        ([False] * 4, True, True),
        ([False] * 3, True, False),
        ([True, False, False, False, False], True, True),
        ([False, True, False, False, False], True, False),
    ],
)
def test_a_running_account_is_noticed_when_the_last_two_payments_are_missed(made, weekly, duty):
    """
    Two payments were required, and neither of the last two was made; with weekly payments four (s. 86C(1)).
    """
    ruling = cca.running_account_duty(made, weekly=weekly)

    assert ruling.holds is duty
    assert ruling.rule == f"uk-cca.running_account_missed{'_weekly' if weekly else ''}"


def test_a_running_account_is_noticed_once_for_a_payment():
    """
    No notice is required twice for one payment, nor while a judgment is to be paid (s. 86C(1)(c)-(d)).
    """
    assert not cca.running_account_duty([False, False], already_noticed=True).holds
    assert not cca.running_account_duty([False, False], judgment_settled=False).holds


def test_the_notice_comes_with_the_next_statement():
    """
    It is given no later than the end of the time within which the next statement is required (s. 86C(2)).
    """
    notice = cca.running_account_notice(D(2026, 4, 7))

    assert (notice.rule, notice.day, notice.bound) == ("uk-cca.running_account_notice", D(2026, 4, 7), Bound.BY)
    assert [notice.allows(day) for day in (D(2026, 4, 7), D(2026, 4, 8))] == [True, False]
    assert "with the next statement, by 2026-04-07" in explain(notice)


@settings(max_examples=40)
@given(made=st.lists(st.booleans(), max_size=8), weekly=st.booleans(), place=st.integers(0, 7))
def test_making_a_payment_never_brings_the_duty_of_a_running_account_about(made, weekly, place):
    """
    Whoever is under no duty stays so when one more payment was made.
    """
    better = [paid or position == place for position, paid in enumerate(made)]

    before, after = cca.running_account_duty(made, weekly=weekly), cca.running_account_duty(better, weekly=weekly)

    assert before.holds or not after.holds


@settings(max_examples=40)
@given(
    required=st.lists(st.integers(0, 500), min_size=1, max_size=8),
    paid=st.integers(0, 3000),
    more=st.integers(0, 500),
    weekly=st.booleans(),
)
def test_paying_more_never_brings_the_duty_about(required, paid, more, weekly):
    """
    Whoever is under no duty stays so when the debtor has paid more.
    """
    before = cca.arrears_notice_duty(pounds(*required), paid=pounds(paid)[0], weekly=weekly)
    after = cca.arrears_notice_duty(pounds(*required), paid=pounds(paid + more)[0], weekly=weekly)

    assert before.holds or not after.holds


@pytest.mark.parametrize(
    "call",
    [
        lambda: cca.arrears_notice_duty(pounds(100, -1), paid=pounds(0)[0]),
        lambda: cca.arrears_notice_duty(pounds(100), paid=pounds(-1)[0]),
        lambda: cca.arrears_notice_duty([100], paid=pounds(0)[0]),
        lambda: cca.arrears_notice_duty(pounds(100), paid=0),
        lambda: cca.arrears_notice_duty(pounds(100), paid=Money("0", "EUR")),
        lambda: cca.arrears_notice_duty(pounds(100), paid=pounds(0)[0], weekly="no"),
        lambda: cca.first_arrears_notice(dt.datetime(2026, 3, 2)),
    ],
)
def test_amounts_and_dates_that_make_no_sense_are_refused(call):
    """
    Negative amounts, bare numbers, mixed currencies and words for yes or no are refused.
    """
    with pytest.raises(InvalidValue):
        call()
