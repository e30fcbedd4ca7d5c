"""
Schedules and payments for other programs: what is written reads back the same.
"""

import csv
import datetime as dt
import io
import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from overdue_visit.errors import InvalidValue
from overdue_visit.money import CurrencyMismatch, Money
from overdue_visit.repayment.export import (
    flow_records,
    flows_from_json,
    flows_to_json,
    schedule_from_json,
    schedule_records,
    schedule_to_json,
    to_csv,
)
from overdue_visit.repayment.flows import Flow
from overdue_visit.repayment.row import rows_of
from overdue_visit.repayment.schedule import Schedule

minors = st.integers(0, 10**15)
days = st.dates(dt.date(1990, 1, 1), dt.date(2090, 1, 1))
currencies = st.sampled_from(["CNY", "JPY", "KWD", "UYW"])


@st.composite
def schedules(draw):
    """
    Draw a schedule of any currency, with every kind of amount.
    """
    currency = draw(currencies)
    dues = sorted(draw(st.sets(days, max_size=6)))
    parts = [[draw(minors) for _ in dues] for _ in range(6)]
    interests, principals, fees, penalties, capitalised, balances = parts
    payments = [sum(each) for each in zip(*parts[:4], strict=True)]
    return Schedule(
        kind=draw(st.sampled_from(["level", "stepped", "一次还本付息"])),
        currency=currency,
        drawn=draw(days),
        opening=Money.from_minor(draw(minors), currency),
        instalment=draw(st.none() | minors.map(lambda minor: Money.from_minor(minor, currency))),
        rows=rows_of(
            currency,
            dues,
            payments=payments,
            interests=interests,
            principals=principals,
            balances=balances,
            fees=fees,
            penalties=penalties,
            capitalised=capitalised,
        ),
    )


ONE_ROW = Schedule(
    kind="bullet",
    currency="KWD",
    drawn=dt.date(2026, 1, 1),
    opening=Money("1000.000", "KWD"),
    rows=rows_of(
        "KWD",
        [dt.date(2026, 7, 1)],
        payments=[1_030_005],
        interests=[30_005],
        principals=[1_000_000],
        balances=[0],
    ),
)


@given(schedule=schedules())
def test_a_schedule_reads_back_the_same(schedule):
    """
    Written as JSON and read again, a schedule is equal, and so is what it writes.
    """
    text = schedule_to_json(schedule)

    read = schedule_from_json(text)

    assert read == schedule
    assert schedule_to_json(read) == text


@given(flows=st.lists(st.builds(lambda on, minor: Flow(on, Money.from_minor(minor, "UYW")), days, minors), min_size=1))
def test_payments_read_back_the_same(flows):
    """
    Dated payments written as JSON and read again are equal, in their order.
    """
    assert flows_from_json(flows_to_json(flows)) == tuple(flows)


@given(schedule=schedules())
def test_no_amount_is_a_number_in_json(schedule):
    """
    Only the rows' numbers are JSON numbers; amounts are strings, so no reader makes floats of them.
    """
    numbers = []
    json.loads(schedule_to_json(schedule), parse_int=numbers.append, parse_float=pytest.fail)

    assert numbers == [str(row.number) for row in schedule.rows]


@given(schedule=schedules())
def test_records_hold_the_exact_amounts(schedule):
    """
    A record has each amount as the decimal that the row has.
    """
    for row, record in zip(schedule.rows, schedule_records(schedule), strict=True):
        assert (record["number"], record["due"], record["currency"]) == (row.number, row.due, schedule.currency)
        assert record["payment"] == row.payment.decimal
        assert record["balance"] == row.balance.decimal
        assert record["payment"] == sum(record[code] for code in ("interest", "principal", "fee", "penalty"))


def test_csv_has_a_line_for_each_row():
    """
    Codes first, then rows: ISO dates and plain decimals, without separators.
    """
    assert to_csv(schedule_records(ONE_ROW)) == (
        "number,due,payment,interest,principal,fee,penalty,capitalised,balance,currency\r\n"
        "1,2026-07-01,1030.005,30.005,1000.000,0.000,0.000,0.000,0.000,KWD\r\n"
    )


