"""
Equal shares of an amount, in whole units, without losing one.
"""

from __future__ import annotations

from overdue_visit.errors import InvalidValue
from overdue_visit.money import Money, Residue, Rounding, divide
from overdue_visit.repayment.demands import demand_rounding


def equal_shares(
    amount: Money, count: int, *, unit: int = 1, rounding: Rounding = Rounding.HALF_UP, residue: Residue = "last"
) -> tuple[Money, ...]:
    """
    Cut *amount* into *count* equal shares that are whole multiples of *unit*.

    Args:
        unit: Minor units that every share but the residue's is a multiple of.

        residue: Which share takes what does not divide.

    Returns:
        As many shares as *count*. Where rounding up would use the amount up early, the shares farthest from the first
        paid are smaller, at last zero; none is negative.

    Raises:
        InvalidValue: If *count* or *unit* is not a positive ``int``, the amount is negative, or a word is unknown.
    """
    if type(count) is not int or count < 1:
        raise InvalidValue("count", count, "a whole number of at least 1")
    if type(unit) is not int or unit < 1:
        raise InvalidValue("unit", unit, "a whole number of minor units, at least 1")
    if amount.minor < 0:
        raise InvalidValue("amount", amount, "Money of at least zero")
    demand_cut(rounding, residue)
    each = divide(amount.minor, count * unit, rounding) * unit
    shares, rest = [], amount.minor
    for _ in range(count - 1):
        share = min(each, rest)
        shares.append(share)
        rest -= share
    shares.append(rest)
    if residue == "first":
        shares.reverse()
    return tuple(Money.from_minor(share, amount.currency) for share in shares)


def demand_cut(rounding: object, residue: object) -> None:
    """
    Refuse an unknown way of rounding, or an unknown place of the residue.

    Raises:
        InvalidValue: If it is neither.
    """
    demand_rounding(rounding)
    if residue not in ("first", "last"):
        raise InvalidValue("residue", residue, "'first' or 'last'")
