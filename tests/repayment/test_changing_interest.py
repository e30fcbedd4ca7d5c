"""New rates and frozen days: how interest is cut at a day, and what the instalments then are."""

import datetime as dt
from fractions import Fraction

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from overdue_visit.errors import InvalidValue
from overdue_visit.money import Money, Rounding
from overdue_visit.rate import Rate
from overdue_visit.repayment import periods
from overdue_visit.repayment.changing_interest import RateChange, changing
from overdue_visit.repayment.day_count_actual import ACT_365F
from overdue_visit.repayment.freeze import frozen
from overdue_visit.repayment.frozen_days import FrozenDays
from overdue_visit.repayment.level import level
from overdue_visit.repayment.rate_changes import with_rate_changes
from overdue_visit.repayment.terms import Terms
from tests.repayment.drawn_terms import (
    column,
    demand_chain,
    demand_interest,
    monthly_terms,
    payments,
    round_loan,
    uneven_terms,
)

NEW_YEAR = dt.date(2024, 1, 1)
FEBRUARY = FrozenDays(dt.date(2024, 2, 5), dt.date(2024, 2, 10))


def fineract_loan(**more) -> Terms:
    """
    100 at 7 % in six months of 2024, a half rounded to even: the loan of Apache Fineract's published tables.
    """
    even = Rounding.HALF_EVEN
    return Terms(
        principal=Money("100", "EUR"),
        rate=Rate("7%"),
        drawn=NEW_YEAR,
        **({"dues": periods.months_after(NEW_YEAR, 6), "rounding": even, "instalment_rounding": even} | more),
    )


@st.composite
def windows(draw, terms):
    """
    Draw up to four freezes in and around the plan, overlapping or not.
    """
    span = (terms.dues[-1] - terms.drawn).days
    starts = draw(st.lists(st.integers(-30, span + 30), max_size=4))
    firsts = [terms.drawn + dt.timedelta(days=each) for each in starts]
    return tuple(FrozenDays(first, first + dt.timedelta(days=draw(st.integers(0, 90)))) for first in firsts)


# Freezes


def test_a_published_interest_pause():
    """
    Six days of February frozen: 0.39 instead of 0.49, and the saving in the last payment (Fineract, C3475 S1).
    """
    made = frozen(fineract_loan(), (FEBRUARY,))

    assert column(made, "interest") == ["0.58", "0.39", "0.39", "0.29", "0.20", "0.10"]
    assert column(made, "payment") == ["17.01"] * 5 + ["16.90"]


def test_a_published_pause_over_two_periods():
    """
    10 February to 10 March frozen: 0.13 and 0.28, and 16.52 at the end (Fineract, C3476 S2).
    """
    made = frozen(fineract_loan(), (FrozenDays(dt.date(2024, 2, 10), dt.date(2024, 3, 10)),))

    assert column(made, "interest") == ["0.58", "0.13", "0.28", "0.29", "0.19", "0.10"]
    assert column(made, "payment") == ["17.01"] * 5 + ["16.52"]


@settings(max_examples=40)
@given(uneven_terms(), st.data())
def test_each_row_bears_the_interest_of_its_days_that_are_not_frozen(terms, data):
    """
    A period's factor is cut to the share of its days on which no freeze lies; a day in several freezes counts once.
    """
    freezes = data.draw(windows(terms))
    accruals = changing(terms, freezes=freezes)

    plain = terms.accruals()
    for period, (start, end) in enumerate(zip((terms.drawn, *terms.dues), terms.dues, strict=False)):
        days = [start + dt.timedelta(days=each + 1) for each in range((end - start).days)]
        bearing = sum(not any(freeze.first <= day <= freeze.last for freeze in freezes) for day in days)
        assert accruals.factor(period) == plain.factor(period) * Fraction(bearing, len(days))


@settings(max_examples=25)
@given(monthly_terms(least=10**6), st.data(), st.sampled_from(["last", "every"]))
def test_a_freeze_never_costs_more(terms, data, saving):
    """
    Rows add up, interest is that of the days left, and in all it is no more than without the freeze.
    """
    freezes = data.draw(windows(terms))
    made = frozen(terms, freezes, saving=saving)

    demand_chain(made)
    demand_interest(made, terms, changing(terms, freezes=freezes))
    assert made.total_interest.minor <= level(terms).total_interest.minor + 2 * len(terms.dues)


