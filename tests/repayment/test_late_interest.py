"""
Penalty interest, compound interest on unpaid interest, grace, caps and freezes.
"""

import copy
import datetime as dt
import pickle
from fractions import Fraction

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from overdue_visit.errors import InvalidValue
from overdue_visit.money import CurrencyMismatch, Money, Rounding
from overdue_visit.rate import Rate
from overdue_visit.repayment.frozen_days import FrozenDays, frozen_between
from overdue_visit.repayment.late_interest import Overdue, Reduction, late_interest
from overdue_visit.repayment.late_rate import MISUSE, OVERDUE, UpliftBand, UpliftOutsideBand, uplifted
from overdue_visit.repayment.late_terms import LateCap, LateTerms

DUE = dt.date(2026, 3, 1)
NONE = Money.zero("CNY")


def cny(text):
    """
    Write an amount of yuan.
    """
    return Money(text, "CNY")


def after(days):
    """
    Return the day so many days after the due date.
    """
    return DUE + dt.timedelta(days=days)


def once(text):
    """
    Write a share.
    """
    return Rate(text, "once")


money = st.integers(0, 10**12).map(lambda minor: Money.from_minor(minor, "CNY"))
day_numbers = st.integers(-30, 800)
freezes = st.lists(
    st.builds(lambda start, length: FrozenDays(after(start), after(start + length)), day_numbers, st.integers(0, 90)),
    max_size=4,
)


@st.composite
def overdues(draw):
    """
    Draw an overdue amount with payments that fit it.
    """
    principal, interest = draw(money), draw(money)
    left = [principal.minor, interest.minor]
    reductions = []
    for day in draw(st.lists(day_numbers, max_size=4)):
        parts = [draw(st.integers(0, each)) for each in left]
        left = [each - part for each, part in zip(left, parts, strict=True)]
        paid = [Money.from_minor(part, "CNY") for part in parts]
        reductions.append(Reduction(on=after(day), principal=paid[0], interest=paid[1]))
    return Overdue(due=DUE, principal=principal, interest=interest, reductions=reductions)


@st.composite
def terms(draw):
    """
    Draw terms of late interest, without a cap.
    """
    compound = draw(st.booleans())
    on_penalty = draw(st.booleans())
    return LateTerms(
        rate=Rate.from_ratio(draw(st.integers(1, 3_000)), 10_000),
        year_days=draw(st.sampled_from([360, 365])),
        grace_days=draw(st.integers(0, 15)),
        counts_from=draw(st.sampled_from(["due", "grace"])),
        base="principal" if compound else draw(st.sampled_from(["principal", "principal_and_interest"])),
        compound=compound,
        penalty_on_penalty=on_penalty,
        booked_on=tuple(after(day) for day in (20, 111, 203)),
        frozen=draw(freezes),
    )


def by_hand(overdue, on, terms):
    """
    Add up late interest day by day with fractions; None of it is on penalties.
    """
    grace_ends = after(terms.grace_days)
    if on <= grace_ends:
        return Fraction(0), Fraction(0)
    daily = terms.rate.fraction / terms.year_days
    penalty = compound = Fraction(0)
    first = DUE if terms.counts_from == "due" else grace_ends
    for number in range((on - first).days):
        day = first + dt.timedelta(days=number + 1)
        if any(freeze.first <= day <= freeze.last for freeze in terms.frozen):
            continue
        seen = max(day - dt.timedelta(days=1), grace_ends)
        paid = [each for each in overdue.reductions if each.on <= seen]
        principal = overdue.principal.minor - sum(each.principal.minor for each in paid)
        interest = overdue.interest.minor - sum(each.interest.minor for each in paid)
        penalty += (principal + (interest if terms.base == "principal_and_interest" else 0)) * daily
        compound += interest * daily if terms.compound else 0
    return penalty, compound


def test_a_month_of_penalty_interest_at_one_and_a_half_times_the_rate():
    """
    200,000 at 5 % and half of it, 30 days of 360: 1,250.00 (formula published for 罚息).
    """
    rate = uplifted(Rate("5%"), once("50%"))

    charged = late_interest(
        Overdue(due=DUE, principal=cny("200000")), on=after(30), terms=LateTerms(rate=rate, year_days=360)
    )

    assert (charged.penalty, charged.compound, charged.days) == (cny("1250.00"), NONE, 30)


