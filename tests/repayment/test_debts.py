"""
One payment over several debts.
"""

import datetime as dt
import pickle
from fractions import Fraction

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from overdue_visit.errors import InvalidValue
from overdue_visit.money import CurrencyMismatch, Money
from overdue_visit.rate import Rate
from overdue_visit.repayment.debts import CIVIL_CODE_560, DebtOrder, OpenDebt, allocate_to_debts

TODAY = dt.date(2026, 6, 15)
BASE = OpenDebt(id="base", owed=Money("100", "CNY"), due=dt.date(2026, 3, 1))


def cny(text):
    """
    Write an amount of yuan.
    """
    return Money(text, "CNY")


def shares(found):
    """
    Shorten an allocation to fen by debt.
    """
    return {share.id: share.amount.minor for share in found.shares}


@st.composite
def debts_lists(draw):
    """
    Draw debts that are often alike.
    """
    count = draw(st.integers(1, 7))
    return [
        OpenDebt(
            id=f"d{number}",
            owed=Money.from_minor(draw(st.integers(0, 5_000)), "CNY"),
            due=TODAY + dt.timedelta(days=draw(st.sampled_from([-60, -60, -30, 20]))),
            secured=Money.from_minor(draw(st.sampled_from([0, 0, 500])), "CNY"),
            burden=Rate(draw(st.sampled_from(["5%", "5%", "9%"]))),
        )
        for number in range(count)
    ]


payments = st.integers(0, 40_000).map(lambda minor: Money.from_minor(minor, "CNY"))


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"due": TODAY}, {"due": TODAY + dt.timedelta(days=1), "burden": Rate("20%")}),
        ({"due": dt.date(2026, 5, 1)}, {"secured": cny("10"), "burden": Rate("20%")}),
        ({"secured": cny("10")}, {"secured": cny("11"), "burden": Rate("20%")}),
        ({"burden": Rate("1%", "month"), "due": dt.date(2026, 5, 1)}, {"burden": Rate("11.9%")}),
        ({"due": dt.date(2026, 2, 28)}, {"due": dt.date(2026, 3, 1)}),
    ],
)
def test_the_civil_code_ranks_debts(first, second):
    """
    民法典 art. 560: due before not due, least secured, most burdensome, earliest due; each decides before the next.
    """
    one, other = attrs.evolve(BASE, id="one", **first), attrs.evolve(BASE, id="other", **second)

    for debts in ([one, other], [other, one]):
        assert shares(allocate_to_debts(cny("60"), debts, on=TODAY)) == {"one": 6000, "other": 0}


def test_debts_alike_are_repaid_in_proportion():
    """
    民法典 art. 560, last: 100.00 over 200.00, 100.00 and 100.00 alike, odd fen to the largest remainders.
    """
    debts = [attrs.evolve(BASE, id=each, owed=cny(owed)) for each, owed in (("a", "200"), ("b", "100"), ("c", "100"))]

    assert shares(allocate_to_debts(cny("100.01"), debts, on=TODAY)) == {"a": 5001, "b": 2500, "c": 2500}
    assert shares(allocate_to_debts(cny("100.03"), debts, on=TODAY)) == {"a": 5001, "b": 2501, "c": 2501}


def test_the_borrower_may_designate():
    """
    The named debts come first, in the order named; what is left follows the law.
    """
    early = attrs.evolve(BASE, id="early", due=dt.date(2026, 1, 1))
    late = attrs.evolve(BASE, id="late", due=dt.date(2026, 9, 1))
    debts = [early, BASE, late]

    found = allocate_to_debts(cny("150"), debts, on=TODAY, designated=["late"])

    assert shares(found) == {"early": 5000, "base": 0, "late": 10000}


@given(debts=debts_lists(), amount=payments, data=st.data())
def test_shares_and_the_rest_add_up_and_no_debt_gets_more_than_is_owed(debts, amount, data):
    """
    All shares and what is left make the payment; something is left only when all is repaid.
    """
    designated = data.draw(st.lists(st.sampled_from([debt.id for debt in debts]), unique=True))

    found = allocate_to_debts(amount, debts, on=TODAY, designated=designated)

    assert [share.id for share in found.shares] == [debt.id for debt in debts]
    assert sum(shares(found).values()) + found.left.minor == amount.minor
    assert all(0 <= share.amount.minor <= debt.owed.minor for share, debt in zip(found.shares, debts, strict=True))
    assert not found.left or all(share.amount == debt.owed for share, debt in zip(found.shares, debts, strict=True))


