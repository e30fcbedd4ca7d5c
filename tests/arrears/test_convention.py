import datetime as dt

import attrs
import pytest

from overdue_visit.arrears import (
    NO_TOLERANCE,
    STATUTORY_ORDER,
    VILLAGE,
    AgeingConvention,
    Tolerance,
    days_past_due,
    delinquent_days,
)
from overdue_visit.business_calendar import BusinessCalendar
from overdue_visit.errors import InvalidValue
from overdue_visit.loan import Component
from overdue_visit.money import CurrencyMismatch, Money
from overdue_visit.rate import Rate

DUE = dt.date(2026, 3, 1)  # a Sunday
FRIDAY = dt.date(2026, 3, 6)


def kes(amount):
    """
    Return an amount in shillings.
    """
    return Money(amount, "KES")


def test_the_village_counts_from_the_day_after():
    """
    A due day is day 0: on the seventh day after, seven days are past due.
    """
    assert days_past_due(DUE, on=DUE) == 0
    assert days_past_due(DUE, on=dt.date(2026, 3, 2)) == 1
    assert days_past_due(DUE, on=dt.date(2026, 3, 8)) == 7
    assert days_past_due(DUE, on=dt.date(2026, 2, 20)) == 0
    assert days_past_due(None, on=DUE) == 0


# Frappe Lending, loan.py: days past due = date - oldest unpaid demand + 1; Reserve Bank of India, circular of
# 12 November 2021: an account is overdue from the due date itself, flagged in the day-end run of that day.
def test_the_due_day_can_be_day_one():
    """
    Where the due day counts, an amount unpaid at the end of its due day is one day past due.
    """
    frappe = AgeingConvention(name="frappe", due_day_counts=1)

    assert [days_past_due(DUE, on=DUE + dt.timedelta(days=n), convention=frappe) for n in (-1, 0, 1, 7)] == [0, 1, 2, 8]
    assert (frappe.first_late_day(DUE), frappe.last_late_due(DUE)) == (DUE, DUE)


def test_business_days_are_counted_on_their_calendar():
    """
    Due on Friday: Saturday and Sunday are no days past due, Monday is the first; a due day that counts is Friday.
    """
    working = AgeingConvention(name="mambu", days="business", calendar=BusinessCalendar())
    counted = attrs.evolve(working, due_day_counts=1)
    days = [FRIDAY + dt.timedelta(days=n) for n in range(5)]

    assert [days_past_due(FRIDAY, on=day, convention=working) for day in days] == [0, 0, 0, 1, 2]
    assert [days_past_due(FRIDAY, on=day, convention=counted) for day in days] == [1, 1, 1, 2, 3]


@pytest.mark.parametrize(
    ("changed", "late_from"),
    [
        ({}, dt.timedelta(days=3)),
        ({"due_day_counts": 1}, dt.timedelta(days=0)),
        ({"grace_days": 2}, dt.timedelta(days=5)),
        ({"due_day_counts": 1, "grace_days": 2}, dt.timedelta(days=4)),
    ],
)
def test_the_first_late_day_in_business_days(changed, late_from):
    """
    Due on Friday it is late from Monday; from Friday itself if that counts; two days of grace make it Wednesday.
    """
    working = AgeingConvention(name="mambu", days="business", calendar=BusinessCalendar(), **changed)
    first = working.first_late_day(FRIDAY)

    assert first == FRIDAY + late_from
    assert days_past_due(FRIDAY, on=first, convention=working) > 0
    assert days_past_due(FRIDAY, on=first - dt.timedelta(days=1), convention=working) == 0


def test_grace_hides_a_short_delay_only():
    """
    With three days of grace the third day is no arrears; on the fourth all four days count.
    """
    lenient = AgeingConvention(name="lenient", grace_days=3)
    days = [DUE + dt.timedelta(days=n) for n in range(6)]

    assert [days_past_due(DUE, on=day, convention=lenient) for day in days] == [0, 0, 0, 0, 4, 5]
    assert (lenient.first_late_day(DUE), lenient.last_late_due(dt.date(2026, 3, 5))) == (dt.date(2026, 3, 5), DUE)


# Scenarios FI-01 and FI-03: three days of grace; past due 3, 4 and 43 days; delinquent 0, 1 and, after a pause from
# 15 to 25 October counted as ten days, 30.
@pytest.mark.parametrize(
    ("past_due", "held", "delinquent"), [(1, 0, 0), (3, 0, 0), (4, 0, 1), (5, 0, 2), (43, 10, 30), (44, 10, 31)]
)
def test_fi_01_and_fi_03_grace_and_held_days_come_off_for_treatment(past_due, held, delinquent):
    """
    Delinquent days are past due less grace less held days, and never below zero.
    """
    assert delinquent_days(past_due, grace_days=3, held_days=held) == delinquent


