"""
Level instalments: examples with their source, and what cannot be.
"""

from __future__ import annotations

import datetime as dt
import pickle
from fractions import Fraction

import attrs
import pytest

from overdue_visit.errors import InvalidValue
from overdue_visit.money import CurrencyMismatch, Money, Rounding
from overdue_visit.rate import Rate
from overdue_visit.repayment import periods
from overdue_visit.repayment.day_count import EqualParts
from overdue_visit.repayment.day_count_actual import ACT_360, ACT_365F, ACT_ACT_YEAR_END
from overdue_visit.repayment.day_count_thirty import THIRTY_360
from overdue_visit.repayment.level import exact_instalment, level, level_instalment, level_totals
from overdue_visit.repayment.level_carried import carried_level
from overdue_visit.repayment.schedule import Schedule
from overdue_visit.repayment.terms import Terms

DRAWN = dt.date(2026, 1, 15)


def loan(amount: str, rate: str, months: int, *, currency: str = "CNY", **others: object) -> Terms:
    """
    Return the terms of a monthly loan drawn on 15 January 2026.
    """
    terms = {"drawn": DRAWN, "dues": periods.months_after(DRAWN, months), "rate": Rate(rate)}
    return Terms(**{"principal": Money(amount, currency), **terms, **others})


def payments(schedule: Schedule) -> list[str]:
    """
    Return what each row pays, as text.
    """
    return [format(row.payment.decimal, "f") for row in schedule.rows]


# Examples with their source


def test_actual_days_in_a_leap_year_cut_at_31_december():
    """
    10,000 at 12 % from 12 December 2023 is 1725.56 five times and 1725.59 (Apache Fineract, EMI case C3152).
    """
    drawn = dt.date(2023, 12, 12)
    half_even = {"rounding": Rounding.HALF_EVEN, "instalment_rounding": Rounding.HALF_EVEN}
    terms = loan("10000", "12%", 6, drawn=drawn, dues=periods.months_after(drawn, 6), **half_even)

    schedule = level(attrs.evolve(terms, day_count=ACT_ACT_YEAR_END), nudge=True)

    assert payments(schedule) == [*["1725.56"] * 5, "1725.59"]
    assert schedule.rows[0].interest == Money("101.81", "CNY")


def test_a_tie_is_rounded_as_the_terms_say():
    """
    162,000 at 3.875 % bears 523.125 in its first month: 523.13 half up, 523.12 to the even (CFPB form H-25(B)).
    """
    terms = loan("162000", "3.875%", 360, currency="USD")

    up = level(terms)
    even = level(attrs.evolve(terms, rounding=Rounding.HALF_EVEN))

    assert up.instalment == Money("761.78", "USD")
    assert up.rows[0].interest == Money("523.13", "USD")
    assert even.rows[0].interest == Money("523.12", "USD")


def test_a_canadian_mortgage_is_compounded_twice_a_year():
    """
    265,830.61 at 2.5 % compounded half-yearly is 4807.70 a quarter over 17 years (eCampus Ontario, section 4.4).
    """
    dues = periods.months_after(DRAWN, 68, every=3)

    terms = loan("265830.61", "2.5%", 1, dues=dues, compounding=2, currency="CAD")

    assert level(terms).instalment == Money("4807.70", "CAD")


def test_a_rate_compounded_as_often_as_it_is_paid_is_the_plain_rate():
    """
    Twelve times a year and monthly payments: compounding changes nothing.
    """
    terms = loan("10000", "6%", 24)

    assert level(attrs.evolve(terms, compounding=12)) == level(terms)


def test_whole_yen_need_no_other_rule():
    """
    20,000,000 yen at 1.5 % over 30 years are 69,024 a month (Flat 35, Japan Housing Finance Agency).
    """
    assert level(loan("20000000", "1.5%", 360, currency="JPY")).instalment == Money("69024", "JPY")