def test_unpaid_interest_bears_compound_interest_at_the_penalty_rate():
    """
    银发〔2003〕251号: 50,000 at 4.35 % and half of it for 45 days; 1,812.50 of interest unpaid adds 14.78.
    """
    overdue = Overdue(due=DUE, principal=cny("50000"), interest=cny("1812.50"))
    terms = LateTerms(rate=uplifted(Rate("4.35%"), once("50%")), compound=True)

    charged = late_interest(overdue, on=after(45), terms=terms)

    assert terms.rate == Rate("6.525%")
    assert (charged.penalty, charged.compound, charged.total) == (cny("407.81"), cny("14.78"), cny("422.59"))


@given(
    contract=st.integers(0, 4_000),
    uplift=st.integers(0, 20_000),
    band=st.sampled_from([OVERDUE, MISUSE]),
)
def test_the_late_rate_is_the_contract_rate_and_its_uplift_or_an_error(contract, uplift, band):
    """
    Within its band, the rate is contract x (1 + uplift) exactly; outside it is refused, never clamped.
    """
    rate, share = Rate.from_ratio(contract, 10_000), Rate.from_ratio(uplift, 10_000, "once")

    if band.lowest.fraction <= share.fraction <= band.highest.fraction:
        assert uplifted(rate, share, band=band).fraction == rate.fraction * (1 + share.fraction)
    else:
        with pytest.raises(UpliftOutsideBand):
            uplifted(rate, share, band=band)


@pytest.mark.parametrize(
    ("band", "inside", "outside"),
    [(OVERDUE, ("30%", "50%"), ("29.99%", "50.01%")), (MISUSE, ("50%", "100%"), ("49.99%", "100.01%"))],
)
def test_a_bands_bounds_are_inside(band, inside, outside):
    """
    银发〔2003〕251号, item 3: 30 to 50 percent for overdue loans, 50 to 100 percent for misused ones.
    """
    for share in inside:
        uplifted(Rate("5%"), once(share), band=band)
    for share in outside:
        with pytest.raises(UpliftOutsideBand, match=band.name):
            uplifted(Rate("5%"), once(share), band=band)


@pytest.mark.parametrize("counts_from", ["due", "grace"])
@pytest.mark.parametrize("days", [-5, 0, 1, 5])
def test_nothing_is_charged_through_grace(counts_from, days):
    """
    On the due date and on every day of grace late interest is zero.
    """
    terms = LateTerms(rate=Rate("18%"), grace_days=5, counts_from=counts_from)

    charged = late_interest(Overdue(due=DUE, principal=cny("100000")), on=after(days), terms=terms)

    assert (charged.total, charged.days) == (NONE, 0)


@given(st.integers(1, 10**9), st.integers(1, 400), st.integers(0, 30), st.sampled_from(["due", "grace"]))
def test_a_day_after_grace_costs_something_as_soon_as_it_comes_to_a_unit(owed, days, grace, counts_from):
    """
    Through the due date and grace nothing is charged; after it, what amount, rate and days bring to a unit is.
    """
    overdue = Overdue(due=DUE, principal=Money.from_minor(owed, "CNY"))
    late = LateTerms(rate=Rate("9%"), grace_days=grace, counts_from=counts_from, rounding=Rounding.DOWN)
    charged_days = days + grace if counts_from == "due" else days

    found = late_interest(overdue, on=after(grace + days), terms=late)
    assert late_interest(overdue, on=after(grace), terms=late).total.minor == 0
    assert bool(found.total) is (Fraction(owed * 9 * charged_days, 100 * 360) >= 1)


def test_after_grace_interest_counts_from_the_due_date_or_from_grace():
    """
    On the sixth day after five of grace, six days are charged or one.
    """
    overdue = Overdue(due=DUE, principal=cny("36000"))
    found = [
        late_interest(overdue, on=after(6), terms=LateTerms(rate=Rate("10%"), grace_days=5, counts_from=word))
        for word in ("due", "grace")
    ]

    assert [(each.days, each.penalty) for each in found] == [(6, cny("60")), (1, cny("10"))]


