"""
Write the loan book that ships: an invented village credit union, eight months of an invented year.

    python examples/make_village_book.py [FILE]

Nobody in it exists. The same seed gives the same file, byte for byte, on every machine and every Python: the draws
use nothing but `random.Random.random`, whose numbers are fixed by its documentation.

The first loans are told one by one in `SCENES`, the others are drawn. Households know their own trouble (see
``replay/households.py``); those who agree a plan pay it because they agreed it, so a few dates here follow the officer.
"""

from __future__ import annotations

import datetime as dt
import pathlib
import random
import sys
from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from overdue_visit import Component, Instalment, Loan, LoanStatus, Money
from overdue_visit.adapters.csv_loan_book import write_loan_book
from replay.households import Household

T = TypeVar("T")

SEED = 2026
FIRST = dt.date(2026, 1, 5)
LAST = dt.date(2026, 8, 31)
LOANS = 120
FARMS = ("dairy", "vegetables", "tea", "maize")
BRANCHES = ("river", "hill", "market")
SHIPPED = pathlib.Path(__file__).parent / "data" / "village_book.csv"


def day(text: str) -> dt.date:
    """
    Read a day of the year: ``day("03-15")``.
    """
    return dt.date.fromisoformat(f"2026-{text}")


def kes(whole: int) -> Money:
    """
    Return whole shillings.
    """
    return Money(str(whole), "KES")


