"""
FCA CONC 7: requests, announced visits, time for advice.
"""

from __future__ import annotations

import datetime as dt

import pytest

from overdue_visit.contact import InconvenientTime, Moratorium, Request
from tests.contact.asking import Asking

CONC = Asking("uk-conc", "Europe/London")


def test_header():
    """
    It was last looked at on 23 November 2026 and names no hours.
    """
    assert CONC.header == (None, None, dt.date(2026, 11, 23))
    assert CONC.breaks("2026-05-20 03:00") == []


def test_requests_about_how_where_and_when():
    """
    Reasonable requests are honoured (CONC 7.9.4R).
    """
    stop = Request(kind="stop_medium", medium="phone", received_at=CONC.instant("2026-05-01 10:00"))

    assert CONC.breaks("2026-05-20 10:00", requests=(stop,)) == ["requests"]
    assert CONC.breaks("2026-05-20 10:00", requests=(stop,), purpose="statutory_notice_cca") == []
    assert CONC.breaks("2026-05-20 10:00", place="home", inconvenient_places=("home",)) == ["places"]
    assert CONC.breaks("2026-05-20 10:00", inconvenient_times=(InconvenientTime(days=("Wed",)),)) == ["times"]


def test_visits_are_announced():
    """
    A visit needs an earlier notice of it that arrived (CONC 7.9.12R).
    """
    notice = CONC.made("2026-05-10 10:00", channel="mail", outcome="sent", purpose="visit_announcement")
    unheard = CONC.made("2026-05-10 10:00", purpose="visit_announcement")

    assert CONC.breaks("2026-05-20 10:00", channel="visit") == ["visit_announced"]
    assert CONC.breaks("2026-05-20 10:00", channel="visit", history=unheard) == ["visit_announced"]
    assert CONC.breaks("2026-05-20 10:00", channel="visit", history=notice) == []


@pytest.mark.parametrize(
    ("end", "last"),
    [(None, "2026-05-30"), (dt.date(2026, 6, 29), "2026-06-29"), (dt.date(2026, 12, 31), "2026-06-29")],
)
def test_time_for_advice(end, last):
    """
    Pursuit rests for thirty days, and for sixty at the most (CONC 7.3.11R).
    """
    rest = (Moratorium(kind="deferral", start=dt.date(2026, 5, 1), end=end),)
    after = dt.date.fromisoformat(last) + dt.timedelta(days=1)

    assert CONC.breaks("2026-05-01 00:00", moratoria=rest) == ["breathing_space_for_advice"]
    assert CONC.earliest("2026-05-20 10:00", moratoria=rest) == f"{after} 00:00:00"
    assert CONC.breaks("2026-05-20 10:00", moratoria=rest, purpose="unrelated") == []
