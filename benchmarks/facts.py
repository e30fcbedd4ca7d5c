"""
Real facts of the library beside the plainest msgspec structs of the same shape.
"""

from __future__ import annotations

import datetime as dt

import msgspec

from overdue_visit.case.observation import CaseOpened, Position
from overdue_visit.case.plans import PlanAgreed
from overdue_visit.loan import Component, ComponentAmount, LoanStatus
from overdue_visit.money import Money
from overdue_visit.plan import Offer, PlanInstalment, PlanTerms
from overdue_visit.rate import Rate

KES = "KES"


class PlainMoney(msgspec.Struct, frozen=True):
    """Money as msgspec would have it."""

    minor: int
    currency: str


class PlainPart(msgspec.Struct, frozen=True):
    """A component of the arrears."""

    component: str
    amount: PlainMoney


class PlainPosition(msgspec.Struct, frozen=True):
    """A position."""

    oldest_due: dt.date | None
    arrears: PlainMoney
    by_component: tuple[PlainPart, ...]
    outstanding: PlainMoney
    paid: PlainMoney
    schedule_version: int
    status: str
    bucket: str | None
    next_due: dt.date | None
    coming: PlainMoney


class PlainOpened(msgspec.Struct, frozen=True):
    """The opening of a case."""

    loan: str
    party: str | None
    episode: int
    days_past_due: int
    convention: str
    position: PlainPosition


class PlainInstalment(msgspec.Struct, frozen=True):
    """A plan instalment."""

    due: dt.date
    amount: PlainMoney


class PlainOffer(msgspec.Struct, frozen=True):
    """An offer."""

    kind: str
    instalments: tuple[PlainInstalment, ...]


class PlainRate(msgspec.Struct, frozen=True):
    """A rate."""

    numerator: int
    denominator: int
    per: str


class PlainTerms(msgspec.Struct, frozen=True):
    """The terms of a plan."""

    tolerance_days: int
    tolerance: PlainRate
    broken_after_missed: int


class PlainAgreed(msgspec.Struct, frozen=True):
    """An agreed plan."""

    offer: PlainOffer
    terms: PlainTerms
    consent: str
    paid_before: PlainMoney
    seen_on: dt.date
    schedule_version: int


def opened() -> tuple[CaseOpened, PlainOpened]:
    """
    Return the opening of a case, ours and plain.
    """
    due = dt.date(2026, 3, 1)
    position = Position(
        oldest_due=due,
        arrears=Money("120", KES),
        by_component=(
            ComponentAmount(Component.INTEREST, Money("20", KES)),
            ComponentAmount(Component.PRINCIPAL, Money("100", KES)),
        ),
        outstanding=Money("960", KES),
        paid=Money("240", KES),
        schedule_version=1,
        status=LoanStatus.ACTIVE,
        bucket="1-6",
        next_due=dt.date(2026, 4, 1),
        coming=Money("120", KES),
    )
    ours = CaseOpened(loan="ke-001", party=None, episode=1, days_past_due=7, convention="village", position=position)
    plain = msgspec.json.decode(msgspec.json.encode(ours), type=PlainOpened)
    return ours, plain


def agreed() -> tuple[PlanAgreed, PlainAgreed]:
    """
    Return an agreed plan of three instalments, ours and plain.
    """
    instalments = [PlanInstalment(dt.date(2026, month, 1), Money("40", KES)) for month in (4, 5, 6)]
    ours = PlanAgreed(
        offer=Offer(kind="equal_split", instalments=instalments),
        terms=PlanTerms(tolerance_days=3, tolerance=Rate("5%", per="once"), broken_after_missed=2),
        consent="signed",
        paid_before=Money("240", KES),
        seen_on=dt.date(2026, 3, 11),
        schedule_version=1,
    )
    plain = msgspec.json.decode(msgspec.json.encode(ours), type=PlainAgreed)
    return ours, plain
