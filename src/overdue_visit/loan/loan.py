"""
One loan as the ledger sees it: a value that is built anew whenever the ledger changes.
"""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Iterable, Mapping
from typing import Self

import attrs

from overdue_visit.errors import InvalidValue
from overdue_visit.loan import consistency
from overdue_visit.loan.checks import check_day, check_id
from overdue_visit.loan.consistency import Attribute
from overdue_visit.loan.entries import Allocated, Charge, Payment, Reversal, StatedArrears
from overdue_visit.loan.schedule import Component, Instalment, ScheduleVersion
from overdue_visit.money import Money


class LoanStatus(enum.StrEnum):
    """Where the loan stands in the ledger."""

    ACTIVE = "active"
    PAID_OFF = "paid_off"
    WRITTEN_OFF = "written_off"
    SOLD = "sold"
    SETTLED = "settled"
    """Closed by agreement for less than was owed."""


@attrs.frozen(init=False)
class Loan:
    """
    A loan with its schedule, what was paid and charged, and where it stands.

    Payments, reversals and charges may be given in any order; they are kept by date. Give *schedule*, or *versions*
    when the loan was rescheduled.

    Args:
        id: The ledger's id of the loan.

        borrower: The host's id of the borrower; never a name.

        status_on: The day *status* was reached.

        mark: The loan book's mark when this was read.

        disbursed: The day the money went out; nothing is paid or due before.

        stated: What the ledger itself says about days past due.

        attributes: The host's own values under keys with a prefix, such as ``{"bank:branch": "north"}``.

    Raises:
        DuplicateRef: If two payments or charges carry one reference, or one is reversed twice.
        UnknownRef: If a reversal names no payment or charge.
        InvalidValue: If currencies mix, something is paid or due before the loan, or a value is malformed.
    """

    id: str
    borrower: str
    versions: tuple[ScheduleVersion, ...]
    payments: tuple[Payment, ...]
    reversals: tuple[Reversal, ...]
    charges: tuple[Charge, ...]
    status: LoanStatus
    status_on: dt.date | None
    mark: str | None
    disbursed: dt.date | None
    stated: StatedArrears | None
    attributes: Mapping[str, Attribute] = attrs.field(hash=False)

    def __init__(
        self,
        id: str,  # noqa: A002 - the ledger calls it that
        *,
        borrower: str,
        schedule: Iterable[Instalment] = (),
        versions: Iterable[ScheduleVersion] = (),
        payments: Iterable[Payment] = (),
        reversals: Iterable[Reversal] = (),
        charges: Iterable[Charge] = (),
        status: LoanStatus = LoanStatus.ACTIVE,
        status_on: dt.date | None = None,
        mark: str | None = None,
        disbursed: dt.date | None = None,
        stated: StatedArrears | None = None,
        attributes: Mapping[str, Attribute] | None = None,
    ) -> None:
        if disbursed is not None:
            check_day("disbursed", disbursed)
        self.__attrs_init__(
            id,
            borrower,
            _versions(tuple(schedule), tuple(versions), disbursed),
            tuple(sorted(payments, key=_by_date)),
            tuple(sorted(reversals, key=_by_date)),
            tuple(sorted(charges, key=_by_date)),
            status,
            status_on,
            mark,
            disbursed,
            stated,
            dict(attributes or {}),
        )

    def __attrs_post_init__(self) -> None:
        check_id("id", self.id)
        check_id("borrower", self.borrower)
        if not isinstance(self.status, LoanStatus):
            raise InvalidValue("status", self.status, "one of " + ", ".join(LoanStatus))
        if self.status_on is not None:
            check_day("status_on", self.status_on)
        consistency.check_versions(self.versions)
        consistency.check_currency(self.versions, self.payments, self.charges, self.stated)
        consistency.check_refs(self.payments, self.charges, self.reversals)
        if self.disbursed is not None:
            consistency.check_not_before(self.disbursed, self.versions, self.payments, self.charges)
        if self.attributes:
            consistency.check_attributes(self.attributes)

    @property
    def currency(self) -> str:
        """The one currency of the loan."""
        return self.versions[0].currency

    def version(self, on: dt.date) -> ScheduleVersion:
        """
        Return the schedule in force on a day: the last version that counts by then.

        The original schedule stands from the beginning, whatever its own date.
        """
        for version in reversed(self.versions):
            if version.since <= on:
                return version
        return self.versions[0]

    def instalments(self, on: dt.date) -> tuple[Instalment, ...]:
        """
        Return the instalments of the schedule in force on a day.
        """
        return self.version(on).instalments

    def status_at(self, on: dt.date) -> LoanStatus:
        """
        Return where the loan stood on a day: active before the day its status was reached.
        """
        return LoanStatus.ACTIVE if self.status_on is not None and on < self.status_on else self.status

    def pay(
        self,
        amount: Money,
        *,
        on: dt.date,
        ref: str,
        booked: dt.date | None = None,
        allocation: Iterable[Allocated] = (),
    ) -> Self:
        """
        Return the loan with one payment more.

        Raises:
            DuplicateRef: If *ref* is already used.
        """
        payment = Payment(amount, on, booked=booked or on, ref=ref, allocation=allocation)
        return attrs.evolve(self, payments=(*self.payments, payment))

    def reverse(self, ref: str, *, on: dt.date, booked: dt.date | None = None) -> Self:
        """
        Return the loan with the payment or charge *ref* taken back from *on*.

        Raises:
            UnknownRef: If there is no such payment or charge.
            DuplicateRef: If it is already reversed.
        """
        return attrs.evolve(self, reversals=(*self.reversals, Reversal(ref, on, booked=booked or on)))

    def charge(
        self,
        component: Component,
        amount: Money,
        *,
        on: dt.date,
        ref: str,
        booked: dt.date | None = None,
    ) -> Self:
        """
        Return the loan with one charge more, due on *on*.

        Raises:
            DuplicateRef: If *ref* is already used.
        """
        charge = Charge(component, amount, on, booked=booked or on, ref=ref)
        return attrs.evolve(self, charges=(*self.charges, charge))

    def reschedule(
        self,
        instalments: Iterable[Instalment],
        *,
        since: dt.date,
        reason: str,
        booked: dt.date | None = None,
    ) -> Self:
        """
        Return the loan with a new schedule from *since*; it replaces the whole one before, past instalments included.
        """
        number = self.versions[-1].number + 1
        version = ScheduleVersion(number, since, tuple(instalments), reason, booked or since)
        return attrs.evolve(self, versions=(*self.versions, version))

    def known_at(self, day: dt.date) -> Self:
        """
        Return the loan as the ledger knew it at the end of *day*: without what was booked later.

        The original schedule is always known. A status, or a statement of arrears, of a later day is left out.
        """
        later_status = self.status_on is not None and self.status_on > day
        return attrs.evolve(
            self,
            versions=(self.versions[0], *(v for v in self.versions[1:] if v.booked <= day)),
            payments=tuple(p for p in self.payments if p.booked <= day),
            reversals=tuple(r for r in self.reversals if r.booked <= day),
            charges=tuple(c for c in self.charges if c.booked <= day),
            status=LoanStatus.ACTIVE if later_status else self.status,
            status_on=None if later_status else self.status_on,
            stated=None if self.stated is not None and self.stated.on > day else self.stated,
        )


def _by_date(entry: Payment | Reversal | Charge) -> tuple[dt.date, dt.date, str]:
    return entry.on, entry.booked, entry.ref


def _versions(
    schedule: tuple[Instalment, ...], versions: tuple[ScheduleVersion, ...], disbursed: dt.date | None
) -> tuple[ScheduleVersion, ...]:
    if bool(schedule) == bool(versions):
        raise InvalidValue("schedule", schedule, "at least one instalment, in either schedule or versions")
    if versions:
        return versions
    return (ScheduleVersion.original(schedule, disbursed=disbursed),)
