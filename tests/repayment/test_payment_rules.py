"""Payments by a rule, in rows and without rounding."""

from fractions import Fraction

import attrs
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from overdue_visit.errors import InvalidValue
from overdue_visit.money import CurrencyMismatch, Money
from overdue_visit.rate import Rate
from overdue_visit.repayment.day_count_actual import ACT_365F
from overdue_visit.repayment.equal_principal import equal_principal
from overdue_visit.repayment.level import exact_instalment, level
from overdue_visit.repayment.payment_rules import FixedPayment, FixedPrincipal, ShareOfBalance, ShareOfDebt, by_rule
from overdue_visit.repayment.unrounded import Unrounded
from tests.repayment.drawn_terms import demand_chain, demand_interest, monthly_terms, payments, round_loan

TWO_PER_CENT = Rate("2%", per="once")
MANY = 400


def cny(amount):
    """
    Return an amount in yuan.
    """
    return Money(amount, "CNY")


@pytest.mark.parametrize(
    ("rule", "count", "last"),
    [
        (FixedPayment(cny("1500")), 221, "407.70"),
        (FixedPrincipal(cny("900")), 223, "201.00"),
        (ShareOfBalance(TWO_PER_CENT, cny("100")), 233, "59.38"),
        (ShareOfDebt(TWO_PER_CENT, cny("300")), 228, "274.76"),
    ],
)
def test_the_commissions_examples(rule, count, last):
    """
    200,000 at 6 % by four rules: rows and last payment of examples 11, 12, 14 and 15 (European Commission, 2015).
    """
    debt = Unrounded.of(round_loan(MANY, principal="200000", rate="6%"))

    paid = debt.payments(rule)

    assert len(paid) == count
    assert debt.money(paid[-1]) == cny(last)


def test_the_last_date_clears_the_debt():
    """
    Two per cent of the balance, at most 15 years: the last payment is 5,403.36 (European Commission, example 17).
    """
    debt = Unrounded.of(round_loan(180, principal="200000", rate="6%"))

    paid = debt.payments(ShareOfBalance(TWO_PER_CENT, cny("100")))

    assert [str(debt.money(each)) for each in paid[-2:]] == ["CNY 137.15", "CNY 5403.36"]


rules = st.one_of(
    st.builds(lambda minor: FixedPayment(Money.from_minor(minor, "CNY")), st.integers(1, 10**6)),
    st.builds(lambda minor: FixedPrincipal(Money.from_minor(minor, "CNY")), st.integers(1, 10**6)),
    st.builds(
        lambda kind, share, minor: kind(Rate.from_ratio(share, 100, per="once"), Money.from_minor(minor, "CNY")),
        st.sampled_from([ShareOfBalance, ShareOfDebt]),
        st.integers(1, 100),
        st.integers(1, 10**6),
    ),
)


@settings(max_examples=40)
@given(rules, st.integers(1, 10**8), st.integers(0, 3000), st.integers(1, 60))
def test_rows_by_a_rule_add_up_and_end(rule, minor, points, rows):
    """
    Under any rule rows add up, interest is the balance times its factor, and the last row clears the debt.
    """
    terms = attrs.evolve(
        round_loan(rows), principal=Money.from_minor(minor, "CNY"), rate=Rate.from_ratio(points, 10_000)
    )
    made = by_rule(terms, rule, negative=True)

    demand_chain(made)
    demand_interest(made, terms)
    for row in made.rows[:-1]:
        before = row.minor.balance + row.minor.principal - row.minor.capitalised
        due = row.minor.interest + row.minor.capitalised
        exact = rule.payment(Fraction(before), Fraction(due))
        assert abs(row.minor.payment - exact) <= 1


def test_a_fixed_payment_of_the_level_instalment_is_the_level_plan():
    """
    Paying the instalment by rule is paying the plan; paying a fixed principal is equal principal.
    """
    terms = round_loan()

    assert payments(by_rule(terms, FixedPayment(level(terms).instalment))) == payments(level(terms))
    assert payments(by_rule(terms, FixedPrincipal(cny("1000")))) == payments(equal_principal(terms))