def test_what_was_paid_within_grace_costs_nothing():
    """
    Paid in full on the last day of grace, an instalment bears no late interest afterwards.
    """
    overdue = Overdue(due=DUE, principal=cny("36000"), reductions=[Reduction(on=after(5), principal=cny("36000"))])

    charged = late_interest(overdue, on=after(30), terms=LateTerms(rate=Rate("10%"), grace_days=5))

    assert charged.total == NONE


def test_the_day_of_a_payment_is_charged_and_the_next_is_not():
    """
    36,000 at 10 % of 360 days costs 10 a day; paid on the third day, it costs 30.
    """
    overdue = Overdue(due=DUE, principal=cny("36000"), reductions=[Reduction(on=after(3), principal=cny("36000"))])
    terms = LateTerms(rate=Rate("10%"))

    assert [late_interest(overdue, on=after(n), terms=terms).total.minor for n in (2, 3, 4, 90)] == [
        2000,
        3000,
        3000,
        3000,
    ]


def test_days_count_only_while_something_is_owed():
    """
    Paid on the third day, an amount was late for three days, however long ago that is.
    """
    overdue = Overdue(due=DUE, principal=cny("36000"), reductions=[Reduction(on=after(3), principal=cny("36000"))])

    assert late_interest(overdue, on=after(90), terms=LateTerms(rate=Rate("10%"))).days == 3


def test_nothing_is_booked_within_grace():
    """
    A booking day within grace books nothing, though the days of grace are charged afterwards.
    """
    terms = LateTerms(rate=Rate("10%"), grace_days=5, penalty_on_penalty=True, booked_on=[after(4)])

    charged = late_interest(Overdue(due=DUE, principal=cny("36000")), on=after(100), terms=terms)

    assert (charged.penalty, charged.on_penalty) == (cny("1000"), NONE)


@given(overdue=overdues(), terms=terms(), days=st.integers(0, 500))
def test_late_interest_is_what_adding_it_up_by_the_day_gives(overdue, terms, days):
    """
    Each kind is the exact sum over all days, rounded once.
    """
    charged = late_interest(overdue, on=after(days), terms=terms)

    exact = by_hand(overdue, after(days), terms)
    for found, wanted in zip((charged.penalty, charged.compound), exact, strict=True):
        assert abs(found.minor - wanted) <= Fraction(1, 2)


@given(overdue=overdues(), terms=terms(), days=st.integers(0, 400), more=st.integers(0, 100))
def test_late_interest_never_falls_with_the_days(overdue, terms, days, more):
    """
    A later day never costs less.
    """
    assert (
        late_interest(overdue, on=after(days + more), terms=terms).total
        >= late_interest(overdue, on=after(days), terms=terms).total
    )


@given(overdue=overdues(), terms=terms(), days=st.integers(0, 400), more=money)
def test_late_interest_never_falls_with_what_is_overdue_or_with_the_rate(overdue, terms, days, more):
    """
    More overdue, or a higher rate, never costs less.
    """
    charged = late_interest(overdue, on=after(days), terms=terms).total
    larger = attrs.evolve(overdue, principal=overdue.principal + more)
    dearer = attrs.evolve(terms, rate=Rate.from_ratio(terms.rate.numerator * 2, terms.rate.denominator))

    assert late_interest(larger, on=after(days), terms=terms).total >= charged
    assert late_interest(overdue, on=after(days), terms=dearer).total >= charged


@given(overdue=overdues(), terms=terms(), days=st.integers(0, 400))
def test_compound_interest_is_on_unpaid_interest_only(overdue, terms, days):
    """
    Where no interest is owed compound interest is zero, whatever the principal and the penalties.
    """
    paid_up = attrs.evolve(overdue, interest=NONE, reductions=())

    assert late_interest(paid_up, on=after(days), terms=terms).compound == NONE


@given(overdue=overdues(), terms=terms(), days=st.integers(0, 400))
def test_penalties_bear_nothing_unless_it_is_switched_on(overdue, terms, days):
    """
    With the switch off, nothing is charged on penalties and the other kinds are the same.
    """
    off = late_interest(overdue, on=after(days), terms=attrs.evolve(terms, penalty_on_penalty=False))
    either = late_interest(overdue, on=after(days), terms=terms)

    assert off.on_penalty == NONE
    assert (off.penalty, off.compound) == (either.penalty, either.compound)


