"""
What the tests of peers' scenarios share: a story under the peer's own steps of lateness.
"""

from __future__ import annotations

import datetime as dt

import attrs

from overdue_visit.arrears import AgeingConvention, Bucket, Buckets, days_past_due, measure
from overdue_visit.loan import Instalment, Loan
from overdue_visit.money import Money
from overdue_visit.policy import Policy
from tests.case.builders import VILLAGE, Story

CLEAR = None
"""The peer has no class for it, as we have no bucket."""


def on(text: str) -> dt.date:
    """
    Return a date.
    """
    return dt.date.fromisoformat(text)


def usd(amount: str) -> Money:
    """
    Return an amount in dollars.
    """
    return Money(amount, "USD")


def eur(amount: str) -> Money:
    """
    Return an amount in euros.
    """
    return Money(amount, "EUR")


def ladder(*steps: tuple[str, int]) -> Buckets:
    """
    Return buckets of a ladder that begins each step on a day past due; the days before the first are ``clear``.
    """
    names = steps if steps[0][1] == 1 else (("clear", 1), *steps)
    last = [first - 1 for _, first in names[1:]]
    return Buckets([Bucket(name, first, end) for (name, first), end in zip(names, [*last, None], strict=True)])


def rules(buckets: Buckets) -> Policy:
    """
    Return the village policy with a peer's ladder.
    """
    return attrs.evolve(VILLAGE, buckets=buckets)


def debt(*instalments: tuple[str, str], money: type | object = usd, **more: object) -> Loan:
    """
    Return a loan with instalments by date.
    """
    schedule = [Instalment(on(due), money(amount)) for due, amount in instalments]
    return Loan("peer-1", borrower="b-1", schedule=schedule, **more)


def story(ledger: Loan, buckets: Buckets) -> Story:
    """
    Return a story of a loan under a peer's ladder; no case is open yet.
    """
    return Story(ledger, rules=rules(buckets))


def state(told: Story, day: str) -> str | None:
    """
    Observe the story's ledger on a day; return the step of the ladder it stands on.
    """
    told.observe(on(day))
    bucket = told.case.observation.position.bucket if told.found is not None else None
    return None if bucket == "clear" else bucket


def by_instalment(ledger: Loan, day: str, buckets: Buckets, convention: AgeingConvention) -> dict[str, str]:
    """
    Return what is unpaid by each instalment's own step of the ladder.
    """
    found: dict[str, Money] = {}
    for each in measure(ledger, on=on(day), convention=convention).instalments:
        age = days_past_due(each.due, on=on(day), convention=convention)
        bucket = buckets.of(age)
        if bucket is not None and each.unpaid.minor:
            found[bucket.name] = found.get(bucket.name, Money.zero(ledger.currency)) + each.unpaid
    return {name: f"{amount.decimal:f}".removesuffix(".00") for name, amount in found.items()}