def test_a_term_shorter_than_the_time_it_is_reckoned_over_leaves_a_balance():
    """
    25,000,000 at 5.5 %, act/360, over 30 years: after ten, 20,885,505.83 are left (Fannie Mae, Multifamily Guide 1103).
    """
    drawn = dt.date(2018, 12, 1)
    terms = loan("25000000", "5.5%", 1, drawn=drawn, dues=periods.months_after(drawn, 360), currency="USD")

    schedule = carried_level(
        attrs.evolve(terms, day_count=ACT_360), instalment_day_count=EqualParts(Fraction(1, 12)), stop_after=120
    )

    assert schedule.instalment == Money("141947.25", "USD")
    assert schedule.left == Money("20885505.83", "USD")
    assert len(schedule.rows) == 120


def test_a_chosen_payment_runs_until_the_debt_is_paid():
    """
    3,000 at 6 % with 30 a month ends with a 139th payment of 29.27 (Federal Home Loan Bank Review, March 1935).
    """
    terms = loan("3000", "6%", 139, currency="USD")

    schedule = carried_level(terms, instalment=Money("30.00", "USD"))

    assert payments(schedule) == [*["30.00"] * 138, "29.27"]


def test_what_chinese_loan_sites_print():
    """
    1,000,000 yuan at 4.9 % over 30 years: 5307.27 a month, 910,616.19 interest; 984,978.41 left after a year.
    """
    terms = loan("1000000", "4.9%", 360)

    totals, carried = level_totals(terms), carried_level(terms)

    assert totals.instalment == Money("5307.27", "CNY")
    assert totals.total_interest == Money("910616.19", "CNY")
    assert totals.total_paid == Money("1910616.19", "CNY")
    assert carried.rows[11].balance == Money("984978.41", "CNY")


def test_a_fee_rides_on_every_payment():
    """
    10,000 at 5 % over a year with 2.92 insurance: 858.99 a month, 856.07 of it the instalment (MoneyVox).
    """
    schedule = level(loan("10000", "5%", 12, currency="EUR", fee=Money("2.92", "EUR")))

    assert schedule.instalment == Money("856.07", "EUR")
    assert payments(schedule) == [*["858.99"] * 11, "859.04"]
    assert schedule.total_fees == Money("35.04", "EUR")


def test_a_daily_rate_bears_by_days():
    """
    1,500 at 0.798 % a day in six uneven payments is 467.29, the last 467.33 (FSharp.Finance.Personal).
    """
    drawn = dt.date(2023, 12, 7)
    dues = periods.days_after(drawn, (20, 51, 82, 111, 142, 172))

    terms = loan("1500", "1%", 1, currency="GBP", drawn=drawn, dues=dues, day_count=ACT_365F)
    schedule = level(attrs.evolve(terms, rate=Rate("0.798%", per="day")))

    assert payments(schedule) == [*["467.29"] * 5, "467.33"]


def test_a_last_payment_that_must_not_be_higher_takes_the_least_instalment():
    """
    3473.64 at 9.95 % in eleven fortnights is 323.06 and 323.03: the next cent above the closed form is not needed.
    """
    drawn = dt.date(2023, 11, 15)
    terms = Terms(
        principal=Money("3473.64", "USD"),
        rate=Rate("9.95%"),
        drawn=drawn,
        dues=periods.every_days(dt.date(2023, 11, 29), 11, days=14),
        day_count=ACT_365F,
        rounding=Rounding.DOWN,
        instalment_rounding=Rounding.UP,
        last_payment="lower",
    )

    schedule = level(terms)

    assert payments(schedule) == [*["323.06"] * 10, "323.03"]


def test_monthly_and_daily_rates_say_the_same_as_their_year():
    """
    One per cent a month is twelve a year; a day's 360th of it is the same by thirty-day months.
    """
    yearly = level(loan("5000", "12%", 12))

    monthly = level(attrs.evolve(loan("5000", "12%", 12), rate=Rate("1%", per="month")))
    daily = level(attrs.evolve(loan("5000", "12%", 12), rate=Rate.from_ratio(12, 36_000, per="day")))

    assert monthly == yearly
    assert daily == yearly


