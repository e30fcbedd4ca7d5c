"""Interest first and bullet: the principal is repaid once, at the end."""

from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from overdue_visit.money import Money, Rounding, divide
from overdue_visit.repayment.balloon import balloon
from overdue_visit.repayment.bullet import bullet
from overdue_visit.repayment.equal_principal import equal_principal
from overdue_visit.repayment.interest_first import interest_first
from overdue_visit.repayment.level import level
from tests.repayment.drawn_terms import (
    column,
    demand_chain,
    demand_interest,
    monthly_terms,
    payments,
    residue_bound,
    round_loan,
    uneven_terms,
)


def test_a_published_interest_first_plan():
    """
    100 at 30 % in eight months: 2.50 seven times, then 102.50 (Apache Fineract, LoanBulletBalloon BL01).
    """
    made = interest_first(round_loan(8, principal="100", rate="30%"))

    assert column(made, "payment") == ["2.50"] * 7 + ["102.50"]
    assert str(made.instalment) == "CNY 2.50"


@settings(max_examples=40)
@given(st.one_of(monthly_terms(), uneven_terms()))
def test_interest_first_repays_all_principal_at_the_end(terms):
    """
    No row before the last repays principal; equal periods bear equal interest.
    """
    made = interest_first(terms)

    demand_chain(made)
    demand_interest(made, terms)
    assert [row.minor.principal for row in made.rows] == [0] * (len(terms.dues) - 1) + [terms.principal.minor]
    if terms.accruals().regular:
        assert len({row.minor.interest for row in made.rows}) == 1


def test_half_a_year_at_six_per_cent():
    """
    10,000 at 6 % for six months is 10,300.00 at the end; with interest on interest 10,303.78.
    """
    terms = round_loan(6, principal="10000", rate="6%")

    assert column(bullet(terms), "payment") == ["10300.00"]
    assert column(bullet(terms, interest_on_interest=True), "payment") == ["10303.78"]


@settings(max_examples=40)
@given(st.one_of(monthly_terms(), uneven_terms()))
def test_a_bullet_is_the_principal_and_the_interest_of_all_its_time_rounded_once(terms):
    """
    One row pays the principal and the principal times the sum of all factors, or of their product less one.
    """
    accruals = terms.accruals()
    simple, grown = Fraction(0), Fraction(1)
    for period in range(len(accruals)):
        simple += accruals.factor(period)
        grown *= 1 + accruals.factor(period)

    for made, factor in ((bullet(terms), simple), (bullet(terms, interest_on_interest=True), grown - 1)):
        demand_chain(made)
        exact = terms.principal.minor * factor
        assert payments(made) == [terms.principal.minor + divide(exact.numerator, exact.denominator, terms.rounding)]
        assert made.last_due == terms.dues[-1]


@settings(max_examples=30)
@given(monthly_terms(rows=st.just(1)))
def test_with_one_date_all_kinds_are_one(terms):
    """
    Level, equal principal, interest first and bullet pay the same on a single date.
    """
    paid = {tuple(payments(kind(terms))) for kind in (level, equal_principal, interest_first, bullet)}

    assert len(paid) == 1


@settings(max_examples=30)
@given(monthly_terms(least=100_000, most=10**12, rounding=st.just(Rounding.HALF_UP)))
def test_repaying_earlier_costs_less_interest(terms):
    """
    Interest: equal principal at most level at most interest first, to a tenth of the rounding bound.
    """
    allowed = residue_bound(terms) / 10 + 1
    costs = [kind(terms).total_interest.minor for kind in (equal_principal, level, interest_first)]

    assert costs[0] <= costs[1] + allowed
    assert costs[1] <= costs[2] + allowed


@settings(max_examples=25)
@given(monthly_terms(rate=st.just(round_loan(rate="0%").rate), least=1000))
def test_at_a_rate_of_zero_no_kind_bears_interest(terms):
    """
    A rate of zero gives zero interest in every row, and instalments that differ by the residue.
    """
    for kind in (level, equal_principal, interest_first, bullet):
        assert kind(terms).total_interest.minor == 0
    assert len(set(payments(equal_principal(terms))[:-1])) <= 1


@settings(max_examples=30)
@given(monthly_terms(least=100_000, rounding=st.just(Rounding.HALF_UP)))
def test_a_balloon_of_the_whole_principal_is_interest_first(terms):
    """
    A balloon of the principal repays none before the end; a balloon of nothing is the level plan.
    """
    full = balloon(terms, balloon=terms.principal)
    none = balloon(terms, balloon=Money.zero(terms.currency))

    assert payments(full) == payments(interest_first(terms))
    assert payments(none) == payments(level(terms))
