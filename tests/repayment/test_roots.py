import decimal
import itertools
import math
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from overdue_visit.errors import InvalidValue
from overdue_visit.repayment.annuity import irr
from overdue_visit.repayment.discounting import Polynomial, series

STEP = Fraction(1, 10**12)


def worth(flows, rate):
    """
    The exact net present value.
    """
    return sum(flow / (1 + rate) ** time for time, flow in enumerate(flows))


def sign_changes(flows):
    """
    How often flows other than zero change their sign.
    """
    signs = [flow > 0 for flow in flows if flow]
    return sum(a != b for a, b in itertools.pairwise(signs))


loans = st.tuples(st.integers(1, 10**9), st.lists(st.integers(0, 10**8), min_size=1, max_size=24)).filter(
    lambda loan: any(loan[1])
)


@settings(max_examples=40, deadline=None)
@given(loans)
def test_the_root_lies_where_exact_fractions_change_their_sign(loan):
    """
    A loan's exact value is below zero on one side of its rate and above on the other, a billionth of a percent apart.
    """
    flows = [-loan[0], *loan[1]]

    rate = Fraction(irr(flows))

    width = STEP * (1 + rate)
    assert worth(flows, rate - width) >= 0 >= worth(flows, rate + width)


@settings(max_examples=40, deadline=None)
@given(loans)
def test_the_rate_is_zero_exactly_where_nothing_is_gained(loan):
    """
    The rate has the sign of what is paid back above what was paid out, and is zero exactly where both are equal.
    """
    flows = [-loan[0], *loan[1]]
    gain = sum(flows)

    rate = irr(flows)

    assert (rate > 0, rate == 0) == (gain > 0, gain == 0)


def test_nothing_gained_is_a_rate_of_zero():
    """
    A loan repaid without interest has the rate zero, not a small number.
    """
    assert irr([-300, 100, 100, 100]) == 0


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(1, 40), min_size=2, max_size=4, unique=True), st.integers(1, 10**6))
def test_of_several_rates_above_zero_the_lowest_is_taken(percents, scale):
    """
    Flows built to balance at several rates above zero balance at the lowest of them.
    """
    flows = [Fraction(scale)]
    for percent in percents:
        growth = 1 + Fraction(percent, 100)
        flows = [a - growth * b for a, b in zip([*flows, 0], [0, *flows], strict=True)]

    rate = irr(flows)

    assert abs(rate - Decimal(min(percents)) / 100) < Decimal("1e-25")


def test_a_rate_above_zero_goes_before_a_nearer_one_below():
    """
    With rates of -1 % and 50 %, the one above zero is taken (FCA handbook, MCOB 10.3.1B(2)).
    """
    low, high = Fraction(99, 100), Fraction(3, 2)

    rate = irr([1, -(low + high), low * high])

    assert rate == Decimal("0.5")


def test_below_zero_the_nearest_is_taken():
    """
    With rates of -10 % and -50 %, the one nearer to zero is taken.
    """
    near, far = Fraction(9, 10), Fraction(1, 2)

    rate = irr([1, -(near + far), near * far])

    assert rate == Decimal("-0.1")


def test_a_rate_at_which_the_value_only_touches_zero_is_found():
    """
    Flows whose value touches zero at 10 % without crossing it have the rate 10 %.
    """
    rate = irr([-100, 220, -121])

    assert abs(rate - Decimal("0.1")) < Decimal("1e-14")


def test_a_value_that_almost_touches_zero_has_no_rate():
    """
    Flows whose value stays just below zero at every rate are refused: there are two changes of sign, and no rate.
    """
    with pytest.raises(InvalidValue) as refusal:
        irr([-100_000_000, 220_000_000, -121_000_001])

    assert refusal.value.value == "2 changes of sign"


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(-(10**6), 10**6), min_size=2, max_size=12))
def test_flows_have_a_rate_wherever_their_ends_demand_one(flows):
    """
    An odd number of changes of sign always has a rate; none has none; an even number may have one.
    """
    changes = sign_changes(flows)

    try:
        rate = Fraction(irr(flows))
    except InvalidValue:
        assert changes % 2 == 0
    else:
        assert changes > 0
        size = sum(abs(flow) / (1 + rate) ** time for time, flow in enumerate(flows))
        assert abs(worth(flows, rate)) <= size / 10**12