@settings(max_examples=25)
@given(monthly_terms(), st.sampled_from(["last", "every"]))
def test_no_freeze_changes_nothing(terms, saving):
    """
    Without frozen days, or with frozen days elsewhere, the plan is the level plan.
    """
    before = FrozenDays(terms.drawn - dt.timedelta(days=40), terms.drawn)

    for freezes in ((), (before,)):
        assert changing(terms, freezes=freezes) == terms.accruals()
        if level(terms).instalment.minor > 10**4:
            assert payments(frozen(terms, freezes, saving=saving)) == payments(level(terms))


@settings(max_examples=25)
@given(monthly_terms())
def test_frozen_throughout_it_is_the_plan_at_a_rate_of_zero(terms):
    """
    A freeze of all days makes the plan of a rate of zero, row by row.
    """
    whole = (FrozenDays(terms.drawn, terms.dues[-1]),)
    free = level(attrs.evolve(terms, rate=Rate("0")))

    assert frozen(terms, whole, saving="every").rows == free.rows
    assert frozen(terms, whole).total_interest.minor == 0


@settings(max_examples=25)
@given(uneven_terms(), st.data())
def test_overlapping_freezes_count_their_days_once(terms, data):
    """
    The same freezes twice, or in another order, change nothing.
    """
    freezes = data.draw(windows(terms))

    assert changing(terms, freezes=freezes * 2) == changing(terms, freezes=freezes)
    assert changing(terms, freezes=freezes[::-1]) == changing(terms, freezes=freezes)


def test_where_the_saving_goes_is_stated():
    """
    An unknown word for the saving is refused.
    """
    with pytest.raises(InvalidValue, match="saving"):
        frozen(round_loan(), (), saving="gone")


def test_a_freeze_ends_after_it_starts():
    """
    A freeze that ends before it starts is refused.
    """
    with pytest.raises(InvalidValue, match="last"):
        FrozenDays(dt.date(2024, 2, 10), dt.date(2024, 2, 5))


# Rate changes


def test_a_published_rate_change():
    """
    7 % to 1 February, then 4 %: 17.01, then 16.88 four times and 16.89 (Fineract, C3217 UC1).
    """
    made = with_rate_changes(fineract_loan(), (RateChange(dt.date(2024, 2, 2), Rate("4%")),))

    assert column(made, "payment") == ["17.01"] + ["16.88"] * 4 + ["16.89"]
    assert str(made.total_interest) == "EUR 1.42"


def test_a_published_rate_change_inside_a_period():
    """
    From 16 February at 4 %: 0.38 in that month, 16.90 from then on and 16.91 (Fineract, C3916 UC2).
    """
    made = with_rate_changes(fineract_loan(), (RateChange(dt.date(2024, 2, 16), Rate("4%")),))

    assert column(made, "payment") == ["17.01"] + ["16.90"] * 4 + ["16.91"]
    assert column(made, "interest") == ["0.58", "0.38", "0.22", "0.17", "0.11", "0.06"]


def test_a_row_that_still_bears_the_old_rate_pays_its_interest():
    """
    A long loan whose rate falls just before a due date pays the old interest there, then the new instalment.
    """
    terms = round_loan(480, rate="12%")
    made = with_rate_changes(terms, (RateChange(terms.dues[2], Rate("1%")),))

    demand_chain(made)
    assert made.rows[2].minor.payment == made.rows[2].minor.interest
    assert len(set(payments(made)[3:-1])) == 1
    assert made.rows[3].payment < made.rows[2].payment < made.rows[1].payment


def test_a_rate_that_changes_inside_a_period_bears_its_days():
    """
    Of 31 days at act/365 the rate of 12 % holds for 10 and 6 % for 21: 12,000 bear 39.45 + 41.42 = 80.88.
    """
    terms = Terms(
        principal=Money("12000", "CNY"),
        rate=Rate("12%"),
        drawn=NEW_YEAR,
        dues=periods.months_after(NEW_YEAR, 12),
        day_count=ACT_365F,
    )
    made = with_rate_changes(terms, (RateChange(dt.date(2024, 1, 12), Rate("6%")),))

    assert str(made.rows[0].interest) == "CNY 80.88"


@settings(max_examples=40)
@given(monthly_terms(least=10**6), st.lists(st.tuples(st.integers(1, 900), st.integers(0, 3000)), max_size=4))
def test_rows_add_up_under_any_changes(terms, drawn):
    """
    Rows add up, each bears the rates of its own days, and the term is kept.
    """
    by_day = dict(drawn)
    changes = [
        RateChange(terms.drawn + dt.timedelta(days=day), Rate.from_ratio(by_day[day], 10_000)) for day in sorted(by_day)
    ]
    made = with_rate_changes(terms, changes)

    demand_chain(made)
    demand_interest(made, terms, changing(terms, changes=changes))
    assert len(made.rows) <= len(terms.dues)


