"""
Massachusetts, 209 CMR 18: visits, and communications by telephone and text.
"""

from __future__ import annotations

import datetime as dt

import pytest

from overdue_visit.contact import Request
from tests.contact.asking import Asking

MA = Asking("us-ma-209cmr18", "America/New_York")


def test_header():
    """
    It was last looked at on 23 November 2026.
    """
    assert MA.header == (None, None, dt.date(2026, 11, 23))


@pytest.mark.parametrize(
    ("time", "allowed"), [("07:59:59", False), ("08:00:00", True), ("21:00:00", True), ("21:00:01", False)]
)
def test_visits_in_waking_hours(time, allowed):
    """
    A household is visited between 8:00 and 21:00 (209 CMR 18.17(6)); calls have no hours here.
    """
    assert MA.verdict(f"2026-05-20 {time}", channel="visit").allowed is allowed
    assert MA.verdict(f"2026-05-20 {time}", channel="phone").allowed


@pytest.mark.parametrize(("day", "allowed"), [("2026-06-02", False), ("2026-06-03", True)])
def test_one_visit_in_thirty_days(day, allowed):
    """
    After a visit on 4 May the next is on 3 June; visits to another debt's household are counted apart.
    """
    history = MA.made("2026-05-04 10:00", channel="visit", outcome="met")

    assert MA.verdict(f"{day} 10:00", channel="visit", history=history).allowed is allowed
    assert MA.verdict(f"{day} 10:00", channel="visit", debt="D2", history=history).allowed


def test_nobody_home_is_no_visit():
    """
    Visits where nobody was met do not count.
    """
    history = MA.made("2026-05-04 10:00", "2026-05-11 10:00", channel="visit", outcome="nobody_home")

    assert MA.breaks("2026-05-20 10:00", channel="visit", history=history) == []


@pytest.mark.parametrize(("written", "allowed"), [(True, True), (False, False), (None, False)])
def test_more_visits_with_written_consent(written, allowed):
    """
    More visits need a consent known to be written.
    """
    history = MA.made("2026-05-04 10:00", channel="visit", outcome="met")
    consent = MA.consent("more_frequent_visits", "2026-05-05 10:00", in_writing=written)

    assert MA.verdict("2026-05-20 10:00", channel="visit", history=history, consents=(consent,)).allowed is allowed


def test_no_visits_at_work():
    """
    The place of employment is visited at the consumer's own request only (209 CMR 18.17(7)).
    """
    asked = (MA.consent("workplace_visit"),)

    assert MA.breaks("2026-05-20 10:00", channel="visit", place="workplace") == ["workplace_visit"]
    assert MA.breaks("2026-05-20 10:00", channel="visit", place="workplace", consents=asked) == []


@pytest.mark.parametrize(("day", "allowed"), [("2026-05-24", False), ("2026-05-25", True)])
def test_two_communications_in_seven_days(day, allowed):
    """
    The third call or text to home or mobile within seven days is one too many (209 CMR 18.16(1)(d)).
    """
    one = MA.made("2026-05-18 10:00", number_kind="home_landline")
    two = MA.made("2026-05-18 11:00", channel="sms", number_kind="mobile")

    assert MA.verdict(f"{day} 10:00", number_kind="mobile", history=(*one, *two)).allowed is allowed
    assert MA.verdict(f"{day} 10:00", number_kind="mobile", history=one).allowed
    assert MA.verdict(f"{day} 10:00", channel="email", history=(*one, *two)).allowed


@pytest.mark.parametrize(("day", "allowed"), [("2026-06-16", False), ("2026-06-17", True)])
def test_two_communications_in_thirty_days_elsewhere(day, allowed):
    """
    At work or elsewhere the third within thirty days is one too many (209 CMR 18.16(1)(d)).
    """
    history = MA.made("2026-05-18 10:00", "2026-05-18 11:00", number_kind="work")

    assert MA.verdict(f"{day} 10:00", number_kind="work", history=history).allowed is allowed
    assert MA.verdict(f"{day} 10:00", number_kind="work", history=history[:1]).allowed
    assert MA.verdict(f"{day} 10:00", number_kind="mobile", history=history).allowed


def asked(**fields) -> Request:
    """
    Make an oral request of Wednesday 6 May not to be called at work.
    """
    received = MA.instant("2026-05-06 15:00")
    return Request(**{"kind": "stop_workplace", "received_at": received, "in_writing": False, **fields})


@pytest.mark.parametrize(
    ("confirmed", "free"),
    [
        (None, "2026-05-17 00:00:00"),
        ("2026-05-13 23:59", None),
        ("2026-05-14 00:00", "2026-05-17 00:00:00"),
    ],
)
def test_an_oral_request_lasts_ten_days_unless_it_is_confirmed_within_seven(confirmed, free):
    """
    Asked for on 6 May it holds through 16 May, and for good if the letter is of 13 May or earlier (18.16(1)(c)).
    """
    request = asked(confirmed_at=None if confirmed is None else MA.instant(confirmed))

    assert MA.breaks("2026-05-16 12:00", number_kind="work", requests=(request,)) == ["workplace_request"]
    assert MA.earliest("2026-05-16 12:00", number_kind="work", requests=(request,)) == free


@pytest.mark.parametrize("written", [True, None])
def test_a_written_request_holds_until_it_is_withdrawn(written):
    """
    A written request has no end of its own, and neither has one of which nobody knows how it was made.
    """
    request = asked(in_writing=written)
    ended = asked(in_writing=written, withdrawn_at=MA.instant("2026-07-01 12:00"))

    assert MA.earliest("2026-06-20 12:00", place="workplace", requests=(request,)) is None
    assert MA.earliest("2026-06-20 12:00", place="workplace", requests=(ended,)) == "2026-07-01 12:00:00"


def test_a_request_about_work_stops_nothing_elsewhere():
    """
    What is not tied to the place of work goes on; a consent given to the collector itself opens it again.
    """
    requests = (asked(),)
    consent = MA.consent("contact_at_work", "2026-05-07 10:00", given_directly=True)

    assert MA.breaks("2026-05-08 12:00", number_kind="mobile", requests=requests) == []
    assert MA.breaks("2026-05-05 12:00", number_kind="work", requests=requests) == []
    assert MA.breaks("2026-05-08 12:00", number_kind="work", requests=requests, consents=(consent,)) == []


def test_work_only_where_the_employer_allows_it():
    """
    At work nobody is contacted where the employer is known to prohibit it (18.16(1)(c)).
    """
    assert MA.breaks("2026-05-08 12:00", number_kind="work", employer_prohibits=True) == ["workplace_employer"]
    assert MA.breaks("2026-05-08 12:00", number_kind="work") == []
