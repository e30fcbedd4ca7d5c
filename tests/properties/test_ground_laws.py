from __future__ import annotations

import datetime as dt
import zoneinfo
from decimal import Decimal
from fractions import Fraction

from hypothesis import assume, given
from hypothesis import strategies as st

from overdue_visit.business_calendar import BusinessCalendar, Roll
from overdue_visit.instants import day_of, in_utc, local, parse
from overdue_visit.money import CURRENCIES, Money, Rounding, divide
from overdue_visit.rate import Per, Rate

minors = st.integers(-(10**15), 10**15)
currencies = st.sampled_from(sorted(CURRENCIES))
amounts = st.builds(Money.from_minor, minors, st.just("CNY"))
roundings = st.sampled_from(Rounding)
days = st.dates(dt.date(2020, 1, 1), dt.date(2030, 12, 31))
calendars = st.builds(
    BusinessCalendar,
    weekend=st.frozensets(st.integers(0, 6), max_size=3),
    holidays=st.frozensets(st.dates(dt.date(2026, 1, 1), dt.date(2026, 3, 31)), max_size=20),
)
zones = st.sampled_from(["Asia/Shanghai", "Europe/London", "America/New_York", "Pacific/Kiritimati"]).map(
    zoneinfo.ZoneInfo
)
instants = st.datetimes(dt.datetime(2000, 1, 1), dt.datetime(2037, 12, 31), timezones=zones, allow_imaginary=False)


@given(minors, currencies)
def test_what_is_shown_is_read_again(minor, currency):
    """
    An amount's text and repr hold all of it.
    """
    amount = Money.from_minor(minor, currency)

    assert Money(str(amount).split(" ")[1], currency) == Money(amount.decimal, currency) == eval(repr(amount)) == amount
    assert amount.decimal * 10 ** CURRENCIES[currency] == Decimal(minor)


@given(amounts, amounts, amounts)
def test_amounts_add_up(one, two, three):
    """
    Order and grouping do not matter, what is taken away is gone, and comparing agrees with the minor units.
    """
    assert (one + two) + three == three + (two + one) == Money.total([one, two, three], "CNY")
    assert one - one == Money.zero("CNY")
    assert (one < two, one <= two, one == two) == (
        one.minor < two.minor,
        one.minor <= two.minor,
        one.minor == two.minor,
    )


@given(amounts, st.integers(1, 500), st.sampled_from(["first", "last"]))
def test_a_split_loses_nothing(amount, parts, residue):
    """
    The parts sum to the whole, all but the named one are equal, and none is on the other side of zero.
    """
    found = amount.split(parts, residue=residue)
    others = found[1:] if residue == "first" else found[:-1]
    odd = found[0 if residue == "first" else -1]

    assert len(found) == parts
    assert Money.total(found, "CNY") == amount
    assert len(set(others)) <= 1
    assert all(abs(odd) >= abs(other) and abs(odd.minor - other.minor) < parts for other in others)


@given(amounts, st.lists(st.integers(0, 1000), min_size=1, max_size=12).filter(any))
def test_shares_lose_nothing(amount, weights):
    """
    Shares sum to the whole and each but the largest is its exact share, rounded toward zero.
    """
    found = amount.share(weights)
    largest = weights.index(max(weights))

    assert Money.total(found, "CNY") == amount
    for place, (share, weight) in enumerate(zip(found, weights, strict=True)):
        exact = Fraction(amount.minor * weight, sum(weights))
        assert place == largest or share.minor == int(exact)


