"""
The rate of late interest: the contract's rate with an uplift that lies within the band which rules allow.
"""

from __future__ import annotations

from typing import ClassVar

import attrs

from overdue_visit.errors import InvalidValue
from overdue_visit.rate import Per, Rate
from overdue_visit.repayment.accrual import demand_rate
from overdue_visit.repayment.demands import demand, demand_word


def demand_share(field: str, share: object) -> None:
    """
    Refuse what is not a rate without a period, of at least zero.
    """
    if not isinstance(share, Rate) or share.per is not Per.ONCE or share.numerator < 0:
        raise InvalidValue(field, share, 'a share of at least zero, such as Rate("50%", "once")')


@attrs.frozen
class UpliftOutsideBand(InvalidValue):
    """The uplift on the contract's rate is lower or higher than the band allows; nothing is clamped."""

    code: ClassVar[str] = "uplift_outside_band"


@attrs.frozen(kw_only=True)
class UpliftBand:
    """
    How much of the contract's rate may be added for being late, from *lowest* through *highest*.

    Args:
        source: The rule that sets the band.

    Raises:
        InvalidValue: If a bound is not a share (``Rate("30%", "once")``) of at least zero, or they are the wrong way
            round.
    """

    name: str
    lowest: Rate
    highest: Rate
    source: str = ""

    def __attrs_post_init__(self) -> None:
        demand_word(self.name, "name", "a name, such as 'overdue'")
        demand(self.source, str, "source", accepted="the rule that sets the band")
        for field, bound in (("lowest", self.lowest), ("highest", self.highest)):
            demand_share(field, bound)
        if self.lowest.fraction > self.highest.fraction:
            raise InvalidValue("highest", self.highest, f"at least the lowest, {self.lowest}")

    def demand(self, uplift: Rate) -> None:
        """
        Refuse an uplift outside the band; both bounds are inside.

        Raises:
            UpliftOutsideBand: If it is lower or higher.
            InvalidValue: If it is not a share.
        """
        demand_share("uplift", uplift)
        if not self.lowest.fraction <= uplift.fraction <= self.highest.fraction:
            raise UpliftOutsideBand("uplift", uplift, f"{self.lowest} to {self.highest} ({self.name})")


_NOTICE_251 = "银发〔2003〕251号, item 3"

OVERDUE = UpliftBand(
    name="overdue", lowest=Rate("30%", Per.ONCE), highest=Rate("50%", Per.ONCE), source=f"{_NOTICE_251}: 逾期贷款"
)
"""A loan not repaid in time: the contract's rate and 30 to 50 percent of it (罚息)."""

MISUSE = UpliftBand(
    name="misuse", lowest=Rate("50%", Per.ONCE), highest=Rate("100%", Per.ONCE), source=f"{_NOTICE_251}: 挪用贷款"
)
"""A loan used for something else than agreed: the contract's rate and 50 to 100 percent of it."""


def uplifted(contract_rate: Rate, uplift: Rate, *, band: UpliftBand = OVERDUE) -> Rate:
    """
    Return the rate of late interest: contract rate x (1 + uplift), exactly.

    Args:
        uplift: A share of the contract's rate: ``Rate("50%", "once")``.

        band: What rules allow; that of overdue loans unless given.

    Raises:
        UpliftOutsideBand: If the uplift is outside the band.
        InvalidValue: If the contract's rate is negative or has no period.
    """
    demand(band, UpliftBand, "band")
    demand_rate(contract_rate, "contract_rate")
    band.demand(uplift)
    numerator = contract_rate.numerator * (uplift.denominator + uplift.numerator)
    return Rate.from_ratio(numerator, contract_rate.denominator * uplift.denominator, contract_rate.per)
