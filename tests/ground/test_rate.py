import pickle
from fractions import Fraction

import pytest

from overdue_visit.errors import InvalidValue
from overdue_visit.money import Money, Rounding
from overdue_visit.rate import Per, Rate


def test_a_rate_is_exact():
    """
    A percentage and its decimal are the same ratio; the period is part of the rate.
    """
    assert Rate("4.35%") == Rate("0.0435") == Rate.from_ratio(87, 2000)
    assert Rate("4.35%").fraction == Fraction(435, 10_000)
    assert Rate("2%", per="month") != Rate("2%")
    assert Rate("-1.5%").fraction == Fraction(-3, 200)
    assert Rate("0%") == Rate("0") == Rate("0.00")


@pytest.mark.parametrize("rate", [0.0435, 1, None, "", "4,35%", "1e-2", " 1%", "1 %", "%", ".5%", "½", "9" * 13, "nan"])
def test_what_is_no_rate_is_refused(rate):
    """
    Floats, ints, separators, exponents and anything but a plain decimal string are refused.
    """
    with pytest.raises(InvalidValue, match="rate"):
        Rate(rate)


def test_an_unknown_period_is_refused():
    """
    A rate is quoted per year, month, day, or once.
    """
    with pytest.raises(InvalidValue, match="'year', 'month', 'day', 'once'"):
        Rate("1%", per="week")

    assert Rate("1%", per="day").per is Per.DAY


@pytest.mark.parametrize(("numerator", "denominator"), [(1.0, 3), (True, 3), (1, 0), (1, -3), (1, 3.0), (1, True)])
def test_a_ratio_is_of_whole_numbers(numerator, denominator):
    """
    A ratio has an int above a positive int.
    """
    with pytest.raises(InvalidValue):
        Rate.from_ratio(numerator, denominator)


# Five ten-thousandths a day (日万分之五) is where the PBOC capped the interest of credit cards (银发〔2016〕111号):
# 10,000 yuan over 30 days cost 150 yuan.
def test_a_daily_rate_over_days():
    """
    Five ten-thousandths a day of 10,000 yuan over 30 days are exactly 150 yuan.
    """
    charged = Rate("0.0005", per="day").of(Money("10000.00", "CNY"), periods=30, rounding=Rounding.HALF_UP)

    assert charged == Money("150.00", "CNY")


def test_a_rate_is_rounded_once():
    """
    A fraction of the period multiplies before the one division: 4.35 % of 10,000 over 31 of 365 days is 36.945....
    """
    yearly, amount = Rate("4.35%"), Money("10000.00", "CNY")
    part = Fraction(31, 365)

    assert yearly.of(amount, periods=part, rounding=Rounding.DOWN) == Money("36.94", "CNY")
    assert yearly.of(amount, periods=part, rounding=Rounding.UP) == Money("36.95", "CNY")
    assert yearly.of(-amount, periods=part, rounding=Rounding.FLOOR) == Money("-36.95", "CNY")


@pytest.mark.parametrize("periods", [0.5, "1", True, None])
def test_periods_are_exact(periods):
    """
    Periods are an int or a Fraction, never a float.
    """
    with pytest.raises(InvalidValue, match="periods"):
        Rate("1%").of(Money("1", "CNY"), periods=periods, rounding=Rounding.DOWN)


@pytest.mark.parametrize(
    ("rate", "text", "code"),
    [
        (Rate("4.35%"), "4.35% per year", "Rate('0.0435', per='year')"),
        (Rate("0.0005", per="day"), "0.05% per day", "Rate('0.0005', per='day')"),
        (Rate("20%", per="once"), "20%", "Rate('0.2', per='once')"),
        (Rate("100%", per="once"), "100%", "Rate('1', per='once')"),
        (Rate("-1.5%"), "-1.5% per year", "Rate('-0.015', per='year')"),
        (Rate("0"), "0% per year", "Rate('0', per='year')"),
        (Rate.from_ratio(1, 3), "1/3 per year", "Rate.from_ratio(1, 3, per='year')"),
        (Rate.from_ratio(-1, 3, per="month"), "-1/3 per month", "Rate.from_ratio(-1, 3, per='month')"),
    ],
)
def test_a_rate_is_shown_as_people_say_it(rate, text, code):
    """
    A rate shows as a percentage with its period, or as a ratio where no decimal is exact; its repr makes it again.
    """
    assert (str(rate), repr(rate)) == (text, code)
    assert eval(code) == rate


def test_rates_pickle():
    """
    A rate goes through pickle unchanged.
    """
    rate = Rate.from_ratio(1, 3, per="month")

    assert pickle.loads(pickle.dumps(rate)) == rate