def test_a_payment_below_the_interest_is_refused_unless_asked_for():
    """
    A minimum payment that does not cover the interest lets the debt grow: refused, or reported.
    """
    rule = ShareOfDebt(Rate("0.5%", per="once"), cny("1"))
    with pytest.raises(InvalidValue, match="interest of row 1"):
        by_rule(round_loan(), rule)
    with pytest.raises(InvalidValue, match="rule"):
        Unrounded.of(round_loan()).payments(rule)

    assert by_rule(round_loan(), rule, negative=True).total_capitalised.minor > 0


def test_another_currency_is_refused():
    """
    A rule's amount has the loan's currency.
    """
    with pytest.raises(CurrencyMismatch):
        by_rule(round_loan(), FixedPayment(Money("5", "KES")))


@pytest.mark.parametrize("least", [Money("0", "CNY"), Money("-5", "CNY"), 5, "5"])
def test_the_fixed_amount_is_money_above_zero(least):
    """
    Zero, negative amounts and plain numbers are refused by every rule.
    """
    for make in (FixedPayment, FixedPrincipal, lambda m: ShareOfBalance(TWO_PER_CENT, m)):
        with pytest.raises(InvalidValue, match="least"):
            make(least)


@pytest.mark.parametrize("share", [Rate("0%", per="once"), Rate("101%", per="once"), Rate("2%"), 0.02])
def test_a_share_is_above_nothing_and_at_most_all(share):
    """
    Zero, more than all, a yearly rate and a float are refused.
    """
    with pytest.raises(InvalidValue, match="share"):
        ShareOfDebt(share, cny("1"))


# Without rounding


def test_a_debt_followed_for_five_years():
    """
    200,000 at 5 % over 240 months pays 1,319.91; 166,909.73 are owed after 60 (European Commission, example 24).
    """
    debt = Unrounded.of(round_loan(240, principal="200000", rate="5%"))

    assert debt.money(debt.instalment) == cny("1319.91")
    assert debt.money(debt.interest()) == cny("833.33")
    assert debt.money(debt.after(60).owed) == cny("166909.73")


def test_a_new_rate_after_nine_months():
    """
    At 5 % for nine months, then 5.5, 6.89 or 7.30 %: 1,374.06, 1,530.61 or 1,578.43 (same source, 21 to 23).
    """
    later = Unrounded.of(round_loan(240, principal="200000", rate="5%")).after(9)

    found = [later.money(later.at(Fraction(each, 120_000)).instalment) for each in (550, 689, 730)]

    assert found == [cny("1374.06"), cny("1530.61"), cny("1578.43")]


def test_months_without_a_payment_grow():
    """
    200,000 at 7.5 % without payments is 207,618.17 after six months (same source, example 40).
    """
    debt = Unrounded.of(round_loan(6, principal="200000", rate="7.5%"))

    assert debt.money(debt.after(6, paying=Fraction(0)).owed) == cny("207618.17")


@settings(max_examples=40)
@given(monthly_terms(rows=st.integers(1, 60)), st.integers(0, 60))
def test_a_followed_debt_goes_on_as_it_began(terms, rows):
    """
    The instalment stays the same along the way and leaves exactly nothing; it is the level plan's before rounding.
    """
    assume(rows < len(terms.dues))
    debt = Unrounded.of(terms)
    later = debt.after(rows)

    assert debt.instalment == exact_instalment(terms)
    assert later.instalment == debt.instalment
    assert debt.after(len(terms.dues)).owed == 0
    assert later.at(later.factor, rows=later.rows).owed == later.owed


def test_only_equal_periods_are_followed_so():
    """
    Periods of different interest, and more rows than are left, are refused.
    """
    with pytest.raises(InvalidValue, match="equal interest"):
        Unrounded.of(round_loan(12, day_count=ACT_365F))
    with pytest.raises(InvalidValue, match="rows"):
        Unrounded.of(round_loan(12)).after(13)
