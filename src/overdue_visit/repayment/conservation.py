"""
Proof that a plan neither loses nor invents money: where every unit owed went.
"""

from __future__ import annotations

import attrs

from overdue_visit.errors import InvalidValue
from overdue_visit.money import Money
from overdue_visit.repayment.demands import demand


@attrs.frozen(kw_only=True)
class Conservation:
    """
    Where the amounts owed went; a value that does not add up cannot be made.

    Two sums hold to the minor unit: old principal + capitalised interest + capitalised charges - waived principal ==
    new principal; and arrears other than principal == capitalised + still payable beside the principal + waived.

    Args:
        old_principal: Principal before the plan, overdue and still to come.

        other_arrears: Interest, penalty, fees and costs that were due, and future interest that the plan takes over.

        payable: The part of *other_arrears* that the plan collects as what it is, bearing no interest.

        waived: The part of *other_arrears* that is forgiven.

    Raises:
        InvalidValue: If one of the two sums fails.
    """

    old_principal: Money
    other_arrears: Money
    capitalised_interest: Money
    capitalised_charges: Money
    payable: Money
    waived: Money
    waived_principal: Money
    new_principal: Money

    def __attrs_post_init__(self) -> None:
        for field in attrs.fields(type(self)):
            demand(getattr(self, field.name), Money, field.name)
        capitalised = self.capitalised_interest + self.capitalised_charges
        principal = self.old_principal + capitalised - self.waived_principal
        if principal != self.new_principal:
            raise InvalidValue("new_principal", self.new_principal, f"{principal}: the old one, plus and minus")
        other = capitalised + self.payable + self.waived
        if other != self.other_arrears:
            raise InvalidValue("other_arrears", self.other_arrears, f"{other}: what became of them")
