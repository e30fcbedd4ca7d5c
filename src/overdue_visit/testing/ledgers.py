"""
Small invented ledgers for laws: few dues, few units of money, every kind of entry, every convention.

Strategies for Hypothesis; `loans` and `books` are what a loan book must be able to give back.
"""

from __future__ import annotations

import datetime as dt

from hypothesis import strategies as st

from overdue_visit.arrears import AgeingConvention, Tolerance
from overdue_visit.business_calendar import EVERY_DAY, BusinessCalendar
from overdue_visit.loan import (
    Allocated,
    Charge,
    Component,
    Instalment,
    Loan,
    LoanStatus,
    Payment,
    Reversal,
    ScheduleVersion,
    StatedArrears,
)
from overdue_visit.money import Money
from overdue_visit.rate import Rate

FIRST = dt.date(2026, 2, 2)
LAST = FIRST + dt.timedelta(days=50)
CURRENCY = "KES"

REST_DAYS = BusinessCalendar(
    name="six days", weekend=frozenset({6}), holidays=frozenset({FIRST + dt.timedelta(days=n) for n in (7, 8, 9, 25)})
)

dates: st.SearchStrategy[dt.date] = st.integers(0, 50).map(lambda n: FIRST + dt.timedelta(days=n))
due_dates: st.SearchStrategy[dt.date] = st.integers(0, 35).map(lambda n: FIRST + dt.timedelta(days=n))


def units(most: int) -> st.SearchStrategy[Money]:
    """
    Draw a few minor units of money.
    """
    return st.integers(1, most).map(lambda minor: Money.from_minor(minor, CURRENCY))


@st.composite
def schedules(draw: st.DrawFn) -> tuple[Instalment, ...]:
    """
    Draw one to four instalments, some with their parts.
    """
    instalments = []
    for number, due in enumerate(sorted(draw(st.lists(due_dates, min_size=1, max_size=4))), start=1):
        parts = draw(st.dictionaries(st.sampled_from(Component), units(5), max_size=3))
        amount = Money.total(parts.values(), CURRENCY) if parts else draw(units(12))
        instalments.append(Instalment(due, amount, number=number, components=parts))
    return tuple(instalments)


@st.composite
def versions(draw: st.DrawFn) -> tuple[ScheduleVersion, ...]:
    """
    Draw a schedule and up to two that replace it later.
    """
    found = [ScheduleVersion(1, FIRST, draw(schedules()), "original")]
    for number, since in enumerate(sorted(draw(st.lists(dates, max_size=2))), start=2):
        booked = since + dt.timedelta(days=draw(st.integers(-2, 4)))
        found.append(ScheduleVersion(number, since, draw(schedules()), "extended", booked))
    return tuple(found)


@st.composite
def allocations(draw: st.DrawFn, amount: Money, charged: tuple[Charge, ...]) -> tuple[Allocated, ...]:
    """
    Draw where a ledger put a payment: on instalments, whole or by component, on charges, or nowhere.
    """
    parts, left = [], amount.minor
    for _ in range(draw(st.integers(0, 2))):
        if not left:
            break
        minor = draw(st.integers(1, left))
        left -= minor
        part = Money.from_minor(minor, CURRENCY)
        if len(charged) > 0 and draw(st.booleans()):
            parts.append(Allocated(part, charge=draw(st.sampled_from(charged)).ref))
        else:
            component = draw(st.none() | st.sampled_from(Component))
            parts.append(Allocated(part, instalment=draw(st.integers(1, 5)), component=component))
    return tuple(parts)


@st.composite
def charges(draw: st.DrawFn) -> tuple[Charge, ...]:
    """
    Draw up to two charges.
    """
    return tuple(
        Charge(component, amount, on, booked=on + dt.timedelta(days=late), ref=f"c-{n}")
        for n, (component, amount, on, late) in enumerate(
            draw(st.lists(st.tuples(st.sampled_from(Component), units(6), due_dates, st.integers(0, 3)), max_size=2))
        )
    )


@st.composite
def payments(draw: st.DrawFn, charged: tuple[Charge, ...] = ()) -> tuple[Payment, ...]:
    """
    Draw up to five payments, booked on their day or up to six days later, some allocated by the ledger.
    """
    found = []
    for n, amount in enumerate(draw(st.lists(units(15), max_size=5))):
        on = draw(dates)
        booked = on + dt.timedelta(days=draw(st.integers(0, 6)))
        allocation = draw(allocations(amount, charged))
        found.append(Payment(amount, on, booked=booked, ref=f"p-{n}", allocation=allocation))
    return tuple(found)


@st.composite
def reversals(draw: st.DrawFn, entries: tuple[Payment | Charge, ...]) -> tuple[Reversal, ...]:
    """
    Draw reversals of some entries, on their day or later.
    """
    found = []
    for entry in entries:
        if draw(st.integers(0, 3)) == 0:
            on = entry.on + dt.timedelta(days=draw(st.integers(0, 15)))
            found.append(Reversal(entry.ref, on, booked=max(on, entry.booked)))
    return tuple(found)


@st.composite
def loans(draw: st.DrawFn, loan_id: str = "ke-001") -> Loan:
    """
    Draw a loan with every kind of entry.
    """
    charged = draw(charges())
    paid = draw(payments(charged))
    status = draw(st.sampled_from([LoanStatus.ACTIVE, LoanStatus.ACTIVE, *LoanStatus]))
    return Loan(
        loan_id,
        borrower=draw(st.sampled_from(["b-17", "b-18"])),
        versions=draw(versions()),
        payments=paid,
        charges=charged,
        reversals=draw(reversals((*paid, *charged))),
        status=status,
        status_on=None if status is LoanStatus.ACTIVE else draw(st.none() | dates),
        disbursed=draw(st.sampled_from([None, FIRST, FIRST - dt.timedelta(days=3)])),
        stated=draw(st.none() | st.builds(StatedArrears, st.integers(0, 40), dates, st.none() | units(9))),
        attributes=draw(st.sampled_from([{}, {"bank:branch": "north", "bank:product": "种子贷款, 一年"}])),
    )


def books(most: int = 3) -> st.SearchStrategy[list[Loan]]:
    """
    Draw the loans of a small book, each id once.
    """
    ids = st.lists(
        st.sampled_from(["ke-001", "ke-002", "KE-1", "2016/7", "a,b", 'say "so"', "贷-9", "0", "x y"]),
        unique=True,
        max_size=most,
    )
    return ids.flatmap(lambda found: st.tuples(*(loans(loan_id) for loan_id in found)).map(list))


tolerances: st.SearchStrategy[Tolerance] = st.one_of(
    st.just(Tolerance()),
    units(3).map(lambda amount: Tolerance(amount=amount)),
    st.tuples(st.integers(0, 40), st.none() | units(3)).map(
        lambda drawn: Tolerance(percent=Rate(f"{drawn[0]}%", per="once"), floor=drawn[1])
    ),
)

conventions: st.SearchStrategy[AgeingConvention] = st.builds(
    AgeingConvention,
    name=st.just("drawn"),
    due_day_counts=st.sampled_from([0, 1]),
    payments=st.sampled_from(["through", "before"]),
    days=st.sampled_from(["calendar", "business"]),
    calendar=st.sampled_from([EVERY_DAY, REST_DAYS]),
    anchor=st.sampled_from(["oldest_unpaid", "first_went_late"]),
    basis=st.sampled_from(["value", "booked"]),
    grace_days=st.integers(0, 3),
    tolerance=tolerances,
    charges_age=st.booleans(),
    order=st.permutations(list(Component)).map(tuple),
)
"""Every convention: all switches in every combination."""
