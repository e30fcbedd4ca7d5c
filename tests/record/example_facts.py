"""
Fact classes for the tests of the record: one plain, one with personal content, one grown over three versions.
"""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

import attrs

from overdue_visit.case.header import Entry, Header
from overdue_visit.money import Money
from overdue_visit.party.actor import Actor
from overdue_visit.record.codec import Codec

AT = dt.datetime(2026, 3, 8, 6, 30, 0, 250000, dt.UTC)


@attrs.frozen(kw_only=True)
class CaseOpened:
    """A fact without personal content."""

    kind: ClassVar[str] = "case_opened"
    version: ClassVar[int] = 1
    private: ClassVar[tuple[str, ...]] = ()

    loan: str
    oldest_due: dt.date
    arrears: Money
    parts: tuple[Money, ...] = ()
    attributes: dict[str, str | int | bool | None] = attrs.field(factory=dict)


@attrs.frozen(kw_only=True)
class Budget:
    """Personal content with a shape of its own."""

    income: Money
    members: int


@attrs.frozen(kw_only=True)
class InterviewHeld:
    """A fact with personal content."""

    kind: ClassVar[str] = "interview_held"
    version: ClassVar[int] = 1
    private: ClassVar[tuple[str, ...]] = ("words", "budget")

    reason: str
    willing: bool
    started: dt.datetime | None = None
    words: str | None = None
    budget: Budget | None = None


@attrs.frozen(kw_only=True)
class VisitHeld:
    """A fact in its third version: ``place`` was ``where``, and ``met`` is personal since version 2."""

    kind: ClassVar[str] = "visit_held"
    version: ClassVar[int] = 3
    private: ClassVar[tuple[str, ...]] = ("met",)

    place: str
    met: str | None = None
    minutes: int | None = None


def visit_1_to_2(body: dict[str, Any]) -> dict[str, Any]:
    """
    Rename ``where`` to ``place``.
    """
    return {("place" if name == "where" else name): value for name, value in body.items()}


def visit_2_to_3(body: dict[str, Any]) -> dict[str, Any]:
    """
    Turn hours into minutes.
    """
    hours = body.pop("hours", None)
    return {**body, "minutes": None if hours is None else hours * 60}


KINDS = (CaseOpened, InterviewHeld, VisitHeld)
UPGRADES = {("visit_held", 1): visit_1_to_2, ("visit_held", 2): visit_2_to_3}
OPENED = CaseOpened(
    loan="ke-001",
    oldest_due=dt.date(2026, 3, 1),
    arrears=Money("120.00", "KES"),
    parts=(Money("20.00", "KES"), Money("100.00", "KES")),
    attributes={"branch": "Kisumu", "分行": 7, "vip": False, "none": None},
)
HELD = InterviewHeld(
    reason="income_lost",
    willing=True,
    started=dt.datetime(2026, 3, 11, 12, tzinfo=dt.UTC),
    words='家里有人生病 "sick"\n',
    budget=Budget(income=Money("90.00", "KES"), members=5),
)
VISITED = VisitHeld(place="home", met="the borrower's mother", minutes=120)


def codec() -> Codec:
    """
    Make a codec of the example kinds.
    """
    return Codec(KINDS, UPGRADES)


def salt() -> bytes:
    """
    Return a salt that is always the same, so that bytes can be compared.
    """
    return bytes(range(16))


def entry(fact: Any, sequence: int = 1, **header: Any) -> Entry:
    """
    Return a fact with its header.
    """
    values: dict[str, Any] = {
        "tenant": "lender",
        "case": "ke-001/1",
        "sequence": sequence,
        "kind": fact.kind,
        "version": fact.version,
        "at": AT,
        "recorded_at": AT + dt.timedelta(minutes=5),
        "on": dt.date(2026, 3, 8),
        "actor": Actor("officer:7"),
    }
    return Entry(Header(**{**values, **header}), fact)