# Choices


def test_instalments_in_whole_yuan():
    """
    With a unit of 100 fen every payment but the last is whole yuan.
    """
    schedule = level(loan("5000", "12%", 18, unit=100))

    assert payments(schedule) == [*["305.00"] * 17, "303.22"]


def test_the_first_row_may_take_the_residue():
    """
    Paid first, the residue of whole yuan leaves all other payments, the last one too, at the level.
    """
    schedule = level(loan("5000", "12%", 18, unit=100, residue="first"))

    assert payments(schedule) == ["303.52", *["305.00"] * 17]
    assert schedule.instalment == Money("305.00", "CNY")


def test_a_tiny_last_payment_joins_the_one_before():
    """
    12 at 1 % with a yuan a month would leave 0.07 for a thirteenth month: it is paid with the twelfth.
    """
    terms = loan("12.00", "1%", 13)
    own = Money("1.00", "CNY")

    apart = level(terms, instalment=own)
    merged = level(attrs.evolve(terms, merge_below=Money("0.50", "CNY")), instalment=own)
    kept = level(attrs.evolve(terms, merge_below=Money("0.07", "CNY")), instalment=own)

    assert payments(apart)[-2:] == ["1.00", "0.07"]
    assert payments(merged)[-2:] == ["1.00", "1.07"]
    assert merged.left == Money("0.00", "CNY")
    assert kept.rows == apart.rows


def test_rounding_up_to_the_yuan_may_end_the_plan_early():
    """
    12.04 a month rounded up to 13.00 pays 144.48 in twelve months already in the twelfth row, which is small.
    """
    schedule = level(loan("144.48", "0%", 13, unit=100, instalment_rounding=Rounding.UP))

    assert payments(schedule) == [*["12.00"] * 12, "0.48"]
    assert payments(level(loan("1.30", "0%", 13, unit=100, instalment_rounding=Rounding.UP))) == ["1.00", "0.30"]


def test_a_debt_smaller_than_its_rows_is_paid_unit_by_unit():
    """
    Three fen in twelve months are paid in three rows of one fen; no row is negative and none is empty.
    """
    assert payments(level(loan("0.03", "0%", 12))) == ["0.01"] * 3


def test_the_nudge_spreads_what_the_last_payment_is_off():
    """
    A last payment that is off by more than half a unit a row is brought nearer once.
    """
    terms = loan("10000", "9.99%", 24, instalment_rounding=Rounding.UP)

    plain, nudged = level(terms), level(terms, nudge=True)

    assert payments(plain)[-2:] == ["461.41", "461.21"]
    assert payments(nudged)[-2:] == ["461.40", "461.49"]


def test_the_nudge_is_not_kept_if_it_does_not_help():
    """
    Over twenty years a fen more a month moves the last payment too far the other way.
    """
    terms = loan("10000", "9.99%", 240)

    assert level(terms, nudge=True) == level(terms)


def test_interest_that_is_not_paid_is_capitalised_if_it_may_be():
    """
    5.00 against 10.00 of interest: 5.00 are paid, 5.00 join the balance, and the last row clears it all.
    """
    schedule = level(loan("1000", "12%", 3), instalment=Money("5.00", "CNY"), negative=True)

    first, last = schedule.rows[0], schedule.rows[-1]
    assert (first.interest, first.principal, first.capitalised) == (
        Money("5.00", "CNY"),
        Money("0.00", "CNY"),
        Money("5.00", "CNY"),
    )
    assert first.balance == Money("1005.00", "CNY")
    assert schedule.total_capitalised == Money("10.05", "CNY")
    assert last.principal == Money("1010.05", "CNY")
    assert schedule.left == Money("0.00", "CNY")


def test_some_rows_can_be_shown_of_a_longer_plan():
    """
    Three rows of twelve are the first three, and what they leave is left.
    """
    terms = loan("1000", "12%", 12)

    part, whole = level(terms, stop_after=3), level(terms)

    assert part.rows == whole.rows[:3]
    assert part.left == whole.rows[2].balance
    assert level(attrs.evolve(terms, fee=Money("1.00", "CNY")), stop_after=3).left == part.left


