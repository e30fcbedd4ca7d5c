"""Adjustable rates with payment caps."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from overdue_visit.errors import InvalidValue
from overdue_visit.rate import Rate
from overdue_visit.repayment.adjustable import Reset, adjustable
from overdue_visit.repayment.level import level
from tests.repayment.drawn_terms import column, demand_chain, monthly_terms, payments, round_loan

CAP = Rate("107.5%", per="once")


def capped_mortgage():
    """
    65,000 at 10 %, 12 % from the second year on.
    """
    return round_loan(360, principal="65000", rate="10%")


def test_a_published_payment_cap():
    """
    570.42 rises to 613.20, not 667.30; 420.90 of interest joins the debt in the second year (ProEducate, ARM caps).
    """
    capped = adjustable(capped_mortgage(), (Reset(row=13, rate=Rate("12%"), payment_cap=CAP),), negative=True)
    uncapped = adjustable(capped_mortgage(), (Reset(row=13, rate=Rate("12%")),))

    assert str(capped.instalment) == "CNY 570.42"
    assert str(capped.rows[11].balance) == "CNY 64638.72"
    assert column(capped, "payment")[12] == "613.20"
    assert column(uncapped, "payment")[12] == "667.30"
    assert str(capped.rows[23].balance) == "CNY 65059.62"
    assert sum(row.minor.capitalised for row in capped.rows[12:24]) == 42090


def test_a_published_variable_rate_mortgage():
    """
    10,000 from 17.41 % to 12.41 %: 145.90, 129.81, 127.91, ... 106.73 (Regulation Z, Appendix H, sample H-14).
    """
    percents = {13: "15.41%", 25: "15.17%", 37: "13.17%"} | dict.fromkeys(range(49, 180, 12), "12.41%")
    resets = [Reset(row=row, rate=Rate(rate)) for row, rate in percents.items()]
    made = adjustable(round_loan(360, principal="10000", rate="17.41%"), resets)

    assert [column(made, "payment")[row] for row in (0, 12, 24, 48)] == ["145.90", "129.81", "127.91", "106.73"]
    assert str(made.rows[179].balance) == "CNY 8700.37"


def test_negative_amortisation_is_asked_for_or_refused():
    """
    A capped payment below the interest is refused unless it was asked for.
    """
    with pytest.raises(InvalidValue, match="interest of row 13"):
        adjustable(capped_mortgage(), (Reset(row=13, rate=Rate("12%"), payment_cap=CAP),))


def test_what_may_be_owed_is_bounded():
    """
    With at most 100.2 % of the principal owed, the payment is recast before the debt passes it.
    """
    reset = Reset(row=13, rate=Rate("12%"), payment_cap=Rate("100%", per="once"))
    made = adjustable(capped_mortgage(), (reset,), most_owed=Rate("100.2%", per="once"), negative=True)

    demand_chain(made)
    assert max(row.minor.balance for row in made.rows) <= 6_513_000
    assert made.total_capitalised.minor > 0


@settings(max_examples=40)
@given(
    monthly_terms(least=10**6, rows=st.integers(6, 60)),
    st.lists(st.tuples(st.integers(2, 60), st.integers(0, 4000), st.booleans(), st.integers(100, 130)), max_size=4),
)
def test_rows_add_up_and_what_is_capitalised_is_the_unpaid_interest(terms, drawn):
    """
    Under any resets and caps rows add up; the capitalised sum is exactly the interest that payments fell short of.
    """
    by_row = {row: rest for row, *rest in drawn if row <= len(terms.dues)}
    resets = []
    for row in sorted(by_row):
        points, recast, cap = by_row[row]
        most = Rate.from_ratio(cap, 100, per="once") if recast else None
        resets.append(Reset(row=row, rate=Rate.from_ratio(points, 10_000), recast=recast, payment_cap=most))
    made = adjustable(terms, resets, negative=True)

    demand_chain(made)
    rate, short, balance = terms.rate, 0, terms.principal.minor
    rates = {reset.row: reset.rate for reset in resets}
    for row in made.rows:
        rate = rates.get(row.number, rate)
        due = rate.of(_money(terms, balance), periods=_month(), rounding=terms.rounding).minor
        short += max(0, due - row.minor.payment)
        balance = row.minor.balance
    assert made.total_capitalised.minor == short


def _money(terms, minor):
    return type(terms.principal).from_minor(minor, terms.currency)


def _month():
    return Fraction(1, 12)


@settings(max_examples=25)
@given(monthly_terms(least=10**6))
def test_without_resets_it_is_the_level_plan(terms):
    """
    A rate that is never reset makes level instalments.
    """
    assert payments(adjustable(terms, ())) == payments(level(terms))


def test_a_reset_without_recast_leaves_the_payment():
    """
    The payment goes on as it was, and the last row takes what the new rate changed.
    """
    made = adjustable(round_loan(12), (Reset(row=7, rate=Rate("6%"), recast=False),))

    assert len(set(column(made, "payment")[:-1])) == 1
    assert made.rows[-1].payment < made.rows[0].payment


@pytest.mark.parametrize(
    "said",
    [
        {"row": 1},
        {"row": True},
        {"rate": Rate("-1%")},
        {"rate": "5%"},
        {"recast": 1},
        {"payment_cap": Rate("99%", per="once")},
        {"payment_cap": Rate("107.5%")},
        {"recast": False, "payment_cap": CAP},
    ],
)
def test_a_reset_is_checked(said):
    """
    Rows before the second, rates that are none, caps below what is paid and caps without a recast are refused.
    """
    with pytest.raises(InvalidValue):
        Reset(**({"row": 13, "rate": Rate("12%")} | said))


@pytest.mark.parametrize("rows", [(13, 13), (14, 13), (13,), ("x",)])
def test_resets_rise_and_lie_in_the_plan(rows):
    """
    Resets out of order, or after the last row, are refused.
    """
    resets = [Reset(row=row, rate=Rate("12%")) if isinstance(row, int) else row for row in rows]
    with pytest.raises(InvalidValue, match="resets"):
        adjustable(round_loan(12), resets)


def test_the_most_that_may_be_owed_is_at_least_the_principal():
    """
    A bound below the principal is refused.
    """
    with pytest.raises(InvalidValue, match="most_owed"):
        adjustable(round_loan(12), (), most_owed=Rate("90%", per="once"))
