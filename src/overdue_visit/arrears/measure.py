"""
What is late on a day, for how long, and for which components.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

import attrs

from overdue_visit.arrears.convention import VILLAGE, AgeingConvention, days_past_due
from overdue_visit.arrears.episodes import first_late_due
from overdue_visit.arrears.position import Due, cover, oldest_unpaid, owed, paid_through, version_through
from overdue_visit.errors import InvalidValue
from overdue_visit.instants import plain_date
from overdue_visit.loan import Charge, Component, ComponentAmount, Instalment, Loan
from overdue_visit.money import Money

_ONE_DAY = dt.timedelta(days=1)


@attrs.frozen
class InstalmentState:
    """One instalment on the day: how much of it is paid, and on which day it was settled."""

    number: int
    due: dt.date
    amount: Money
    paid: Money
    settled_on: dt.date | None

    @property
    def unpaid(self) -> Money:
        """What is still owed of it."""
        return self.amount - self.paid


@attrs.frozen(kw_only=True)
class Arrears:
    """
    What is late on a day under one convention.

    Days past due go by instalments (and by charges, where the convention says so) beyond what it tolerates. *total*
    is all the money that is late, to the last unit: tolerated rests and late charges included. So a fee alone can be
    owed with no day past due.
    """

    on: dt.date
    convention: str
    """Name of the convention."""
    days_past_due: int
    oldest_due: dt.date | None
    """The due date that the days are counted from; None when nothing is past due."""
    total: Money
    by_component: tuple[ComponentAmount, ...]
    """*total* by component, those of zero left out."""
    instalments: tuple[InstalmentState, ...]
    """Every instalment of the schedule in force, by due date."""
    paid_total: Money
    """All payments that count, those reversed left out."""
    outstanding: Money
    """Everything still owed, due or not, charges included."""
    surplus: Money
    """Money beyond everything owed."""
    schedule_version: int

    @property
    def is_past_due(self) -> bool:
        """Whether any day is past due."""
        return self.days_past_due > 0


def measure(loan: Loan, *, on: dt.date, convention: AgeingConvention = VILLAGE) -> Arrears:
    """
    Measure the arrears of a loan on a day, from its entries alone.

    Payments cover what the ledger allocated them to; without an allocation the oldest due first. What the loan's
    status means, and what the ledger states itself, is not looked at here.

    Raises:
        InvalidValue: If *loan* is no loan or *on* no date.
    """
    if not isinstance(loan, Loan):
        raise InvalidValue("loan", loan, "a Loan")
    on = plain_date(on)
    until = on if convention.payments == "through" else on - _ONE_DAY
    version = version_through(loan, until, convention)
    payments = paid_through(loan, until, convention)
    dues = owed(loan, on=on, until=until, convention=convention)
    surplus = cover(dues, payments)
    last_late = convention.last_late_due(on)
    oldest = _oldest(loan, dues, on, convention)
    late = [due for due in dues if due.due <= last_late and due.rest]
    paid = sum([payment.amount.minor for _, payment in payments])
    currency = loan.currency
    return Arrears(
        on=on,
        convention=convention.name,
        days_past_due=days_past_due(oldest, on=on, convention=convention),
        oldest_due=oldest,
        total=Money.from_minor(sum(due.rest for due in late), currency),
        by_component=_by_component(late, currency, convention.order),
        instalments=_states(dues, currency),
        paid_total=Money.from_minor(paid, currency),
        outstanding=Money.from_minor(sum([due.amount for due in dues]) - paid + surplus, currency),
        surplus=Money.from_minor(surplus, currency),
        schedule_version=version.number,
    )


def _oldest(loan: Loan, dues: list[Due], on: dt.date, convention: AgeingConvention) -> dt.date | None:
    oldest = oldest_unpaid(dues, convention)
    if oldest is None or oldest > convention.last_late_due(on):
        return None
    return oldest if convention.anchor == "oldest_unpaid" else first_late_due(loan, on=on, convention=convention)


def _states(dues: Iterable[Due], currency: str) -> tuple[InstalmentState, ...]:
    nothing = Money.zero(currency)
    states = []
    for due in dues:
        source = due.source
        if isinstance(source, Charge):
            continue
        covered = due.named + due.pooled
        number = source.number or 0  # a schedule numbers every instalment
        if covered == due.amount:
            states.append(InstalmentState(number, due.due, source.amount, source.amount, due.settled_on))
        else:
            paid = Money.from_minor(covered, currency) if covered else nothing
            states.append(InstalmentState(number, due.due, source.amount, paid, None))
    return tuple(states)


def _by_component(late: Iterable[Due], currency: str, order: tuple[Component, ...]) -> tuple[ComponentAmount, ...]:
    sums: dict[Component, int] = {}
    for due in late:
        for component, rest in _rests(due, order):
            sums[component] = sums.get(component, 0) + rest
    return tuple(
        ComponentAmount(component, Money.from_minor(sums[component], currency))
        for component in Component
        if sums.get(component)
    )


def _rests(due: Due, order: tuple[Component, ...]) -> list[tuple[Component, int]]:
    source = due.source
    if isinstance(source, Charge):
        return [(source.component, due.rest)]
    if not source.components:
        return [(Component.PRINCIPAL, due.rest)]
    rests = _after_named(source, due.by_part or {})
    free = sum(rests.values()) - due.rest  # what was paid without naming a component
    for component in order:
        taken = min(free, rests.get(component, 0))
        if taken:
            rests[component] -= taken
            free -= taken
    return list(rests.items())


def _after_named(instalment: Instalment, by_part: dict[Component, int]) -> dict[Component, int]:
    return {
        part.component: part.amount.minor - min(part.amount.minor, by_part.get(part.component, 0))
        for part in instalment.components
    }
