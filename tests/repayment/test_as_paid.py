"""
Whole schedules as loans were paid or changed: late, early, rescheduled, re-aged, re-amortised.
"""

import datetime as dt
import math
from fractions import Fraction

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from overdue_visit.errors import InvalidValue
from overdue_visit.money import Money
from overdue_visit.rate import Rate
from overdue_visit.repayment import periods
from overdue_visit.repayment.as_paid import overdue, prepaid
from overdue_visit.repayment.caught_up import Past, re_aged, re_amortised
from overdue_visit.repayment.day_count_actual import ACT_365F
from overdue_visit.repayment.flows import Flow
from overdue_visit.repayment.kinds.shape import level_by_first_period
from overdue_visit.repayment.level import level
from overdue_visit.repayment.reschedule import Change, reschedule
from tests.repayment.arrears import loan

few = settings(max_examples=25)
loans = st.builds(
    loan,
    st.integers(50_000, 10**8),
    st.sampled_from(["0", "3%", "7%", "12%", "24%"]),
    st.integers(2, 24),
    drawn=st.dates(dt.date(2020, 1, 1), dt.date(2030, 1, 1)),
)
YEAR = loan(1_200_000, "12%", 12)
SMALL = loan(10_000, "7%", 6, drawn=dt.date(2024, 1, 1))


def yuan(amount):
    """
    Take an amount in yuan.
    """
    return Money(amount, "CNY")


def as_agreed(terms):
    """
    Pay every row on its due date.
    """
    return level(terms).flows()


def columns(schedule):
    """
    Take interest and principal of every row.
    """
    return [(row.minor.interest, row.minor.principal) for row in schedule.rows]


@few
@given(loans, st.booleans())
def test_a_loan_paid_on_time_keeps_its_schedule(terms, at_due_dates):
    """
    Paid on the due dates, neither lateness nor early payment changes a row.
    """
    agreed = level(terms)

    assert columns(overdue(terms, as_agreed(terms), at_due_dates=at_due_dates)) == columns(agreed)
    assert columns(prepaid(terms, as_agreed(terms), keep="instalment")) == columns(agreed)
    assert columns(prepaid(terms, as_agreed(terms), keep="term")) == columns(agreed)


@few
@given(loans)
def test_with_nothing_paid_interest_runs_on_the_whole_principal(terms):
    """
    Every row bears interest on all that was lent, as exact fractions say, and the last row takes the shortfall.
    """
    found = overdue(terms, (), as_of=terms.dues[-1])

    exact = Fraction(terms.principal.minor) * terms.rate.fraction / 12
    assert {row.minor.interest for row in found.rows} == {math.floor(exact + Fraction(1, 2))}
    assert found.left.minor == 0
    assert sum(row.minor.principal for row in found.rows) == terms.principal.minor


def test_three_weeks_into_a_period_overdue_principal_bears_three_weeks_more():
    """
    100.00 at 7 %, unpaid on 15 March: the third row bears 67.14 for a month and the 32.86 overdue for 14 of 31 days.
    """
    found = overdue(SMALL, (), as_of=dt.date(2024, 3, 15))

    assert [row.minor.interest for row in found.rows[:4]] == [58, 58, 48, 30]


@few
@given(loans, st.integers(0, 40))
def test_paying_later_never_costs_less(terms, days):
    """
    The interest of a loan whose first instalment comes later is not smaller, but for the rounding of a split period.
    """
    instalment = level(terms).rows[0].payment
    first = terms.dues[0]

    soon = overdue(terms, [Flow(first, instalment)])
    late = overdue(terms, [Flow(first + dt.timedelta(days=days), instalment)])

    assert late.total_interest.minor >= soon.total_interest.minor - 1


def test_late_payments_may_count_on_due_dates_only():
    """
    A payment four days late lowers the balance on the next due date: the second row bears interest on 5,000.00.
    """
    terms = attrs.evolve(loan(500_000, "12%", 6, drawn=dt.date(2022, 11, 1)), day_count=ACT_365F, unit=100)
    late = [Flow(dt.date(2022, 12, 5), yuan("862.00"))]

    by_day = overdue(terms, late, shape=level_by_first_period)
    by_due_date = overdue(terms, late, at_due_dates=True, shape=level_by_first_period)

    assert by_day.rows[1].interest == yuan("43.75")
    assert by_due_date.rows[1].interest == yuan("50.96")


FINERACT = attrs.evolve(loan(500_000, "12%", 6, drawn=dt.date(2022, 11, 1)), day_count=ACT_365F, unit=100)


def test_money_that_is_not_due_yet_repays_principal_at_once():
    """
    200.00 four days early leaves 4,800.00 to bear interest for them: 49.05 (Apache Fineract, LoanRepayment RP06).
    """
    early = [Flow(dt.date(2022, 11, 27), yuan("200.00"))]

    for found in (
        overdue(FINERACT, early, shape=level_by_first_period),
        prepaid(FINERACT, early, keep="term", shape=level_by_first_period),
    ):
        assert columns(found)[:2] == [(4905, 81295), (4267, 81933)]
        assert found.total_interest == yuan("175.21")