def test_rates_too_close_together_are_refused():
    """
    Flows that nearly balance over a whole range, built with eight equal rates, are refused in bounded time.
    """
    flows = [(-1) ** time * math.comb(8, time) * Fraction(11, 10) ** time for time in range(9)]

    with pytest.raises(InvalidValue) as refusal:
        irr(flows)

    assert refusal.value.value == "nearly zero over a range of rates"


@pytest.mark.parametrize("flows", [[], [0, 0], [5], [-1, -2, -3], [0, 7, 0, 1]])
def test_flows_of_one_sign_have_no_rate(flows):
    """
    Without both advances and payments no rate exists, and the refusal says so.
    """
    with pytest.raises(InvalidValue) as refusal:
        irr(flows)

    assert (refusal.value.field, refusal.value.value) == ("flows", "all of one sign")


@settings(max_examples=25, deadline=None)
@given(loans, st.integers(2, 10**6))
def test_the_rate_does_not_depend_on_the_unit_of_money(loan, times):
    """
    Flows in fen have the same rate as flows in yuan.
    """
    flows = [-loan[0], *loan[1]]

    assert irr(flows) == irr([times * flow for flow in flows])


@pytest.mark.parametrize(
    ("flows", "rate"),
    [
        (["-1678.87", "771.96", "1814.05", "3520.30", "3552.95", "3584.99", "4789.91", "-1"], "1.00426984872"),
        (["-20", "2", "3", "4", "5", "4", "3", "2"], "0.03603774756546"),
        (["-37155", *["560"] * 144], "0.01258179635558565"),
        (["-100", "0", "0", "74"], "-0.0954958303489725"),
    ],
)
def test_cases_that_eigenvalues_got_wrong_have_their_true_rate(flows, rate):
    """
    Flows on which libraries differed between processors (numpy-financial issues 37, 44 and 131) have one rate here.
    """
    found = irr([Decimal(flow) for flow in flows])

    assert abs(found - Decimal(rate)) < Decimal("1e-11")


def test_six_hundred_large_payments_have_a_rate():
    """
    Amounts of 10^15 minor units over 600 periods lose no digit: the value at the rate found is below one unit.
    """
    flows = [-(10**15), *[3 * 10**12] * 600]

    rate = Fraction(irr(flows))

    assert abs(worth(flows, rate)) < Fraction(1, 10**6)


def test_the_context_of_the_caller_changes_nothing():
    """
    A host with six digits, rounding up and every trap set gets the same digits.
    """
    flows = [-100_000, *[8_901] * 12]
    expected = irr(flows)
    hostile = decimal.Context(prec=6, rounding=decimal.ROUND_UP, traps=[decimal.Inexact, decimal.Rounded])

    with decimal.localcontext(hostile):
        found = irr(flows)

    assert found.as_tuple() == expected.as_tuple()


def test_terms_are_kept_apart_by_sign():
    """
    A polynomial tells gains and losses apart, with their slopes, at every discount factor.
    """
    point = Polynomial(((-100, 0), (60, 1), (60, 3))).at(Decimal("0.5"))

    assert (point.gain, point.loss) == (Decimal("37.5"), Decimal(100))
    assert (point.gain_slope, point.loss_slope) == (Decimal(105), 0)
    assert (point.earliest, point.latest) == (Decimal(100), Decimal("7.5"))


def test_amounts_at_one_time_are_added_up():
    """
    Times become whole steps of one length after the first; amounts at one time are one, and none is left out unless 0.
    """
    found = series([(Fraction(1, 2), 5), (Fraction(1, 4), -7), (Fraction(1, 2), 6), (Fraction(1, 3), 0)])

    assert found.polynomial.terms == ((-7, 0), (11, 1))
    assert (found.steps_a_year, found.first) == (4, Fraction(1, 4))
