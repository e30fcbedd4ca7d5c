"""
A partial waiver: some of what is due is forgiven, and a plan is made for the rest.
"""

from __future__ import annotations

from collections.abc import Callable

import attrs

from overdue_visit.errors import InvalidValue
from overdue_visit.money import Money
from overdue_visit.repayment.conservation import Conservation
from overdue_visit.repayment.cost import cost_of
from overdue_visit.repayment.debt import Component, Debt, Part, forgiven_parts
from overdue_visit.repayment.demands import demand, demand_function
from overdue_visit.repayment.kinds.pay_now import pay_now
from overdue_visit.repayment.relief import Relief

KIND = "waive"


@attrs.frozen(kw_only=True)
class Waive:
    """
    What is forgiven, and how the rest is paid.

    Args:
        forgiven: Amounts by component, each at most what is due of it. Principal is waived only where it is named.

        then: The plan for what is left, such as ``functools.partial(spread, request=Spread(dates=...))``; left out,
            the rest is paid at once.
    """

    forgiven: tuple[Part, ...] = attrs.field(converter=forgiven_parts)
    then: Callable[[Debt], Relief] = pay_now

    def __attrs_post_init__(self) -> None:
        demand_function(self.then, "then", "a function that makes a plan for a debt, such as pay_now")
        if not any(part.amount for part in self.forgiven):
            raise InvalidValue("forgiven", self.forgiven, "an amount above zero of at least one component")


def waive(debt: Debt, request: Waive) -> Relief:
    """
    Forgive some of the arrears, and plan the rest.

    Raises:
        InvalidValue: If more is waived than is due of a component, or nothing would be left to pay.
        CannotFit: If the plan for the rest does not fit.
    """
    demand(debt, Debt, "debt")
    demand(request, Waive, "request")
    forgiven = tuple(part for part in request.forgiven if part.amount)
    inner = request.then(debt.less(forgiven))
    given_up = forgiven + inner.forgiven
    total = Money.total((part.amount for part in given_up), debt.currency)
    return attrs.evolve(
        inner,
        kind=KIND,
        cost=cost_of(debt, inner.instalments, forgiven=total),
        conserved=_with_waiver(inner.conserved, forgiven, debt),
        forgiven=given_up,
    )


def _with_waiver(rest: Conservation, forgiven: tuple[Part, ...], debt: Debt) -> Conservation:
    principal = Money.total((p.amount for p in forgiven if p.component is Component.PRINCIPAL), debt.currency)
    other = Money.total((p.amount for p in forgiven), debt.currency) - principal
    return attrs.evolve(
        rest,
        old_principal=rest.old_principal + principal,
        waived_principal=rest.waived_principal + principal,
        other_arrears=rest.other_arrears + other,
        waived=rest.waived + other,
    )
