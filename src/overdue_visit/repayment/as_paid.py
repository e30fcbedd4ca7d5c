"""
A loan's schedule as it was paid: late, when interest runs on what is overdue, or early, when it stops.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Literal, get_args

import attrs

from overdue_visit.errors import InvalidValue
from overdue_visit.money import Money, divide
from overdue_visit.repayment.accruals import Accruals
from overdue_visit.repayment.debt import demand_rising
from overdue_visit.repayment.demands import tuple_of
from overdue_visit.repayment.flows import Flow
from overdue_visit.repayment.kinds.lines import Line, scheduled
from overdue_visit.repayment.kinds.shape import Shape
from overdue_visit.repayment.level import level
from overdue_visit.repayment.schedule import Schedule
from overdue_visit.repayment.terms import Terms

Keep = Literal["instalment", "term"]
"""What stays when a borrower pays more than is due: the instalment, so that the loan ends earlier, or the term."""


@attrs.frozen(kw_only=True)
class _Period:
    place: int
    start: dt.date
    due: dt.date
    accruals: Accruals
    terms: Terms

    def interest(self, weighted: int) -> int:
        """
        Round the interest on a balance times its days; days share the period's interest equally.
        """
        below = self.accruals.denominator * (self.due - self.start).days
        return divide(weighted * self.accruals.numerators[self.place], below, self.terms.rounding)


def _periods(terms: Terms) -> Iterator[_Period]:
    accruals = terms.accruals()
    for place, (start, due) in enumerate(zip((terms.drawn, *terms.dues), terms.dues, strict=False)):
        yield _Period(place=place, start=start, due=due, accruals=accruals, terms=terms)


def overdue(
    terms: Terms,
    payments: Sequence[Flow],
    *,
    as_of: dt.date | None = None,
    at_due_dates: bool = False,
    shape: Shape = level,
) -> Schedule:
    """
    Make the schedule of a level loan whose instalments were paid late, or not yet.

    Overdue principal bears the contract's interest until it is paid; the interest is collected with the next row, so
    its principal is smaller and the last row takes what is short. What is unpaid on the last day that is known counts
    as paid then, and later rows as paid on time. A payment rounds the interest up to its day.

    Args:
        payments: What was paid, dates rising; the oldest row takes it first, its interest before its principal. What
            is more than has fallen due repays principal at once, and counts toward the next rows.

        as_of: The last day that is known; left out, the day of the last payment.

        at_due_dates: Reckon anew only once a period: a payment lowers the balance on the next due date, and rows due
            before the one that the last known day leads to stay as agreed.

        shape: Reckons the level instalment.

    Raises:
        InvalidValue: If dates do not rise or are before the loan was drawn.
    """
    payments = tuple_of(payments, Flow, "payments")
    demand_rising([flow.on for flow in payments], "payments", since=terms.drawn)
    book = _Book(terms, payments, _known(terms, payments, as_of), at_due_dates=at_due_dates)
    instalment = _instalment(shape(terms))
    lines = []
    for period in _periods(terms):
        interest = book.interest(period)
        balance = book.balance
        last = period.place == len(terms.dues) - 1
        principal = balance if last else min(max(instalment.minor - interest, 0), balance)
        book.fall_due(period.due, interest, principal)
        lines.append(Line(period.due, interest, principal))
    return scheduled(lines, kind="overdue", drawn=terms.drawn, opening=terms.principal, instalment=instalment)


def _instalment(agreed: Schedule) -> Money:
    return agreed.rows[0].payment if agreed.instalment is None else agreed.instalment


def _known(terms: Terms, payments: Sequence[Flow], as_of: dt.date | None) -> dt.date:
    days = [flow.on for flow in payments] + ([] if as_of is None else [as_of])
    return max(days, default=terms.drawn)


class _Book:
    """What is outstanding while rows fall due and payments come in; whole minor units."""

    def __init__(self, terms: Terms, payments: Sequence[Flow], known: dt.date, *, at_due_dates: bool) -> None:
        self.balance = self.outstanding = terms.principal.minor
        self._unpaid: list[tuple[int, int]] = []
        self._credit = 0
        self._in_advance = 0
        self._at_due_dates = at_due_dates
        self._known = _effective(known, terms, at_due_dates)
        self._events = [(_effective(flow.on, terms, at_due_dates), flow.amount.minor) for flow in payments]

    def interest(self, period: _Period) -> int:
        """
        Return the interest of a period, taking payments in as they come: each rounds the interest up to its day.
        """
        total, at = 0, period.start
        while self._events and self._events[0][0] < period.due:
            on, amount = self._events.pop(0)
            total += period.interest(self.outstanding * (on - at).days)
            at = on
            self._credit += amount
            self._pay()
        if self._at_due_dates and period.due < self._known:
            return period.interest(self.balance * (period.due - period.start).days)
        weighted = 0
        if period.start <= self._known < period.due:
            weighted = self.outstanding * (self._known - at).days
            at = self._known
            self.outstanding, self._unpaid = self.balance - self._in_advance, []
        return total + period.interest(weighted + self.outstanding * (period.due - at).days)

    def fall_due(self, due: dt.date, interest: int, principal: int) -> None:
        """
        Let a row fall due; it counts as paid if its day is after all that is known.
        """
        self.balance -= principal
        paid = min(self._in_advance, principal)
        self._in_advance -= paid
        if due > self._known:
            self.outstanding = self.balance - self._in_advance
            return
        self._unpaid.append((interest, principal - paid))
        self._pay()

    def _pay(self) -> None:
        while self._unpaid and self._credit:
            interest, principal = self._unpaid.pop(0)
            to_interest = min(self._credit, interest)
            to_principal = min(self._credit - to_interest, principal)
            self._credit -= to_interest + to_principal
            self.outstanding -= to_principal
            if (to_interest, to_principal) != (interest, principal):
                self._unpaid.insert(0, (interest - to_interest, principal - to_principal))
        ahead = min(self._credit, self.outstanding)
        self._in_advance += ahead
        self.outstanding -= ahead
        self._credit -= ahead


def _effective(on: dt.date, terms: Terms, at_due_dates: bool) -> dt.date:
    if not at_due_dates:
        return on
    return next((due for due in terms.dues if due >= on), on)


def prepaid(terms: Terms, payments: Sequence[Flow], *, keep: Keep, shape: Shape = level) -> Schedule:
    """
    Make the schedule of a level loan whose borrower paid more than was due, or earlier.

    A payment between due dates repays principal at once and counts toward the next instalment, which collects the
    interest of its whole period. Later rows are paid as due.

    Args:
        payments: What was paid, dates rising, at most one on a date.

        keep: The instalment, so that the last rows fall away, or the term, so that it is cut anew after each row that
            paid more.

        shape: Reckons the level instalment.

    Raises:
        InvalidValue: If dates do not rise or are before the loan was drawn, or *keep* is unknown.
    """
    if keep not in get_args(Keep):
        raise InvalidValue("keep", keep, "'instalment' or 'term'")
    payments = tuple_of(payments, Flow, "payments")
    demand_rising([flow.on for flow in payments], "payments", since=terms.drawn)
    instalment = _instalment(shape(terms)).minor
    balance, lines = terms.principal.minor, list[Line]()
    for period in _periods(terms):
        line = _row(period, balance, instalment, payments)
        lines.append(line)
        balance -= line.principal
        if not balance:
            break
        if keep == "term" and line.payment > instalment:
            instalment = _instalment(shape(_left(period, balance))).minor
    return scheduled(
        lines,
        kind="prepaid",
        drawn=terms.drawn,
        opening=terms.principal,
        instalment=Money.from_minor(instalment, terms.currency),
    )


def _left(period: _Period, balance: int) -> Terms:
    return attrs.evolve(
        period.terms,
        principal=Money.from_minor(balance, period.terms.currency),
        drawn=period.due,
        dues=period.terms.dues[period.place + 1 :],
    )


def _row(period: _Period, balance: int, instalment: int, payments: Sequence[Flow]) -> Line:
    interest = early = 0
    at = period.start
    for flow in payments:
        if period.start < flow.on < period.due:
            interest += period.interest((balance - early) * (flow.on - at).days)
            at = flow.on
            early = min(early + flow.amount.minor, balance)
    interest += period.interest((balance - early) * (period.due - at).days)
    on_due = sum(flow.amount.minor for flow in payments if flow.on == period.due)
    last = period.place == len(period.terms.dues) - 1
    principal = max(early, max(instalment, early + on_due) - interest)
    return Line(period.due, interest, balance if last else min(principal, balance))