@given(flows=st.lists(st.builds(lambda on, minor: Flow(on, Money.from_minor(minor, "JPY")), days, minors), min_size=1))
def test_csv_reads_back_the_same(flows):
    """
    A CSV reader gets every date and amount again.
    """
    rows = list(csv.DictReader(io.StringIO(to_csv(flow_records(flows)), newline="")))

    read = [Flow(dt.date.fromisoformat(row["on"]), Money(row["amount"], row["currency"])) for row in rows]
    assert read == flows


def test_a_value_that_is_missing_is_an_empty_cell():
    """
    None is nothing in CSV, and words with commas are quoted.
    """
    assert to_csv([{"plan": "a, b", "interest": None, "more": Decimal("1E+2")}]) == (
        'plan,interest,more\r\n"a, b",,100\r\n'
    )


def changed(**fields):
    """
    Write a schedule's JSON with some fields changed; ``...`` leaves one out.
    """
    found = json.loads(schedule_to_json(ONE_ROW)) | fields
    return json.dumps({name: value for name, value in found.items() if value is not ...})


def changed_row(**fields):
    """
    Write a schedule's JSON with fields of its row changed.
    """
    row = json.loads(schedule_to_json(ONE_ROW))["rows"][0] | fields
    return changed(rows=[{name: value for name, value in row.items() if value is not ...}])


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("", "json"),
        (None, "json"),
        ("[" * 100_000, "json"),
        ("[]", "schedule"),
        (changed(format="overdue_visit.schedule/9"), "format"),
        (changed(kind=1), "kind"),
        (changed(kind=...), "schedule"),
        (changed(extra=1), "schedule"),
        (changed(currency="ZZZ"), "currency"),
        (changed(currency=None), "currency"),
        (changed(drawn="1 May"), "drawn"),
        (changed(drawn=20260501), "drawn"),
        (changed(opening=1000), "amount"),
        (changed(opening=1000.5), "json"),
        (changed(opening="1e3"), "amount"),
        (changed(instalment="1.0001"), "amount"),
        (changed(rows={}), "rows"),
        (changed(rows=[1]), "row"),
        (changed_row(fee=...), "row"),
        (changed_row(number=True), "number"),
        (changed_row(number=0), "number"),
        (changed_row(due=None), "due"),
        (changed_row(fee="0.001"), "payment"),
        ('{"a": NaN}', "json"),
    ],
)
def test_what_is_no_schedule_is_refused(text, field):
    """
    Text that is no such schedule is refused by the field that is wrong.
    """
    with pytest.raises(InvalidValue) as refusal:
        schedule_from_json(text)

    assert refusal.value.field == field


@pytest.mark.parametrize(
    ("make", "field"),
    [
        (lambda: flows_to_json([]), "flows"),
        (lambda: flows_from_json(schedule_to_json(ONE_ROW)), "flows"),
        (lambda: flows_from_json('{"format": "x", "currency": "CNY", "flows": []}'), "format"),
        (lambda: to_csv([]), "records"),
        (lambda: to_csv([{"a": 1}, {"b": 1}]), "records"),
    ],
)
def test_bad_values_are_named(make, field):
    """
    A malformed value is refused by its name.
    """
    with pytest.raises(InvalidValue) as refusal:
        make()

    assert refusal.value.field == field


def test_currencies_never_mix():
    """
    Payments of two currencies are not written together.
    """
    flows = [Flow(dt.date(2026, 1, 1), Money("1", code)) for code in ("CNY", "USD")]
    with pytest.raises(CurrencyMismatch):
        flows_to_json(flows)


@pytest.mark.parametrize("day", ["20260101", "2026-W01-1", "2026-1-1"])
def test_a_date_has_one_spelling(day):
    """
    Weeks and dates without hyphens, which Python would read, are refused: what is written back would differ.
    """
    text = json.dumps({"format": "overdue_visit.flows/1", "currency": "CNY", "flows": [{"on": day, "amount": "1.00"}]})

    with pytest.raises(InvalidValue, match="ISO 8601"):
        flows_from_json(text)


def test_a_number_too_long_to_read_is_refused_like_other_text():
    """
    Ten thousand digits are no schedule, and no other error than a text that is no JSON.
    """
    with pytest.raises(InvalidValue, match="JSON text"):
        schedule_from_json('{"format": ' + "9" * 10_000 + "}")
