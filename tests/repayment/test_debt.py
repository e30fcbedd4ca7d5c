"""
What a borrower owes on one day, as plain values.
"""

import copy
import datetime as dt
import pickle

import attrs
import pytest
from hypothesis import given

from overdue_visit.errors import InvalidValue
from overdue_visit.money import CurrencyMismatch, Money
from overdue_visit.rate import Rate
from overdue_visit.repayment.debt import Debt, Part
from overdue_visit.repayment.flows import Flow
from tests.repayment.arrears import debts

ON = dt.date(2026, 3, 1)


def yuan(amount):
    """
    Take an amount in yuan.
    """
    return Money(amount, "CNY")


def debt(**changed):
    """
    Make a debt of two instalments to come and one in arrears, changed as told.
    """
    given_values = {
        "on": ON,
        "principal_not_due": yuan("1000.00"),
        "arrears": (Part("interest", yuan("20.00")), Part("principal", yuan("480.00"))),
        "running": (Flow(dt.date(2026, 4, 1), yuan("505.00")), Flow(dt.date(2026, 5, 1), yuan("505.00"))),
        "rate": Rate("12%"),
    }
    return Debt(**(given_values | changed))


def test_arrears_principal_and_the_balance_add_up():
    """
    What is owed is the arrears, the principal still to come and the interest accrued on it.
    """
    found = debt(accrued=yuan("3.00"))

    assert found.in_arrears == yuan("500.00")
    assert found.principal == yuan("1480.00")
    assert found.interest == yuan("23.00")
    assert found.owed == yuan("1503.00")
    assert found.last_due == dt.date(2026, 5, 1)
    assert found.due("fees") == yuan("0.00")


def test_the_contract_demands_arrears_at_once_and_the_rest_as_agreed():
    """
    The flows as agreed begin with all arrears on the day of the figures.
    """
    assert debt().agreed[0] == Flow(ON, yuan("500.00"))
    assert debt(arrears=()).agreed == debt().running


@given(debts())
def test_a_debt_survives_pickling_copying_and_hashing(found):
    """
    A debt is a plain value.
    """
    assert pickle.loads(pickle.dumps(found)) == found == copy.deepcopy(found)
    assert hash(found) == hash(copy.deepcopy(found))


def test_a_loss_is_measured_at_the_contracts_rate_compounded_monthly_unless_told_otherwise():
    """
    12 % a year is 1 % a month; an effective rate that is given is taken as it is.
    """
    assert debt().effective == Rate("1%", per="month")
    assert debt(rate=Rate("0.05%", per="day")).effective == Rate("0.05%", per="day")
    assert debt(effective_rate=Rate("13%")).effective == Rate("13%")


def test_a_waiver_lowers_what_is_due_of_its_component():
    """
    What is waived in full is no longer named.
    """
    found = debt().less([Part("interest", yuan("20.00")), Part("principal", yuan("80.00"))])

    assert found.arrears == (Part("principal", yuan("400.00")),)


@pytest.mark.parametrize(
    ("waived", "field"),
    [
        ([Part("interest", yuan("20.01"))], "interest"),
        ([Part("fees", yuan("0.01"))], "fees"),
        ([Part("interest", yuan("1.00")), Part("interest", yuan("1.00"))], "component"),
    ],
)
def test_no_more_is_waived_than_is_due(waived, field):
    """
    A waiver above what is due of its component, or naming one twice, is refused.
    """
    with pytest.raises(InvalidValue) as refusal:
        debt().less(waived)

    assert refusal.value.field == field


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"on": dt.datetime(2026, 3, 1)}, "on"),
        ({"principal_not_due": 1000}, "principal_not_due"),
        ({"principal_not_due": yuan("-1.00")}, "principal_not_due"),
        ({"principal_not_due": yuan("1010.01")}, "running"),
        ({"rate": Rate("12%", per="once")}, "rate"),
        ({"rate": Rate("-1%")}, "rate"),
        ({"rate": 0.12}, "rate"),
        ({"arrears": (Part("fees", yuan("1.00")), Part("fees", yuan("1.00")))}, "arrears"),
        ({"running": (Flow(ON, yuan("1005.00")), Flow(ON, yuan("5.00")))}, "running"),
        ({"running": (Flow(ON - dt.timedelta(days=1), yuan("1010.00")),)}, "running"),
        ({"running": (Flow(ON, yuan("-1.00")), Flow(dt.date(2026, 5, 1), yuan("1010.00")))}, "running"),
        ({"principal_not_due": yuan("0.00"), "arrears": (), "running": ()}, "arrears"),
        ({"accrued": 3}, "accrued"),
    ],
)
def test_a_malformed_debt_is_refused_by_the_field_that_is_wrong(changed, field):
    """
    Times for dates, floats, falling or doubled dates, and instalments that repay too little are named.
    """
    with pytest.raises(InvalidValue) as refusal:
        debt(**changed)

    assert refusal.value.field == field


@pytest.mark.parametrize(
    "changed",
    [
        {"arrears": (Part("fees", Money("1.00", "EUR")),)},
        {"running": (Flow(dt.date(2026, 5, 1), Money("1010.00", "EUR")),)},
        {"accrued": Money("1.00", "EUR")},
    ],
)
def test_currencies_do_not_mix(changed):
    """
    All amounts of a debt have one currency.
    """
    with pytest.raises(CurrencyMismatch):
        debt(**changed)


@pytest.mark.parametrize(("component", "amount"), [("tax", yuan("1.00")), ("fees", yuan("-1.00")), ("fees", 1.5)])
def test_a_part_is_a_known_component_and_at_least_zero(component, amount):
    """
    Unknown components, negative amounts and floats are refused.
    """
    with pytest.raises(InvalidValue):
        Part(component, amount)


def test_a_part_is_a_value():
    """
    A component may be written as a word.
    """
    assert attrs.astuple(Part("fees", yuan("1.00")), recurse=False) == ("fees", yuan("1.00"))


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"day_count": "act/360"}, "day_count"),
        ({"accrued": yuan("-1.00")}, "accrued"),
        ({"effective_rate": 0.05}, "effective_rate"),
        ({"effective_rate": Rate("5%", "once")}, "effective_rate"),
        ({"arrears": "all"}, "arrears"),
        ({"running": (yuan("505.00"),)}, "running"),
    ],
)
def test_a_debt_names_what_is_wrong_when_it_is_made(changes, field):
    """
    A value of the wrong sort is refused with its field, and not found out by a plan made of it later.
    """
    with pytest.raises(InvalidValue) as refusal:
        debt(**changes)

    assert refusal.value.field == field


def test_the_dates_ahead_leave_today_out():
    """
    An instalment that falls due today is still to come, but a schedule made anew today begins after it.
    """
    today = Flow(ON, yuan("505.00"))
    later = Flow(dt.date(2026, 4, 1), yuan("505.00"))

    assert debt(running=(today, later)).dates_ahead == (later.on,)