@settings(max_examples=25)
@given(monthly_terms(least=10**6), st.sampled_from(["term", "instalment"]))
def test_no_change_of_rate_is_the_level_plan(terms, keep):
    """
    Without changes, or with a change to the same rate, the instalments are the level plan's.
    """
    plain = payments(level(terms))

    assert payments(with_rate_changes(terms, (), keep=keep)) == plain


@settings(max_examples=30)
@given(monthly_terms(least=10**6), st.integers(1, 1000))
def test_a_rate_cut_into_the_same_rate_splits_nothing(terms, day):
    """
    Cutting the time at any day, with the same rate on both sides, leaves every factor exactly as it was.
    """
    change = RateChange(terms.drawn + dt.timedelta(days=day), terms.rate)

    assert changing(terms, changes=(change,)) == terms.accruals()


def test_a_kept_instalment_ends_earlier_after_a_fall_and_later_after_a_rise():
    """
    12,000 at 12 % pays 1,066.19 a month; at 2 % from the second month on a row less is needed, at 24 % one more.
    """
    cut = RateChange(dt.date(2024, 2, 16), Rate("2%"))
    rise = RateChange(dt.date(2024, 2, 16), Rate("24%"))
    terms = round_loan(24)
    further = periods.months_after(terms.drawn, 30)[24:]

    shorter = with_rate_changes(terms, (cut,), keep="instalment", further=further)
    longer = with_rate_changes(terms, (rise,), keep="instalment", further=further)
    heaped = with_rate_changes(terms, (rise,), keep="instalment")

    assert len(shorter.rows) < 24 < len(longer.rows)
    assert len(set(payments(longer)[:-1])) == 1
    assert len(heaped.rows) == 24
    assert heaped.rows[-1].payment > heaped.rows[0].payment
    for made in (shorter, longer, heaped):
        demand_chain(made)


def test_a_kept_instalment_must_cover_the_interest():
    """
    When a rate rises so far that the instalment no longer covers the interest, that is refused.
    """
    with pytest.raises(InvalidValue, match="interest of row"):
        with_rate_changes(round_loan(60), (RateChange(dt.date(2024, 3, 1), Rate("60%")),), keep="instalment")


@pytest.mark.parametrize(
    "days", [(dt.date(2024, 1, 15),), (dt.date(2024, 1, 1),), (dt.date(2024, 5, 1), dt.date(2024, 4, 1))]
)
def test_changes_rise_and_come_after_the_drawing(days):
    """
    Changes out of order, or not after the day of drawing, are refused.
    """
    with pytest.raises(InvalidValue, match="changes"):
        with_rate_changes(round_loan(), [RateChange(day, Rate("3%")) for day in days])


@pytest.mark.parametrize("rate", [Rate("-1%"), Rate("1%", per="once"), "4%", 0.04])
def test_a_new_rate_is_a_rate(rate):
    """
    A negative rate, one without a period and a number are refused.
    """
    with pytest.raises(InvalidValue, match="rate"):
        RateChange(NEW_YEAR, rate)


def test_what_is_kept_is_stated():
    """
    An unknown word, and further dates where the term is kept, are refused.
    """
    with pytest.raises(InvalidValue, match="keep"):
        with_rate_changes(round_loan(), (), keep="rows")
    with pytest.raises(InvalidValue, match="further"):
        with_rate_changes(round_loan(), (), further=(dt.date(2030, 1, 1),))


def test_a_nudge_spreads_what_the_last_payment_is_off_by():
    """
    Where the last payment is off by more than half a unit a row, a nudged instalment brings it nearer.
    """
    change = RateChange(dt.date(2024, 2, 2), Rate("30%"))
    terms = fineract_loan(dues=periods.months_after(NEW_YEAR, 24))
    plain, nudged = (with_rate_changes(terms, (change,), nudge=nudge) for nudge in (False, True))

    def off(made):
        return abs(made.rows[-1].minor.payment - made.rows[-2].minor.payment)

    demand_chain(nudged)
    assert off(nudged) <= off(plain)


def test_a_nudge_leaves_alone_what_is_hardly_off():
    """
    The published plan's last payment is off by one cent: nothing to spread.
    """
    change = RateChange(dt.date(2024, 2, 2), Rate("4%"))

    assert with_rate_changes(fineract_loan(), (change,), nudge=True) == with_rate_changes(fineract_loan(), (change,))
