"""
Amounts, dates and times as people write them.
"""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from overdue_visit.money import CURRENCIES, LIMIT, Money
from overdue_visit.visit import Window
from overdue_visit.wording import format_date, format_money, format_time, format_window


@pytest.mark.parametrize(
    ("money", "language", "text"),
    [
        (Money("40", "KES"), "en", "KES 40.00"),
        (Money("1234567.5", "KES"), "en", "KES 1,234,567.50"),
        (Money("5000", "VND"), "en", "VND 5,000"),
        (Money("-12.34", "CNY"), "en", "CNY -12.34"),
        (Money("1234.5", "CNY"), "zh", "1,234.50元"),
        (Money("1234.5", "CNY"), "zh-Hans", "1,234.50元"),
        (Money("40", "KES"), "zh", "KES 40.00"),
    ],
)
def test_amounts_are_written_as_people_write_them(money, language, text):
    """
    An amount has its currency, all its decimals, and separators for thousands.
    """
    assert format_money(money, language) == text


@pytest.mark.parametrize(("language", "text"), [("en", "2026-05-01"), ("zh", "2026年5月1日"), ("sw", "2026-05-01")])
def test_dates_cannot_be_misread(language, text):
    """
    A date starts with its year, so day and month cannot be mixed up.
    """
    assert format_date(dt.date(2026, 5, 1), language) == text


def test_a_window_is_one_phrase():
    """
    An appointment's window reads as a day and a span of time.
    """
    window = Window(on=dt.date(2026, 3, 11), start=dt.time(14), end=dt.time(16, 30))

    assert format_time(window.start, "en") == "14:00"
    assert format_window(window, "en") == "2026-03-11 14:00-16:30"
    assert format_window(window, "zh") == "2026年3月11日 14:00-16:30"


@given(st.integers(-LIMIT, LIMIT), st.sampled_from(sorted(CURRENCIES)), st.sampled_from(["en", "zh"]))
def test_no_unit_is_lost_in_writing(minor, currency, language):
    """
    Taking the separators and the currency away gives the exact amount back.
    """
    money = Money.from_minor(minor, currency)

    digits = format_money(money, language).replace(",", "").removesuffix("元").rpartition(" ")[2]

    assert Money(digits, currency) == money
