"""
Arrears found the long way round: every unit of money is a coin, every day is lived, every day is counted by hand.

Written from the meaning of the convention's words, not from the library's code, and sharing nothing with it.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from fractions import Fraction

from overdue_visit.arrears import AgeingConvention
from overdue_visit.loan import Charge, Component, Instalment, Loan, Payment
from overdue_visit.rate import Rate

ONE = dt.timedelta(days=1)


@dataclass
class Claim:
    """One due, coin by coin: each coin owed is labelled with its component."""

    key: object
    due: dt.date
    is_charge: bool
    owed: list[Component]
    size: int
    free: int = 0
    """Coins covered without a component being named."""
    named: list[Component] = field(default_factory=list)

    @property
    def covered(self) -> int:
        return self.free + len(self.named)

    @property
    def rest(self) -> int:
        return self.size - self.covered


def seen(day: dt.date, on: dt.date, convention: AgeingConvention) -> bool:
    return day < on or (day == on and convention.payments == "through")


def dated(entry: object, convention: AgeingConvention) -> dt.date:
    return entry.booked if convention.basis == "booked" else entry.on


def reversed_by(loan: Loan, on: dt.date, convention: AgeingConvention) -> list[str]:
    return [r.ref for r in loan.reversals if seen(dated(r, convention), on, convention)]


def standing_schedule(loan: Loan, on: dt.date, convention: AgeingConvention) -> tuple[Instalment, ...]:
    standing = loan.versions[0]
    for version in loan.versions[1:]:
        written = convention.basis == "value" or seen(version.booked, on, convention)
        if seen(version.since, on, convention) and written:
            standing = version
    return standing.instalments


def claims(loan: Loan, on: dt.date, convention: AgeingConvention) -> list[Claim]:
    found = []
    for instalment in standing_schedule(loan, on, convention):
        coins: list[Component] = []
        for part in instalment.components:
            coins += [part.component] * part.amount.minor
        coins = coins or [Component.PRINCIPAL] * instalment.amount.minor
        found.append(Claim(instalment.number, instalment.due, False, coins, len(coins)))
    gone = reversed_by(loan, on, convention)
    for charge in loan.charges:
        if charge.ref in gone or (convention.basis == "booked" and not seen(charge.booked, on, convention)):
            continue
        found.append(Claim(charge.ref, charge.on, True, [charge.component] * charge.amount.minor, charge.amount.minor))

    def turn(claim: Claim) -> tuple[object, ...]:
        if convention.charges_age:
            return (claim.due, not claim.is_charge)
        if claim.due > on:
            return (2, claim.due, claim.is_charge)
        return (1 if claim.is_charge else 0, claim.due, False)

    return sorted(found, key=turn)


def counted_payments(loan: Loan, on: dt.date, convention: AgeingConvention) -> list[Payment]:
    gone = reversed_by(loan, on, convention)
    return [p for p in loan.payments if p.ref not in gone and seen(dated(p, convention), on, convention)]


def put_coins(standing: list[Claim], payments: list[Payment]) -> int:
    """
    Put every coin where the ledger said, then the others one by one on the first due that wants one.
    """
    loose = 0
    for payment in payments:
        for part in payment.allocation:
            key = part.charge if part.instalment is None else part.instalment
            claim = next((c for c in standing if c.key == key), None)
            for _ in range(part.amount.minor):
                if claim is None or claim.rest == 0:
                    loose += 1
                elif part.component is not None and claim.named.count(part.component) < claim.owed.count(
                    part.component
                ):
                    claim.named.append(part.component)
                else:
                    claim.free += 1
        loose += payment.amount.minor - sum(part.amount.minor for part in payment.allocation)
    while loose:
        hungry = next((claim for claim in standing if claim.rest), None)
        if hungry is None:
            return loose
        hungry.free += 1
        loose -= 1
    return 0


def days_counted(due: dt.date, on: dt.date, convention: AgeingConvention) -> int:
    day = due if convention.due_day_counts else due + ONE
    count = 0
    while day <= on:
        if convention.days == "calendar" or convention.calendar.is_business_day(day):
            count += 1
        day += ONE
    return count


def is_late(due: dt.date, on: dt.date, convention: AgeingConvention) -> bool:
    return days_counted(due, on, convention) > convention.grace_days


def tolerated(size: int, convention: AgeingConvention) -> Fraction:
    tolerance = convention.tolerance
    if tolerance.amount is not None:
        return Fraction(tolerance.amount.minor)
    if isinstance(tolerance.percent, Rate):
        share = Fraction(size) * tolerance.percent.fraction
        return max(
            Fraction(share.numerator // share.denominator), Fraction(tolerance.floor.minor if tolerance.floor else 0)
        )
    return Fraction(0)


@dataclass
class Picture:
    """One day as the oracle sees it."""

    standing: list[Claim]
    surplus: int
    paid: int
    oldest: dt.date | None

    def by_component(self, on: dt.date, convention: AgeingConvention) -> dict[Component, int]:
        """
        Count the coins that are late, by component.
        """
        sums: dict[Component, int] = {}
        for claim in self.standing:
            if not is_late(claim.due, on, convention):
                continue
            left = list(claim.owed)
            for component in claim.named:
                left.remove(component)
            for _ in range(claim.free):
                left.remove(next(component for component in convention.order if component in left))
            for component in left:
                sums[component] = sums.get(component, 0) + 1
        return sums


def picture(loan: Loan, on: dt.date, convention: AgeingConvention) -> Picture:
    """
    Look at one day: what stands covered, what is left over, and the oldest due that is late.
    """
    standing = claims(loan, on, convention)
    payments = counted_payments(loan, on, convention)
    surplus = put_coins(standing, payments)
    late = [
        claim.due
        for claim in standing
        if (convention.charges_age or not claim.is_charge)
        and is_late(claim.due, on, convention)
        and claim.rest > tolerated(claim.size, convention)
    ]
    return Picture(standing, surplus, sum(p.amount.minor for p in payments), min(late, default=None))


def settled_on(loan: Loan, number: int, on: dt.date, convention: AgeingConvention) -> dt.date | None:
    """
    Find the first day by whose payments, of those that count in the end, the instalment was covered.
    """
    final = counted_payments(loan, on, convention)
    for day in sorted({dated(payment, convention) for payment in final}):
        standing = claims(loan, on, convention)
        put_coins(standing, [payment for payment in final if dated(payment, convention) <= day])
        if next(claim for claim in standing if claim.key == number).rest == 0:
            return day
    return None


@dataclass
class Day:
    """How a day ended: days past due, the date they count from, and what it was that day."""

    on: dt.date
    days_past_due: int
    anchor: dt.date | None


def diary(loan: Loan, first: dt.date, last: dt.date, convention: AgeingConvention) -> list[Day]:
    """
    Live every day from *first*, before which nothing can be late, through *last*.
    """
    days: list[Day] = []
    anchor: dt.date | None = None
    on = first
    while on <= last:
        oldest = picture(loan, on, convention).oldest
        if convention.anchor == "first_went_late" and anchor is not None and oldest is not None:
            anchor = min(anchor, oldest)
        else:
            anchor = oldest
        days.append(Day(on, days_counted(anchor, on, convention) if anchor else 0, anchor))
        on += ONE
    return days


__all__ = ["Charge", "Day", "Picture", "diary", "picture", "settled_on"]
