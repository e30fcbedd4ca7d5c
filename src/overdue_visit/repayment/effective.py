"""
What interest earned or owed over some days comes to in a year, compound interest included.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import attrs

from overdue_visit.errors import InvalidValue
from overdue_visit.money import CurrencyMismatch, Money, Rounding
from overdue_visit.rate import Per, Rate
from overdue_visit.repayment.digits import EXACT, RATE_DECIMALS, demand_places, quotient, rounded
from overdue_visit.repayment.discounting import power

_YEAR_DAYS = 365
_ONE = Decimal(1)
_PER_CENT = Decimal(100)
_PLACES = 2


@attrs.frozen(kw_only=True)
class Apy:
    """
    An annual percentage yield.

    Args:
        percent: Rounded half up to two decimals, as it is disclosed.

        exact: Percent to 30 decimals.
    """

    percent: Decimal
    exact: Decimal

    def to(self, places: int) -> Decimal:
        """
        Return percent with another number of decimals, rounded half up once.

        Raises:
            InvalidValue: If *places* is not a whole number from 0 to 30.
        """
        demand_places(places)
        return rounded(self.exact, places=places, rounding=Rounding.HALF_UP)

    def __str__(self) -> str:
        return f"{self.percent:f}%"


def apy(interest: Money, *, principal: Money, days: int) -> Apy:
    """
    Compute 100 ((1 + interest / principal)^(365 / days) - 1) (Regulation DD, 12 CFR 1030, Appendix A).

    Raises:
        InvalidValue: If *principal* or *days* is not positive, or all of the principal is lost.
        CurrencyMismatch: If the amounts have two currencies.
    """
    if type(days) is not int or days < 1:
        raise InvalidValue("days", days, "a whole number of days, at least 1")
    if not isinstance(principal, Money) or principal.minor <= 0:
        raise InvalidValue("principal", principal, "an amount above zero")
    if not isinstance(interest, Money):
        raise InvalidValue("interest", interest, "Money")
    if interest.currency != principal.currency:
        raise CurrencyMismatch("interest", interest.currency, f"{principal.currency}, as the principal has")
    grown = 1 + Fraction(interest.minor, principal.minor)
    if grown <= 0:
        raise InvalidValue("interest", interest, "a loss smaller than the principal")
    yearly = EXACT.subtract(power(quotient(grown), Fraction(_YEAR_DAYS, days)), _ONE)
    exact = rounded(EXACT.multiply(yearly, _PER_CENT), places=RATE_DECIMALS, rounding=Rounding.HALF_EVEN)
    return Apy(percent=rounded(exact, places=_PLACES, rounding=Rounding.HALF_UP), exact=exact)


def compounded(nominal: Rate, *, times: int, places: int = RATE_DECIMALS) -> Rate:
    """
    Turn a nominal yearly rate, compounded *times* a year, into the effective one: (1 + r / times)^times - 1.

    Raises:
        InvalidValue: If *nominal* is not yearly, or *times* is not a whole number of at least 1.
    """
    _demand_yearly(nominal, "nominal")
    _demand_times(times)
    demand_places(places)
    grown = 1 + nominal.fraction / times
    if grown <= 0:
        raise InvalidValue("nominal", nominal, f"a rate above -{times * 100}%")
    return _yearly(power(quotient(grown), Fraction(times)), 1, places)


def nominal(effective: Rate, *, times: int, places: int = RATE_DECIMALS) -> Rate:
    """
    Turn an effective yearly rate into the nominal one that is compounded *times* a year.

    Raises:
        InvalidValue: If *effective* is not yearly or not above -100 %, or *times* is not a whole number of at least 1.
    """
    _demand_yearly(effective, "effective")
    _demand_times(times)
    demand_places(places)
    grown = 1 + effective.fraction
    if grown <= 0:
        raise InvalidValue("effective", effective, "a rate above -100%")
    return _yearly(power(quotient(grown), Fraction(1, times)), times, places)


def _yearly(grown: Decimal, times: int, places: int) -> Rate:
    rate = EXACT.multiply(EXACT.subtract(grown, _ONE), Decimal(times))
    kept = Fraction(rounded(rate, places=places, rounding=Rounding.HALF_EVEN))
    return Rate.from_ratio(kept.numerator, kept.denominator)


def _demand_yearly(rate: Rate, field: str) -> None:
    if not isinstance(rate, Rate) or rate.per is not Per.YEAR:
        raise InvalidValue(field, rate, "a yearly Rate")


def _demand_times(times: object) -> None:
    if type(times) is not int or times < 1:
        raise InvalidValue("times", times, "a whole number of times a year, at least 1")
