"""
Level schedules with dates and row objects, against bare loops of integers and against other libraries.

Everybody works through the same loans: their own principals, a dozen rates, counts of 36 and 360 months. Ours is
``level(terms)``, with a date and an object in each row: once with the terms at hand, as the bare loop has its numbers,
and once from the numbers, with `months_after` for the dates and every check of `Terms`. The bare loop has the exact
power for the instalment, the same rounding and integers only: no dates, objects or checks. Once it keeps each row as
a tuple, which is the least that a schedule can be, and once it forgets it. Libraries get numbers, and so do we then.
"""

from __future__ import annotations

import datetime as dt
import importlib
import itertools
import time
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal

import attrs

from benchmarks.timing import Figure, micro, rate
from overdue_visit.money import Money
from overdue_visit.rate import Rate
from overdue_visit.repayment.level import level
from overdue_visit.repayment.periods import months_after
from overdue_visit.repayment.terms import Terms

DRAWN = dt.date(2026, 1, 31)
ROUNDS = 75
GOAL = ">= 0.40 of it"
AHEAD = "> 1, ahead of it"


@attrs.frozen
class Asked:
    """A loan as everybody is asked for it: minor units, hundredths of a percent a year, months."""

    minor: int
    basis_points: int
    months: int

    @property
    def terms(self) -> Terms:
        """The same as terms, made anew: their checks are part of the time."""
        return Terms(
            principal=Money.from_minor(self.minor, "CNY"),
            rate=Rate.from_ratio(self.basis_points, 10_000),
            drawn=DRAWN,
            dues=months_after(DRAWN, self.months),
        )


def loans(months: int, count: int, *, rates: int = 12) -> tuple[Asked, ...]:
    """
    Return loans from 10,000 to 1,000,000 yuan.
    """
    return tuple(
        Asked(1_000_000 + n * 7_919 * 101 % 99_000_000, 435 + n % rates * 25, months) for n in range(1, count + 1)
    )


def ours(loan: Asked) -> object:
    """
    Make the schedule.
    """
    return level(loan.terms)


def ours_read(loan: Asked) -> object:
    """
    Make the schedule and read every payment, interest, principal and balance as a decimal.
    """
    rows = level(loan.terms).rows
    return [
        (row.due, row.payment.decimal, row.interest.decimal, row.principal.decimal, row.balance.decimal) for row in rows
    ]


def _instalment(loan: Asked, above: int, below: int) -> int:
    grown, base = (below + above) ** loan.months, below**loan.months
    top, bottom = loan.minor * above * grown, below * (grown - base)
    return (2 * top + bottom) // (2 * bottom)


def bare(loan: Asked) -> object:
    """
    Walk the balance down with integers, and keep nothing.
    """
    above, below = loan.basis_points, 120_000
    instalment, balance = _instalment(loan, above, below), loan.minor
    double, above = 2 * below, 2 * above
    for _ in range(loan.months - 1):
        interest = (balance * above + below) // double
        principal = instalment - interest
        balance -= principal
    return balance


def bare_kept(loan: Asked) -> object:
    """
    Walk the balance down with integers, and keep each row as a tuple.
    """
    above, below = loan.basis_points, 120_000
    instalment, balance = _instalment(loan, above, below), loan.minor
    double, above = 2 * below, 2 * above
    rows = []
    for number in range(1, loan.months):
        interest = (balance * above + below) // double
        principal = instalment - interest
        balance -= principal
        rows.append((number, instalment, interest, principal, balance))
    interest = (balance * above + below) // double
    rows.append((loan.months, balance + interest, interest, balance, 0))
    return rows


def numpy_financial() -> Callable[[Asked], object]:
    """
    Interest and principal as columns of floats, never rounded, without dates.
    """
    npf, np = importlib.import_module("numpy_financial"), importlib.import_module("numpy")

    def made(loan: Asked) -> object:
        monthly, principal = loan.basis_points / 120_000, loan.minor / 100
        periods = np.arange(loan.months) + 1
        return (
            npf.ipmt(monthly, periods, loan.months, -principal),
            npf.ppmt(monthly, periods, loan.months, -principal),
        )

    return made


def quantlib() -> Callable[[Asked], object]:
    """
    The dated cash flows of an amortizing bond, in floats; date and amount of each are read.
    """
    ql = importlib.import_module("QuantLib")

    def made(loan: Asked) -> object:
        yearly, start = loan.basis_points / 10_000, ql.Date(31, 1, 2026)
        month, length = ql.Period(ql.Monthly), ql.Period(loan.months, ql.Months)
        count = ql.Thirty360(ql.Thirty360.BondBasis)
        notionals = ql.sinkingNotionals(length, ql.Monthly, yearly, loan.minor / 100)
        dates = ql.Schedule(
            start,
            start + length,
            month,
            ql.NullCalendar(),
            ql.Unadjusted,
            ql.Unadjusted,
            ql.DateGeneration.Backward,
            False,  # noqa: FBT003
        )
        bond = ql.AmortizingFixedRateBond(0, notionals, dates, [yearly], count)
        return [(flow.date(), flow.amount()) for flow in bond.cashflows()]

    return made


