"""
Which due is covered by which money: whole minor units only, one pass over the dues and one over the payments.
"""

from __future__ import annotations

import datetime as dt
import operator
from collections.abc import Iterable, Iterator, Sequence

import attrs

from overdue_visit.arrears.convention import AgeingConvention
from overdue_visit.loan import Charge, Component, Instalment, Loan, Payment, Reversal, ScheduleVersion

_DUE = operator.attrgetter("due")
_DAY = operator.itemgetter(0)


@attrs.define
class Due:
    """One amount owed, an instalment or a charge, and how much of it is covered."""

    source: Instalment | Charge
    due: dt.date
    amount: int
    named: int = 0
    """What the ledger itself put on it."""
    by_part: dict[Component, int] | None = None
    """Of that, what the ledger put on one of its components."""
    pooled: int = 0
    """What covers it because its turn has come."""
    settled_on: dt.date | None = None

    @property
    def rest(self) -> int:
        """What is not covered."""
        return self.amount - self.named - self.pooled


def counts_from(entry: Payment | Reversal, convention: AgeingConvention) -> dt.date:
    """
    Return the date that an entry counts from: value or booked.
    """
    return entry.on if convention.basis == "value" else entry.booked


def version_through(loan: Loan, until: dt.date, convention: AgeingConvention) -> ScheduleVersion:
    """
    Return the schedule in force at the end of *until*; the original one stands from the beginning.
    """
    if len(loan.versions) == 1:
        return loan.versions[0]
    for version in reversed(loan.versions):
        if version_counts_from(version, convention) <= until:
            return version
    return loan.versions[0]


def version_counts_from(version: ScheduleVersion, convention: AgeingConvention) -> dt.date:
    """
    Return the date that a schedule counts from; by the booked date it cannot count before it was written down.
    """
    return version.since if convention.basis == "value" else max(version.since, version.booked)


def paid_through(loan: Loan, until: dt.date, convention: AgeingConvention) -> list[tuple[dt.date, Payment]]:
    """
    List the payments that count by the end of *until* and are not reversed by then, in the order in which they count.
    """
    if convention.basis == "value":
        found = [(payment.on, payment) for payment in loan.payments if payment.on <= until]
    else:
        found = [(payment.booked, payment) for payment in loan.payments if payment.booked <= until]
        found.sort(key=_DAY)
    taken_back = _taken_back(loan, until, convention)
    return [pair for pair in found if pair[1].ref not in taken_back] if taken_back else found


def _taken_back(loan: Loan, until: dt.date, convention: AgeingConvention) -> set[str]:
    return {reversal.ref for reversal in loan.reversals if counts_from(reversal, convention) <= until}


def owed(loan: Loan, *, on: dt.date, until: dt.date, convention: AgeingConvention) -> list[Due]:
    """
    List what the loan owes by what is known at the end of *until*, in the order in which payments cover it.

    Instalments due by *on* come first, then charges due by then, then what falls due later: a late fee never takes
    the money of an instalment. Where charges age, all go by due date.
    """
    dues = [Due(i, i.due, i.amount.minor) for i in version_through(loan, until, convention).instalments]
    if not loan.charges:
        return dues
    taken_back = _taken_back(loan, until, convention)
    charges = [
        Due(charge, charge.on, charge.amount.minor)
        for charge in loan.charges
        if charge.ref not in taken_back and (convention.basis == "value" or charge.booked <= until)
    ]
    if convention.charges_age:
        return sorted(charges + dues, key=_DUE)
    later = sorted((due for due in dues + charges if due.due > on), key=_DUE)
    return [*(due for due in dues if due.due <= on), *(due for due in charges if due.due <= on), *later]


def cover(dues: Sequence[Due], payments: Iterable[tuple[dt.date, Payment]]) -> int:
    """
    Put every payment on what it covers, and note on which day each due was settled.

    Where the ledger says what a payment covered, that is kept, up to the amount of the due; all other money covers
    the dues in their order. More money never uncovers a due, so one pointer that only moves forward is enough.

    Returns:
        The money that is left when everything is covered.
    """
    allocations = _Allocations(dues)
    pool = spent = at = 0
    count = len(dues)
    for day, payment in payments:
        pool += payment.amount.minor
        if payment.allocation:
            for place, placed in allocations.put(payment, day):
                pool -= placed
                if place < at:  # the pool had covered it: that money is free again
                    dues[place].pooled -= placed
                    spent -= placed
        while at < count and spent + dues[at].amount - dues[at].named <= pool:
            due = dues[at]
            due.pooled = due.amount - due.named
            spent += due.pooled
            due.settled_on = due.settled_on or day
            at += 1
    if at == count:
        return pool - spent
    dues[at].pooled = pool - spent
    return 0


class _Allocations:
    """Finds the due that the ledger put money on."""

    def __init__(self, dues: Sequence[Due]) -> None:
        self._dues = dues
        self._places: dict[int | str | None, int] = {}

    def put(self, payment: Payment, day: dt.date) -> Iterator[tuple[int, int]]:
        """
        Put a payment's own allocations on their dues; yield each due's place and how much it took.

        An allocation to an instalment that the schedule no longer has, or beyond its amount, stays in the pool.
        """
        if not self._places:
            self._places = {_name(due.source): place for place, due in enumerate(self._dues)}
        for part in payment.allocation:
            place = self._places.get(part.instalment if part.charge is None else part.charge)
            if place is None:
                continue
            due = self._dues[place]
            taken = min(part.amount.minor, due.amount - due.named)
            due.named += taken
            if part.component is not None:
                due.by_part = due.by_part or {}
                due.by_part[part.component] = due.by_part.get(part.component, 0) + taken
            if due.named == due.amount:
                due.settled_on = due.settled_on or day
            yield place, taken


def _name(source: Instalment | Charge) -> int | str | None:
    return source.ref if isinstance(source, Charge) else source.number


def oldest_unpaid(dues: Iterable[Due], convention: AgeingConvention) -> dt.date | None:
    """
    Return the due date of the first due, in their order, that is not covered but for what is tolerated.

    Charges are passed over where they do not age.
    """
    for due in dues:
        rest = due.amount - due.named - due.pooled
        if not rest or (not convention.charges_age and isinstance(due.source, Charge)):
            continue
        if convention.tolerance.is_none or rest > convention.tolerance.of(due.source.amount).minor:
            return due.due
    return None
