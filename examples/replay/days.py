"""
Live through a loan book, business day by business day.
"""

from __future__ import annotations

import datetime as dt
import zlib
from collections.abc import Iterable, Iterator, Mapping

import attrs

from overdue_visit import BusinessCalendar, CaseDesk, Loan
from overdue_visit.adapters.clock import FixedClock
from overdue_visit.ports.loan_book import LoanBook
from overdue_visit.ports.sender import OutcomeUnknown, OutgoingNotice, Receipt, SendFailed
from replay.officer import Officer
from replay.pages import every


@attrs.frozen
class Gateway:
    """
    Stands in for a gateway of text messages: it shows nothing, and now and then it fails as gateways do.

    Which message fails follows from its id, so a replay is the same every time.
    """

    channels = frozenset({"sms", "email"})
    idempotent = True

    def send(self, letter: OutgoingNotice, *, key: str) -> Receipt:
        """
        Take a notice; one in forty or so does not get through, one in a hundred or so leaves everybody in doubt.
        """
        number = zlib.crc32(letter.message_id.encode())
        if number % 37 == 0:
            raise SendFailed("gateway", "the network was down", permanent=False)
        if number % 101 == 0:
            raise OutcomeUnknown("gateway", "the line broke before the answer came")
        return Receipt(f"sms-{key}")


def loans_of(book: LoanBook) -> tuple[Loan, ...]:
    """
    Return every loan of a book, by id.
    """
    return tuple(book.loan(loan_id) for loan_id in sorted(book.changes(None)))


def business_days(loans: Iterable[Loan], calendar: BusinessCalendar) -> tuple[dt.date, ...]:
    """
    Return the business days from the first instalment to the last thing that the ledger wrote down.
    """
    known = tuple(loans)
    first = min(version.instalments[0].due for loan in known for version in loan.versions)
    last = max((day for loan in known for day in _booked(loan)), default=first)
    span = ((first + dt.timedelta(days=n)) for n in range((last - first).days + 1))
    return tuple(day for day in span if calendar.is_business_day(day))


def _booked(loan: Loan) -> Iterator[dt.date]:
    for entries in (loan.payments, loan.reversals, loan.charges, loan.versions[1:]):
        yield from (entry.booked for entry in entries)
    if loan.status_on is not None:
        yield loan.status_on


def live(
    desk: CaseDesk, clock: FixedClock, book: LoanBook, days: Iterable[dt.date], officer: Officer
) -> Mapping[str, str]:
    """
    Live through the days: notices go out, the officer works, the ledger closes.

    Returns:
        Loans that could not be observed on some day, each with the last reason.
    """
    refused: dict[str, str] = {}
    for day in days:
        clock.set(f"{day} 08:30")
        desk.relay()
        clock.set(f"{day} 09:00")
        officer.morning(day)
        clock.set(f"{day} 17:00")
        officer.evening(day)
        clock.set(f"{day} 20:30")
        refused.update(desk.close_of_business(book).refused)
    return refused


def last_day(desk: CaseDesk, zone: dt.tzinfo) -> dt.date | None:
    """
    Return the last day that left a trace at a desk; None if nothing ever happened there.
    """
    traces = (case.recorded_at.astimezone(zone).date() for case in every(desk.cases, open_only=False))
    return max(traces, default=None)