def amortization() -> Callable[[Asked], object]:
    """
    Rows in floats, without dates.
    """
    schedule = importlib.import_module("amortization.schedule").amortization_schedule
    return lambda loan: list(schedule(loan.minor / 100, loan.basis_points / 10_000, loan.months))


def mortgagemath() -> Callable[[Asked], object]:
    """
    Rows in decimals, rounded as ours are, without dates.
    """
    library = importlib.import_module("mortgagemath")
    half_up = library.PaymentRounding.ROUND_HALF_UP

    def made(loan: Asked) -> object:
        params = library.LoanParams(
            principal=Decimal(loan.minor) / 100,
            annual_rate=Decimal(loan.basis_points) / 100,
            term_months=loan.months,
            payment_rounding=half_up,
            interest_rounding=half_up,
        )
        return library.amortization_schedule(params)

    return made


LIBRARIES: dict[str, Callable[[], Callable[[Asked], object]]] = {
    "numpy-financial (floats, no dates)": numpy_financial,
    "QuantLib bond cash flows (floats, dated)": quantlib,
    "amortization (floats, no dates)": amortization,
    "mortgagemath (decimals, no dates)": mortgagemath,
}


def a_loan(work: Callable[[Asked], object], book: Sequence[Asked]) -> float:
    """
    Return seconds of the processor a loan.
    """
    start = time.process_time()
    for loan in book:
        work(loan)
    return (time.process_time() - start) / len(book)


def side_by_side(
    works: Sequence[Callable[[Asked], object]], book: Sequence[Asked], *, rounds: int = ROUNDS
) -> list[float]:
    """
    Measure all in turn, round by round, and return the least that each took, in seconds a loan.

    All of it is plain work of the processor: whatever else the machine does can only make it look longer.
    """
    took = [[a_loan(work, book) for work in works] for _ in range(rounds)]
    return [min(column) for column in zip(*took, strict=True)]


def _against(what: str, mine: float, other: float, goal: str) -> Figure:
    return Figure(what=what, ours=rate(mine), limit=rate(other), ratio=other / mine, goal=goal)


def _beside_bare(months: int) -> Iterator[Figure]:
    book = loans(months, 12)
    terms = itertools.cycle([loan.terms for loan in book])
    ready, mine, read, forgets, keeps = side_by_side(
        [lambda _: level(next(terms)), ours, ours_read, bare, bare_kept], book
    )
    yield _against(f"level(terms), {months} rows / integers, kept", ready, keeps, GOAL)
    yield _against(f"level(terms), {months} rows / integers, forgotten", ready, forgets, "-")
    yield _against(f"terms made too, {months} rows / integers, kept", mine, keeps, "-")
    yield _against("the same, every cell read as Decimal / kept", read, keeps, "-")


def _own_rates(months: int) -> Iterator[Figure]:
    # Powers are remembered for loans that share rate and count; here no two do.
    book = loans(months, 300, rates=1000)
    mine, keeps = side_by_side([ours, bare_kept], book, rounds=9)
    yield _against(f"terms made too, {months} rows, own rates / kept", mine, keeps, "-")


def _beside_libraries(months: int) -> Iterator[Figure]:
    book = loans(months, 12)
    for name, library in LIBRARIES.items():
        what = f"level, {months} rows / {name}"
        try:
            work = library()
        except ImportError:
            yield Figure(what=what, ours="", limit="", ratio=None, goal="not installed; make bench installs it")
            continue
        mine, other = side_by_side([ours, work], book)
        yield _against(what, mine, other, AHEAD)


def _parts() -> Iterator[Figure]:
    loan = loans(36, 1)[0]
    terms = loan.terms
    for what, work in (
        ("months_after, 36 dates", lambda _: months_after(DRAWN, 36)),
        ("Terms with its checks, 36 dates", lambda _: loan.terms),
        ("level(terms), 36 rows", lambda _: level(terms)),
    ):
        took = min(a_loan(work, [loan] * 20) for _ in range(ROUNDS))
        yield Figure(what=what, ours=micro(took), limit="", ratio=None, goal="-")


def figures() -> Iterator[Figure]:
    """
    Measure schedules of three and of thirty years.
    """
    for months in (36, 360):
        yield from _beside_bare(months)
        yield from _own_rates(months)
        yield from _beside_libraries(months)
    yield from _parts()
