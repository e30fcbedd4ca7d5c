"""
What a change of terms costs the lender: the loss of net present value at the original effective rate.

Two tests look at it: a forborne obligation diminished by more than 1 % counts as a default (EBA/GL/2016/07, paragraphs
49 to 55), and a debt whose new flows differ by 10 % or more in present value is a new one (IFRS 9, B3.3.6).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import ClassVar

import attrs

from overdue_visit.errors import InvalidValue
from overdue_visit.money import Money, Rounding
from overdue_visit.rate import Per, Rate
from overdue_visit.repayment import digits
from overdue_visit.repayment.demands import as_tuple, demand
from overdue_visit.repayment.digits import EXACT
from overdue_visit.repayment.discounting import growth
from overdue_visit.repayment.flows import Flow, Years, currency_of, years_of_365_days
from overdue_visit.repayment.present_value import exact_worth

FORBEARANCE_THRESHOLD = Rate("1%", per=Per.ONCE)
"""A loss above it is a default (EBA/GL/2016/07, paragraph 51, kept in EBA/GL/2026/05)."""

SUBSTANTIAL_CHANGE = Rate("10%", per=Per.ONCE)
"""A change of at least this much makes a new debt (IFRS 9, B3.3.6)."""

_ONE = Decimal(1)


@attrs.frozen(kw_only=True)
class NpvLoss:
    """
    What flows are worth before and after a change, both on one day and at one rate.

    Args:
        share: (before - after) / before, to 30 decimals; negative where the new flows are worth more.
    """

    before: Money
    after: Money
    share: Rate

    @property
    def amount(self) -> Money:
        """The loss as money, after the rounding of both values."""
        return self.before - self.after

    def is_above(self, threshold: Rate = FORBEARANCE_THRESHOLD) -> bool:
        """
        Tell whether more than *threshold* is lost; exactly the threshold is not more.
        """
        demand(threshold, Rate, "threshold")
        return self.share.fraction > threshold.fraction


@attrs.frozen(kw_only=True)
class Modification:
    """
    How far the new flows differ from the old in present value, fees between the parties included.

    Args:
        share: ``|after - before|`` / before, to 30 decimals.
    """

    threshold: ClassVar[Rate] = SUBSTANTIAL_CHANGE

    before: Money
    after: Money
    share: Rate

    @property
    def is_substantial(self) -> bool:
        """Whether the change makes a new debt: 10 % or more."""
        return self.share.fraction >= self.threshold.fraction


def loss(
    before: Sequence[Flow],
    after: Sequence[Flow],
    *,
    effective: Rate,
    on: dt.date,
    years: Years = years_of_365_days,
) -> NpvLoss:
    """
    Measure the diminished financial obligation: (NPV before - NPV after) / NPV before.

    Args:
        before: The flows the contract demanded on the day of the change, arrears included.

        after: The flows of the new terms; none where all is forgiven.

        effective: The effective rate of the original flows.

    Raises:
        InvalidValue: If the flows before are worth nothing or less, or the rate has no period.
        CurrencyMismatch: If the flows have several currencies.
    """
    before = as_tuple(before, "before", accepted="dated flows of the contract")
    old, new = _both(before, after, effective=effective, on=on, years=years)
    currency = before[0].amount.currency
    return NpvLoss(
        before=digits.money(old, currency, rounding=Rounding.HALF_UP),
        after=digits.money(new, currency, rounding=Rounding.HALF_UP),
        share=_share(EXACT.subtract(old, new), old),
    )


def modification(
    before: Sequence[Flow],
    after: Sequence[Flow],
    *,
    effective: Rate,
    on: dt.date,
    fees: Sequence[Flow] = (),
    years: Years = years_of_365_days,
) -> Modification:
    """
    Apply the 10 % test to a change of terms.

    Args:
        fees: Fees of the change, net: what the borrower pays positive, what the borrower receives negative.

    Raises:
        InvalidValue: If the flows before are worth nothing or less, or the rate has no period.
        CurrencyMismatch: If the flows have several currencies.
    """
    dated = "dated flows of the borrower and the lender"
    before = as_tuple(before, "before", accepted=dated)
    after = (*as_tuple(after, "after", accepted=dated), *as_tuple(fees, "fees", accepted=dated))
    old, new = _both(before, after, effective=effective, on=on, years=years)
    currency = before[0].amount.currency
    return Modification(
        before=digits.money(old, currency, rounding=Rounding.HALF_UP),
        after=digits.money(new, currency, rounding=Rounding.HALF_UP),
        share=_share(EXACT.subtract(new, old).copy_abs(), old),
    )


def loss_of_deferral(*, effective: Rate, years: Fraction | int) -> Rate:
    """
    Say what share is lost when every flow, whatever its amount, moves back by *years*: 1 - (1 + r)^-years.

    Returns:
        A share to 30 decimals; two years at 5 % lose 9.297052 %.

    Raises:
        InvalidValue: If the rate has no period, or *years* is no whole number or Fraction.
    """
    if isinstance(years, bool) or not isinstance(years, int | Fraction):
        raise InvalidValue("years", years, "an int or a Fraction, such as Fraction(2, 12)")
    return _share(EXACT.subtract(_ONE, growth(effective, -years)), _ONE)


def percent(share: Rate, *, places: int = 2) -> Decimal:
    """
    Write a share in percent, rounded half up to *places* decimals.

    Raises:
        InvalidValue: If *places* is not a whole number from 0 to 30.
    """
    demand(share, Rate, "share")
    digits.demand_places(places)
    return digits.rounded(digits.quotient(share.fraction * 100), places=places, rounding=Rounding.HALF_UP)


def _both(
    before: Sequence[Flow], after: Sequence[Flow], *, effective: Rate, on: dt.date, years: Years
) -> tuple[Decimal, Decimal]:
    dated = "dated flows, such as Schedule.flows()"
    before, after = as_tuple(before, "before", accepted=dated), as_tuple(after, "after", accepted=dated)
    currency_of((*before, *after))
    old = exact_worth(before, effective=effective, on=on, years=years)
    if not old > 0:
        raise InvalidValue("before", [flow.amount for flow in before], "flows that are worth more than nothing")
    return old, exact_worth(after, effective=effective, on=on, years=years)


def _share(part: Decimal, of: Decimal) -> Rate:
    return digits.rate(EXACT.divide(part, of), per=Per.ONCE, places=digits.RATE_DECIMALS)
