"""
What must hold between the entries of one loan.
"""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Mapping, Sequence
from typing import ClassVar

import attrs

from overdue_visit.errors import InvalidValue
from overdue_visit.loan.entries import Charge, Payment, Reversal, StatedArrears
from overdue_visit.loan.schedule import ScheduleVersion

Attribute = str | int | bool


@attrs.frozen
class DuplicateRef(InvalidValue):
    """Two ledger lines carry one reference: most likely one line, read twice."""

    code: ClassVar[str] = "duplicate_ref"


@attrs.frozen
class UnknownRef(InvalidValue):
    """A reversal names no payment or charge of the loan."""

    code: ClassVar[str] = "unknown_ref"


def check_versions(versions: Sequence[ScheduleVersion]) -> None:
    """
    Refuse versions out of order.
    """
    for earlier, later in itertools.pairwise(versions):
        if later.number <= earlier.number:
            raise InvalidValue("versions", later.number, f"more than {earlier.number}, the version before it")
        if later.since < earlier.since:
            raise InvalidValue("since", later.since, f"{earlier.since} or later, as version {earlier.number} has")


def check_currency(
    versions: Sequence[ScheduleVersion],
    payments: Sequence[Payment],
    charges: Sequence[Charge],
    stated: StatedArrears | None,
) -> None:
    """
    Refuse a second currency.
    """
    currency = versions[0].currency
    for amount in itertools.chain((p.amount for p in payments), (c.amount for c in charges)):
        if amount.currency != currency:
            raise InvalidValue("currency", amount.currency, f"{currency}, as the schedule has")
    for version in versions:
        if version.currency != currency:
            raise InvalidValue("currency", version.currency, f"{currency}, as the first version has")
    if stated is not None and stated.amount is not None and stated.amount.currency != currency:
        raise InvalidValue("currency", stated.amount.currency, f"{currency}, as the schedule has")


def check_refs(payments: Sequence[Payment], charges: Sequence[Charge], reversals: Sequence[Reversal]) -> None:
    """
    Refuse a reference that occurs twice, and a reversal of nothing or of something later.
    """
    entries: dict[str, Payment | Charge] = {}
    both: tuple[Sequence[Payment | Charge], ...] = (payments, charges)
    for entry in itertools.chain.from_iterable(both):
        if entry.ref in entries:
            raise DuplicateRef("ref", entry.ref, "each reference once in a loan")
        entries[entry.ref] = entry
    reversed_refs = set()
    for reversal in reversals:
        found = entries.get(reversal.ref)
        if found is None:
            raise UnknownRef("ref", reversal.ref, "the reference of a payment or charge of this loan")
        if reversal.ref in reversed_refs:
            raise DuplicateRef("ref", reversal.ref, "each payment or charge reversed at most once")
        if reversal.on < found.on or reversal.booked < found.booked:
            raise InvalidValue("on", reversal.on, f"{found.on} or later, booked not before what it reverses")
        reversed_refs.add(reversal.ref)


def check_not_before(
    disbursed: dt.date, versions: Sequence[ScheduleVersion], payments: Sequence[Payment], charges: Sequence[Charge]
) -> None:
    """
    Refuse what is due or paid before the loan was paid out; each sequence is in order of date.
    """
    accepted = f"{disbursed}, when the loan was paid out, or later"
    for version in versions:
        if version.instalments[0].due < disbursed:
            raise InvalidValue("due", version.instalments[0].due, accepted)
    both: tuple[Sequence[Payment | Charge], ...] = (payments, charges)
    for entries in both:
        if entries and entries[0].on < disbursed:
            raise InvalidValue("on", entries[0].on, accepted)


def check_attributes(attributes: Mapping[str, Attribute]) -> None:
    """
    Refuse a key without a prefix, and a value that is no plain scalar.
    """
    for key, value in attributes.items():
        if not all(str(key).partition(":")):
            raise InvalidValue("attributes", key, "keys with a prefix, such as 'bank:branch'")
        if not isinstance(value, str | int | bool):
            raise InvalidValue(key, value, "a str, int or bool")
