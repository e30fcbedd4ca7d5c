"""
What an annual percentage rate is here: a figure rounded as its law says, with the law's name and the unrounded root.
"""

from __future__ import annotations

import enum
from decimal import Decimal
from fractions import Fraction
from typing import Self

import attrs

from overdue_visit.money import Rounding
from overdue_visit.rate import Per, Rate
from overdue_visit.repayment.demands import demand
from overdue_visit.repayment.digits import EXACT, RATE_DECIMALS, demand_places, rounded

_PER_CENT = Decimal(100)


class AprMethod(enum.StrEnum):
    """The law that an annual percentage rate follows."""

    US_ACTUARIAL = "us_actuarial"
    """A nominal rate: unit-period rate times unit-periods a year (Regulation Z, 12 CFR 1026, Appendix J)."""
    UK = "uk"
    """An effective rate (FCA handbook, MCOB 10.3 and CONC App 1.2)."""
    EU = "eu"
    """An effective rate (Directives 2008/48/EC and 2014/17/EU, Annex I)."""


@attrs.frozen(kw_only=True)
class Apr:
    """An annual percentage rate of one law: ``percent`` is what is disclosed."""

    percent: Decimal
    """Rounded half up to *places* decimals."""
    places: int
    method: AprMethod
    exact: Decimal
    """Percent before the rounding of the law, to 30 decimals."""

    @classmethod
    def of(cls, yearly: Decimal, *, places: int, method: AprMethod) -> Self:
        """
        Round a yearly rate, such as ``Decimal("0.0643")``, to a percentage.
        """
        demand(yearly, Decimal, "yearly")
        demand_places(places)
        demand(method, AprMethod, "method", accepted="an AprMethod, such as AprMethod.UK")
        exact = rounded(EXACT.multiply(yearly, _PER_CENT), places=RATE_DECIMALS, rounding=Rounding.HALF_EVEN)
        percent = rounded(exact, places=places, rounding=Rounding.HALF_UP)
        return cls(percent=percent, places=places, method=method, exact=exact)

    def to(self, places: int) -> Decimal:
        """
        Return percent with another number of decimals, rounded half up once.

        Raises:
            InvalidValue: If *places* is not a whole number from 0 to 30.
        """
        demand_places(places)
        return rounded(self.exact, places=places, rounding=Rounding.HALF_UP)

    @property
    def rate(self) -> Rate:
        """The disclosed percentage as an exact yearly rate."""
        yearly = Fraction(self.percent) / 100
        return Rate.from_ratio(yearly.numerator, yearly.denominator, per=Per.YEAR)

    def __str__(self) -> str:
        return f"{self.percent:f}%"