def test_no_day_is_held_unless_somebody_says_so():
    """
    Ten days past due with three of grace are seven delinquent days.
    """
    assert delinquent_days(10, grace_days=3) == 7


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"grace_days": -1}, "grace_days"),
        ({"grace_days": 0, "held_days": -1}, "held_days"),
        ({"grace_days": 1.0}, "grace_days"),
    ],
)
def test_delinquent_days_take_whole_days(wrong, field):
    """
    Negative or fractional days are refused, each under its name.
    """
    with pytest.raises(InvalidValue) as refusal:
        delinquent_days(5, **wrong)
    assert (refusal.value.field, refusal.value.value) == (field, wrong[field])
    with pytest.raises(InvalidValue, match=r"^days_past_due") as refusal:
        delinquent_days(-1, grace_days=0)
    assert refusal.value.value == -1


@pytest.mark.parametrize(
    "wrong",
    [
        {"due_day_counts": 2},
        {"due_day_counts": True},
        {"due_day_counts": 1.0},
        {"payments": "after"},
        {"days": "working"},
        {"anchor": "newest"},
        {"basis": "posted"},
        {"grace_days": -1},
        {"grace_days": 367},
        {"grace_days": 1.5},
        {"name": ""},
        {"order": ()},
        {"order": (*STATUTORY_ORDER, Component.FEES)},
    ],
)
def test_a_convention_has_known_words_only(wrong):
    """
    A word or number that a convention does not have is refused by field, with those it has.
    """
    field = next(iter(wrong))
    with pytest.raises(InvalidValue) as refusal:
        AgeingConvention(**{"name": "x", **wrong})

    assert (refusal.value.field, refusal.value.value) == (field, wrong[field])


def test_the_longest_grace_is_a_year():
    """
    A grace of 0 to 366 days is accepted.
    """
    assert AgeingConvention(name="x", grace_days=366).grace_days == 366
    assert AgeingConvention(name="village") == VILLAGE


def test_the_order_of_components_is_the_statutory_one():
    """
    Civil Code of the PRC, article 561: costs, then interest, then principal; fees and penalty stand between.
    """
    assert [component.value for component in STATUTORY_ORDER] == ["costs", "fees", "penalty", "interest", "principal"]


def test_a_tolerance_is_an_amount_or_a_share_with_a_floor():
    """
    One per cent of 99.99 is 0.99, rounded down; a floor of 2.00 lifts it; without anything nothing is tolerated.
    """
    share = Rate("1%", per="once")

    assert Tolerance(amount=kes("5")).of(kes("120")) == kes("5")
    assert Tolerance(percent=share).of(kes("99.99")) == kes("0.99")
    assert Tolerance(percent=share, floor=kes("2")).of(kes("99.99")) == kes("2")
    assert Tolerance(percent=share, floor=kes("2")).of(kes("500")) == kes("5")
    assert Tolerance(percent=Rate("100%", per="once")).of(kes("7")) == kes("7")
    assert Tolerance(percent=Rate("0%", per="once")).of(kes("7")) == kes("0")
    assert NO_TOLERANCE.of(kes("120")) == kes("0")
    assert NO_TOLERANCE.is_none
    assert not Tolerance(amount=kes("0")).is_none


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"amount": kes("1"), "percent": Rate("1%", per="once")}, "percent"),
        ({"floor": kes("1")}, "floor"),
        ({"amount": kes("1"), "floor": kes("1")}, "floor"),
        ({"percent": Rate("1%")}, "percent"),
        ({"percent": Rate("101%", per="once")}, "percent"),
        ({"percent": Rate("-1%", per="once")}, "percent"),
        ({"amount": kes("-1")}, "amount"),
        ({"percent": Rate("1%", per="once"), "floor": kes("-1")}, "floor"),
    ],
)
def test_a_tolerance_that_cannot_be_is_refused(wrong, field):
    """
    Both ways at once, a lone floor, a yearly rate, a share above one and negative amounts are refused.
    """
    with pytest.raises(InvalidValue) as refusal:
        Tolerance(**wrong)

    assert (refusal.value.field, refusal.value.value) == (field, wrong[field])


def test_a_tolerance_is_of_the_loans_currency():
    """
    Five shillings say nothing of an instalment in yuan.
    """
    with pytest.raises(CurrencyMismatch):
        Tolerance(amount=kes("5")).of(Money("120", "CNY"))
