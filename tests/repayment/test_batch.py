"""
The columns of a whole book are the schedules that its loans have one by one.
"""

from __future__ import annotations

import datetime as dt
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from overdue_visit.errors import InvalidValue
from overdue_visit.money import LIMIT, Money, Rounding, divide
from overdue_visit.rate import Per, Rate
from overdue_visit.repayment.level import level
from overdue_visit.repayment.periods import months_after
from overdue_visit.repayment.schedule import Schedule
from overdue_visit.repayment.terms import Terms

np = pytest.importorskip("numpy")
batch = pytest.importorskip("overdue_visit.repayment.batch")

DRAWN = dt.date(2024, 1, 31)
CURRENCIES = ("JPY", "CNY", "KWD")

modes = st.sampled_from(Rounding)
principals = st.one_of(
    st.integers(1, 50),
    st.integers(1, 10**7).map(lambda hundreds: 10_000 * hundreds),
    st.integers(1, 10**15),
    st.integers(10**17, LIMIT // 2),
)
usual_rates = st.integers(0, 4000).map(lambda hundredths: Rate.from_ratio(hundredths, 10_000))
rates = st.one_of(
    usual_rates,
    st.sampled_from([Rate("0"), Rate("1%", per="month"), Rate("3.875%"), Rate("120%", per="month")]),
    st.builds(
        Rate.from_ratio, st.integers(0, 10**13), st.integers(10**10, 10**13), st.sampled_from([Per.YEAR, Per.MONTH])
    ),
)

loans_of_any_kind = st.tuples(principals, rates, st.integers(1, 48)).filter(
    lambda loan: loan[0] * (1 + loan[1].fraction) <= LIMIT
)


def one_by_one(
    loan: tuple[int, Rate, int], currency: str, rounding: Rounding, instalment_rounding: Rounding
) -> Schedule:
    """
    Return the schedule that a loan has without the others.
    """
    minor, rate, count = loan
    return level(
        Terms(
            principal=Money.from_minor(minor, currency),
            rate=rate,
            drawn=DRAWN,
            dues=months_after(DRAWN, count),
            rounding=rounding,
            instalment_rounding=instalment_rounding,
        )
    )


def together(loans: list[tuple[int, Rate, int]], currency: str = "CNY", **roundings: Rounding):
    """
    Return the columns of a book.
    """
    minors, rates_, counts = (list(column) for column in zip(*loans, strict=True))
    return batch.level(minors, currency=currency, rates=rates_, counts=counts, **roundings)


@given(
    loans=st.lists(loans_of_any_kind, min_size=1, max_size=12),
    currency=st.sampled_from(CURRENCIES),
    rounding=modes,
    instalment_rounding=modes,
)
@settings(max_examples=40, deadline=None)
def test_every_row_is_the_one_the_loan_has_alone(loans, currency, rounding, instalment_rounding):
    """
    Whatever the amounts, rates, lengths and roundings of a book, each loan's schedule is that of `level`.
    """
    made = together(loans, currency, rounding=rounding, instalment_rounding=instalment_rounding)

    for place, loan in enumerate(loans):
        assert made.schedule(place, drawn=DRAWN) == one_by_one(loan, currency, rounding, instalment_rounding)


@given(
    minors=st.lists(st.integers(1, 10**11), min_size=1, max_size=40),
    rate=usual_rates,
    count=st.integers(1, 360),
    rounding=modes,
)
@settings(max_examples=30, deadline=None)
def test_a_product_of_one_rate_and_length_needs_saying_once(minors, rate, count, rounding):
    """
    One rate and one count are those of every loan, however many months.
    """
    made = batch.level(minors, currency="CNY", rates=rate, counts=count, rounding=rounding)

    for place in (0, len(minors) - 1):
        loan = (minors[place], rate, count)
        assert made.schedule(place, drawn=DRAWN) == one_by_one(loan, "CNY", rounding, Rounding.HALF_UP)


@given(loans=st.lists(loans_of_any_kind, min_size=1, max_size=12), rounding=modes)
@settings(max_examples=25, deadline=None)
def test_columns_add_up(loans, rounding):
    """
    Each loan's principal is paid off exactly, and every payment is its interest and its principal.
    """
    made = together(loans, rounding=rounding)

    assert made.principals.sum(axis=0).tolist() == [minor for minor, _, _ in loans]
    assert (made.payments == made.interests + made.principals).all()
    assert made.total_interest.tolist() == [sum(column) for column in made.interests.T.tolist()]
    assert all(not made.balances[length - 1 :, place].any() for place, length in enumerate(made.lengths))


@pytest.mark.parametrize("rounding", Rounding)
def test_ties_are_rounded_as_asked(rounding):
    """
    162,000 at 3.875 % bear 523.125 in the first month (CFPB form H-25(B)): half a cent: each mode has its answer.
    """
    loan = (16_200_000, Rate("3.875%"), 360)

    made = together([loan], "USD", rounding=rounding, instalment_rounding=rounding)
    assert made.schedule(0, drawn=DRAWN) == one_by_one(loan, "USD", rounding, rounding)
    assert made.interests[0, 0] == (52_312 if rounding in {"down", "floor", "half_even"} else 52_313)


@pytest.mark.parametrize("rounding", Rounding)
def test_an_instalment_that_is_a_tie_is_rounded_as_asked(rounding):
    """
    Without interest 5 in two instalments are 2.5 each, and 10**15 + 1 in two the same far up.
    """
    loans = [(5, Rate("0"), 2), (10**15 + 1, Rate("0"), 2), (7, Rate("0"), 2), (9, Rate("0"), 3)]

    made = together(loans, instalment_rounding=rounding)
    assert made.instalments.tolist() == [
        one_by_one(loan, "CNY", Rounding.HALF_UP, rounding).instalment.minor for loan in loans
    ]


@pytest.mark.parametrize("rounding", Rounding)
@pytest.mark.parametrize("minor", [10_050, 20_100, 30_150, 10_050 * (10**8 + 1)])
def test_an_instalment_with_interest_that_comes_out_even_is_exact(rounding, minor):
    """
    At 1 % a month two instalments are 10201/20100 of the principal each: of 10,050 that is 5,100.5.
    """
    loan = (minor, Rate("1%", per="month"), 2)

    made = together([loan], instalment_rounding=rounding)
    assert made.instalments[0] == divide(minor * 10_201, 20_100, rounding)


def test_a_small_debt_that_is_cleared_early_has_fewer_rows():
    """
    30 fen in 40 months: one fen a month clears it after 30.
    """
    made = together([(30, Rate("0"), 40), (1_000_000, Rate("6%"), 3)])

    assert made.lengths.tolist() == [30, 3]
    assert len(made.schedule(0, drawn=DRAWN).rows) == 30


def test_more_loans_than_a_block_keep_their_places():
    """
    Twenty thousand loans are walked in blocks, and each is found where it was put.
    """
    loans = [(100_000 + 37 * n, Rate.from_ratio(300 + n % 7, 10_000), 1 + n % 13) for n in range(20_000)]

    made = together(loans)
    for place in (0, 8191, 8192, 16_384, 19_999):
        assert made.schedule(place, drawn=DRAWN) == one_by_one(loans[place], "CNY", Rounding.HALF_UP, Rounding.HALF_UP)


def test_columns_may_be_arrays():
    """
    Columns of int64 are taken as they are, and later changes to them change nothing.
    """
    given_ = np.array([100_000, 250_000])

    made = batch.level(given_, currency="KES", rates=Rate("12%"), counts=np.array([6, 12]))
    given_[0] = 1
    assert made.book.principals.tolist() == [100_000, 250_000]
    assert len(made.book) == 2


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("principals", {"principals": [100, 0]}),
        ("principals", {"principals": [100, -1]}),
        ("principals", {"principals": [100, 1.5]}),
        ("principals", {"principals": [100, True]}),
        ("principals", {"principals": [100, LIMIT + 1]}),
        ("principals", {"principals": []}),
        ("principals", {"principals": np.array([1.0, 2.0])}),
        ("principals", {"principals": np.array([[1, 2]])}),
        ("principals", {"principals": np.array([1, 0])}),
        ("counts", {"counts": [12]}),
        ("counts", {"counts": 0}),
        ("counts", {"counts": [12, 10_001]}),
        ("counts", {"counts": True}),
        ("rates", {"rates": [Rate("1%")]}),
        ("rates", {"rates": [Rate("1%"), "1%"]}),
        ("rates", {"rates": Rate("-1%")}),
        ("rates", {"rates": Rate("1%", per="day")}),
        ("rates", {"rates": Rate("1%", per="once")}),
        ("currency", {"currency": "gold"}),
        ("rounding", {"rounding": "half_up"}),
        ("instalment_rounding", {"instalment_rounding": "up"}),
    ],
)
def test_what_is_no_book_is_refused_by_name(field, wrong):
    """
    The error names the column and the value in it.
    """
    asked = {"principals": [100, 200], "currency": "CNY", "rates": Rate("6%"), "counts": 12, **wrong}
    with pytest.raises(InvalidValue) as refusal:
        batch.level(asked.pop("principals"), **asked)

    assert refusal.value.field == field


def test_an_instalment_larger_than_money_may_be_is_refused():
    """
    A principal near the limit with a rate of nine times itself has an instalment beyond it.
    """
    with pytest.raises(InvalidValue) as refusal:
        together([(100, Rate("6%"), 2), (LIMIT, Rate("900%", per="month"), 2)])

    assert refusal.value.field == "principals"


@pytest.mark.parametrize("loan", [-1, 2, True, "0"])
def test_a_loan_that_is_not_in_the_book_has_no_schedule(loan):
    """
    Places count from 0 and never from the end.
    """
    made = together([(100, Rate("6%"), 2), (200, Rate("6%"), 2)])
    with pytest.raises(InvalidValue) as refusal:
        made.schedule(loan, drawn=DRAWN)

    assert refusal.value.field == "loan"


def test_without_numpy_the_extra_is_named():
    """
    Importing the package where numpy is absent says which extra brings it.
    """
    script = """
import sys
sys.modules["numpy"] = None
from overdue_visit.errors import MissingExtra
try:
    from overdue_visit.repayment import batch
except MissingExtra as missing:
    print(missing)
"""
    said = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)

    assert 'pip install "overdue_visit[batch]"' in said.stdout