def test_a_late_payment_of_more_than_is_due_saves_interest_from_its_day():
    """
    1,500.00 four days late: 862.00 was due, 638.00 repay principal from that day on: 38.09 (LoanRepayment RP10).
    """
    found = overdue(FINERACT, [Flow(dt.date(2022, 12, 5), yuan("1500.00"))], shape=level_by_first_period)

    assert columns(found)[1:3] == [(3809, 82391), (3428, 82772)]
    assert found.total_interest == yuan("170.74")


def test_more_than_an_instalment_paid_early_is_principal_and_the_interest_comes_on_top():
    """
    863.00 on 27 November is all principal; the first row collects 48.18 of interest besides (LoanRepayment RP03).
    """
    paid = [Flow(dt.date(2022, 11, 27), yuan("863.00"))]

    found = prepaid(FINERACT, paid, keep="instalment", shape=level_by_first_period)

    assert columns(found)[0] == (4818, 86300)
    assert found.rows[0].payment == yuan("911.18")


def test_reckoned_once_a_period_earlier_rows_stay_as_agreed():
    """
    Nothing paid until 1 February: the second row keeps its 42.68, the third bears 50.96 (LoanRepayment RP15).
    """
    late = [Flow(dt.date(2023, 2, 1), yuan("862.00"))]

    found = overdue(FINERACT, late, at_due_dates=True, shape=level_by_first_period)

    assert [row.minor.interest for row in found.rows] == [4932, 4268, 5096, 2354, 1751, 862]


def test_paying_more_ends_the_loan_earlier_or_lowers_the_instalment():
    """
    4,000 more on the third due date: either the instalment of 1,066.19 stays and rows fall away, or twelve rows stay.
    """
    extra = [Flow(YEAR.dues[2], yuan("5066.19"))]

    shorter = prepaid(YEAR, extra, keep="instalment")
    lower = prepaid(YEAR, extra, keep="term")

    assert (len(shorter.rows), shorter.instalment) == (8, yuan("1066.19"))
    assert (len(lower.rows), lower.rows[5].payment < yuan("650.00")) == (12, True)
    assert shorter.total_interest < lower.total_interest < level(YEAR).total_interest


@few
@given(loans, st.integers(1, 27), st.sampled_from(["instalment", "term"]))
def test_a_payment_between_due_dates_saves_interest_and_loses_nothing(terms, days, keep):
    """
    An instalment paid early counts toward the next row; principal is repaid to the unit.
    """
    early = Flow(terms.drawn + dt.timedelta(days=days), level(terms).rows[0].payment)

    found = prepaid(terms, [early], keep=keep)

    assert sum(row.minor.principal for row in found.rows) == terms.principal.minor
    assert found.left.minor == 0
    assert found.total_interest.minor <= level(terms).total_interest.minor + 1


@few
@given(loans, st.data())
def test_an_empty_change_changes_nothing_before_it_and_repays_all(terms, data):
    """
    Rows before the change stay as they were; rows from it on repay what is left.
    """
    agreed = level(terms)
    place = data.draw(st.integers(0, len(agreed.rows) - 1))
    more, free = data.draw(st.integers(0, 6)), data.draw(st.integers(0, 6))
    change = Change(since=terms.dues[place], more_dates=more, without_principal=free)

    found = reschedule(terms, change)

    assert columns(found)[:place] == columns(agreed)[:place]
    assert found.left.minor == 0
    assert len(found.rows) <= len(terms.dues) + more + free
    assert all(principal == 0 for _, principal in columns(found)[place : place + free])
    assert [row.due for row in found.rows[: len(agreed.rows)]] == list(terms.dues[: len(found.rows)])


def test_a_due_date_that_moves_takes_the_later_ones_along():
    """
    Moved from 15 May to 31 May, the rows after it fall on month ends.
    """
    found = reschedule(YEAR, Change(since=dt.date(2025, 5, 15), moved_to=dt.date(2025, 5, 31)))

    assert [row.due for row in found.rows[2:7]] == [
        dt.date(2025, 4, 15),
        dt.date(2025, 5, 31),
        dt.date(2025, 6, 30),
        dt.date(2025, 7, 31),
        dt.date(2025, 8, 31),
    ]
    assert found.rows[3].interest > level(YEAR).rows[3].interest


def test_flat_interest_stays_on_the_first_principal_and_does_not_grow_with_a_moved_date():
    """
    3,000 flat at 12 %, 6 % from the second row, which moves: 30.00, 15.00, 15.00 (LoanReschedule.feature, moved here).
    """
    terms = loan(300_000, "12%", 3, drawn=dt.date(2023, 7, 1))
    change = Change(since=dt.date(2023, 9, 1), rate=Rate("6%"), moved_to=dt.date(2023, 9, 15))

    found = reschedule(terms, change, bearing="flat")

    assert columns(found) == [(3000, 100_000), (1500, 100_000), (1500, 100_000)]


