"""
Settlement: the lender takes a lump sum for all that is owed and forgives the rest in a stated order.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

import attrs

from overdue_visit.errors import InvalidValue
from overdue_visit.money import CurrencyMismatch, Money, Rounding
from overdue_visit.rate import Per, Rate
from overdue_visit.repayment.amounts import component_of
from overdue_visit.repayment.conservation import Conservation
from overdue_visit.repayment.cost import cost_of
from overdue_visit.repayment.debt import Component, Debt, Part, days, demand_rising
from overdue_visit.repayment.demands import as_tuple, demand
from overdue_visit.repayment.flows import Flow
from overdue_visit.repayment.kinds.shares import equal_shares
from overdue_visit.repayment.relief import Relief

KIND = "settle"

FORGIVEN_ORDER = (Component.PENALTY, Component.INTEREST, Component.FEES, Component.COSTS, Component.PRINCIPAL)
"""What is given up first: what lateness added, then interest, fees and costs, and principal last."""


def _order(components: Iterable[Component | str]) -> tuple[Component, ...]:
    return tuple(map(component_of, as_tuple(components, "order", accepted="each component once")))


@attrs.frozen(kw_only=True)
class Settle:
    """
    A lump sum that settles the whole loan.

    Args:
        amount: What the lender accepts, at most the balance; or

        discount: the share of the balance that is forgiven, 0 to 1; the forgiven amount is rounded half up.

        dates: When it is paid: one day, or a few in equal parts; left out, the day of the debt's figures.

        order: What is forgiven first; each component once.
    """

    amount: Money | None = None
    discount: Rate | None = None
    dates: tuple[dt.date, ...] = attrs.field(default=(), converter=days)
    order: tuple[Component, ...] = attrs.field(default=FORGIVEN_ORDER, converter=_order)

    def __attrs_post_init__(self) -> None:
        if (self.amount is None) == (self.discount is None):
            raise InvalidValue("amount", self.amount, "either an amount or a discount")
        if len(self.order) != len(Component) or set(self.order) != set(Component):
            raise InvalidValue("order", [str(c) for c in self.order], "each component once")
        if self.discount is not None:
            _demand_share(self.discount)


def _demand_share(discount: Rate) -> None:
    if not isinstance(discount, Rate) or discount.per is not Per.ONCE or not 0 <= discount.fraction <= 1:
        raise InvalidValue("discount", discount, "a share from 0 to 1, such as Rate('20%', per='once')")


def settle(debt: Debt, request: Settle) -> Relief:
    """
    Settle the loan for a lump sum; what it leaves is forgiven in the stated order.

    The balance is what is owed on the debt's day: interest that has not accrued is not owed, so leaving it out
    forgives nothing.

    Raises:
        InvalidValue: If the lump sum is above the balance or below zero, or dates do not rise.
        CurrencyMismatch: If the amount has another currency.
    """
    demand(debt, Debt, "debt")
    demand(request, Settle, "request")
    dates = request.dates or (debt.on,)
    demand_rising(dates, "dates", since=debt.on)
    accepted = _accepted(debt, request)
    forgiven = _forgiven(debt, debt.owed - accepted, request.order)
    paid = tuple(Flow(*pair) for pair in zip(dates, equal_shares(accepted, len(dates)), strict=True) if pair[1])
    return Relief(
        kind=KIND,
        instalments=paid,
        cost=cost_of(debt, paid, forgiven=debt.owed - accepted),
        conserved=_conserved(debt, forgiven),
        forgiven=forgiven,
    )


def _accepted(debt: Debt, request: Settle) -> Money:
    if request.amount is None:
        share = request.discount or Rate("0", per=Per.ONCE)
        return debt.owed - share.of(debt.owed, rounding=Rounding.HALF_UP)
    if not isinstance(request.amount, Money):
        raise InvalidValue("amount", request.amount, "Money")
    if request.amount.currency != debt.currency:
        raise CurrencyMismatch("amount", request.amount.currency, f"{debt.currency}, as the debt has")
    if not 0 <= request.amount.minor <= debt.owed.minor:
        raise InvalidValue("amount", request.amount, f"from zero to the balance, {debt.owed}")
    return request.amount


def _forgiven(debt: Debt, left: Money, order: tuple[Component, ...]) -> tuple[Part, ...]:
    parts = []
    for component in order:
        held = _owed(debt, component)
        given = min(held, left)
        left -= given
        if given:
            parts.append(Part(component, given))
    return tuple(parts)


def _owed(debt: Debt, component: Component) -> Money:
    if component is Component.PRINCIPAL:
        return debt.principal
    return debt.interest if component is Component.INTEREST else debt.due(component)


def _conserved(debt: Debt, forgiven: tuple[Part, ...]) -> Conservation:
    none = Money.zero(debt.currency)
    principal = Money.total((p.amount for p in forgiven if p.component is Component.PRINCIPAL), debt.currency)
    waived = Money.total((p.amount for p in forgiven), debt.currency) - principal
    other = debt.owed - debt.principal
    return Conservation(
        old_principal=debt.principal,
        other_arrears=other,
        capitalised_interest=none,
        capitalised_charges=none,
        payable=other - waived,
        waived=waived,
        waived_principal=principal,
        new_principal=debt.principal - principal,
    )
