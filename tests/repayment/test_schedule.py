"""
Rows, schedules, and the terms that they are made of.
"""

from __future__ import annotations

import copy
import datetime as dt
import pickle

import attrs
import pytest

from overdue_visit.errors import InvalidValue
from overdue_visit.money import CurrencyMismatch, Money, Rounding
from overdue_visit.rate import Rate
from overdue_visit.repayment import periods
from overdue_visit.repayment.flows import Flow
from overdue_visit.repayment.row import MinorRow, Row, rows_of
from overdue_visit.repayment.schedule import Schedule
from overdue_visit.repayment.terms import Terms

DRAWN = dt.date(2026, 1, 31)


def cny(amount: str) -> Money:
    """
    Return yuan.
    """
    return Money(amount, "CNY")


def a_row(**changes: object) -> Row:
    """
    Make a row of 10.00: 2.00 interest, 7.00 principal, 0.50 fee, 0.50 penalty.
    """
    cells = {
        "number": 1,
        "due": dt.date(2026, 2, 28),
        "payment": cny("10.00"),
        "interest": cny("2.00"),
        "principal": cny("7.00"),
        "fee": cny("0.50"),
        "penalty": cny("0.50"),
        "capitalised": cny("1.00"),
        "balance": cny("94.00"),
    }
    return Row.of(**{**cells, **changes})


def test_a_row_gives_money_and_plain_numbers():
    """
    Each cell is Money on access; the same row is whole minor units beside.
    """
    row = a_row()

    amounts = (row.payment, row.interest, row.principal, row.fee, row.penalty, row.capitalised, row.balance)
    assert amounts == tuple(map(cny, ("10.00", "2.00", "7.00", "0.50", "0.50", "1.00", "94.00")))
    assert row.minor == MinorRow(1, dt.date(2026, 2, 28), 1000, 200, 700, 50, 50, 100, 9400)
    assert (row.number, row.due, row.currency) == (1, dt.date(2026, 2, 28), "CNY")
    assert repr(row).startswith("Row(1, 2026-02-28, CNY minor units: payment=1000, interest=200")


def test_a_row_survives_a_pickle_and_a_copy():
    """
    A row is a value: equal after a round trip, of the same class, and hashable.
    """
    row = a_row()

    for twin in (pickle.loads(pickle.dumps(row)), copy.deepcopy(row), copy.copy(row)):
        assert twin == row
        assert type(twin) is Row
        assert hash(twin) == hash(row)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"payment": cny("10.01")}, "payment"),
        ({"number": 0}, "number"),
        ({"number": True}, "number"),
        ({"due": dt.datetime(2026, 2, 28)}, "due"),
        ({"interest": 2}, "amount"),
        ({"fee": Money("0.50", "EUR")}, "currency"),
    ],
)
def test_a_row_that_does_not_add_up_is_refused(changes, field):
    """
    The payment is the sum of its parts, in one currency.
    """
    with pytest.raises(InvalidValue) as refusal:
        a_row(**changes)

    assert refusal.value.field == field


def test_rows_made_in_bulk_are_the_rows_made_one_by_one():
    """
    Columns become the same rows, numbered from 1; missing columns are zero.
    """
    dues = periods.months_after(DRAWN, 2)

    rows = rows_of("CNY", dues, payments=[60, 51], interests=[10, 1], principals=[50, 50], balances=[50, 0])

    minor = Money.from_minor
    assert rows[1] == Row.of(
        number=2,
        due=dues[1],
        payment=minor(51, "CNY"),
        interest=minor(1, "CNY"),
        principal=minor(50, "CNY"),
        balance=minor(0, "CNY"),
    )
    assert [row.number for row in rows] == [1, 2]


