"""
How far a loan may be extended, and when that has to be asked for.
"""

import copy
import datetime as dt
import pickle

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from overdue_visit.business_calendar import corresponding_day
from overdue_visit.errors import InvalidValue
from overdue_visit.repayment.limits import (
    EXTENSION_LIMITS,
    GENERAL_LENDING,
    PERSONAL_LOANS,
    Band,
    ExtensionBeyondLimit,
    ExtensionLimit,
    ExtensionTooLate,
    months_started,
)

DRAWN = dt.date(2024, 3, 31)
ONE_DAY = dt.timedelta(days=1)


@pytest.mark.parametrize(
    ("months", "latest"),
    [
        (6, dt.date(2025, 3, 30)),
        (12, dt.date(2026, 3, 31)),
        (24, dt.date(2027, 3, 31)),
        (25, dt.date(2027, 5, 15)),
        (60, dt.date(2031, 9, 30)),
        (72, dt.date(2033, 3, 31)),
    ],
)
def test_short_loans_extend_by_their_term_medium_ones_by_half_and_long_ones_by_three_years(months, latest):
    """
    General Rules on Lending art. 12: up to 1 year the whole term, up to 5 years half of it, beyond that 3 years.
    """
    found = GENERAL_LENDING.latest(drawn=DRAWN, maturity=corresponding_day(DRAWN, months))

    assert found == latest


def test_a_personal_loan_of_up_to_a_year_extends_by_its_own_term():
    """
    Interim Measures for Personal Loans (2010): a loan of up to a year is extended by no more than its term.
    """
    found = PERSONAL_LOANS.latest(drawn=dt.date(2025, 1, 10), maturity=dt.date(2025, 11, 10))

    assert found == dt.date(2026, 9, 10)


def test_a_longer_personal_loan_ends_with_the_longest_term_of_its_product():
    """
    Interim Measures for Personal Loans (2010): original term and extensions fit into the product's longest term.
    """
    found = PERSONAL_LOANS.latest(drawn=dt.date(2025, 1, 10), maturity=dt.date(2027, 1, 10), product_months=36)

    assert found == dt.date(2028, 1, 10)


def test_a_product_shorter_than_the_loan_allows_no_extension():
    """
    The limit is never earlier than the original maturity.
    """
    found = PERSONAL_LOANS.latest(drawn=dt.date(2025, 1, 10), maturity=dt.date(2027, 1, 10), product_months=18)

    assert found == dt.date(2027, 1, 10)


def test_a_longer_personal_loan_needs_the_term_of_its_product():
    """
    Without the product's longest term the limit is unknown, and says so.
    """
    with pytest.raises(InvalidValue) as refusal:
        PERSONAL_LOANS.latest(drawn=dt.date(2025, 1, 10), maturity=dt.date(2027, 1, 10))

    assert refusal.value.field == "product_months"


@given(st.dates(dt.date(2000, 1, 1), dt.date(2040, 1, 1)), st.integers(1, 4000))
def test_an_extension_exactly_to_the_limit_passes_and_one_day_more_is_refused(drawn, days):
    """
    The limit is inclusive to the day.
    """
    maturity = drawn + dt.timedelta(days=days)
    latest = GENERAL_LENDING.latest(drawn=drawn, maturity=maturity)

    GENERAL_LENDING.check(latest, on=maturity, drawn=drawn, maturity=maturity)

    with pytest.raises(ExtensionBeyondLimit) as refusal:
        GENERAL_LENDING.check(latest + ONE_DAY, on=maturity, drawn=drawn, maturity=maturity)
    assert (refusal.value.asked, refusal.value.latest) == (latest + ONE_DAY, latest)


@given(st.dates(dt.date(2000, 1, 1), dt.date(2040, 1, 1)), st.integers(1, 360))
def test_a_whole_term_limit_doubles_the_months(drawn, days):
    """
    A loan of up to a year never reaches beyond twice its months and days.
    """
    maturity = drawn + dt.timedelta(days=days)
    months = months_started(drawn, maturity)

    latest = GENERAL_LENDING.latest(drawn=drawn, maturity=maturity)

    assert maturity < latest <= corresponding_day(maturity, months)


def test_an_extension_is_asked_for_before_the_loan_matures():
    """
    Asked for on the day of maturity it is in time, a day later the loan is overdue.
    """
    maturity = dt.date(2025, 6, 30)
    to = dt.date(2025, 7, 31)

    GENERAL_LENDING.check(to, on=maturity, drawn=DRAWN, maturity=maturity)

    with pytest.raises(ExtensionTooLate) as refusal:
        GENERAL_LENDING.check(to, on=maturity + ONE_DAY, drawn=DRAWN, maturity=maturity)
    assert "2025-07-01" in str(refusal.value)


def test_refusals_survive_pickling_and_say_what_is_allowed():
    """
    Both refusals carry their facts through pickle and deepcopy.
    """
    errors = [
        ExtensionBeyondLimit("general_lending", dt.date(2026, 1, 2), dt.date(2026, 1, 1)),
        ExtensionTooLate("general_lending", dt.date(2026, 1, 2), dt.date(2026, 1, 1)),
    ]

    copies = [pickle.loads(pickle.dumps(error)) for error in errors]

    facts = [attrs.astuple(error) for error in errors]
    assert [attrs.astuple(found) for found in copies] == facts
    assert [attrs.astuple(copy.deepcopy(error)) for error in errors] == facts
    assert "2026-01-01 at the latest" in str(errors[0])


@pytest.mark.parametrize(
    "bands",
    [
        (),
        (Band(up_to_months=12, months=1),),
        (Band(up_to_months=None, months=1), Band(up_to_months=None, months=1)),
        (Band(up_to_months=12, months=1), Band(up_to_months=12, months=1), Band(up_to_months=None, months=1)),
    ],
)
def test_bands_rise_and_the_last_one_is_open(bands):
    """
    Bands that overlap, or leave long loans out, are refused.
    """
    with pytest.raises(InvalidValue) as refusal:
        ExtensionLimit(name="own", source="own", confidence="memory", bands=bands)

    assert refusal.value.field == "bands"


@pytest.mark.parametrize("wrong", [{}, {"months": 1, "of_product": True}, {"months": 0}, {"months": True}])
def test_a_band_has_exactly_one_measure(wrong):
    """
    A band without a measure, with two, or with one that is no positive whole number is refused.
    """
    with pytest.raises(InvalidValue):
        Band(up_to_months=None, **wrong)


def test_maturity_is_after_the_draw_date():
    """
    A loan that ends on the day it was drawn has no term to extend.
    """
    with pytest.raises(InvalidValue) as refusal:
        GENERAL_LENDING.latest(drawn=DRAWN, maturity=DRAWN)

    assert refusal.value.field == "maturity"


def test_every_limit_names_its_source():
    """
    Limits are found by name, and each cites the rule it comes from.
    """
    assert {name: "art." in limit.source for name, limit in EXTENSION_LIMITS.items()} == {
        "general_lending": True,
        "personal_loans": True,
    }


def test_the_days_left_over_never_reach_beyond_a_month():
    """
    A loan of eight months and thirty days may be extended to 28 February, not by 30 days from 31 January to 2 March.
    """
    drawn, maturity = dt.date(2000, 9, 1), dt.date(2001, 5, 31)

    assert GENERAL_LENDING.latest(drawn=drawn, maturity=maturity) == dt.date(2002, 2, 28)