@given(debts=debts_lists(), amount=payments)
def test_a_debt_gets_money_only_when_those_before_it_are_repaid(debts, amount):
    """
    If two debts differ in rank, the later one gets nothing while the earlier one is open.
    """
    found = shares(allocate_to_debts(amount, debts, on=TODAY))

    rank = {debt.id: CIVIL_CODE_560.rank(debt, on=TODAY) for debt in debts}
    for debt in debts:
        if found[debt.id] < debt.owed.minor:
            assert not any(found[other.id] for other in debts if rank[other.id] > rank[debt.id])


@given(owed=st.lists(st.integers(0, 10**15), min_size=1, max_size=9), part=st.fractions(0, 1))
def test_a_share_in_proportion_is_within_one_unit_of_exact(owed, part):
    """
    By largest remainder, each share is less than one minor unit from its exact proportion.
    """
    total = sum(owed)
    amount = int(total * part)
    debts = [attrs.evolve(BASE, id=str(n), owed=Money.from_minor(each, "CNY")) for n, each in enumerate(owed)]

    found = shares(allocate_to_debts(Money.from_minor(amount, "CNY"), debts, on=TODAY))

    assert sum(found.values()) == amount
    for number, each in enumerate(owed):
        assert total == 0 or abs(found[str(number)] - Fraction(amount * each, total)) < 1


def test_a_lender_may_agree_on_another_order():
    """
    With only the due date as criterion, the older debt comes first though it is secured.
    """
    older = attrs.evolve(BASE, id="older", due=dt.date(2026, 1, 1), secured=cny("1000"))

    found = allocate_to_debts(
        cny("60"), [BASE, older], on=TODAY, order=DebtOrder(name="agreed", criteria=["earliest_due"])
    )

    assert shares(found) == {"base": 0, "older": 6000}


@pytest.mark.parametrize(
    ("make", "field"),
    [
        (lambda: attrs.evolve(BASE, id=""), "id"),
        (lambda: attrs.evolve(BASE, owed=cny("-1")), "owed"),
        (lambda: attrs.evolve(BASE, secured=1.0), "secured"),
        (lambda: attrs.evolve(BASE, due=dt.datetime(2026, 1, 1)), "due"),
        (lambda: attrs.evolve(BASE, burden=Rate("5%", "once")), "burden"),
        (lambda: DebtOrder(name="x", criteria=["oldest"]), "criteria"),
        (lambda: DebtOrder(name="x", criteria=["due", "due"]), "criteria"),
        (lambda: allocate_to_debts(cny("-1"), [BASE], on=TODAY), "amount"),
        (lambda: allocate_to_debts(cny("1"), [], on=TODAY), "debts"),
        (lambda: allocate_to_debts(cny("1"), [BASE, BASE], on=TODAY), "debts"),
        (lambda: allocate_to_debts(cny("1"), [BASE], on=TODAY, designated=["other"]), "designated"),
        (lambda: allocate_to_debts(cny("1"), [BASE], on=TODAY, designated="base"), "designated"),
        (lambda: allocate_to_debts(cny("1"), [BASE], on=dt.datetime(2026, 1, 1)), "on"),
    ],
)
def test_bad_values_are_named(make, field):
    """
    A malformed value is refused by its name.
    """
    with pytest.raises(InvalidValue) as refusal:
        make()

    assert refusal.value.field == field


def test_currencies_never_mix():
    """
    A payment has the currency of the debts, a security that of its debt.
    """
    with pytest.raises(CurrencyMismatch):
        allocate_to_debts(Money("1", "USD"), [BASE], on=TODAY)
    with pytest.raises(CurrencyMismatch):
        attrs.evolve(BASE, secured=Money("1", "USD"))


def test_values_survive_pickling():
    """
    Debts, orders and allocations are plain values.
    """
    found = allocate_to_debts(cny("1"), [BASE], on=TODAY)

    assert pickle.loads(pickle.dumps((BASE, CIVIL_CODE_560, found))) == (BASE, CIVIL_CODE_560, found)
    assert hash(BASE) == hash(attrs.evolve(BASE))