def test_switched_on_a_booked_penalty_bears_interest_until_it_is_paid():
    """
    360 booked on day 36 bears 0.1 a day: 1.00 after ten days; half of it paid at once, 0.50.
    """
    terms = LateTerms(rate=Rate("10%"), penalty_on_penalty=True, booked_on=[after(36)])
    unpaid = Overdue(due=DUE, principal=cny("36000"))
    half = attrs.evolve(unpaid, reductions=[Reduction(on=after(36), penalty=cny("180"))])

    assert late_interest(unpaid, on=after(36), terms=terms).penalty == cny("360")
    assert [late_interest(each, on=after(46), terms=terms).on_penalty for each in (unpaid, half)] == [
        cny("1.00"),
        cny("0.50"),
    ]


@given(overdue=overdues(), terms=terms(), days=st.integers(1, 400))
def test_a_freeze_of_all_days_is_free(overdue, terms, days):
    """
    A freeze that covers every day leaves nothing to charge.
    """
    frozen = attrs.evolve(terms, frozen=[FrozenDays(after(-1), after(days))])

    charged = late_interest(overdue, on=after(days), terms=frozen)

    assert (charged.total, charged.days) == (NONE, 0)


@given(frozen=freezes, start=day_numbers, length=st.integers(0, 200))
def test_overlapping_freezes_count_their_days_once(frozen, start, length):
    """
    The frozen days are those that lie in a freeze, however many freezes they lie in.
    """
    found = frozen_between(after(start), after(start + length), frozen)

    days = [after(start + n) for n in range(1, length + 1)]
    assert found == sum(any(each.first <= day <= each.last for each in frozen) for day in days)


def test_a_freeze_takes_its_days_and_says_so():
    """
    Of 30 days, ten frozen twice over leave 20.
    """
    terms = LateTerms(rate=Rate("10%"), frozen=[FrozenDays(after(6), after(15)), FrozenDays(after(8), after(10))])

    charged = late_interest(Overdue(due=DUE, principal=cny("36000")), on=after(30), terms=terms)

    assert (charged.days, charged.frozen_days, charged.penalty) == (20, 10, cny("200"))


@given(overdue=overdues(), terms=terms(), days=st.integers(0, 400), amount=money, percent=st.integers(0, 100))
def test_a_cap_is_never_passed_and_takes_penalties_on_penalties_first(overdue, terms, days, amount, percent):
    """
    The total stays within amount and share; what the cap took is stated, from the last kind first.
    """
    cap = LateCap(amount=amount, share=Rate.from_ratio(percent, 100, "once"))
    free = late_interest(overdue, on=after(days), terms=terms)

    held = late_interest(overdue, on=after(days), terms=attrs.evolve(terms, cap=cap))

    assert held.total == min(free.total, cap.of(overdue.principal + overdue.interest))
    assert held.total + held.above_cap == free.total
    assert held.penalty == min(free.penalty, held.total)
    assert held.on_penalty == NONE or held.compound == free.compound


def test_a_cap_of_a_share_rounds_down():
    """
    A third of 0.02 is nothing.
    """
    assert LateCap(share=Rate.from_ratio(1, 3, "once")).of(cny("0.02")) == NONE


@given(overdue=overdues(), days=st.integers(1, 100), rate=st.integers(1, 1000))
def test_rounding_down_never_charges_more(overdue, days, rate):
    """
    Rounded down, late interest is at most what it is rounded up, and within a unit a kind.
    """
    terms = LateTerms(rate=Rate.from_ratio(rate, 10_000), compound=True, rounding=Rounding.DOWN)

    low = late_interest(overdue, on=after(days), terms=terms).total
    high = late_interest(overdue, on=after(days), terms=attrs.evolve(terms, rounding=Rounding.UP)).total

    assert 0 <= (high - low).minor <= 2


def test_values_survive_pickling_and_copying():
    """
    Terms, amounts and results are plain values.
    """
    overdue = Overdue(due=DUE, principal=cny("100"), interest=cny("1"))
    terms = LateTerms(rate=Rate("10%"), cap=LateCap(amount=cny("5")), frozen=[FrozenDays(DUE, DUE)])
    charged = late_interest(overdue, on=after(9), terms=terms)

    for value in (overdue, terms, charged, OVERDUE):
        assert pickle.loads(pickle.dumps(value)) == copy.deepcopy(value) == value
        assert hash(value) == hash(copy.deepcopy(value))


