import copy
import datetime as dt
import pickle
from fractions import Fraction

import pytest

from overdue_visit.errors import InvalidValue
from overdue_visit.money import CurrencyMismatch, Money
from overdue_visit.repayment.flows import Flow, TimedFlow, currency_of, timed, years_of_365_days

DAY = dt.date(2026, 3, 1)


def test_a_flow_refuses_a_datetime():
    """
    A flow is on a date; a datetime hides a zone and is refused.
    """
    with pytest.raises(InvalidValue) as refusal:
        Flow(dt.datetime(2026, 3, 1, 8, 0), Money("1.00", "CNY"))

    assert refusal.value.field == "on"


@pytest.mark.parametrize("amount", [1, 1.5, "1.00", None])
def test_a_flow_refuses_what_is_not_money(amount):
    """
    A bare number has no currency and is refused.
    """
    with pytest.raises(InvalidValue) as refusal:
        Flow(DAY, amount)

    assert refusal.value.field == "amount"


@pytest.mark.parametrize("years", [0.5, True, "1/12", None])
def test_a_timed_flow_refuses_inexact_years(years):
    """
    Years are a whole number or a fraction; floats and texts are refused.
    """
    with pytest.raises(InvalidValue) as refusal:
        TimedFlow(years, Money("1.00", "CNY"))

    assert refusal.value.field == "years"


def test_flows_are_plain_values():
    """
    A flow is equal to its copies and can be a key.
    """
    flow = Flow(DAY, Money("1.00", "CNY"))

    assert {flow: 1}[pickle.loads(pickle.dumps(flow))] == 1
    assert copy.deepcopy(flow) == flow


def test_flows_of_two_currencies_are_refused():
    """
    A series of flows has one currency.
    """
    flows = [Flow(DAY, Money("1.00", "CNY")), Flow(DAY, Money("1.00", "KES"))]

    with pytest.raises(CurrencyMismatch):
        currency_of(flows)


def test_no_flows_are_refused():
    """
    Without a flow there is no currency.
    """
    with pytest.raises(InvalidValue):
        currency_of([])


def test_time_is_counted_in_years_of_365_days():
    """
    A leap year is 366/365 of a year unless another measure is given.
    """
    flows = [Flow(dt.date(2025, 3, 1), Money("1.00", "CNY")), Flow(dt.date(2024, 2, 1), Money("2.00", "CNY"))]

    placed = timed(flows, since=dt.date(2024, 3, 1))

    assert placed == (
        TimedFlow(Fraction(1), Money("1.00", "CNY")),
        TimedFlow(Fraction(-29, 365), Money("2.00", "CNY")),
    )
    assert years_of_365_days(dt.date(2024, 1, 1), dt.date(2025, 1, 1)) == Fraction(366, 365)
