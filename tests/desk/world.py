"""
A small village to run desks in: loans, a post office that can fail, and ports that can be cut off at any call.
"""

from __future__ import annotations

import threading
from collections import Counter
from datetime import date

import attrs

from overdue_visit import Instalment, Loan, Money, open_desk
from overdue_visit.adapters.clock import FixedClock
from overdue_visit.adapters.memory_store import MemoryStore
from overdue_visit.case.case import fold
from overdue_visit.ports.sender import OutcomeUnknown, Receipt, SendFailed

ZONE = "Africa/Nairobi"
DUE = date(2026, 3, 1)
SETTLING = ("notice_withheld", "notice_sent", "notice_failed", "notice_outcome_unknown")


def kes(amount):
    """
    Return an amount in Kenyan shillings.
    """
    return Money(str(amount), "KES")


def loan_of(loan_id="ke-001", *, borrower="b-17", amount="120", due=DUE, later=()):
    """
    Return a loan with one instalment, and one of the same amount on each later date.
    """
    return Loan(loan_id, borrower=borrower, schedule=[Instalment(day, kes(amount)) for day in (due, *later)])


def morning():
    """
    Return a clock that stands at nine on the day on which that loan is seven days past due.
    """
    return FixedClock("2026-03-08 09:00")


@attrs.define
class Post:
    """
    A sender that remembers what it took; *answers* are raised or returned one after the other.
    """

    channels: frozenset[str] = frozenset({"sms", "email", "letter"})
    idempotent: bool = False
    answers: list[object] = attrs.Factory(list)
    taken: list[str] = attrs.Factory(list)
    keys: list[str] = attrs.Factory(list)
    letters: list[object] = attrs.Factory(list)
    while_sending: object = None

    def send(self, letter, *, key):
        """
        Take a letter, and do as the next answer says.
        """
        self.taken.append(letter.message_id)
        self.keys.append(key)
        self.letters.append(letter)
        if self.while_sending is not None:
            self.while_sending()
        answer = self.answers.pop(0) if self.answers else None
        if isinstance(answer, BaseException):
            raise answer
        return Receipt(f"r-{key}") if answer is None else answer


REFUSED = SendFailed("post", "the number does not exist", permanent=True)
BROKEN_LINE = OutcomeUnknown("post", "the line broke")


class Crash(BaseException):
    """The process is gone: no handler of the library may stop it."""


class Fuse:
    """Counts the calls of all ports and burns at one of them; without a number it only counts."""

    def __init__(self, at=None):
        self.at = at
        self.calls = 0
        self.seen = Counter()
        self._lock = threading.Lock()

    def tick(self, name):
        """
        Count a call, and crash if it is the one.
        """
        with self._lock:
            self.calls += 1
            self.seen[name] += 1
            if self.calls == self.at:
                raise Crash(f"{name}, call {self.calls}")


class Fused:
    """A port behind a fuse: every method call is counted before it is made."""

    def __init__(self, port, fuse):
        self._port = port
        self._fuse = fuse

    def __getattr__(self, name):
        part = getattr(self._port, name)
        if not callable(part):
            return part

        def called(*args, **kwargs):
            self._fuse.tick(name)
            return part(*args, **kwargs)

        return called


def desk_on(store, clock, *senders, **more):
    """
    Open a desk on a store or url with the village's zone.
    """
    return open_desk(store, zone=ZONE, clock=clock, senders=senders or (Post(),), **more)


def memory():
    """
    Return an empty store in memory.
    """
    return MemoryStore()


def kinds(desk, case):
    """
    Return the kinds of a case's facts, in order.
    """
    return [entry.header.kind for entry in desk.history(case)]


def rows_of(store, *, tenant="default"):
    """
    Return every case's row, open or not.
    """
    return store.cases(tenant, open_only=False, limit=10_000)


def outcomes(desk, case):
    """
    Return for each queued notice of a case the facts that settled it.
    """
    history = desk.history(case)
    settled = {entry.header.sequence: [] for entry in history if entry.header.kind == "notice_queued"}
    for entry in history:
        if entry.header.kind in SETTLING:
            settled[entry.fact.notice].append(entry.header.kind)
    return settled


def assert_sound(desk, store, *, tenant="default"):
    """
    Check what holds of every store at any moment: folds, chains, outcomes, one open case a loan.
    """
    open_loans = Counter()
    for row in rows_of(store, tenant=tenant):
        case = desk.case(row.case_id)
        assert fold(desk.history(row.case_id)) == case
        assert (row.version, row.state, row.is_open) == (case.version, case.state.value, case.open)
        assert desk.verify(row.case_id) is None
        for number, settled in outcomes(desk, row.case_id).items():
            pending = any(notice.number == number for notice in case.notices.pending)
            assert len(settled) == (0 if pending else 1), (row.case_id, number, settled)
            message = store.message(tenant, f"{row.case_id}#{number}")
            assert message is None or (message.state == "settled") == bool(settled)
        open_loans[row.loan_id] += row.is_open
    assert all(count <= 1 for count in open_loans.values())
