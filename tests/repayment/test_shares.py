"""
Equal shares of an amount in whole units.
"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from overdue_visit.errors import InvalidValue
from overdue_visit.money import Money, Rounding
from overdue_visit.repayment.kinds.shares import equal_shares

amounts = st.integers(0, 10**15).map(lambda minor: Money.from_minor(minor, "CNY"))


@given(
    amounts,
    st.integers(1, 60),
    st.sampled_from([1, 100, 1000]),
    st.sampled_from(Rounding),
    st.sampled_from(["first", "last"]),
)
def test_shares_add_up_and_none_is_negative(amount, count, unit, rounding, residue):
    """
    Whatever the unit and the rounding, not a fen is lost and every share but the residue's is whole units.
    """
    shares = equal_shares(amount, count, unit=unit, rounding=rounding, residue=residue)

    assert len(shares) == count
    assert Money.total(shares, "CNY") == amount
    assert min(share.minor for share in shares) >= 0
    odd = [place for place, share in enumerate(shares) if share.minor % unit]
    assert len(odd) <= 2


@given(amounts, st.integers(1, 60))
def test_shares_differ_by_the_residue_only(amount, count):
    """
    Rounded down, all shares but the last are equal, and the last takes less than one unit a share more.
    """
    shares = equal_shares(amount, count, rounding=Rounding.DOWN)

    assert len(set(shares[:-1])) <= 1
    assert 0 <= shares[-1].minor - shares[0].minor < count


def test_a_component_is_divided_half_even_with_the_residue_last():
    """
    Apache Fineract, LoanReAgingEqualAmortization C4198: 83.57 over six rows is five times 13.93 and 13.92.
    """
    shares = equal_shares(Money("83.57", "EUR"), 6, rounding=Rounding.HALF_EVEN)

    assert [share.minor for share in shares] == [1393] * 5 + [1392]


def test_an_amount_too_small_for_all_shares_ends_early():
    """
    Three fen rounded up over five shares are three shares of one fen and two of none.
    """
    shares = equal_shares(Money("0.03", "CNY"), 5, rounding=Rounding.UP)

    assert [share.minor for share in shares] == [1, 1, 1, 0, 0]


@pytest.mark.parametrize(("count", "unit"), [(0, 1), (-1, 1), (True, 1), (1, 0), (1, True)])
def test_counts_and_units_are_positive_whole_numbers(count, unit):
    """
    No share, a negative unit or a bool are refused.
    """
    with pytest.raises(InvalidValue):
        equal_shares(Money("1.00", "CNY"), count, unit=unit)


def test_a_negative_amount_is_not_shared():
    """
    Only an amount owed can be cut into shares.
    """
    with pytest.raises(InvalidValue) as refusal:
        equal_shares(Money("-1.00", "CNY"), 2)

    assert refusal.value.field == "amount"