def test_rows_without_principal_pay_interest_and_the_loan_ends_later():
    """
    Two rows of interest only: the loan of twelve rows has fourteen.
    """
    found = reschedule(YEAR, Change(since=YEAR.dues[6], without_principal=2))

    assert len(found.rows) == 14
    assert found.rows[6].principal == yuan("0.00")
    assert found.rows[6].interest == found.rows[7].interest == level(YEAR).rows[6].interest


@few
@given(loans, st.data())
def test_arrears_that_are_moved_are_neither_lost_nor_doubled(terms, data):
    """
    Re-aged or re-amortised, all principal is repaid, and what was paid before stays where it was.
    """
    place = data.draw(st.integers(0, len(terms.dues) - 2))
    paid = data.draw(st.integers(0, terms.principal.minor // 2))
    past = Past(on=terms.dues[place], payments=[Flow(terms.drawn, Money.from_minor(paid, "CNY"))] if paid else ())
    dues = periods.months_after(past.on, len(terms.dues))

    for found in (re_aged(terms, past, dues), re_amortised(terms, past)):
        assert found.left.minor == 0
        assert sum(row.minor.principal for row in found.rows) == terms.principal.minor
        fallen = [row for row in found.rows if row.due <= past.on]
        assert sum(row.minor.payment for row in fallen) <= paid
        assert len(fallen) == place + 1


def test_re_amortised_arrears_go_in_equal_parts_on_top_of_later_rows():
    """
    400.00 without interest in four rows, the first unpaid: three rows of 133.33, 133.33 and 133.34.
    """
    terms = loan(40_000, "0", 4)

    found = re_amortised(terms, Past(on=terms.dues[0]))

    assert [row.minor.payment for row in found.rows] == [0, 13333, 13333, 13334]
    assert found.instalment == yuan("133.33")


def test_re_amortised_principal_keeps_to_whole_units():
    """
    125.00 of arrears over two rows, whole units: 62.00 and 63.00 on top (Apache Fineract, LoanReAmortization C3069).
    """
    terms = attrs.evolve(loan(50_000, "0", 3, drawn=dt.date(2024, 1, 1)), unit=100)
    past = Past(on=terms.dues[0], down_payment=Rate("25%", per="once"))

    found = re_amortised(terms, past)

    assert [row.minor.payment for row in found.rows] == [12500, 0, 18700, 18800]


def test_a_down_payment_is_the_first_row():
    """
    A quarter is paid on the day of drawing, the rest is re-aged over two months.
    """
    terms = loan(100_000, "0", 3, drawn=dt.date(2024, 1, 1))
    past = Past(on=dt.date(2024, 2, 20), down_payment=Rate("25%", per="once"))

    found = re_aged(terms, past, [dt.date(2024, 3, 1), dt.date(2024, 4, 1)])

    assert [(row.due.month, row.minor.payment) for row in found.rows] == [(1, 25000), (2, 0), (3, 37500), (4, 37500)]


def test_interest_up_to_the_day_is_shared_over_the_new_dates():
    """
    1,200.00 at 12 %, nothing paid for 3 months: 36.00 of interest in six shares beside the level instalment.
    """
    terms = loan(120_000, "12%", 6)
    dues = [day + dt.timedelta(days=184) for day in terms.dues]

    found = re_aged(terms, Past(on=terms.dues[2]), dues)

    fresh = level(attrs.evolve(terms, drawn=terms.dues[2], dues=tuple(dues)))
    assert [row.minor.payment for row in found.rows[3:]] == [row.minor.payment + 600 for row in fresh.rows]


@pytest.mark.parametrize(
    "plan",
    [
        lambda: overdue(YEAR, [Flow(YEAR.drawn - dt.timedelta(days=1), yuan("1.00"))]),
        lambda: overdue(YEAR, [Flow(YEAR.dues[1], yuan("1.00")), Flow(YEAR.dues[0], yuan("1.00"))]),
        lambda: prepaid(YEAR, (), keep="both"),
        lambda: Change(since=YEAR.dues[0], more_dates=-1),
        lambda: Change(since=YEAR.dues[0], without_principal=True),
        lambda: Change(since="2025-05-15"),
        lambda: reschedule(YEAR, Change(since=dt.date(2099, 1, 1))),
        lambda: reschedule(YEAR, Change(since=YEAR.dues[0]), bearing="compound"),
        lambda: reschedule(YEAR, Change(since=YEAR.dues[0]), down_payment=Rate("100%", per="once")),
        lambda: reschedule(YEAR, Change(since=YEAR.dues[3], moved_to=YEAR.dues[1])),
        lambda: re_aged(YEAR, Past(on=YEAR.dues[0]), ()),
        lambda: re_aged(YEAR, Past(on=YEAR.dues[0]), [YEAR.dues[0]]),
        lambda: re_amortised(YEAR, Past(on=YEAR.dues[-1])),
    ],
)
def test_malformed_changes_are_refused(plan):
    """
    Payments before the loan, falling dates, unknown words and changes after the last due date are refused.
    """
    with pytest.raises(InvalidValue):
        plan()