def test_the_instalment_may_be_reckoned_by_another_rule_than_the_interest():
    """
    Actual days with the instalment of twelve equal months: the last row takes the difference.
    """
    terms = loan("5000", "12%", 18, day_count=ACT_365F)

    schedule = level(terms, instalment_day_count=THIRTY_360)

    assert schedule.instalment == level_instalment(terms, day_count=THIRTY_360)
    assert schedule.instalment != level_instalment(terms)
    assert schedule.left == Money("0.00", "CNY")


# What is refused

TERMS = loan("1000", "12%", 12)


@pytest.mark.parametrize(
    ("make", "field"),
    [
        (lambda: level(TERMS, instalment=Money("9.99", "CNY")), "instalment"),
        (lambda: level(TERMS, instalment=Money("0.00", "CNY")), "instalment"),
        (lambda: level(TERMS, instalment=100), "instalment"),
        (lambda: level(TERMS, stop_after=0), "stop_after"),
        (lambda: level(TERMS, stop_after=13), "stop_after"),
        (lambda: level(TERMS, stop_after=True), "stop_after"),
        (lambda: level(TERMS, instalment_day_count="30/360"), "day_count"),
        (lambda: exact_instalment(TERMS, day_count=360), "day_count"),
        (lambda: carried_level(TERMS, instalment=Money("9.99", "CNY")), "instalment"),
        (lambda: carried_level(TERMS, instalment=Money("-9.99", "CNY")), "instalment"),
        (lambda: carried_level(TERMS, stop_after=13), "stop_after"),
    ],
)
def test_a_plan_that_cannot_be_is_refused(make, field):
    """
    An instalment below the interest, no payment at all, or more rows than there are dates.
    """
    with pytest.raises(InvalidValue) as refusal:
        make()

    assert refusal.value.field == field


def test_the_refusal_says_how_much_interest_there_is():
    """
    It names the row and its interest, and the way to ask for a growing debt; it survives a pickle.
    """
    with pytest.raises(InvalidValue, match=r"CNY 10\.00, the interest of row 1, unless negative=True") as refusal:
        level(TERMS, instalment=Money("9.99", "CNY"))

    assert str(pickle.loads(pickle.dumps(refusal.value))) == str(refusal.value)


def test_a_later_row_may_be_the_one_whose_interest_is_not_paid():
    """
    After a first month of two days, a long second period bears more than the instalment.
    """
    dues = (dt.date(2026, 1, 17), dt.date(2027, 1, 15), dt.date(2027, 2, 15))
    terms = loan("1000", "12%", 1, dues=dues, day_count=ACT_365F)

    with pytest.raises(InvalidValue, match="row 2"):
        level(terms, instalment=Money("100.00", "CNY"))


@pytest.mark.parametrize("make", [level, carried_level])
def test_an_instalment_is_in_the_currency_of_the_loan(make):
    """
    Euros do not repay yuan.
    """
    with pytest.raises(CurrencyMismatch):
        make(TERMS, instalment=Money("100.00", "EUR"))


@pytest.mark.parametrize("rows", [1, 3])
def test_a_debt_smaller_than_a_unit_has_a_highest_instalment_too(rows):
    """
    99 yen in thousands, the last payment not below the others: one payment of what is owed, and the search ends.
    """
    made = level(loan("99", "12%", rows, currency="JPY", unit=1000, last_payment="higher"))

    assert [row.principal.minor for row in made.rows] == [99]


def test_a_search_for_the_last_payment_ends_where_a_nudge_went_far():
    """
    A nudge may move the instalment of a long dear plan far; the highest that keeps the last payment above is found.
    """
    terms = loan("1000.00", "24%", 240, last_payment="higher", rounding=Rounding.CEILING)

    made = level(terms, nudge=True)
    assert made.rows[-1].payment >= made.instalment
    assert made.rows[-1].balance.minor == 0