def months_later(start: dt.date, months: int) -> dt.date:
    """
    Return the same day of a later month; nobody here has a due day after the 28th.
    """
    index = start.month - 1 + months
    return start.replace(year=start.year + index // 12, month=index % 12 + 1)


def monthly(first: dt.date, count: int, amount: int, *, interest: int = 0) -> tuple[Instalment, ...]:
    """
    Return a schedule of equal instalments, one a month.
    """
    parts = {Component.INTEREST: kes(interest), Component.PRINCIPAL: kes(amount - interest)} if interest else {}
    return tuple(Instalment(months_later(first, month), kes(amount), components=parts) for month in range(count))


def loan(number: int, schedule: Sequence[Instalment], *, farm: str = "dairy", borrower: int | None = None) -> Loan:
    """
    Return a loan of the credit union, paid out a month before its first instalment.
    """
    return Loan(
        f"vcu-{number:03}",
        borrower=f"m-{borrower or number:03}",
        schedule=schedule,
        disbursed=schedule[0].due - dt.timedelta(days=30),
        attributes={"vcu:branch": BRANCHES[number % 3], "vcu:farm": farm},
    )


def paid(owed: Loan, *payments: tuple[str, int]) -> Loan:
    """
    Return the loan with payments of whole shillings on days of the year, booked the same day.
    """
    for on, amount in payments:
        owed = owed.pay(kes(amount), on=day(on), ref=f"p{len(owed.payments) + 1}")
    return owed


# ---- the scenes: one loan each, told day by day ----------------------------------------------------------------------


def kept_plan() -> Loan:
    """
    Tell of milk money that comes late: one instalment in arrears, a plan over three months, every word of it kept.
    """
    owed = loan(1, monthly(day("05-04"), 4, 900))
    return paid(owed, ("06-04", 1200), ("07-03", 1200), ("08-04", 1200))


def forgot() -> Loan:
    """
    Tell of a day forgotten, reminded, paid on the third; and of months kept until the standing is good again.
    """
    owed = loan(2, monthly(day("01-12"), 9, 600))
    months = [("02-12", 600), ("03-12", 600), ("04-10", 600), ("05-12", 600), ("06-12", 600), ("07-10", 600)]
    return paid(owed, ("01-15", 600), *months, ("08-12", 600))


def broken_plans() -> Loan:
    """
    Tell of illness: a plan breaks, a second one breaks, the committee takes the case and gives it back.
    """
    owed = loan(3, [Instalment(day("03-09"), kes(2400))])
    return paid(owed, ("08-10", 1200))


def partly_paid() -> Loan:
    """
    Tell of half in time and the rest when a visit is agreed and moved, so that nobody need come.
    """
    owed = loan(4, monthly(day("03-05"), 3, 1000))
    return paid(owed, ("03-05", 500), ("03-13", 500), ("04-02", 1000), ("05-05", 1000))


def reversed_payment() -> Loan:
    """
    Tell of a cheque that clears the arrears and comes back eleven days later: past due since the original day.
    """
    owed = paid(loan(6, monthly(day("05-04"), 3, 1500, interest=120), farm="tea"), ("05-07", 1500))
    return paid(owed.reverse("p1", on=day("05-18")), ("06-04", 2250), ("07-03", 2250))


def backdated() -> Loan:
    """
    Tell of money paid at the agent's in time and booked nine days later: nothing was late, but nobody knew.
    """
    owed = loan(8, monthly(day("04-07"), 2, 700))
    owed = owed.pay(kes(700), on=day("04-07"), booked=day("04-16"), ref="p1")
    return paid(owed, ("05-07", 700))


def never_home() -> Loan:
    """
    Tell of three closed doors, the committee, and then a household that is heard and pays at once.
    """
    return paid(loan(9, [Instalment(day("03-02"), kes(600))]), ("05-06", 600))


def missed_again() -> Loan:
    """
    Tell of a recovery in three days and a relapse a month later; of a plan, and then everything at once.
    """
    owed = loan(10, monthly(day("05-11"), 4, 500), farm="vegetables")
    return paid(owed, ("05-14", 500), ("07-10", 1000), ("08-11", 500))


def rescheduled() -> Loan:
    """
    Tell of money that comes on the twentieth and was due on the sixth: after a talk there is another due day.
    """
    owed = loan(12, monthly(day("05-06"), 3, 800), farm="vegetables")
    owed = owed.reschedule(monthly(day("06-20"), 2, 1200), since=day("05-20"), reason="another_due_day")
    return paid(owed, ("06-19", 1200), ("07-20", 1200))


def written_off() -> Loan:
    """
    Tell of a refusal, a second one, the committee, and a loan that is written off in the end.
    """
    return _ended(loan(13, monthly(day("01-20"), 6, 400)), LoanStatus.WRITTEN_OFF, day("08-31"))


def paid_off() -> Loan:
    """
    Tell of a closed door, a plan, and before its second part money that pays for everything.
    """
    owed = paid(loan(17, monthly(day("02-24"), 3, 1200)), ("03-24", 1500), ("04-10", 2100))
    return _ended(owed, LoanStatus.PAID_OFF, day("04-10"))


def _ended(owed: Loan, status: LoanStatus, on: dt.date) -> Loan:
    return Loan(
        owed.id,
        borrower=owed.borrower,
        versions=owed.versions,
        payments=owed.payments,
        status=status,
        status_on=on,
        disbursed=owed.disbursed,
        attributes=owed.attributes,
    )


SCENES: dict[int, Callable[[], Loan]] = {
    1: kept_plan,
    2: forgot,
    3: broken_plans,
    4: partly_paid,
    6: reversed_payment,
    8: backdated,
    9: never_home,
    10: missed_again,
    12: rescheduled,
    13: written_off,
    17: paid_off,
}


# ---- the others: drawn -----------------------------------------------------------------------------------------------


class Draw:
    """Draws from a seed."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)

    def below(self, count: int) -> int:
        """
        Draw a whole number from 0, below *count*.
        """
        return int(self._random.random() * count)

    def one_of(self, things: Sequence[T]) -> T:
        """
        Draw one of several things.
        """
        return things[self.below(len(things))]


Paying = Iterator[tuple[dt.date, int]]


def punctual(draw: Draw, owed: Loan) -> Paying:
    """
    Pay on the day, or a few days before.
    """
    for each in owed.versions[0].instalments:
        yield each.due - dt.timedelta(days=draw.below(4)), each.amount.minor


def a_little_late(draw: Draw, owed: Loan) -> Paying:
    """
    Pay on the day as a rule, and up to four days later now and then.
    """
    for each in owed.versions[0].instalments:
        late = 1 + draw.below(4) if draw.below(5) == 0 else 0
        yield each.due + dt.timedelta(days=late), each.amount.minor


def forgetful(draw: Draw, owed: Loan) -> Paying:
    """
    Forget an instalment or two, for one to four weeks.
    """
    instalments = owed.versions[0].instalments
    forgotten = {draw.below(len(instalments)), draw.below(len(instalments))}
    for place, each in enumerate(instalments):
        late = 8 + draw.below(20) if place in forgotten else 0
        yield each.due + dt.timedelta(days=late), each.amount.minor


def in_parts(draw: Draw, owed: Loan) -> Paying:
    """
    Pay half in time and the rest later, when money is short.
    """
    for each in owed.versions[0].instalments:
        rest = each.amount.minor // 2 if draw.below(3) == 0 else 0
        yield each.due, each.amount.minor - rest
        if rest:
            yield each.due + dt.timedelta(days=2 + draw.below(12)), rest


def ahead(draw: Draw, owed: Loan) -> Paying:
    """
    Pay two instalments at a time, a month ahead.
    """
    instalments = owed.versions[0].instalments
    for place in range(0, len(instalments), 2):
        pair = instalments[place : place + 2]
        yield pair[0].due - dt.timedelta(days=draw.below(6)), sum(each.amount.minor for each in pair)


def by_plan(draw: Draw, owed: Loan) -> Paying:
    """
    Miss one instalment, agree a plan, and pay it beside the running instalments.
    """
    return _by_plan(draw, owed, forgets=0)


def by_plan_but_one(draw: Draw, owed: Loan) -> Paying:
    """
    Agree a plan and lose sight of its second instalment for three weeks.
    """
    return _by_plan(draw, owed, forgets=2)


def _by_plan(draw: Draw, owed: Loan, *, forgets: int) -> Paying:
    instalments = owed.versions[0].instalments
    missed = draw.below(max(len(instalments) - 4, 1))
    months = Household.behind(owed.id).months
    share = -(-instalments[missed].amount.minor // months)
    for place, each in enumerate(instalments):
        extra = share if missed < place <= missed + months else 0
        late = 21 if forgets and place == missed + forgets else 0
        if place != missed:
            yield each.due + dt.timedelta(days=late), each.amount.minor + extra


def gives_up(draw: Draw, owed: Loan) -> Paying:
    """
    Pay for a while, and then no more.
    """
    instalments = owed.versions[0].instalments
    for each in instalments[: 1 + draw.below(len(instalments) // 2)]:
        yield each.due, each.amount.minor


HABITS = (*[punctual] * 9, *[a_little_late] * 3, *[forgetful] * 3, in_parts, ahead, by_plan, by_plan, by_plan_but_one,
          gives_up)  # fmt: skip
"""How households with monthly instalments pay, each as often as it stands here."""

HARVEST_HABITS = (*[punctual] * 4, a_little_late, forgetful, forgetful, in_parts, ahead)
"""How households pay whose money comes with the harvest."""


def drawn(number: int, draw: Draw) -> Loan:
    """
    Draw a loan and how it is paid; what would be booked after the last day is not known yet.
    """
    farm = draw.one_of(FARMS)
    first = FIRST + dt.timedelta(days=draw.below(120))
    first = first.replace(day=min(first.day, 28))
    amount = 120 * (2 + draw.below(12))
    interest = amount // 12 if farm == "tea" else 0
    schedule = monthly(first, 5 + draw.below(4), amount, interest=interest)
    if farm == "maize":
        schedule = tuple(Instalment(months_later(first, 3 * n), kes(amount * 3)) for n in range(3))
    # One member in eight has a second loan.
    owed = loan(number, schedule, farm=farm, borrower=number - 1 if number % 8 == 0 else None)
    habit = draw.one_of(HARVEST_HABITS if farm == "maize" else HABITS)
    for on, minor in habit(draw, owed):
        booked = on + dt.timedelta(days=1 + draw.below(5)) if draw.below(20) == 0 else on
        if booked <= LAST:
            ref = f"p{len(owed.payments) + 1}"
            owed = owed.pay(Money.from_minor(minor, "KES"), on=on, booked=booked, ref=ref)
    return owed


def loans() -> tuple[Loan, ...]:
    """
    Return all loans of the book.
    """
    draw = Draw(SEED)
    return tuple(SCENES[n]() if n in SCENES else drawn(n, draw) for n in range(1, LOANS + 1))


# ---- what went wrong when the book was written -----------------------------------------------------------------------


def spoilt(text: str) -> str:
    """
    Return the book with a few bad rows: a payment twice, a day that does not exist, letters for an amount.
    """
    lines = text.splitlines()
    twice = next(line for line in lines if line.startswith("vcu-050,") and ",payment," in line)
    lines.insert(lines.index(twice) + 1, twice)
    first = {loan_id: _payment_line(lines, loan_id) for loan_id in ("vcu-071", "vcu-093")}
    lines[first["vcu-071"]] = lines[first["vcu-071"]].replace("2026-0", "2026-13-0", 1)
    lines[first["vcu-093"]] = lines[first["vcu-093"]].replace(",KES,", ",Kshs,")
    lines.append("vcu-121,m-121,loan,,,2026-05-04,,,,,,,,river,dairy")  # a loan without a schedule
    lines.append("vcu-122,m-122,loan")  # a line that was cut off
    return "\n".join(lines) + "\n"


def _payment_line(lines: Sequence[str], loan_id: str) -> int:
    return next(n for n, line in enumerate(lines) if line.startswith(f"{loan_id},") and ",payment," in line)


def main(path: pathlib.Path = SHIPPED) -> None:
    """
    Write the book.
    """
    write_loan_book(path, loans())
    path.write_bytes(spoilt(path.read_text(encoding="utf-8")).encode())


if __name__ == "__main__":
    main(*map(pathlib.Path, sys.argv[1:2]))
