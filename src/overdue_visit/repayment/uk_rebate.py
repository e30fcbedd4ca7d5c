"""
The statutory rebate of the United Kingdom on early settlement.

The settlement figure is the sum of A (1 + r)^a less the sum of B (1 + r)^b: advances and payments made, carried to the
settlement date at the periodic rate equivalent to the annual percentage rate (Consumer Credit (Early Settlement)
Regulations 2004, SI 2004/1483, regulation 4). As in the worked examples of the regulations, r has six decimals and
each term is rounded to a hundredth of the minor unit.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

import attrs

from overdue_visit.errors import InvalidValue
from overdue_visit.money import CurrencyMismatch, Money, Rounding
from overdue_visit.rate import Per, Rate
from overdue_visit.repayment import digits
from overdue_visit.repayment.demands import as_tuple
from overdue_visit.repayment.digits import EXACT
from overdue_visit.repayment.discounting import power

RATE_PLACES = 6
_TERM_PLACES = 2
"""Decimals of a term in minor units: hundredths of a penny."""
_ONE = Decimal(1)
_INSTALMENTS = "at least one, each Money of at least zero"


@attrs.frozen(kw_only=True)
class UkSettlement:
    """
    A settlement under the regulations.

    Args:
        figure: What is to be paid.

        rebate: What is left off the instalments still to come; never negative.

        remaining: The instalments still to come, together.

        periodic_rate: r of the formula, with six decimals.
    """

    figure: Money
    rebate: Money
    remaining: Money
    periodic_rate: Decimal


def settlement(
    advance: Money, instalments: Sequence[Money], *, apr: Rate, after: Fraction | int, periods_a_year: int = 12
) -> UkSettlement:
    """
    Compute the settlement figure and the rebate.

    Args:
        instalments: Number k is due k periods after the advance; all due up to the settlement date are paid.

        apr: The annual percentage rate of the agreement.

        after: Periods from the advance to the settlement date, the days of a broken one as a fraction, such as
            ``12 + Fraction(28, 31)``; the settlement date includes the deferral that regulations 5 and 6 allow.

    Raises:
        InvalidValue: If the advance is not positive, an instalment or *after* is negative, the rate is not yearly or
            is negative, or *periods_a_year* is below 1.
        CurrencyMismatch: If the amounts have several currencies.
    """
    instalments = as_tuple(instalments, "instalments", accepted=_INSTALMENTS)
    _demand(advance, instalments, apr)
    if isinstance(after, bool) or not isinstance(after, int | Fraction) or after < 0:
        raise InvalidValue("after", after, "an int or Fraction of periods, at least 0")
    if type(periods_a_year) is not int or periods_a_year < 1:
        raise InvalidValue("periods_a_year", periods_a_year, "a whole number of at least 1")
    grown = power(digits.quotient(1 + apr.fraction), Fraction(1, periods_a_year))
    r = digits.rounded(EXACT.subtract(grown, _ONE), places=RATE_PLACES, rounding=Rounding.HALF_UP)
    paid = min(int(after), len(instalments))
    owed = _term(advance, r, Fraction(after))
    for number, instalment in enumerate(instalments[:paid], start=1):
        owed = EXACT.subtract(owed, _term(instalment, r, after - Fraction(number)))
    remaining = Money.total(instalments[paid:], advance.currency)
    carried = digits.money(owed, advance.currency, rounding=Rounding.HALF_UP)
    # What remains is the most that can be asked, and no more than all of it can be left off.
    figure = min(max(carried, Money.zero(advance.currency)), remaining)
    return UkSettlement(figure=figure, rebate=remaining - figure, remaining=remaining, periodic_rate=r)


def _term(amount: Money, r: Decimal, periods: Fraction) -> Decimal:
    grown = EXACT.multiply(Decimal(amount.minor), power(EXACT.add(_ONE, r), periods))
    return digits.rounded(grown, places=_TERM_PLACES, rounding=Rounding.HALF_UP)


def _demand(advance: Money, instalments: Sequence[Money], apr: Rate) -> None:
    if not isinstance(advance, Money) or advance.minor <= 0:
        raise InvalidValue("advance", advance, "Money above zero")
    if not instalments or any(not isinstance(each, Money) or each.minor < 0 for each in instalments):
        raise InvalidValue("instalments", instalments, _INSTALMENTS)
    for instalment in instalments:
        if instalment.currency != advance.currency:
            raise CurrencyMismatch("instalments", instalment.currency, f"{advance.currency}, as the advance has")
    if not isinstance(apr, Rate) or apr.per is not Per.YEAR or apr.numerator < 0:
        raise InvalidValue("apr", apr, "a yearly Rate of at least 0")