@pytest.mark.parametrize(
    ("make", "field"),
    [
        (lambda: LateTerms(rate=Rate("-1%")), "rate"),
        (lambda: LateTerms(rate=0.05), "rate"),
        (lambda: LateTerms(rate=Rate("5%"), year_days=100), "year_days"),
        (lambda: LateTerms(rate=Rate("5%"), grace_days=-1), "grace_days"),
        (lambda: LateTerms(rate=Rate("5%"), grace_days=True), "grace_days"),
        (lambda: LateTerms(rate=Rate("5%"), counts_from="later"), "counts_from"),
        (lambda: LateTerms(rate=Rate("5%"), base="interest"), "base"),
        (lambda: LateTerms(rate=Rate("5%"), compound=1), "compound"),
        (lambda: LateTerms(rate=Rate("5%"), compound=True, base="principal_and_interest"), "compound"),
        (lambda: LateTerms(rate=Rate("5%"), penalty_on_penalty=True), "booked_on"),
        (lambda: LateTerms(rate=Rate("5%"), booked_on=[after(2), after(1)]), "booked_on"),
        (lambda: LateTerms(rate=Rate("5%"), frozen=[(DUE, DUE)]), "frozen"),
        (lambda: LateTerms(rate=Rate("5%"), cap=cny("5")), "cap"),
        (lambda: LateTerms(rate=Rate("5%"), rounding="up"), "rounding"),
        (LateCap, "cap"),
        (lambda: LateCap(amount=cny("-1")), "cap"),
        (lambda: LateCap(share=Rate("5%")), "cap"),
        (lambda: FrozenDays(after(2), after(1)), "last"),
        (lambda: FrozenDays(dt.datetime(2026, 1, 1), after(1)), "first"),
        (lambda: Overdue(due=DUE, principal=cny("-1")), "principal"),
        (lambda: Overdue(due=dt.datetime(2026, 1, 1), principal=cny("1")), "due"),
        (
            lambda: Overdue(due=DUE, principal=cny("1"), reductions=[Reduction(on=DUE, principal=cny("2"))]),
            "reductions",
        ),
        (lambda: Reduction(on=DUE, interest=cny("-1")), "interest"),
        (lambda: UpliftBand(name="x", lowest=once("5%"), highest=once("4%")), "highest"),
        (lambda: UpliftBand(name="x", lowest=Rate("5%"), highest=once("4%")), "lowest"),
        (lambda: uplifted(Rate("5%"), Rate("50%")), "uplift"),
        (lambda: uplifted(Rate("-5%"), once("50%")), "contract_rate"),
        (lambda: late_interest(Overdue(due=DUE, principal=cny("1")), on=dt.datetime(2026, 1, 1), terms=None), "on"),
    ],
)
def test_bad_values_are_named(make, field):
    """
    A malformed value is refused by its name.
    """
    with pytest.raises(InvalidValue) as refusal:
        make()

    assert refusal.value.field == field
    assert pickle.loads(pickle.dumps(refusal.value)).accepted == refusal.value.accepted


def test_currencies_never_mix():
    """
    Principal, interest, payments and cap have one currency.
    """
    usd = Money("1", "USD")
    with pytest.raises(CurrencyMismatch):
        Overdue(due=DUE, principal=cny("1"), interest=usd)
    with pytest.raises(CurrencyMismatch):
        Overdue(due=DUE, principal=cny("1"), reductions=[Reduction(on=DUE, penalty=usd)])
    with pytest.raises(CurrencyMismatch):
        late_interest(
            Overdue(due=DUE, principal=cny("1")),
            on=after(3),
            terms=LateTerms(rate=Rate("10%"), cap=LateCap(amount=usd)),
        )


def test_grace_is_not_longer_than_dates_reach():
    """
    Grace of a billion days is a mistake, and named.
    """
    with pytest.raises(InvalidValue, match="grace_days"):
        LateTerms(rate=Rate("18%"), grace_days=10**9)
