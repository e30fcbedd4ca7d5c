"""
Plans side by side, in the same figures.
"""

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from overdue_visit.errors import InvalidValue
from overdue_visit.money import CurrencyMismatch, Money
from overdue_visit.rate import Rate
from overdue_visit.repayment.compare import compare, flows_of
from overdue_visit.repayment.debt import Debt, Part
from overdue_visit.repayment.equal_principal import equal_principal
from overdue_visit.repayment.flows import Flow
from overdue_visit.repayment.kinds.waive import Waive, waive
from overdue_visit.repayment.level import level
from overdue_visit.repayment.terms import Terms

DRAWN = dt.date(2026, 1, 5)
TERMS = Terms(
    principal=Money("12000", "CNY"),
    rate=Rate("7.2%"),
    drawn=DRAWN,
    dues=tuple(dt.date(2026, month, 5) for month in range(2, 8)),
)

TABLE = """\
Amounts in CNY
                               level  equal principal
------------------------  ----------  ---------------
Payments                           6                6
First payment             2026-02-05       2026-02-05
Last payment              2026-07-05       2026-07-05
Months                             6                6
Largest payment             2,042.21         2,072.00
Smallest payment            2,042.21         2,012.00
Paid in all                12,253.26        12,252.00
More than the first plan        0.00            -1.26
Interest                      253.26           252.00
"""


def flows(*pairs):
    """
    Write dated payments: day of the year and fen.
    """
    return tuple(Flow(DRAWN + dt.timedelta(days=day), Money.from_minor(minor, "CNY")) for day, minor in pairs)


def test_two_schedules_side_by_side():
    """
    Equal principal begins higher and costs less than level instalments (等额本息 against 等额本金).
    """
    comparison = compare({"level": level(TERMS), "equal principal": equal_principal(TERMS)}, since=DRAWN)

    assert comparison.table().text() == TABLE


def test_the_same_figures_in_chinese():
    """
    Headings and dates are the reader's; the figures are the same.
    """
    table = compare({"甲": level(TERMS), "乙": equal_principal(TERMS)}, since=DRAWN).table(language="zh")

    assert table.rows[1] == ("首次还款日", "2026年2月5日", "2026年2月5日")
    assert table.rows[6] == ("还款总额", "12,253.26", "12,252.00")


def test_a_plan_for_arrears_beside_plain_payments():
    """
    A waiver says what it forgives and what interest it adds; plain payments cannot, and say so.
    """
    debt = Debt(
        on=DRAWN,
        principal_not_due=Money.zero("CNY"),
        arrears=[Part("penalty", Money("20", "CNY")), Part("principal", Money("100", "CNY"))],
        rate=Rate("6%"),
    )
    relief = waive(debt, Waive(forgiven=[Part("penalty", Money("20", "CNY"))]))

    comparison = compare({"waiver": relief, "offer": flows((0, 6000), (40, 7000))}, since=DRAWN)

    rows = {row[0]: row[1:] for row in comparison.table().rows}
    assert rows["Forgiven"] == ("20.00", "none")
    assert rows["Paid in all"] == ("100.00", "130.00")
    assert rows["More than the first plan"] == ("0.00", "30.00")
    assert rows["Months"] == ("0", "2")
    assert "Interest" not in rows


def test_records_are_exact_values():
    """
    A data frame gets dates, whole numbers and decimals; what a plan does not tell is None.
    """
    record = compare({"a": flows((9, 100)), "b": flows((9, 101))}, since=DRAWN).records()[1]

    assert record["more"] == Decimal("0.01")
    assert (record["plan"], record["first_due"], record["payments"]) == ("b", dt.date(2026, 1, 14), 1)
    assert record["interest"] is None


plans = st.lists(st.tuples(st.integers(0, 900), st.integers(0, 10**9)), min_size=1, max_size=9).filter(
    lambda pairs: any(minor for _, minor in pairs)
)


@given(one=plans, other=plans)
def test_figures_are_those_of_the_payments(one, other):
    """
    Count, sum, largest, smallest and dates are of the payments that ask for something, in any order given.
    """
    found = compare({"a": flows(*one), "b": flows(*other)}, since=DRAWN).plans

    for pairs, plan in zip((one, other), found, strict=True):
        asked = [(day, minor) for day, minor in pairs if minor]
        assert plan.payments == len(asked)
        assert plan.total_paid.minor == sum(minor for _, minor in asked)
        assert (plan.smallest.minor, plan.largest.minor) == (min(m for _, m in asked), max(m for _, m in asked))
        assert plan.first_due == DRAWN + dt.timedelta(days=min(day for day, _ in asked))
        assert plan.last_due == DRAWN + dt.timedelta(days=max(day for day, _ in asked))
        assert plan.months * 31 >= (plan.last_due - DRAWN).days
        assert plan.more.minor == plan.total_paid.minor - sum(minor for _, minor in one)


@pytest.mark.parametrize(
    ("make", "field"),
    [
        (lambda: compare({"a": flows((1, 1))}, since=DRAWN), "plans"),
        (lambda: compare({"a": flows((1, 1)), "": flows((1, 1))}, since=DRAWN), "plans"),
        (lambda: compare({"a": flows((1, 1)), "b": ()}, since=DRAWN), "plan"),
        (lambda: compare({"a": flows((1, 1)), "b": flows((1, 0))}, since=DRAWN), "plan"),
        (lambda: compare({"a": flows((1, 1)), "b": flows((1, 2), (2, -1))}, since=DRAWN), "plan"),
        (lambda: compare({"a": flows((1, 1)), "b": 12}, since=DRAWN), "plan"),
        (lambda: compare({"a": flows((1, 1)), "b": [Money("1", "CNY")]}, since=DRAWN), "plan"),
        (lambda: compare({"a": flows((1, 1)), "b": flows((-1, 1))}, since=DRAWN), "since"),
        (lambda: compare({"a": flows((1, 1)), "b": flows((1, 1))}, since=dt.datetime(2026, 1, 1)), "since"),
        (lambda: compare({"a": flows((1, 1)), "b": flows((1, 1))}, since=DRAWN).table(language="fr"), "language"),
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
    Plans of two currencies are not compared, nor one plan with two.
    """
    dollars = (Flow(DRAWN, Money("1", "USD")),)
    with pytest.raises(CurrencyMismatch):
        compare({"a": flows((1, 1)), "b": dollars}, since=DRAWN)
    with pytest.raises(CurrencyMismatch):
        flows_of((*flows((1, 1)), *dollars))
