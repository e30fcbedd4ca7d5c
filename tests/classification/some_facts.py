"""
What the tests of classification share: short ways to ask for a class, and facts drawn for any scale.
"""

from __future__ import annotations

import datetime as dt

from hypothesis import strategies as st

from overdue_visit.classification import SCALES, DatedClass, Elapsed, FactKind, Facts, Scale, classify, scale
from overdue_visit.rate import Per, Rate

ON = dt.date(2026, 3, 31)

DAYS = st.integers(0, 400)
DATES = st.dates(dt.date(2022, 1, 1), dt.date(2026, 3, 31))
VALUES = {
    FactKind.YES_NO: st.booleans(),
    FactKind.COUNT: st.integers(0, 12),
    FactKind.SHARE: st.integers(0, 120).map(lambda percent: Rate(f"{percent}%", Per.ONCE)),
    FactKind.SINCE: DATES | st.builds(Elapsed, months=st.integers(0, 40)) | st.builds(Elapsed, days=st.integers(0, 99)),
}


def class_at(name: str, days: int | None, *, history=(), facility=None, on=ON, **known) -> str:
    """
    Return the class after so many days past due.
    """
    facts = Facts(on=on, days_past_due=days, facility=facility, known=known)
    return classify(facts, scale(name), history=history).class_


def steps(name: str, days: list[int], facility: str | None = None) -> list[str]:
    """
    Return the classes after some numbers of days past due.
    """
    return [class_at(name, each, facility=facility) for each in days]


def share(text: str) -> Rate:
    """
    Return a share of something.
    """
    return Rate(text, Per.ONCE)


@st.composite
def a_scale(draw) -> Scale:
    """
    Draw one of the scales that ship.
    """
    return scale(draw(st.sampled_from(SCALES)))


@st.composite
def known_of(draw, of: Scale, dated: bool = False) -> dict:
    """
    Draw some of the facts that a scale reads; *dated*: none of them told as an `Elapsed`.
    """
    found = {}
    for name, kind in of.vocabulary:
        if draw(st.booleans()):
            found[name] = draw(DATES if dated and kind is FactKind.SINCE else VALUES[kind])
    return found


@st.composite
def past_of(draw, of: Scale, before: dt.date = ON) -> tuple[DatedClass, ...]:
    """
    Draw up to three earlier classes of a loan.
    """
    days = sorted(draw(st.sets(st.dates(dt.date(2022, 1, 1), before), max_size=3)))
    return tuple(DatedClass(day, draw(st.sampled_from(of.codes))) for day in days)


def facility_of(of: Scale):
    """
    Draw a kind of loan that a scale knows, or none where it tells none apart.
    """
    return st.sampled_from(of.facilities) if of.facilities else st.none()


@st.composite
def facts_of(draw, of: Scale, dated: bool = False) -> Facts:
    """
    Draw facts that a scale reads, the days past due among them.
    """
    overdue = draw(st.sampled_from(["days", "due", "paid"]))
    return Facts(
        on=ON,
        days_past_due=draw(DAYS) if overdue == "days" else None,
        oldest_due=draw(st.dates(dt.date(2025, 1, 1), dt.date(2026, 4, 30))) if overdue == "due" else None,
        all_arrears_paid=True if overdue == "paid" else None,
        facility=draw(facility_of(of)),
        known=draw(known_of(of, dated)),
    )
