"""
Which loans of a book may need a look: a quick test that errs on the side of looking.
"""

from __future__ import annotations

import datetime as dt
import zlib
from collections.abc import Iterable, Iterator

from overdue_visit.errors import InvalidValue
from overdue_visit.loan import Loan


def candidates(loans: Iterable[Loan], on: dt.date, partition: tuple[int, int] | None) -> Iterator[str]:
    """
    Yield the ids of the loans that may need a look on a day, in ascending order.

    Raises:
        InvalidValue: If the partition's index is not below its count.
    """
    if partition is not None and not 0 <= partition[0] < partition[1]:
        raise InvalidValue("partition", partition, "an index from 0 and below the count")
    return iter(sorted(loan.id for loan in loans if _in(loan.id, partition) and may_need_a_look(loan, on)))


def _in(loan_id: str, partition: tuple[int, int] | None) -> bool:
    # A checksum, because the hash of a str differs from process to process.
    return partition is None or zlib.crc32(loan_id.encode()) % partition[1] == partition[0]


def may_need_a_look(loan: Loan, on: dt.date) -> bool:
    """
    Tell whether something due by *on* may be unpaid by some ageing convention, or something happened on that day.

    A loan is passed over only where the payments before *on*, none of them ever reversed, cover every due that any
    version of the schedule has by then, and all charges. Where the ledger allocates payments itself, its money may lie
    on later dues: such a loan is passed over only when everything it will ever owe is covered.
    """
    if loan.stated is not None and loan.stated.days_past_due > 0:
        return True
    if _touched(loan, on):
        return True
    allocated = any(payment.allocation for payment in loan.payments)
    by = dt.date.max if allocated else on
    owed = max(sum(i.amount.minor for i in version.instalments if i.due <= by) for version in loan.versions)
    owed += sum(charge.amount.minor for charge in loan.charges if charge.on <= by)
    taken_back = {reversal.ref for reversal in loan.reversals}
    return owed > sum(p.amount.minor for p in loan.payments if max(p.on, p.booked) < on and p.ref not in taken_back)


def _touched(loan: Loan, on: dt.date) -> bool:
    if loan.status_on == on or any(on in (version.since, version.booked) for version in loan.versions[1:]):
        return True
    if any(on in (payment.on, payment.booked) for payment in loan.payments):
        return True
    if any(on in (reversal.on, reversal.booked) for reversal in loan.reversals):
        return True
    return any(on in (charge.on, charge.booked) for charge in loan.charges)