def test_a_schedule_adds_up_its_columns():
    """
    Totals are the sums of the rows, the cost is what is paid above what was owed, and flows are the payments.
    """
    dues = periods.months_after(DRAWN, 3)
    columns = {"payments": [0, 62, 55], "interests": [0, 10, 3], "principals": [0, 50, 50], "fees": [0, 1, 1]}
    rows = rows_of("CNY", dues, **columns, penalties=[0, 1, 1], capitalised=[5, 0, 0], balances=[105, 55, 5])

    schedule = Schedule(kind="own", currency="CNY", drawn=DRAWN, opening=cny("1.00"), rows=rows)

    assert schedule.total_paid == cny("1.17")
    assert schedule.total_interest == cny("0.13")
    assert schedule.total_fees == cny("0.02")
    assert schedule.total_penalty == cny("0.02")
    assert schedule.total_capitalised == cny("0.05")
    assert (schedule.left, schedule.last_due) == (cny("0.05"), dues[2])
    assert schedule.cost == cny("0.22")
    assert schedule.flows() == (Flow(dues[1], cny("0.62")), Flow(dues[2], cny("0.55")))
    assert schedule.instalment is None
    assert pickle.loads(pickle.dumps(schedule)) == schedule


def test_a_schedule_without_rows_leaves_all_that_was_owed():
    """
    Nothing is paid, nothing is due, the opening balance is left.
    """
    empty = Schedule(kind="own", currency="CNY", drawn=DRAWN, opening=cny("1.00"), rows=())

    assert (empty.left, empty.last_due, empty.total_paid) == (cny("1.00"), DRAWN, cny("0.00"))


TERMS = Terms(principal=cny("1000.00"), rate=Rate("12%"), drawn=DRAWN, dues=periods.months_after(DRAWN, 12))


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"principal": cny("0.00")}, "principal"),
        ({"principal": cny("-5.00")}, "principal"),
        ({"principal": 1000}, "principal"),
        ({"rate": Rate("-1%")}, "rate"),
        ({"rate": Rate("1%", per="once")}, "rate"),
        ({"rate": 0.12}, "rate"),
        ({"drawn": dt.datetime(2026, 1, 31)}, "drawn"),
        ({"drawn": dt.date(2026, 2, 28)}, "dues"),
        ({"dues": ()}, "dues"),
        ({"dues": [dt.date(2026, 2, 28)]}, "dues"),
        ({"dues": (dt.date(2026, 3, 1), dt.date(2026, 3, 1))}, "dues"),
        ({"dues": (dt.date(2026, 3, 1), dt.date(2026, 2, 1))}, "dues"),
        ({"dues": (dt.datetime(2026, 3, 1),)}, "dues"),
        ({"day_count": "30/360"}, "day_count"),
        ({"rounding": "half_up"}, "rounding"),
        ({"instalment_rounding": None}, "instalment_rounding"),
        ({"unit": 0}, "unit"),
        ({"unit": True}, "unit"),
        ({"residue": "middle"}, "residue"),
        ({"last_payment": "any"}, "last_payment"),
        ({"merge_below": cny("-1.00")}, "merge_below"),
        ({"merge_below": 5}, "merge_below"),
        ({"fee": cny("-1.00")}, "fee"),
        ({"compounding": 0}, "compounding"),
        ({"compounding": 2.0}, "compounding"),
        ({"compounding": 2, "rate": Rate("1%", per="month")}, "rate"),
    ],
)
def test_terms_that_no_loan_can_have_are_refused(changes, field):
    """
    The refusal names the field and says what would be accepted.
    """
    with pytest.raises(InvalidValue) as refusal:
        attrs.evolve(TERMS, **changes)

    assert refusal.value.field == field
    assert refusal.value.accepted


@pytest.mark.parametrize("field", ["merge_below", "fee"])
def test_terms_are_in_one_currency(field):
    """
    A fee in euros cannot be paid with yuan.
    """
    with pytest.raises(CurrencyMismatch) as refusal:
        attrs.evolve(TERMS, **{field: Money("1.00", "EUR")})

    assert refusal.value.field == field


def test_terms_are_a_value_with_the_documented_defaults():
    """
    Whole months, half up, minor units, residue last; equal after a pickle, hashable.
    """
    twin = pickle.loads(pickle.dumps(TERMS))

    assert twin == TERMS
    assert hash(twin) == hash(TERMS)
    assert TERMS.day_count.name == "30/360 months"
    assert (TERMS.rounding, TERMS.instalment_rounding) == (Rounding.HALF_UP, Rounding.HALF_UP)
    assert (TERMS.unit, TERMS.residue, TERMS.last_payment, TERMS.currency) == (1, "last", "nearest", "CNY")
