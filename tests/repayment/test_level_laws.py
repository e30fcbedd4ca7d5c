"""
What holds for every level schedule, whatever its terms.

The oracle is `fractions.Fraction`, with its own annuity and its own rounding.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import decimal
import itertools
import math
import pickle
from fractions import Fraction

import attrs
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from overdue_visit.errors import InvalidValue
from overdue_visit.money import Money, Rounding
from overdue_visit.rate import Rate
from overdue_visit.repayment import periods
from overdue_visit.repayment.day_count_actual import ACT_360, ACT_365F, ACT_ACT_ISDA
from overdue_visit.repayment.day_count_thirty import THIRTY_360, THIRTY_360_BOND, THIRTY_E_360
from overdue_visit.repayment.level import exact_instalment, level, level_instalment
from overdue_visit.repayment.level_carried import carried_level
from overdue_visit.repayment.schedule import Schedule
from overdue_visit.repayment.terms import Terms

DRAWN = dt.date(2024, 1, 31)
HALF = Fraction(1, 2)
CYCLE = dt.timedelta(days=146_097)
TO_NEAREST = (Rounding.HALF_UP, Rounding.HALF_EVEN)
COUNTS = (THIRTY_360, THIRTY_360_BOND, THIRTY_E_360, ACT_360, ACT_365F, ACT_ACT_ISDA)

RATES = st.integers(0, 4000).map(lambda bp: Rate.from_ratio(bp, 10_000))
PRINCIPALS = st.integers(1, 10**9)


def monthly_terms(principal: int, rate: Rate, months: int, **others: object) -> Terms:
    """
    Return a loan in minor units, due every month.
    """
    terms = {"drawn": DRAWN, "dues": periods.months_after(DRAWN, months)}
    return Terms(principal=Money.from_minor(principal, "CNY"), rate=rate, **{**terms, **others})


@st.composite
def any_terms(draw: st.DrawFn, *, nearest: bool = False, **others: object) -> Terms:
    """
    Draw a loan: monthly or on uneven dates, any day count, any rounding.
    """
    if draw(st.booleans()):
        dues = periods.months_after(DRAWN, draw(st.integers(1, 60)))
    else:
        gaps = draw(st.lists(st.integers(10, 60), min_size=1, max_size=30))
        dues = periods.days_after(DRAWN, itertools.accumulate(gaps))
    modes = st.sampled_from(TO_NEAREST if nearest else tuple(Rounding))
    return Terms(
        principal=Money.from_minor(draw(PRINCIPALS), "CNY"),
        rate=draw(RATES),
        drawn=DRAWN,
        dues=dues,
        day_count=draw(st.sampled_from(COUNTS)),
        rounding=draw(modes),
        instalment_rounding=draw(modes),
        **others,
    )


def made(terms: Terms, **choices: object) -> Schedule:
    """
    Make the schedule; terms whose level is below the interest of an uneven period are left out.
    """
    try:
        return level(terms, **choices)
    except InvalidValue as refusal:
        assume(refusal.field != "instalment")
        raise


def factors(terms: Terms) -> list[Fraction]:
    """
    Return what one unit bears in each period, by the day count's own fractions.
    """
    dates = (terms.drawn, *terms.dues)
    return [terms.rate.fraction * terms.day_count.fraction(a, b) for a, b in itertools.pairwise(dates)]


def rounded(exact: Fraction, mode: Rounding) -> int:
    """
    Round a fraction, by the definition of each mode.
    """
    below = math.floor(exact)
    rest = exact - below
    if rest == 0:
        return below
    nearest = below + (rest > HALF or (rest == HALF and (mode is Rounding.HALF_UP or below % 2 == 1)))
    by_mode = {
        Rounding.DOWN: below,
        Rounding.FLOOR: below,
        Rounding.UP: below + 1,
        Rounding.CEILING: below + 1,
        Rounding.HALF_UP: nearest,
        Rounding.HALF_EVEN: nearest,
    }
    return by_mode[mode]


def growth(terms: Terms) -> Fraction:
    """
    Return what one unit paid at every due date would come to at the last: S = ((1 + r)^n - 1) / r on equal periods.
    """
    total = Fraction(0)
    for factor in factors(terms):
        total = total * (1 + factor) + 1
    return total


def minor(schedule: Schedule) -> list[tuple[int, ...]]:
    """
    Return the rows as integers, without dates.
    """
    return [tuple(row.minor)[2:] for row in schedule.rows]


# Sums


@settings(max_examples=40)
@given(any_terms(), st.sampled_from([0, 250]), st.booleans())
def test_every_row_and_every_sum_adds_up(terms, fee, negative):
    """
    Principal parts sum to the principal and what was capitalised, payments are their parts, balances follow, to zero.
    """
    terms = attrs.evolve(terms, fee=Money.from_minor(fee, "CNY"))
    rows = made(terms, negative=negative).rows

    balance = terms.principal.minor
    for row in (each.minor for each in rows):
        assert row.payment == row.interest + row.principal + row.fee + row.penalty
        assert row.balance == balance - row.principal + row.capitalised
        assert row.principal >= 0
        assert row.capitalised >= 0
        balance = row.balance
    assert balance == 0
    capitalised = sum(row.capitalised.minor for row in rows)
    assert sum(row.principal.minor for row in rows) == terms.principal.minor + capitalised
    assert negative or capitalised == 0


@settings(max_examples=40)
@given(any_terms())
def test_interest_is_the_exact_product_rounded_once(terms):
    """
    Each row's interest is the balance before it times the exact factor, rounded as the terms say.
    """
    schedule = made(terms)

    before = [terms.principal.minor, *(row.balance.minor for row in schedule.rows)]
    expected = [
        rounded(balance * factor, terms.rounding) for balance, factor in zip(before, factors(terms), strict=False)
    ]
    assert [row.interest.minor for row in schedule.rows] == expected[: len(schedule.rows)]


@settings(max_examples=40)
@given(st.integers(1, 10**6), st.sampled_from(tuple(Rounding)))
def test_a_tie_in_interest_goes_where_the_rounding_says(half_units, mode):
    """
    One unit in two hundred a month puts every odd hundred on a tie: each mode breaks it by its own rule.
    """
    terms = monthly_terms(100 * (2 * half_units + 1), Rate("6%"), 2, rounding=mode)

    interest = level(terms).rows[0].interest.minor

    assert interest == rounded(Fraction(2 * half_units + 1, 2), mode)


@settings(max_examples=40)
@given(any_terms(nearest=True))
def test_the_debt_lasts_until_the_last_row_unless_it_is_tiny(terms):
    """
    Where the instalment is more than S + 1 units no row but the last clears the debt; a smaller debt may end early.
    """
    schedule = made(terms)

    balances = [row.balance.minor for row in schedule.rows]
    assert all(balance > 0 for balance in balances[:-1])
    if schedule.instalment.minor > growth(terms) + 1:
        assert len(schedule.rows) == len(terms.dues)


@settings(max_examples=40)
@given(any_terms(nearest=True))
def test_all_payments_but_the_last_are_level_and_the_last_is_near(terms):
    """
    a(1) == ... == a(n-1), and the last differs by at most S + 1 units where both roundings are to the nearest.
    """
    schedule = made(terms)
    assume(len(schedule.rows) == len(terms.dues))

    *others, last = [row.payment.minor for row in schedule.rows]
    assert set(others) <= {schedule.instalment.minor}
    raised = schedule.instalment != level_instalment(terms)
    assert raised or abs(last - schedule.instalment.minor) <= growth(terms) + 1


@settings(max_examples=40)
@given(PRINCIPALS, st.integers(1, 60))
def test_at_no_interest_the_principal_is_only_divided(principal, months):
    """
    At a rate of zero no row bears interest, and payments differ by no more than the residue.
    """
    schedule = level(monthly_terms(principal, Rate("0%"), months))

    assert schedule.total_interest.minor == 0
    assert schedule.total_paid.minor == principal
    payments = [row.payment.minor for row in schedule.rows]
    assert len(set(payments[:-1])) <= 1
    assert abs(payments[-1] - payments[0]) <= months


@settings(max_examples=40)
@given(any_terms())
def test_one_row_is_the_principal_and_its_interest(terms):
    """
    A single payment is P and P times the factor, rounded once.
    """
    single = attrs.evolve(terms, dues=terms.dues[:1])

    row = level(single).rows[0].minor

    interest = rounded(terms.principal.minor * factors(single)[0], terms.rounding)
    assert (row.payment, row.interest, row.principal) == (
        terms.principal.minor + interest,
        interest,
        terms.principal.minor,
    )


# Where the residue goes


@settings(max_examples=40)
@given(any_terms(nearest=True), st.sampled_from([1, 100]))
def test_the_residue_row_is_a_choice_that_loses_nothing(terms, unit):
    """
    With the residue first, the sum of principal is the same and the rows between are level.

    The last row is as near to them as a unit more or less in the first can bring it.
    """
    last = made(attrs.evolve(terms, unit=unit))
    first = made(attrs.evolve(terms, unit=unit, residue="first"))
    each = last.instalment.minor
    assume(each > (growth(terms) + 1) * unit and len(terms.dues) > 1)

    assert sum(row.principal.minor for row in first.rows) == terms.principal.minor
    payments = [row.payment.minor for row in first.rows]
    assert set(payments[1:-1]) <= {each}
    near = abs(payments[-1] - each)
    assert near == abs(residue(terms, each, first=payments[0]))
    assert all(near <= abs(residue(terms, each, first=payments[0] + step)) for step in (-1, 1))


def residue(terms: Terms, each: int, *, first: int) -> int:
    """
    Return what is left after all rows paid *each*, and the first *first*.
    """
    balance = terms.principal.minor
    for row, factor in enumerate(factors(terms)):
        balance += rounded(balance * factor, terms.rounding) - (each if row else first)
    return balance


@settings(max_examples=40)
@given(any_terms(), st.sampled_from([1, 10, 100]))
def test_the_last_payment_is_on_the_side_that_was_asked_for(terms, unit):
    """
    Lower takes the least instalment whose last payment is not above it, higher the greatest whose last is not below.
    """
    assume(exact_instalment(terms) > 3 * unit * (growth(terms) + 1))
    lower = made(attrs.evolve(terms, unit=unit, last_payment="lower"))
    higher = made(attrs.evolve(terms, unit=unit, last_payment="higher"))
    step = Money.from_minor(unit, "CNY")

    assert lower.rows[-1].payment <= lower.instalment
    assert higher.rows[-1].payment >= higher.instalment
    with contextlib.suppress(InvalidValue):
        less = level(terms, instalment=lower.instalment - step)
        assert less.rows[-1].payment > less.instalment
    more = level(terms, instalment=higher.instalment + step)
    assert len(more.rows) < len(terms.dues) or more.rows[-1].payment < more.instalment


@settings(max_examples=40)
@given(any_terms(), st.integers(1, 10**6))
def test_a_merged_last_row_leaves_no_small_payment(terms, least):
    """
    After a merge the last payment is at least the bound, or the only one; the debt is still paid exactly.
    """
    schedule = made(attrs.evolve(terms, merge_below=Money.from_minor(least, "CNY")))

    rows = schedule.rows
    assert sum(row.principal.minor for row in rows) == terms.principal.minor
    assert all(row.payment.minor == row.interest.minor + row.principal.minor for row in rows)
    unmerged = made(terms).rows
    assert len(rows) >= len(unmerged) - 1
    assert len(rows) == len(unmerged) or unmerged[-1].payment.minor < least


# The instalment


@settings(max_examples=40)
@given(any_terms())
def test_the_closed_form_is_worth_the_principal(terms):
    """
    The unrounded instalments, discounted by the exact factors, are the principal to the last digit.
    """
    instalment = exact_instalment(terms)

    value, discount = Fraction(0), Fraction(1)
    for factor in factors(terms):
        discount /= 1 + factor
        value += instalment * discount
    assert value == terms.principal.minor


@settings(max_examples=40)
@given(st.integers(1, 10**7), st.integers(1, 10**7), st.integers(1, 9), st.integers(1, 9), RATES, st.integers(1, 60))
def test_the_unrounded_instalment_is_linear_in_the_principal(p, q, a, b, rate, months):
    """
    PMT(a P + b Q) == a PMT(P) + b PMT(Q).
    """
    together = exact_instalment(monthly_terms(a * p + b * q, rate, months))

    parts = [exact_instalment(monthly_terms(each, rate, months)) for each in (p, q)]
    assert together == a * parts[0] + b * parts[1]


@settings(max_examples=40)
@given(PRINCIPALS, st.integers(0, 4000), st.integers(1, 120), st.sampled_from(tuple(Rounding)))
def test_the_instalment_never_falls_with_rate_or_principal_nor_rises_with_rows(principal, bp, months, mode):
    """
    Dearer, larger and shorter loans have instalments that are not smaller: exactly, because rounding is monotone.
    """
    at = {"instalment_rounding": mode}
    here = level_instalment(monthly_terms(principal, Rate.from_ratio(bp, 10_000), months, **at))

    assert level_instalment(monthly_terms(principal, Rate.from_ratio(bp + 1, 10_000), months, **at)) >= here
    assert level_instalment(monthly_terms(principal + 1, Rate.from_ratio(bp, 10_000), months, **at)) >= here
    assert level_instalment(monthly_terms(principal, Rate.from_ratio(bp, 10_000), months + 1, **at)) <= here


@settings(max_examples=40)
@given(PRINCIPALS, RATES, st.integers(1, 120))
def test_a_longer_loan_never_costs_less_interest(principal, rate, months):
    """
    Total interest does not fall with the number of rows, but for what rounding moves: a tenth of S units.
    """
    here, longer = monthly_terms(principal, rate, months), monthly_terms(principal, rate, months + 1)
    assume(exact_instalment(longer) > growth(longer) + 1)

    gained = level(longer).total_interest.minor - level(here).total_interest.minor

    assert gained >= -max(1, growth(longer) / 10)


# What changes nothing


@settings(max_examples=40)
@given(any_terms(), st.integers(1, 59))
def test_the_tail_of_a_schedule_is_the_schedule_of_its_balance(terms, row):
    """
    Made anew from a balance, its date, the dates ahead and the same instalment, the rows are the ones there were.
    """
    schedule = made(terms)
    assume(row < len(schedule.rows))
    at = schedule.rows[row - 1]

    rest = attrs.evolve(terms, principal=at.balance, drawn=at.due, dues=terms.dues[row:])

    assert minor(level(rest, instalment=schedule.instalment)) == minor(schedule)[row:]


@settings(max_examples=25)
@given(any_terms(), st.sampled_from([decimal.ROUND_UP, decimal.ROUND_FLOOR]), st.sampled_from([2, 6, 1]))
def test_the_callers_decimal_context_is_not_seen(terms, rounding, compounding):
    """
    Six digits, another rounding and every trap set change no figure.
    """
    terms = attrs.evolve(terms, compounding=compounding)
    plain = made(terms)

    with decimal.localcontext(decimal.Context(prec=6, rounding=rounding, traps=list(decimal.Context().flags))):
        strange = level(terms)

    assert strange == plain


@settings(max_examples=40)
@given(any_terms())
def test_four_hundred_years_later_only_the_dates_differ(terms):
    """
    Shifted by a whole cycle of the calendar a schedule has the same amounts.
    """
    moved = attrs.evolve(terms, drawn=terms.drawn + CYCLE, dues=tuple(due + CYCLE for due in terms.dues))

    assert minor(made(moved)) == minor(made(terms))


@settings(max_examples=40)
@given(any_terms(), st.integers(1, 5000), st.sampled_from([ACT_360, ACT_365F]))
def test_plans_by_days_do_not_depend_on_when_they_begin(terms, days, day_count):
    """
    By actual days over a fixed year, the same gaps make the same amounts from any day.
    """
    terms = attrs.evolve(terms, day_count=day_count)
    gap = dt.timedelta(days=days)

    moved = attrs.evolve(terms, drawn=terms.drawn + gap, dues=tuple(due + gap for due in terms.dues))

    assert minor(made(moved)) == minor(made(terms))


@settings(max_examples=40)
@given(PRINCIPALS, RATES, st.lists(st.integers(2, 60), min_size=1, max_size=20), st.integers(1, 59))
def test_a_period_may_be_split_at_any_day_if_nothing_is_rounded_there(principal, rate, gaps, cut):
    """
    Additive counts: the factors of two parts of a period sum to the factor of the whole.
    """
    dues = periods.days_after(DRAWN, itertools.accumulate(gaps))
    cut = min(cut, gaps[0] - 1)
    whole = monthly_terms(principal, rate, 1, dues=dues, day_count=ACT_365F).accruals()

    first = monthly_terms(principal, rate, 1, dues=(DRAWN + dt.timedelta(days=cut), *dues), day_count=ACT_365F)

    split = first.accruals()
    assert split.factor(0) + split.factor(1) == whole.factor(0)


@settings(max_examples=40)
@given(any_terms())
def test_minor_units_of_any_currency_are_the_same_integers(terms):
    """
    Yen, yuan, dinars and the four-decimal unidad have the same rows for the same minor units.
    """
    rows = minor(made(terms))

    for currency in ("JPY", "KWD", "UYW"):
        assert minor(level(attrs.evolve(terms, principal=Money.from_minor(terms.principal.minor, currency)))) == rows


@settings(max_examples=40)
@given(any_terms())
def test_the_quick_way_makes_the_same_rows(terms):
    """
    A merge bound of zero merges nothing, but takes the longer way round: the rows are equal.
    """
    long_way = attrs.evolve(terms, merge_below=Money.from_minor(0, "CNY"))

    assert made(long_way) == made(terms)


def test_terms_from_a_pickle_make_the_same_schedule():
    """
    A day count that is equal but not the same object counts the same.
    """
    terms = monthly_terms(123_456, Rate("7.2%"), 36)

    assert level(pickle.loads(pickle.dumps(terms))) == level(terms)


# Sizes


@pytest.mark.parametrize("months", [1, 360, 600])
@pytest.mark.parametrize("rate", ["0.01%", "4.9%", "36%"])
def test_a_thousand_million_millions_lose_no_unit(months, rate):
    """
    At 10^15 minor units and 600 rows the schedule is that of exact fractions, unit by unit.
    """
    terms = monthly_terms(10**15 - 7, Rate(rate), months)
    factor = terms.rate.fraction / 12
    discount = (1 + factor) ** -months

    schedule = level(terms)

    each = rounded(terms.principal.minor * factor / (1 - discount), Rounding.HALF_UP)
    balance, expected = terms.principal.minor, []
    for month in range(1, months + 1):
        interest = rounded(balance * factor, Rounding.HALF_UP)
        payment = balance + interest if month == months else each
        balance -= payment - interest
        expected.append((payment, interest, payment - interest, 0, 0, 0, balance))
    assert minor(schedule) == expected


@pytest.mark.parametrize("compounding", [None, 1, 2, 365])
def test_six_hundred_uneven_rows_end_at_zero(compounding):
    """
    600 rows by actual days, compounded as may be, keep every sum at 10^15 minor units.
    """
    terms = monthly_terms(10**15, Rate("4.9%"), 600, day_count=ACT_365F, compounding=compounding)

    schedule = level(terms)

    assert schedule.left.minor == 0
    assert sum(row.principal.minor for row in schedule.rows) == 10**15
    assert abs(schedule.rows[-1].payment.minor - schedule.instalment.minor) <= growth(terms) + 1


# Carried balances


@settings(max_examples=30)
@given(any_terms(nearest=True))
def test_carried_cells_are_each_the_exact_value_rounded(terms):
    """
    Interest and balances are those of exact fractions, rounded for the eye only; a payment is its parts.
    """
    assume(exact_instalment(terms) > max(factors(terms)) * terms.principal.minor)
    schedule = carried_level(terms)

    exact, balance = exact_instalment(terms), Fraction(terms.principal.minor)
    for row, factor in zip(schedule.rows[:-1], factors(terms), strict=False):
        interest = balance * factor
        balance -= exact - interest
        assert row.interest.minor == rounded(interest, terms.rounding)
        assert row.balance.minor == rounded(balance, terms.rounding)
        assert row.payment.minor == row.interest.minor + row.principal.minor
    assert schedule.left.minor == 0
    assert abs(schedule.rows[-1].payment.minor - exact) <= 2
