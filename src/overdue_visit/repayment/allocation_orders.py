"""
Orders of allocation that laws and lenders use, by name.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from overdue_visit.repayment.allocation_order import Bucket, Order, Orders, When
from overdue_visit.repayment.debt import Component

_DUE = (When.PAST_DUE, When.DUE)


def _component_first(*components: Component) -> tuple[Bucket, ...]:
    return tuple(Bucket(when, component) for component in components for when in _DUE)


def _date_first(*components: Component, whens: tuple[When, ...] = tuple(When)) -> tuple[Bucket, ...]:
    return tuple(Bucket(when, component) for when in whens for component in components)


CIVIL_CODE_561 = Order(
    name="civil_code_561",
    buckets=_component_first(
        Component.COSTS, Component.INTEREST, Component.PENALTY, Component.PRINCIPAL, Component.FEES
    ),
    source="民法典 art. 561: costs of enforcing the claim, then interest, then the principal debt",
)
"""
The order of Chinese law where nothing else is agreed: costs of enforcement, interest, principal.

Late interest is interest, and follows what the contract bears. The article does not name fees; they come last, because
they bear no interest. What is not yet due is not met; the rest is kept as credit.
"""

OLDEST_FIRST = Order(
    name="oldest_first",
    buckets=_date_first(
        Component.PRINCIPAL, Component.INTEREST, Component.FEES, Component.PENALTY, Component.COSTS, whens=_DUE
    ),
    direction="vertical",
)
"""
The oldest instalment first, and of it what bears late interest first: the days past due fall as fast as they can.

A lender's kind choice; what is too much waits as credit for the next due date.
"""

INTEREST_FIRST = Order(
    name="interest_first",
    buckets=_date_first(Component.COSTS, Component.PENALTY, Component.FEES, Component.INTEREST, Component.PRINCIPAL),
)
"""What core banking systems do mostly: charges, interest, principal; past due, then due, then in advance."""

PRINCIPAL_FIRST = Order(
    name="principal_first",
    buckets=_component_first(
        Component.PRINCIPAL, Component.INTEREST, Component.PENALTY, Component.FEES, Component.COSTS
    ),
)
"""
Principal before everything else, a habit with loans that do not perform (often told for more than 90 days past due).

No rule is known that demands it: choose it as a policy, with `Orders`.
"""

ORDERS: Mapping[str, Order] = MappingProxyType(
    {order.name: order for order in (CIVIL_CODE_561, OLDEST_FIRST, INTEREST_FIRST, PRINCIPAL_FIRST)}
)
"""The named orders."""

BY_PERFORMANCE = Orders(normal=CIVIL_CODE_561, by_class=(("non_performing", PRINCIPAL_FIRST),))
"""The law's order while a loan performs; principal first once it is classed as non-performing."""