@given(st.integers(-(10**20), 10**20), st.integers(-(10**6), 10**6).filter(bool), roundings)
def test_division_is_off_by_less_than_one(numerator, denominator, rounding):
    """
    A rounded quotient is exact, or one of the two whole numbers around the exact one, the one its name says.
    """
    exact = Fraction(numerator, denominator)
    found = divide(numerator, denominator, rounding)

    assert abs(found - exact) < 1
    match rounding:
        case Rounding.DOWN:
            assert abs(found) <= abs(exact)
        case Rounding.UP:
            assert abs(found) >= abs(exact)
        case Rounding.FLOOR:
            assert found <= exact
        case Rounding.CEILING:
            assert found >= exact
        case Rounding.HALF_UP:
            assert abs(found - exact) <= Fraction(1, 2)
            assert abs(found - exact) != Fraction(1, 2) or abs(found) > abs(exact)
        case Rounding.HALF_EVEN:
            assert found == round(exact)


@given(
    st.decimals(-1000, 1000, places=6).map(lambda d: f"{d:f}"),
    st.sampled_from(["", "%"]),
    st.sampled_from(Per),
    amounts,
    st.fractions(0, 100, max_denominator=400),
    roundings,
)
def test_a_rate_is_one_multiplication_and_one_rounding(text, percent, per, amount, periods, rounding):
    """
    Rate times amount times periods is the exact product, rounded once.
    """
    rate = Rate(text + percent, per=per)
    exact = Fraction(text) / (100 if percent else 1)
    product = exact * amount.minor * periods
    assume(abs(product) < 10**18)

    assert rate.fraction == exact
    assert rate.of(amount, periods=periods, rounding=rounding).minor == divide(
        product.numerator, product.denominator, rounding
    )
    assert eval(repr(rate)) == rate


@given(calendars, days, st.integers(-30, 30))
def test_adding_and_counting_business_days_agree(calendar, day, count):
    """
    So many business days on, so many lie between; the day arrived at is worked.
    """
    arrived = calendar.add(day, count)
    first, last = min(day, arrived), max(day, arrived)

    assert count == 0 or calendar.is_business_day(arrived)
    if count >= 0:
        assert calendar.days_between(day, arrived) == count
    else:
        assert calendar.days_between(first - dt.timedelta(days=1), last - dt.timedelta(days=1)) == -count


@given(calendars, days)
def test_rolling_finds_the_nearest_business_day(calendar, day):
    """
    Rolling lands on a business day with none between, stays when already there, and modified keeps the month.
    """
    on, back = calendar.roll(day, Roll.FOLLOWING), calendar.roll(day, Roll.PRECEDING)

    assert back <= day <= on
    assert calendar.is_business_day(on)
    assert calendar.is_business_day(back)
    assert calendar.days_between(back, on) == (0 if on == back else 1)
    assert calendar.roll(day, Roll.MODIFIED_FOLLOWING) == (on if on.month == day.month else back)
    assert calendar.roll(day, Roll.UNADJUSTED) == day


@given(calendars, days, days, days)
def test_counted_business_days_add_up(calendar, one, two, three):
    """
    Business days from a first to a last day are those to any day between plus those from it.
    """
    first, middle, last = sorted([one, two, three])

    assert calendar.days_between(first, middle) + calendar.days_between(middle, last) == calendar.days_between(
        first, last
    )


@given(instants, zones)
def test_utc_changes_no_instant(at, where):
    """
    An instant in UTC is the same instant, in any zone on the same day, and is read again from its text.
    """
    found = in_utc(at)

    # By timestamp: where clocks change twice, Python calls equal instants of two zones unequal (PEP 495).
    assert found.timestamp() == at.timestamp()
    assert in_utc(found) == found
    assert day_of(found, where) == at.astimezone(where).date()
    assert parse(at.isoformat(), where) == found


@given(days, st.times(), zones)
def test_wall_time_comes_back(day, time, where):
    """
    A wall-clock time that exists is the same on that wall again; one that is skipped moves by the change.
    """
    wall = dt.datetime.combine(day, time.replace(fold=0))
    found = local(day, wall.time(), where).astimezone(where).replace(tzinfo=None, fold=0)
    exists = wall.replace(tzinfo=where).astimezone(dt.UTC).astimezone(where).replace(tzinfo=None, fold=0) == wall

    assert (found == wall) == exists
    assert found >= wall
